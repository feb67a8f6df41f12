"""What kinds of file and roles of columns are called where people read them. In a profile stand their short names."""

from __future__ import annotations

__all__ = ["KIND_WORDS", "ROLE_WORDS", "kind_words"]

KIND_WORDS = {
    "survey": "Survey, a row a respondent",
    "aggregated": "Aggregated survey, a row a question in an area",
    "monthly": "Monthly figures, a row a measure in a month",
    "events": "Events, a row an event",
}
ROLE_WORDS = {
    "respondent": "respondent's number", "wave": "wave", "date": "date of the interview", "area": "area",
    "weight": "weight", "stratum": "stratum", "cluster": "cluster", "population": "population of the stratum",
    "question": "question", "count": "count", "base": "base", "percent": "per cent", "month": "month",
    "measure": "measure", "value": "value", "timestamp": "date and time", "kind": "kind of event",
    "answered_after": "answered after (seconds)", "attended_after": "attended after (minutes)",
    "abandoned": "abandoned (yes or no)",
    "question of the survey": "question, with its answers", "group": "group to break figures down by",
    "ignore": "ignore: not stored",
}  # fmt: skip


def kind_words(kind: str) -> str:
    """A kind in a word or two.

    Examples
    --------
    >>> kind_words("monthly")
    'Monthly figures'
    """
    return KIND_WORDS[kind].split(",")[0]
