"""Regression to the mean: what a bad quarter would probably have been followed by anyway.

Help is called after a bad quarter, and the worst of several like quarters is partly bad luck. Drawing the baseline towards
the mean of earlier quarters, by as much as chance explains, takes that luck out of the comparison.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from numpy.typing import ArrayLike
from scipy import stats

from gapkit.stats.intervals import Interval, check_counts, check_level, check_numbers, check_same_length

MIN_EARLIER = 4


class ShrunkenBaseline(NamedTuple):
    """A baseline drawn towards the mean of earlier periods.

    Attributes
    ----------
    value : float
        The shrunken rate (0..1), between `observed` and `mean`.
    observed : float
        The rate as observed (0..1).
    mean : float
        Pooled rate of the earlier periods (0..1).
    between_variance : float
        Variance between periods beyond chance; 0 if they differ no more than chance explains.
    weight : float
        Weight of the observed rate (0..1); the rest goes to the mean.
    """

    value: float
    observed: float
    mean: float
    between_variance: float
    weight: float


def shrink(observed: float, n: int, mean: float, between_variance: float) -> ShrunkenBaseline:
    """Return a rate drawn towards a known mean.

    Parameters
    ----------
    observed : float
        Observed rate (0..1).
    n : int
        Units it rests on, at least 1.
    mean : float
        Long-run rate (0..1).
    between_variance : float
        Variance of the true rate between periods.

    Returns
    -------
    ShrunkenBaseline
        The shrunken rate and what went into it.

    Raises
    ------
    ValueError
        If a rate lies outside 0..1, `n` is below 1 or the variance is negative.

    Notes
    -----
    ``mean + w * (observed - mean)`` with ``w = v / (v + mean * (1 - mean) / n)``, v the variance between periods.

    Examples
    --------
    >>> round(shrink(0.45, 40, 0.60, 0.05**2).value, 3)
    0.556
    """
    if not (0 <= observed <= 1 and 0 <= mean <= 1 and n >= 1 and between_variance >= 0):
        raise ValueError(f"{observed=}, {n=}, {mean=}, {between_variance=}: rates in 0..1, n >= 1 and variance >= 0")
    chance = mean * (1 - mean) / n
    weight = between_variance / (between_variance + chance) if between_variance + chance > 0 else 1.0
    return ShrunkenBaseline(mean + weight * (observed - mean), observed, mean, between_variance, weight)


def shrunken_baseline(x: int, n: int, earlier_x: ArrayLike, earlier_n: ArrayLike) -> ShrunkenBaseline:
    """Return the baseline rate drawn towards the mean of earlier periods.

    Parameters
    ----------
    x, n : int
        Units with the property, and all units, in the baseline period.
    earlier_x, earlier_n : array_like of int
        The same in each earlier period; at least `MIN_EARLIER` periods, each with a unit.

    Returns
    -------
    ShrunkenBaseline
        The shrunken rate and what went into it.

    Raises
    ------
    ValueError
        If there are fewer earlier periods, or one is empty. With less history there is no shrunken baseline, only the
        standing caveat.

    Examples
    --------
    >>> round(shrunken_baseline(18, 40, [24, 22, 26, 24, 25], [40, 40, 40, 40, 40]).value, 3)
    0.605
    """
    counts, sizes = check_numbers(earlier_x, "earlier_x"), check_numbers(earlier_n, "earlier_n")
    check_same_length(earlier_x=counts, earlier_n=sizes)
    if counts.size < MIN_EARLIER or (sizes < 1).any():
        raise ValueError(f"earlier_n == {sizes.tolist()}, must be at least {MIN_EARLIER} periods with a unit in each")
    mean = float(counts.sum() / sizes.sum())
    return shrink(x / n, n, mean, between_period_variance(counts, sizes))


def change_from_shrunken(
    x: int, n: int, baseline: ShrunkenBaseline, n_baseline: int, earlier_n: ArrayLike, level: float = 0.95
) -> Interval:
    """Return the change of a later rate against a shrunken baseline.

    Parameters
    ----------
    x, n : int
        Units with the property, and all units, in the later period.
    baseline : ShrunkenBaseline
        From `shrunken_baseline`.
    n_baseline : int
        Units the observed baseline rests on.
    earlier_n : array_like of int
        Units of each earlier period.
    level : float
        Confidence level.

    Returns
    -------
    Interval
        Later rate less shrunken baseline, with normal limits.

    Raises
    ------
    ValueError
        If a count lies outside its group.

    Notes
    -----
    The variance has four parts: chance in the later period; what periods vary by beyond chance, since the later period is
    another one; chance in the observed baseline, with weight w; and, with weight 1 - w, what is unknown about the mean of
    m earlier periods, ``mean * (1 - mean) / N + v / m``. The weight itself is taken as known. Chance in the later period
    is computed at (x + 1) / (n + 2), so that 0 of n is not certain.

    Examples
    --------
    >>> base = shrunken_baseline(18, 40, [24, 22, 26, 24, 25], [40, 40, 40, 40, 40])
    >>> [round(number, 2) for number in change_from_shrunken(28, 40, base, 40, [40] * 5)]
    [0.09, -0.06, 0.25]
    """
    x, n = check_counts(x, n)
    sizes = check_numbers(earlier_n, "earlier_n")
    later = (x + 1) / (n + 2)
    chance = baseline.mean * (1 - baseline.mean)
    of_mean = chance / float(sizes.sum()) + baseline.between_variance / sizes.size
    variance = later * (1 - later) / n + baseline.between_variance
    variance += baseline.weight**2 * chance / n_baseline + (1 - baseline.weight) ** 2 * of_mean
    margin = float(stats.norm.isf((1 - check_level(level)) / 2)) * math.sqrt(variance)
    value = x / n - baseline.value
    return Interval(value, max(-1.0, value - margin), min(1.0, value + margin))


def between_period_variance(x: ArrayLike, n: ArrayLike) -> float:
    """Return how much rates vary between periods beyond what chance explains.

    Parameters
    ----------
    x, n : array_like of int
        Units with the property, and all units, in each of at least two periods.

    Returns
    -------
    float
        Variance of the true rate, 0 if chance alone explains the differences.

    Notes
    -----
    Moment estimator: with pooled rate p and ``Q = sum(n * (x/n - p)**2) / (p * (1 - p))``, which is k - 1 on average by
    chance, the variance is ``p * (1 - p) * (Q - (k - 1)) / (N - sum(n**2) / N)``, floored at 0 (DerSimonian & Laird 1986).

    Examples
    --------
    >>> between_period_variance([20, 20, 20], [40, 40, 40])
    0.0
    """
    counts, sizes = check_numbers(x, "x"), check_numbers(n, "n")
    check_same_length(x=counts, n=sizes)
    total = sizes.sum()
    pooled = counts.sum() / total
    chance = pooled * (1 - pooled)
    excess = float((sizes * (counts / sizes - pooled) ** 2).sum() - chance * (sizes.size - 1))
    return max(0.0, excess / float(total - (sizes**2).sum() / total))
