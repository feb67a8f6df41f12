"""Which report a briefing or a document is made from, and the links that lead from it to the explorer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["About", "link_to"]


@dataclass(frozen=True)
class About:
    """Which report a briefing is made from.

    Attributes
    ----------
    release
        Its id, such as ``2023-03``.
    title, force, marking, transparency
        As ``release.toml`` says them.
    published, data_to
        Its date, and the last day of its data.
    heading
        The status of its figures as the beginning of a line: "Published figures", or that they are not yet.
    stamp
        What must stand inside every chart and title until it is published; "" once it is.
    address
        Where the explorer is, such as ``https://explorer.example.org``; "" where that is not known.
    latest
        Whether it is the latest release today, so that a page's links to it need not name it.
    """

    release: str
    title: str
    force: str
    published: date
    data_to: date
    heading: str = "Published figures"
    stamp: str = ""
    marking: str = ""
    transparency: str = ""
    address: str = ""
    latest: bool = True


def link_to(about: About, place: str, *, on_page: bool = False) -> str:
    """The link to a place of the explorer: whole where its address is known, else as it stands after that.

    What leaves the explorer always names the release, for another will be the latest; a page need not.

    >>> about = About("2023-03", "Report", "A force", date(2023, 5, 17), date(2023, 3, 31), latest=True)
    >>> link_to(about, "prevent_harm#table_homicide"), link_to(about, "prevent_harm#places", on_page=True)
    ('prevent_harm?release=2023-03#table_homicide', 'prevent_harm#places')
    """
    page, mark, anchor = place.partition("#")
    named = page if about.latest and on_page else f"{page}{'&' if '?' in page else '?'}release={about.release}"
    return f"{about.address.rstrip('/')}/{named}{mark}{anchor}" if about.address else f"{named}{mark}{anchor}"
