"""Time-to-market: days from commitment to market, finished or not.

Taking only finished programs would make it too short, taking open ones as they stand too long. Programs still open are
censored, those already running when the window opened enter late, and a cancelled one can no longer be delivered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.execution import NO_DELIVERIES
from gapkit.baseline.quantiles import least_for, quantile_days, thin_time
from gapkit.results import Result, not_assessable
from gapkit.stats.competing import estimate_incidence
from gapkit.stats.kaplan_meier import SurvivalCurve, kaplan_meier
from gapkit.stats.rmst import restricted_mean

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig, Settings

DELIVERED, CANCELLED = 1, 2
MILESTONES: Final = (30, 60, 90, 120)  # days by which leaders ask what is in the market
SAME_DAY: Final = 0.5  # work begun and finished on one day still took time
CURVE_POINTS: Final = 60
MEDIAN, P85, MEAN = "time_to_market_median_days", "time_to_market_p85_days", "time_to_market_restricted_mean_days"
CLOCKS: Final = {"commitment": "committed_at", "brief": "brief_approved_at"}


@dataclass(frozen=True)
class Curves:
    """The curves behind the figures.

    Attributes
    ----------
    curve : DataFrame
        Columns day, delivered, delivered_low, delivered_high, cancelled (shares, Aalen-Johansen, 95 % program bootstrap).
    milestones : DataFrame
        Columns day (30, 60, 90, 120 where observed), fate, value, low, high.
    start_day : float
        Day at which the curve begins; above 0 everything is "given not delivered before".
    """

    curve: pd.DataFrame
    milestones: pd.DataFrame
    start_day: float


@dataclass(frozen=True)
class TimeToMarket:
    """Time-to-market of one window.

    Attributes
    ----------
    results : dict of Result
        Median, 85th percentile and restricted mean, in days.
    curves : Curves or None
        None when too little data.
    ageing_limit_days : float or None
        Age beyond which an open program counts as old: the 85th percentile, else twice the median, else None.
    """

    results: dict[str, Result]
    curves: Curves | None
    ageing_limit_days: float | None


def durations(judged: pd.DataFrame, clock: str, start: dt.date, as_of: dt.date) -> pd.DataFrame:
    """Return how long each program was watched inside a window, and how that ended.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs`.
    clock : str
        Column in which the clock starts: ``committed_at`` or ``brief_approved_at``.
    start, as_of : date
        The window. A program already running at `start` enters at the age it had then.

    Returns
    -------
    DataFrame
        Indexed by program_id: entry, exit (days since the clock started, entry < exit), cause (0 open, 1 delivered, 2
        cancelled). Left out: programs without a start of the clock, merged ones, those that ended on an unknown day, before
        the clock started, or before the window.
    """
    begin, now, origin = pd.Timestamp(start), pd.Timestamp(as_of), judged[clock]
    cause = pd.Series(0, index=judged.index).mask(judged["status"] == "delivered", DELIVERED)
    cause = cause.mask(judged["status"] == "cancelled", CANCELLED)
    ended = judged["actual_end"].where(cause == DELIVERED, judged["cancelled_at"]).mask(cause == 0, now)
    entry = (begin - origin).dt.days.clip(lower=0).astype(float)
    length = (ended - origin).dt.days.astype(float)
    frame = pd.DataFrame({"entry": entry, "exit": np.maximum(length, entry + SAME_DAY), "cause": cause})
    keep = (judged["status"] != "merged") & length.ge(0) & ended.ge(begin) & origin.le(now)
    return frame.loc[keep]


def estimate_time_to_market(
    judged: pd.DataFrame,
    config: EngagementConfig,
    start: dt.date,
    as_of: dt.date,
    *,
    delivery_recorded: bool,
    period: str,
) -> TimeToMarket:
    """Estimate time-to-market in a window.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs`.
    config : EngagementConfig
        Supplies the clock, the horizon of the restricted mean and the minimum n.
    start, as_of : date
        The window.
    delivery_recorded : bool
        Whether any source could tell that a program was delivered.
    period : str
        The window in words.

    Notes
    -----
    Kaplan-Meier with delayed entry, cancellation as censoring ("if not cancelled"); interval of a quantile on the
    complementary log-log scale. The curves are Aalen-Johansen: share delivered and share cancelled by each day.
    """
    column = CLOCKS[config.ttm_clock]
    if not delivery_recorded or judged[column].isna().all():
        why = (NO_DELIVERIES if not delivery_recorded
               else f"No source records {column}, the day on which the clock starts.")  # fmt: skip
        return TimeToMarket({name: not_assessable(name, why, unit="days", period=period) for name in (MEDIAN, P85, MEAN)},
                            None, None)  # fmt: skip
    units = durations(judged, column, start, as_of)
    curve = _curve(units, config.settings)
    results = {
        MEDIAN: _quantile(curve, units, 0.5, MEDIAN, config.settings, period),
        P85: _quantile(curve, units, 0.85, P85, config.settings, period),
        MEAN: _mean(curve, units, config.ttm_horizon_days, config.settings, period),
    }
    if not results[MEDIAN].is_ok:
        return TimeToMarket(results, None, None)
    median, slow = results[MEDIAN].value, results[P85].value
    limit = slow if slow is not None else (2 * median if median is not None else None)
    return TimeToMarket(results, _curves(units, curve, config), limit)


def _curve(units: pd.DataFrame, settings: Settings) -> SurvivalCurve:
    return kaplan_meier(units["exit"], units["cause"] == DELIVERED, units["entry"], start_at_risk=settings.min_at_risk)


def _gate(units: pd.DataFrame, least: tuple[int, int], name: str, period: str) -> Result | None:
    """Return a thin result where the data cannot carry the figure."""
    return thin_time(name, len(units), int((units["cause"] == DELIVERED).sum()), least, period)


def _start_caveat(curve: SurvivalCurve) -> tuple[str, ...]:
    return (f"Given not delivered before day {curve.start:.0f}.",) if curve.start > 0 else ()


def _quantile(
    curve: SurvivalCurve, units: pd.DataFrame, share: float, name: str, settings: Settings, period: str
) -> Result:
    method = "Kaplan–Meier with delayed entry, if not cancelled"
    thin = _gate(units, least_for(share, settings), name, period)
    found = thin or quantile_days(name, curve, share, settings, period=period, method=method)
    return found if thin else found.with_caveats(*_start_caveat(curve))


def _mean(curve: SurvivalCurve, units: pd.DataFrame, horizon: int, settings: Settings, period: str) -> Result:
    thin = _gate(units, least_for(0.5, settings), MEAN, period)
    if thin is not None:
        return thin
    if curve.last < horizon and (not curve.survival.size or curve.survival[-1] > 0):
        return Result(MEAN, n=curve.n, events=curve.n_events, unit="days", period=period, status="thin", grade="C",
                      caveats=(f"No program was watched for {horizon} days.",))  # fmt: skip
    mean = restricted_mean(curve, horizon)
    return Result(MEAN, mean.value, mean.low, mean.high, n=curve.n, events=curve.n_events, unit="days", period=period,
                  method=f"mean days to market within the first {horizon} days (area under Kaplan–Meier)", grade="B",
                  caveats=_start_caveat(curve))  # fmt: skip


def _curves(units: pd.DataFrame, curve: SurvivalCurve, config: EngagementConfig) -> Curves:
    """Return the two fates over time, up to the last day with enough programs at risk."""
    reach = max(curve.reach, 1.0)
    grid = np.unique(np.round(np.linspace(0, reach, CURVE_POINTS)))
    days = sorted({*grid.tolist(), *(float(day) for day in MILESTONES if day <= reach)})
    found = estimate_incidence(
        units["exit"], units["cause"], units["entry"], horizons=days, causes=(DELIVERED, CANCELLED),
        start_at_risk=config.settings.min_at_risk, replicates=config.settings.bootstrap_replicates, seed=config.seed,
    )  # fmt: skip
    table = pd.DataFrame(found)
    by_fate = {cause: part.set_index("horizon") for cause, part in table.groupby("cause")}
    delivered, cancelled = by_fate[DELIVERED], by_fate[CANCELLED]
    frame = pd.DataFrame({
        "day": delivered.index.to_numpy(float),
        "delivered": delivered["value"].to_numpy(),
        "delivered_low": delivered["low"].to_numpy(),
        "delivered_high": delivered["high"].to_numpy(),
        "cancelled": cancelled["value"].to_numpy(),
    })  # fmt: skip
    asked = table.loc[table["horizon"].isin(MILESTONES), ["horizon", "cause", "value", "low", "high"]]
    milestones = asked.rename(columns={"horizon": "day", "cause": "fate"})
    milestones["fate"] = milestones["fate"].map({DELIVERED: "delivered", CANCELLED: "cancelled"})
    return Curves(frame, milestones.reset_index(drop=True), curve.start)
