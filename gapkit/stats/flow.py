"""Little's law as an identity: a check on data and code before any average of work in progress is believed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from gapkit.stats.intervals import FloatArray, check_same_length


class LittleIdentity(NamedTuple):
    """The two sides of Little's law in one window.

    Attributes
    ----------
    mean_in_progress : float
        Mean number of items in progress, from adding up starts and ends along the time axis.
    touching : int
        Items that were in progress at some time in the window.
    mean_inside : float
        Mean time those items spent inside the window; 0 if there are none.
    length : float
        Length of the window.
    """

    mean_in_progress: float
    touching: int
    mean_inside: float
    length: float

    @property
    def difference(self) -> float:
        """Mean in progress less (items per unit of time) times (mean time inside); anything but 0 is an error."""
        return self.mean_in_progress - self.touching / self.length * self.mean_inside


def mean_in_progress(start: ArrayLike, end: ArrayLike, length: float) -> float:
    """Return the mean number of items in progress over a window.

    Parameters
    ----------
    start, end : array_like
        When each item started and ended, in time since the window opened (negative before it); ``math.inf`` as the end of
        an open item.
    length : float
        Length of the window, above 0.

    Returns
    -------
    float
        Items in progress, averaged over the window.

    Raises
    ------
    ValueError
        If an item ends before it starts, a time is missing, or the window has no length.

    Notes
    -----
    Sweeps over all starts and ends: the number in progress between two neighbouring moments times their distance.

    Examples
    --------
    >>> mean_in_progress([0, 2, 4, 6], [3, 9, 5, 12], 10)
    1.5
    """
    starts, ends = _clipped(start, end, length)
    moments = np.concatenate([starts, ends])
    order = np.argsort(moments, kind="stable")
    in_progress = np.cumsum(np.repeat([1, -1], starts.size)[order])
    return float((in_progress[:-1] * np.diff(moments[order])).sum() / length)


def little_identity(start: ArrayLike, end: ArrayLike, length: float) -> LittleIdentity:
    """Return both sides of Little's law for a window.

    Parameters
    ----------
    start, end, length
        As for `mean_in_progress`.

    Returns
    -------
    LittleIdentity
        Both sides of the law.

    Raises
    ------
    ValueError
        As for `mean_in_progress`.

    Notes
    -----
    ``mean in progress = (items touching the window / length) * mean time inside the window`` holds exactly for any window
    and any items; it assumes nothing about stability.

    References
    ----------
    Little, J. D. C. (2011). Little's law as viewed on its 50th anniversary. Operations Research 59, 536-549.

    Examples
    --------
    >>> identity = little_identity([0, 2, 4, 6], [3, 9, 5, 12], 10)
    >>> identity.touching, identity.mean_inside, identity.difference
    (4, 3.75, 0.0)
    """
    starts, ends = _clipped(start, end, length)
    inside = (ends - starts)[ends > starts]
    mean_inside = float(inside.mean()) if inside.size else 0.0
    return LittleIdentity(mean_in_progress(start, end, length), inside.size, mean_inside, float(length))


def _clipped(start: ArrayLike, end: ArrayLike, length: float) -> tuple[FloatArray, FloatArray]:
    """Return starts and ends cut to the window; items outside it keep no length."""
    starts, ends = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
    check_same_length(start=starts, end=ends)
    bad = int((~(starts <= ends)).sum())
    if bad:
        raise ValueError(
            f"{bad} of {starts.size} items end before they start or lack a time, an open item ends at infinity"
        )
    if not length > 0:
        raise ValueError(f"length == {length!r}, must be above 0")
    return np.clip(starts, 0, length), np.clip(ends, 0, length)
