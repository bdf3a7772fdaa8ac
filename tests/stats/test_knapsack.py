from __future__ import annotations

import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.knapsack import knapsack, selection_frequency


def test_the_textbook_knapsack() -> None:
    """Values 60, 100, 120 of weights 10, 20, 30 under 50: items 2 and 3, worth 220 (Cormen et al., 0-1 knapsack)."""
    values = [60, 100, 120]
    chosen = knapsack(values, [10, 20, 30], 50)

    assert (1, 2) == chosen
    assert 220 == sum(values[place] for place in chosen)


def test_nothing_of_value_is_nothing_chosen() -> None:
    """Options that cost more than they bring are never taken, and a limit below 0 lets nothing in."""
    assert () == knapsack([-1, 0], [0, 0])
    assert () == knapsack([5], [1], -1)
    assert () == knapsack([], [])


def test_options_apart_are_not_taken_together() -> None:
    """Two ways to do the same: the better of the two, and the third."""
    assert (1, 2) == knapsack([5, 6, 1], [0, 0, 0], apart=[(0, 1)])


def test_negative_weights_are_refused() -> None:
    """A weight below 0 is a mistake, not a gift."""
    with pytest.raises(ValueError, match="0 or more"):
        knapsack([1], [-1])


@given(st.lists(st.tuples(st.integers(-20, 50), st.integers(0, 20)), min_size=1, max_size=7), st.integers(0, 40),
       st.integers(1, 3))  # fmt: skip
def test_no_choice_is_better(options: list[tuple[int, int]], limit: int, at_most: int) -> None:
    """The integer program, the count over draws and trying every choice by hand agree on the highest value."""
    values, weights = zip(*options, strict=True)
    best = max(
        sum(values[place] for place in some)
        for size in range(at_most + 1)
        for some in combinations(range(len(values)), size)
        if sum(weights[place] for place in some) <= limit
    )
    share = selection_frequency(np.array([values], dtype=float), weights, limit, at_most=at_most)

    assert best == sum(values[place] for place in knapsack(values, weights, limit, at_most=at_most))
    assert share is not None
    assert best == sum(values[place] for place in np.flatnonzero(share))


def test_frequency_counts_draws() -> None:
    """The better of two apart in three draws of four, the other in the fourth; the one without value in none."""
    draws = np.array([[2.0, 1, -1], [2, 1, -1], [2, 1, -1], [1, 2, -1]])

    share = selection_frequency(draws, [0, 0, 0], at_most=3, apart=[(0, 1)])

    assert [0.75, 0.25, 0] == share.tolist()


def test_a_thousand_knapsacks_take_less_than_a_second() -> None:
    """Twenty options, three at most, a thousand draws."""
    draws = np.random.default_rng(1).normal(size=(1000, 20))
    begun = time.process_time()

    share = selection_frequency(draws, np.ones(20), 2, at_most=3)

    assert time.process_time() - begun < 1
    assert share.sum() == pytest.approx(2, abs=0.01)


def test_too_many_choices_are_not_counted() -> None:
    """With a hundred options nobody tries every three: the answer is that it is not known."""
    assert selection_frequency(np.ones((10, 100)), np.ones(100), at_most=3) is None
