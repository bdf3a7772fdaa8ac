"""The bootstrap: resample units with replacement and read the interval off the replicates.

Replicates are drawn as weights (how often each unit was picked), so a statistic made of sums becomes one matrix product
and no loop runs over replicates. The seed is always an argument, and units are put in the order of their values first:
the same data give the same interval, whatever the order of their rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gapkit.stats.intervals import FloatArray, Interval, check_level

REPLICATES = 2000
# Beyond this many units a bootstrap resamples random hands of units instead of single ones. The standard error then
# carries a relative error of about 1/sqrt(2 * MOST_UNITS) = 1.6 %, and time and memory stop growing with the data.
MOST_UNITS = 2000
# Weights held in memory at one time: 4 million, or 32 MB.
CHUNK_WEIGHTS = 4_000_000


def bootstrap_weights(n: int, replicates: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Yield bootstrap weights in blocks that fit in memory.

    Parameters
    ----------
    n : int
        Units to resample, at least 1.
    replicates : int
        Rows in all.
    rng : numpy.random.Generator
        Source of randomness.

    Yields
    ------
    numpy.ndarray
        Block of shape (some replicates, n). Each row is multinomial with equal probabilities and sums to `n`.

    Examples
    --------
    >>> blocks = list(bootstrap_weights(3, 4, np.random.default_rng(1)))
    >>> [block.sum(axis=1).tolist() for block in blocks]
    [[3, 3, 3, 3]]
    """
    rows = max(1, CHUNK_WEIGHTS // n)
    for first in range(0, replicates, rows):
        size = min(rows, replicates - first)
        picks = rng.integers(0, n, size=(size, n)) + n * np.arange(size)[:, None]
        yield np.bincount(picks.ravel(), minlength=size * n).reshape(size, n)


def deal(n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Deal units at random into at most `MOST_UNITS` hands of equal size.

    Resampling hands gives the same variance, in expectation, as resampling units for any statistic that does not change
    when all weights are multiplied by a constant (ratios, rates, curves).

    Parameters
    ----------
    n : int
        Units.
    rng : numpy.random.Generator
        Source of randomness; not used when every unit is a hand of its own.

    Returns
    -------
    numpy.ndarray
        The hand of each unit, counted from 0.

    Examples
    --------
    >>> deal(4, np.random.default_rng(1)).tolist()
    [0, 1, 2, 3]
    """
    return np.arange(n) if n <= MOST_UNITS else rng.permutation(n) % MOST_UNITS


def resampled_totals(table: FloatArray, replicates: int, rng: np.random.Generator) -> FloatArray:
    """Return the column sums of `table` in each bootstrap replicate.

    Parameters
    ----------
    table : numpy.ndarray
        One row per unit, one column per quantity to be summed. The order of rows does not matter.
    replicates : int
        Number of replicates.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    numpy.ndarray
        Shape (replicates, columns). Beyond `MOST_UNITS` units use ratios of the sums only (see `deal`).
    """
    ordered = table[np.lexsort(table.T[::-1])]
    hand = deal(len(ordered), rng)
    hands = np.column_stack([np.bincount(hand, weights=column) for column in ordered.T])
    blocks = bootstrap_weights(len(hands), replicates, rng)
    return np.concatenate([weights.astype(np.float64) @ hands for weights in blocks])


def percentile_interval(value: float, replicates: ArrayLike, level: float = 0.95) -> Interval:
    """Return the percentile interval of a bootstrapped statistic.

    Parameters
    ----------
    value : float
        The statistic on the data themselves.
    replicates : array_like
        The statistic in each replicate. Replicates in which it does not exist (not finite) are left out.
    level : float
        Confidence level.

    Returns
    -------
    Interval
        `value` between the two quantiles of the replicates.

    Raises
    ------
    ValueError
        If the statistic exists in no replicate.

    Examples
    --------
    >>> [round(limit, 9) for limit in percentile_interval(50, range(101), level=0.9)]
    [50.0, 5.0, 95.0]
    """
    draws = np.asarray(replicates, dtype=np.float64)
    draws = draws[np.isfinite(draws)]
    if not draws.size:
        raise ValueError("the statistic exists in no replicate")
    tail = (1 - check_level(level)) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return Interval(float(value), float(low), float(high))
