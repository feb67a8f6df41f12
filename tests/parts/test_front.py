"""What became of promises, each with a link to a page that holds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from parts.cached import load
from parts.front import promises_since
from tests.second_release import FIRST, SECOND


def test_a_promise_that_is_gone_leads_to_the_report_that_holds_it(set_state: Callable[[str], None]) -> None:
    set_state("published")
    older, newer = load(FIRST), load(SECOND)
    rows = newer.commitments.copy()
    rows.loc[0, "status"] = "kept"
    told = promises_since(older, replace(newer, commitments=rows[rows.index != 1]))
    kept, gone = re.findall(r'<li>(.*?) <a href="(.*?)#promises">(.*?)</a></li>', told)
    assert gone[0].startswith(f"No longer in the report: {rows.at[1, 'what']}")
    assert gone[1].endswith(f"?release={FIRST}")
    assert re.fullmatch(r"Promises: .+, report of \d+ \w+ 2023", gone[2])
    assert "release=" not in kept[1], "the latest report"
    assert "report of" not in kept[2]
