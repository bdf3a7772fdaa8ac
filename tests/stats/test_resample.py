"""The bootstrap draws what it should, in pieces that fit in memory, and repeats itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats import resample
from gapkit.stats.resample import bootstrap_weights, deal, percentile_interval, resampled_totals


@given(st.integers(1, 50), st.integers(1, 40))
def test_weights_are_counts_of_picks(n: int, replicates: int) -> None:
    """Every replicate picks n units, and there are as many replicates as asked for."""
    weights = np.concatenate(list(bootstrap_weights(n, replicates, np.random.default_rng(1))))

    assert (replicates, n) == weights.shape
    assert (weights.sum(axis=1) == n).all()


def test_weights_have_multinomial_moments() -> None:
    """Each unit is picked once on average, with variance 1 - 1/n."""
    weights = np.concatenate(list(bootstrap_weights(10, 40_000, np.random.default_rng(2))))

    assert np.ones(10) == pytest.approx(weights.mean(axis=0), abs=0.02)
    assert np.full(10, 0.9) == pytest.approx(weights.var(axis=0), abs=0.03)


def test_weights_come_in_blocks_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """No block holds more weights than the limit, and the blocks do not change what is drawn."""
    whole = np.concatenate(list(bootstrap_weights(10, 25, np.random.default_rng(3))))
    monkeypatch.setattr(resample, "CHUNK_WEIGHTS", 40)

    blocks = list(bootstrap_weights(10, 25, np.random.default_rng(3)))

    assert max(block.size for block in blocks) <= 40
    assert (whole == np.concatenate(blocks)).all()


def test_totals_do_not_depend_on_row_order() -> None:
    """The same units in another order give the same replicates, to the last bit."""
    table = np.random.default_rng(4).lognormal(size=(30, 3))

    forward, backward = (resampled_totals(rows, 20, np.random.default_rng(5)) for rows in (table, table[::-1]))

    assert (forward == backward).all()


def test_units_are_dealt_into_equal_hands() -> None:
    """Beyond the limit every unit is in one of `MOST_UNITS` hands, and hands differ by at most one unit."""
    sizes = np.bincount(deal(5_003, np.random.default_rng(6)))

    assert (resample.MOST_UNITS, 5_003) == (len(sizes), sizes.sum())
    assert {2, 3} == set(sizes)


def test_percentile_interval_leaves_out_replicates_without_a_value() -> None:
    """A replicate in which the statistic does not exist says nothing; if none is left, there is no interval."""
    interval = percentile_interval(2.0, [1.0, 2.0, 3.0, np.nan, np.inf], level=0.5)

    assert (2.0, 1.5, 2.5) == interval
    with pytest.raises(ValueError, match="no replicate"):
        percentile_interval(2.0, [np.nan])


@given(st.lists(st.floats(-10, 10), min_size=2), st.floats(0.5, 0.98))
def test_percentile_interval_widens_with_the_level(draws: list[float], level: float) -> None:
    """More confidence costs precision."""
    narrow, wide = percentile_interval(0, draws, level), percentile_interval(0, draws, level + 0.01)

    assert wide.low <= narrow.low <= narrow.high <= wide.high
