"""What a survey's estimates cost: a million respondents, twelve questions, eleven areas, twenty waves.

Run from the repository's folder: ``python benchmarks/survey.py [--respondents N] [--runs N]``. The product's path, from
the engine's table to the frame with intervals, as ratios in one run to one DuckDB statement for the same sums, to
pandas' melt and group, and to the library svy where it is installed. What svy estimates must be what the product does.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.survey import estimates
from data.engine import attach, connect
from data.profile import Profile, Question
from data.survey_sums import survey_sums

QUESTIONS, AREAS, WAVES = 12, 11, 20
ANSWERS = ["Strongly agree", "Tend to agree", "Neither", "Tend to disagree", "Strongly disagree", "Don't know"]
KEYS = [f"Q{place}" for place in range(1, QUESTIONS + 1)]
PROFILE = Profile(
    columns={"wave": "wave", "area": "area", "weight": "weight"},
    questions={
        key: Question(key, order=tuple(ANSWERS[:5]), positive=tuple(ANSWERS[:2]), dont_know=(ANSWERS[5],))
        for key in KEYS
    },
)


def respondents(number: int, seed: int = 20230517) -> pd.DataFrame:
    """An invented survey."""
    chance = np.random.default_rng(seed)
    frame = pd.DataFrame({"wave": chance.choice([f"w{place:02d}" for place in range(WAVES)], number)})
    frame["area"] = chance.choice([f"area {place:02d}" for place in range(AREAS)], number)
    frame["weight"] = chance.gamma(4, 0.25, number)
    for key in KEYS:
        answers = chance.choice(ANSWERS, number, p=[0.25, 0.3, 0.15, 0.15, 0.1, 0.05])
        frame[key] = pd.Series(answers, dtype="str").mask(chance.random(number) < 0.02)
    return frame


def unpivoted() -> str:
    """SQL for the sums that a share and its error need, by a row for each answer."""
    top = "answer IN ('Strongly agree', 'Tend to agree')"
    sums = "count(*), sum(weight), sum(weight * weight)"
    sums += f", sum(weight) FILTER (WHERE {top}), sum(weight * weight) FILTER (WHERE {top})"
    long = f"UNPIVOT rows_of_version ON {', '.join(KEYS)} INTO NAME question VALUE answer"
    return f"SELECT wave, area, question, {sums} FROM ({long}) WHERE answer <> 'Don''t know' GROUP BY ALL"


def one_statement() -> str:
    """SQL for the same sums in one pass, with every question's base its own."""
    parts = []
    for key in KEYS:
        base = f"\"{key}\" IS NOT NULL AND \"{key}\" <> 'Don''t know'"
        top = f"\"{key}\" IN ('Strongly agree', 'Tend to agree')"
        parts += [
            f"count(*) FILTER (WHERE {base})",
            f"sum(weight) FILTER (WHERE {base})",
            f"sum(weight * weight) FILTER (WHERE {base})",
            f"sum(weight) FILTER (WHERE {top})",
            f"sum(weight * weight) FILTER (WHERE {top})",
        ]
    return f"SELECT wave, area, {', '.join(parts)} FROM rows_of_version GROUP BY wave, area"


def melted(frame: pd.DataFrame) -> pd.DataFrame:
    """The same sums as many would write them: a row for each answer, then groups."""
    long = frame.melt(["wave", "area", "weight"], KEYS, "question", "answer")
    long = long[long["answer"].notna() & (long["answer"] != "Don't know")]
    top = long["answer"].isin(ANSWERS[:2])
    long = long.assign(ww=long["weight"] ** 2, wy=long["weight"] * top, wwy=long["weight"] ** 2 * top)
    grouped = long.groupby(["wave", "question", "area"])
    return grouped.agg(
        n=("weight", "size"), w=("weight", "sum"), ww=("ww", "sum"), wy=("wy", "sum"), wwy=("wwy", "sum")
    )


def by_svy(frame: pd.DataFrame) -> tuple[pd.DataFrame, float] | None:
    """What svy makes of every wave, and the seconds it took without recoding; None where it is not installed."""
    try:
        import polars
        from svy import Design, Sample
    except ImportError:
        return None
    told, taken = [], 0.0
    for wave, own in frame.groupby("wave"):
        known = {key: own[key].notna() & (own[key] != "Don't know") for key in KEYS}
        scores = {key: own[key].isin(ANSWERS[:2]).astype(float).where(known[key]).to_numpy() for key in KEYS}
        table = polars.DataFrame({"area": own["area"].to_list(), "weight": own["weight"].to_numpy()} | scores)
        sample = Sample(table.fill_nan(None), Design(wgt="weight"))
        start = time.perf_counter()
        found = sample.estimation.prop(KEYS, by="area", drop_nulls=True)
        taken += time.perf_counter() - start
        for key, each in zip(KEYS, found, strict=True):
            rows = pd.DataFrame(each.to_polars().select("area", key, "est", "se").to_dicts())
            told.append(rows[rows[key] == 1].assign(wave=wave, question=key))
    return pd.concat(told)[["wave", "question", "area", "est", "se"]], taken


def apart(told: pd.DataFrame, theirs: pd.DataFrame) -> tuple[float, float]:
    """The largest differences of share and standard error, the latter relative."""
    own = told[told["measure"] == "top"].merge(
        theirs.rename(columns={"area": "group"}), on=["wave", "question", "group"], validate="1:1"
    )
    if len(own) != len(theirs):
        raise ValueError(f"{len(theirs):,} cells are svy's, {len(own):,} of them the product's too.")
    share = (own["estimate"] - own["est"]).abs().max()
    return float(share), float((own["standard_error"] / own["se"] - 1).abs().max())


def timed(work: Callable[[], object], runs: int) -> float:
    """Median seconds."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print the ratios beside their goals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--respondents", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    frame = respondents(asked.respondents)
    backend = connect()
    rows = attach(frame, backend)

    def product() -> pd.DataFrame:
        counted = survey_sums(rows, PROFILE, by="area")
        return estimates(counted.sums, counted.design)

    told = product()  # warm, and what the others are held to
    own = timed(product, asked.runs)
    sums = timed(lambda: survey_sums(rows, PROFILE, by="area"), asked.runs)
    statements = [unpivoted(), one_statement()]
    plain = min(timed(lambda text=text: backend.con.execute(text).fetchall(), asked.runs) for text in statements)
    melt = timed(lambda: melted(frame), 1)
    print(f"{asked.respondents:,} respondents, {QUESTIONS} questions, {AREAS} areas, {WAVES} waves: {len(told):,} rows")
    print(f"product {own:.2f} s, of which sums {sums:.2f} s")
    print(f"to one DuckDB statement ({plain:.2f} s): {own / plain:.1f} times (goal: at most 3)")
    if svy := by_svy(frame):
        share, error = apart(told, svy[0])
        print(f"svy ({svy[1]:.1f} s): {svy[1] / own:.0f} times slower than the product (goal: at least 20);")
        print(f"  shares differ by {share:.1e} at most, standard errors by {error:.1e} of themselves")
    else:
        print("svy is not installed: pip install svy, into an environment of its own")
    print(f"pandas melt and group ({melt:.2f} s): {melt / own:.1f} times slower than the product (goal: at least 3)")


if __name__ == "__main__":
    main()
