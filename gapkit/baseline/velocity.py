"""Velocity: deliveries a working week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.execution import NO_DELIVERIES
from gapkit.calendar import business_days
from gapkit.labels import label_count
from gapkit.results import Result, not_assessable
from gapkit.stats.counts import velocity_interval

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig

WORKING_WEEK_DAYS = 5
Z_95 = 1.959964  # two-sided 95 % of the normal distribution
VELOCITIES: Final = ("velocity_per_week", "velocity_points_per_week")


def working_weeks(start: dt.date, end: dt.date, config: EngagementConfig) -> float:
    """Return the working weeks from one day to another, both included: business days / 5."""
    days = business_days(pd.Series([pd.Timestamp(start)]), pd.Series([pd.Timestamp(end) + pd.Timedelta(days=1)]),
                         config.weekmask, config.holidays)  # fmt: skip
    return float(np.asarray(days, float)[0]) / WORKING_WEEK_DAYS


def weekly_deliveries(judged: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    """Count deliveries by calendar week (Monday first).

    Returns
    -------
    DataFrame
        Columns week_on (the Monday), deliveries, points, is_full (False for a first or last week cut by the window); weeks
        without a delivery are there with zero.
    """
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    done = judged.loc[judged["is_delivered"] & judged["actual_end"].between(first, last)]
    monday = done["actual_end"] - pd.to_timedelta(done["actual_end"].dt.day_of_week, unit="D")
    weeks = pd.date_range(first - pd.Timedelta(days=first.weekday()), last, freq="7D", unit="us")
    counts = (
        done.assign(week_on=monday, one=1).groupby("week_on")[["one", "size_points"]].sum().reindex(weeks, fill_value=0)
    )
    return pd.DataFrame({
        "week_on": weeks,
        "deliveries": counts["one"].to_numpy(int),
        "points": counts["size_points"].to_numpy(float),
        "is_full": (weeks >= first) & (weeks + pd.Timedelta(days=6) <= last),
    })  # fmt: skip


def estimate_points_velocity(
    judged: pd.DataFrame, start: dt.date, end: dt.date, config: EngagementConfig, *, period: str, delivery_recorded: bool
) -> Result:
    """Estimate size points delivered per working week: velocity that large and small programs do not enter alike.

    Returns
    -------
    Result
        unit ``per_week`` (points a week), n = deliveries with points.

    Notes
    -----
    Deliveries arrive like a Poisson process and each brings its points, so the variance of the sum is the sum of squares;
    the limits are normal and cut at zero.
    """
    name = "velocity_points_per_week"
    span = working_weeks(start, end, config)
    done = judged.loc[judged["is_delivered"] & judged["actual_end"].between(pd.Timestamp(start), pd.Timestamp(end))]
    points = done["size_points"].dropna().to_numpy(float)
    if not delivery_recorded or span <= 0 or not judged["size_points"].notna().any():
        why = NO_DELIVERIES if not delivery_recorded else "No size points recorded; size_points would switch this on."
        return not_assessable(name, why, unit="per_week", period=period)
    if len(points) < config.settings.min_n_rate:
        words = f"Only {label_count(len(points), 'delivery', 'deliveries')} with size points."
        return Result(name, n=len(points), unit="per_week", period=period, status="thin", grade="C", caveats=(words,))
    margin = Z_95 * float(np.sqrt((points**2).sum()))
    low, high = max(0.0, points.sum() - margin) / span, (points.sum() + margin) / span
    return Result(name, points.sum() / span, low, high, n=len(points), events=len(points), unit="per_week", period=period,
                  method="compound Poisson, normal limits", grade="B")  # fmt: skip


def estimate_velocity(
    judged: pd.DataFrame, start: dt.date, end: dt.date, config: EngagementConfig, *, period: str, delivery_recorded: bool
) -> Result:
    """Estimate deliveries per working week in a window, of planned and unplanned programs together.

    Returns
    -------
    Result
        unit ``per_week``; events = deliveries; n = deliveries too, since they are what is counted. The interval is the
        exact
        Poisson one, widened where the weeks scatter more than chance (dispersion above 1.5 over at least 8 full weeks).
    """
    name = "velocity_per_week"
    if not delivery_recorded:
        return not_assessable(name, NO_DELIVERIES, unit="per_week", period=period)
    weeks = weekly_deliveries(judged, start, end)
    total, span = int(weeks["deliveries"].sum()), working_weeks(start, end, config)
    if span <= 0:
        return not_assessable(name, "The window holds no working day.", unit="per_week", period=period)
    full = weeks.loc[weeks["is_full"], "deliveries"].to_numpy(int)
    undated = int((judged["is_delivered"] & judged["actual_end"].isna()).sum())
    delivered = int(judged["is_delivered"].sum())
    if undated > config.settings.large_unknown_share * max(1, delivered):
        words = f"{label_count(undated, 'delivered program')} of {delivered} without a date: the pace cannot be said."
        return Result(name, n=total, unit="per_week", period=period, status="thin", grade="C", caveats=(words,))
    estimate = velocity_interval(full, span, deliveries=total)
    caveats = (f"{label_count(undated, 'delivered program')} without a date not counted.",) if undated else ()
    return Result(name, estimate.value, estimate.low, estimate.high, n=total, events=total, unit="per_week", period=period,
                  method=estimate.method, grade="B", caveats=caveats)  # fmt: skip
