"""What the last report writes in its own way takes one line; what its text has never had is asked about."""

from __future__ import annotations

import pandas as pd

from analysis.audit.grades import AS_PER_CENT
from analysis.audit.words import FALL_TWICE
from analysis.colleague.house_style import as_the_last_report, styles_of_text
from analysis.colleague.unsaid import unsaid_findings
from tests.published import release


def found(*rows: tuple[str, str]) -> pd.DataFrame:
    made = [{"id": f"n{place}", "table": table, "about": "", "as_printed": "-31%", "recomputed": -31.0, "cause": cause}
            for place, (table, cause) in enumerate(rows)]  # fmt: skip
    return pd.DataFrame(made, columns=["id", "table", "about", "as_printed", "recomputed", "cause"])


def test_a_way_of_writing_is_one_that_the_text_has_more_than_once() -> None:
    once = [("", FALL_TWICE), ("asb", FALL_TWICE), ("", f"{AS_PER_CENT}: it is 5"), ("", f"{AS_PER_CENT}: it is 6")]
    assert styles_of_text(found(*once)) == {AS_PER_CENT}
    assert styles_of_text(found(*once, ("", FALL_TWICE))) == {AS_PER_CENT, FALL_TWICE}
    assert styles_of_text(found(("", "one digit differs"), ("", "one digit differs"))) == set()


def test_falls_that_are_said_twice_take_one_line() -> None:
    told = as_the_last_report(list(found(("", FALL_TWICE), ("", FALL_TWICE)).itertuples()), {})
    assert told.what == "2 falls are said twice, such as “-31%”: 2 in the text."
    assert (told.serious, told.number_id) == (False, "n0 n1")


def test_measures_that_stood_in_the_text_alone_and_no_longer_do_are_named() -> None:
    older = release().frames()
    newer = {**older, "statements": older["statements"][older["statements"]["measure"] != "masterclass_attendance"]}
    [told] = unsaid_findings(older, newer)
    assert told.what == (
        "A number of 1 measure stood in the last report, and none does in this one: “Staff who attended an "
        "investigation masterclass” (“more than 400”)."
    )
    assert unsaid_findings(older, older) == []
