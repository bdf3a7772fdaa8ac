from __future__ import annotations

import math

import pytest

from gapkit.stats.detectable import detectable_hazard_ratio, detectable_velocity_ratio
from gapkit.stats.needed import deliveries_needed, time_needed


@pytest.mark.parametrize(("total", "ratio"), [(631, 1.25), (191, 1.5), (66, 2.0)])
def test_hazard_ratios_agree_with_schoenfeld(total, ratio):
    """Deliveries in total to see a hazard ratio of 1.25, 1.5 and 2, half on each side (docs/method.md; Schoenfeld 1981)."""
    half = total // 2

    assert pytest.approx(ratio, abs=0.01) == detectable_hazard_ratio(half, total - half)


@pytest.mark.parametrize(("count", "ratio"), [(282, 1.25), (78, 1.5), (23, 2.0)])
def test_velocity_ratios_agree_with_the_method(count, ratio):
    """Deliveries of the baseline to see a velocity ratio of 1.25, 1.5 and 2 over equal time (docs/method.md)."""
    assert pytest.approx(ratio, abs=0.01) == detectable_velocity_ratio(count, 1.0)


def test_the_change_seen_is_the_change_whose_numbers_are_asked_for():
    """Both directions of the same sum: as many as are needed for a ratio show that ratio."""
    ratio = detectable_hazard_ratio(120, 60)

    assert deliveries_needed(120, ratio) == pytest.approx(60, abs=1)
    assert time_needed(120, detectable_velocity_ratio(120, 0.5)) == pytest.approx(0.5)


def test_nothing_on_one_side_shows_nothing():
    """No number of deliveries elsewhere makes up for none here."""
    assert [math.inf] * 3 == [
        detectable_hazard_ratio(0, 50), detectable_hazard_ratio(50, 0), detectable_velocity_ratio(0, 1.0)
    ]  # fmt: skip
    assert math.inf == detectable_velocity_ratio(40, 0.0)
