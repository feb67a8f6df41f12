"""Between areas: R's answers, another library's, and the ends."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.shrinkage import between_areas
from tests.surveys import ALIKE, known


def test_rs_answers() -> None:
    for question, own in known("survey_shrink_rank").groupby("question"):
        found = between_areas(own["p"].tolist(), own["var"].tolist())
        columns = {"tau2": found.variance, "mu": found.mean, "cochran_q": found.q, "q_df": found.df, "q_p": found.p}
        for name, mine in columns.items():
            assert own[name].iloc[0] == pytest.approx(mine, abs=ALIKE), (question, name)
        assert np.abs(found.shrunk - own["shrunk"]).max() <= ALIKE
        assert np.abs(found.weight_on_own - own["weight_on_own"]).max() <= ALIKE


def test_another_librarys_answer() -> None:
    """statsmodels 0.15, combine_effects(method_re="iterated", atol=1e-15)."""
    values = [0.61, 0.74, 0.68, 0.70, 0.79, 0.66, 0.72, 0.55, 0.69, 0.73]
    variances = [0.0018, 0.0012, 0.0016, 0.0009, 0.0014, 0.0021, 0.0011, 0.0030, 0.0015, 0.0013]
    mine = between_areas(values, variances)
    assert mine.variance == pytest.approx(0.002593377676223348, abs=1e-12)
    assert mine.mean == pytest.approx(0.6930722179512409, abs=1e-9)
    assert mine.q == pytest.approx(21.25350015687036, abs=1e-9)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(1e-5, 0.01)), min_size=2, max_size=12))
def test_shrinking_goes_towards_the_mean_and_never_past_it(areas: list[tuple[float, float]]) -> None:
    values, variances = zip(*areas, strict=True)
    found = between_areas(values, variances)
    assert found.variance >= 0
    assert ((found.weight_on_own >= 0) & (found.weight_on_own <= 1)).all()
    y = np.array(values)
    assert (np.abs(found.shrunk - found.mean) <= np.abs(y - found.mean) + 1e-12).all()
    assert min(values) - 1e-12 <= found.mean <= max(values) + 1e-12


def test_values_alike_are_one_value() -> None:
    found = between_areas([0.7, 0.7, 0.7], [0.001, 0.002, 0.003])
    assert (found.variance, found.q, found.p) == (0.0, 0.0, 1.0)
    assert found.shrunk.tolist() == pytest.approx([0.7] * 3)


def test_what_is_missing_is_left_out() -> None:
    found = between_areas([0.6, math.nan, 0.8], [0.001, 0.001, 0.001])
    assert (found.areas, found.df) == (2, 1)
    assert np.isnan(found.shrunk).tolist() == [False, True, False]
    assert between_areas([math.nan], [math.nan]).areas == 0
    one = between_areas([0.6], [0.001])
    assert math.isnan(one.q)
    assert one.shrunk.tolist() == [0.6]


def test_a_value_needs_a_variance_above_0() -> None:
    with pytest.raises(ValueError, match=r"above 0, not 0\.0"):
        between_areas([0.5], [0.0])
