"""What the shipped release says, read as plainly as can be: what a page must show is not asked of the code tested."""

from __future__ import annotations

import csv
import shutil
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.serving import ROOT

DATA = ROOT / "data"
RELEASE = max((DATA / "releases").iterdir())
INFO = tomllib.loads((RELEASE / "release.toml").read_text(encoding="utf-8"))
NAME = "Performance Explorer"


class Place(NamedTuple):
    """A page of the explorer: its address, its name in the menu, and its heading."""

    address: str
    menu: str
    heading: str

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        return f"{self.menu} · {NAME}"


@cache
def rows(file: str) -> list[dict[str, str]]:
    """The rows of one of the release's files, in its order, every cell as text."""
    with (RELEASE / f"{file}.csv").open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _menu() -> list[Place]:
    """Every page of the menu in its order, as the release's priorities name them."""
    front = Place("", "Headlines", f"{INFO['force']}: {INFO['title']}")
    priorities = sorted(rows("priorities"), key=lambda row: int(row["order"]))
    own = [Place(row["id"], row["menu_title"], row["title"]) for row in priorities if row["id"] != "headlines"]
    demand = Place("demand_and_season", "Demand and season", "Demand and season")
    surveys = Place("surveys", "Surveys", "Surveys")
    compare = Place("compare_teams", "Compare teams", "Compare teams")
    check = Place("check_the_figures", "Check the figures", "Check the figures")
    briefing = Place("briefing", "Briefing", "Briefing")
    upload = Place("upload", "Upload", "Upload")
    return [
        front,
        *own,
        demand,
        surveys,
        compare,
        check,
        briefing,
        upload,
        Place("data_and_methods", "Data and methods", "Data and methods"),
    ]


MENU = _menu()
MENU_NAMES = [place.menu for place in MENU]
# The front page has an address of its own besides the bare one.
PLACES = [MENU[0], MENU[0]._replace(address="headlines"), *MENU[1:]]


def page_of_section(section: str) -> Place:
    """The page on which a section of the report stands; what is in no priority stands on the front page."""
    priority = next(row["priority"] for row in rows("sections") if row["id"] == section)
    return next((place for place in MENU if place.address == priority), MENU[0])


def page_of_table(table: str) -> Place:
    """The page on which a printed table stands."""
    return page_of_section(next(row["section"] for row in rows("tables") if row["id"] == table))


def sections_of(place: Place) -> list[dict[str, str]]:
    """The report's sections on a page, in its order."""
    return [section for section in rows("sections") if page_of_section(section["id"]) == place]


def tables_of(place: Place) -> list[dict[str, str]]:
    """The printed tables on a page, in the order of its sections."""
    return [table for section in sections_of(place) for table in rows("tables") if table["section"] == section["id"]]


# --- other data folders, made from the shipped one --------------------------------------------------------------------


def copied_data(folder: Path) -> Path:
    """A data folder of one's own with everything that is shipped, free to be changed."""
    for name in ("releases", "open", "illustrative"):
        shutil.copytree(DATA / name, folder / name)
    return folder


def changed(file: Path, old: str, new: str) -> None:
    """Put one text for another everywhere in a file; it must stand there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
