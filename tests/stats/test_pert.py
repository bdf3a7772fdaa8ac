"""Three-point estimates: the mean everyone uses, the distribution behind it, and points that coincide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gapkit.stats.pert import pert_draws, pert_mean, pert_quantile

POINTS = st.lists(st.floats(-100, 1000), min_size=3, max_size=3).map(sorted)


def test_mean_of_two_five_fourteen() -> None:
    """(2 + 4 * 5 + 14) / 6 = 6, and draws average it."""
    draws = pert_draws(2, 5, 14, 200_000, np.random.default_rng(1))

    assert 6 == pert_mean(2, 5, 14)
    assert 6 == pytest.approx(draws.mean(), abs=0.02)
    assert 2 <= draws.min() < draws.max() <= 14


def test_draws_follow_the_beta_distribution() -> None:
    """2, 5, 14 is Beta(2, 4) stretched over 2 to 14: quantiles by SciPy, and its variance (6 - 2)(14 - 6) / 7."""
    probability = np.linspace(0.01, 0.99, 9)

    assert stats.beta(2, 4, 2, 12).ppf(probability) == pytest.approx(pert_quantile(2, 5, 14, probability))
    assert 32 / 7 == pytest.approx(pert_draws(2, 5, 14, 200_000, np.random.default_rng(2)).var(), rel=0.02)


@given(POINTS, st.floats(0, 1), st.floats(0, 1))
def test_quantiles_rise_within_the_limits(points: list[float], first: float, second: float) -> None:
    """Whatever the points, coinciding ones included, quantiles lie between them and never fall."""
    low, mode, high = points
    lesser, greater = pert_quantile(low, mode, high, sorted([first, second]))

    assert low <= lesser <= greater <= high


def test_points_that_coincide_are_certain() -> None:
    """Low = mode = high is a number, and its draws are all it."""
    assert [7.0] * 3 == pert_draws(7, 7, 7, 3, np.random.default_rng(1)).tolist()
    assert 7 == pert_mean(7, 7, 7)


@pytest.mark.parametrize(("mode", "side"), [(0, "low"), (10, "high")])
def test_mode_at_an_end_leans_to_it(mode: float, side: str) -> None:
    """The most likely value may be an end: the median lies in that half."""
    median = float(pert_quantile(0, mode, 10, 0.5))

    assert (median < 5) == (side == "low")


def test_one_probability_moves_all_together() -> None:
    """Two rates read at the same probabilities are in the same order, draw by draw."""
    chance = np.random.default_rng(3).random(50)

    junior, senior = pert_quantile(20, 30, 60, chance), pert_quantile(80, 90, 200, chance)

    assert np.argsort(junior).tolist() == np.argsort(senior).tolist()


@pytest.mark.parametrize("points", [(5, 2, 14), (2, 15, 14), (2, float("nan"), 14), (0, 1, float("inf"))])
def test_points_out_of_order_are_refused(points: tuple[float, float, float]) -> None:
    """A mode outside, or a point missing."""
    with pytest.raises(ValueError, match="in this order"):
        pert_mean(*points)
