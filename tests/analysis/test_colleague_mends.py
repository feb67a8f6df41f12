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
    """The one question on a figure or derived number."""
    found = ask(older, newer)
    return found[found["figure_id"] == figure].squeeze()


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
