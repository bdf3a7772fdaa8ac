"""Who is at risk when: the durations behind every survival estimate, checked and cut to where the curve may start.

A unit is watched from `entry` (the time since its origin at which watching began, 0 if it was watched from the start) to
`exit` (when the event happened or watching ended). It is at risk at time t if ``entry < t <= exit``. Counting units that
were already running when the window opened only from their entry on is *delayed entry*; without it long durations are
over-represented and the median comes out too long.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gapkit.stats.intervals import FloatArray, check_numbers, check_same_length

START_AT_RISK = 5


class RiskSet(NamedTuple):
    """Units under observation, from the time the curve starts.

    Attributes
    ----------
    entry, exit : numpy.ndarray
        Times between which each remaining unit is at risk; ``start <= entry < exit``.
    kept : numpy.ndarray of bool
        Which of the units passed in remain: those watched beyond `start`.
    start : float
        Time at which the curve starts, 0 unless delayed entry leaves too few at risk before. Everything estimated is
        "given no event before `start`". ``math.inf`` if so many are never at risk together; then no unit is kept.
    reach : float
        Last time at which at least `start_at_risk` units were still at risk; 0 if none is kept.
    last : float
        Last time at which any unit was watched; 0 if none is kept.
    """

    entry: FloatArray
    exit: FloatArray
    kept: NDArray[np.bool_]
    start: float
    reach: float
    last: float


def risk_set(time: ArrayLike, entry: ArrayLike | None = None, start_at_risk: int = START_AT_RISK) -> RiskSet:
    """Return who is at risk when, from the first time with enough units at risk.

    Parameters
    ----------
    time : array_like
        Duration of each unit at its event or at the end of watching, above 0.
    entry : array_like, optional
        Duration at which watching began, at least 0; 0 for all if left out.
    start_at_risk : int
        Units that must be at risk together before the curve starts. An early risk set of one or two, as delayed entry
        brings it, would otherwise drive the curve to zero for ever.

    Returns
    -------
    RiskSet
        Entries and exits of the units kept, which they are, and from when and how far the data carry.

    Raises
    ------
    ValueError
        If a value is missing, an entry is negative, or a unit has ``entry >= time``: it would silently vanish from every
        risk set. Callers count same-day work as half a day, ``max(0.5, days)``.

    Examples
    --------
    >>> risks = risk_set([5, 6, 7], [3, 4, 0], start_at_risk=2)
    >>> risks.start, risks.entry.tolist()
    (3.0, [3.0, 4.0, 3.0])
    """
    exits = check_numbers(time, "time")
    entries = np.zeros_like(exits) if entry is None else check_numbers(entry, "entry")
    check_same_length(time=exits, entry=entries)
    _check_order(entries, exits)
    start = _start(entries, exits, start_at_risk)
    kept = exits > start
    entries, exits = np.maximum(entries[kept], min(start, np.finfo(np.float64).max)), exits[kept]
    reach = _reach(entries, exits, start_at_risk)
    return RiskSet(entries, exits, kept, start, reach, float(exits.max(initial=0.0)))


def _check_order(entries: FloatArray, exits: FloatArray) -> None:
    """Refuse negative entries and units that are never at risk."""
    negative, never = int((entries < 0).sum()), int((entries >= exits).sum())
    if negative:
        raise ValueError(f"entry: {negative} of {entries.size} values are negative, must be at least 0")
    if never:
        raise ValueError(
            f"{never} of {entries.size} units have entry >= time and would never be at risk; "
            "a duration must be above its entry, same-day work counts half a day"
        )


def _at_risk_after(moments: FloatArray, entries: FloatArray, exits: FloatArray) -> NDArray[np.int64]:
    """Return how many units are at risk just after each moment."""
    entered = np.searchsorted(np.sort(entries), moments, side="right")
    left = np.searchsorted(np.sort(exits), moments, side="right")
    return entered - left


def _start(entries: FloatArray, exits: FloatArray, start_at_risk: int) -> float:
    """Return the first time with enough units at risk just after it, infinity if there is none."""
    moments = np.unique(entries)
    enough = moments[_at_risk_after(moments, entries, exits) >= start_at_risk]
    return float(enough[0]) if enough.size else math.inf


def _reach(entries: FloatArray, exits: FloatArray, start_at_risk: int) -> float:
    """Return the last time at which enough units were at risk, 0 if there is none."""
    moments = np.unique(exits)
    entered = np.searchsorted(np.sort(entries), moments, side="left")
    left = np.searchsorted(np.sort(exits), moments, side="left")
    enough = moments[entered - left >= start_at_risk]
    return float(enough[-1]) if enough.size else 0.0
