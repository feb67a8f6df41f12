"""Invent the monthly paths of the example series: ``python data/illustrative/make.py``.

The report prints 12-month totals of anti-social behaviour (ASB) and calls; its months are only pictures.
Pages about season and change need months, and until a real extract is uploaded they have none. This script
invents some, plainly marked, so that those pages can show what they will do.

Invented: the season, the lockdown months, the noise, the drop of ASB from November 2022, and the level of
each year without a printed total. Not invented: every 12-month total that the report prints. It is read from
the release's ``figures.csv``, so it stands in one place only, and that year's months add up to it exactly.

The seed is fixed: the same release and the same numpy give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
RELEASE = HERE.parent / "releases" / "2023-03"
SEED = 20230331
YEARS = range(2018, 2023)  # years from April to March, named by the April
AREA, AREA_KIND = "staffordshire", "force"
STATUS, NOTE = "illustrative", "Invented monthly path; only the 12-month totals that the report prints are published."
HEADER = ["measure", "title", "area", "area_kind", "breakdown", "role", "period_start", "period_end"]
HEADER += ["value", "unit", "status", "note"]

NOISE_PERSISTENCE = 0.3  # how much of one month's surprise is left in the next
DROP_FROM = date(2022, 11, 1)

# A usual day of each month, January to December, against an average day.
ASB_SEASON = [0.80, 0.84, 0.93, 1.05, 1.12, 1.18, 1.24, 1.20, 1.05, 0.98, 0.86, 0.75]
ASB_PERSONAL_SEASON = [0.87, 0.89, 0.94, 1.03, 1.09, 1.14, 1.18, 1.14, 1.03, 0.96, 0.90, 0.83]
CALLS_999_SEASON = [0.92, 0.91, 0.93, 0.97, 1.02, 1.08, 1.13, 1.09, 1.03, 1.01, 0.96, 0.95]
CALLS_101_SEASON = [0.98, 0.98, 0.98, 0.99, 1.02, 1.05, 1.06, 1.04, 1.03, 1.00, 0.96, 0.91]

# What the lockdowns did to a month, as a share of it, before each series' own strength. March 2020 has nine
# such days of its 31.
ASB_LOCKDOWN = {
    "2020-03": 0.17, "2020-04": 0.60, "2020-05": 0.52, "2020-06": 0.30, "2020-07": 0.15, "2020-08": 0.10,
    "2020-09": 0.08, "2020-10": 0.12, "2020-11": 0.28, "2020-12": 0.12, "2021-01": 0.35, "2021-02": 0.33,
    "2021-03": 0.20, "2021-04": 0.10, "2021-05": 0.05,
}  # fmt: skip
CALLS_LOCKDOWN = {
    "2020-03": -0.07, "2020-04": -0.24, "2020-05": -0.17, "2020-06": -0.09, "2020-07": -0.03,
    "2020-11": -0.09, "2020-12": -0.05, "2021-01": -0.14, "2021-02": -0.12, "2021-03": -0.06,
    "2021-05": 0.04, "2021-06": 0.07, "2021-07": 0.08, "2021-08": 0.06, "2021-09": 0.04, "2021-10": 0.02,
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How one path is invented.

    ``season`` has twelve factors, January first. ``strength`` multiplies the lockdown shares. ``free_levels``
    gives the level of a year without a printed total as a multiple of the next year that has one. ``drop`` is
    the factor from ``DROP_FROM`` on, ``noise`` the standard deviation of a month as a share of it.
    """

    season: list[float]
    lockdown: dict[str, float]
    strength: float
    free_levels: dict[int, float]
    noise: float
    drop: float = 1.0


SHAPES: dict[tuple[str, str], Shape] = {
    ("asb", "type=Community nuisance"): Shape(ASB_SEASON, ASB_LOCKDOWN, 1.0, {2018: 1.04, 2020: 1.18}, 0.05, 0.86),
    ("asb", "type=Personal nuisance"): Shape(
        ASB_PERSONAL_SEASON, ASB_LOCKDOWN, 0.5, {2018: 1.03, 2020: 1.0}, 0.05, 0.55
    ),
    ("asb", "type=Environmental"): Shape(ASB_SEASON, ASB_LOCKDOWN, 0.3, {2018: 1.05, 2020: 1.15}, 0.14, 0.90),
    ("calls_999", ""): Shape(CALLS_999_SEASON, CALLS_LOCKDOWN, 1.0, {2018: 0.94, 2019: 0.97, 2020: 0.97}, 0.03),
    ("calls_101", ""): Shape(CALLS_101_SEASON, CALLS_LOCKDOWN, 1.1, {2018: 1.16, 2019: 1.13, 2020: 1.04}, 0.03),
}


def year_of(month: date) -> int:
    """The April-to-March year a month lies in, named by its April.

    Examples
    --------
    >>> year_of(date(2023, 3, 1)), year_of(date(2023, 4, 1))
    (2022, 2023)
    """
    return month.year if month.month >= 4 else month.year - 1


def whole_months(expected: np.ndarray, total: int) -> list[int]:
    """Whole numbers in proportion to ``expected`` that add up to ``total``, by largest remainder.

    The earlier month wins a tie.

    Examples
    --------
    >>> whole_months(np.array([1.0, 1.0, 1.0]), 100)
    [34, 33, 33]
    """
    shares = expected / expected.sum() * total
    months = np.floor(shares).astype(int)
    missing = total - int(months.sum())
    months[np.argsort(months - shares, kind="stable")[:missing]] += 1
    return [int(month) for month in months]


def daily_levels(
    expected_per_level: np.ndarray, months: list[date], totals: dict[int, int], free: dict[int, float]
) -> np.ndarray:
    """An underlying level for every month that moves evenly from year to year and meets the totals.

    Levels stand at the middle of each year and are joined by straight lines of their logarithm, so that no
    jump shows between March and April. They are adjusted in turn until each year with a total meets it.

    Parameters
    ----------
    expected_per_level
        What a month would count at level 1: days times season times lockdown times drop.
    totals
        12-month totals by year, for the years that have one.
    months
        The first day of each month, in order; ``expected_per_level`` has one value for each.
    free
        The level of each other year, as a multiple of the next year with a total.
    """
    years = np.array([year_of(month) for month in months])
    position = np.arange(len(months)) + 0.5
    middles = np.array([position[years == year].mean() for year in YEARS])
    levels = dict.fromkeys(totals, 1.0)
    for _ in range(200):
        known = {year: levels.get(year) or free[year] * levels[min(y for y in levels if y > year)] for year in YEARS}
        path: np.ndarray = np.exp(np.interp(position, middles, np.log([known[year] for year in YEARS])))
        for year, total in totals.items():
            levels[year] *= total / float((path * expected_per_level)[years == year].sum())
    return path


def invented_path(shape: Shape, months: list[date], totals: dict[int, int], random: np.random.Generator) -> list[int]:
    """Whole monthly counts of one series whose years add up to the given totals."""
    factors = []
    for month in months:
        days = monthrange(month.year, month.month)[1]
        lockdown = 1 + shape.strength * shape.lockdown.get(f"{month:%Y-%m}", 0.0)
        factors.append(days * shape.season[month.month - 1] * lockdown * (shape.drop if month >= DROP_FROM else 1.0))
    expected = np.array(factors) * daily_levels(np.array(factors), months, totals, shape.free_levels)
    surprises = random.normal(0.0, shape.noise * np.sqrt(1 - NOISE_PERSISTENCE**2), len(months))
    for later in range(1, len(months)):
        surprises[later] += NOISE_PERSISTENCE * surprises[later - 1]
    expected = expected * np.exp(surprises)
    years = np.array([year_of(month) for month in months])
    path: list[int] = []
    for year in YEARS:
        of_year = expected[years == year]
        path += whole_months(of_year, totals.get(year, round(float(of_year.sum()))))
    return path


def printed_totals(figures: Path) -> dict[tuple[str, str], dict[int, int]]:
    """The report's April-to-March totals, by measure and breakdown, then by year.

    Only the measure's own table counts, which has the measure's id.
    """
    totals: dict[tuple[str, str], dict[int, int]] = {}
    with figures.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            start, end = date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"])
            whole_year = (start.month, start.day) == (4, 1) and end == date(start.year + 1, 3, 31)
            if row["table"] == row["measure"] and row["area"] == AREA and row["unit"] == "count" and whole_year:
                totals.setdefault((row["measure"], row["breakdown"]), {})[start.year] = int(row["value"])
    return totals


def rows_of(totals: dict[tuple[str, str], dict[int, int]], titles: dict[str, str]) -> list[list[str | int]]:
    """All rows of ``monthly.csv``. A measure with parts also gets its own row a month, their sum.

    Raises
    ------
    ValueError
        When the release prints no total for a series, or its parts do not add up to its total.
    """
    absent = [f"{measure} {breakdown}".strip() for measure, breakdown in SHAPES if (measure, breakdown) not in totals]
    if absent:
        raise ValueError(f"The release prints no 12-month total for {'; '.join(absent)}. Mend SHAPES or the release.")
    random = np.random.Generator(np.random.PCG64(SEED))
    months = [date(year + (month < 4), month, 1) for year in YEARS for month in [*range(4, 13), 1, 2, 3]]
    paths = {key: invented_path(shape, months, totals[key], random) for key, shape in SHAPES.items()}
    for measure in dict.fromkeys(measure for measure, breakdown in SHAPES if breakdown):
        parts = [path for (owner, _), path in paths.items() if owner == measure]
        paths[measure, ""] = [sum(month) for month in zip(*parts, strict=True)]
        for year, total in totals.get((measure, ""), {}).items():
            months_sum = sum(n for n, month in zip(paths[measure, ""], months, strict=True) if year_of(month) == year)
            if months_sum != total:
                raise ValueError(
                    f"The parts of {measure} in {year} add up to {months_sum}, the release prints {total}."
                )
    rows: list[list[str | int]] = []
    for measure, breakdown in sorted(paths):
        for month, value in zip(months, paths[measure, breakdown], strict=True):
            end = month.replace(day=monthrange(month.year, month.month)[1])
            row: list[str | int] = [measure, titles[measure], AREA, AREA_KIND, breakdown, "month"]
            rows.append([*row, month.isoformat(), end.isoformat(), value, "count", STATUS, NOTE])
    return rows


def main() -> None:
    """Write ``monthly.csv`` from the release's totals."""
    parser = argparse.ArgumentParser(description="Invent the monthly paths of the example series.")
    parser.add_argument("--release", type=Path, default=RELEASE, help="folder that holds figures.csv")
    parser.add_argument("--out", type=Path, default=HERE / "monthly.csv", help="file to write")
    chosen = parser.parse_args()
    about = tomllib.loads((HERE / "about.toml").read_text(encoding="utf-8"))
    titles = {measure["id"]: measure["title"] for measure in about["measures"]}
    rows = rows_of(printed_totals(chosen.release / "figures.csv"), titles)
    with chosen.out.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerows([HEADER, *rows])


if __name__ == "__main__":
    main()
