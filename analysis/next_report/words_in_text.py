"""Words such as stable or risen in pasted paragraphs, with the numbers of the tables that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.draft.in_report import words_of
from analysis.draft.sentences import passage_of
from analysis.next_report.change_words import Claim, claim_in, says_change
from analysis.next_report.made_lists import unused_id
from analysis.next_report.statements import Paragraph
from analysis.next_report.texts import text_rows

__all__ = ["Named", "WordsRead", "read_words"]

_ROLES = {"previous": "previous_12_months", "baseline": "baseline"}
_PARTS = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_OF = re.compile(r"^(?:the\s+)?(?:overall\s+)?(?:(?:number|volume|level|total)s?\s+of\s+)?(?:all\s+)?(?:the\s+)?")
_COUNTED = {"offence", "incident", "crime", "level", "volume", "occurrence"}  # words that a name may end with, or not
_BASES = {"reported": "reported", "validated": "validated", "recorded": ""}
_FEW = 2  # things in a list of which each must be known; of more, those that are
_DENIED = re.compile(r"\b(?:not|no longer|nobody|never|if|whether|hardly|rarely)\b|n['’]t\b|[“”\"]", re.IGNORECASE)


@dataclass
class WordsRead:
    """The rows of wordings.csv as text, the sheet and cell of each by its id, and phrases that nothing is held to."""

    rows: list[dict[str, str]] = field(default_factory=list)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    alone: list[str] = field(default_factory=list)


class Named:
    """The measures of a release by what they are called: their titles, and the rows that their figures stand in.

    Parameters
    ----------
    figures, measures
        The release's, as text.
    sections
        The section of each table.
    force
        The area whose figures are looked at.

    Examples
    --------
    >>> row = {"figure_id": "asb.last", "measure": "asb", "area": "force", "breakdown": "", "table": "asb",
    ...        "role": "last_12_months", "row_label": "ASB"}
    >>> figures = pd.DataFrame([row, row | {"figure_id": "asb.before", "role": "previous_12_months"}])
    >>> measures = pd.DataFrame({"id": ["asb"], "title": ["Anti-social behaviour"], "basis": ["other"]})
    >>> named = Named(figures, measures, {"asb": "local"}, "force")
    >>> named.pair("The level of anti-social behaviour", "local", "previous_12_months")
    ('asb', 'asb.last asb.before')
    >>> named.pair("Repeat anti-social behaviour", "local", "previous_12_months") is None
    True
    """

    def __init__(self, figures: pd.DataFrame, measures: pd.DataFrame, sections: Mapping[str, str], force: str) -> None:
        own = figures[(figures["area"] == force) & (figures["breakdown"] == "")]
        self.figures = own.assign(section=own["table"].map(sections))
        self.bases = dict(zip(measures["id"], measures["basis"], strict=True))
        self.titles = dict(zip(measures["id"], measures["title"], strict=True))
        self.names: dict[tuple[str, tuple[str, ...]], set[str]] = {}
        for row in self.figures.drop_duplicates(["measure", "row_label", "section"]).itertuples():
            for name in (self.titles.get(row.measure, ""), row.row_label):
                _, key = _key(str(name))
                if key:
                    self.names.setdefault((str(row.section), key), set()).add(str(row.measure))

    def titled(self, measure: str) -> frozenset[str]:
        """The words of a measure's title; those of no measure are none."""
        return words_of(re.sub(r"\([^)]*\)", "", str(self.titles.get(measure, ""))))

    def pair(self, subject: str, section: str, beside: str) -> tuple[str, str] | None:
        """The one measure of a section that is called so, and its last 12 months with what they are held against.

        Parameters
        ----------
        subject
            Such as "The volume of drug offences"; whether reported or validated counts where it says so.
        section
            Whose tables are looked at.
        beside
            The role of the earlier figure.
        """
        basis, key = _key(subject)
        measures = self.names.get((section, key), set())
        own = self.figures[self.figures["measure"].isin(measures) & (self.figures["section"] == section)]
        if basis:
            own = own[own["measure"].map(self.bases) == basis]
        found = []
        for (_, measure), rows in own.groupby(["table", "measure"]):
            ids = [list(rows.loc[rows["role"] == role, "figure_id"]) for role in ("last_12_months", beside)]
            if all(len(each) == 1 for each in ids):
                found.append((str(measure), f"{ids[0][0]} {ids[1][0]}"))
        return found[0] if len({measure for measure, _ in found}) == 1 and own["measure"].nunique() == 1 else None


def _key(name: str) -> tuple[str, tuple[str, ...]]:
    """The basis that a name tells, and its words without endings; "crime" alone stays what it is."""
    plain = " ".join(re.sub(r"\([^)]*\)", " ", name).casefold().split())
    basis = next((own for word, own in _BASES.items() if re.search(rf"\b{word}\b", plain)), "")
    plain = _OF.sub("", re.sub(rf"\b(?:{'|'.join(_BASES)})\b\s*", "", plain).strip())
    words = [word[:-1] if word.endswith("s") else word for word in re.findall(r"[a-z0-9]+", plain)]
    while len(words) > 1 and words[-1] in _COUNTED:
        words.pop()
    return basis, tuple(words)


def read_words(paragraphs: Sequence[Paragraph], older: pd.DataFrame, ids: Mapping[str, str], named: Named) -> WordsRead:
    """Every word of change that can be held against numbers, as rows of wordings.csv.

    A phrase of the older report is held against the same numbers, moved on, where its sentence names the same measure.
    Another is taken where its sentence says that and nothing besides, of what a row of its section is called, and
    speaks of the last 12 months or of no time. A rise or fall whose size the sentence tells is left to that number.

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
        known = text_rows(older[older["section"] == paragraph.section])
        passage = passage_of(paragraph.text)
        for sentence in passage.sentences:
            words = " ".join(passage.text[sentence.start : sentence.end].split())
            rows = [_moved(row, ids) for row in known if _says(words, row, named)]
            if not rows and (claim := claim_in(words)) is not None and not _DENIED.search(words):
                rows = list(_held(claim, paragraph, named))
            for row in rows:
                row = row | {"id": unused_id(read.rows, row["id"])}
                read.rows.append(row)
                read.cells[row["id"]] = paragraph.cell
            if not rows and (phrase := says_change(words)):
                read.alone.append(phrase)
    return read


def _moved(row: Mapping[str, str], ids: Mapping[str, str]) -> dict[str, str]:
    return dict(row) | {"inputs": " ".join(ids.get(name, name) for name in row["inputs"].split())}


def _says(words: str, row: Mapping[str, str], named: Named) -> bool:
    """Whether a sentence says what an older report said, of the same measure: it or the phrase names it."""
    if row["printed"].casefold() not in words.casefold() or _DENIED.search(words):
        return False
    title = named.titled(row["measure"])
    return title <= words_of(words) or bool(title & words_of(row["printed"]))


def _held(claim: Claim, paragraph: Paragraph, named: Named) -> Iterator[dict[str, str]]:
    """A row for each measure that the subject lists, each word and each period it is compared with."""
    for beside in claim.beside:
        for measure, inputs in _pairs(claim.subject, paragraph.section, _ROLES[beside], named):
            for word in claim.words:
                yield {
                    "id": f"{measure}_{word}_{beside}", "section": paragraph.section, "where": paragraph.where,
                    "printed": claim.printed, "word": word, "measure": measure, "inputs": inputs,
                }  # fmt: skip


def _pairs(subject: str, section: str, role: str, named: Named) -> list[tuple[str, str]]:
    """What is called so; else each thing of a list, where all of two or any of more are known."""
    if (whole := named.pair(subject, section, role)) is not None:
        return [whole]
    parts = [part for part in _PARTS.split(subject) if part.strip()]
    found = [pair for part in parts if (pair := named.pair(part, section, role)) is not None]
    return found if len(parts) > _FEW or len(found) == len(parts) else []
