"""What a valid table is: one pandera schema a file, for bundled and for uploaded tables alike.

Every cell is read as text, checked as text, and only then typed, so that a message can quote what stands in the
file. All problems of a file are reported together, each with file, row and column.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from data.errors import DataError

__all__ = ["FIGURE_ROLES", "OPTIONAL", "SCHEMAS", "STATUSES", "UNITS", "check_table", "read_table"]

UNITS = ["count", "percent", "percentage_points", "seconds", "minutes", "hours", "days", "gbp", "gbp_thousand"]
UNITS += ["gbp_million", "per_1000", "grams", "kilograms", "rank", "not_stated"]
FIGURE_ROLES = ["last_12_months", "previous_12_months", "baseline", "month", "quarter", "year", "year_to_date"]
FIGURE_ROLES += ["wave", "budget", "actual", "snapshot"]
STATUSES = ["published", "open", "illustrative", "uploaded"]

_IDENTIFIER = r"[a-z0-9_]+(\.[a-z0-9_]+)*"
_FORMULA = r"stands alone|sum|[-+*/() 0-9.a-z]+"


def _is_number(text: str) -> bool:
    """At most 15 digits on either side of the point: what a float holds without loss."""
    return bool(re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", text))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text))  # fromisoformat also takes 2023-W13-5


def _column(test: Callable[[str], object], expected: str, kind: str, required: bool, unique: bool = False) -> pa.Column:
    """A column of text whose every cell passes ``test``, or is blank where that is allowed."""

    def passes(cell: str) -> bool:
        return bool(test(cell)) if cell else not required

    check = pa.Check(passes, element_wise=True, error=expected if required else f"{expected}, or nothing")
    # No type is asked for: every cell comes as text, and pandera's look at types takes as long as all else it does.
    return pa.Column(None, check, unique=unique, report_duplicates="exclude_first", metadata={"kind": kind})


def _text(required: bool = True) -> pa.Column:
    return _column(lambda cell: cell.strip() == cell, "words without spaces at either end", "text", required)


def _id(required: bool = True, unique: bool = False) -> pa.Column:
    expected = "an id of small letters, digits, underscores and dots"
    return _column(lambda cell: re.fullmatch(_IDENTIFIER, cell), expected, "text", required, unique)


def _ids(required: bool = False) -> pa.Column:
    test = re.compile(rf"(-|([a-z]+:)?{_IDENTIFIER})( (-|([a-z]+:)?{_IDENTIFIER}))*").fullmatch
    return _column(test, "ids with one space between them", "text", required)


def _choice(options: list[str], required: bool = True) -> pa.Column:
    return _column(lambda cell: cell in options, f"one of {', '.join(options)}", "text", required)


def _number(required: bool = True) -> pa.Column:
    return _column(_is_number, "a plain number such as 1234 or -5.6", "number", required)


def _whole(required: bool = True) -> pa.Column:
    return _column(lambda cell: re.fullmatch(r"[0-9]{1,15}", cell), "a whole number", "whole", required)


def _date(required: bool = True) -> pa.Column:
    return _column(_is_date, "a date such as 2023-03-31", "date", required)


def _formula() -> pa.Column:
    expected = "'stands alone', 'sum', or arithmetic on the letters a, b, c ... of the inputs"
    return _column(_is_formula, expected, "text", True)


def _is_formula(text: str) -> bool:
    """Two words, or sums, differences, products and quotients of single letters and numbers."""
    if text in ("stands alone", "sum"):
        return True
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    known = (ast.Expression, ast.BinOp, ast.Name, ast.Constant, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Load)
    single = all(isinstance(part, known) and len(getattr(part, "id", "a")) == 1 for part in ast.walk(tree))
    return single and bool(re.fullmatch(_FORMULA, text))


def _table(**columns: pa.Column) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, strict=True, ordered=False)


def _period(required: bool = True) -> dict[str, pa.Column]:
    return {"period_start": _date(required), "period_end": _date(required)}


SCHEMAS: dict[str, pa.DataFrameSchema] = {
    "priorities": _table(id=_id(unique=True), order=_whole(), title=_text(), menu_title=_text()),
    "sections": _table(
        id=_id(unique=True), priority=_id(), order=_whole(), title=_text(), about=_text(), where=_text(),
        support=_text(False),
    ),
    "tables": _table(id=_id(unique=True), section=_id(), order=_whole(), title=_text(), caption=_text(), where=_text()),
    "measures": _table(
        id=_id(unique=True), priority=_id(), section=_id(), order=_whole(), title=_text(), unit=_choice(UNITS),
        basis=_choice(["reported", "validated", "other"]),
        direction=_choice(["up_is_better", "up_is_worse", "neither"]), direction_reason=_text(),
        rounding=_choice(["exact", "1", "0.1", "0.01", "0.001"]), dispersion=_number(False),
        untested=_text(False), definition=_text(),
        national_measure=_id(False), offence=_text(False), notes=_text(False),
    ),
    "areas": _table(
        id=_id(unique=True), name=_text(), kind=_choice(["force", "district", "lpt", "part"]),
        tile_row=_whole(False), tile_column=_whole(False), mapping=_ids(),
        mapping_assumed=_choice(["true", "false"], False), note=_text(False),
    ),
    "figures": _table(
        figure_id=_id(unique=True), table=_id(), row_order=_whole(),
        row_kind=_choice(["part", "subtotal", "total", "memo"]), row_label=_text(), measure=_id(), area=_id(),
        breakdown=_text(False), role=_choice(FIGURE_ROLES), column_order=_whole(), column_label=_text(),
        **_period(), value=_number(), printed=_text(), unit=_choice(UNITS), numerator=_number(False),
        denominator=_number(False), status=_choice(STATUSES), where=_text(),
    ),
    "as_published": _table(
        id=_id(unique=True), table=_id(), row_order=_whole(), row_label=_text(), column_order=_whole(),
        column_label=_text(), figure_id=_id(False),
        kind=_choice(["difference", "percent_change", "baseline_difference", "baseline_percent", "share", "total",
                      "rate"]),
        printed=_text(), formula=_formula(), inputs=_ids(),
    ),
    "statements": _table(
        id=_id(unique=True), section=_id(), where=_text(), printed=_text(), claim=_text(), value=_number(),
        unit=_choice(UNITS),
        kind=_choice(["level", "difference", "percent_change", "point_change", "per_day", "share", "rate", "total"]),
        formula=_formula(), inputs=_ids(), measure=_id(False), area=_id(False), breakdown=_text(False),
        **_period(False), numerator=_number(False), denominator=_number(False),
    ),
    "comparisons": _table(
        id=_id(unique=True), section=_id(), measure=_id(False), area=_id(), group=_text(), rank=_whole(False),
        of_how_many=_whole(False), first_is=_choice(["best", "worst", "highest", "lowest", "not stated"], False),
        value=_number(False), unit=_choice(UNITS, False), **_period(), printed=_text(), claim=_text(), where=_text(),
    ),
    "ranges": _table(
        id=_id(unique=True), table=_id(False), row_order=_whole(False), section=_id(), measure=_id(False),
        question=_text(), scope=_text(), **_period(), low=_number(False), high=_number(False), unit=_choice(UNITS),
        printed=_text(), where=_text(),
    ),
    "events": _table(
        **{"id": _id(unique=True), "title": _text(), "from": _date(), "to": _date(False), "measures": _ids(),
           "kind": _choice(["operational", "recording"]), "effect": _choice(["break", "part"]),
           "counted_by": _id(False), "note": _text(), "where": _text()}
    ),
    "commitments": _table(
        id=_id(unique=True), section=_id(), what=_text(), promised_value=_number(False), unit=_choice(UNITS, False),
        due=_date(False), due_words=_text(False), measure=_id(False), where=_text(), status=_text(),
    ),
    "not_in_report": _table(
        id=_id(unique=True), section=_id(), kind=_choice(["picture", "missing"]), what=_text(),
        would_fill=_text(), where=_text(),
    ),
    "corrections": _table(id=_id(), printed=_text(), corrected=_text(), date=_date(), who=_text(), why=_text()),
    "national_measures": _table(
        id=_id(unique=True), section=_id(), order=_whole(), title=_text(), national_source=_text(),
        local_proxy=_text(), measures=_ids(), gap=_text(),
    ),
    "explanations": _table(
        id=_id(unique=True), section=_id(), kind=_choice(["explanation", "activity", "inspection"]), measures=_ids(),
        text=_text(), where=_text(),
    ),
    "glossary": _table(term=_text(), meaning=_text(), where=_text()),
    "wordings": _table(
        id=_id(unique=True), section=_id(), where=_text(), printed=_text(),
        word=_choice(["stable", "same", "slight", "highest", "lowest"]), measure=_id(False), inputs=_ids(True),
    ),
    "overlaps": _table(id=_id(unique=True), measure=_id(), dimension=_text(), why=_text(), where=_text()),
    "surveys": _table(
        id=_id(unique=True), survey=_id(), title=_text(), section=_id(), table=_id(False), wave=_text(),
        kind=_choice(["waves", "rolling"]), **_period(), base=_number(False), assume=_number(),
        assume_areas=_whole(False), where=_text(),
    ),
    "area_claims": _table(
        id=_id(unique=True), section=_id(), measure=_id(), area=_id(), word=_choice(["higher", "lower"]),
        printed=_text(), where=_text(),
    ),
}  # fmt: skip
OPTIONAL = {"wordings", "overlaps", "surveys", "area_claims"}  # files that a release may do without


def read_table(path: Path, name: str | pa.DataFrameSchema) -> pd.DataFrame:
    """Read one CSV under the contract ``name`` (of a release, or one given as a schema) and type its columns.

    Returns
    -------
    DataFrame
        Columns in the contract's order: text as ``str`` with blanks as ``""``, numbers as float, whole numbers as
        ``Int64``, dates as ``datetime64``. Attribute ``line`` is not kept: row *n* stands on line *n* + 2.

    Raises
    ------
    DataError
        All problems of the file together, each naming file, row and column.
    """
    return check_table(_read_text(path), name, path.name)


def check_table(frame: pd.DataFrame, name: str | pa.DataFrameSchema, file: str) -> pd.DataFrame:
    """Check a frame of text against the contract ``name`` and type it.

    Examples
    --------
    >>> good = pd.DataFrame({"term": ["LPT"], "meaning": ["Local Policing Team"], "where": ["section 5.3"]})
    >>> check_table(good, "glossary", "glossary.csv").shape
    (1, 3)
    >>> bad = good.assign(meaning="")
    >>> check_table(bad, "glossary", "glossary.csv")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    data.errors.DataError: glossary.csv, row 2, column meaning: found nothing, expected words without spaces at ...
    """
    schema = SCHEMAS[name] if isinstance(name, str) else name
    problems = [
        f"{file}: there is no column {column}. Add it, even if its cells are blank."
        for column in schema.columns
        if column not in frame.columns
    ]
    problems += [
        f"{file}: column {column} is not known here. Remove it or mend its name; expected {', '.join(schema.columns)}."
        for column in frame.columns
        if column not in schema.columns
    ]
    if problems:
        raise DataError(problems)
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        raise DataError(_sentences(error.failure_cases, file)) from None
    return _typed(frame[list(schema.columns)], schema)


def _read_text(path: Path) -> pd.DataFrame:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.reader(handle, strict=True))
    except FileNotFoundError:
        raise DataError(f"{path.name}: the file is missing from {path.parent.name}.") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name}: byte {error.start} is not UTF-8. Save the file as 'CSV UTF-8'.") from None
    except csv.Error as error:
        raise DataError(f"{path.name}: a quotation mark is not closed or stands inside a cell ({error}).") from None
    if not rows:
        raise DataError(f"{path.name}: the file is empty, expected a header row.")
    header, *body = rows
    while body and not body[-1]:
        body.pop()
    problems = [
        f"{path.name}, row {number}: found {len(row)} cells, expected {len(header)} as in the header."
        for number, row in enumerate(body, start=2)
        if len(row) != len(header)
    ]
    problems += [
        f"{path.name}: column {name} stands twice." for name in sorted({n for n in header if header.count(n) > 1})
    ]
    if problems:
        raise DataError(problems)
    return pd.DataFrame(body, columns=header, dtype=str)


def _sentences(failures: pd.DataFrame, file: str) -> list[str]:
    """One sentence a failed cell, in the order of the file."""
    told = []
    for row in failures.sort_values(["index", "column"]).itertuples():
        found = f"found '{row.failure_case}'" if row.failure_case else "found nothing"
        if str(row.check).startswith("field_uniqueness"):
            told.append(f"{file}, row {int(row.index) + 2}, column {row.column}: {found} again, expected it only once.")
        else:
            told.append(f"{file}, row {int(row.index) + 2}, column {row.column}: {found}, expected {row.check}.")
    return list(dict.fromkeys(told))


def _typed(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    typed = frame.copy()
    for name, column in schema.columns.items():
        kind = (column.metadata or {}).get("kind")
        if kind == "number":
            typed[name] = pd.to_numeric(typed[name].replace("", None)).astype(float)
        elif kind == "whole":
            typed[name] = pd.to_numeric(typed[name].replace("", None)).astype("Int64")
        elif kind == "date":
            typed[name] = pd.to_datetime(typed[name].replace("", None), format="%Y-%m-%d")
    return typed
