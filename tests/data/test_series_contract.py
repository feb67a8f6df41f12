"""Broken series: each error is planted in a copy of the real folders; the sentence must lead back to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from data.errors import DataError
from data.series import illustrative_series, open_series

ROOT = Path(__file__).parents[2] / "data"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A data folder of one's own, to plant errors in."""
    for name in ["open", "illustrative"]:
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def planted(file: Path, row: int, column: str, cell: str) -> None:
    """Put a cell into a CSV; ``row`` as a spreadsheet counts, the header being row 1."""
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    table.loc[row - 2, column] = cell
    table.to_csv(file, index=False)


def test_all_problems_of_all_open_files_are_told_together(copy: Path) -> None:
    folder = copy / "open" / "csp_offences"
    planted(folder / "series.csv", 3, "value", "many")
    planted(folder / "series.csv", 9, "status", "illustrative")
    planted(folder / "series.csv", 12, "period_start", "1 July 2018")
    planted(folder / "population.csv", 4, "population", "")
    words = folder / "source.toml"
    words.write_text(words.read_text("utf-8").replace("licence =", "license ="), "utf-8")
    with pytest.raises(DataError) as caught:
        open_series(copy)
    assert caught.value.problems == [
        "csp_offences/source.toml: licence is missing or blank, expected text.",
        "csp_offences/series.csv, row 3, column value: found 'many', expected a plain number such as 1234 or -5.6.",
        "csp_offences/series.csv, row 9, column status: found 'illustrative', expected one of open.",
        "csp_offences/series.csv, row 12, column period_start: found '1 July 2018', "
        "expected a date such as 2023-03-31.",
        "csp_offences/population.csv, row 4, column population: found nothing, expected a whole number.",
    ]


def test_rows_that_do_not_agree_are_named(copy: Path) -> None:
    file = copy / "open" / "csp_offences" / "series.csv"
    planted(file, 3, "period_end", "2015-10-31")
    planted(file, 5, "value", "12.5")
    planted(file, 7, "title", "Burglary")
    planted(file, 9, "period_start", "2016-10-01")
    planted(file, 9, "period_end", "2016-12-31")
    planted(file, 50, "measure", "open_theft")
    planted(copy / "open" / "csp_offences" / "population.csv", 3, "area", "district_crewe")
    planted(copy / "open" / "csp_offences" / "population.csv", 5, "year", "2017")
    with pytest.raises(DataError) as caught:
        open_series(copy)
    told = "\n".join(caught.value.problems)
    for sentence in [
        "series.csv, row 3, column period_end: found 2015-07-01 to 2015-10-31, expected one whole quarter",
        "series.csv, row 5, column value: found 12.5, expected a whole number of 0 or more.",
        "series.csv, row 7, column title: found 'Burglary', "
        "expected 'Residential burglary recorded each quarter' as in source.toml.",
        "series.csv, row 9, column period_start: found open_burglary_residential for staffordshire "
        "from 2016-10-01 again after row 8, expected one row a period.",
        "series.csv, row 50, column measure: found open_theft, expected one that source.toml describes",
        "population.csv, row 3, column area: found district_crewe, expected an area of series.csv.",
        "population.csv, row 5, column year: found staffordshire 2017 again, expected one row a year.",
    ]:
        assert sentence in told
    assert len(caught.value.problems) == 7


def test_an_unmarked_invented_row_is_refused(copy: Path) -> None:
    planted(copy / "illustrative" / "monthly.csv", 2, "note", "")
    planted(copy / "illustrative" / "monthly.csv", 3, "status", "published")
    with pytest.raises(DataError) as caught:
        illustrative_series(copy)
    note, status = caught.value.problems
    assert note.startswith("illustrative/monthly.csv, row 2, column note: found nothing")
    assert status == "illustrative/monthly.csv, row 3, column status: found 'published', expected one of illustrative."


def test_words_that_are_missing_or_wrong_are_named(copy: Path) -> None:
    words = copy / "illustrative" / "about.toml"
    words.write_text('title = "Example"\nretrieved = 3\ncautions = 4\n[[measures]]\nid = "asb"\n', "utf-8")
    (copy / "open" / "csp_offences" / "source.toml").unlink()
    (copy / "open" / "second").mkdir()
    with pytest.raises(DataError) as caught:
        illustrative_series(copy)
    assert caught.value.problems == [
        "illustrative/about.toml: text is missing or blank, expected text.",
        "illustrative/about.toml, measures 1: title is missing or blank, expected text.",
        "illustrative/about.toml, measures 1: section is missing or blank, expected text.",
        "illustrative/about.toml, measures 1: definition is missing or blank, expected text.",
        "illustrative/about.toml: cautions is not a list of tables. Write each under [[cautions]].",
        "illustrative/about.toml: retrieved is not a table. Write its facts under [retrieved].",
    ]
    with pytest.raises(DataError) as caught:
        open_series(copy)
    assert caught.value.problems == [
        "csp_offences/source.toml: the file is missing. Say there what the series is.",
        "second/source.toml: the file is missing. Say there what the series is.",
        "second/series.csv: the file is missing from second.",
    ]
