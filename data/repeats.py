"""Rows put aside with their reason, and which rows say the same or contradict each other."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data.wording import NO_NUMBER, plain, tidied

__all__ = ["Aside", "repeated_keys", "repeated_respondents"]

_COLUMNS = ["line", "column", "reason", "text"]
_NOTHING = pd.DataFrame({"line": pd.Series(dtype="int64"), **{name: pd.Series(dtype="str") for name in _COLUMNS[1:]}})
_SUMS = frozenset({"total", "totals", "grand total", "sum"})
_TOTALS = frozenset({"total", "totals", "grand total", "sum", "all", "all respondents", "base"})


class Aside:
    """The rows of a file that are left, and those that were put aside. Every row is in one of the two.

    Examples
    --------
    >>> aside = Aside(pd.DataFrame({"a": ["1", "", "x"]}), pd.Series([2, 3, 4]))
    >>> aside.blank_rows(), aside.put(pd.Series([False, False, True]), "a", "it is no number")
    (1, 1)
    >>> len(aside.left()), aside.all()["reason"].tolist()
    (1, ['the row is blank', 'it is no number'])
    """

    def __init__(self, rows: pd.DataFrame, lines: pd.Series) -> None:
        if not rows.index.equals(lines.index) or not rows.index.is_unique:
            raise ValueError("Rows and lines need one index, each label once.")
        self._rows, self._lines = rows, lines
        self._left = pd.Series(True, index=rows.index)
        self._left_rows = rows
        self._put: list[pd.DataFrame] = [self.nothing()]

    def left(self) -> pd.DataFrame:
        """The rows not put aside."""
        return self._left_rows

    def lines_left(self) -> pd.Series:
        """Their lines."""
        return self._lines[self._left]

    def all(self) -> pd.DataFrame:
        """What was put aside: ``line, column, reason, text``, in the order of the file."""
        return pd.concat(self._put).sort_values("line", kind="stable").reset_index(drop=True)

    @staticmethod
    def nothing() -> pd.DataFrame:
        """No row, with the columns of a list."""
        return _NOTHING

    def listed(self, where: pd.Series, column: str, reason: str | pd.Series) -> pd.DataFrame:
        """Where something is so among the rows left: their line and the column's text, with the reason."""
        index = where.index[where.to_numpy(dtype=bool)]
        if index.empty:
            return self.nothing()
        index = index[self._left.loc[index].to_numpy()]
        reasons = reason.loc[index] if isinstance(reason, pd.Series) else reason
        texts = self._rows.loc[index, column] if column else ""
        told = pd.DataFrame({"line": self._lines.loc[index], "column": column, "reason": reasons, "text": texts})
        return told.astype({"line": "int64", "column": "str", "reason": "str", "text": "str"})

    def put(self, where: pd.Series, column: str, reason: str | pd.Series) -> int:
        """Put rows aside, and say how many."""
        told = self.listed(where, column, reason)
        if len(told):
            self._put.append(told)
            self._left.loc[told.index] = False
            self._left_rows = self._rows[self._left]
        return len(told)

    def blank_rows(self) -> int:
        """Put aside every row in which no cell holds anything."""
        blank = pd.Series(True, index=self._rows.index)
        for column in self._rows.columns:
            blank.loc[blank] = self._rows.loc[blank, column].str.strip() == ""
        return self.put(blank, "", "the row is blank")


def rows_of_totals(aside: Aside) -> int:
    """Put aside the rows of a survey whose first filled cell says that they are totals; how many they are.

    For files without respondents' numbers, where a total would be taken for one more respondent.

    Examples
    --------
    >>> rows = pd.DataFrame({"wave": ["June", "Total"], "weight": ["1.5", "1.5"]})
    >>> aside = Aside(rows, pd.Series([2, 3]))
    >>> rows_of_totals(aside), len(aside.left())
    (1, 1)
    """
    left = aside.left()
    first = left.where(left != "").bfill(axis="columns").iloc[:, 0].fillna("").str.strip().str.lower()
    sums = first.isin(_SUMS)
    return aside.put(sums, str(left.columns[0]), "this looks like a row of totals, not a respondent")


def repeated_respondents(aside: Aside, column: str, wave: str | None) -> dict[str, int]:
    """Keep one of rows that are the same, none of a respondent's rows that differ, and no row without a respondent.

    Rows are the same when every cell is, whatever its spaces, case and apostrophes. In a file of more than one wave a
    respondent may have a row in each.

    Parameters
    ----------
    aside
        The file. Rows are put aside in it.
    column, wave
        The columns with the respondents' numbers, and with the waves if there is one.

    Returns
    -------
    dict
        The counts, under the names that ``data.prepare.Prepared`` explains.

    Examples
    --------
    >>> rows = pd.DataFrame({"id": ["a", "a", "b", "b"], "q": ["Yes", "YES ", "Yes", "No"]})
    >>> aside = Aside(rows, pd.Series([2, 3, 4, 5]))
    >>> counts = repeated_respondents(aside, "id", None)
    >>> counts["exact_duplicate_rows"], counts["respondents_with_conflicting_answers"]
    (1, 1)
    >>> aside.all()[["line", "reason"]].to_dict("split")["data"]
    [[3, 'it is the same as in line 2'],
     [4, 'this respondent has another row that differs, in line 5'],
     [5, 'this respondent has another row that differs, in line 4']]
    """
    counts = {}
    numbers = tidied(aside.left()[column])
    words = numbers.str.lower()
    counts["rows_respondent_missing"] = aside.put(words.isin(NO_NUMBER), column, "respondent is missing")
    totals = words.isin(_TOTALS)
    counts["rows_of_totals"] = aside.put(totals, column, "this looks like a row of totals, not a respondent")

    left = aside.left()
    numbers = numbers.loc[left.index]
    counts["distinct_respondents"] = int(numbers.nunique())
    key = numbers + "\n" + left[wave].str.strip().str.lower() if wave else numbers
    twice = left[key.duplicated(keep=False)]
    whole = pd.Series(["\n".join(map(plain, row)) for row in twice.itertuples(index=False)], twice.index, dtype="str")
    same = pd.DataFrame({"key": key.loc[twice.index], "whole": whole})
    first = same.groupby(["key", "whole"])["key"].transform(lambda rows: aside.lines_left()[rows.index[0]])
    reason = "it is the same as in line " + first.astype("str") if len(same) else "the same"
    counts["exact_duplicate_rows"] = aside.put(same.duplicated(), column, reason)

    differing = key.loc[aside.left().index]
    differing = differing[differing.duplicated(keep=False)]
    counts["respondents_with_conflicting_answers"] = int(differing.nunique())
    told = _others(differing, aside.lines_left(), "this respondent has another row that differs, in line ")
    counts["rows_conflicting"] = aside.put(pd.Series(True, index=differing.index), column, told)
    return counts


def repeated_keys(aside: Aside, values: Mapping[str, pd.Series], column: str, roles: list[str]) -> int:
    """Put aside all rows that give a figure for the same thing twice: neither is known to be the right one.

    Parameters
    ----------
    aside
        The file. Rows are put aside in it.
    values
        What makes a row's key, each with the index of rows that were left before.
    column
        The column to point at.
    roles
        The words for the reason.

    Returns
    -------
    int
        How many rows.

    Examples
    --------
    >>> aside = Aside(pd.DataFrame({"month": ["1", "1", "2"]}), pd.Series([2, 3, 4]))
    >>> repeated_keys(aside, {"month": aside.left()["month"]}, "month", ["month"])
    2
    >>> aside.all()["reason"][0]
    'there is another row for the same month, in line 3'
    """
    index = aside.left().index
    table = pd.DataFrame({name: series.loc[index] for name, series in values.items()})
    if "month" in table and pd.api.types.is_datetime64_any_dtype(table["month"]):
        table["month"] = table["month"].dt.to_period("M")
    numbers = table.groupby(list(table.columns), dropna=False, sort=False).ngroup()
    twice = numbers[numbers.duplicated(keep=False)]
    words = roles[0] if len(roles) == 1 else f"{', '.join(roles[:-1])} and {roles[-1]}"
    told = _others(twice, aside.lines_left(), f"there is another row for the same {words}, in line ")
    return aside.put(pd.Series(True, index=twice.index), column, told)


def _others(keys: pd.Series, lines: pd.Series, words: str) -> pd.Series:
    """For each row the words and the line of another row with its key: the first one's, or for that the second's."""
    own = lines.loc[keys.index]
    first = own.groupby(keys.to_numpy()).transform("first")
    second = own.groupby(keys.to_numpy()).transform(lambda rows: rows.iloc[min(1, len(rows) - 1)])
    return words + first.where(first != own, second).astype("str")
