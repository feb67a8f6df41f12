"""The open and the illustrative series: what they hold and what they must equal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from data.series import SeriesSet, illustrative_series, open_series
from data.series_contract import COLUMNS

PROJECT = Path(__file__).parents[2]
ROOT = PROJECT / "data"
FIGURES = ROOT / "releases" / "2023-03" / "figures.csv"
MAKE = ROOT / "illustrative" / "make.py"
REFERENCE = Path(os.environ.get("EXPLORER_REFERENCE", PROJECT.parent / "shared"))
SOURCE = REFERENCE / "data" / "csp-quarterly-offences"

INVENTED = ["asb", "calls_999", "calls_101"]
OFFENCES = [
    "burglary_residential",
    "robbery_personal",
    "shoplifting",
    "theft_person",
    "vehicle_offences",
    "wounding",
]
DISTRICTS = [
    "Cannock Chase", "East Staffordshire", "Lichfield", "Newcastle-under-Lyme", "South Staffordshire",
    "Stafford", "Staffordshire Moorlands", "Stoke-on-Trent", "Tamworth",
]  # fmt: skip
AREA_IDS = {name: "district_" + name.lower().replace(" ", "_").replace("-", "_") for name in DISTRICTS}
AREA_IDS["Staffordshire"] = "staffordshire"


@pytest.fixture(scope="module")
def opened() -> SeriesSet:
    return open_series(ROOT)


@pytest.fixture(scope="module")
def invented() -> SeriesSet:
    return illustrative_series(ROOT)


def printed_totals() -> pd.DataFrame:
    """Every count that the report prints for an invented series from the series' own table."""
    figures = pd.read_csv(FIGURES, dtype=str, keep_default_na=False)
    own = figures["measure"].isin(INVENTED) & (figures["table"] == figures["measure"]) & (figures["unit"] == "count")
    return figures[own & (figures["area"] == "staffordshire")]


# --- illustrative --------------------------------------------------------------------------------


def test_invented_months_add_up_to_every_printed_total(invented: SeriesSet) -> None:
    printed = printed_totals()
    assert len(printed) == 4 * 3 + 2 * 2, "ASB by type and in all over three years, 999 and 101 over two"
    frame = invented.frame
    for row in printed.itertuples():
        months = frame[
            (frame["measure"] == row.measure)
            & (frame["breakdown"] == row.breakdown)
            & (frame["period_start"] >= row.period_start)
            & (frame["period_end"] <= row.period_end)
        ]
        assert len(months) == 12, row.figure_id
        assert months["value"].sum() == int(str(row.value)), row.figure_id


def test_invented_series_are_the_printed_ones_over_five_years(invented: SeriesSet) -> None:
    printed = printed_totals()
    expected = set(zip(printed["measure"], printed["breakdown"], strict=True))
    paths = invented.frame.groupby(["measure", "breakdown"])
    assert set(paths.groups) == expected
    months = pd.date_range("2018-04-01", "2023-03-01", freq="MS")
    for _, path in paths:
        assert list(path["period_start"]) == list(months)
        assert list(path["period_end"]) == list(months + pd.offsets.MonthEnd(0))


def test_invented_types_add_up_to_all_asb_in_every_month(invented: SeriesSet) -> None:
    asb = invented.frame[invented.frame["measure"] == "asb"]
    parts = asb[asb["breakdown"] != ""].groupby("period_start")["value"].sum()
    whole = asb[asb["breakdown"] == ""].set_index("period_start")["value"]
    assert parts.equals(whole)


def test_every_invented_row_is_marked_and_only_the_force_is_shown(invented: SeriesSet) -> None:
    assert set(invented.frame["status"]) == {"illustrative"}
    note = "Invented monthly path; only the 12-month totals that the report prints are published."
    assert set(invented.frame["note"]) == {note}
    assert set(invented.frame["area"]) == {"staffordshire"}, "never a named team"
    assert invented.source == "Example with invented figures"
    assert dict(zip(invented.measures["id"], invented.measures["section"], strict=True)) == {
        "asb": "asb",
        "calls_999": "contact",
        "calls_101": "contact",
    }


def test_script_writes_the_committed_file_byte_for_byte(tmp_path: Path) -> None:
    out = tmp_path / "monthly.csv"
    subprocess.run([sys.executable, MAKE, "--out", out], check=True, cwd=tmp_path)
    assert out.read_bytes() == (ROOT / "illustrative" / "monthly.csv").read_bytes()


def test_script_follows_the_release_it_is_given(tmp_path: Path) -> None:
    """The totals have one home: change the release's figure and the months follow."""
    figures = pd.read_csv(FIGURES, dtype=str, keep_default_na=False)
    changed = (figures["table"] == "calls_999") & (figures["role"] == "last_12_months")
    figures.loc[changed, "value"] = "240000"
    figures.to_csv(tmp_path / "figures.csv", index=False)
    out = tmp_path / "monthly.csv"
    subprocess.run([sys.executable, MAKE, "--release", tmp_path, "--out", out], check=True)
    months = pd.read_csv(out, keep_default_na=False)
    last_year = (months["measure"] == "calls_999") & (months["period_start"] >= "2022-04-01")
    assert months.loc[last_year, "value"].sum() == 240_000


# --- open ----------------------------------------------------------------------------------------


def test_open_series_has_44_quarters_of_six_groups_in_ten_areas(opened: SeriesSet) -> None:
    quarters = pd.date_range("2015-04-01", periods=44, freq="QS")
    paths = opened.frame.groupby(["measure", "area"])
    expected = {(f"open_{offence}", area) for offence in OFFENCES for area in AREA_IDS.values()}
    assert set(paths.groups) == expected
    for _, path in paths:
        assert list(path["period_start"]) == list(quarters)
        assert list(path["period_end"]) == list(quarters + pd.offsets.QuarterEnd(0))
    assert set(opened.frame["status"]) == {"open"}


def test_force_is_never_below_its_districts(opened: SeriesSet) -> None:
    sums = opened.frame.pivot_table(
        index=["measure", "period_start"], columns="area_kind", values="value", aggfunc="sum"
    )
    assert (sums["force"] >= sums["district"]).all()


def test_open_series_is_the_source_number_for_number(opened: SeriesSet) -> None:
    if not SOURCE.is_dir():
        pytest.skip(f"not checked: no reference data at {SOURCE}")
    files = [path for path in SOURCE.glob("*.csv") if path.stem != "population_by_csp"]
    source = pd.concat([pd.read_csv(path, parse_dates=["quarter_start"]) for path in files])
    source = source[source["area"].isin(list(AREA_IDS))]
    source = source.assign(measure="open_" + source["measure"], area=source["area"].map(AREA_IDS))
    expected = source.set_index(["measure", "area", "quarter_start"])["value"].sort_index()
    found = opened.frame.set_index(["measure", "area", "period_start"])["value"].sort_index()
    assert dict(found) == dict(expected)


def test_population_is_the_source_number_for_number(opened: SeriesSet) -> None:
    if not SOURCE.is_dir():
        pytest.skip(f"not checked: no reference data at {SOURCE}")
    source = pd.read_csv(SOURCE / "population_by_csp.csv")
    expected = dict(source.assign(area=source["area"].map(AREA_IDS)).set_index(["area", "year"])["population"])
    assert dict(opened.population.set_index(["area", "year"])["population"]) == expected


def test_open_series_tells_its_source_licence_and_cautions(opened: SeriesSet) -> None:
    assert "CrimeDecompUK" in opened.source
    assert "Open Government Licence v3.0" in opened.source
    for offence in OFFENCES:
        cautions = " ".join(opened.cautions_for(f"open_{offence}"))
        assert "never add districts up" in cautions
        assert "Local Policing Team is assumed" in cautions
    assert "9.5% to 14.4%" in " ".join(opened.cautions_for("open_shoplifting"))
    assert "781 to 1,157" in " ".join(opened.cautions_for("open_burglary_residential"))
    assert "not violence with injury" in " ".join(opened.cautions_for("open_wounding"))
    for measure in ["open_burglary_residential", "open_robbery_personal", "open_wounding"]:
        assert "late recording, not like crime" in " ".join(opened.cautions_for(measure))
    for measure in ["open_robbery_personal", "open_theft_person"]:
        assert "Small counts" in " ".join(opened.cautions_for(measure))


def test_gaps_quoted_in_the_cautions_follow_from_the_series(opened: SeriesSet) -> None:
    sums = opened.frame.groupby(["measure", "area_kind"])["value"].sum().unstack()
    for measure, gap in (100 * (1 - sums["district"] / sums["force"])).items():
        if measure != "open_shoplifting":
            assert f"Over all quarters {gap:.1f}%" in " ".join(opened.cautions_for(str(measure)))


def test_titles_and_sections_are_known_to_the_release(opened: SeriesSet, invented: SeriesSet) -> None:
    sections = set(pd.read_csv(FIGURES.with_name("sections.csv"), dtype=str)["id"])
    assert set(opened.measures["section"]) | set(invented.measures["section"]) <= sections
    areas = set(pd.read_csv(FIGURES.with_name("areas.csv"), dtype=str)["id"])
    assert set(opened.frame["area"]) | set(invented.frame["area"]) <= areas


# --- folders -------------------------------------------------------------------------------------


def test_both_sets_have_one_shape(opened: SeriesSet, invented: SeriesSet, tmp_path: Path) -> None:
    for series in [opened, invented, open_series(tmp_path), illustrative_series(tmp_path)]:
        assert list(series.frame.columns) == COLUMNS
        assert series.frame.dtypes.equals(opened.frame.dtypes)


def test_absent_folders_are_empty_sets(tmp_path: Path) -> None:
    for series in [open_series(tmp_path), illustrative_series(tmp_path)]:
        assert series.frame.empty
        assert series.source == ""
        assert series.cautions_for("asb") == []


def test_two_open_folders_keep_their_own_cautions_and_sources(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "open", tmp_path / "open")
    second = tmp_path / "open" / "second"
    second.mkdir()
    (second / "series.csv").write_text(
        "measure,title,area,area_kind,role,period_start,period_end,value,unit,status\n"
        "fires,Fires,staffordshire,force,year,2022-04-01,2023-03-31,7,count,open\n",
        "utf-8",
    )
    (second / "source.toml").write_text(
        'title = "Fires"\nlicence = "Open"\nattribution = "Contains fires."\nsource = "Elsewhere"\n'
        '[[measures]]\nid = "fires"\ntitle = "Fires"\nsection = "contact"\ndefinition = "Fires."\n'
        '[[cautions]]\nmeasure = "*"\ntext = "Hot."\n',
        "utf-8",
    )
    both = open_series(tmp_path)
    assert both.cautions_for("fires") == ["Hot."]
    assert "Hot." not in both.cautions_for("open_wounding")
    assert both.source.endswith("Open Government Licence v3.0. Elsewhere; Open")
    assert len(both.frame) == 6 * 10 * 44 + 1
