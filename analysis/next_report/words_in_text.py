"""Words such as stable or risen in pasted paragraphs, with the numbers of the tables that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.draft.in_report import words_of
from analysis.draft.numbers_in_text import NOT_FIGURES, find_numbers
from analysis.draft.sentences import passage_of
from analysis.next_report.phrases import LITTLE
from analysis.next_report.statements import Paragraph
from analysis.next_report.texts import text_rows

__all__ = ["WordsRead", "read_words"]

_IS = r"(?:remain\w*|stay\w*|kept|is|are|was|were|be|been)\s+(?:\w+ly\s+|very\s+)?"
_HAS = r"(?:(?:has|have|had)\s+(?:\w+ly\s+|all\s+|also\s+|both\s+|again\s+)*)?"
_ALONE = r"(?=\s*(?:[.,;:(]|$|\b(?:as|by|in|for|from|to|over|during|again|slightly|compared|when|while|since|and)\b))"
_WORDS = [
    ("stable", re.compile(rf"\b{_IS}(?P<word>stable|steady|flat|constant|similar)\b", re.IGNORECASE)),
    ("same", re.compile(rf"\b{_IS}(?P<word>the same|unchanged){_ALONE}", re.IGNORECASE)),
    ("rise", re.compile(rf"\b{_HAS}(?P<word>increased|risen|rose|grown|grew|gone up){_ALONE}", re.IGNORECASE)),
    ("fall", re.compile(
        rf"\b{_HAS}(?P<word>decreased|fallen|fell|declined|dropped|reduced|gone down){_ALONE}", re.IGNORECASE)),
]  # fmt: skip
_SLIGHT = re.compile(r"\bslight(?:ly)?\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|no longer|never|less|more|un)\s+(?:\w+\s+)?$", re.IGNORECASE)
_MEANT = re.compile(r"\b(?:if|whether|should|will|would|could|may|expect\w*|aim\w*|plan\w*)\b")  # and not done
_BASELINE = re.compile(
    r"\b(?:the\s+)?(?:national\s+)?(?:beating crime plan\s+)?baseline(?:\s+(?:in|of)?\s*\d{4}/\d{2,4})?", re.IGNORECASE
)
_LAST_YEAR = re.compile(
    r"\b(?:in|over|for|during|compared (?:to|with)|than)?\s*(?:the\s+)?(?:same\s+)?"
    r"(?:last|latest|past|previous|prior)\s+(?:(?:12|twelve)[ -]months?(?:\s+period)?|year)"
    r"(?:\s+to\s+(?:the end of\s+)?(?:\d+(?:st|nd|rd|th)?\s+)?[A-Z][a-z]+\s+20\d\d)?", re.IGNORECASE,
)  # fmt: skip
_OTHER = re.compile(
    r"\b(?:since|weeks?|months?|quarters?|years?|dai?l?y|days|january|february|march|april|june|july|august|september|"
    r"october|november|december|spring|summer|autumn|winter|forces?'?|national(?:ly)?|regional(?:ly)?|peers?|average|"
    r"target|covid|pandemic|until|before)\b", re.IGNORECASE,
)  # fmt: skip
_ANY = words_of("volumes numbers levels recorded reported offences incidents crimes figures overall")
_PARTS = re.compile(r",\s*(?:and\s+)?|\s+and\s+|;\s*")
_VERB = re.compile(r"\s(?:is|are|was|were|has|have|had|remain\w*|stay\w*|kept)\s")
_BEFORE, _MOST = 4, 8  # words quoted before it, and in all
_BESIDE = {"previous": "previous_12_months", "baseline": "baseline"}


@dataclass
class WordsRead:
    """The rows of wordings.csv as text, the sheet and cell of each by its id, and phrases that nothing is held to."""

    rows: list[dict[str, str]] = field(default_factory=list)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    alone: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Said:
    """One word of change in a sentence: which, its subject, the phrase to quote, and what it is compared with."""

    word: str
    subject: str
    printed: str
    beside: tuple[str, ...]


def read_words(paragraphs: Sequence[Paragraph], older: pd.DataFrame, ids: Mapping[str, str], named: Named) -> WordsRead:
    """Every word of change that can be held against numbers, as rows of wordings.csv.

    A phrase that the older report has too is held against the same numbers, moved on. Another is taken where its
    sentence speaks of the last 12 months, and its subject is what a measure of its section is called and nothing
    besides. A rise or fall whose size the sentence tells is left to that number.

    Parameters
    ----------
    paragraphs
        In the report's order.
    older
        The older release's wordings, as text.
    ids
        Ids of the next report by those of the older one.
    named
        The measures that subjects are looked up among.
    """
    read = WordsRead()
    for paragraph in paragraphs:
        told = " ".join(paragraph.text.split()).casefold()
        known = older[older["section"] == paragraph.section]
        before = [row for row in text_rows(known) if row["printed"].casefold() in told]
        for row in before:
            inputs = " ".join(ids.get(name, name) for name in row["inputs"].split())
            _add(read, paragraph, row | {"inputs": inputs})
        for said in _said_in(paragraph.text):
            if any(said.printed.casefold() in row["printed"].casefold() for row in before):
                continue
            rows = list(_held(said, paragraph, named))
            if not rows:
                read.alone.append(said.printed)
            for row in rows:
                _add(read, paragraph, row)
    return read


def _add(read: WordsRead, paragraph: Paragraph, row: dict[str, str]) -> None:
    taken, own, number = {each["id"] for each in read.rows}, row["id"], 2
    while own in taken:
        own, number = f"{row['id']}_{number}", number + 1
    read.rows.append(row | {"id": own})
    read.cells[own] = paragraph.cell


def _held(said: _Said, paragraph: Paragraph, named: Named) -> Iterator[dict[str, str]]:
    """A row for each measure that the subject lists and each period it is compared with."""
    for part in _PARTS.split(said.subject):
        for beside in said.beside:
            found = named.pair(part, paragraph.section, _BESIDE[beside])
            if found is not None:
                measure, inputs = found
                yield {
                    "id": f"{measure}_{said.word}_{beside}", "section": paragraph.section, "where": paragraph.where,
                    "printed": said.printed, "word": said.word, "measure": measure, "inputs": inputs,
                }  # fmt: skip


def _said_in(text: str) -> Iterator[_Said]:
    passage = passage_of(text)
    for sentence in passage.sentences:
        words = passage.text[sentence.start : sentence.end]
        found = [(name, match) for name, pattern in _WORDS for match in pattern.finditer(words)]
        if len(found) != 1:  # of two words nobody can say which speaks of what
            continue
        name, match = found[0]
        plain = _LAST_YEAR.sub(" ", _BASELINE.sub(" ", words))
        before, after = words[: match.start()], words[match.end() :]
        if _OTHER.search(plain) or _DENIED.search(before) or _MEANT.search(before):
            continue
        numbers = [each for each in find_numbers(_LAST_YEAR.sub(" ", words)) if each.kind not in NOT_FIGURES]
        if name in ("rise", "fall"):
            if numbers:
                continue
            name = "slight" if _SLIGHT.search(words) else name
        beside = [key for key, pattern in (("previous", r"previous|prior|year\b"), ("baseline", "baseline"))
                  if re.search(pattern, after, re.IGNORECASE)]  # fmt: skip
        yield _Said(name, _subject(before), _quoted(words, match), tuple(beside or ["previous"]))


def _subject(before: str) -> str:
    """What stands before the first verb, without what is said of its time."""
    head = _VERB.split(f" {before} ")[0]
    head = _LAST_YEAR.sub(" ", re.sub(r"\([^)]*\)", " ", head))
    return head.strip(" ,-–•●*")


def _quoted(words: str, match: re.Match[str]) -> str:
    """The word with those round it, from the last comma to the next."""
    before = re.split(r"[,;:()]", words[: match.start()])[-1].split()[-_BEFORE:]
    quoted = [*before, *match[0].split()]
    quoted += re.split(r"[,;:()]|\.(?!\d)", words[match.end() :])[0].split()[: _MOST - len(quoted)]
    while quoted[-1].casefold() in LITTLE:
        quoted.pop()
    return " ".join(quoted[1:] if quoted[0].casefold() in LITTLE else quoted)


class Named:
    """The measures of a release by what they are called: their titles, and the rows that their figures stand in."""

    def __init__(self, figures: pd.DataFrame, measures: pd.DataFrame, sections: Mapping[str, str], force: str) -> None:
        own = figures[(figures["area"] == force) & (figures["breakdown"] == "")]
        self.figures = own.assign(section=own["table"].map(sections))
        titles = dict(zip(measures["id"], measures["title"], strict=True))
        self.names: dict[frozenset[str], dict[str, set[str]]] = {}
        for row in self.figures.drop_duplicates(["measure", "row_label"]).itertuples():
            for name in (titles.get(row.measure, ""), row.row_label):
                if key := _key(str(name)):
                    self.names.setdefault(key, {}).setdefault(str(row.measure), set()).add(_plain(str(name)))

    def pair(self, subject: str, section: str, beside: str) -> tuple[str, str] | None:
        """The one measure of a section that a subject names, and its last 12 months with what they are held against.

        Parameters
        ----------
        subject
            Such as "The volume of drug offences".
        section
            Whose tables are looked at; all others where it prints no such measure.
        beside
            The role of the earlier figure.
        """
        names = self.names.get(_key(subject), {})
        same = {measure for measure, own in names.items() if any(name in _plain(subject) for name in own)}
        own = self.figures[self.figures["measure"].isin(same or set(names))]  # theft of and theft from are two
        own = own[own["section"] == section] if (own["section"] == section).any() else own
        found = []
        for (_, measure), rows in own.groupby(["table", "measure"]):
            ids = [list(rows.loc[rows["role"] == role, "figure_id"]) for role in ("last_12_months", beside)]
            if all(len(each) == 1 for each in ids):
                found.append((str(measure), f"{ids[0][0]} {ids[1][0]}"))
        return found[0] if len({measure for measure, _ in found}) == 1 else None


def _key(text: str) -> frozenset[str]:
    """The words of a name that tell it from others; of "all crime" what is counted, for there is no other."""
    words = words_of(_plain(text))
    return words - _ANY or words & words_of("crimes")


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\([^)]*\)", " ", text).casefold().split())
