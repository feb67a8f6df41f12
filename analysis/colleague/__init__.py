"""What a careful colleague would ask of a new report before it goes out, from it and the report before.

Each rule lives in a module of its own. One fault is told once, by the rule that can say most about it: a value ten
times off is not told again as a revision, a jump, a total that does not add up or a verdict that changed.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.colleague.cells import cells_beside
from analysis.colleague.checks import tell_checks
from analysis.colleague.columns import tell_columns
from analysis.colleague.dates import data_to_of, event_findings, period_findings, promise_findings
from analysis.colleague.finding import COLUMNS, frame_of
from analysis.colleague.jumps import tell_jumps
from analysis.colleague.named_months import month_findings
from analysis.colleague.places import in_workbook
from analysis.colleague.reasons import SAY_WHY, confirmations, confirmed, reasons_left_over, says_why
from analysis.colleague.revisions import judged_of, tell_revisions, tell_verdicts
from analysis.colleague.rows import changed_rows
from analysis.colleague.slips import impossible_values, tell_slips
from analysis.colleague.text_numbers import tell_text_numbers
from analysis.colleague.texts import definition_findings, text_findings
from analysis.colleague.told import Told
from analysis.colleague.unsaid import unsaid_findings
from analysis.periods import months_between

__all__ = [
    "COLUMNS",
    "KINDS",
    "SAY_WHY",
    "ask",
    "confirmations",
    "confirmed",
    "in_workbook",
    "reasons_left_over",
    "says_why",
]

KINDS = {
    "missing": "rows and columns that are missing",
    "negative": "counts below 0",
    "numerator": "parts that are more than their whole",
    "tenfold": "values ten, a hundred or a thousand times off",
    "share_typed": "a share typed for a per cent",
    "swapped": "columns that have changed places",
    "copied": "values copied from the last report",
    "jump": "counts that the past would hardly give",
    "revised": "past values that were revised",
    "total": "totals that do not add up",
    "report_check": "numbers that do not follow from the others",
    "text_number": "numbers of the text that the tables contradict",
    "as_before": "what the check found in the last report too",
    "period": "periods that do not fit",
    "promise": "promises whose day has passed",
    "promise_gone": "promises that are gone",
    "spread": "values that moved farther than is usual",
    "unsaid": "measures of which no number is printed any more",
    "renamed": "rows that have another name",
    "new": "new rows and columns",
    "flipped": "verdicts that are other ones because others were revised",
    "verdict": "verdicts that changed since the last report",
    "event": "events that may have ended",
    "definition": "measures that are called or defined otherwise",
    "text_old": "numbers of the text that the last report prints in a table",
    "text_alone": "numbers of the text that fit no table",
    "text": "texts of the last report that name a time which may be over",
}


def ask(
    older: Mapping[str, pd.DataFrame] | None,
    newer: Mapping[str, pd.DataFrame],
    data_to: pd.Timestamp | None = None,
    older_data_to: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Every question on a new report, serious ones first, each half in the order of the report.

    Parameters
    ----------
    older, newer
        The frames of two releases by the name of their file, typed as their contracts say. None for the first
        release of all, which is held against itself: only what its own numbers ask is asked.
    data_to, older_data_to
        The days to which the figures of each run; when None, the last day on which one of its rolling 12 months ends.

    Returns
    -------
    DataFrame
        ``analysis.colleague.COLUMNS``: ``key`` stays the same as long as the same thing is found in the same values;
        ``kind`` is one of ``KINDS``; ``serious`` ones are to be mended, or confirmed with a reason. ``section``,
        ``table``, ``figure_id`` and ``number_id`` are blank where there is none.

    Examples
    --------
    Two reports of one figure, the second with a digit too many; files that hold nothing here are empty.

    >>> columns = {"as_published": "id figure_id kind inputs", "statements": "id measure printed kind formula inputs",
    ...            "comparisons": "measure area group rank first_is period_start period_end printed",
    ...            "ranges": "table measure question printed",
    ...            "events": "from to effect", "commitments": "id", "not_in_report": "what would_fill",
    ...            "national_measures": "local_proxy gap", "corrections": "id printed corrected", "wordings": "",
    ...            "overlaps": ""}
    >>> report = {name: pd.DataFrame(columns=names.split()) for name, names in columns.items()}
    >>> report["sections"] = pd.DataFrame({"id": ["contact"], "order": [1]})
    >>> table = {"id": "calls", "section": "contact", "order": 1, "title": "Calls", "caption": ""}
    >>> report["tables"] = pd.DataFrame([table])
    >>> report["areas"] = pd.DataFrame({"id": ["force"], "kind": ["force"]})
    >>> report["measures"] = pd.DataFrame([
    ...     dict.fromkeys(["basis", "rounding", "untested", "definition", "notes"], "")
    ...     | {"id": "calls", "section": "contact", "title": "Calls", "direction": "neither"}])
    >>> def printed(value: float, end: str) -> pd.DataFrame:
    ...     words = dict.fromkeys(["breakdown", "where"], "") | {"figure_id": "calls.last", "row_label": "Calls"}
    ...     words |= {"table": "calls", "measure": "calls", "area": "force", "role": "last_12_months", "unit": "count"}
    ...     words |= {"row_kind": "part", "column_label": "Last 12 months", "status": "published"}
    ...     words |= {"printed": f"{value}"}
    ...     days = pd.date_range(end=end, periods=365)
    ...     numbers = {"row_order": 1, "column_order": 1, "value": value, "numerator": None, "denominator": None}
    ...     return pd.DataFrame([words | numbers | {"period_start": days[0], "period_end": days[-1]}])
    >>> march, june = printed(2100, "2023-03-31"), printed(21900, "2023-06-30")
    >>> ask(report | {"figures": march}, report | {"figures": june})[["key", "what"]].to_numpy().tolist()
    [['tenfold calls.last 2100 21900', 'This is 21,900, about ten times what the last report prints, 2,100.']]
    """
    ends = pd.Timestamp(data_to) if data_to is not None else data_to_of(newer)
    before = newer if older is None else older
    older_ends = pd.Timestamp(older_data_to) if older_data_to is not None else data_to_of(before)
    cells = cells_beside(before, newer)
    past = before["figures"][before["figures"]["status"] == "published"]
    told = Told(cells, newer["as_published"])
    impossible_values(cells, told)
    for base in (True, False):
        tell_slips(cells, told, base)
    tell_columns(cells, before, told)
    for base in (True, False):
        tell_jumps(cells, past, newer["measures"], newer["events"], told, base)
    now = judged_of(newer, told.mended_figures(newer["figures"]))
    flipped = tell_revisions(cells, newer, now, told)
    tell_verdicts(before, newer, now, told, cells, flipped)
    tell_checks(older, newer, told, cells)
    tell_text_numbers(older, newer, told, cells)
    months_apart = months_between(older_ends, ends)
    findings = [
        *told.findings,
        *changed_rows(before, newer),
        *period_findings(before, newer, ends, older_ends),
        *month_findings(newer),
        *promise_findings(before, newer, ends),
        *event_findings(newer, ends),
        *(unsaid_findings(older, newer) if older else []),
        *(definition_findings(older, newer, months_apart) if older else []),
        *(text_findings(older, newer, ends, older_ends) if older else []),
    ]
    return frame_of(findings)
