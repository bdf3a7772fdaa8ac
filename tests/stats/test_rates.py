"""Rates against published intervals, the cluster correction against a known truth, and what must hold for any counts."""

from __future__ import annotations

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gapkit.stats.rates import cluster_design_effect, clustered_wilson, jeffreys, ratio_of_sums, wilson

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
UNITS = st.lists(st.tuples(st.booleans(), st.sampled_from("abcdefgh")), min_size=1, max_size=120)


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_matches_newcombe(x: int, n: int, low: float, high: float) -> None:
    """Newcombe (1998), Stat Med 17, 857-872, table I, method 3."""
    interval = wilson(x, n)

    assert (low, high) == (pytest.approx(interval.low, abs=5e-5), pytest.approx(interval.high, abs=5e-5))


@pytest.mark.parametrize(("x", "n", "low", "high"), [(1, 10, 0.011, 0.381), (5, 10, 0.224, 0.776)])
def test_jeffreys_matches_brown_cai_dasgupta(x: int, n: int, low: float, high: float) -> None:
    """Brown, Cai & DasGupta (2001), Stat Sci 16, 101-133, table 5."""
    interval = jeffreys(x, n)

    assert (low, high) == (pytest.approx(interval.low, abs=5e-4), pytest.approx(interval.high, abs=5e-4))


@given(COUNTS)
def test_wilson_contains_the_estimate_and_stays_inside(counts: tuple[int, int]) -> None:
    """A share is between 0 and 1, its limits too, and the estimate is between its limits."""
    value, low, high = wilson(*counts)

    assert 0 <= low <= value <= high <= 1


@given(COUNTS, st.floats(0.5, 0.98))
def test_intervals_widen_with_the_level(counts: tuple[int, int], level: float) -> None:
    """More confidence costs precision."""
    for method in (wilson, jeffreys):
        narrow, wide = method(*counts, level), method(*counts, level + 0.01)

        assert wide.low <= narrow.low
        assert narrow.high <= wide.high


@given(COUNTS)
def test_wilson_and_jeffreys_agree(counts: tuple[int, int]) -> None:
    """The cross-check stays within the width that a handful of units is worth."""
    ours, theirs = wilson(*counts), jeffreys(*counts)

    assert abs(ours.low - theirs.low) < 1.5 / counts[1]
    assert abs(ours.high - theirs.high) < 1.5 / counts[1]


def test_design_effect_by_hand() -> None:
    """Four clusters of 10 with rates .2 .4 .6 .8: 10 * (.2 / 3) / .25 = 2.667, so 40 units are worth 15."""
    effect = cluster_design_effect([2, 4, 6, 8], [10, 10, 10, 10])

    assert pytest.approx(2.667, abs=5e-4) == effect.deff
    assert pytest.approx(15) == 40 / effect.deff


@given(st.integers(0, 5), st.integers(2, 12))
def test_design_effect_of_identical_rates_is_one(x: int, clusters: int) -> None:
    """Clusters that do not differ cost nothing."""
    effect = cluster_design_effect([x] * clusters, [5] * clusters)

    assert effect.deff == 1


def test_design_effect_ignores_clusters_below_three_units() -> None:
    """One or two units say almost nothing about how clusters differ."""
    with_small = cluster_design_effect([2, 4, 6, 8, 0, 2], [10, 10, 10, 10, 1, 2])

    assert cluster_design_effect([2, 4, 6, 8], [10, 10, 10, 10]) == with_small


@pytest.mark.parametrize(("x", "n"), [([], []), ([3], [6]), ([0, 0], [4, 4]), ([4, 4], [4, 4])])
def test_design_effect_without_information_is_one(x: list[int], n: list[int]) -> None:
    """With fewer than two clusters, or a rate of 0 or 1, nothing can be estimated; `n_clusters` tells which it was."""
    effect = cluster_design_effect(x, n)

    assert (1.0, len(n)) == (effect.deff, effect.n_clusters)


def test_clustered_wilson_uses_effective_counts_and_student_quantile() -> None:
    """Five clusters of 10 with rates .2 .4 .6 .8 .5: by hand deff 2, n_eff 25, t(4) = 2.7764 in Wilson's formula."""
    success = np.concatenate([np.arange(10) < x for x in (2, 4, 6, 8, 5)])

    rate = clustered_wilson(success, np.repeat(list("abcde"), 10))

    assert (0.5, pytest.approx(2), pytest.approx(25)) == (rate.value, rate.deff, rate.n_eff)
    # p = 1/2 makes Wilson's half width t / (2 * sqrt(n + t**2)).
    half = 2.776445 / (2 * np.sqrt(25 + 2.776445**2))
    assert (pytest.approx(0.5 - half, abs=1e-6), pytest.approx(0.5 + half, abs=1e-6)) == (rate.low, rate.high)
    assert rate.sensitivity is None


def test_few_clusters_give_the_plain_interval_and_a_sensitivity() -> None:
    """Four teams cannot tell how much teams differ: plain Wilson, and beside it the interval of half as many units."""
    success = np.tile([True, True, False, True, False], 8)

    rate = clustered_wilson(success, np.repeat(list("abcd"), 10))

    assert wilson(24, 40) == pytest.approx((rate.value, rate.low, rate.high))
    assert rate.sensitivity == pytest.approx(wilson(12, 20))
    assert (1.0, 40.0) == (rate.deff, rate.n_eff)


def test_units_without_a_cluster_count_in_the_rate_only() -> None:
    """A missing team label removes nobody from the rate and invents no team."""
    teams = pd.Series([*np.repeat(list("abcde"), 4), None, None], dtype="str")
    success = [*([True, False] * 10), True, True]

    rate = clustered_wilson(success, teams)

    assert (22, 12, 5) == (rate.n, rate.successes, rate.n_clusters)
    assert pytest.approx(12 / 22) == rate.value


@given(UNITS, st.randoms(use_true_random=False))
def test_clustered_wilson_does_not_depend_on_row_order(units: list[tuple[bool, str]], random: Random) -> None:
    """The same programs in another order give the same interval."""
    shuffled = units.copy()
    random.shuffle(shuffled)

    first, second = (clustered_wilson(*zip(*rows, strict=True)) for rows in (units, shuffled))

    assert first[:8] == pytest.approx(second[:8])


@given(UNITS)
def test_clustered_wilson_contains_the_estimate_and_is_not_narrower(units: list[tuple[bool, str]]) -> None:
    """Clusters can only widen the interval."""
    rate = clustered_wilson(*zip(*units, strict=True))
    plain = wilson(rate.successes, rate.n)

    assert 0 <= rate.low <= rate.value <= rate.high <= 1
    assert plain.high - plain.low <= rate.high - rate.low + 1e-12


def test_cluster_correction_restores_coverage() -> None:
    """With team effects of sd 0.5 on the log-odds a plain 95 % interval covers about 88 %, the corrected one >= 92 %."""
    rng, simulations, teams, size = np.random.default_rng(20260301), 2000, 10, 12
    truth = float(np.mean(1 / (1 + np.exp(-0.3 - 0.5 * rng.standard_normal(1_000_000)))))
    labels = np.repeat(np.arange(teams), size)
    team_rates = 1 / (1 + np.exp(-0.3 - 0.5 * rng.standard_normal((simulations, teams))))
    outcomes = rng.random((simulations, teams * size)) < team_rates[:, labels]

    corrected = [clustered_wilson(outcome, labels) for outcome in outcomes]
    plain = [wilson(rate.successes, rate.n) for rate in corrected]

    covered = np.mean([interval.low <= truth <= interval.high for interval in plain])
    assert 0.85 <= covered <= 0.90
    assert np.mean([rate.low <= truth <= rate.high for rate in corrected]) >= 0.92


def test_ratio_of_sums_matches_scipy_bootstrap() -> None:
    """scipy.stats.bootstrap (percentile, paired) on the same 60 units agrees to its Monte-Carlo error."""
    rng = np.random.default_rng(5)
    budget = rng.lognormal(3, 1, 60)
    spent = budget * (rng.random(60) < 0.6)

    ours = ratio_of_sums(spent, budget, seed=1, replicates=20_000)

    theirs = stats.bootstrap(
        (spent, budget),
        lambda top, bottom, axis: top.sum(axis=axis) / bottom.sum(axis=axis),
        paired=True,
        method="percentile",
        n_resamples=20_000,
        rng=2,
    ).confidence_interval
    assert pytest.approx((theirs.low, theirs.high), abs=0.006) == (ours.low, ours.high)


def test_ratio_of_sums_with_equal_sizes_is_a_rate() -> None:
    """With denominators of 1 the standard error is the binomial one, for resampled units and for resampled hands."""
    for n in (400, 40_000):
        x = int(0.3 * n)
        interval = ratio_of_sums(np.arange(n) < x, np.ones(n), seed=3, replicates=10_000)

        assert 0.3 == pytest.approx(interval.value)
        assert 2 * 1.96 * np.sqrt(0.21 / n) == pytest.approx(interval.high - interval.low, rel=0.05)


def test_ratio_of_sums_resamples_whole_groups() -> None:
    """Visits of one program stand or fall together, so splitting each into ten rows does not narrow the interval."""
    rng = np.random.default_rng(8)
    active, total = rng.integers(0, 5, 30), np.full(30, 5)
    programs = [f"p{i}" for i in range(30)]

    by_program = ratio_of_sums(active, total, programs, seed=1)
    by_visit = ratio_of_sums(np.repeat(active / 10, 10), np.repeat(total / 10, 10), np.repeat(programs, 10), seed=1)

    assert by_program == pytest.approx(by_visit)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=30), st.integers(0, 99))
def test_ratio_of_sums_is_repeatable_in_any_row_order(rows: list[tuple[int, int]], seed: int) -> None:
    """Same data and seed, same interval, whatever the order of rows."""
    forward = ratio_of_sums(*zip(*rows, strict=True), seed=seed, replicates=50)
    backward = ratio_of_sums(*zip(*rows[::-1], strict=True), seed=seed, replicates=50)

    assert forward == backward


def test_ratio_of_sums_refuses_what_has_no_ratio() -> None:
    """A sum of zero below the line, and rows of no group, are said."""
    with pytest.raises(ValueError, match="must be above 0"):
        ratio_of_sums([0, 0], [0, 0], seed=1)
    with pytest.raises(ValueError, match="1 of 2 labels are missing"):
        ratio_of_sums([1, 1], [1, 2], ["a", None], seed=1)
