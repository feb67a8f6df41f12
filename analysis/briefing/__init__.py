"""A briefing: the measures that were chosen, each with what is known, what is not, and what may be asked.

``briefing`` gathers it from a release's frames and results; documents and the page write it out.
"""

from analysis.briefing.about import About, link_to
from analysis.briefing.asking import QUESTION_RULE
from analysis.briefing.gather import (
    AGAINST_WORDS,
    METHOD,
    assumption_words,
    briefing,
    in_report_order,
    measures_in_need,
    with_notes,
)
from analysis.briefing.items import BESIDE, Asked, Briefing, Change, Figure, Item, National, Said
from analysis.briefing.nation import NATIONAL_COLUMNS, national_table
from analysis.briefing.one_item import item_of
from analysis.briefing.sources import about_report, sources_of

__all__ = ["AGAINST_WORDS", "BESIDE", "METHOD", "NATIONAL_COLUMNS", "QUESTION_RULE", "About", "Asked", "Briefing",
           "Change", "Figure", "Item", "National", "Said", "about_report", "assumption_words", "briefing",
           "in_report_order", "item_of", "link_to", "measures_in_need", "national_table", "sources_of",
           "with_notes"]  # fmt: skip
