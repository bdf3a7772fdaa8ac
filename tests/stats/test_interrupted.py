"""Segmented regression of an interrupted series."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.interrupted import interrupted_series


def line(n: int, first_after: int, start: float, slope: float, step: float, bend: float) -> np.ndarray:
    """A series without noise."""
    t = np.arange(n)
    post = t >= first_after
    return start + slope * t + step * post + bend * (t - first_after) * post


@given(*(st.floats(-20, 20) for _ in range(4)), st.integers(4, 30), st.integers(4, 30))
def test_a_series_without_noise_gives_back_its_numbers(
    start: float, slope: float, step: float, bend: float, before: int, after: int
) -> None:
    """y = b0 + b1 t + b2 post + b3 (t - t0) post is what is fitted; docs/method.md has 10, .5, 3, -.2."""
    fit = interrupted_series(line(before + after, before, start, slope, step, bend), before).fits[0]

    found = (fit.start, fit.slope, fit.level.value, fit.slope_change.value)
    assert found == pytest.approx((start, slope, step, bend), abs=1e-6)
    assert fit.average.value == pytest.approx(step + bend * (after - 1) / 2, abs=1e-6)


def test_from_24_points_on_three_fits_stand_side_by_side_and_the_widest_is_quoted() -> None:
    """OLS, Newey-West and AR(1); below that OLS alone, and it says that neighbours are not allowed for."""
    rng = np.random.default_rng(3)
    noisy = line(26, 13, 10, 0.1, 3, 0) + rng.normal(0, 1, 26)
    found, short = interrupted_series(noisy, 13), interrupted_series(noisy[2:-1], 11)
    widths = [fit.average.high - fit.average.low for fit in found.fits]

    assert ["OLS", "Newey-West", "AR(1)"] == [fit.method for fit in found.fits]
    assert max(widths) == found.widest.average.high - found.widest.average.low
    assert (found.is_autocorrelation_allowed_for, short.is_autocorrelation_allowed_for) == (True, False)
    assert ["OLS"] == [fit.method for fit in short.fits]


def test_points_that_resemble_their_neighbours_widen_the_interval_quoted() -> None:
    """AR(1) noise with correlation .7, no change: the widest interval holds zero more often than that of OLS."""
    rng = np.random.default_rng(11)
    plain = quoted = 0
    for _ in range(60):
        noise = rng.normal(0, 1, 60)
        for i in range(1, 60):
            noise[i] += 0.7 * noise[i - 1]
        found = interrupted_series(noise, 30)
        plain += found.fits[0].average.low <= 0 <= found.fits[0].average.high
        quoted += found.widest.average.low <= 0 <= found.widest.average.high

    assert quoted > plain


def test_weeks_left_out_change_nothing_without_noise() -> None:
    """Times may have gaps; the numbers are those of the full series."""
    keep = [t for t in range(30) if t % 5 != 2]
    fit = interrupted_series(line(30, 15, 4, 1, -2, 0.5)[keep], 15, at=keep).fits[0]

    assert (fit.slope, fit.level.value, fit.slope_change.value) == pytest.approx((1, -2, 0.5))


def test_units_scale_the_result() -> None:
    """Counting in dozens divides every number by twelve."""
    series = line(30, 15, 4, 1, -2, 0.5) + np.random.default_rng(5).normal(0, 1, 30)
    one, twelve = interrupted_series(series, 15).widest, interrupted_series(series / 12, 15).widest

    assert one.average == pytest.approx(tuple(12 * number for number in twelve.average), rel=1e-4)


@pytest.mark.parametrize(
    ("values", "first_after", "at", "message"),
    [([1, 2, 3, 4, 5], 3, None, "at least 3 each"), ([1] * 8, 4, [0, 1, 2, 3, 3, 4, 5, 6], "must rise")],
)
def test_what_makes_no_series_is_refused(values: list[int], first_after: int, at: list[int] | None, message: str) -> None:
    """A side of two points, and times that stand still."""
    with pytest.raises(ValueError, match=message):
        interrupted_series(values, first_after, at=at)
