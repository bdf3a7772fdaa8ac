"""Firth's logistic regression: odds ratios that stay finite when a flag tells success from failure without exception.

With few programs some flag will have no failure, or only failures, and the usual estimate runs off to infinity. Firth's
penalty takes out the first-order bias and keeps every estimate finite. It pulls predictions towards one half, so the
intercept is refitted afterwards (FLIC): predictions then add up to what was observed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, stats

from gapkit.stats.intervals import FloatArray, check_flags, check_level
from gapkit.stats.penalised import penalised_fits, refitted_intercepts


class FirthFit(NamedTuple):
    """A fitted model.

    Attributes
    ----------
    coefficients : numpy.ndarray
        Log odds ratio of each column of the design.
    intercept : float
        Log odds of a unit whose columns are all 0, refitted so that predictions add up to the events observed; infinite if
        the outcome never varies.
    n, events : int
        Units, and units with the outcome.
    is_converged : bool
        Whether the iterations came to rest.
    """

    coefficients: FloatArray
    intercept: float
    n: int
    events: int
    is_converged: bool


class LogOddsRatio(NamedTuple):
    """The log odds ratio of one column, the others held equal.

    Attributes
    ----------
    value : float
        Log odds ratio; its exponential is the odds ratio.
    low, high : float
        Profile likelihood limits, always finite.
    p_value : float
        Two-sided p-value of the penalised likelihood ratio test.
    """

    value: float
    low: float
    high: float
    p_value: float


def firth_logistic(design: ArrayLike, outcome: ArrayLike) -> FirthFit:
    """Return a logistic regression with Firth's penalty and a refitted intercept.

    Parameters
    ----------
    design : array_like
        One row per unit, one column per flag or other term, without an intercept.
    outcome : array_like of bool
        Whether each unit had the outcome.

    Returns
    -------
    FirthFit
        Log odds ratios and the refitted intercept. Separation is no obstacle.

    Raises
    ------
    ValueError
        If a value is missing, or a column is constant or a sum of others: then its odds ratio does not exist.
        `independent_columns` says which columns to keep.

    Notes
    -----
    Maximises the log likelihood plus half the log determinant of the information (see `gapkit.stats.penalised`).

    References
    ----------
    Firth, D. (1993). Bias reduction of maximum likelihood estimates. Biometrika 80, 27-38.
    Puhr, R. et al. (2017). Firth's logistic regression with rare events. Stat Med 36, 2302-2317.

    Examples
    --------
    Five of five against none of five: the usual odds ratio is infinite, this one is (5.5 / 0.5)**2.

    >>> fit = firth_logistic([[1]] * 5 + [[0]] * 5, [1] * 5 + [0] * 5)
    >>> round(float(fit.coefficients[0]), 4)
    4.7958
    """
    columns, happened = _checked(design, outcome)
    weights = np.ones((1, len(happened)))
    fit = penalised_fits(columns, happened, weights)
    intercept = refitted_intercepts(fit.coefficients[:, 1:] @ columns[:, 1:].T, happened, weights)
    return FirthFit(
        fit.coefficients[0, 1:], float(intercept[0]), len(happened), int(happened.sum()), bool(fit.is_converged[0])
    )


def firth_odds_ratio(design: ArrayLike, outcome: ArrayLike, column: int, level: float = 0.95) -> LogOddsRatio:
    """Return the log odds ratio of one column with profile likelihood limits.

    Parameters
    ----------
    design, outcome : array_like
        As for `firth_logistic`.
    column : int
        Which column of `design`, counted from 0.
    level : float
        Confidence level.

    Returns
    -------
    LogOddsRatio
        Estimate, limits and p-value.

    Raises
    ------
    ValueError
        As `firth_logistic`, or if there is no such column.

    Notes
    -----
    The limits are the two values at which the penalised likelihood, maximised over all other coefficients, has fallen by
    half the chi-square quantile. Wald limits are symmetric, which misleads under separation.

    References
    ----------
    Heinze, G. & Schemper, M. (2002). A solution to the problem of separation in logistic regression. Stat Med 21, 2409.

    Examples
    --------
    >>> ratio = firth_odds_ratio([[1]] * 5 + [[0]] * 5, [1] * 5 + [0] * 5, 0)
    >>> [round(number, 2) for number in ratio[:3]]
    [4.8, 1.52, 10.61]
    """
    columns, happened = _checked(design, outcome)
    if not 0 <= column < columns.shape[1] - 1:
        raise ValueError(f"column == {column}, must be 0 to {columns.shape[1] - 2}")
    weights, term = np.ones((1, len(happened))), column + 1
    best = penalised_fits(columns, happened, weights)
    others = np.delete(np.arange(columns.shape[1]), term)

    def lost(value: float) -> float:
        start = best.coefficients[0].copy()
        start[term] = value
        return float(best.likelihood[0] - penalised_fits(columns, happened, weights, start, others).likelihood[0])

    def limit(side: int) -> float:
        reach = float(side)
        while lost(value + reach) < drop:
            reach *= 2
        return value + float(optimize.brentq(lambda step: lost(value + step) - drop, 0, reach, xtol=1e-9))

    value, drop = float(best.coefficients[0, term]), float(stats.chi2.ppf(check_level(level), 1)) / 2
    return LogOddsRatio(value, limit(-1), limit(1), float(stats.chi2.sf(max(0.0, 2 * lost(0.0)), 1)))


def independent_columns(design: ArrayLike) -> tuple[int, ...]:
    """Return the columns whose odds ratios exist: neither constant nor a sum of those before them.

    Parameters
    ----------
    design : array_like
        One row per unit, one column per term, the most important ones first.

    Returns
    -------
    tuple of int
        Positions of the columns to keep.

    Examples
    --------
    >>> independent_columns([[1, 0, 1, 5], [0, 1, 1, 5], [0, 0, 0, 5]])
    (0, 1)
    """
    columns = np.asarray(design, dtype=np.float64)
    basis = np.ones((len(columns), 1))
    kept: list[int] = []
    for position, column in enumerate(columns.T):
        wider = np.column_stack([basis, column / (np.abs(column).max(initial=0.0) or 1.0)])
        if np.linalg.matrix_rank(wider) == wider.shape[1]:
            basis, kept = wider, [*kept, position]
    return tuple(kept)


def _checked(design: ArrayLike, outcome: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the design with its intercept in front, and the outcome, refusing what has no odds ratio."""
    happened = check_flags(outcome, "outcome")
    columns = np.asarray(design, dtype=np.float64)
    if columns.ndim != 2 or len(columns) != len(happened) or not np.isfinite(columns).all():
        raise ValueError(
            f"design of shape {columns.shape}, must hold one row of finite numbers for each of {len(happened)} units"
        )
    spare = sorted(set(range(columns.shape[1])) - set(independent_columns(columns)))
    if spare:
        raise ValueError(f"design: columns {spare} are constant or sums of others, they have no odds ratio of their own")
    return np.column_stack([np.ones(len(columns)), columns]), happened
