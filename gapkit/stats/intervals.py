"""The shape of an estimate with its interval, and the checks every estimate makes on its arguments.

One convention holds for all of `gapkit.stats`: a limit that was not reached is `math.inf`, and `nan` never leaves a
function. Arguments that make no sense are refused with a `ValueError` that names them; whether there is *enough* data to
show a figure is decided by the caller, who knows the minimum counts.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


class Interval(NamedTuple):
    """A point estimate with its confidence limits.

    Attributes
    ----------
    value : float
        The estimate.
    low, high : float
        Confidence limits in the unit of `value`; ``math.inf`` where a limit was not reached, never ``nan``.
    """

    value: float
    low: float
    high: float


def check_level(level: float) -> float:
    """Return a confidence level, refusing anything outside (0, 1).

    Returns
    -------
    float
        The level.

    Raises
    ------
    ValueError
        For a level such as 95, which is a percentage.
    """
    if not 0 < level < 1:
        raise ValueError(f"level == {level!r}, must be between 0 and 1, such as 0.95")
    return float(level)


def check_counts(x: int, n: int) -> tuple[int, int]:
    """Return `x` of `n` as whole numbers, refusing what cannot be a rate.

    Returns
    -------
    tuple of int
        `x` and `n`.

    Raises
    ------
    ValueError
        If either is not whole, `n` is below 1, or `x` lies outside 0..n. A rate of nothing is not zero.
    """
    if x != int(x) or n != int(n) or n < 1 or not 0 <= x <= n:
        raise ValueError(f"x == {x!r} of n == {n!r}, must be whole numbers with n >= 1 and 0 <= x <= n")
    return int(x), int(n)


def check_numbers(values: ArrayLike, name: str) -> FloatArray:
    """Return a one-dimensional array of floats, refusing missing or infinite entries.

    Parameters
    ----------
    values : array_like
        Numbers or booleans.
    name : str
        What to call them in the error.

    Returns
    -------
    numpy.ndarray
        The values as floats.

    Raises
    ------
    ValueError
        Naming how many of how many entries are missing or infinite: dropping them is the caller's decision.
    """
    array = np.atleast_1d(np.asarray(values, dtype=np.float64))
    bad = int((~np.isfinite(array)).sum())
    if bad:
        raise ValueError(f"{name}: {bad} of {array.size} values are missing or infinite, must be finite numbers")
    return array


def check_flags(values: ArrayLike, name: str) -> FloatArray:
    """Return a one-dimensional array of zeros and ones, refusing anything else.

    Parameters
    ----------
    values : array_like
        Booleans, or numbers 0 and 1.
    name : str
        What to call them in the error.

    Returns
    -------
    numpy.ndarray
        The values as floats 0 and 1.

    Raises
    ------
    ValueError
        Naming how many entries are missing, or neither true nor false.
    """
    array = check_numbers(values, name)
    bad = int((~np.isin(array, (0, 1))).sum())
    if bad:
        raise ValueError(f"{name}: {bad} of {array.size} values are neither true nor false")
    return array


def check_same_length(**arrays: NDArray[Any]) -> None:
    """Refuse arrays that do not belong to the same units.

    Raises
    ------
    ValueError
        Naming each array with its length.
    """
    if len({array.size for array in arrays.values()}) > 1:
        lengths = ", ".join(f"{name} {array.size}" for name, array in arrays.items())
        raise ValueError(f"arrays differ in length: {lengths}")
