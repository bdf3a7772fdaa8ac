"""Order without distances: how far groups lie apart, whether one thing rises with another, whether rates follow a scale.

Answers on a five-point scale and levels of an organisation have an order and no unit. Everything here uses the order alone.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.stats.contingency_tables import Table

from gapkit.stats.intervals import FloatArray, Interval, check_counts, check_level, check_numbers, check_same_length
from gapkit.stats.rates import wilson
from gapkit.stats.resample import REPLICATES, percentile_interval

# Cells of cross tables held at one time: few enough to stay in the processor's cache.
CHUNK_CELLS = 500_000


def cliffs_delta(first: ArrayLike, second: ArrayLike, level: float = 0.95) -> Interval:
    """Return Cliff's delta, how much more often a value of the first group lies above one of the second than below.

    Parameters
    ----------
    first, second : array_like
        Values of the two groups, at least two in each.
    level : float
        Confidence level.

    Returns
    -------
    Interval
        Delta in -1..1 (0: neither group tends to be higher), with Cliff's asymmetric limits.

    Raises
    ------
    ValueError
        If a group has fewer than two values or one is missing.

    Notes
    -----
    With d the dominance of every pair (1, 0, -1), ``delta = mean(d)`` and its unbiased variance is
    ``(n2**2 * SS(row means) + n1**2 * SS(column means) - SS(d)) / (n1 * n2 * (n1 - 1) * (n2 - 1))``, at least
    ``(1 - delta**2) / (n1 * n2 - 1)``. With v this variance times the squared quantile of t on ``n1 + n2 - 2`` degrees of
    freedom, the limits are ``(delta - delta**3 +- sqrt(v * ((1 - delta**2)**2 + v))) / (1 - delta**2 + v)``. Where the
    groups do not overlap the variance is 0 and says nothing; the inner limit is then Wilson's for n of n, n being the
    smaller group.

    References
    ----------
    Cliff, N. (1996). Ordinal methods for behavioral data analysis. Erlbaum.
    Feng, D. & Cliff, N. (2004). Monte Carlo evaluation of ordinal d with improved confidence interval. JMASM 3, 322-332.

    Examples
    --------
    >>> delta = cliffs_delta([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50])
    >>> [round(number, 4) for number in delta]
    [-0.25, -0.7266, 0.389]
    """
    x, y = check_numbers(first, "first"), check_numbers(second, "second")
    n1, n2 = x.size, y.size
    if min(n1, n2) < 2:
        raise ValueError(f"groups of {n1} and {n2} values, must be at least 2 each")
    rows, columns = _dominance(x, y), -_dominance(y, x)
    delta = float(rows.mean())
    if abs(delta) == 1:
        inner = 2 * wilson(min(n1, n2), min(n1, n2), level).low - 1
        return Interval(delta, min(delta, delta * inner), max(delta, delta * inner))
    ties = sum(float((x == value).sum()) * float((y == value).sum()) for value in np.unique(x))
    squares = n1 * n2 - ties - n1 * n2 * delta**2
    deviations = n2**2 * float(((rows - delta) ** 2).sum()) + n1**2 * float(((columns - delta) ** 2).sum())
    variance = max((deviations - squares) / (n1 * n2 * (n1 - 1) * (n2 - 1)), (1 - delta**2) / (n1 * n2 - 1))
    spread = variance * float(stats.t.isf((1 - check_level(level)) / 2, n1 + n2 - 2)) ** 2
    reach = math.sqrt(spread * ((1 - delta**2) ** 2 + spread))
    low, high = ((delta - delta**3 + side * reach) / (1 - delta**2 + spread) for side in (-1, 1))
    return Interval(delta, max(-1.0, low), min(1.0, high))


def _dominance(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return, for each value of `x`, the share of `y` below it less the share above it."""
    ordered = np.sort(y)
    return (np.searchsorted(ordered, x, "left") + np.searchsorted(ordered, x, "right")) / y.size - 1


class OrdinalAssociation(NamedTuple):
    """Whether one thing tends to rise with another.

    Attributes
    ----------
    value : float
        Somers' D of the second on the first, in -1..1; 0 means no tendency.
    low, high : float
        Bootstrap limits.
    p_value : float
        Two-sided permutation p-value of no association within strata.
    n : int
        Units.
    """

    value: float
    low: float
    high: float
    p_value: float
    n: int


def somers_d(
    first: ArrayLike,
    second: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    level: float = 0.95,
    replicates: int = REPLICATES,
    seed: int,
) -> OrdinalAssociation:
    """Return Somers' D of the second on the first: over pairs that differ in the first, how much oftener both rise.

    Parameters
    ----------
    first : array_like
        What is thought to come first, such as organisational distance.
    second : array_like
        What may follow it, such as drift.
    strata : array_like, optional
        Group of each unit; the test compares units only with others of their group.
    level : float
        Confidence level.
    replicates : int
        Bootstrap replicates, and as many permutations.
    seed : int
        Seed of both.

    Returns
    -------
    OrdinalAssociation
        D with bootstrap limits, and the p-value of a test that shuffles the first within strata.

    Raises
    ------
    ValueError
        If arrays differ in length, a value is missing, or the first never varies: nothing can then be said about it.

    Notes
    -----
    ``D = (concordant - discordant) / pairs that differ in the first``. Limits are percentiles. The p-value is twice the
    smaller tail, the data counted as one of the permutations. Time and memory grow with the number of distinct values of
    the one times that of the other.

    References
    ----------
    Somers, R. H. (1962). A new asymmetric measure of association for ordinal variables. Am Sociol Rev 27, 799-811.

    Examples
    --------
    >>> association = somers_d([1, 1, 2, 2, 3, 3, 4, 4], [1, 2, 2, 3, 3, 4, 4, 5], seed=1)
    >>> round(association.value, 3), association.p_value < 0.01
    (0.875, True)
    """
    x, y = check_numbers(first, "first"), check_numbers(second, "second")
    group = np.zeros(x.size) if strata is None else np.asarray(strata)
    check_same_length(first=x, second=y, strata=group)
    # One order of rows, whatever the order they came in: the same data give the same interval.
    stratum = np.unique(group, return_inverse=True)[1]
    order = np.lexsort([x, y, stratum])
    (levels, a), (others, b) = np.unique(x[order], return_inverse=True), np.unique(y[order], return_inverse=True)
    if levels.size < 2:
        raise ValueError("first has the same value throughout, nothing can follow it")
    shape, rng = (levels.size, others.size), np.random.default_rng(seed)
    value = float(_somers(_tables(a[None], b[None], shape))[0])
    blocks = _blocks(replicates, max(x.size, levels.size * others.size))
    picks = (rng.integers(0, x.size, (rows, x.size)) for rows in blocks)
    drawn = np.concatenate([_somers(_tables(a[pick], b[pick], shape)) for pick in picks])
    shuffled = np.concatenate([_somers(_tables(_shuffled(a, stratum[order], rows, rng), b, shape)) for rows in blocks])
    # Rounding must not part permutations that are equal to the data.
    tail = min((shuffled >= value - 1e-12).sum(), (shuffled <= value + 1e-12).sum())
    interval = percentile_interval(value, drawn, level)
    return OrdinalAssociation(*interval, min(1.0, 2 * float(tail + 1) / (replicates + 1)), x.size)


def _blocks(replicates: int, width: int) -> list[int]:
    """Return how many replicates to hold in memory at one time."""
    rows = max(1, CHUNK_CELLS // width)
    return [min(rows, replicates - done) for done in range(0, replicates, rows)]


def _shuffled(values: NDArray[np.intp], stratum: NDArray[np.intp], rows: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return rows in which the values of each stratum are shuffled; units must come in order of stratum."""
    shuffled = np.tile(values, (rows, 1))
    for part in np.split(np.arange(values.size), np.flatnonzero(np.diff(stratum)) + 1):
        shuffled[:, part] = rng.permuted(shuffled[:, part], axis=1)
    return shuffled


def _tables(a: NDArray[np.intp], b: NDArray[np.intp], shape: tuple[int, int]) -> FloatArray:
    """Return the cross table of each row of codes."""
    size = shape[0] * shape[1]
    cells = np.ravel_multi_index((a, np.broadcast_to(b, a.shape)), shape) + size * np.arange(len(a))[:, None]
    counts: FloatArray = np.bincount(cells.ravel(), minlength=size * len(a)).astype(np.float64)
    return counts.reshape(-1, *shape)


def _somers(tables: FloatArray) -> FloatArray:
    """Return Somers' D of columns on rows for each table, nan where no pair differs in the rows."""
    # For each cell, what lies in rows above it, and of that left and right of it.
    above = np.cumsum(tables, axis=1) - tables
    upto = np.cumsum(above, axis=2)
    surplus = (tables * ((upto - above) - (upto[:, :, -1:] - upto))).sum(axis=(1, 2))
    rows = tables.sum(axis=2)
    pairs = (rows.sum(axis=1) ** 2 - (rows**2).sum(axis=1)) / 2
    shares: FloatArray = np.divide(surplus, pairs, out=np.full(len(tables), np.nan), where=pairs > 0)
    return shares


class Trend(NamedTuple):
    """Whether a rate follows an ordered scale.

    Attributes
    ----------
    z : float
        Standardised statistic, positive if the rate rises along the scale.
    p_value : float
        Two-sided p-value.
    """

    z: float
    p_value: float


def rate_trend(x: ArrayLike, n: ArrayLike) -> Trend:
    """Return the linear-by-linear test of a trend in rates over ordered groups.

    Parameters
    ----------
    x, n : array_like of int
        Units with the property, and all units, of each group in order.

    Returns
    -------
    Trend
        Statistic and p-value; 0 and 1 if all units are alike, as there is nothing to follow.

    Raises
    ------
    ValueError
        If a count lies outside its group, or there are fewer than two groups.

    Notes
    -----
    Groups are scored 1, 2, 3, ... The variance is that of a random permutation, so z is smaller than Cochran-Armitage's by
    the factor ``sqrt((N - 1) / N)``.

    References
    ----------
    Agresti, A. (2013). Categorical data analysis, 3rd ed., section 3.4. Wiley.

    Examples
    --------
    >>> trend = rate_trend([20, 15, 8], [30, 30, 30])
    >>> round(trend.z, 4)
    -3.0842
    """
    counts = [check_counts(int(a), int(b)) for a, b in zip(np.atleast_1d(x), np.atleast_1d(n), strict=True)]
    if len(counts) < 2:
        raise ValueError(f"{len(counts)} groups, must be 2 or more")
    total, units = (sum(column) for column in zip(*counts, strict=True))
    if total in (0, units):
        return Trend(0.0, 1.0)
    test = Table([[b - a, a] for a, b in counts], shift_zeros=False).test_ordinal_association()
    return Trend(float(test.zscore), float(test.pvalue))
