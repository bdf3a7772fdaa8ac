"""Two rates compared, against published intervals, independent enumeration, and simple symmetries."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gapkit.stats.differences import boschloo, fisher, minimum_detectable_difference, newcombe_difference

GROUP = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1),
        ((10, 10), (0, 10), 0.6075, 1),
    ],
)
def test_newcombe_difference_matches_the_paper(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe (1998), Stat Med 17, 873-890, table II, method 10."""
    interval = newcombe_difference(*first, *second)

    assert (low, high) == (pytest.approx(interval.low, abs=1e-4), pytest.approx(interval.high, abs=1e-4))


@given(GROUP, GROUP)
def test_swapping_the_groups_flips_the_difference(first: tuple[int, int], second: tuple[int, int]) -> None:
    """After minus before is the negative of before minus after."""
    forward, backward = newcombe_difference(*first, *second), newcombe_difference(*second, *first)

    assert (-forward.value, -forward.high, -forward.low) == pytest.approx(tuple(backward))


@given(GROUP, GROUP, st.floats(0.5, 0.98))
def test_newcombe_difference_widens_with_the_level(first: tuple[int, int], second: tuple[int, int], level: float) -> None:
    """More confidence costs precision, and the estimate stays inside."""
    narrow, wide = (newcombe_difference(*first, *second, at) for at in (level, level + 0.01))

    assert -1 <= wide.low <= narrow.low <= narrow.value <= narrow.high <= wide.high <= 1


def test_fisher() -> None:
    """R fisher.test(matrix(c(56, 14, 48, 32), 2)): p = 0.01252."""
    result = fisher(56, 70, 48, 80)

    assert ("Fisher", 0.01252) == (result.method, round(result.p_value, 5))


def test_boschloo_matches_scipy_documentation() -> None:
    """scipy.stats.boschloo_exact, 74 of 117 against 31 of 63: one-sided 0.0355, and the two-sided p is twice it."""
    result = boschloo(74, 117, 31, 63)

    assert ("Boschloo", pytest.approx(2 * 0.0355, abs=2e-4)) == (result.method, result.p_value)


def boschloo_by_enumeration(x1: int, n1: int, x2: int, n2: int) -> float:
    """Return twice the smaller one-sided p: for each common rate, add up all tables with a Fisher p as small as seen."""
    first, second = np.arange(n1 + 1)[:, None], np.arange(n2 + 1)[None, :]
    both = []
    for tail in (
        stats.hypergeom.sf(first - 1, n1 + n2, first + second, n1),
        stats.hypergeom.cdf(first, n1 + n2, first + second, n1),
    ):
        extreme = tail <= tail[x1, x2] * (1 + 1e-9)
        grid = np.linspace(0.005, 0.995, 199)
        both.append(max(stats.binom.pmf(first[:, 0], n1, p) @ extreme @ stats.binom.pmf(second[0], n2, p) for p in grid))
    return 2 * min(both)


def test_boschloo_treats_the_groups_as_the_samples() -> None:
    """56/70 v 48/80 gives .00884 by enumeration; a table with groups as rows would test 104 and 46 units: .00809."""
    result = boschloo(56, 70, 48, 80)

    assert pytest.approx(boschloo_by_enumeration(56, 70, 48, 80), rel=1e-3) == result.p_value
    assert 0.00884 == round(result.p_value, 5)


def test_boschloo_hands_over_to_fisher_when_large() -> None:
    """Beyond 100,000 cells the answer is Fisher's, and says so."""
    result = boschloo(300, 500, 250, 500)

    assert fisher(300, 500, 250, 500) == result


@pytest.mark.parametrize(
    ("n_after", "equal_before", "twice_before"),
    [(20, 38, 34), (30, 32, 29), (40, 29, 25), (60, 24, 21), (80, 21, 18), (100, 19, 16), (150, 16, 14), (200, 14, 12)],
)
def test_minimum_detectable_difference_matches_the_table(n_after: int, equal_before: int, twice_before: int) -> None:
    """The table of detectable improvements from a 55 % baseline in docs/method.md, to one percentage point."""
    ours = [100 * minimum_detectable_difference(k * n_after, n_after, 0.55) for k in (1, 2)]

    assert [equal_before, twice_before] == pytest.approx(ours, abs=1)


def test_minimum_detectable_difference_has_the_power_it_promises() -> None:
    """With the true difference it names, a pooled z-test rejects in 80 % of 20,000 simulated comparisons."""
    rng, n = np.random.default_rng(4), 80
    difference = minimum_detectable_difference(n, n, 0.55)
    before, after = rng.binomial(n, 0.55, 20_000), rng.binomial(n, 0.55 + difference, 20_000)
    pooled = (before + after) / (2 * n)

    power = np.mean((after - before) / n > 1.959964 * np.sqrt(pooled * (1 - pooled) * 2 / n))

    assert pytest.approx(0.80, abs=0.02) == power


def test_minimum_detectable_difference_says_when_there_is_none() -> None:
    """From 95 % with ten units not even perfection would show."""
    assert math.inf == minimum_detectable_difference(10, 10, 0.95)


@pytest.mark.parametrize("arguments", [(0, 10, 0.5), (10, 10, 0.0), (10, 10, 1.0)])
def test_minimum_detectable_difference_refuses_nonsense(arguments: tuple[int, int, float]) -> None:
    """A period without units, or a rate that cannot improve."""
    with pytest.raises(ValueError, match="need units"):
        minimum_detectable_difference(*arguments)
