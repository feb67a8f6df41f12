"""Anyone's own numbers: known by their header, and every mistake told with its row and column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.errors import DataError
from data.pairs_file import read_pairs
from tests.serving import ROOT

INPUTS = ROOT / "tests" / "known_answers" / "inputs"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "mine.csv"
    file.write_bytes(text.encode(encoding))
    return file


def problems(folder: Path, text: str, encoding: str = "utf-8") -> list[str]:
    with pytest.raises(DataError) as told:
        read_pairs(written(folder, text, encoding))
    return told.value.problems


@pytest.mark.parametrize(
    ("header", "row", "kind", "others", "own"),
    [
        ("count,pop", "3,1000.5", "rates", [], ["count", "pop"]),
        ("x1,n1,x2,n2", "1,2,3,4", "shares", [], ["x1", "n1", "x2", "n2"]),
        ("earlier,later", "1,2", "counts", [], ["earlier", "later"]),
        ("earlier,later,dispersion", "1,2,", "counts", [], ["earlier", "later", "dispersion"]),
        ("item,later,place,earlier", "a,2,,1", "counts", ["item", "place"], ["earlier", "later"]),
        (",count,pop", "0,3,1000", "rates", [""], ["count", "pop"]),
        ("count,pop,dispersion", "3,1000,many", "rates", ["dispersion"], ["count", "pop"]),
    ],
)
def test_the_header_says_what_the_numbers_are(
    tmp_path: Path, header: str, row: str, kind: str, others: list[str], own: list[str]
) -> None:
    found, kept, numbers = read_pairs(written(tmp_path, f"{header}\n{row}\n"))
    assert (found, list(kept.columns), list(numbers.columns)) == (kind, others, own)
    assert len(kept) == len(numbers) == 1
    assert all(str(kept[name].iloc[0]) in row for name in others)


def test_known_answers_are_read_whole() -> None:
    kind, kept, numbers = read_pairs(INPUTS / "proportion_pairs.csv")
    assert (kind, list(kept["item"])[:2], len(numbers)) == ("shares", ["I01", "I02"], 14)
    assert read_pairs(INPUTS / "rates.csv")[0] == "rates"


def test_a_spreadsheets_mark_line_ends_and_zeros_are_taken(tmp_path: Path) -> None:
    _, _, numbers = read_pairs(written(tmp_path, "\ufeffearlier,later\r\n12.0,7\r\n\r\n"))
    assert numbers.to_numpy().tolist() == [[12, 7]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("earlier,later\n5,many\n", ["row 2, column later: found 'many', expected a whole number of 0 or more."]),
        ("earlier,later\n5,\n", ["row 2, column later: found nothing, expected a whole number of 0 or more."]),
        ("earlier,later\n-5,6\n", ["row 2, column earlier: found '-5', expected a whole number of 0 or more."]),
        ("earlier,later\n5.5,6\n", ["row 2, column earlier: found '5.5', expected a whole number of 0 or more."]),
        ('earlier,later\n"1,234",6\n', ["row 2, column earlier: found '1,234', expected a whole number of 0 or more."]),
        ("count,pop\n5,0\n", ["row 2, column pop: found '0', expected a number above 0."]),
        (
            "x1,n1,x2,n2\n1,0,2,3\n",
            ["row 2, column n1: found '0', expected a whole number above 0."],
        ),
        (
            "x1,n1,x2,n2\n1,2,3,4\n5,4,9,8\n",
            [
                "row 3, column x1: found 5, expected at most 4, its base in n1.",
                "row 3, column x2: found 9, expected at most 8, its base in n2.",
            ],
        ),
        (
            "earlier,later,dispersion\n1,2,0\n1,2,1e3\n1,2,10000\n1,2,9999\n",
            [
                "row 2, column dispersion: found '0', expected a number between 0 and 10,000, or nothing.",
                "row 3, column dispersion: found '1e3', expected a number between 0 and 10,000, or nothing.",
                "row 4, column dispersion: found '10000', expected a number between 0 and 10,000, or nothing.",
            ],
        ),
        (
            "item,earlier,later\na,x,6\nb,5,y\nc,,-1\n",
            [
                "row 2, column earlier: found 'x', expected a whole number of 0 or more.",
                "row 3, column later: found 'y', expected a whole number of 0 or more.",
                "row 4, column earlier: found nothing, expected a whole number of 0 or more.",
                "row 4, column later: found '-1', expected a whole number of 0 or more.",
            ],
        ),
        ("earlier,later\n1,2,3\n", ["row 2: found 3 cells, expected 2 as in the header."]),
    ],
)
def test_every_bad_cell_is_told_together(tmp_path: Path, text: str, told: list[str]) -> None:
    assert problems(tmp_path, text) == [f"mine.csv, {sentence}" for sentence in told]


EXPECTED = "Expected count,pop or x1,n1,x2,n2 or earlier,later[,dispersion]"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n1,2\n", [f"mine.csv: found the columns a, b. {EXPECTED}."]),
        ("earlier;later\n1;2\n", [f"mine.csv: found the columns earlier;later. {EXPECTED}."]),
        ("", [f"mine.csv: found the columns nothing. {EXPECTED}."]),
        ("earlier\n1\n", [f"mine.csv: there is no column later. {EXPECTED}."]),
        ("x1,n1\n1,2\n", [f"mine.csv: there is no column {name}. {EXPECTED}." for name in ("x2", "n2")]),
        (
            "count,pop,earlier,later\n1,2,3,4\n",
            [f"mine.csv: the columns are of more than one kind. {EXPECTED}; split the file."],
        ),
        ("earlier,later,p\n1,2,3\n", ["mine.csv: column p is one of the results. Give it another name."]),
        ("earlier,later,later\n1,2,3\n", ["mine.csv: column later stands twice."]),
        ("earlier,later\n", ["mine.csv: there is no row under the header."]),
    ],
)
def test_a_header_that_cannot_be_used_is_told(tmp_path: Path, text: str, told: list[str]) -> None:
    assert problems(tmp_path, text) == told


def test_a_file_that_is_not_there_or_not_utf8_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=rf"^There is no file {re.escape(str(tmp_path / 'no.csv'))}\.$"):
        read_pairs(tmp_path / "no.csv")
    with pytest.raises(DataError, match=r"^There is no file "):
        read_pairs(tmp_path)
    told = "mine.csv: byte 0 is not UTF-8. Save the file as 'CSV UTF-8'."
    assert problems(tmp_path, "été,count,pop\na,1,2\n", "cp1252") == [told]
    later = problems(tmp_path, "item,count,pop\né,1,2\n", "cp1252")
    assert later == ["mine.csv: byte 15 is not UTF-8. Save the file as 'CSV UTF-8'."]
