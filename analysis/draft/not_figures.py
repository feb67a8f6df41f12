"""What looks like a number and is none: dates, periods, times, sections, grades, roads, service names, ages."""

from __future__ import annotations

import re

from analysis.draft.number_words import ANY, BODY

__all__ = ["DATES", "LABELS"]

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b"
)
_SHORT_YEAR = r"(?:(?:19|20)[0-9]{2}|['’]?[0-9]{2})(?![0-9,.]*[0-9])(?!\s?(?:%|per cent))"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)"
_PERIOD = r"(?:month|year|week|day|quarter)s?\b"
_BEFORE_YEAR = (
    r"in|on|against|since|during|until|till|early|late|mid|year|years|by|from|to|and|between|before|after|for|than|with|or|the"
    r"|spring|summer|autumn|winter|end of|start of|beginning of|compared to|throughout|calendar"
)
_NAMED = (
    r"section|page|table|figure|chart|chapter|appendix|annex|paragraph|schedule|grade|phase|tier|outcome|class|version"
    r"|level|stage|part|priority|question|item|article|option|step|point|group|category|number|strand|pillar|no\.|quarter"
)
_SERVICE = r"(?:999|101|112|111|105)"
_CALLS = (
    r"calls?|volumes?|demand|services?|system|data|contacts?|emergency|answer\w*|response|performance|line|triage"
    r"|abandon\w*"
)
_SERVED = rf"(?=\s(?:and\s\w+\s)?(?:\w+\s)?(?:{_CALLS})\b|\s?/|\s(?:and|or)\s{_SERVICE}\b)"
_COUNTED = r"people|victims|offences|crimes|arrests|officers|cases|reports|incidents|occurrences|staff|children|surveys"


def _compiled(*patterns: str, flags: re.RegexFlag = re.IGNORECASE) -> list[re.Pattern[str]]:
    return [re.compile(pattern.replace(r"\s", " "), flags | re.MULTILINE) for pattern in patterns]


# In each pattern a group "n", where there is one, is what is claimed; else the whole match is.
DATES = [
    *_compiled(
        rf"(?<![\w.,])[0-9]{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:,?\s{_SHORT_YEAR})?",
        rf"\b{_MONTH}\s?[-–]?\s?(?:{_DAY},?\s(?:19|20)[0-9]{{2}}|{_SHORT_YEAR}|{_DAY}\b)",
        rf"\b{_MONTH}\s[0-9]{{1,2}}(?![0-9,.%\w])",
        flags=re.NOFLAG,
    ),
    *_compiled(
        r"(?<![\w/.])[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})(?![\w/])",
        r"(?<![\w-])(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![\w-])",
        r"(?<![\w/.])(?:19|20)[0-9]{2}\s?[/–-]\s?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![\w%/,])",
        r"(?<![\w/.])(?:1[0-9]/(?:1[1-9]|20)|2[0-9]/(?:2[1-9]|30))(?![\w%/])",
        r"\bFY\s?[0-9]{2,4}(?:/[0-9]{2})?\b",
        r"\bQ[1-4]\s(?:of\s)?(?:19|20)[0-9]{2}(?:\s?/\s?[0-9]{2})?\b",
        r"(?<![\w.:])[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:am|pm)\b",
        r"(?<![\w.:])[0-9]{1,2}:[0-9]{2}(?![\w:])",
        rf"\b(?:last|previous|past|next|first|final|coming|rolling|preceding|same|prior|latest|every|other|the|these|over)"
        rf"\s(?:rolling\s)?(?P<n>{ANY}[-\s]{_PERIOD})",
        r"(?<![\w.,])(?:12|twelve)[-\s]months?\b",
        rf"(?<![\w.,]){ANY}[-\s]{_PERIOD}(?=\s(?:to|ending|ended|period|rolling|ago|earlier|before|after|from))",
        rf"(?:\b(?:{_BEFORE_YEAR})[\s,(]+|\(|\b{_MONTH}\s)(?P<n>(?:19|20)[0-9]{{2}})(?![0-9,.]*[0-9])(?!\w|\s?%)",
    ),
]
LABELS = _compiled(
    r"\b(?:https?://|www\.)\S+|(?<!\S)[^\s@]{1,80}@[^\s@]{1,80}",
    r"(?<![\w.])[0-9]{13,}(?:\.[0-9]+)?",
    r"(?<![\w/.])[0-9]+(?:/[0-9]+){2,}(?![\w/])",
    r"\bref(?:erence)?(?:\s(?:no\.?|number))?[.:]?\s(?P<n>[\w/-]*[0-9][\w/-]*)",
    r"\+44[\s0-9]{9,14}[0-9]|(?<![\w.])0[0-9]{2,4}[\s-]?[0-9]{3,4}[\s-]?[0-9]{3,4}(?![\w.])",
    r"^\s*(?P<n>[0-9]{1,2}[.)])\s",
    r"^\s*(?P<n>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.?)\s+(?=(?-i:[A-Z]))",
    rf"\b(?:{_NAMED})\s(?P<n>(?:[0-9]+(?:\.[0-9]+)*[a-z]?|one|two|three|four|five)\b(?![%,][0-9]|\s?%|\.[0-9]))",
    rf"\b(?:{_NAMED})s\s(?P<n>[0-9]+(?:\.[0-9]+)*(?:(?:,\s?|\s?[-–&]\s?|\sand\s|\sto\s|\sor\s)[0-9]+(?:\.[0-9]+)*)*)"
    r"(?![\w%]|,[0-9]|\.[0-9]|\s?%)",
    rf"\bper\s(?P<n>{BODY})",
    rf"(?<![\w.,£])(?P<n>{_SERVICE})(?![\w%,.]*[0-9%]){_SERVED}",
    rf"(?:\b(?:dial|dialled|call|calls|ring|via|triage|contact|answer\w*|abandoned|additional|extra|more)\s(?:\w+\s)?"
    rf"(?:to\s|or\s|and\s|for\s)?|\b(?:transferred|direct)\sto\s)(?P<n>{_SERVICE})\b(?!\s?%|[.,][0-9]|\s(?:{_COUNTED})\b)",
    rf"\b(?:on|using|through)\s(?P<n>{_SERVICE})\b(?=[,.;)]*(?:\s(?:or|and|if|in\san|to|for)\b|\s?$|[,.;)]+\s))(?!,[0-9]|\.[0-9])",
    rf"(?:(?<=\b999 and )|(?<=\b999 or )|(?<=\b101 or )|(?<=\b101 and ))(?P<n>{_SERVICE})\b(?!\s?%|[.,][0-9])",
    r"\b24/7\b|\bseven[- ]days[- ]a[- ]week\b|\b24[- ]hours?(?:\sa\sday)?\b",
    r"\baged?\s(?:between\s|under\s|over\s)?(?P<n>[0-9]{1,3}(?:\s?(?:to|-|–|and)\s?[0-9]{1,3})?)\b(?!\s?%)",
    r"\b(?:aged?|ages|under|over)\s(?:between\s)?(?P<n>[0-9]{1,3}(?:\s?(?:to|-|–|and)\s?[0-9]{1,3})?)"
    r"(?=s\b|\s(?:years|and\sover|or\sover)\b)",
    r"(?<=\))\s(?:under|over)\s(?P<n>[0-9]{1,2})(?=[.;]?$)",
    rf"(?<![\w.,]){ANY}[- ]year[- ]olds?\b|(?<![\w.,])[0-9]{{1,3}}\s?\+(?=\s(?:years|and))",
    r"(?<![\w.,])[0-9]+-(?:hour|minute|second|point|bed|seat)\b",
    r"(?<![\w£.,])[A-Za-z]+(?:-[A-Za-z]+){0,5}-?[0-9]+[A-Za-z0-9]*(?:\(M\))?(?![\w%])",
    r"(?<![\w£.,])[0-9]+(?!(?:st|nd|rd|th|m|k|bn|pp|ppts?|pts|am|pm|mins?|secs?|hrs?|h)\b)[A-Za-z]\w*",
)
