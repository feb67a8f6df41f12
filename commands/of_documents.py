"""What is written as a document: a release's report, and a briefing on it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from commands.arguments import Shared, between
from commands.asked import asked_before, asked_home, asked_release
from data.catalogue import catalogue
from data.errors import DataError
from data.pairs_file import MOST_DISPERSION
from data.releases import Release, data_root, release_ids
from data.states import state_words
from data.today import today

if TYPE_CHECKING:
    from analysis.briefing import About
    from documents.blocks import Document

__all__ = ["add_document_commands"]

_ADDRESS = "http://localhost:8501"
_TEXT = (".docx", ".html")
_TABLES = (".xlsx", ".ods")
_AGAINST = ["previous", "baseline", "last-report"]


def add_document_commands(shared: Shared) -> None:
    """Add ``report`` and ``briefing``."""
    command = _command(shared, "report", "a whole release as a document, a draft to edit", _TEXT)
    command.set_defaults(run=report)
    command = _command(shared, "briefing", "what to ask at the meeting, every sentence traced", (*_TEXT, *_TABLES))
    command.add_argument("--measures", metavar="M,...", help="ids of measures; those that need a question unless named")
    command.add_argument("--national", metavar="N", help="one national measure, by id, instead")
    command.add_argument("--against", choices=_AGAINST, default="previous", help="the 12 months before unless named")
    command.add_argument(
        "--dispersion", metavar="D", type=between(0, MOST_DISPERSION),
        help="how much more counts vary than by chance, for every count, instead of the rule; the briefing says so",
    )  # fmt: skip
    command.add_argument(
        "--confidence", metavar="C", type=between(0, 1), default=0.95,
        help="level of the intervals, 0.95 unless named; the briefing says another",
    )  # fmt: skip
    command.set_defaults(run=briefing)


def report(asked: argparse.Namespace) -> int:
    """Write a release's report."""
    out = _checked(asked.out, _TEXT)
    release, about = _asked(asked)
    from documents.report import report_document

    changes, findings = _results(release, asked, "previous")
    _say("Composing the report")
    made = report_document(release.frames(), about, changes, findings, catalogue(release), made=today())
    return _written(made, out)


def briefing(asked: argparse.Namespace) -> int:
    """Write a briefing."""
    out = _checked(asked.out, (*_TEXT, *_TABLES))
    if asked.measures and asked.national:
        raise DataError("--measures and --national ask for two different briefings. Leave one of them out.")
    release, about = _asked(asked)
    from analysis.briefing import assumption_words
    from analysis.briefing import briefing as gathered
    from documents.briefing import briefing_book, briefing_document

    changes, findings = _results(release, asked, asked.against, asked.dispersion, asked.confidence)
    wanted = [name.strip() for name in asked.measures.split(",") if name.strip()] if asked.measures else None
    _say("Gathering the briefing")
    try:
        told = gathered(
            release.frames(), about, changes, findings, wanted, against=asked.against, made=today(),
            national=asked.national or "", confidence=asked.confidence,
            assumptions=assumption_words(asked.dispersion, 1.0, asked.confidence),
        )  # fmt: skip
    except ValueError as error:  # of analysis: a sentence for the user
        raise DataError(str(error)) from None
    return _written((briefing_book if out.suffix in _TABLES else briefing_document)(told), out)


def _command(shared: Shared, name: str, words: str, endings: tuple[str, ...]) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = shared.commands.add_parser(name, help=words)
    command.add_argument("--data", metavar="DIR", help="the data folder, instead of EXPLORER_DATA or the bundled one")
    command.add_argument("--release", metavar="R", help="a release such as 2023-03; the latest unless named")
    command.add_argument("--out", metavar="FILE", required=True, help=f"the file to write: {', '.join(endings)}")
    command.add_argument(
        "--address", metavar="URL", default=os.environ.get("EXPLORER_ADDRESS", _ADDRESS),
        help=f"where links lead: EXPLORER_ADDRESS, else {_ADDRESS}, unless named",
    )  # fmt: skip
    return command


def _checked(named: str, endings: tuple[str, ...]) -> Path:
    """The file to write, if it can be: its ending and its folder are right."""
    out = Path(named)
    if out.suffix.lower() not in endings:
        found = f"ends in {out.suffix}" if out.suffix else "has no ending"
        raise DataError(f"--out {named} {found}. Expected {', '.join(endings[:-1])} or {endings[-1]}.")
    if out.is_dir():
        raise DataError(f"--out {named} is a folder. Name a file in it.")
    if not out.parent.is_dir():
        raise DataError(f"There is no folder {out.parent}. Make it first, or name another file with --out.")
    return out.with_suffix(out.suffix.lower()) if out.suffix != out.suffix.lower() else out


def _asked(asked: argparse.Namespace) -> tuple[Release, About]:
    """The release, and which report it is, for the words of a document."""
    from analysis.briefing import about_report

    address = asked.address.strip().rstrip("/")
    if address and not address.startswith(("http://", "https://")):
        raise DataError(f"--address {address} is not an address such as {_ADDRESS}. Begin it with http:// or https://.")
    release = asked_release(asked)
    latest = release.id == release_ids(data_root(asked.data), asked_home(asked))[-1]
    about = about_report(release.id, release.info, state_words(release.info.state), address, latest)
    return release, about


def _results(
    release: Release, asked: argparse.Namespace, against: str, dispersion: float | None = None, confidence: float = 0.95
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The changes and the findings of a release; what rests on a corrected number says so."""
    from analysis.audit import audit
    from analysis.changes import changes as judged
    from analysis.corrections import correction_notes

    older = asked_before(asked, release) if against == "last-report" else None
    _say(f"Testing the changes of {release.id} and checking its numbers")
    changes = judged(
        release.figures, release.measures, release.tables, release.events, release.statements, against,
        dispersion=dispersion, confidence=confidence, older=older.figures if older else None,
        notes=correction_notes(release.corrections),
        older_notes=correction_notes(older.corrections) if older else None,
    )  # fmt: skip
    return changes, audit(release.frames())


def _written(document: Document, out: Path) -> int:
    """Write a document as its file's ending says, and say so."""
    _say(f"Writing {out}")
    try:
        out.write_bytes(_writer(out.suffix)(document))
    except ValueError as error:
        raise DataError(str(error)) from None
    except OSError as error:
        raise DataError(f"{out} cannot be written ({error.strerror}). Close it elsewhere, or name another.") from None
    return 0


def _writer(ending: str) -> Callable[[Document], bytes]:
    """What writes files of an ending; each brings its own library."""
    if ending == ".docx":
        from documents.word import word_document

        return word_document
    if ending == ".html":
        from documents.html_page import html_page

        return html_page
    from documents.table_book import ods_book, xlsx_book

    return xlsx_book if ending == ".xlsx" else ods_book


def _say(words: str) -> None:
    print(f"{words} …", file=sys.stderr, flush=True)
