"""A briefing: the measures that were chosen, each with what is known, what is not, and what may be asked.

``briefing`` gathers it from a release's frames and results; documents and the page write it out.
"""

from analysis.briefing.items import About, Asked, Briefing, Change, Figure, Item, National, Said, link_to

__all__ = ["About", "Asked", "Briefing", "Change", "Figure", "Item", "National", "Said", "link_to"]
