"""Check a pasted paragraph: every number of it gets one line that says what the others make of it, and why."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.audit.grades import AGREES, UNCHECKED
from analysis.audit.printed import round_half_up
from analysis.draft.changes_told import changes_of, check_changes, companions_of
from analysis.draft.in_report import Report, report_of
from analysis.draft.numbers_in_text import DATE, NOT_FIGURES, SHARE
from analysis.draft.results import USED, frame_of, result_of
from analysis.draft.sentences import Passage, passage_of
from analysis.draft.shares_of_them import check_of_these, check_opposites
from analysis.draft.shares_told import check_possible, check_shares
from analysis.draft.steps_told import check_steps
from analysis.draft.told import NOTHING_GIVES_IT, Judged, plain
from analysis.draft.totals_told import check_averages, check_totals
from analysis.draft.words_told import check_multiples, check_places, check_ranges, check_signs

__all__ = ["TEXT_COLUMNS", "check_paragraph", "judge_passage"]

TEXT_COLUMNS = ["start", "end", "text", "kind", "result", "grade", "why", "recomputed", "recomputed_in_full"]
TEXT_COLUMNS += ["formula", "inputs"]
_MOST = 200_000  # characters: a whole report


def check_paragraph(text: str, published: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row for every number of a text, in its order.

    A number is told wrong only where no sensible reading gives it; what the text alone cannot settle is left open.

    Parameters
    ----------
    text
        The pasted text.
    published
        The numbers of a release, or None: ``measure, title, value, unit, printed, figure_id, where, period_start,
        period_end, area``, and where they are known ``role`` (such as "difference" or "percent_change") and
        ``doubtful``, True where the report check marks the number. A number that equals one of a measure that its
        sentence names is told with its place; one that is doubtful there is not checkable.

    Returns
    -------
    DataFrame
        ``TEXT_COLUMNS``. ``start`` and ``end`` are places in the text; ``kind`` is one of ``KINDS``; ``result`` one of
        ``RESULTS``; ``grade`` as in the report check, "" for what is no figure; ``why`` a reason in words.
        A number that others are worked out from, and that nothing gives itself, has the result "used".

    Raises
    ------
    ValueError
        When the text is longer than a report, or the published numbers lack a column.

    Examples
    --------
    >>> found = check_paragraph("Arson rose from 421 to 466, up 10.7% (45).")
    >>> list(zip(found["text"], found["result"], found["grade"]))[2:]
    [('10.7%', 'checked', 'agrees'), ('45', 'checked', 'agrees')]
    >>> check_paragraph("Confidence rose from 63% to 68%, a five per cent improvement.")["why"].iloc[2]
    'a change of a percentage is printed as per cent: it is 5 percentage points; as per cent it would be 7.9%'
    """
    if len(text) > _MOST:
        raise ValueError(f"The text has {len(text):,} characters: paste at most {_MOST:,} at a time.")
    passage = passage_of(text)
    report = report_of(published) if published is not None else None
    best = judge_passage(passage)
    printed = {} if report is None else {judged.figure: judged for judged in _in_report(passage, report, best)}
    best |= printed
    used = {each: judged for judged in best.values() if judged.grade != UNCHECKED for each in judged.inputs}
    used = {place: judged for place, judged in used.items() if place not in printed}
    rows = [_row(passage, place, best.get(place), used.get(place)) for place in range(len(passage.found))]
    return frame_of(rows, TEXT_COLUMNS)


def judge_passage(passage: Passage) -> dict[int, Judged]:
    """What the numbers of a text make of each other, by the place of the number among them.

    >>> judged = judge_passage(passage_of("Arson rose from 421 to 466, up 10.7%."))
    >>> {figure: (each.grade, each.inputs) for figure, each in judged.items()}
    {2: ('agrees', (1, 0))}
    """
    best: dict[int, Judged] = {}
    for judged in _judgements(passage):
        held = best.get(judged.figure)
        if held is None or (held.grade == UNCHECKED and judged.grade != UNCHECKED):
            best[judged.figure] = judged
    return best


def _judgements(passage: Passage) -> Iterator[Judged]:
    """Everything the rules say, the firmest first: the first word on a number stands."""
    for sentence in passage.sentences:
        yield from check_signs(passage, sentence)
    for place, sentence in enumerate(passage.sentences):
        companions = companions_of(sentence)
        changes = changes_of(sentence, companions)
        yield from check_changes(passage, place)
        yield from check_steps(passage, sentence, changes, companions)
        yield from check_shares(passage, place, changes, companions)
        yield from check_of_these(passage, place, changes)
        yield from check_opposites(passage, sentence, changes)
        yield from check_averages(passage, place, changes)
        yield from check_totals(passage, place)
        yield from check_possible(passage, companions)
        yield from check_multiples(passage, sentence)
        yield from check_ranges(passage, sentence)
    yield from check_places(passage)


def _in_report(passage: Passage, report: Report, best: dict[int, Judged]) -> Iterator[Judged]:
    for sentence in passage.sentences:
        words = passage.text[sentence.start : sentence.end]
        companions = companions_of(sentence)
        changes = changes_of(sentence, companions)
        measures = report.named(words)
        for place in sentence.figures:
            if place not in best or best[place].grade == UNCHECKED:
                alone = place not in companions
                stands, told = report.look_up(measures, passage.found[place], alone, changes.get(place))
                if told:
                    yield plain(place, AGREES if stands else UNCHECKED, told)


def _row(passage: Passage, place: int, judged: Judged | None, user: Judged | None) -> dict[str, object]:
    own, result = passage.found[place], ""
    if own.kind in NOT_FIGURES:
        why = "A date or a period." if own.kind == DATE else "A name or a label with a number in it."
        judged = plain(place, "", why)
    elif user is not None and (judged is None or judged.grade == UNCHECKED):
        judged, result = plain(place, UNCHECKED, f"it is used to work out “{passage.found[user.figure].text}”"), USED
    elif judged is None:
        judged = plain(place, UNCHECKED, NOTHING_GIVES_IT)
    value = judged.recomputed
    return {
        "start": own.start, "end": own.end, "text": own.text, "kind": own.kind,
        "result": result or result_of(judged.grade), "grade": judged.grade, "why": judged.why,
        "formula": judged.formula, "inputs": judged.spelled,
        "recomputed": None if value is None or own.kind == SHARE else float(round_half_up(value, own.places)),
        "recomputed_in_full": None if value is None else float(value),
    }  # fmt: skip
