"""Restricted means compared: times of which some are not over yet, up to one horizon for both sides."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from scipy import stats

from gapkit.stats.kaplan_meier import SurvivalCurve, kaplan_meier
from gapkit.stats.rmst import RestrictedMean, restricted_mean, restricted_mean_difference

if TYPE_CHECKING:
    from collections.abc import Sequence


class Compared(NamedTuple):
    """Two restricted means and their difference.

    Attributes
    ----------
    before, after, difference : RestrictedMean
        Up to `tau`, after less before.
    curves : tuple of SurvivalCurve
        Before and after.
    tau : float
        Horizon of both sides.
    start : float
        Time at which both curves start; above 0 everything is "given not ended before".
    p_value : float or None
        Normal, from the difference and its error; None where there is no error.
    """

    before: RestrictedMean
    after: RestrictedMean
    difference: RestrictedMean
    curves: tuple[SurvivalCurve, SurvivalCurve]
    tau: float
    start: float
    p_value: float | None


def compare_restricted(
    before: pd.DataFrame, after: pd.DataFrame, horizon: float, *, start_at_risk: int = 1
) -> Compared | None:
    """Return the restricted means of two samples of durations.

    Parameters
    ----------
    before, after : DataFrame
        Columns exit (duration, above 0), is_event, and entry (duration at which watching began, 0 for most).
    horizon : float
        Fixed in advance; lowered to the longest time watched on both sides.
    start_at_risk : int
        Units that must be at risk together where the curves start.

    Returns
    -------
    Compared or None
        None where a side has nothing to watch up to a common horizon.

    Notes
    -----
    Where one curve can only start late, because few were watched when young, both start there: means over different
    stretches of life do not compare.
    """
    curves = [_curve(frame, 0.0, start_at_risk) for frame in (before, after)]
    if not all(curve.n for curve in curves):
        return None
    start = max(curve.start for curve in curves)
    if start > 0:
        curves = [_curve(frame, start, start_at_risk) for frame in (before, after)]
        start = max(curve.start for curve in curves)
    tau = common_horizon(curves, horizon)
    if not all(curve.n for curve in curves) or tau <= start:
        return None
    first, second = curves
    gap = restricted_mean_difference(second, first, tau)
    return Compared(
        restricted_mean(first, tau), restricted_mean(second, tau), gap, (first, second), tau, start, normal_p(gap)
    )


def alone(frame: pd.DataFrame, horizon: float, *, start_at_risk: int = 1) -> Compared | None:
    """Return the restricted mean of one side whose other side has too little data: compared with itself."""
    return compare_restricted(frame, frame, horizon, start_at_risk=start_at_risk)


def _curve(frame: pd.DataFrame, start: float, start_at_risk: int) -> SurvivalCurve:
    """Return the curve of those watched beyond a start."""
    rows = frame.loc[frame["exit"] > start]
    return kaplan_meier(rows["exit"], rows["is_event"], rows["entry"].clip(lower=start), start_at_risk=start_at_risk)


def common_horizon(curves: Sequence[SurvivalCurve], horizon: float) -> float:
    """Return the horizon, lowered to the longest time watched on every side that has not run out by then.

    Examples
    --------
    >>> common_horizon([kaplan_meier([2, 4, 9], [1, 1, 0], start_at_risk=1)], 12)
    9.0
    """
    known = [math.inf if curve.survival.size and curve.survival[-1] == 0 else curve.last for curve in curves]
    return float(min(horizon, *known))


def normal_p(gap: RestrictedMean) -> float | None:
    """Return the two-sided p-value of no difference; None where the difference has no error."""
    return 2 * float(stats.norm.sf(abs(gap.value) / gap.standard_error)) if gap.standard_error > 0 else None
