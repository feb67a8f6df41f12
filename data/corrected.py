"""Which printed number a correction is of, and what it reads now."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from data.errors import DataError

if TYPE_CHECKING:
    from data.releases import Release

# One number, with its sign and what stands beside it.
_ONE = re.compile(
    r"[↑↓]?\s*\(?\s*[-+−–]?\s*£?\s*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*\)?\s*(?P<unit>%|[^\d%()]*)\s*\)?"
)

__all__ = ["corrected_number", "joined", "resting_on", "twins_of", "with_corrections"]

_ALONE = "stands alone"
_AS_IT_IS = "a"  # the formula of a number that is another one, told once more
_THING = ["measure", "area", "breakdown", "period_start", "period_end", "value"]


def corrected_number(release: Release, number: str, corrected: str) -> tuple[str, str, str]:
    """The id and the print of a number that is to be corrected, and what it is to read: its print takes it back.

    A total or share that stands among the figures and among the derived numbers is one number: it is corrected under
    its figure's id.

    Parameters
    ----------
    release
        The release that prints it.
    number
        The id of a figure, a derived number or a statement.
    corrected
        What it is to read.

    Raises
    ------
    DataError
        When there is no such number, it reads so already, or it would be no number of the printed form.
    """
    printed = dict(zip(release.statements["id"], release.statements["printed"], strict=True))
    printed |= dict(zip(release.as_published["id"], release.as_published["printed"], strict=True))
    printed |= dict(zip(release.figures["figure_id"], release.figures["printed"], strict=True))
    if number not in printed:
        near = difflib.get_close_matches(number, list(printed), n=3, cutoff=0.6)
        hint = f"Did you mean {', '.join(near)}?" if near else "The commands `figures` and `audit` list the ids."
        raise DataError(f"The release {release.id} prints no number '{number}'. {hint}")
    twin = dict(zip(release.as_published["id"], release.as_published["figure_id"], strict=True)).get(number)
    named = twin or number
    before = release.corrections[release.corrections["id"] == named]
    now = str(before["corrected"].iloc[-1]) if len(before) else printed[named]
    if _bare(corrected) in ("", _bare(now)):
        raise DataError(f"The number {named} reads {now} already. Give what it should read, as it would be printed.")
    _refuse_other_form(named, printed[named], corrected)
    same = _bare(corrected) == _bare(printed[named])
    return named, printed[named], printed[named] if same else corrected


def _bare(print_: str) -> str:
    """A print without its commas, which a person may leave out."""
    return print_.replace(",", "")


def _refuse_other_form(named: str, printed: str, corrected: str) -> None:
    """Where one number is printed, a correction is one number too, with the same words or signs beside it or none."""
    found = _ONE.fullmatch(printed.strip())
    if found is None:  # "1 in 4", "not known": nobody can say what else it may read
        return
    own = _ONE.fullmatch(corrected.strip())
    beside = {found["unit"], ""} if found["unit"] != "%" else {"%"}
    if own is None or own["unit"] not in beside:
        raise DataError(
            f"The number {named} is printed as {printed}; {corrected!r} is not written so. Give it as it would be "
            f"printed, such as {printed}."
        )


def twins_of(release: Release, number: str) -> pd.DataFrame:
    """The other places where a release prints the same number: corrections of one are not those of another.

    Parameters
    ----------
    release
        The release that prints it.
    number
        The id of a figure, a derived number or a statement.

    Returns
    -------
    DataFrame
        ``id, printed, where``: other numbers of the same measure, area, breakdown, period and value, or worked out in
        the same way from the same ones, and statements that round it; without those that are corrected already.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> row = {"measure": "asb", "area": "force", "breakdown": "", "period_start": 1, "period_end": 2, "value": 9.0}
    >>> figures = pd.DataFrame([row | {"figure_id": "a", "printed": "9", "where": "section 3"}])
    >>> said = row | {"id": "said", "printed": "nine", "where": "section 2", "formula": "stands alone", "inputs": ""}
    >>> derived = pd.DataFrame(columns=["id", "figure_id", "table", "printed", "formula", "inputs"])
    >>> release = SimpleNamespace(figures=figures, statements=pd.DataFrame([said]), as_published=derived,
    ...                           corrections=pd.DataFrame({"id": []}))
    >>> twins_of(release, "a").values.tolist()
    [['said', 'nine', 'section 2']]
    """
    figures = release.figures.rename(columns={"figure_id": "id"})
    derived = release.as_published[release.as_published["figure_id"] == ""]
    told = pd.concat([figures, derived.assign(where=derived["table"]), release.statements], ignore_index=True)
    told = told.reindex(columns=["id", "printed", "where", "formula", "inputs", *_THING])
    own = told[told["id"] == number].head(1)
    same = (told["formula"] == _AS_IT_IS) & (told["inputs"] == number)
    for columns in (_THING, ["formula", "inputs"]):
        known = own[columns].replace("", pd.NA).drop(columns="breakdown", errors="ignore")
        if len(own) and known.notna().all(axis=None) and (known != _ALONE).all(axis=None):
            same |= (told[columns] == own[columns].iloc[0]).all(axis="columns").fillna(False)
    same &= (told["id"] != number) & ~told["id"].isin(release.corrections["id"])
    return told.loc[same.astype(bool), ["id", "printed", "where"]].reset_index(drop=True)


def resting_on(release: Release, number: str) -> list[str]:
    """The ids of derived numbers and statements that are worked out from a number, in the report's order; no twins.

    >>> from types import SimpleNamespace
    >>> derived = pd.DataFrame({"id": ["a.change", "b.change"], "inputs": ["a b", "b c"], "formula": "a - b"})
    >>> nothing = derived.head(0)
    >>> resting_on(SimpleNamespace(as_published=derived, statements=nothing), "a")
    ['a.change']
    """
    told = pd.concat([frame[["id", "inputs", "formula"]] for frame in (release.as_published, release.statements)])
    made = told[told["formula"] != _AS_IT_IS]
    return [str(row.id) for row in made.itertuples() if number in str(row.inputs).split() and row.id != number]


def joined(corrections: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The corrections of several places one below the other; those that a place begins with as another does, once.

    >>> rows = [pd.DataFrame({"id": list(ids)}) for ids in ("ab", "aba")]
    >>> "".join(joined(rows)["id"])
    'aba'
    """
    made = corrections[0]
    for more in corrections[1:]:
        same = len(made) if made.equals(more.head(len(made))) else 0
        made = pd.concat([made, more.iloc[same:]], ignore_index=True)
    return made


def with_corrections(rows: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Numbers with what they were corrected to, when and why, where they were; the latest of several holds.

    One that was corrected to its own print was taken back.

    Parameters
    ----------
    rows
        Numbers by their ``figure_id``.
    corrections
        The release's own, the latest last.

    Returns
    -------
    DataFrame
        The rows with ``corrected`` ("" where none), ``corrected_on`` and ``corrected_why``.
    """
    last = {row.id: row if row.corrected != row.printed else None for row in corrections.itertuples()}
    found = [last.get(name) for name in rows["figure_id"]]
    texts = {f"corrected{end}": [getattr(row, name) if row else "" for row in found]
             for end, name in (("", "corrected"), ("_why", "why"))}  # fmt: skip
    days = pd.Series([row.date if row else None for row in found], index=rows.index, dtype="datetime64[us]")
    told = {name: pd.Series(cells, index=rows.index, dtype="str") for name, cells in texts.items()}
    return rows.assign(**told, corrected_on=days)
