"""The sums hold all that a standard error needs: those of R's survey package, and of every cluster's own total."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.engine import attach
from data.queries import Measure, sample_design, weighted_sums

TOP = {"Yes": 1.0, "No": 0.0}


def taylor(sums: Iterable[Any], design: pd.DataFrame) -> tuple[float, float]:
    """Share and Taylor standard error of one group, from its sums by stratum: what analysis will make of them."""
    strata = list(sums)
    total = sum(each.sum_w for each in strata)
    p = sum(each.sum_wy for each in strata) / total
    variance = 0.0
    for each in strata:
        [whole] = design[design["stratum"] == each.stratum].itertuples() if "stratum" in design else design.itertuples()
        squares = each.psu_yy - 2 * p * each.psu_wy + p * p * each.psu_ww
        mean = (each.sum_wy - p * each.sum_w) / whole.psus
        kept = 1 - whole.psus / whole.population if whole.population == whole.population else 1.0
        variance += kept * whole.psus / (whole.psus - 1) * (squares - whole.psus * mean**2)
    return p, math.sqrt(variance) / total


@pytest.mark.parametrize(
    ("design", "words"),
    [
        ("strat_fpc", {"stratum": "stype", "population": "fpc"}),
        ("strat_nofpc", {"stratum": "stype"}),
        ("weights_only", {}),
    ],
)
def test_shares_and_standard_errors_are_those_of_r(reference: Path | None, design: str, words: dict[str, str]) -> None:
    if reference is None:
        pytest.skip("no reference material")
    frame = pd.read_csv(reference / "oracles" / "inputs" / "apistrat.csv")
    frame["one"] = "one"
    expected = pd.read_csv(reference / "oracles" / "expected" / f"apistrat_{design}.csv").set_index(
        ["outcome", "domain"]
    )
    questions = {"y_awards": "awards", "y_schwide": "sch.wide", "y_both": "both"}
    questions = {name: column for name, column in questions.items() if (name, "ALL") in expected.index}
    assert "y_awards" in questions
    rows = attach(frame)
    for domain, by in [("ALL", "one"), *[(f"stype={kind}", "stype") for kind in "EMH"]]:
        stratum = words.get("stratum") or "one"
        measures = [Measure(name, "top", {"Yes": 1, "No": 0}) for name in questions]
        sums = weighted_sums(rows, questions, measures, by=[by], weight="pw", stratum=stratum)
        whole = sample_design(rows, weight="pw", stratum=stratum, population=words.get("population"))
        for name in questions:
            own = sums[(sums["question"] == name) & (sums[by] == domain.removeprefix("stype=").replace("ALL", "one"))]
            p, error = taylor(own.itertuples(), whole)
            assert p == pytest.approx(expected.loc[(name, domain), "p"], abs=1e-10)
            assert error == pytest.approx(expected.loc[(name, domain), "se"], abs=1e-10)
            assert own["n"].sum() == expected.loc[(name, domain), "n"]


def test_cluster_sums_give_the_standard_error_that_every_clusters_own_total_gives() -> None:
    chance = np.random.default_rng(7)
    size = 400
    frame = pd.DataFrame({"s": chance.integers(0, 3, size), "street": chance.integers(0, 12, size)})
    frame["q"] = np.where(chance.random(size) < 0.3 + 0.03 * frame["street"], "Yes", "No")
    frame["area"] = chance.choice(["N", "S"], size)
    frame["w"] = chance.gamma(4, 0.25, size)
    rows = attach(frame)
    sums = weighted_sums(
        rows, {"Q": "q"}, [Measure("Q", "top", TOP)], by=["area"], weight="w", stratum="s", cluster="street"
    )
    design = sample_design(rows, weight="w", stratum="s", cluster="street")
    for area in "NS":
        p, error = taylor(sums[sums["area"] == area].itertuples(), design)
        inside = frame["area"] == area
        total = frame.loc[inside, "w"].sum()
        z = frame["w"] * ((frame["q"] == "Yes") - p) / total * inside
        variance = 0.0
        for _, psus in z.groupby([frame["s"], frame["street"]]).sum().groupby("s"):
            variance += len(psus) / (len(psus) - 1) * ((psus - psus.mean()) ** 2).sum()
        assert error == pytest.approx(math.sqrt(variance), rel=1e-9)
