"""Places over replicates, by hand and by what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gapkit.stats.rank_intervals import rank_uncertainty

REPLICATES = arrays(np.float64, st.tuples(st.integers(1, 30), st.integers(2, 5)), elements=st.integers(0, 3).map(float))


def test_places_by_hand() -> None:
    """Ten replicates: A first in 8, B in 2; B is below C once."""
    replicates = np.array([[3, 2, 1]] * 7 + [[2, 3, 1]] * 2 + [[3, 1, 2]])

    places = rank_uncertainty(replicates, level=0.7)

    assert [0.8, 0.2, 0] == pytest.approx(places.first)
    assert [1, 0.9, 0.1] == pytest.approx(places.top_two)
    assert ([1, 1, 3], [2, 2, 3]) == (places.low.tolist(), places.high.tolist())
    assert (0.8, 0.9, 1) == pytest.approx((places.before[0, 1], places.before[1, 2], places.before[0, 2]))
    assert (0, 1) == places.tied_for_first


def test_ties_share_places() -> None:
    """Two tied for the first place have half of it each, and the third shares nothing; all three tied have 2/3 of two."""
    two, three = rank_uncertainty([[5, 5, 1]]), rank_uncertainty([[5, 5, 5]])

    assert ([0.5, 0.5, 0], [1, 1, 0]) == (two.first.tolist(), two.top_two.tolist())
    assert ([1, 1, 3], [2, 2, 3]) == (two.low.tolist(), two.high.tolist())
    assert [2 / 3] * 3 == pytest.approx(three.top_two)


@given(REPLICATES, st.floats(0.5, 0.95))
def test_what_must_hold_of_places(replicates: np.ndarray, level: float) -> None:
    """Places are handed out once, one of two comes before the other, and more confidence leaves more places open."""
    narrow, wide = rank_uncertainty(replicates, level), rank_uncertainty(replicates, level + 0.04)

    assert (1, 2) == pytest.approx((narrow.first.sum(), narrow.top_two.sum()))
    assert np.ones_like(narrow.before) == pytest.approx(narrow.before + narrow.before.T)
    assert (1 <= wide.low).all()
    assert (wide.low <= narrow.low).all()
    assert (narrow.low <= narrow.high).all()
    assert (narrow.high <= wide.high).all()
    assert (wide.high <= replicates.shape[1]).all()


@given(REPLICATES)
def test_turning_the_order_round_turns_the_places(replicates: np.ndarray) -> None:
    """First from one end is last from the other."""
    forward, backward = rank_uncertainty(replicates), rank_uncertainty(-replicates)

    assert (replicates.shape[1] + 1 - forward.high).tolist() == backward.low.tolist()
    assert forward.before == pytest.approx(backward.before.T)


def test_intervals_cover_the_true_place() -> None:
    """Five values half a standard error apart: 90 % intervals from normal replicates hold the true place in 88 %."""
    rng, true = np.random.default_rng(13), np.arange(5) / 2
    held = []
    for _ in range(300):
        seen = true + rng.normal(size=5)
        places = rank_uncertainty(seen + rng.normal(size=(500, 5)))
        held.append((places.low <= 5 - np.arange(5)) & (5 - np.arange(5) <= places.high))

    assert np.mean(held) >= 0.88


def test_missing_replicates_are_refused() -> None:
    """A value that does not exist has no place."""
    with pytest.raises(ValueError, match="none missing"):
        rank_uncertainty([[1, np.nan]])
