"""A small document for tests: every kind of block once, its words and numbers invented."""

from __future__ import annotations

from datetime import date

import pandas as pd

from charts.dots import dot_chart
from charts.palette import Chart
from documents.blocks import (
    Block,
    Bullets,
    Contents,
    Document,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
    said,
)

LINK = "https://explorer.example.org/calls#table_calls"
SOURCE = "Not yet published. Source: Any Police, invented report, page 1."


def chart() -> Chart:
    """Lost dogs of two invented years."""
    years = pd.to_datetime(["2021-04-01", "2022-04-01"])
    rows = pd.DataFrame(
        {
            "label": "Lost dogs", "series": ["2021/22", "2022/23"], "value": [400.0, 500], "unit": "count",
            "text": ["400", "500"], "period_start": years, "lower": [360.0, 455], "upper": [443.0, 548],
        }
    )  # fmt: skip
    return dot_chart(rows, "lost dogs", stamp="Not yet published")


TABLE = Table(
    "Not yet published: lost dogs, two years",
    ("Breed", "Previous", "Last", "Verdict"),
    (("Terriers", "1,000", "1,250", "▲ real change"), ("Poodles", "", "=2+3", ""), ("All", "1,400", "1,750", "")),
    kinds=("part", "part", "total"),
    notes=((Run("[check] One number is in doubt.", LINK, ("dogs.poodles",)),),),
    source=SOURCE,
    name="Lost dogs",
)
BLOCKS: tuple[Block, ...] = (
    Contents(depth=2, renewed=True),
    Heading(1, "Dogs", "dogs"),
    said("Dogs rose by a quarter.", LINK, ["dogs.last", "dogs.previous"], "said", opening="▲ real change:"),
    Paragraph((Run("See "), Run("the cats", "#cats"), Run(" and "), Run("nothing", "#nowhere"))),
    Picture(chart(), SOURCE, "Lost dogs"),
    TABLE,
    PageBreak(),
    Heading(2, "Cats", "cats"),
    said("Nobody must miss this.", kind="boxed"),
    Bullets(((Run("First"),), (Run("Second"),)), numbered=True),
    Bullets(((Run("Only"),),), numbered=True),
    Notes("Notes on cats", "Mine.\nOne more."),
    Notes("Notes on dogs"),
)


def document(*blocks: Block) -> Document:
    """The document, or one of other blocks."""
    return Document(
        title="Any Police: a document",
        subtitle="Report of 17 May 2023",
        blocks=blocks or BLOCKS,
        status="Not yet published",
        source="Any Police, invented report",
        marking="OFFICIAL",
        facts=(("Data to", "31 March 2023"),),
        properties=(("author", "Any Police"), ("subject", "Dogs")),
        made=date(2023, 5, 17),
        draft="A draft, to be edited.",
    )
