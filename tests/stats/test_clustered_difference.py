from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.clustered_difference import clustered_difference
from gapkit.stats.differences import newcombe_difference


def counts(x, n):
    return np.array([True] * x + [False] * (n - x))


def test_single_units_give_newcombes_interval():
    """56/70 v 48/80: .0524 to .3339 (Newcombe 1998b), but for the t quantile."""
    found = clustered_difference(counts(56, 70), range(70), counts(48, 80), range(80))
    plain = newcombe_difference(56, 70, 48, 80)

    assert found.value == pytest.approx(plain.value)
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high), abs=0.004)
    assert found.low < plain.low
    assert found.deff == pytest.approx(1.0, abs=0.02)


def test_units_that_repeat_each_other_count_once():
    """Every unit twice in its cluster: a design effect of 2, and the interval of the single units."""
    single = clustered_difference(counts(20, 30), range(30), counts(15, 30), range(30))
    doubled = clustered_difference(
        np.repeat(counts(20, 30), 2), np.repeat(range(30), 2), np.repeat(counts(15, 30), 2), np.repeat(range(30), 2)
    )

    assert doubled.deff == pytest.approx(2 * 30 / 29)
    assert (doubled.low, doubled.high) == pytest.approx((single.low, single.high), abs=0.01)


def test_the_design_effect_is_that_of_a_cluster_robust_regression():
    """Variance of a rate by clusters: statsmodels OLS on a constant with cluster errors."""
    rng = np.random.default_rng(3)
    cluster = np.repeat(np.arange(25), 4)
    success = rng.random(100) < np.repeat(rng.beta(1, 1, 25), 4)
    fit = sm.OLS(success.astype(float), np.ones(100)).fit(
        cov_type="cluster", cov_kwds={"groups": cluster, "use_correction": False}
    )
    rate = success.mean()

    found = clustered_difference(success, cluster, success, cluster)

    assert found.deff == pytest.approx(fit.bse[0] ** 2 * 25 / 24 / (rate * (1 - rate) / 100))


def test_equal_rates_of_zero_differ_by_nothing():
    """Nobody on either side: no difference, p = 1."""
    found = clustered_difference(counts(0, 12), range(12), counts(0, 15), range(15))

    assert (found.value, found.p_value) == (0.0, 1.0)


def test_one_cluster_is_refused():
    """How clusters differ cannot be known from one."""
    with pytest.raises(ValueError, match="2 or more"):
        clustered_difference([1, 0], ["a", "a"], [1, 0], ["a", "b"])


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=20, max_size=40))
def test_the_order_of_rows_and_the_sides_change_nothing_but_the_sign(units):
    """Same interval whatever the order; exchanged sides mirror it."""
    success, cluster = zip(*units, strict=True)
    cluster = (*cluster[:-2], 98, 99)
    there = clustered_difference(success, cluster, counts(9, 20), range(20))
    back = clustered_difference(counts(9, 20), range(20), success[::-1], cluster[::-1])

    assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low))
    assert there.low <= there.value <= there.high
