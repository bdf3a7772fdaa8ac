"""Several tests at once: p-values adjusted so that looking often does not find something by chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from gapkit.stats.intervals import FloatArray, check_numbers


def holm(p_values: ArrayLike) -> FloatArray:
    """Return Holm's adjusted p-values: below .05, the chance of any false finding among them is below 5 %.

    Parameters
    ----------
    p_values : array_like
        One p-value per test, none missing; tests that could not be made are left out beforehand.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values in the same order, never below the given ones.

    Raises
    ------
    ValueError
        If a p-value is missing or lies outside 0..1.

    Notes
    -----
    The i-th smallest of m is multiplied by ``m + 1 - i``, and none falls below the one before it. statsmodels does the same
    but collects garbage on every call.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scand J Stat 6, 65-70.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).round(6).tolist()
    [0.03, 0.06, 0.06]
    """
    given = _checked(p_values)
    order = np.argsort(given)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(1, np.maximum.accumulate(given[order] * np.arange(given.size, 0, -1)))
    return adjusted


def benjamini_hochberg(p_values: ArrayLike) -> FloatArray:
    """Return Benjamini and Hochberg's adjusted p-values: of the findings below .05, less than 5 % are expected to be false.

    Parameters
    ----------
    p_values : array_like
        As for `holm`.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values in the same order, never below the given ones.

    Raises
    ------
    ValueError
        If a p-value is missing or lies outside 0..1.

    Notes
    -----
    Holds for independent tests and for those that depend on each other positively.

    References
    ----------
    Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. J R Stat Soc B 57, 289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(6).tolist()
    [0.03, 0.04, 0.04]
    """
    given = _checked(p_values)
    return np.asarray(stats.false_discovery_control(given, method="bh")) if given.size else given


def _checked(p_values: ArrayLike) -> FloatArray:
    """Return p-values, refusing what cannot be one."""
    given = check_numbers(p_values, "p_values")
    if ((given < 0) | (given > 1)).any():
        raise ValueError(f"p_values == {given.tolist()}, must lie between 0 and 1")
    return given
