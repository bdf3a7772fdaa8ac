"""Two rates compared when units come in clusters: each side counts as many units as it is worth."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from gapkit.stats.intervals import check_flags, check_level, check_same_length


class ClusteredDifference(NamedTuple):
    """A difference of two rates with an interval that allows for clusters.

    Attributes
    ----------
    value, low, high : float
        First rate minus second, with limits.
    p_value : float
        Two-sided p-value of equal rates.
    deff : float
        The larger design effect of the two sides.
    n_clusters : int
        Clusters on the side with fewer.
    """

    value: float
    low: float
    high: float
    p_value: float
    deff: float
    n_clusters: int


class _Side(NamedTuple):
    rate: float
    n: int
    deff: float
    clusters: int


def clustered_difference(
    success1: ArrayLike, cluster1: ArrayLike, success2: ArrayLike, cluster2: ArrayLike, level: float = 0.95
) -> ClusteredDifference:
    """Return the difference of two rates, first minus second, when units of a cluster are alike.

    Parameters
    ----------
    success1, cluster1 : array_like
        Whether each unit of the first group (after) has the property, and the label of its cluster, nothing missing.
    success2, cluster2 : array_like
        The same in the second group (before).
    level : float
        Confidence level.

    Returns
    -------
    ClusteredDifference
        Difference with limits, p-value, and the design effect behind them.

    Raises
    ------
    ValueError
        If a group has fewer than two clusters: how clusters differ is not known then.

    Notes
    -----
    The design effect of a side is the variance of its rate as a ratio of cluster totals,
    ``T / (T - 1) * sum((x_j - p n_j)**2) / n**2``, over ``p (1 - p) / n``, at least 1 (Rao & Scott 1992); unlike one made
    from clusters of three or more it also sees pairs. Counts are divided by it and enter Newcombe's method 10 with the t
    quantile on T - 1 degrees of freedom of each side, and a pooled z-test with that of both.

    References
    ----------
    Rao, J. N. K. & Scott, A. J. (1992). A simple method for the analysis of clustered binary data. Biometrics 48, 577-585.

    Examples
    --------
    >>> single = clustered_difference([1] * 8 + [0] * 2, range(10), [1] * 4 + [0] * 6, range(10))
    >>> round(single.value, 6), round(single.deff, 2)
    (0.4, 1.11)
    """
    check_level(level)
    first, second = _side(success1, cluster1), _side(success2, cluster2)
    (low1, high1), (low2, high2) = _limits(first, level), _limits(second, level)
    gap = first.rate - second.rate
    low = gap - math.hypot(first.rate - low1, high2 - second.rate)
    high = gap + math.hypot(high1 - first.rate, second.rate - low2)
    return ClusteredDifference(
        gap, max(-1.0, low), min(1.0, high), _p_value(first, second), max(first.deff, second.deff),
        min(first.clusters, second.clusters),
    )  # fmt: skip


def _side(success: ArrayLike, cluster: ArrayLike) -> _Side:
    flags = check_flags(success, "success").astype(float)
    codes, labels = pd.factorize(np.asarray(cluster))
    check_same_length(success=flags, cluster=codes)
    if len(labels) < 2:
        raise ValueError(f"cluster: {len(labels)} clusters, must be 2 or more")
    n, rate = flags.size, float(flags.mean())
    between = float((np.bincount(codes, weights=flags - rate) ** 2).sum()) * len(labels) / (len(labels) - 1) / n**2
    plain = rate * (1 - rate) / n
    return _Side(rate, n, max(1.0, between / plain) if plain else 1.0, len(labels))


def _limits(side: _Side, level: float) -> tuple[float, float]:
    """Return Wilson limits of a rate over so many units as it is worth."""
    size, quantile = side.n / side.deff, float(stats.t.isf((1 - level) / 2, side.clusters - 1))
    square = quantile**2
    centre = (side.rate + square / (2 * size)) / (1 + square / size)
    half = quantile / (1 + square / size) * math.sqrt(side.rate * (1 - side.rate) / size + square / (4 * size**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def _p_value(first: _Side, second: _Side) -> float:
    sizes = first.n / first.deff, second.n / second.deff
    pooled = (first.rate * sizes[0] + second.rate * sizes[1]) / sum(sizes)
    error = math.sqrt(pooled * (1 - pooled) * (1 / sizes[0] + 1 / sizes[1]))
    if error == 0:
        return 1.0
    return 2 * float(stats.t.sf(abs(first.rate - second.rate) / error, first.clusters + second.clusters - 2))
