"""Two rates compared: the difference with its interval, two exact tests, and the difference one could hope to see."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats
from statsmodels.stats.proportion import confint_proportions_2indep

from gapkit.stats.intervals import Interval, check_counts, check_level

# Boschloo's test works on an n1 by n2 grid at each of many values of the common rate: half a second and 30 MB at
# 300 by 300, a quarter of a minute at 1000 by 1000, where it no longer differs from Fisher's in any way that matters.
MOST_BOSCHLOO_CELLS = 100_000
DETECTION_LEVEL = 0.95
DETECTION_POWER = 0.80


def newcombe_difference(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Interval:
    """Return the difference of two rates, first minus second, with Newcombe's interval.

    Parameters
    ----------
    x1, n1 : int
        Units with the property, and all units, in the first group (after).
    x2, n2 : int
        The same in the second group (before).
    level : float
        Confidence level.

    Returns
    -------
    Interval
        Difference of the rates (0.2 = 20 percentage points) with its limits.

    Raises
    ------
    ValueError
        If a group is empty or a count lies outside its group.

    Notes
    -----
    Method 10 of the paper: Wilson limits of each rate combined as root sums of squares. It allows neither for clusters
    nor for a difference in the mix of units.

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Stat Med 17, 873-890.

    Examples
    --------
    >>> [round(number, 4) for number in newcombe_difference(56, 70, 48, 80)]
    [0.2, 0.0524, 0.3339]
    """
    (x1, n1), (x2, n2) = check_counts(x1, n1), check_counts(x2, n2)
    low, high = confint_proportions_2indep(x1, n1, x2, n2, compare="diff", method="newcomb", alpha=1 - check_level(level))
    # A root sum of squares can pass -1 or 1 by a rounding error.
    return Interval(x1 / n1 - x2 / n2, max(-1.0, float(low)), min(1.0, float(high)))


class ExactTest(NamedTuple):
    """A two-sided exact test of two rates.

    Attributes
    ----------
    p_value : float
        Two-sided p-value.
    method : str
        ``"Boschloo"`` or ``"Fisher"``.
    """

    p_value: float
    method: str


def fisher(x1: int, n1: int, x2: int, n2: int) -> ExactTest:
    """Return Fisher's exact test that two rates are equal.

    Parameters
    ----------
    x1, n1, x2, n2 : int
        Units with the property and all units, in each group.

    Returns
    -------
    ExactTest
        Two-sided p-value.

    Raises
    ------
    ValueError
        If a group is empty or a count lies outside its group.

    Examples
    --------
    >>> round(fisher(56, 70, 48, 80).p_value, 5)
    0.01252
    """
    return ExactTest(float(stats.fisher_exact(_table(x1, n1, x2, n2)).pvalue), "Fisher")


def boschloo(x1: int, n1: int, x2: int, n2: int) -> ExactTest:
    """Return Boschloo's exact test that two rates are equal, more powerful than Fisher's.

    Parameters
    ----------
    x1, n1, x2, n2 : int
        Units with the property and all units, in each group.

    Returns
    -------
    ExactTest
        Two-sided p-value, and the test that gave it.

    Raises
    ------
    ValueError
        If a group is empty or a count lies outside its group.

    Notes
    -----
    SciPy's two-sided p-value is already twice the smaller one-sided one. Above ``n1 * n2 == MOST_BOSCHLOO_CELLS`` the
    answer is Fisher's test, and `method` says so.

    Examples
    --------
    >>> round(boschloo(56, 70, 48, 80).p_value, 5)
    0.00884
    """
    table = _table(x1, n1, x2, n2)
    if n1 * n2 > MOST_BOSCHLOO_CELLS:
        return fisher(x1, n1, x2, n2)
    return ExactTest(min(1.0, float(stats.boschloo_exact(table, alternative="two-sided").pvalue)), "Boschloo")


def _table(x1: int, n1: int, x2: int, n2: int) -> NDArray[np.int64]:
    """Return the two-by-two table with one column per group: SciPy's exact tests take columns as the samples."""
    (x1, n1), (x2, n2) = check_counts(x1, n1), check_counts(x2, n2)
    return np.array([[x1, x2], [n1 - x1, n2 - x2]])


def minimum_detectable_difference(n_before: int, n_after: int, rate_before: float) -> float:
    """Return the smallest true improvement of a rate that a comparison would probably show.

    Parameters
    ----------
    n_before, n_after : int
        Units in each period.
    rate_before : float
        Expected rate in the first period (0..1, exclusive).

    Returns
    -------
    float
        Difference of rates (0.2 = 20 percentage points) detected with 80 % power by a two-sided test at 5 %;
        ``math.inf`` if not even a rate of 1 would be.

    Raises
    ------
    ValueError
        If a period is empty or the rate lies outside (0, 1).

    Notes
    -----
    Normal approximation with the pooled variance under equality and separate variances under the alternative.

    Examples
    --------
    >>> round(minimum_detectable_difference(60, 60, 0.55), 2)
    0.24
    """
    if min(n_before, n_after) < 1 or not 0 < rate_before < 1:
        raise ValueError(f"{n_before=}, {n_after=}, {rate_before=}: need units in both periods and a rate inside (0, 1)")
    z_test = float(stats.norm.isf((1 - DETECTION_LEVEL) / 2))
    z_power = float(stats.norm.ppf(DETECTION_POWER))

    def surplus(rate_after: float) -> float:
        pooled = (rate_before * n_before + rate_after * n_after) / (n_before + n_after)
        null = math.sqrt(pooled * (1 - pooled) * (1 / n_before + 1 / n_after))
        separate = rate_before * (1 - rate_before) / n_before + rate_after * (1 - rate_after) / n_after
        return rate_after - rate_before - z_test * null - z_power * math.sqrt(separate)

    if surplus(1.0) < 0:
        return math.inf
    return float(optimize.brentq(surplus, rate_before, 1.0)) - rate_before
