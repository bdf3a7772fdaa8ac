"""The XmR chart tells a signal from what the process gives anyway.

Each value stands alone (X) beside its range to the one before (mR). What a process does between neighbouring points is its
noise; a point, or a run of points, that this noise does not explain is worth a look.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Three standard deviations, and the largest range to be expected, in mean ranges of two: 3 / 1.128 and 3.267.
LIMIT_FACTOR: Final = 2.66
RANGE_FACTOR: Final = 3.267
# Points in a row that make a run, on one side of the mean as well as up or down.
RUN: Final = 7

Signal = Literal["outside", "shift", "trend", "two_of_three"]
Side = Literal[1, -1]


class Limits(NamedTuple):
    """What a process is expected to do.

    Attributes
    ----------
    mean : float
        Of all values.
    low, high : float
        Mean ± 2.66 mean ranges, cut at what is possible.
    spread : float
        2.66 mean ranges: from the mean to either limit before any cut.
    mean_range : float
        Mean range of neighbouring values, after the screening.
    range_limit : float
        3.267 mean ranges.
    n : int
        Values they rest on.
    n_screened : int
        Ranges left out by the screening.
    """

    mean: float
    low: float
    high: float
    spread: float
    mean_range: float
    range_limit: float
    n: int
    n_screened: int


class Run(NamedTuple):
    """Points in a row on one side of the mean.

    Attributes
    ----------
    start, stop : int
        Place of the first point, and of the one after the last.
    side : {1, -1}
        Above or below the mean.
    """

    start: int
    stop: int
    side: Side

    @property
    def length(self) -> int:
        """Points in the run."""
        return self.stop - self.start


def xmr_limits(
    values: ArrayLike, *, screen: bool = True, least: float | None = None, most: float | None = None
) -> Limits:  # fmt: skip
    """Return the limits of a series of values.

    Parameters
    ----------
    values : array-like of float
        In order of time, at least two, none missing.
    screen : bool
        Whether ranges of at least 3.267 mean ranges are left out once, so that one wild point does not hide the next.
    least, most : float, optional
        What is possible at all (0 for counts, 0 and 1 for shares): limits are cut there.

    Raises
    ------
    ValueError
        If there are fewer than two values, or one is missing.

    Notes
    -----
    Where the screening would leave no range above zero, nothing is screened. A series that never varies has limits of no
    width: any other value lies outside.

    References
    ----------
    Wheeler, D. J. (2000). Understanding Variation. SPC Press. The screening is that of NHS England, Making Data Count.

    Examples
    --------
    >>> found = xmr_limits([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    >>> [round(number, 1) for number in (found.mean, found.mean_range, found.low, found.high)]
    [50.8, 1.9, 45.8, 55.8]
    """
    x = _checked(values)
    if len(x) < 2:
        raise ValueError(f"{len(x)} values: limits need at least two")
    ranges = np.abs(np.diff(x))
    kept = ranges[ranges < RANGE_FACTOR * ranges.mean()] if screen else ranges
    if not kept.any():
        kept = ranges
    mean, mean_range = float(x.mean()), float(kept.mean())
    spread = LIMIT_FACTOR * mean_range
    low = mean - spread if least is None else max(least, mean - spread)
    high = mean + spread if most is None else min(most, mean + spread)
    return Limits(mean, low, high, spread, mean_range, RANGE_FACTOR * mean_range, len(x), len(ranges) - len(kept))


def find_runs(values: ArrayLike, mean: float, length: int = RUN) -> tuple[Run, ...]:
    """Return every run of at least so many points on one side of the mean, in order of time.

    A point on the mean belongs to neither side and ends a run.

    Examples
    --------
    >>> find_runs([1, 2, 2, 2, 2, 2, 2, 2, 0], 1.5)
    (Run(start=1, stop=8, side=1),)
    """
    runs: list[Run] = []
    sides = np.sign(_checked(values) - mean).astype(int)
    edges = np.flatnonzero(np.diff(sides)) + 1
    for start, stop in zip([0, *edges.tolist()], [*edges.tolist(), len(sides)], strict=True):
        if stop - start >= length and sides[start] != 0:
            runs.append(Run(start, stop, 1 if sides[start] > 0 else -1))
    return tuple(runs)


def find_signals(values: ArrayLike, limits: Limits, length: int = RUN) -> tuple[frozenset[Signal], ...]:
    """Return the signals each value takes part in.

    Parameters
    ----------
    values : array-like of float
        In order of time, none missing; they need not be those the limits rest on.
    limits : Limits
        What is expected.
    length : int
        Points on one side of the mean that make a shift.

    Returns
    -------
    tuple of frozenset of str
        One per value. ``outside``: beyond a limit. ``shift``: one of 7 or more in a row on one side of the mean. ``trend``:
        one of 7 or more each above, or each below, the one before. ``two_of_three``: beyond two-thirds of the way to a
        limit, as another of three neighbours that all lie on that side.

    Notes
    -----
    Only the shift is called one. In 20,000 simulated charts of 12 stable points and 8 new ones, any of the four fires on
    the new ones in 18 to 19 %, the shift in 4 to 5 %; a true shift by two standard deviations is caught in 85 to 86 %.

    Examples
    --------
    >>> limits = xmr_limits([4, 6, 5, 4, 6, 5, 4, 6, 5, 5])
    >>> [sorted(found) for found in find_signals([5, 20, 5], limits)]
    [[], ['outside'], []]
    """
    x = _checked(values)
    marks: dict[Signal, NDArray[np.bool_]] = {
        "outside": (x > limits.high) | (x < limits.low),
        "shift": _in_runs(len(x), find_runs(x, limits.mean, length)),
        "trend": _in_trends(x),
        "two_of_three": _near_limit(x, limits),
    }
    return tuple(frozenset(name for name, hit in marks.items() if hit[place]) for place in range(len(x)))


def _checked(values: ArrayLike) -> NDArray[np.float64]:
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or not np.isfinite(x).all():
        raise ValueError("values must be one row of finite numbers")
    return x


def _in_runs(n: int, runs: tuple[Run, ...]) -> NDArray[np.bool_]:
    hit = np.zeros(n, dtype=bool)
    for run in runs:
        hit[run.start : run.stop] = True
    return hit


def _in_trends(x: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which values are one of 7 or more that all go up, or all go down."""
    hit = np.zeros(len(x), dtype=bool)
    steps = np.diff(x)
    for run in find_runs(steps, 0.0, RUN - 1) if len(steps) else ():
        hit[run.start : run.stop + 1] = True
    return hit


def _near_limit(x: NDArray[np.float64], limits: Limits) -> NDArray[np.bool_]:
    """Return which values lie near a limit, as at least two of three neighbours on one side of the mean do."""
    hit = np.zeros(len(x), dtype=bool)
    away = x - limits.mean
    for side in (1, -1):
        is_far = side * away > 2 / 3 * limits.spread
        for first in range(len(x) - 2):
            three = slice(first, first + 3)
            if (side * away[three] > 0).all() and is_far[three].sum() >= 2:
                hit[three] |= is_far[three]
    return hit
