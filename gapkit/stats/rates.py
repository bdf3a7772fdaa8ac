"""Rates: a share of units with its interval, also when units come in clusters or in unequal sizes.

A rate is a count over a count, so `x` of `n`. Units of one cluster (the programs of one team) are alike, which makes a
plain interval too narrow; `clustered_wilson` corrects for it. A rate weighted by size or money is a ratio of two sums and
takes `ratio_of_sums`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from gapkit.stats.intervals import Interval, check_counts, check_flags, check_level, check_numbers, check_same_length
from gapkit.stats.resample import REPLICATES, percentile_interval, resampled_totals

MIN_CLUSTERS = 5
MIN_CLUSTER_SIZE = 3
# Assumed when there are too few clusters to estimate one: a sensitivity figure, not an estimate.
SENSITIVITY_DEFF = 2.0


def wilson(x: int, n: int, level: float = 0.95) -> Interval:
    """Return a rate with its Wilson score interval.

    Parameters
    ----------
    x, n : int
        Units with the property, and all units.
    level : float
        Confidence level.

    Returns
    -------
    Interval
        The rate and its limits (0..1).

    Raises
    ------
    ValueError
        If `n` is 0 or `x` lies outside 0..n.

    References
    ----------
    Newcombe, R. G. (1998). Two-sided confidence intervals for the single proportion. Stat Med 17, 857-872.

    Examples
    --------
    >>> [round(number, 4) for number in wilson(81, 263)]
    [0.308, 0.2553, 0.3662]
    """
    x, n = check_counts(x, n)
    interval = stats.binomtest(x, n).proportion_ci(check_level(level), method="wilson")
    return Interval(x / n, float(interval.low), float(interval.high))


def jeffreys(x: int, n: int, level: float = 0.95) -> Interval:
    """Return a rate with its Jeffreys interval, the cross-check on `wilson`.

    Parameters
    ----------
    x, n : int
        Units with the property, and all units.
    level : float
        Confidence level.

    Returns
    -------
    Interval
        The rate and its limits (0..1).

    Raises
    ------
    ValueError
        If `n` is 0 or `x` lies outside 0..n.

    Notes
    -----
    Equal-tailed quantiles of Beta(x + 1/2, n - x + 1/2).

    References
    ----------
    Brown, L. D., Cai, T. T. & DasGupta, A. (2001). Interval estimation for a binomial proportion. Stat Sci 16, 101-133.
    """
    x, n = check_counts(x, n)
    low, high = proportion_confint(x, n, alpha=1 - check_level(level), method="jeffreys")
    return Interval(x / n, float(low), float(high))


class DesignEffect(NamedTuple):
    """How much a rate's variance grows because units come in clusters.

    Attributes
    ----------
    deff : float
        Variance of the rate over the variance of independent units; at least 1. It is 1 also when it cannot be estimated
        (fewer than 2 usable clusters) or is undefined (the pooled rate is 0 or 1): look at `n_clusters`.
    n_clusters : int
        Usable clusters, those with at least `MIN_CLUSTER_SIZE` units.
    mean_size : float
        Mean number of units in a usable cluster; 0 if there is none.
    """

    deff: float
    n_clusters: int
    mean_size: float


def cluster_design_effect(successes_by_cluster: ArrayLike, n_by_cluster: ArrayLike) -> DesignEffect:
    """Return the design effect of a rate observed in clusters.

    Parameters
    ----------
    successes_by_cluster, n_by_cluster : array_like
        Units with the property and all units, one entry per cluster. Clusters of fewer than `MIN_CLUSTER_SIZE` units say
        almost nothing about how clusters differ and are left out here (not out of the rate).

    Returns
    -------
    DesignEffect
        The effect, and the number and mean size of the usable clusters.

    Notes
    -----
    ``m * sum((p_j - p)**2) / (T - 1) / (p * (1 - p))``, floored at 1, over T usable clusters with rates p_j, pooled rate
    p and mean size m.

    Examples
    --------
    >>> round(cluster_design_effect([2, 4, 6, 8], [10, 10, 10, 10]).deff, 3)
    2.667
    """
    x, n = check_numbers(successes_by_cluster, "successes_by_cluster"), check_numbers(n_by_cluster, "n_by_cluster")
    check_same_length(successes_by_cluster=x, n_by_cluster=n)
    usable = n >= MIN_CLUSTER_SIZE
    x, n = x[usable], n[usable]
    clusters, size = len(n), float(n.mean()) if len(n) else 0.0
    pooled = float(x.sum() / n.sum()) if len(n) else 0.0
    if clusters < 2 or pooled in (0.0, 1.0):
        return DesignEffect(1.0, clusters, size)
    between = float(((x / n - pooled) ** 2).sum() / (clusters - 1))
    return DesignEffect(max(1.0, size * between / (pooled * (1 - pooled))), clusters, size)


class ClusteredRate(NamedTuple):
    """A rate with an interval that allows for clusters.

    Attributes
    ----------
    value, low, high : float
        The rate and its limits (0..1).
    n, successes : int
        All units, and those with the property.
    n_clusters : int
        Clusters with at least `MIN_CLUSTER_SIZE` units.
    deff : float
        Design effect applied to the interval; 1 when none was.
    n_eff : float
        ``n / deff``, the number of independent units the interval is worth.
    method : str
        How the interval was made, for a foot line.
    sensitivity : Interval or None
        With fewer than `MIN_CLUSTERS` usable clusters, the interval as it would be with a design effect of 2; else None.
    """

    value: float
    low: float
    high: float
    n: int
    successes: int
    n_clusters: int
    deff: float
    n_eff: float
    method: str
    sensitivity: Interval | None


def clustered_wilson(success: ArrayLike, cluster: ArrayLike, level: float = 0.95) -> ClusteredRate:
    """Return the rate of `success` with a Wilson interval that allows for clusters.

    Parameters
    ----------
    success : array_like of bool
        Whether each unit has the property; nothing missing.
    cluster : array_like
        Label of each unit's cluster. Units without a label, and units of clusters below `MIN_CLUSTER_SIZE`, count fully
        in the rate and in `n` but not in the estimate of the design effect.
    level : float
        Confidence level.

    Returns
    -------
    ClusteredRate
        The rate with its limits, the design effect behind them, and a sensitivity where there is none.

    Raises
    ------
    ValueError
        If there is no unit, or an entry of `success` is missing or neither true nor false.

    Notes
    -----
    With at least 5 clusters of at least 3 units the interval is Wilson's for ``x / deff`` of ``n / deff`` units with the
    quantile of Student's t on T - 1 degrees of freedom for the normal one, because the design effect itself is estimated
    from T clusters. With fewer it is the plain Wilson interval, and the one for a design effect of 2 stands beside it.

    Examples
    --------
    >>> teams = np.repeat(["a", "b", "c", "d", "e"], 8)
    >>> on_time = np.tile([1, 1, 1, 1, 0, 0, 0, 0], 5)
    >>> rate = clustered_wilson(on_time, teams)
    >>> rate.value, rate.deff, rate.n_clusters
    (0.5, 1.0, 5)
    """
    flags = check_flags(success, "success")
    codes, _ = pd.factorize(np.asarray(cluster))
    check_same_length(success=flags, cluster=codes)
    x, n = check_counts(int(flags.sum()), flags.size)
    known = codes >= 0
    effect = cluster_design_effect(np.bincount(codes[known], weights=flags[known]), np.bincount(codes[known]))
    if effect.n_clusters < MIN_CLUSTERS:
        value, low, high = wilson(x, n, level)
        wider = _wilson_limits(x, n, SENSITIVITY_DEFF, float(stats.norm.isf((1 - level) / 2)))
        method = f"Wilson interval; fewer than {MIN_CLUSTERS} teams of {MIN_CLUSTER_SIZE} or more, no design effect"
        return ClusteredRate(value, low, high, n, x, effect.n_clusters, 1.0, float(n), method, wider)
    quantile = float(stats.t.isf((1 - check_level(level)) / 2, effect.n_clusters - 1))
    value, low, high = _wilson_limits(x, n, effect.deff, quantile)
    method = f"Wilson interval, design effect {effect.deff:.2f} over {effect.n_clusters} teams"
    return ClusteredRate(value, low, high, n, x, effect.n_clusters, effect.deff, n / effect.deff, method, None)


def _wilson_limits(x: int, n: int, deff: float, quantile: float) -> Interval:
    """Return Wilson limits for a fractional number of units, which scipy's exact counts do not allow."""
    rate, size, square = x / n, n / deff, quantile**2
    centre = (rate + square / (2 * size)) / (1 + square / size)
    half = quantile / (1 + square / size) * math.sqrt(rate * (1 - rate) / size + square / (4 * size**2))
    # The limits of 0 of n and n of n are 0 and 1; the square root leaves 1e-17 there.
    return Interval(rate, max(0.0, centre - half) if x else 0.0, min(1.0, centre + half) if x < n else 1.0)


def ratio_of_sums(
    numerator: ArrayLike,
    denominator: ArrayLike,
    groups: ArrayLike | None = None,
    *,
    level: float = 0.95,
    replicates: int = REPLICATES,
    seed: int,
) -> Interval:
    """Return the ratio of two sums with a bootstrap interval over units.

    This is the estimator of a rate weighted by budget or size, and of flow efficiency.

    Parameters
    ----------
    numerator, denominator : array_like
        One entry per row, nothing missing; the denominators must have a sum above 0.
    groups : array_like, optional
        Label of the unit each row belongs to (the program of a stage visit). Rows are summed within a unit first, and
        whole units are resampled. Without it every row is a unit.
    level : float
        Confidence level.
    replicates : int
        Bootstrap replicates.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    Interval
        Sum of numerators over sum of denominators, with bootstrap limits.

    Raises
    ------
    ValueError
        If an entry or a group label is missing, or the denominators do not sum to more than 0.

    Notes
    -----
    Percentile interval. The order of rows does not matter. Beyond `gapkit.stats.resample.MOST_UNITS` units, random hands
    of units are resampled.

    Examples
    --------
    >>> ratio_of_sums([5, 0, 10], [10, 10, 20], seed=1).value
    0.375
    """
    top, bottom = check_numbers(numerator, "numerator"), check_numbers(denominator, "denominator")
    check_same_length(numerator=top, denominator=bottom)
    if groups is not None:
        top, bottom = _sums_by_group(top, bottom, groups)
    if bottom.sum() <= 0:
        raise ValueError(f"denominator: sum == {bottom.sum():g}, must be above 0")
    totals = resampled_totals(np.column_stack([top, bottom]), replicates, np.random.default_rng(seed))
    possible = totals[:, 1] > 0
    return percentile_interval(float(top.sum() / bottom.sum()), totals[possible, 0] / totals[possible, 1], level)


def _sums_by_group(top: np.ndarray, bottom: np.ndarray, groups: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return both columns summed within each group."""
    codes, _ = pd.factorize(np.asarray(groups))
    check_same_length(numerator=top, groups=codes)
    missing = int((codes < 0).sum())
    if missing:
        raise ValueError(f"groups: {missing} of {codes.size} labels are missing, must all be given")
    return np.bincount(codes, weights=top), np.bincount(codes, weights=bottom)
