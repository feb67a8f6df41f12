"""An INVENTED second release, three months after the shipped one, for tests only: nothing in it happened.

It is made from the shipped release each time. Years end three months later and their counts are drawn anew; a few past
values are revised; one row is renamed, one is new, one is dropped. Derived numbers and numbers in running text that
rest on others are left out, so that nothing in it contradicts itself.

    root = second_release(tmp_path)     # a data folder with both releases: --data, or EXPLORER_DATA
"""

from __future__ import annotations

import random
import shutil
from functools import cache
from pathlib import Path

import pandas as pd

from tests.published import DATA, text_frame, write_csv

FIRST, SECOND = "2023-03", "2023-06"
MARKING = "INVENTED FOR TESTS"

REVISED = {  # figure: printed then, printed now; the same period in both releases
    "asb.asb.baseline": ("31,094", "31,100"),
    "confidence_questions.q12.2022_06": ("63%", "64%"),
    "speedwatch_volunteers.groups.2021": ("66", "67"),
}
RENAMED = ("calls_999", "999 Calls", "999 Calls Received")  # table, label then, label now
NEW = "e_scooter_offences"  # the measure of a row that only the second release prints
DROPPED = "seatbelt_offences"  # the measure of a row that only the first prints
RISEN = "calls_101"  # this measure's last 12 months rise by a tenth in the quarter
STILL = "calls_999"  # this one's do not move at all
TURNED = "arrests"  # and this one's rise so much that the verdict against the previous 12 months is another one
_TIMES = {RISEN: 1.1, STILL: 1.0, TURNED: 1.4}

_YEARS = ["last_12_months", "previous_12_months"]
# Shares rest on counts that are printed elsewhere, so these tables keep their numbers and only move in time.
_KEPT = ["abandoned_101_waits", "abandoned_101_waits_percent", "speed_camera_disposals", "fraud_cases"]


def second_release(root: Path) -> Path:
    """Put the shipped data and the invented release into a folder, and return the folder."""
    for name in ("releases", "open", "illustrative"):
        shutil.copytree(DATA / name, root / name, dirs_exist_ok=True)
    folder = root / "releases" / SECOND
    shutil.copytree(root / "releases" / FIRST, folder)
    (folder / "release.toml").write_text(
        f'title = "Public Performance Meeting Report ({MARKING})"\nforce = "Staffordshire Police"\n'
        f"published = 2023-08-16\ndata_to = 2023-06-30\n"
        f'marking = "{MARKING}"\ntransparency = "{MARKING}"\n'
        f'source = "{MARKING}, made from the report of May 2023"\n',
        encoding="utf-8",
        newline="\n",
    )
    write_csv(folder / "figures.csv", _figures())
    write_csv(folder / "measures.csv", _measures())
    write_csv(folder / "as_published.csv", text_frame("as_published")[:0])
    statements = text_frame("statements")
    write_csv(folder / "statements.csv", statements[statements["inputs"] == ""])
    return root


@cache
def _figures() -> pd.DataFrame:
    figures = text_frame("figures").copy()
    years = figures["role"].isin(_YEARS)
    for column in ("period_start", "period_end"):
        figures.loc[years, column] = figures.loc[years, column].map(_three_months_on)
    drawn = years & ~figures["table"].isin(_KEPT) & (figures["unit"] == "count")
    for row in figures.index[drawn]:
        number = _drawn(figures.loc[row])
        figures.loc[row, ["value", "printed"]] = [str(number), f"{number:,}"]
    _add_up(figures, drawn)
    for figure, (then, now) in REVISED.items():
        row = figures.index[figures["figure_id"] == figure]
        assert figures.loc[row, "printed"].tolist() == [then], f"{figure} is no longer printed as {then}"
        figures.loc[row, ["value", "printed"]] = [now.strip("%").replace(",", ""), now]
    table, then, now = RENAMED
    renamed = (figures["table"] == table) & (figures["row_label"] == then)
    assert renamed.any(), f"{then} is no longer a row of {table}"
    figures.loc[renamed, "row_label"] = now
    new = figures[figures["measure"] == "mobile_phone_offences"].assign(
        measure=NEW, row_label="E-Scooter", row_order="99"
    )
    new["figure_id"] = new["figure_id"].str.replace("mobile_phone", "e_scooter")
    return pd.concat([figures[figures["measure"] != DROPPED], new], ignore_index=True)


@cache
def _measures() -> pd.DataFrame:
    measures = text_frame("measures")
    new = measures[measures["id"] == "mobile_phone_offences"].assign(
        id=NEW, title="E-scooter offences", definition="Invented for tests: tickets for riding an e-scooter on a road."
    )
    return pd.concat([measures, new], ignore_index=True)


def _three_months_on(day: str) -> str:
    """The same day of the month three months later; the last day stays the last."""
    date = pd.Timestamp(day)
    moved = date + pd.DateOffset(months=3)
    return f"{moved + pd.offsets.MonthEnd(0) if date.is_month_end else moved:%Y-%m-%d}"


def _drawn(row: pd.Series) -> int:
    """A count near the shipped one, the same every time."""
    times = random.Random(row["figure_id"]).uniform(0.99, 1.01)
    if row["role"] == "last_12_months":
        times = _TIMES.get(row["measure"], times)
    return round(float(row["value"]) * times)


def _add_up(figures: pd.DataFrame, drawn: pd.Series) -> None:
    """Make a total the sum of its parts again, where it was."""
    before = text_frame("figures")
    for _, rows in figures[drawn].groupby(["table", "role", "area"]):
        parts, totals = rows.index[rows["row_kind"] == "part"], rows.index[rows["row_kind"] == "total"]
        if len(totals) == 1 and len(parts) > 1:
            was = before.loc[parts, "value"].astype(float).sum()
            if was == float(before.loc[totals[0], "value"]):
                total = figures.loc[parts, "value"].astype(int).sum()
                figures.loc[totals[0], ["value", "printed"]] = [str(total), f"{total:,}"]
