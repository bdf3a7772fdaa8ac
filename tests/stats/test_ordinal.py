"""Ordinal measures against R, SciPy, complete enumeration and simple symmetries."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gapkit.stats import ordinal
from gapkit.stats.ordinal import cliffs_delta, rate_trend, somers_d

ANSWERS = st.lists(st.integers(1, 5), min_size=2, max_size=30)
PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=4, max_size=30).filter(
    lambda pairs: all(len(set(values)) > 1 for values in zip(*pairs, strict=True))
)


def test_cliffs_delta_matches_effsize() -> None:
    """R effsize::cliff.delta, the example of its manual: -0.25, 95 % limits -0.7265846 and 0.3890062."""
    delta = cliffs_delta([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50])

    assert (-0.25, -0.7265846, 0.3890062) == pytest.approx(delta, abs=1e-7)


@given(ANSWERS, ANSWERS)
def test_cliffs_delta_is_the_rank_sum_statistic(first: list[int], second: list[int]) -> None:
    """Delta is 2 U / (n1 n2) - 1 with Mann and Whitney's U, ties counting one half."""
    u = stats.mannwhitneyu(first, second, method="asymptotic").statistic

    assert 2 * u / (len(first) * len(second)) - 1 == pytest.approx(cliffs_delta(first, second).value)


@given(ANSWERS, ANSWERS, st.floats(0.5, 0.98))
def test_cliffs_delta_limits(first: list[int], second: list[int], level: float) -> None:
    """Limits contain the estimate, stay in -1..1, widen with the level and swap with the groups."""
    narrow, wide = cliffs_delta(first, second, level), cliffs_delta(first, second, level + 0.01)
    backward = cliffs_delta(second, first, level)

    assert -1 <= wide.low <= narrow.low <= narrow.value <= narrow.high <= wide.high <= 1
    assert narrow.low < narrow.high
    assert (-narrow.value, -narrow.high, -narrow.low) == pytest.approx(backward)


def test_groups_that_do_not_overlap_still_have_an_interval() -> None:
    """Ten above ten: Wilson's lower limit of 10 of 10 is .7225, so delta is at least 2 * .7225 - 1 = .4449."""
    assert (1, 0.4449, 1) == pytest.approx(cliffs_delta(range(10, 20), range(10)), abs=1e-4)
    assert (-1, -1, -0.4449) == pytest.approx(cliffs_delta(range(10), range(10, 20)), abs=1e-4)


def test_a_single_value_is_no_group() -> None:
    """One leader against five others: the variance does not exist."""
    with pytest.raises(ValueError, match="groups of 1 and 5 values"):
        cliffs_delta([3], [1, 2, 3, 4, 5])


def test_cliffs_delta_covers() -> None:
    """Five-point answers of 12 leaders and 25 others, one scale point apart: at least 93 % of 600 intervals hold delta."""
    rng = np.random.default_rng(6)
    first, second = np.array([0.1, 0.2, 0.3, 0.3, 0.1]), np.array([0.2, 0.3, 0.3, 0.1, 0.1])
    true = sum(first[i] * second[j] * np.sign(i - j) for i in range(5) for j in range(5))

    intervals = [cliffs_delta(rng.choice(5, 12, p=first), rng.choice(5, 25, p=second)) for _ in range(600)]

    assert np.mean([interval.low <= true <= interval.high for interval in intervals]) >= 0.93


def test_somers_d_matches_scipy_documentation() -> None:
    """scipy.stats.somersd, hotel cleanliness against satisfaction: .6032766."""
    table = np.array([[27, 25, 14, 7, 0], [7, 14, 18, 35, 12], [1, 3, 2, 7, 17]])
    cleanliness, satisfaction = (np.repeat(codes.ravel(), table.ravel()) for codes in np.indices(table.shape))

    association = somers_d(cleanliness, satisfaction, seed=1)

    assert (0.6032766, 189) == (pytest.approx(association.value, abs=1e-7), association.n)
    assert 2 / 2001 == pytest.approx(association.p_value)


@given(PAIRS)
def test_somers_d_is_scipys(pairs: list[tuple[int, int]]) -> None:
    """Whatever the ties, D is scipy.stats.somersd of the same data."""
    first, second = zip(*pairs, strict=True)

    association = somers_d(first, second, seed=1, replicates=20)

    assert stats.somersd(first, second).statistic == pytest.approx(association.value, abs=1e-12)


def test_somers_d_permutation_test_matches_enumeration() -> None:
    """Six units: the p-value is twice the smaller tail of all 720 orders."""
    first, second = np.array([1, 1, 2, 2, 3, 4]), np.array([2, 1, 1, 3, 3, 4])
    value = stats.somersd(first, second).statistic
    every = np.array([stats.somersd(first[list(order)], second).statistic for order in permutations(range(6))])
    exact = 2 * min(np.mean(every >= value - 1e-12), np.mean(every <= value + 1e-12))

    association = somers_d(first, second, replicates=20_000, seed=3)

    assert exact == pytest.approx(association.p_value, abs=0.008)


def test_somers_d_compares_within_strata_only() -> None:
    """Two kinds of work differ in both things and show nothing within: a small p without strata, a large one with."""
    rng = np.random.default_rng(8)
    kind = np.repeat([0, 1], 40)
    first, second = 3 * kind + rng.integers(0, 3, 80), 3 * kind + rng.integers(0, 3, 80)

    crude, stratified = (somers_d(first, second, strata, seed=1) for strata in (None, kind))

    assert crude.p_value < 0.001
    assert stratified.p_value > 0.1
    assert crude.value == stratified.value


def test_somers_d_does_not_depend_on_row_order_or_block_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same data in another order give the same interval and test; smaller blocks of memory only shuffle anew."""
    rng = np.random.default_rng(9)
    first, second, kind = rng.integers(0, 4, 50), rng.integers(0, 5, 50), rng.integers(0, 3, 50)
    forward = somers_d(first, second, kind, seed=1, replicates=100)
    order = rng.permutation(50)
    backward = somers_d(first[order], second[order], kind[order], seed=1, replicates=100)
    monkeypatch.setattr(ordinal, "CHUNK_CELLS", 700)
    in_blocks = somers_d(first, second, kind, seed=1, replicates=100)

    assert forward == backward
    assert forward[:3] == in_blocks[:3]
    assert forward.p_value == pytest.approx(in_blocks.p_value, abs=0.1)


def test_somers_d_bootstrap_has_the_asymptotic_standard_error() -> None:
    """The interval is about 2 * 1.96 times the delta-method error, which equals that of Goodman and Kruskal's theory."""
    rng = np.random.default_rng(10)
    first = rng.integers(0, 4, 300)
    second = first + rng.integers(0, 4, 300)
    spread = np.std([somers_of_resample(first, second, rng) for _ in range(400)])

    association = somers_d(first, second, seed=1)

    assert 2 * 1.96 * spread == pytest.approx(association.high - association.low, rel=0.12)


def somers_of_resample(first: np.ndarray, second: np.ndarray, rng: np.random.Generator) -> float:
    """SciPy's D of one resample."""
    picked = rng.integers(0, len(first), len(first))
    return float(stats.somersd(first[picked], second[picked]).statistic)


def test_somers_d_needs_something_that_varies() -> None:
    """Nothing can follow a constant."""
    with pytest.raises(ValueError, match="same value throughout"):
        somers_d([1, 1, 1], [1, 2, 3], seed=1)


def test_trend_matches_the_textbook_statistic() -> None:
    """20, 15, 8 of 30: linear-by-linear z 3.0842, Cochran-Armitage 3.1015 by Agresti's formula (2013, section 5.3.5)."""
    x, n, score = np.array([20, 15, 8]), np.array([30, 30, 30]), np.arange(3)
    rate = x.sum() / n.sum()
    rise = (x * score).sum() - rate * (n * score).sum()
    armitage = rise / np.sqrt(rate * (1 - rate) * ((n * score**2).sum() - (n * score).sum() ** 2 / n.sum()))

    trend = rate_trend(x, n)

    assert (-3.0842, -3.1015) == (round(trend.z, 4), round(armitage, 4))
    assert armitage * np.sqrt(89 / 90) == pytest.approx(trend.z)
    assert 2 * stats.norm.sf(3.0842) == pytest.approx(trend.p_value, rel=1e-3)


@given(st.lists(st.integers(1, 20).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=5))
def test_reversing_the_scale_reverses_the_trend(groups: list[tuple[int, int]]) -> None:
    """Rising one way is falling the other, with the same p-value."""
    x, n = zip(*groups, strict=True)
    forward, backward = rate_trend(x, n), rate_trend(x[::-1], n[::-1])

    assert (-forward.z, forward.p_value) == pytest.approx(backward, abs=1e-9)


def test_units_that_are_all_alike_have_no_trend() -> None:
    """All on time in every group: no trend, and no error; a single group is no scale."""
    assert (0, 1) == rate_trend([5, 7], [5, 7])
    with pytest.raises(ValueError, match="1 groups, must be 2 or more"):
        rate_trend([1], [5])
