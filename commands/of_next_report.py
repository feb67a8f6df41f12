"""What is asked of the next report: its workbook, and what a filled-in one holds."""

from __future__ import annotations

import argparse
import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from commands.arguments import Shared
from commands.asked import keeping_home
from commands.of_release_keeping import add_keeping_commands, keeper_for, say_kept
from commands.output import write
from data.errors import DataError
from data.people import LOCAL
from data.release_files import held_against, kept_reasons, made_release
from data.releases import Release, data_root, load_release
from data.today import today

if TYPE_CHECKING:
    from analysis.next_report import Read

__all__ = ["add_release_family"]

_CODES = (
    "Exit codes: 0 when save would keep it; 1 when something must be mended first, and with --strict also when a "
    "serious finding is neither mended nor confirmed, so that publish would refuse it; 2 when it is no such workbook."
)
_COLUMNS = ["kind", "where", "what", "how_to_mend", "in_workbook", "key"]


def add_release_family(shared: Shared) -> None:
    """Add ``release`` with all that can be done to one."""
    family = shared.commands.add_parser("release", help="make the next report, and keep it")
    actions = family.add_subparsers(required=True, metavar="ACTION")
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", metavar="DIR", help="the data folder, instead of EXPLORER_DATA or the bundled one")
    command = actions.add_parser("new", parents=[data], help="write the workbook of the next report, to be filled in")
    command.add_argument("id", metavar="ID", help="of the next report, such as 2023-06")
    command.add_argument("--from", dest="older", metavar="R", help="the report it follows; the latest unless named")
    command.add_argument("--data-to", metavar="DAY", type=_day, help="last day of its figures; the end of ID's month")
    command.add_argument(
        "--document", metavar="FILE", help="the new report as a Word document (.docx), to fill in what it prints"
    )
    command.add_argument("--out", metavar="FILE", help="where it is written; report_ID.xlsx unless named")
    command.add_argument("--replace", action="store_true", help="write over a file that stands there")
    command.set_defaults(run=new)
    command = actions.add_parser(
        "read", parents=[data, shared.formats], help="what a filled-in workbook holds, and what must be mended",
        description="What a filled-in workbook holds, what must be mended in it, and what a colleague would ask. It is "
        "held against the latest published report before it, as publish does.", epilog=_CODES,
    )  # fmt: skip
    command.add_argument("file", metavar="FILE", help="the workbook (.xlsx)")
    command.add_argument("--strict", action="store_true", help="exit with 1 also when something serious is to settle")
    command.set_defaults(run=read)
    command = actions.add_parser(
        "save", parents=[data], help="keep a filled-in workbook as a draft",
        epilog="Exit codes: 0 when it is kept, open findings or not; 2 when something must be mended first.",
    )  # fmt: skip
    command.add_argument("file", metavar="FILE", help="the workbook (.xlsx), or a folder laid out as a release")
    command.add_argument("--as", dest="id", metavar="ID", help="the release it is; needed for a folder alone")
    command.set_defaults(run=save)
    add_keeping_commands(actions, shared)


def new(asked: argparse.Namespace) -> int:
    """Write the workbook; the sentences say what a document filled in, and what it asks for."""
    from analysis.next_report import plan_next
    from documents.report_workbook import filled_workbook, next_workbook

    older = load_release(data_root(asked.data), asked.older, keeping_home())
    day, info = asked.data_to or _month_end(asked.id), asdict(older.info)
    out = Path(asked.out or f"report_{asked.id}.xlsx")
    if out.exists() and not asked.replace:
        raise DataError(f"{out}: the file is there already. Name another with --out, or write over it with --replace.")
    try:
        plan = plan_next(older.frames(), info, older.id, asked.id, pd.Timestamp(day))
        if asked.document:
            blocks = _document(asked.document)
            try:
                content, filled = filled_workbook(older.frames(), info, older.id, asked.id, day, blocks)
            except ValueError as error:  # of analysis: a sentence for the user
                raise DataError(f"{Path(asked.document).name}: {error}") from None
            told, done = filled.told, filled.filled
        else:
            content, told, done = next_workbook(older.frames(), info, older.id, asked.id, day), (), 0
    except ValueError as error:
        raise DataError(str(error)) from None
    try:
        out.write_bytes(content)
    except OSError as error:
        raise DataError(f"{out}: cannot be written ({error.strerror}). Name another place with --out.") from None
    for sentence in told:
        print(f"- {sentence}")
    print(f"Wrote {out}: the report {asked.id} with figures to {day:%Y-%m-%d}, laid out from {older.id}.")
    left = f"{plan.blank - done:,} of {plan.blank:,}" if asked.document else f"{plan.blank:,}"
    print(f"{left} cells of {len(plan.tables)} tables are to fill; its sheet Contents counts what is left.")
    print(f"Then: python cli.py release read {out}")
    return 0


def _document(file: str) -> pd.DataFrame:
    from data.report_document import read_report_document

    path = Path(file)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Name the new report as a Word document.") from None
    return read_report_document(content, path.name)


def read(asked: argparse.Namespace) -> int:
    """Print what must be mended, what a colleague would ask, and what was done with the rest."""
    found = _read(asked)
    rows = pd.DataFrame(_told(found, data_root(asked.data)), columns=_COLUMNS, dtype=object)
    in_the_way = ["problem", "finding"] if asked.strict else ["problem"]
    asked.found = int(rows["kind"].isin(in_the_way).any())  # told even to a pipe whose reader has gone
    if asked.format == "table":
        _print(rows, found)
    else:
        write(rows, asked.format, _COLUMNS)
    return int(asked.found)


def save(asked: argparse.Namespace) -> int:
    """Keep a workbook or a folder as a draft, with the reasons that answer a finding."""
    from analysis.colleague import confirmations
    from analysis.unsettled import against_words
    from data.release_files import folder_frames

    if Path(asked.file).is_dir():
        info, frames = folder_frames(Path(asked.file))
        if not asked.id:
            raise DataError(f"{asked.file}: a folder does not say which release it is. Name it with --as 2023-06.")
        say_kept(keeper_for(asked).save(asked.id, info, frames), "Saved")
        return 0
    found = _read(asked)
    if found.problems:
        raise DataError([each.sentence for each in found.problems])
    made = made_release(asked.id or found.release_id, found.info, found.frames)
    before = held_against(data_root(asked.data), made.id, keeping_home())
    told, _ = _questions(made, before, found.reasons)
    confirmed = confirmations(told, today(), LOCAL.in_print, found.frames.get("confirmed"))
    frames = {**found.frames, "confirmed": confirmed}
    say_kept(keeper_for(asked).save(made.id, found.info, frames), "Saved")
    still = int(told["open"].sum())
    print(against_words(before.id if before else None))
    if still:
        print(f"{still} serious {'finding is' if still == 1 else 'findings are'} unsettled: release read names them.")
    return 0


def _read(asked: argparse.Namespace) -> Read:
    """The workbook read back, with the reasons that a draft of it was kept with."""
    from analysis.next_report import made_from, read_back
    from data.report_workbook import read_report_workbook

    path = Path(asked.file)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Name the workbook that was filled in.") from None
    sheets = read_report_workbook(content, path.name)
    try:
        older = load_release(data_root(asked.data), made_from(sheets), keeping_home())
        found = read_back(sheets, older.frames())
    except ValueError as error:  # of analysis: a sentence for the user
        raise DataError(f"{path.name}: {error}") from None
    return found.kept_with(kept_reasons(data_root(asked.data), found.release_id, keeping_home()))


def _told(found: Read, root: Path) -> Iterator[dict[str, Any]]:
    """Problems first; findings only of a workbook without any, for they would be of half a report."""
    for problem in found.problems:
        place = f"{problem.sheet}, cell {problem.cell}"
        expected = f"found '{problem.found}'" if problem.found else "found nothing"
        yield _row("problem", place, f"{expected}, expected {problem.expected}", problem.mend, place)
    if not found.problems:
        before = held_against(root, found.release_id, keeping_home())  # one that cannot be read is no slip of this one
        try:
            yield from _findings(made_release(found.release_id, found.info, found.frames), before, found)
        except DataError as error:
            for sentence in error.problems:
                where, _, what = sentence.partition(": ")
                yield _row("problem", where, what, "")
    for note in found.notes:
        where, _, what = note.partition(": ")
        yield _row("note", where if what else "", what or note, "")


def _findings(made: Release, before: Release | None, found: Read) -> Iterator[dict[str, Any]]:
    from analysis.colleague import in_workbook
    from analysis.unsettled import against_words

    told, left_over = _questions(made, before, found.reasons)
    for row in in_workbook(told, found.places).itertuples():
        if row.reason:
            yield _row("settled", row.where, row.what, f"Confirmed: {row.reason}", row.in_workbook, row.key)
        else:
            kind = "finding" if row.serious else "look"
            yield _row(kind, row.where, row.what, row.how_to_mend, row.in_workbook, row.key)
    yield _row("note", "", against_words(before.id if before else None), "")
    for row in left_over.itertuples():
        what = f"“{row.finding}” is the key of nothing that is found; its reason is not kept: {row.reason}"
        yield _row("note", "Reasons", what, "")


def _questions(made: Release, before: Release | None, reasons: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What a colleague would ask, with the reasons that the workbook gives; and reasons for what is not found."""
    from analysis.colleague import confirmed, reasons_left_over
    from analysis.unsettled import questions

    older = (before.frames(), before.info.data_to) if before else None
    told = questions(older, (made.frames(), made.info.data_to))
    given = pd.DataFrame(list(reasons.items()), columns=["finding", "reason"])
    return confirmed(told, given), reasons_left_over(told, given)


def _row(kind: str, where: str, what: str, mend: str, place: str = "", key: str = "") -> dict[str, Any]:
    return dict(zip(_COLUMNS, (kind, where, what, mend, place, key), strict=True))


def _print(rows: pd.DataFrame, found: Read) -> None:
    """Whole sentences, each kind under what it is."""
    heads = {"problem": "To mend", "finding": "To mend, or to confirm with a reason on the sheet Reasons"}
    heads |= {"look": "Worth a look", "settled": "Confirmed", "note": "Told"}
    for kind, head in heads.items():
        own = rows[rows["kind"] == kind]
        if len(own):
            print(f"{head} ({len(own)})")
        for row in own.itertuples():
            mend = f" {row.how_to_mend.rstrip('.')}." if row.how_to_mend else ""
            place = f" [{row.in_workbook}]" if row.in_workbook and row.in_workbook != row.where else ""
            where = f"{row.where}{place}: " if row.where else ""
            print(f"- {where}{row.what.rstrip('.')}.{mend}" + (f" Key: {row.key}" if kind == "finding" else ""))
    if not len(rows[rows["kind"] == "problem"]):
        counts = ", ".join(f"{len(found.frames[name]):,} {name}" for name in ("figures", "statements", "comparisons"))
        print(f"The workbook is a whole release {found.release_id}: {counts}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"found {text}, expected a day such as 2023-06-30") from None


def _month_end(release_id: str) -> date:
    """The last day of the month that an id names.

    Raises
    ------
    DataError
        When it names none.
    """
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", release_id)
    if found is None:
        raise DataError(f"{release_id} is no month such as 2023-06. Name the last day of the figures with --data-to.")
    year, month = int(found[1]), int(found[2])
    return date(year, month, calendar.monthrange(year, month)[1])
