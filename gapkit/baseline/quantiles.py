"""A quantile of time as a `Result`: the one gate for every median and 85th percentile read off a survival curve."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gapkit.labels import label_count, label_days
from gapkit.results import Result
from gapkit.stats.kaplan_meier import SurvivalCurve, survival_quantile

if TYPE_CHECKING:
    from gapkit.config import Settings


def least_for(share: float, settings: Settings) -> tuple[int, int]:
    """Return the programs and deliveries that a quantile needs: a late one rests on fewer of them, so it needs more."""
    if share > 0.5:
        return settings.min_n_p85, settings.min_deliveries_p85
    return settings.min_n_median, settings.min_deliveries_median


def thin_time(name: str, n: int, delivered: int, least: tuple[int, int], period: str) -> Result | None:
    """Return a thin result where programs or deliveries are too few for a figure of time, else None."""
    if n >= least[0] and delivered >= least[1]:
        return None
    seen = f"{label_count(n, 'program')} with {label_count(delivered, 'delivery', 'deliveries')}"
    words = f"{seen}; {least[0]} and {least[1]} are needed."
    return Result(name, n=n, events=delivered, unit="days", period=period, status="thin", grade="C", caveats=(words,))


def quantile_days(
    name: str, curve: SurvivalCurve, share: float, settings: Settings, *, period: str, method: str, shift: float = 0.0
) -> Result:
    """Return a quantile of a survival curve in days, or that it was not reached.

    Parameters
    ----------
    name : str
        Name of the result.
    curve : SurvivalCurve
        Curve of enough programs (see `thin_time`).
    share : float
        0.5 for the median, 0.85 for the 85th percentile.
    settings : Settings
        Supplies the programs that must be at risk where a late quantile is read.
    period, method : str
        As in `Result`.
    shift : float
        Days by which the curve was moved to make every value positive; taken off again.

    Returns
    -------
    Result
        Not reached: value and high missing, low the last day with enough programs at risk, and a caveat that says so.
    """
    found = survival_quantile(curve, share)
    value, low, high = found.value - shift, found.low - shift, found.high - shift
    caveats: tuple[str, ...] = ()
    if not math.isfinite(found.value) or (share > 0.5 and found.at_risk < settings.min_at_risk):
        reach = curve.reach - shift
        value, low, high = math.inf, reach, math.inf
        caveats = (f"Not reached in the time observed: more than {label_days(reach)}.",)
    return Result(name, value, low, high, n=curve.n, events=curve.n_events, unit="days", period=period, method=method,
                  grade="B", caveats=caveats)  # fmt: skip
