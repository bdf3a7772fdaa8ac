"""How sure an order is, read off replicates: which place something may take, and how often it comes before another.

An order of estimates hides that the first and the third may be told apart by nothing. Ranking each replicate of a bootstrap
shows which places are open to each and which statements hold in nearly all of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from gapkit.stats.intervals import FloatArray, check_level


class RankUncertainty(NamedTuple):
    """Places of several things over many replicates; place 1 has the highest value.

    Attributes
    ----------
    first : numpy.ndarray
        Share of replicates in which each is first; ties for the first place share it.
    top_two : numpy.ndarray
        Share of replicates in which each is first or second.
    low, high : numpy.ndarray of int
        Best and worst place of each, an equal share of replicates left out at either end.
    before : numpy.ndarray
        Entry (i, j): share of replicates in which i has a higher value than j, a tie counting one half; 0.5 for i = j.
    tied_for_first : tuple of int
        Positions of those whose interval of places includes the first.
    """

    first: FloatArray
    top_two: FloatArray
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    before: FloatArray
    tied_for_first: tuple[int, ...]


def rank_uncertainty(replicates: ArrayLike, level: float = 0.9) -> RankUncertainty:
    """Return the uncertainty of an order from replicates of the values ordered.

    Parameters
    ----------
    replicates : array_like
        Shape (replicates, things): the values, in each replicate those of the same resample.
    level : float
        Share of replicates inside the interval of places.

    Returns
    -------
    RankUncertainty
        Probabilities and intervals of places.

    Raises
    ------
    ValueError
        If a value is missing, or there is nothing to order.

    Notes
    -----
    Intervals are for each thing by itself, not for all at once. Beyond either limit lies less than a share of
    ``(1 - level) / 2`` of the replicates. In a tie the best and the worst place of the tie count.

    References
    ----------
    Marshall, E. C. & Spiegelhalter, D. J. (1998). Reliability of league tables of in vitro fertilisation clinics. BMJ 316,
    1701-1704.

    Examples
    --------
    >>> places = rank_uncertainty([[3, 2, 1], [3, 2, 1], [2, 3, 1], [3, 1, 2]], level=0.6)
    >>> places.first.tolist(), places.low.tolist(), places.high.tolist()
    ([0.75, 0.25, 0.0], [1, 1, 2], [2, 3, 3])
    """
    values = np.asarray(replicates, dtype=np.float64)
    if values.ndim != 2 or 0 in values.shape or not np.isfinite(values).all():
        raise ValueError(f"replicates of shape {values.shape}, must be replicates by things, none missing")
    best, worst = (stats.rankdata(-values, method=end, axis=1) for end in ("min", "max"))
    tail = (1 - check_level(level)) / 2
    low = np.quantile(best, tail, axis=0, method="inverted_cdf").astype(int)
    high = -np.quantile(-worst, tail, axis=0, method="inverted_cdf").astype(int)
    above = values[:, :, None] > values[:, None, :]
    return RankUncertainty(
        first=_within(best, worst, 1),
        top_two=_within(best, worst, 2),
        low=low,
        high=high,
        before=np.asarray((above.mean(axis=0) + 1 - above.mean(axis=0).T) / 2),
        tied_for_first=tuple(int(position) for position in np.flatnonzero(low == 1)),
    )


def _within(best: FloatArray, worst: FloatArray, places: int) -> FloatArray:
    """Return how often each takes one of the first places, a tie sharing the places it spans."""
    share = (places - best + 1) / (worst - best + 1)
    return np.asarray(np.clip(share, 0, 1).mean(axis=0), dtype=np.float64)
