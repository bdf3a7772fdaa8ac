"""Regression to the mean: the arithmetic, and the illusion it takes away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.shrinkage import between_period_variance, change_from_shrunken, shrink, shrunken_baseline


def test_shrink_by_hand() -> None:
    """Mean .60, sd between quarters .05, 40 programs at .45: weight .0025/(.0025 + .006) = .294, baseline .556."""
    baseline = shrink(0.45, 40, 0.60, 0.05**2)

    assert (0.556, 0.294) == (round(baseline.value, 3), round(baseline.weight, 3))


@given(st.floats(0, 1), st.integers(1, 500), st.floats(0, 1), st.floats(0, 0.1))
def test_shrunken_rate_lies_between_observed_and_mean(observed: float, n: int, mean: float, variance: float) -> None:
    """Shrinking never overshoots."""
    value = shrink(observed, n, mean, variance).value

    assert min(observed, mean) - 1e-12 <= value <= max(observed, mean) + 1e-12


def test_without_true_differences_the_baseline_is_the_mean() -> None:
    """Earlier quarters all alike: the bad quarter was luck, as far as one can tell."""
    baseline = shrunken_baseline(18, 40, [24, 24, 24, 24], [40, 40, 40, 40])

    assert (0.45, 0.6, 0) == (baseline.observed, baseline.value, baseline.between_variance)


def test_between_period_variance_recovers_the_truth() -> None:
    """Rates drawn with sd .05 around .6 and 40 programs each: the moment estimator is right on average."""
    rng = np.random.default_rng(17)
    rates = np.clip(rng.normal(0.6, 0.05, 20_000), 0, 1)

    estimate = between_period_variance(rng.binomial(40, rates), np.full(20_000, 40))

    assert pytest.approx(0.05**2, rel=0.1) == estimate


def test_calling_after_the_worst_quarter_invents_a_gain() -> None:
    """Six like quarters of 40, called when the latest is the worst: +11 pp against it, none against the shrunken one."""
    rng = np.random.default_rng(23)
    quarters = rng.binomial(40, 0.6, (6000, 7))
    called = quarters[quarters[:, 5] < quarters[:, :5].min(axis=1)]

    gain = (called[:, 6] - called[:, 5]) / 40
    baselines = [shrunken_baseline(int(row[5]), 40, row[:5], np.full(5, 40)).value for row in called]

    assert pytest.approx(0.11, abs=0.02) == gain.mean()
    assert abs(np.mean(called[:, 6] / 40 - baselines)) < 0.03


def test_too_little_history_is_refused() -> None:
    """Three earlier quarters, or one without programs, are no history to shrink to."""
    with pytest.raises(ValueError, match="at least 4 periods"):
        shrunken_baseline(18, 40, [24, 24, 24], [40, 40, 40])
    with pytest.raises(ValueError, match="at least 4 periods"):
        shrunken_baseline(18, 40, [24, 24, 24, 0], [40, 40, 40, 0])


@pytest.mark.parametrize("arguments", [(1.2, 40, 0.6, 0.1), (0.5, 0, 0.6, 0.1), (0.5, 40, 0.6, -0.1)])
def test_impossible_arguments_are_refused(arguments: tuple[float, int, float, float]) -> None:
    """Rates above 1, no units, and a negative variance."""
    with pytest.raises(ValueError, match=r"rates in 0\.\.1"):
        shrink(*arguments)


def test_change_from_a_shrunken_baseline_by_hand() -> None:
    """Mean .60, sd .05, five quarters of 40; .45 in 40 shrinks to .556; then 28 of 40: +.144, variance of four parts."""
    base = shrink(0.45, 40, 0.60, 0.05**2)
    change = change_from_shrunken(28, 40, base, 40, [40] * 5)
    w, later = 0.0025 / 0.0085, 29 / 42
    parts = (later * (1 - later) / 40, 0.0025, w**2 * 0.24 / 40, (1 - w) ** 2 * (0.24 / 200 + 0.0025 / 5))

    assert change.value == pytest.approx(0.70 - base.value)
    assert change.high - change.value == pytest.approx(1.959964 * sum(parts) ** 0.5)


def test_quarters_that_vary_widen_the_interval() -> None:
    """The later period is another one, so what periods vary by belongs to it."""
    alike, unlike = (shrink(0.45, 40, 0.60, variance) for variance in (0.0, 0.01))
    narrow, wide = (change_from_shrunken(28, 40, base, 40, [40] * 5) for base in (alike, unlike))

    assert wide.high - wide.low > narrow.high - narrow.low


def test_the_interval_covers_when_nothing_changes() -> None:
    """Quarters drawn with sd .05 around .6, the baseline being the worse of the last two: about 95 % hold the truth."""
    rng = np.random.default_rng(23)
    held = 0
    for _ in range(400):
        counts = rng.binomial(40, np.clip(rng.normal(0.6, 0.05, 7), 0, 1))
        base = shrunken_baseline(int(counts[4:6].min()), 40, counts[:4], [40] * 4)
        change = change_from_shrunken(int(counts[6]), 40, base, 40, [40] * 4)
        held += change.low <= 0 <= change.high

    assert held >= 0.92 * 400
