"""Interrupted time series: the level and the slope of a series before and after one known day.

A before-after difference takes a trend that was already running for an effect. Segmented regression carries that trend on
past the interruption and asks what the series did beyond it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from gapkit.stats.intervals import FloatArray, Interval, check_level, check_numbers

if TYPE_CHECKING:
    from statsmodels.regression.linear_model import RegressionResultsWrapper

MIN_EACH_SIDE: Final = 12
# From this many points on, three ways to deal with points that resemble their neighbours are fitted side by side.
MIN_FOR_AUTOCORRELATION: Final = 24
# Rounds in which GLSAR alternates between the regression and the correlation of its residuals.
ROUNDS: Final = 50
# Below this share of the series' own scatter, residuals are rounding errors and carry no correlation.
NO_RESIDUAL: Final = 1e-9


class Segments(NamedTuple):
    """One fit of the segmented regression.

    Attributes
    ----------
    method : str
        ``"OLS"``, ``"Newey-West"`` or ``"AR(1)"``.
    start, slope : float
        Level at the first point, and change per point before the interruption.
    level : Interval
        Step at the interruption.
    slope_change : Interval
        Change of the slope from there on.
    average : Interval
        Mean distance of the fitted points after the interruption from the continued trend.
    """

    method: str
    start: float
    slope: float
    level: Interval
    slope_change: Interval
    average: Interval


class Interruption(NamedTuple):
    """A series with its interruption, fitted in each way the number of points allows.

    Attributes
    ----------
    fits : tuple of Segments
        OLS first; Newey-West and AR(1) from 24 points on.
    n_before, n_after : int
        Points on each side.
    is_autocorrelation_allowed_for : bool
        False below 24 points: OLS intervals are too narrow where a point resembles its neighbours.
    """

    fits: tuple[Segments, ...]
    n_before: int
    n_after: int
    is_autocorrelation_allowed_for: bool

    @property
    def widest(self) -> Segments:
        """The fit whose average change has the widest interval: the one to quote."""
        return max(self.fits, key=lambda fit: fit.average.high - fit.average.low)


def interrupted_series(
    values: ArrayLike, first_after: float, *, at: ArrayLike | None = None, level: float = 0.95
) -> Interruption:
    """Fit a straight line before an interruption and another one after it.

    Parameters
    ----------
    values : array_like
        One finite number per point, in order of time.
    first_after : float
        Time of the first point after the interruption, in the unit of `at`.
    at : array_like, optional
        Time of each point, rising; 0, 1, 2, ... without it. Points may be missing in between.
    level : float
        Confidence level.

    Returns
    -------
    Interruption
        Every fit, and which of them to quote.

    Raises
    ------
    ValueError
        If a side has fewer than 3 points (a line through two has no error), or times do not rise.

    Notes
    -----
    ``y = b0 + b1 t + b2 post + b3 (t - t0) post``, t0 the time of the first point after. The average change is
    ``b2 + b3 * mean(t - t0)`` over the points after. Newey-West with ``floor(4 (n / 100)**(2/9))`` lags, AR(1) by
    iterated GLS; all intervals use t quantiles. Whether a series is long enough is for the caller: 12 points on each side
    are the convention.

    References
    ----------
    Turner, S. L. et al. (2021). Comparison of six statistical methods for interrupted time series studies. BMC Med Res
    Methodol 21, 181. Newey, W. K. & West, K. D. (1987). Econometrica 55, 703-708.

    Examples
    --------
    >>> t = np.arange(24)
    >>> post = t >= 12
    >>> fit = interrupted_series(10 + 0.5 * t + 3 * post - 0.2 * (t - 12) * post, 12).fits[0]
    >>> [round(number, 6) for number in (fit.start, fit.slope, fit.level.value, fit.slope_change.value)]
    [10.0, 0.5, 3.0, -0.2]
    """
    y = check_numbers(values, "values")
    t = np.arange(y.size, dtype=np.float64) if at is None else check_numbers(at, "at")
    if t.size != y.size or (np.diff(t) <= 0).any():
        raise ValueError(f"at == {t.tolist()}, must rise and hold one time per value ({y.size})")
    post = t >= first_after
    n_after = int(post.sum())
    if min(n_after, y.size - n_after) < 3:
        raise ValueError(f"{y.size - n_after} points before and {n_after} after, must be at least 3 each")
    since = np.where(post, t - first_after, 0.0)
    design = np.column_stack([np.ones(y.size), t, post, since])
    average = np.array([0.0, 0.0, 1.0, since[post].mean()])
    is_long = y.size >= MIN_FOR_AUTOCORRELATION
    fits = tuple(_read(name, fit, average, check_level(level)) for name, fit in _fits(y, design, is_long))
    return Interruption(fits, y.size - n_after, n_after, is_long)


def _fits(y: FloatArray, design: FloatArray, is_long: bool) -> Iterator[tuple[str, RegressionResultsWrapper]]:
    """Yield OLS and, for a long series whose residuals are more than rounding errors, the two others."""
    import statsmodels.api as sm

    plain = sm.OLS(y, design).fit()
    yield "OLS", plain
    if not is_long or np.abs(plain.resid).max() <= NO_RESIDUAL * (np.abs(y).max() + 1):
        return
    lags = math.floor(4 * (y.size / 100) ** (2 / 9))
    yield "Newey-West", plain.get_robustcov_results("HAC", maxlags=lags, use_correction=True, use_t=True)
    yield "AR(1)", sm.GLSAR(y, design, rho=1).iterative_fit(maxiter=ROUNDS)


def _read(method: str, fit: RegressionResultsWrapper, average: FloatArray, level: float) -> Segments:
    """Return a fit as intervals."""
    from scipy import stats

    numbers, spread = np.asarray(fit.params), np.asarray(fit.cov_params())
    quantile = float(stats.t.isf((1 - level) / 2, fit.df_resid))

    def interval(weights: FloatArray) -> Interval:
        value = float(weights @ numbers)
        margin = quantile * math.sqrt(max(0.0, float(weights @ spread @ weights)))
        return Interval(value, value - margin, value + margin)

    one = np.eye(4)
    return Segments(method, float(numbers[0]), float(numbers[1]), interval(one[2]), interval(one[3]), interval(average))
