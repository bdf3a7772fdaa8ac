"""Three-point estimates: draws from a lowest, a most likely and a highest value (PERT)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from gapkit.stats.intervals import FloatArray

# Probabilities below this count as 0.
NO_CHANCE = 1e-100


def pert_mean(low: float, mode: float, high: float) -> float:
    """Return the mean of a three-point estimate.

    Parameters
    ----------
    low, mode, high : float
        Lowest, most likely and highest value, in this order; equal ones are allowed.

    Returns
    -------
    float
        ``(low + 4 mode + high) / 6``.

    Raises
    ------
    ValueError
        If the three are not in order.

    Examples
    --------
    >>> pert_mean(2, 5, 14)
    6.0
    """
    _check_order(low, mode, high)
    return (low + 4 * mode + high) / 6


def pert_quantile(low: float, mode: float, high: float, probability: ArrayLike) -> FloatArray:
    """Return quantiles of a three-point estimate.

    Feeding one set of random probabilities to several estimates makes them rise and fall together, as the hourly rates of
    one organisation do.

    Parameters
    ----------
    low, mode, high : float
        As for `pert_mean`.
    probability : array_like
        Probabilities in 0..1, of any shape.

    Returns
    -------
    numpy.ndarray
        Values between `low` and `high`, in the shape of `probability`.

    Raises
    ------
    ValueError
        If the three are not in order.

    Notes
    -----
    ``low + (high - low) * Beta(1 + 4 (mode - low) / (high - low), 1 + 4 (high - mode) / (high - low))``.

    Examples
    --------
    >>> pert_quantile(2, 5, 14, [0, 0.5, 1]).round(2).tolist()
    [2.0, 5.77, 14.0]
    """
    _check_order(low, mode, high)
    chance = np.asarray(probability, dtype=np.float64)
    width = high - low
    if width == 0:
        return np.full(chance.shape, float(low))
    rise, fall = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
    # So close to 0 the inverse of SciPy is nan; its value would differ from `low` by less than rounding.
    chance = np.where(chance < NO_CHANCE, 0.0, chance)
    values: FloatArray = low + width * special.betaincinv(rise, fall, chance)
    # Rounding may carry the last draw past the limit that was promised.
    return np.clip(values, low, high)


def pert_draws(low: float, mode: float, high: float, draws: int, rng: np.random.Generator) -> FloatArray:
    """Return independent draws from a three-point estimate.

    Parameters
    ----------
    low, mode, high : float
        As for `pert_mean`.
    draws : int
        How many.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    numpy.ndarray
        Draws between `low` and `high`.

    Raises
    ------
    ValueError
        If the three are not in order.

    Examples
    --------
    >>> bool(abs(pert_draws(2, 5, 14, 100_000, np.random.default_rng(1)).mean() - 6) < 0.05)
    True
    """
    return pert_quantile(low, mode, high, rng.random(draws))


def _check_order(low: float, mode: float, high: float) -> None:
    """Refuse three points that are not finite or not in order."""
    if not (math.isfinite(low) and math.isfinite(high) and low <= mode <= high):
        raise ValueError(f"low, mode, high == {low!r}, {mode!r}, {high!r}: must be finite and in this order")
