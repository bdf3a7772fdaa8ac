"""Worst and best case of a rate when some units are unknown, without assuming that the known ones are typical."""

from __future__ import annotations

from typing import NamedTuple


class Bounds(NamedTuple):
    """What a rate must lie between, whatever the unknown units turn out to be.

    Attributes
    ----------
    low, high : float
        The rate if every unknown unit lacks, or has, the property (share, 0..1). No confidence interval.
    n : int
        All units, known and unknown.
    unknown_share : float
        Unknown units over all units (0..1).
    """

    low: float
    high: float
    n: int
    unknown_share: float


def manski_bounds(yes: int, unknown: int, no: int) -> Bounds:
    """Return worst and best case of a rate when some units are unknown.

    Parameters
    ----------
    yes, unknown, no : int
        Units with the property, not known, and without it.

    Returns
    -------
    Bounds
        Lowest and highest possible rate, and the share unknown.

    Raises
    ------
    ValueError
        If a count is negative or all are 0.

    Examples
    --------
    >>> bounds = manski_bounds(40, 12, 18)
    >>> f"{bounds.low:.0%} to {bounds.high:.0%}"
    '57% to 74%'
    """
    if min(yes, unknown, no) < 0 or yes + unknown + no == 0:
        raise ValueError(f"yes, unknown, no == {yes}, {unknown}, {no}: must be counts with a sum above 0")
    n = yes + unknown + no
    return Bounds(yes / n, (yes + unknown) / n, n, unknown / n)
