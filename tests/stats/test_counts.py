"""Events per time against R and exact limits, and the dispersion rule of velocity."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gapkit.stats.counts import poisson_rate, rate_ratio, velocity_interval

EVENTS = st.integers(0, 300)
TIME = st.floats(0.5, 500)


def test_poisson_rate_of_ten_events() -> None:
    """R poisson.test(10): 4.795389 to 18.390356."""
    interval = poisson_rate(10, 1)

    assert (10, pytest.approx(4.795389, abs=1e-6), pytest.approx(18.390356, abs=1e-6)) == interval


def test_poisson_rate_of_no_event() -> None:
    """R poisson.test(0, 13): 0 to 0.2837600."""
    interval = poisson_rate(0, 13)

    assert (0, 0, pytest.approx(0.28376, abs=1e-6)) == interval


@given(EVENTS, TIME, st.floats(0.5, 0.98))
def test_poisson_rate_contains_the_estimate_and_widens(events: int, time: float, level: float) -> None:
    """The estimate is between the limits, and more confidence costs precision."""
    narrow, wide = poisson_rate(events, time, level), poisson_rate(events, time, level + 0.01)

    assert 0 <= wide.low <= narrow.low <= narrow.value <= narrow.high <= wide.high


def test_velocity_without_a_delivery_is_zero_with_a_limit() -> None:
    """No delivery in 13 weeks is measured, not missing: 0 with an upper limit of .2838 a week."""
    velocity = velocity_interval([0] * 13, 13)

    assert (0, 0, 0.2838, None) == (velocity.value, velocity.low, round(velocity.high, 4), velocity.dispersion)


def test_velocity_with_regular_weeks_is_exact() -> None:
    """Weeks that vary less than chance keep the exact interval."""
    velocity = velocity_interval([2, 3, 2, 3, 2, 3, 2, 3, 2, 3], 10)

    assert poisson_rate(25, 10) == velocity[:3]
    assert "exact Poisson interval" == velocity.method


def test_velocity_with_bursts_gets_the_wider_interval() -> None:
    """Weeks 0 and 8 in turn, by hand: dispersion 128/7/4 = 4.571, factor exp(2.3646 * sqrt(4.571/32)) = 2.444."""
    velocity = velocity_interval([0, 8] * 4, 8)

    assert pytest.approx(32 / 7) == velocity.dispersion
    assert (4, pytest.approx(4 / 2.4442, abs=1e-3), pytest.approx(4 * 2.4442, abs=1e-3)) == velocity[:3]
    assert "dispersion of 4.6 over 8 weeks" in velocity.method


def test_velocity_needs_eight_weeks_to_widen() -> None:
    """Seven weeks are too few to tell bursts from chance."""
    velocity = velocity_interval([0, 8, 0, 8, 0, 8, 0], 7)

    assert velocity.dispersion is not None
    assert velocity.dispersion > 1.5
    assert poisson_rate(24, 7) == velocity[:3]


def test_partial_weeks_count_in_velocity_but_not_in_dispersion() -> None:
    """Five deliveries in the odd days at the ends raise the rate and leave the dispersion alone."""
    full = velocity_interval([0, 8] * 4, 8)
    window = velocity_interval([0, 8] * 4, 9.2, deliveries=37)

    assert (37, 37 / 9.2, full.dispersion) == (window.deliveries, window.value, window.dispersion)


def test_velocity_refuses_a_window_smaller_than_its_weeks() -> None:
    """The window cannot hold fewer deliveries than its full weeks."""
    with pytest.raises(ValueError, match="full weeks alone hold 8"):
        velocity_interval([4, 4], 2, deliveries=7)


def test_dispersion_rule_restores_coverage() -> None:
    """Negative binomial weeks with dispersion 3: the exact interval covers under 80 %, the rule at least 90 %."""
    rng, weeks, mean = np.random.default_rng(11), 26, 4.0
    samples = rng.negative_binomial(2, 2 / (2 + mean), (1500, weeks))

    ruled = [velocity_interval(sample, weeks) for sample in samples]
    exact = [poisson_rate(int(sample.sum()), weeks) for sample in samples]

    assert np.mean([interval.low <= mean <= interval.high for interval in exact]) < 0.80
    assert np.mean([velocity.low <= mean <= velocity.high for velocity in ruled]) >= 0.90


def test_rate_ratio_matches_r() -> None:
    """R poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)): 1.9715, .8584 to 4.2773, p .0797."""
    ratio = rate_ratio(11, 800, 21, 3011)

    assert (1.9715, 0.8584, 4.2773, 0.0797) == tuple(round(number, 4) for number in ratio)


@given(EVENTS, TIME, st.integers(1, 300), TIME)
def test_rate_ratio_contains_the_estimate(events1: int, time1: float, events2: int, time2: float) -> None:
    """The ratio of the two rates is the value, and lies between the limits."""
    ratio = rate_ratio(events1, time1, events2, time2)

    assert pytest.approx(events1 / time1 / (events2 / time2)) == ratio.value
    assert ratio.low <= ratio.value * (1 + 1e-12)
    assert ratio.value <= ratio.high * (1 + 1e-12)


@given(st.integers(1, 300), TIME, st.integers(1, 300), TIME)
def test_rate_ratio_inverts_when_groups_are_swapped(events1: int, time1: float, events2: int, time2: float) -> None:
    """Twice as fast one way is half as fast the other."""
    forward, backward = rate_ratio(events1, time1, events2, time2), rate_ratio(events2, time2, events1, time1)

    assert (1 / forward.high, 1 / forward.low) == pytest.approx((backward.low, backward.high))
    assert pytest.approx(forward.p_value) == backward.p_value


def test_rate_ratio_against_nothing_is_infinite_not_missing() -> None:
    """Five events against none: the ratio has a low limit and no upper one."""
    ratio = rate_ratio(5, 10, 0, 10)

    assert (math.inf, math.inf) == (ratio.value, ratio.high)
    assert pytest.approx(float(stats.beta.ppf(0.025, 5, 1) / (1 - stats.beta.ppf(0.025, 5, 1)))) == ratio.low


def test_impossible_counts_are_refused() -> None:
    """Negative events, no time, and a ratio of two zeros."""
    with pytest.raises(ValueError, match="must be a count"):
        poisson_rate(-1, 3)
    with pytest.raises(ValueError, match="in a time above 0"):
        poisson_rate(3, 0)
    with pytest.raises(ValueError, match="ratio of two zeros"):
        rate_ratio(0, 5, 0, 5)
