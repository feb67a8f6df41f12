"""The workbook of the next report: filled by script it is the next release, and as a form it meets the checklist."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook

from analysis.audit import audit
from analysis.next_report import Read, made_from, read_back
from data.contracts import SCHEMAS, check_table
from data.links import broken_links
from data.releases import Release, load_release
from data.report_workbook import read_report_workbook
from tests.filled_workbook import edited, facts, june, next_quarter, place_of, planned, with_cells
from tests.other_force import RELEASE, bare_force, other_force
from tests.published import release
from tests.second_release import DROPPED, FIRST, NEW, RENAMED, REVISED, SECOND, second_release

NOTE = "INVENTED FOR TESTS: since “June 2023” <b>counted</b> & checked,\nby 5% of all."
_YEARS = ["last_12_months", "previous_12_months", "baseline"]


def back(content: bytes, older: Release) -> Read:
    """The workbook read back."""
    return read_back(read_report_workbook(content, "book.xlsx"), older.frames())


def typed(read: Read) -> dict[str, pd.DataFrame]:
    """Its frames, under the contract and linked."""
    frames = {name: check_table(frame, name, f"{name}.csv") for name, frame in read.frames.items()}
    assert broken_links(frames) == []
    return frames


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return second_release(tmp_path_factory.mktemp("quarter"))


@pytest.fixture(scope="module")
def blank() -> bytes:
    return next_quarter(release())


@pytest.fixture(scope="module")
def filled(blank: bytes, root: Path) -> bytes:
    _, sheets = planned(release())
    return with_cells(blank, june(root) | {place_of(sheets, "Texts", "measures.asb.notes", "Text"): NOTE})


@pytest.fixture(scope="module")
def quarter(filled: bytes, root: Path) -> Read:
    return back(filled, load_release(root, FIRST))


# --- a whole quarter --------------------------------------------------------------------------------------------------


def test_a_filled_workbook_is_a_release(quarter: Read) -> None:
    assert [problem.sentence for problem in quarter.problems] == []
    assert list(quarter.frames) == [name for name in SCHEMAS if name != "confirmed"], (
        "reasons are kept when it is saved"
    )
    typed(quarter)
    assert (quarter.release_id, quarter.older_id) == (SECOND, FIRST)
    assert str(quarter.info["published"]) == "2023-08-16"
    assert str(quarter.info["data_to"]) == "2023-06-30"


def test_it_holds_the_values_that_were_typed(quarter: Read, root: Path) -> None:
    thing = ["table", "measure", "area", "breakdown", "role", "period_start", "period_end"]
    own, second = typed(quarter)["figures"], load_release(root, SECOND).figures
    wanted = second[second["role"].isin(_YEARS)].replace({"measure": {NEW: "e_scooter"}})  # named from its row
    both = wanted.merge(own, on=thing, how="left", suffixes=("", "_read"))
    given = ["rate", "share"]  # shares are worked out from counts that were drawn anew
    shares = set(release().as_published.loc[release().as_published["kind"].isin(given), "figure_id"])
    both = both[~both["figure_id"].isin(shares)]
    assert len(both) > 300
    assert both.loc[both["value_read"].isna(), "row_label"].tolist() == []
    wrong = both[both["value"] != both["value_read"]]
    assert wrong[["figure_id", "value", "value_read"]].to_numpy().tolist() == []


def test_renamed_new_left_and_revised_rows(quarter: Read) -> None:
    frames = typed(quarter)
    figures = frames["figures"]
    table, then, now = RENAMED
    assert set(figures.loc[figures["table"] == table, "row_label"]) == {now}
    assert set(frames["as_published"].loc[frames["as_published"]["table"] == table, "row_label"]) == {now}
    assert then not in set(figures["row_label"])
    assert DROPPED not in set(figures["measure"])
    new = figures[figures["row_label"] == "E-Scooter"]
    assert new["role"].tolist() == ["previous_12_months", "last_12_months", "baseline"]
    (measure,) = set(new["measure"])
    assert frames["measures"].set_index("id").at[measure, "definition"].startswith("Invented for tests")
    made = frames["as_published"]
    assert made.loc[made["row_label"] == "E-Scooter", "kind"].tolist() == [
        "difference", "percent_change", "baseline_difference", "baseline_percent",
    ]  # fmt: skip
    held = figures.set_index("figure_id")["printed"]
    assert {name: held[name] for name in REVISED} == {name: now for name, (_, now) in REVISED.items()}


def test_what_follows_is_worked_out_and_agrees(quarter: Read) -> None:
    """Every number that we work out passes the report check; what was printed or typed otherwise still disagrees."""
    findings, before = audit(typed(quarter)), audit(release().frames())
    cells = findings[(findings["kind"] == "cell") & (findings["grade"] == "disagrees")]
    known = set(before.loc[before["grade"] == "disagrees", "id"])
    assert set(cells["id"]) - known == {"asb.asb.baseline"}
    assert len(findings[(findings["kind"] == "cell") & (findings["grade"] == "agrees")]) > 450


def test_a_text_that_was_changed_is_in_it_on_one_line(quarter: Read) -> None:
    assert quarter.frames["measures"].set_index("id").at["asb", "notes"] == " ".join(NOTE.split())


def test_printed_as_the_report_prints_it(quarter: Read) -> None:
    frames = typed(quarter)
    printed = frames["as_published"].set_index("id")["printed"]
    assert printed["calls_999.calls_999.difference"].startswith(("↑ ", "↓ -"))
    assert re.fullmatch(r"-?\d+\.\d%", printed["asb.asb.percent_change"])
    variance = frames["as_published"][frames["as_published"]["table"] == "revenue_outturn"]["printed"]
    assert variance.iloc[0] == "(175)"
    assert "1,162" in variance.tolist()


def test_the_force_s_words_are_not_carried_over(quarter: Read) -> None:
    for name in ("statements", "explanations", "wordings", "area_claims", "corrections"):
        assert quarter.frames[name].empty, name
    assert len(quarter.frames["events"]) == len(release().events)
    assert quarter.frames["commitments"]["status"].tolist() == release().commitments["status"].tolist()


def test_a_blank_workbook_asks_for_everything_at_once(blank: bytes) -> None:
    read = back(blank, release())
    assert {"Start", "1 999 calls", "36 Custody"} <= {problem.sheet for problem in read.problems}
    assert all(re.fullmatch(r"[A-Z]+\d+", problem.cell) for problem in read.problems)
    assert made_from(read_report_workbook(blank, "book.xlsx")) == FIRST


# --- a slip at a time -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def slips(filled: bytes, root: Path) -> Read:
    """One workbook with a slip of every kind, so that it is read once."""
    _, sheets = planned(release())
    at = {
        "words": place_of(sheets, "1 999 calls", "calls_999.1", "Calls 12"),
        "blank": place_of(sheets, "10 Anti-social behaviour", "asb.2", "Last"),
        "doubt": place_of(sheets, "3 999 calls answered within 10", "answered_10s_999.1", "12 Months"),
        "total": place_of(sheets, "12 Collisions with death", "ksi.3", "Last"),
        "beside": ("18 Homicide", "L7"),
        "comment": ("18 Homicide", "A12"),
        "extra": ("Working", "B2"),
        "date": place_of(sheets, "Start", "next_release", "Yours"),
        "section": place_of(sheets, "Statements", "new_1", "Section"),
    }
    values = {"words": "about 230,000", "blank": None, "doubt": 0.7781, "total": 999, "beside": "checked by a colleague",
              "comment": "to be confirmed", "extra": 12, "date": "soon", "section": "Nowhere"}  # fmt: skip
    cells = edited(read_report_workbook(filled, "book.xlsx"), {at[name]: value for name, value in values.items()})
    return read_back(cells, load_release(root, FIRST).frames())


def test_every_slip_is_a_sentence_with_its_cell(slips: Read) -> None:
    told = " ".join(problem.sentence for problem in slips.problems)
    assert "1 999 calls, cell C6: found 'about 230,000', expected a count such as 227486." in told
    assert "10 Anti-social behaviour, cell D7: found nothing, expected a number such as 7,421." in told
    assert "found '0.7781', expected a per cent such as 77.72 %. Type 77.81%, or 0.7781% if" in told
    assert "Start, cell B12: found 'soon', expected a date such as 2023-06-30." in told
    assert "Statements, cell A5: found 'Nowhere', expected one of the sections" in told
    assert len(slips.problems) == 5


def test_what_is_not_read_is_told(slips: Read) -> None:
    told = " ".join(slips.notes)
    assert "18 Homicide, cell L7: “checked by a colleague” was not read." in told
    assert "18 Homicide, cell A12: “to be confirmed” was not read." in told
    assert "The sheet “Working” is no part of the workbook: its 1 cell was not read." in told


def test_a_total_that_is_typed_over_stays_as_printed(slips: Read) -> None:
    held = slips.frames["figures"].set_index("figure_id")
    assert held.at["ksi.total.last_12_months", "printed"] == "999"
    derived = slips.frames["as_published"].set_index("id")
    assert derived.at["ksi.total.last_12_months", "formula"] == "sum"


# --- another force, other quarters ------------------------------------------------------------------------------------


@pytest.mark.parametrize("force", [other_force, bare_force])
def test_an_invented_force_gets_its_workbook_too(force: Any, tmp_path: Path) -> None:
    older = load_release(force(tmp_path), RELEASE)
    day = pd.Timestamp("2031-09-30").date()
    plan, sheets = planned(older, "2031-09", day)
    content = next_quarter(older, "2031-09", day)
    places = {slot.id: sheet.place(row, column) for sheet in sheets for row, slots in enumerate(sheet.rows)
              for column, slot in enumerate(slots) if slot.id and slot.kind == "asked"}  # fmt: skip
    cells = {(place[0], f"{openpyxl.utils.get_column_letter(place[2])}{place[1]}"): plan.cells()[name].was
             for name, place in places.items()}  # fmt: skip
    read = back(with_cells(content, cells | facts(sheets)), older)
    assert [problem.sentence for problem in read.problems] == []
    frames = typed(read)
    assert set(frames["figures"]["figure_id"]) == set(plan.cells()) & set(frames["figures"]["figure_id"])
    assert len(frames["figures"]) == len(older.figures)


# --- the checklist ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(blank: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(blank))


def test_nothing_merged_frozen_filtered_hidden_or_coloured(book: Workbook) -> None:
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes is None
        assert not sheet.auto_filter.ref
        assert sheet.sheet_state == "visible"
        assert not any(part.hidden for part in [*sheet.column_dimensions.values(), *sheet.row_dimensions.values()])
        assert all(cell.fill.fill_type is None for row in sheet.iter_rows() for cell in row), sheet.title
        edges = [sheet.oddHeader, sheet.evenHeader, sheet.oddFooter, sheet.evenFooter]
        assert not any(place.text for edge in edges for place in (edge.left, edge.center, edge.right)), sheet.title


def test_one_marked_table_a_sheet_under_a_title(book: Workbook) -> None:
    names = []
    for sheet in book:
        (table,) = sheet.tables.values()
        names.append(table.name)
        assert re.fullmatch(rf"A\d+:{openpyxl.utils.get_column_letter(sheet.max_column)}{sheet.max_row}", table.ref)
        header, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
        assert all(isinstance(text, str) and text for text in header), sheet.title
        assert len({text.casefold() for text in header}) == len(header), sheet.title
        assert all(any(cell is not None for cell in row) for row in rows), sheet.title
        above = [sheet.cell(row, 1).value for row in range(1, int(table.ref.split(":")[0][1:]))]
        assert all(above), f"a blank row above the table of {sheet.title}"
        assert [selection.activeCell for selection in sheet.sheet_view.selection] in ([], ["A1"], [None]), sheet.title
    assert len(set(names)) == len(names)


def test_protected_without_a_password_and_its_structure_closed(book: Workbook) -> None:
    for sheet in book:
        assert sheet.protection.sheet, sheet.title
        assert not sheet.protection.password, sheet.title
    calls = book["1 999 calls"]
    open_cells = {cell.coordinate for row in calls.iter_rows() for cell in row if not cell.protection.locked}
    assert {"A6", "C6", "D6"} <= open_cells
    assert {"E6", "F6"} <= open_cells, "the report may print another difference than follows"
    assert not {"A1", "A5", "B6", "G6"} & open_cells


def test_what_is_to_fill_is_marked_by_its_border_and_said(book: Workbook) -> None:
    calls = book["10 Anti-social behaviour"]
    assert calls["C6"].border.left.style == "medium"
    assert calls["G6"].border.left.style == "thin"
    assert calls["G6"].font.italic
    prompts = {str(rule.sqref): rule.promptTitle for rule in calls.data_validations.dataValidation}
    assert "To fill" in prompts.values()
    assert "Filled in" in prompts.values()


def test_document_information_and_names(book: Workbook) -> None:
    assert book.properties.title
    assert book.properties.creator == "Performance Explorer"
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert book.sheetnames[:3] == ["Start", "Contents", "Periods"]


def test_contents_counts_what_is_blank(book: Workbook) -> None:
    plan, _ = planned(release())
    (table,) = book["Contents"].tables.values()
    counts = [row[2].value for row in book["Contents"][table.ref][1:]]
    assert sum(counts[: len(plan.tables)]) == plan.blank


def test_contents_leads_to_every_sheet(book: Workbook) -> None:
    (table,) = book["Contents"].tables.values()
    led = [(row[0].value, row[0].hyperlink.location) for row in book["Contents"][table.ref][1:]]
    assert led == [(name, f"'{name}'!A1") for name, _ in led]
    assert {name for name, _ in led} == set(book.sheetnames) - {"Start", "Contents", "Lists"}


# --- another program --------------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_saved_by_libreoffice_it_reads_the_same(
    blank: bytes, filled: bytes, quarter: Read, root: Path, tmp_path: Path
) -> None:
    typed_in = {("1 999 calls", "C6"): 231_000, ("1 999 calls", "D6"): 210_000,
                ("3 999 calls answered within 10", "C6"): 0.785, ("3 999 calls answered within 10", "D6"): 77.5}  # fmt: skip
    per_cent = {("3 999 calls answered within 10", "C6"): "0.0%"}
    (tmp_path / "filled.xlsx").write_bytes(filled)
    (tmp_path / "numbers.xlsx").write_bytes(with_cells(blank, typed_in, per_cent))
    home = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    words = ["soffice", home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "out"]
    files = ["filled.xlsx", "numbers.xlsx"]
    subprocess.run([*words, *files], cwd=tmp_path, check=True, capture_output=True, timeout=180)
    again = back((tmp_path / "out" / "filled.xlsx").read_bytes(), load_release(root, FIRST))
    assert [problem.sentence for problem in again.problems] == []
    for name, frame in quarter.frames.items():
        pd.testing.assert_frame_equal(again.frames[name], frame)
    book = openpyxl.load_workbook(tmp_path / "out" / "numbers.xlsx", data_only=True)
    assert [book["1 999 calls"][cell].value for cell in ("E6", "F6")] == [21_000, 10]
    assert book["3 999 calls answered within 10"]["E6"].value == pytest.approx(1)
    assert book["Contents"]["D3"].value == "Still blank"
    assert [book["Contents"][f"D{row}"].value for row in (4, 5, 6)] == [0, 2, 0]
