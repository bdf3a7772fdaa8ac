"""Like with like: the client's own past programs, each looked at on the day it stood where an open one stands today.

A program with 40 days left to its promised day is compared with all earlier ones on the day they had 40 days left and were
still open, started or not as this one is. Looking at each past program on that landmark, never at its end, keeps what
happened later out of the comparison, and those that were finished early do not count among the ones still open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gapkit.measurement.forecast.fates import ANY, CANCELLED, DELIVERED

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from gapkit.config import Settings
    from gapkit.stats.intervals import FloatArray


class Spans(NamedTuple):
    """Between which numbers of days left each past program was open, by state.

    Attributes
    ----------
    low, high : numpy.ndarray
        Shape (3, programs): fewest and most days left at which it was open and not started, started, either; low above high
        where it never was.
    """

    low: FloatArray
    high: FloatArray

    def holds(self, state: int, days_left: float) -> NDArray[np.bool_]:
        """Return which programs were open in a state with so many days left."""
        inside: NDArray[np.bool_] = (self.low[state] <= days_left) & (days_left <= self.high[state])
        return inside


def find_spans(fates: pd.DataFrame, last_seen: FloatArray) -> Spans:
    """Return when each program was open, counted in days left to the last day on time.

    Parameters
    ----------
    fates : DataFrame
        From `fates.read_fates`, programs with a promise only.
    last_seen : numpy.ndarray
        Last day on which each may be looked at.
    """
    limit, promised, begun, ended = (fates[name].to_numpy(float) for name in ("limit", "promised", "begun", "ended"))
    last = np.minimum(ended - 1, last_seen)
    first = np.stack([promised, np.maximum(promised, begun), promised])
    until = np.stack([np.minimum(last, begun - 1), last, last])
    unknown = np.isnan(begun)
    low, high = limit - until, limit - first
    low[:ANY, unknown], high[:ANY, unknown] = np.inf, -np.inf
    return Spans(low, high)


class Pools(NamedTuple):
    """Past commitments by state and days left, and what became of them.

    Attributes
    ----------
    n, on_time, cancelled : numpy.ndarray
        Shape (3, days + 1): commitments open in a state (not started, started, either) with so many days left; those of
        them that made it; those cancelled by the last day on time.
    """

    n: NDArray[np.int64]
    on_time: NDArray[np.int64]
    cancelled: NDArray[np.int64]


class Share(NamedTuple):
    """How past commitments like one fared.

    Attributes
    ----------
    n, on_time, cancelled : int
        As in `Pools`, of the pool chosen; all 0 where there are too few.
    days_left, state : int
        Where that pool was looked at.
    """

    n: int
    on_time: int
    cancelled: int
    days_left: int
    state: int


def past_promises(fates: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return the commitments whose last day on time has passed, so that all had the same chance; no older than agreed."""
    is_over = fates["is_promise"] & fates["limit"].between(-settings.forecast_history_days, 0)
    return fates.loc[is_over]


def count_pools(past: pd.DataFrame, most_days: int) -> Pools:
    """Count past commitments by state and days left.

    Parameters
    ----------
    past : DataFrame
        From `past_promises`.
    most_days : int
        Largest number of days left that is asked for.

    Notes
    -----
    Each program adds one to every number of days left at which it was open: differences at both ends, summed up.
    """
    limit = past["limit"].to_numpy(float)
    spans = find_spans(past, limit - 1)
    ended = past["ended"].to_numpy(float)
    made_it = (past["fate"] == DELIVERED).to_numpy() & (ended <= limit)
    # A cancellation on an unknown day counts, for none of them may look as if it had stayed open.
    dropped = (past["fate"] == CANCELLED).to_numpy() & ((ended <= limit) | np.isinf(ended))

    def tally(chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.stack(
            [cover_counts(spans.low[state, chosen], spans.high[state, chosen], 0, most_days) for state in range(3)]
        )

    return Pools(tally(np.ones(len(past), dtype=bool)), tally(made_it), tally(dropped))


def cover_counts(low: FloatArray, high: FloatArray, first: int, last: int) -> NDArray[np.int64]:
    """Return, for each whole number from first to last, how many intervals hold it.

    Examples
    --------
    >>> cover_counts(np.array([1.0, 2.0]), np.array([3.0, np.inf]), 0, 4).tolist()
    [0, 1, 2, 2, 1]
    """
    low, high = np.maximum(low, first), np.minimum(high, last)
    real = low <= high
    size = last - first + 2
    opened = np.bincount((low[real] - first).astype(np.int64), minlength=size)
    closed = np.bincount((high[real] - first + 1).astype(np.int64), minlength=size)
    counts: NDArray[np.int64] = (opened - closed).cumsum()[: size - 1]
    return counts


def nearest_pool(counts: NDArray[np.int64], days_left: int, state: int, least: int, reach: int) -> tuple[int, int] | None:
    """Return the days left and the state at which to look: as they are, else nearest by days, else whatever the state.

    Parameters
    ----------
    counts : numpy.ndarray
        Shape (3, days): programs by state and days left.
    days_left, state : int
        Position in `counts` of the program asked about, and its state.
    least : int
        Programs needed.
    reach : int
        Largest difference in days left.

    Returns
    -------
    tuple of int or None
        Position and state; None where there are too few everywhere. Of two equally near, the fewer days left.
    """
    last = counts.shape[1] - 1
    near = np.arange(max(0, days_left - reach), min(last, days_left + reach) + 1)
    for wanted in dict.fromkeys((state, ANY)):
        enough = near[counts[wanted, near] >= least]
        if enough.size:
            return int(enough[np.argmin(np.abs(enough - days_left))]), wanted
    return None


def share_of(pools: Pools, days_left: int, state: int, settings: Settings) -> Share:
    """Return how past commitments with as many days left fared."""
    found = nearest_pool(pools.n, days_left, state, settings.min_n_rate, settings.forecast_reach_days)
    if found is None:
        return Share(0, 0, 0, days_left, state)
    days, chosen = found
    n, on_time, cancelled = (int(table[chosen, days]) for table in pools)
    return Share(n, on_time, cancelled, days, chosen)
