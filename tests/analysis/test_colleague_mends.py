"""What a colleague asks can be mended in the workbook: no question on a cell that nobody typed, none without a way out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.colleague import ask
from analysis.colleague.dates import promise_findings
from analysis.promises import STATUSES
from tests.published import release

Frames = Mapping[str, pd.DataFrame]


def report(*tables: str) -> dict[str, pd.DataFrame]:
    """A few tables of the shipped release, without its text."""
    frames = dict(release().frames())
    for name in ("statements", "comparisons", "wordings", "ranges", "overlaps"):
        frames[name] = frames[name][:0]
    for name, column in (("figures", "table"), ("as_published", "table"), ("tables", "id")):
        frames[name] = frames[name][frames[name][column].isin(tables)].reset_index(drop=True)
    return frames


def with_cells(frames: Frames, file: str, name: str, **cells: Any) -> dict[str, pd.DataFrame]:
    """The frames with cells of one row changed; a figure's print follows its value."""
    frame = frames[file].copy()
    here = frame["figure_id" if file == "figures" else "id"] == name
    assert here.sum() == 1, name
    if "value" in cells:
        cells.setdefault("printed", f"{cells['value']:.15g}")
    for column, cell in cells.items():
        frame.loc[here, column] = cell
    return {**frames, file: frame}


def asked(older: Frames, newer: Frames, figure: str) -> pd.Series:
    """The one question on a figure or derived number, alone or among others."""
    found = ask(older, newer)
    return found[[figure in f"{row.figure_id} {row.number_id}".split() for row in found.itertuples()]].squeeze()


def test_a_change_that_the_workbook_writes_as_the_last_report_does_needs_no_answer() -> None:
    """The last report prints 0.0% there, which is right in either unit, and -4.7% one row above."""
    older, row = report("conviction_rates"), "conviction_rates.magistrates_court"
    newer = with_cells(older, "figures", f"{row}.last_12_months", value=87.8, printed="87.8%")
    before = newer["figures"].set_index("figure_id").at[f"{row}.previous_12_months", "value"]
    newer = with_cells(newer, "as_published", f"{row}.difference", printed=f"{87.8 - before:.1f}%")
    own = asked(older, newer, f"{row}.difference")
    assert (own["kind"], own["serious"]) == ("as_before", False)
    points = with_cells(older, "as_published", f"{row}.difference", printed="0.0")
    points = with_cells(points, "as_published", "conviction_rates.crown_court.difference", printed="-4.7")
    own = asked(points, newer, f"{row}.difference")
    assert (own["kind"], own["serious"]) == ("report_check", True), "the last report writes points"


def test_changes_in_per_cent_as_the_last_report_writes_them_take_one_line() -> None:
    older, row = report("conviction_rates"), "conviction_rates.magistrates_court.difference"
    newer = with_cells(older, "as_published", row, printed="2.0%")
    newer = with_cells(newer, "figures", row.replace("difference", "last_12_months"), value=87.6, printed="87.6%")
    [told] = ask(older, newer).query("where == 'Changes of percentages'").itertuples()
    assert told.what.startswith("2 changes of a percentage are printed as per cent: 2 in “Conviction rates by court”. ")
    assert told.how_to_mend == (
        "The last report writes them that way too. They may stay; Check the figures goes on to tell them."
    )
    assert told.number_id.split() == [
        f"conviction_rates.{court}_court.difference" for court in ("crown", "magistrates")
    ]
    assert not told.serious


def test_events_without_an_end_take_one_line() -> None:
    frames = report("conviction_rates")
    [told] = ask(frames, frames).query("kind == 'event'").itertuples()
    assert told.where == "Events without an end"
    assert told.what.startswith("5 events began before all that is compared with the 12 months before (April 2021 to ")
    assert "; “Average speed cameras on the A500”, 1 September 2020; " in told.what
    assert told.number_id.split()[0] == "events.rpu_introduced"
    events = frames["events"]
    one = {**frames, "events": events[events["id"].isin(["a500_cameras"]) | events["to"].notna()]}
    [alone] = ask(frames, one).query("kind == 'event'").itertuples()
    assert alone.key == "event a500_cameras 2020-09-01"
    assert alone.what.startswith("It began on 1 September 2020, before all that is compared")


def test_a_total_that_is_revised_with_its_part_is_not_told_again() -> None:
    older, part, total = report("asb"), "asb.asb_community_nuisance_e2.baseline", "asb.asb.baseline"
    newer = with_cells(older, "figures", part, value=19620, printed="19,620")
    both = with_cells(newer, "figures", total, value=31454, printed="31,454")
    found = ask(older, both).query("kind == 'revised'")
    assert found["figure_id"].tolist() == [part]
    assert found["how_to_mend"].tolist() == ["Put 19,260 back, or say why it was revised."]
    more = with_cells(newer, "figures", total, value=31460, printed="31,460")
    found = ask(older, more).query("kind == 'revised'").set_index("figure_id")["how_to_mend"]
    assert set(found.index) == {part, total}, "its parts do not say all of it"
    assert "Put" not in found[total], "nobody types a total that is worked out"


def test_a_promise_says_which_statuses_settle_it() -> None:
    frames = report("conviction_rates")
    late = with_cells(frames, "commitments", "sergeants_promotion", status="under way")
    found = promise_findings(frames, late, pd.Timestamp("2023-06-30"))
    mend = next(each.how_to_mend for each in found if "sergeants_promotion" in each.key)
    named = [status for status in STATUSES if f"“{status}”" in mend]
    assert named
    assert "new day" in mend
    for status in STATUSES:
        settled = with_cells(frames, "commitments", "sergeants_promotion", status=status)
        keys = " ".join(key_name for key_name in promises_of(frames, settled))
        assert ("sergeants_promotion" in keys) == (status not in named), status


def promises_of(older: Frames, newer: Frames) -> list[str]:
    return [each.key for each in promise_findings(older, newer, pd.Timestamp("2023-06-30"))]
