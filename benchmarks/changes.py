"""Is "real change" false in at most 5% of families, and does the 95% interval cover? A simulation, run by command.

    python benchmarks/changes.py [--families N] [--seed S]

The families are those of the latest release: its own tested counts and shares, each drawn twice with nothing changed.
Counts are gamma-Poisson (negative binomial): their variance is the dispersion times their mean. It prints figures and
asserts nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.change import Change, compare_counts, compare_rolling, compare_shares, default_dispersion
from analysis.changes import changes
from analysis.intervals import holm
from data.releases import data_root, load_release
from data.series import open_series

LEVEL = 0.05
TRUTHS = [0.5, 1.0, 2.0]  # what counts really vary by, as times the dispersion that is assumed
MEDIAN_CHI2 = 0.4549364231195724  # median of a squared standard normal
PANDEMIC = {2020, 2021, 2022}  # later years of pairs that the lockdowns reach into
RISE = 1.2


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--families", type=int, default=1000, metavar="N", help="how many families to draw (1000)")
    parser.add_argument("--seed", type=int, default=20230517, metavar="S")
    asked = parser.parse_args()
    rng = np.random.default_rng(asked.seed)
    counts, shares = release_family()
    print(f"{asked.families} families of {len(counts)} counts and {len(shares)} shares, seed {asked.seed}.\n")
    said = "Nothing changed: families with at least one false claim, and how often the interval holds the truth"
    show(said, [family_line(rng, asked.families, counts, shares, truth) for truth in TRUTHS])
    said = "Nothing changed, a few months on (rolling years, counts of ten or more)"
    steps = [(1, 1.0), (6, 1.0), *[(3, truth) for truth in TRUTHS]]
    show(said, [rolling_line(rng, asked.families, counts, *step) for step in steps])
    said = "Nothing changed: shares alone, whose answers come in clusters (variance as times the binomial one)"
    show(said, [shares_line(rng, asked.families, shares, times) for times in (1.0, 2.0, 5.0, 20.0)])
    said = f"A true rise of {(RISE - 1) * 100:.0f}%: how often it is claimed, and covered, by size of the earlier count"
    show(said, list(risen_lines(rng, asked.families)))
    said = "What the open series say of the rule: year-on-year change of offences, April to March"
    show(said, list(open_lines()))
    print("Years that the pandemic reaches into are left out. measured: the median of (later - earlier)^2 / (later +")
    print(
        "earlier), over what it would be if only chance were at work; real changes are in it. around a trend: the same"
    )
    print("of three years in a row against a straight line, so that a steady rise or fall is not in it.")


def release_family() -> tuple[list[float], list[tuple[float, float, float]]]:
    """Mean counts, and shares with both bases, of what the release tests against the previous 12 months."""
    release = load_release(data_root())
    told = changes(release.figures, release.measures, release.tables, release.events, release.statements)
    tested = told[told["p_holm"].notna()]
    counts = tested[tested["unit"] == "count"]
    shares = tested[tested["unit"] == "percent"]
    pooled = (shares["earlier_numerator"] + shares["later_numerator"]) / (
        shares["earlier_denominator"] + shares["later_denominator"]
    )
    bases = (shares["earlier_denominator"], shares["later_denominator"])
    return list((counts["earlier_value"] + counts["later_value"]) / 2), list(zip(pooled, *bases, strict=True))


def draw(rng: np.random.Generator, mean: float, dispersion: float) -> int:
    """A count with this mean and a variance of ``dispersion`` times it; Poisson at 1 or less."""
    if dispersion > 1:
        mean = rng.gamma(mean / (dispersion - 1), dispersion - 1)
    return int(rng.poisson(mean))


def draw_share(rng: np.random.Generator, share: float, base: float, times: float = 1.0) -> int:
    """How many of a base say yes; beta-binomial where the variance is more than the binomial one."""
    if times > 1:
        spread = (base - times) / (times - 1)
        share = rng.beta(share * spread, (1 - share) * spread)
    return int(rng.binomial(int(base), share))


def family_line(
    rng: np.random.Generator, families: int, counts: list[float], shares: list[tuple[float, float, float]], truth: float
) -> dict[str, str]:
    """One truth: counts and shares together, as the release is judged."""

    def one() -> list[Change]:
        told = []
        for mean in counts:
            spread = max(1.0, default_dispersion(mean, mean) * truth)
            told.append(compare_counts(draw(rng, mean, spread), draw(rng, mean, spread)))
        for share, n1, n2 in shares:
            told.append(compare_shares(draw_share(rng, share, n1), n1, draw_share(rng, share, n2), n2))
        return told

    tally = Tally(families, one)
    return {"true dispersion": f"{truth:g} x the rule"} | tally.claims() | tally.coverage()


def rolling_line(
    rng: np.random.Generator, families: int, counts: list[float], months: int, truth: float
) -> dict[str, str]:
    """One truth: years that share all but a few months."""

    def one() -> list[Change]:
        told = []
        for mean in counts:
            spread = max(1.0, default_dispersion(mean, mean) * truth)
            shared, old, new = (draw(rng, mean * part / 12, spread) for part in (12 - months, months, months))
            if min(shared + old, shared + new) >= 10:
                told.append(compare_rolling(shared + old, shared + new, months))
        return told

    tally = Tally(families, one)
    first = {"new months": str(months), "true dispersion": f"{truth:g} x the rule"}
    return first | tally.claims() | tally.coverage()


def shares_line(
    rng: np.random.Generator, families: int, shares: list[tuple[float, float, float]], times: float
) -> dict[str, str]:
    """Shares alone."""

    def one() -> list[Change]:
        return [
            compare_shares(draw_share(rng, share, n1, times), n1, draw_share(rng, share, n2, times), n2)
            for share, n1, n2 in shares
        ]

    tally = Tally(max(1, families // 5), one)
    return {"variance": f"{times:g} x binomial"} | tally.claims() | tally.coverage()


def risen_lines(rng: np.random.Generator, families: int) -> Iterator[dict[str, str]]:
    """One size of count after the other, each tested alone."""
    for mean in (5, 20, 60, 200, 1000, 5000, 20000, 100000):
        spread = default_dispersion(mean, mean * RISE)
        covered = claimed = 0
        for _ in range(families):
            change = compare_counts(draw(rng, mean, spread), draw(rng, mean * RISE, spread))
            truth = (RISE - 1) * (100 if change.percent is not None else mean)
            covered += holds(change, truth)
            claimed += change.p is not None and change.p < LEVEL
        yield {
            "earlier": f"{mean:,}", "dispersion": f"{spread:.1f}", "claimed, tested alone": per_cent(claimed, families),
            "covered": per_cent(covered, families),
        }  # fmt: skip


class Tally:
    """What became of many families in which nothing changed."""

    def __init__(self, families: int, one: Callable[[], list[Change]]) -> None:
        self.families = families
        self.real = self.claimed = 0
        self.held: dict[str, list[bool]] = {}
        for _ in range(families):
            told = one()
            p = [1.0 if change.p is None else change.p for change in told]
            self.real += min(holm(p), default=1.0) < LEVEL
            self.claimed += min(p, default=1.0) < LEVEL
            for change in told:
                self.held.setdefault(self.kind(change), []).append(holds(change, 0.0))

    @staticmethod
    def kind(change: Change) -> str:
        """Which interval it is."""
        if change.dispersion is None:
            return "shares"
        if change.method.startswith("exact"):
            return "a count under 10"
        return "base 50 or more" if change.percent is not None else "base 10 to 49"

    def claims(self) -> dict[str, str]:
        """Families with a false claim, in per cent; the error is a simulation's of this size."""
        return {
            "a false 'real change'": per_cent(self.real, self.families),
            "'real' or 'likely'": per_cent(self.claimed, self.families),
        }

    def coverage(self) -> dict[str, str]:
        """How often the 95% interval holds no change, by kind."""
        kinds = ["base 50 or more", "base 10 to 49", "a count under 10", "shares"]
        return {f"covers: {kind}": per_cent(sum(self.held[kind]), len(self.held[kind]))
                for kind in kinds if kind in self.held}  # fmt: skip


def open_lines() -> Iterator[dict[str, str]]:
    """Each open series by area kind: how much its years really differ, beside the rule."""
    frame = open_series(data_root()).frame
    quarters = frame[(frame["role"] == "quarter") & (frame["unit"] == "count")]
    year = quarters["period_start"].dt.year + (quarters["period_start"].dt.month >= 4)  # called by its March
    years = quarters.assign(year=year).groupby(["area_kind", "measure", "area", "year"])["value"].agg(["sum", "size"])
    whole = years.loc[years["size"] == 4, "sum"].rename("y2").reset_index()
    for back in (1, 2):
        before = whole[["measure", "area", "year", "y2"]].assign(year=whole["year"] + back)
        whole = whole.merge(before, on=["measure", "area", "year"], how="left", suffixes=("", f"_{back}"))
    step, bend = whole["y2"] - whole["y2_1"], whole["y2"] - 2 * whole["y2_1"] + whole["y2_2"]
    whole["steps"] = step**2 / (whole["y2"] + whole["y2_1"]) / MEDIAN_CHI2
    whole["bends"] = bend**2 / (whole["y2"] + 4 * whole["y2_1"] + whole["y2_2"]) / MEDIAN_CHI2
    whole["rule"] = [default_dispersion(*each) for each in zip(whole["y2"], whole["y2_1"], strict=True)]
    usual = whole[~whole["year"].isin(PANDEMIC)]
    for (kind, measure), rows in usual.groupby(["area_kind", "measure"], sort=False):
        pairs = rows[rows["steps"].notna()]
        smooth = pairs[pairs["bends"].notna() & ~(pairs["year"] - 1).isin(PANDEMIC)]
        yield {
            "series": measure.removeprefix("open_"),
            "areas": f"{rows['area'].nunique()} {kind}",
            "count a year": f"{pairs['y2'].median():,.0f}",
            "pairs": str(len(pairs)),
            "rule": f"{pairs['rule'].median():.1f}",
            "measured": f"{pairs['steps'].median():.1f}",
            "around a trend": f"{smooth['bends'].median():.1f}",
            "measured / rule": f"{(pairs['steps'] / pairs['rule']).median():.2f}",
            "trend / rule": f"{(smooth['bends'] / smooth['rule']).median():.2f}",
        }


def holds(change: Change, truth: float) -> bool:
    """Whether the interval holds the truth, in the change's own terms."""
    if change.lower is None or change.upper is None:
        return True
    return change.lower <= truth <= change.upper


def per_cent(part: float, whole: float) -> str:
    """A share with the simulation's own standard error."""
    share = part / whole if whole else 0.0
    return f"{share * 100:.1f}% ± {(share * (1 - share) / whole) ** 0.5 * 100:.1f}" if whole else "none"


def show(title: str, rows: list[dict[str, str]]) -> None:
    """A table on the terminal."""
    print(f"{title}\n{pd.DataFrame(rows).fillna('').to_string(index=False)}\n")


if __name__ == "__main__":
    main()
