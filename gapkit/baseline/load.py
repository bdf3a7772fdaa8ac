"""Work in progress: how much is open at once, what has grown old, and whether averages can be trusted at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gapkit.labels import label_number
from gapkit.results import Result, not_assessable
from gapkit.stats.flow import little_identity

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import Settings


def in_progress_spans(judged: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return when each started program was in progress.

    Returns
    -------
    DataFrame
        Indexed by program_id: start_on, end_on (day it left: delivered, cancelled; for open ones the day after `as_of`),
        is_open. Programs that ended on an unknown day are left out: their span is not known.
    """
    left = judged["actual_end"].fillna(judged["cancelled_at"])
    is_open = ~judged["status"].isin(["delivered", "cancelled", "merged"])
    tomorrow = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    spans = pd.DataFrame({"start_on": judged["actual_start"], "end_on": left.mask(is_open, tomorrow), "is_open": is_open})
    spans = spans.dropna()
    return spans.loc[spans["start_on"] <= spans["end_on"]]


def daily_wip(spans: pd.DataFrame, start: dt.date, end: dt.date) -> pd.Series:
    """Return the count of programs in progress on each day of a window (started on or before it, not yet left)."""
    days = pd.date_range(start, end, freq="D", unit="us")
    begun = np.searchsorted(np.sort(spans["start_on"].to_numpy()), days.to_numpy(), side="right")
    gone = np.searchsorted(np.sort(spans["end_on"].to_numpy()), days.to_numpy(), side="right")
    return pd.Series(begun - gone, index=days, name="wip")


def estimate_wip(daily: pd.Series, *, people: int, period: str, has_starts: bool) -> Result:
    """Return mean work in progress over a window, as a count.

    Returns
    -------
    Result
        unit count; low and high are the lowest and highest day, not a confidence interval (every day was counted), and the
        method says so; n = days. With people known, a caveat gives the load per person.
    """
    if not has_starts:
        return not_assessable("wip", "No source records when programs started; actual_start would switch this on.",
                              unit="count", period=period)  # fmt: skip
    mean = float(daily.mean())
    caveats = (f"{label_number(mean / people, 1)} programs in progress per person in the people table.",) if people else ()
    return Result("wip", mean, float(daily.min()), float(daily.max()), level=1.0, n=len(daily), unit="count", period=period,
                  method="mean of daily counts; range from lowest to highest day", grade="B", caveats=caveats)  # fmt: skip


def ageing(judged: pd.DataFrame, spans: pd.DataFrame, limit_days: float | None, as_of: dt.date) -> pd.DataFrame:
    """List open programs older than a limit, oldest first.

    Parameters
    ----------
    limit_days : float or None
        The age beyond which a program is listed; None when time-to-market is not measured (then nothing is listed).

    Returns
    -------
    DataFrame
        Columns program_id, name, team, type, status, age_days (since commitment, else since start), frozen_end. No person
        is named.
    """
    running = judged.loc[judged.index.isin(spans.index[spans["is_open"]])]
    since = running["committed_at"].fillna(running["actual_start"])
    aged = running.assign(age_days=(pd.Timestamp(as_of) - since).dt.days).reset_index()
    columns = ["program_id", "name", "team", "type", "status", "age_days", "frozen_end"]
    aged = aged.loc[aged["age_days"] > limit_days] if limit_days is not None else aged.iloc[0:0]
    return aged.sort_values(["age_days", "program_id"], ascending=[False, True], ignore_index=True)[columns]


@dataclass(frozen=True, slots=True)
class FlowBalance:
    """Whether work in progress, arrivals and departures balance over a window.

    Attributes
    ----------
    identity_holds : bool
        The exact identity mean WIP = (items touching / T) × mean time inside; False points at a data or code error.
    mean_wip : float
        Programs in progress, mean over the window.
    expected_wip : float or None
        Departures per day × mean cycle time of the departed; None without departures.
    ratio : float or None
        mean_wip / expected_wip.
    arrivals, departures : int
        Programs started and programs that left inside the window.
    end_over_start : float or None
        WIP on the last day over WIP on the first; None when the first is zero.
    is_stable : bool or None
        All of ratio, arrivals/departures and end_over_start within 0.8 to 1.25; None when one cannot be computed.
    """

    identity_holds: bool
    mean_wip: float
    expected_wip: float | None
    ratio: float | None
    arrivals: int
    departures: int
    end_over_start: float | None
    is_stable: bool | None


def check_balance(spans: pd.DataFrame, start: dt.date, end: dt.date, settings: Settings) -> FlowBalance:
    """Check Little's law over a window, exactly and in its steady-state form.

    References
    ----------
    Little (2011), Little's law as viewed on its 50th anniversary, Operations Research 59:536-549.
    """
    first, after = pd.Timestamp(start), pd.Timestamp(end) + pd.Timedelta(days=1)
    begin = (spans["start_on"] - first).dt.days.to_numpy(float)
    leave = (spans["end_on"] - first).dt.days.to_numpy(float)
    span_days = float((after - first).days)
    exact = little_identity(begin, leave, span_days)
    daily = daily_wip(spans, start, end)
    gone = (leave >= 0) & (leave < span_days) & ~spans["is_open"].to_numpy(bool)
    arrivals, departures = int(((begin >= 0) & (begin < span_days)).sum()), int(gone.sum())
    expected = departures / span_days * float((leave - begin)[gone].mean()) if departures else None
    ratio = exact.mean_in_progress / expected if expected else None
    growth = float(daily.iloc[-1] / daily.iloc[0]) if len(daily) and daily.iloc[0] else None
    parts = (ratio, arrivals / departures if departures else None, growth)
    known = all(part is not None for part in parts)
    return FlowBalance(
        identity_holds=bool(np.isclose(exact.mean_in_progress, float(daily.mean()))),
        mean_wip=exact.mean_in_progress,
        expected_wip=expected,
        ratio=ratio,
        arrivals=arrivals,
        departures=departures,
        end_over_start=growth,
        is_stable=all(settings.balance_low <= part <= settings.balance_high for part in parts if part is not None)
        if known
        else None,
    )
