from __future__ import annotations

import pytest

from gapkit.measurement.effects.velocity import compare_velocity, velocity
from gapkit.results import Result


def pace(events, weeks):
    return Result("velocity_per_week", events / weeks, 0, 1, n=events, events=events, unit="per_week")


def test_velocity_is_compared_by_the_exact_rate_ratio():
    """11 in 800 v 21 in 3011: ratio 1.9715 (.8584 to 4.2773), p .0797 (R poisson.test)."""
    gap, p_value = compare_velocity(pace(21, 3011), pace(11, 800), 3011, 800)

    assert (round(gap.value, 4), round(gap.low, 4), round(gap.high, 4)) == (0.9715, -0.1416, 3.2773)
    assert p_value == pytest.approx(0.0797, abs=1e-4)


def test_weeks_that_scatter_more_than_chance_widen_the_interval():
    """Deliveries in lumps of eight: the interval is wider than the exact one, and the method says why."""
    lumps = [0, 8, 0, 8, 0, 8, 0, 8]
    exact, _ = compare_velocity(pace(32, 8), pace(32, 8), 8, 8)
    wider, p_value = compare_velocity(pace(32, 8), pace(32, 8), 8, 8, (lumps, lumps))

    assert wider.high > exact.high
    assert wider.low < exact.low
    assert "dispersion of 4.6" in wider.method
    assert p_value == pytest.approx(1.0)


def test_regular_weeks_keep_the_exact_interval():
    """Two a week, every week: nothing to widen."""
    gap, _ = compare_velocity(pace(16, 8), pace(16, 8), 8, 8, ([2] * 8, [2] * 8))

    assert gap.method == "exact conditional rate ratio, minus 1"


def test_without_a_delivery_before_there_is_no_proportion():
    """Zero before: too little data, never an infinite gain."""
    gap, p_value = compare_velocity(pace(0, 26), pace(9, 13), 26, 13)

    assert (gap.status, p_value) == ("thin", None)


def test_the_window_counts_its_own_deliveries(compared, rows):
    """Thirteen delivered in the third quarter; those of later count for nothing."""
    draft = velocity(compared(programs=rows("A", due="2026-08-20", on_time=13) + rows("L", due="2026-10-20", on_time=4)))[0]

    assert draft.after.events == 13
    assert draft.before.events == 52
    assert "takes about" in draft.needed or "too small" in draft.needed
