"""The published report pasted table by table and as text: what the check of a draft finds there, read by hand.

Needs the report's text among the reference material; without it these tests skip.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.audit.cells import check_cells
from analysis.audit.findings import frame_of
from analysis.audit.sheet import frames_of
from analysis.draft import check_paragraph, check_table, pasted_table, propose_roles
from tests.published import release

BASELINES = [
    ("Mobile Phone", "59.3%"), ("Seatbelt", "16.4%"), ("No Insurance", "12.5%"), ("No MOT", "-16.8%"),
    ("Due Care", "37.6%"), ("Other Serious Sexual Offences", "-76.7%"), ("Other Sexual Offences", "-90.7%"),
    ("Other Violence against the person", "137.9%"), ("Rape", "-83.6%"),
]  # fmt: skip
SHARES = [("2022", "7.8%"), ("2022", "1.1%")]
TOTALS = [
    ("Serious Violence (Robbery & Violence with Injury)", "10,911"), ("Domestic Crime", "17,863"),
    ("Domestic Crime", "23,826"), ("Domestic Crime", "17,323"), ("Violence against Women & Girls", "21,953"),
    ("Total Complaints", "1,784"),
]  # fmt: skip
TOLD_WRONG = [
    "-7%", "53.5%", "-23%", "-6%", "13.5%", "-51.1%", "-30.2%", "-10.7%", "-51.5%", "-60.2%", "-5%", "-2%", "-3%", "-2%", "-12%",
    "131",
]  # fmt: skip


@pytest.fixture(scope="module")
def lines(reference: Path | None) -> list[str]:
    text = reference / "seed" / "public-performance-report-may-2023.txt" if reference else None
    if text is None or not text.is_file():
        pytest.skip("no reference material")
    return text.read_text(encoding="utf-8").split("\n")


@pytest.fixture(scope="module")
def found(lines: list[str]) -> pd.DataFrame:
    """Every finding on every table of the report, each pasted as it stands there."""
    checked = []
    for pasted in map(pasted_table, blocks(lines)):
        checked.append(check_table(pasted, propose_roles(pasted)))
    return pd.concat([each for each in checked if len(each)], ignore_index=True)


def blocks(lines: list[str]) -> list[str]:
    """The tables: lines with tabs one after another; a line of words alone heads a part of the finance table."""
    tables: list[list[str]] = [[]]
    for line in lines[lines.index("1. Emerging Challenges") :]:
        heads = tables[-1] and line.strip() and len(line) < 40 and "Budget £'000" in "".join(tables[-1])
        if "\t" in line or heads:
            tables[-1].append(line)
        elif tables[-1]:
            tables.append([])
    return ["\n".join(table) for table in tables if table]


def test_all_tables_are_read(lines: list[str]) -> None:
    assert len(blocks(lines)) == 40


def test_what_disagrees_in_the_tables(found: pd.DataFrame) -> None:
    wrong = found[found["grade"] == "disagrees"]
    told = [(row.label, row.printed) for row in wrong.itertuples()]
    assert sorted(told) == sorted([*BASELINES, *SHARES, *TOTALS])


def test_grades_are_those_of_the_report_check(found: pd.DataFrame) -> None:
    """Printed number by printed number: what both check, they grade alike."""
    frames = release().frames()
    cells = frame_of(check_cells(frames["as_published"], frames["tables"], frames_of(frames)))
    theirs = cells[~cells["as_printed"].isin(["39.63 %", "33.33 %"])]  # rest on numbers of another table
    for grade in ("disagrees", "rounding", "unit slip"):
        ours = sorted(found.loc[found["grade"] == grade, "printed"])
        assert ours == sorted(theirs.loc[theirs["grade"] == grade, "as_printed"])


def test_what_is_wrong_in_the_text(lines: list[str]) -> None:
    text = "\n".join(line for line in lines if "\t" not in line)
    told = check_paragraph(text)
    assert list(told.loc[told["result"] == "wrong", "text"]) == TOLD_WRONG
    assert (told["result"] == "checked").sum() >= 30
