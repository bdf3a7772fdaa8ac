"""Kaplan-Meier against published data, its identities, and the biases it is there to avoid."""

from __future__ import annotations

import math
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from gapkit.stats.kaplan_meier import SurvivalCurve, kaplan_meier, survival_at, survival_quantile

DURATIONS = st.lists(st.tuples(st.integers(1, 40), st.booleans(), st.integers(0, 20)), min_size=1, max_size=60)


def curve_of(rows: list[tuple[int, bool, int]]) -> SurvivalCurve:
    """Return the curve of (days watched, event, entry)."""
    watched, event, entry = (np.array(column) for column in zip(*rows, strict=True))
    return kaplan_meier(entry + watched, event, entry, start_at_risk=1)


def test_freireich_survival(freireich: Any) -> None:
    """Freireich et al. (1963): 6-MP stays in remission S(6) = .8571, S(10) = .7529, S(23) = .4482."""
    treated = freireich.group == "6-MP"

    band = survival_at(kaplan_meier(freireich.time[treated], freireich.event[treated]), [5.9, 6, 10, 23])

    assert [1, 0.8571, 0.7529, 0.4482] == pytest.approx(band.value, abs=5e-5)


def test_freireich_medians(freireich: Any) -> None:
    """Freireich et al. (1963): medians 23 (13, upper limit not reached) and 8 (4 to 11) weeks."""
    treated, placebo = (
        survival_quantile(kaplan_meier(freireich.time[freireich.group == g], freireich.event[freireich.group == g]))
        for g in ("6-MP", "placebo")
    )

    assert (23, 13, math.inf) == treated[:3]
    assert (8, 4, 11) == placebo[:3]
    assert (6, 12) == (treated.at_risk, placebo.at_risk)


def test_freireich_band(freireich: Any) -> None:
    """R survfit(conf.type = "log-log"), 6-MP at week 6: .857 (.620 to .952); at week 10: .753 (.503 to .889)."""
    treated = freireich.group == "6-MP"

    band = survival_at(kaplan_meier(freireich.time[treated], freireich.event[treated]), [6, 10])

    assert [0.620, 0.503] == pytest.approx(band.low, abs=5e-4)
    assert [0.952, 0.889] == pytest.approx(band.high, abs=5e-4)


def test_delayed_entry_by_hand() -> None:
    """Eight units with entries 0 0 0 1 0 2 0 3: S falls to 5/6, times 5/6, 5/6, 3/4, 1/2, 0."""
    curve = kaplan_meier([2, 3, 4, 4, 5, 6, 7, 8], [1, 1, 0, 1, 1, 0, 1, 1], [0, 0, 0, 1, 0, 2, 0, 3])

    assert [0.8333, 0.6944, 0.5787, 0.4340, 0.2170, 0] == pytest.approx(curve.survival, abs=5e-5)
    assert (8, 6, 0) == (curve.n, curve.n_events, curve.start)


@pytest.mark.parametrize("n", range(4, 131, 2))
def test_median_at_a_plateau_takes_the_later_time(n: int) -> None:
    """Times 1..n: S is exactly one half after n/2, so the strict rule says n/2 + 1 (1, 2, 3, 4 give 3)."""
    median = survival_quantile(kaplan_meier(np.arange(1, n + 1), np.ones(n), start_at_risk=1))

    assert n / 2 + 1 == median.value


def test_quantile_not_reached_is_infinite() -> None:
    """Two events of ten leave a lower limit only, two of forty none; "more than `reach`" is what can be said."""
    few, many = (kaplan_meier([5, 9, *([30] * n)], [1, 1, *([0] * n)]) for n in (8, 38))

    assert (math.inf, 5, math.inf) == survival_quantile(few)[:3]
    assert (math.inf, math.inf, math.inf, 0.5, 0) == survival_quantile(many)
    assert 30 == many.reach


def test_quantile_in_one_step_has_that_time_as_limits() -> None:
    """A thousand units of which 900 end on the same day: no other day is compatible with the median."""
    median = survival_quantile(kaplan_meier(np.repeat([3.0, 7.0, 9.0], [50, 900, 50]), np.ones(1000)))

    assert (7, 7, 7) == median[:3]


def test_curve_starts_where_enough_are_at_risk() -> None:
    """One early entrant that ends at once would send the curve to zero for ever; the start rule leaves it out."""
    time, event, entry = [2, *range(11, 31)], np.ones(21), [0, *([3] * 20)]

    naive = kaplan_meier(time, event, entry, start_at_risk=1)
    ruled = kaplan_meier(time, event, entry)

    assert 0 == naive.survival.max()
    assert (3, 1, 20) == (ruled.start, ruled.n_before_start, ruled.n)
    assert 21 == survival_quantile(ruled).value


def test_too_few_at_risk_leave_an_empty_curve() -> None:
    """Too little data is an answer: no curve, no units, and no quantile reached."""
    curve = kaplan_meier([2, 4, 6], [1, 1, 1])

    assert (0, 0, 3) == (curve.n, curve.times.size, curve.n_before_start)
    assert math.inf == survival_quantile(curve).value


def test_curve_stays_at_zero_once_there() -> None:
    """Units that enter after everyone before them ended cannot raise the curve; no step is negative or missing."""
    curve = kaplan_meier([1, 2, 8, 9], [1, 1, 1, 1], [0, 0, 5, 5], start_at_risk=1)

    assert [0.5, 0, 0, 0] == curve.survival.tolist()
    assert np.isfinite(curve.standard_error).all()


@given(DURATIONS)
def test_curve_falls_from_one_and_has_no_holes(rows: list[tuple[int, bool, int]]) -> None:
    """Survival never rises, stays within 0..1, and no number is missing."""
    curve = curve_of(rows)
    band = survival_at(curve, np.arange(0, 61))

    assert (np.diff(np.concatenate([[1.0], curve.survival])) <= 1e-12).all()
    assert np.isfinite(np.concatenate([*band, curve.standard_error])).all()
    assert (band.low <= band.value + 1e-12).all()
    assert (band.value <= band.high + 1e-12).all()


@given(DURATIONS, st.floats(0.05, 0.95), st.floats(0.5, 0.98))
def test_quantile_lies_within_limits_that_widen(rows: list[tuple[int, bool, int]], share: float, level: float) -> None:
    """The estimate is between its limits, and more confidence costs precision."""
    curve = curve_of(rows)
    narrow, wide = survival_quantile(curve, share, level), survival_quantile(curve, share, level + 0.01)

    assert wide.low <= narrow.low <= narrow.value <= narrow.high <= wide.high


@given(st.lists(st.integers(1, 30), min_size=1, max_size=60), st.integers(0, 31))
def test_without_censoring_it_is_the_empirical_share(days: list[int], moment: int) -> None:
    """Fully observed durations: S(t) is the share of units that lasted longer than t."""
    curve = kaplan_meier(days, np.ones(len(days)), start_at_risk=1)

    assert pytest.approx(np.mean(np.array(days) > moment), abs=1e-12) == survival_at(curve, moment).value[0]


@given(DURATIONS, st.randoms(use_true_random=False))
def test_row_order_changes_nothing(rows: list[tuple[int, bool, int]], random: Random) -> None:
    """The same units in another order give the same curve."""
    shuffled = rows.copy()
    random.shuffle(shuffled)

    assert curve_of(rows).survival.tolist() == curve_of(shuffled).survival.tolist()


@pytest.mark.parametrize("share", [0, 1, 50])
def test_share_outside_zero_to_one_is_refused(share: float) -> None:
    """The 50th percentile is 0.5."""
    with pytest.raises(ValueError, match=r"such as 0\.5"):
        survival_quantile(kaplan_meier([1, 2, 3, 4, 5], [1] * 5), share)


class Window(NamedTuple):
    """What a half-year window shows of work that takes 60 days at the median (lognormal, sigma 0.8)."""

    start: NDArray[np.float64]
    duration: NDArray[np.float64]
    length: float


@pytest.fixture(scope="module")
def window() -> Window:
    """Return steady arrivals over six years; the window is the last 182 days."""
    rng, n = np.random.default_rng(60), 60_000
    start = rng.uniform(-2008, 182, n)
    return Window(start, np.maximum(0.5, 60 * np.exp(0.8 * rng.standard_normal(n))), 182.0)


def test_survivorship_finished_items_look_fast(window: Window) -> None:
    """Median of work started and finished inside the window: about 44 days, 27 % below the truth."""
    inside = (window.start >= 0) & (window.start + window.duration <= window.length)

    assert pytest.approx(44, abs=2) == np.median(window.duration[inside])


def test_length_bias_open_items_look_slow(window: Window) -> None:
    """Work open on the last day will have taken about 113 days at the median, 1.9 times the truth."""
    is_open = window.start + window.duration > window.length

    assert pytest.approx(113, abs=4) == np.median(window.duration[is_open])


def test_delayed_entry_finds_the_true_median(window: Window) -> None:
    """Work touching the window, unfinished censored, already running entered late: 60 days; ignoring entry gives 76."""
    end = window.start + window.duration
    seen = end > 0
    time = np.minimum(end, window.length)[seen] - window.start[seen]
    event, entry = end[seen] <= window.length, np.maximum(0, -window.start[seen])

    with_entry, without = (survival_quantile(kaplan_meier(time, event, late)).value for late in (entry, None))

    assert pytest.approx(60, rel=0.03) == with_entry
    assert pytest.approx(76, abs=3) == without


def test_median_interval_covers_the_truth_with_twenty_units() -> None:
    """Lognormal durations censored at 180 days, n = 20: the interval holds the true median in at least 93 % of cases."""
    rng, simulations = np.random.default_rng(20), 600
    duration = 60 * np.exp(0.8 * rng.standard_normal((simulations, 20)))
    medians = [survival_quantile(kaplan_meier(np.minimum(days, 180), days <= 180)) for days in duration]

    assert np.mean([median.low <= 60 <= median.high for median in medians]) >= 0.93
