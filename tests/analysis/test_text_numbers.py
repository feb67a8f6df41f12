"""Numbers of the text that no table gives: a planted slip is asked about, and what merely stands alone holds nothing up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd
import pytest

from analysis.colleague import KINDS, ask
from analysis.colleague.cells import cells_beside
from analysis.colleague.finding import frame_of
from analysis.colleague.text_numbers import tell_text_numbers
from analysis.colleague.told import Told
from tests.published import release
from tests.second_release import FIRST

Frames = Mapping[str, pd.DataFrame]

FEW = ["calls_101", "asb", "conviction_rates", "revenue_outturn"]
A101 = "calls_101.calls_101.last_12_months"
ASB_CHANGE, PART_CHANGE = "asb.asb.baseline_percent", "asb.asb_community_nuisance_e2.percent_change"


class Few(NamedTuple):
    frames: Frames
    cells: pd.DataFrame
    value: int  # of A101
    row: Any


@pytest.fixture(scope="module")
def few() -> Few:
    """A few tables of the shipped release, without its text."""
    frames = dict(release().frames())
    assert release().id == FIRST
    for name in ("statements", "comparisons", "wordings", "ranges"):
        frames[name] = frames[name][:0]
    for name, column in (("figures", "table"), ("as_published", "table"), ("tables", "id")):
        frames[name] = frames[name][frames[name][column].isin(FEW)].reset_index(drop=True)
    row = frames["figures"].set_index("figure_id").loc[A101]
    return Few(frames, cells_beside(frames, frames), int(row["value"]), row)


def said(few: Few, printed: str, value: float, **more: Any) -> dict[str, Any]:
    """A number of the text that stands alone in the section of the 101 calls; it names them unless told otherwise."""
    columns = dict.fromkeys(release().statements.columns, "")
    section = few.frames["tables"].set_index("id").at["calls_101", "section"]
    own = {"id": f"text_{value}", "section": section, "where": "section 3.1", "printed": printed, "value": value}
    own |= {"claim": printed, "unit": "count", "kind": "level", "formula": "stands alone", "measure": "calls_101"}
    own |= {"period_start": pd.NaT, "period_end": pd.NaT, "numerator": None, "denominator": None}
    return columns | own | more


def asked(few: Few, *texts: dict[str, Any], older: Frames | None = None, **told: float) -> pd.DataFrame:
    """What is asked of numbers of the text beside the same report; ``told`` are figures that are mended to a value."""
    newer = {**few.frames, "statements": pd.DataFrame(texts, columns=list(release().statements.columns))}
    known = Told(few.cells, newer["as_published"])
    known.mended.update(told)
    tell_text_numbers(few.frames if older is None else older, newer, known, few.cells)
    found = frame_of(known.findings)
    assert set(found["kind"]) <= set(KINDS)
    assert not found["key"].duplicated().any()
    return found


def changed(few: Few, value: float) -> Few:
    """The same with another value in the table, where the last report has the one there is."""
    cells = few.cells.copy()
    own = cells["figure_id"] == A101
    cells.loc[own, ["before", "before_printed"]] = cells.loc[own, ["value", "printed"]].to_numpy()
    cells.loc[own, ["value", "printed"]] = [value, f"{value:,.0f}"]
    return few._replace(cells=cells)


def change_of_asb(few: Few, name: str = ASB_CHANGE) -> float:
    printed = few.frames["as_published"].set_index("id").at[name, "printed"]
    return float(printed.strip("%").replace(",", ""))


def like(per_cent: float) -> float:
    """A percentage with its first two digits the other way about."""
    digits = f"{abs(per_cent)}"
    return -float(digits[1] + digits[0] + digits[2:])


def swapped(value: int) -> int:
    digits = list(str(value))
    place = next(place for place in range(1, len(digits) - 1) if digits[place] != digits[place + 1])
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    return int("".join(digits))


SLIPS = {
    "two digits have changed places": swapped,
    "one digit is another": lambda value: value + (1000 if str(value)[-4] < "9" else -1000),
    "it is ten times as much": lambda value: value * 10,
    "it has a digit too few": lambda value: int(str(value)[:2] + str(value)[3:]),
}


@pytest.mark.parametrize(("why", "slip"), SLIPS.items(), ids=list(SLIPS))
@pytest.mark.parametrize("measure", ["calls_101", ""], ids=["named", "of its section"])
def test_a_slip_is_told_with_what_the_table_prints(few: Few, why: str, slip: Any, measure: str) -> None:
    wrong = slip(few.value)
    found = asked(few, said(few, f"{wrong:,} calls", wrong, measure=measure))
    assert found[["kind", "serious", "figure_id"]].to_numpy().tolist() == [["text_number", True, A101]]
    told = found.iloc[0]
    assert told["what"].startswith(f"The text says “{wrong:,} calls”, and the tables print {few.row['printed']} (")
    assert told["what"].endswith(f": {why}.")
    assert told["number_id"] == f"text_{wrong}"


def test_what_the_table_prints_is_not_asked_about(few: Few) -> None:
    thousands = round(few.value, -3)
    texts = [said(few, f"{few.value:,} calls", few.value), said(few, f"{thousands:,} calls", thousands)]
    assert asked(few, *texts).empty
    cut = thousands + (1000 if thousands < few.value else -1000)
    assert asked(few, said(few, f"{cut:,} calls", cut))["what"].iloc[0].endswith(f"it would be {thousands:,}.")


def test_a_rise_where_the_table_has_a_fall(few: Few) -> None:
    size = abs(change_of_asb(few))
    text = said(few, f"rose by {size}%", size, measure="asb", unit="percent", kind="percent_change")
    found = asked(few, text)
    assert found["kind"].tolist() == ["text_number"]
    assert "the text has a rise where the table has a fall" in found["what"].iloc[0]
    assert found[["figure_id", "number_id"]].to_numpy().tolist() == [["", f"text_{size} {ASB_CHANGE}"]], "no figure"
    assert asked(few, {**text, "value": -size}).empty


def test_a_change_of_no_named_part_is_held_against_the_whole_alone(few: Few) -> None:
    """Of a measure with many parts, some number looks like a slip of nearly any; yet each of them is accepted."""
    whole, part = change_of_asb(few), change_of_asb(few, PART_CHANGE)
    own = {"measure": "asb", "unit": "percent", "kind": "percent_change"}

    def of(value: float, **more: str) -> list[str]:
        return asked(few, said(few, f"fell by {abs(value)}%", value, **own | more))["kind"].tolist()

    assert of(part) == []
    assert of(like(part)) == ["text_alone"]
    assert of(like(part), breakdown="type=Community nuisance") == ["text_number"]
    assert of(like(whole)) == ["text_number"]
    assert of(like(whole), area="another") == ["text_alone"]


def test_a_fall_that_another_section_prints_is_accepted(few: Few) -> None:
    size = abs(change_of_asb(few, "asb.asb.difference"))
    text = said(few, f"fell by {size:,.0f}", -size, measure="", kind="difference")
    assert asked(few, text).empty
    assert asked(few, {**text, "value": size})["kind"].tolist() == ["text_alone"], "a rise it is not"


def test_the_only_number_of_a_measure_and_period(few: Few) -> None:
    """A level of the same measure, period and unit that is another number; of another period it says nothing."""
    own = {"period_start": few.row["period_start"], "period_end": few.row["period_end"]}
    found = asked(few, said(few, "400,111 calls", 400111, **own))
    assert found[["kind", "figure_id"]].to_numpy().tolist() == [["text_number", A101]]
    assert "it is the only number there for " in found["what"].iloc[0]
    later = {"period_start": pd.Timestamp("2023-03-01"), "period_end": pd.Timestamp("2023-03-31")}
    wrong = swapped(few.value)
    assert not asked(few, said(few, f"{wrong:,} calls", wrong, **later))["serious"].any()


def test_what_the_report_check_finds_is_not_told_again(few: Few) -> None:
    """A number of the text with measure, area and period is held against its figure there."""
    own = {"period_start": few.row["period_start"], "period_end": few.row["period_end"], "area": few.row["area"]}
    wrong = swapped(few.value)
    text = pd.DataFrame([said(few, f"{wrong:,} calls", wrong, **own)], columns=list(release().statements.columns))
    found = ask(few.frames, {**few.frames, "statements": text})
    own = found[found["number_id"] == text["id"].iloc[0]]
    assert own[["kind", "serious", "figure_id"]].to_numpy().tolist() == [["report_check", True, A101]]


def test_what_merely_fits_nothing_is_one_line_a_place(few: Few) -> None:
    texts = [said(few, f"{number:,} umbrellas", number, measure="") for number in (4321, 7651, 8123)]
    texts.append(said(few, "12 umbrellas", 12, measure=""))
    texts.append(said(few, "£4,321", 4321, measure="", unit="gbp"))
    found = asked(few, *texts)
    assert found[["kind", "serious", "where"]].to_numpy().tolist() == [["text_alone", False, "section 3.1"]]
    what = found["what"].iloc[0]
    assert what == (
        "3 numbers fit none of this section's tables: “4,321 umbrellas”, “7,651 umbrellas”, “8,123 umbrellas”."
    )


def test_what_the_last_text_has_too_is_not_asked_about(few: Few) -> None:
    wrong = swapped(few.value)
    text = said(few, f"{wrong:,} calls", wrong)
    older = {**few.frames, "statements": pd.DataFrame([text], columns=list(release().statements.columns))}
    assert asked(few, text, older=older).empty


def test_a_number_of_the_last_report_that_was_left_standing(few: Few) -> None:
    now, text = changed(few, few.value + 23456.0), said(few, f"{few.value:,} calls", few.value)
    found = asked(now, text)
    assert found[["kind", "serious", "figure_id"]].to_numpy().tolist() == [["text_old", True, A101]]
    assert asked(now, {**text, "measure": ""})["serious"].tolist() == [False], "of a measure that is not named, a look"
    assert f"this one prints {few.value + 23456:,} there" in found["what"].iloc[0]


def test_a_slip_in_the_table_is_told_once_and_the_right_text_not_at_all(few: Few) -> None:
    text = said(few, f"{few.value:,} calls", few.value)
    assert asked(changed(few, few.value * 10.0), text, **{A101: float(few.value)}).empty


def test_a_text_in_millions_fits_a_mended_table_in_thousands(few: Few) -> None:
    figure = "revenue_outturn.administration.actual"
    text = said(few, "£1.234m", 1.234, measure="revenue", unit="gbp_million")
    assert asked(few, text, **{figure: 1234.0}).empty
    assert not asked(few, text, **{figure: 1.234}).empty


def test_the_shipped_release_contradicts_none_of_its_own_text() -> None:
    """The first release of all is asked about every number of its text; what it merely does not give is one line."""
    frames = release().frames()
    cells = cells_beside(frames, frames)
    told = Told(cells, frames["as_published"])
    tell_text_numbers(None, frames, told, cells)
    assert {each.kind for each in told.findings} == {"text_alone"}
    assert len(told.findings) < len(frames["sections"])
