"""Dates as the organisation lives them: local days, fiscal quarters, business days, the freeze of a plan.

Two clocks are kept apart. Ageing, slip and time-to-market run in calendar days; waits, agreed times and the freeze run in
business days, counted half-open as `numpy.busday_count` does: the first day counts, the last does not.

Quarters are named by text such as ``"2026Q1"``. The year is the fiscal one: with a fiscal year that begins in February,
15 February 2026 lies in ``"2027Q1"``, as pandas' ``Q-JAN`` has it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

WEEKMASK = "1111100"
Days = pd.Series | npt.NDArray[Any] | dt.date


class PlanCalendar(Protocol):
    """What the freeze of a plan depends on; an `EngagementConfig` is one."""

    @property
    def fiscal_start_month(self) -> int:
        """Month in which the fiscal year begins, 1 to 12."""

    @property
    def freeze_bdays(self) -> int:
        """Business days after the start of a quarter at which its plan counts as fixed."""

    @property
    def weekmask(self) -> str:
        """Seven digits from Monday, 1 for a working day."""

    @property
    def holidays(self) -> Sequence[dt.date]:
        """Days off."""


def local_date(moments: pd.Series, tz: str) -> pd.Series:
    """Return the calendar day on which each moment fell where the organisation is.

    Parameters
    ----------
    moments : pandas.Series
        Moments with any time zone, or without one: those are local already.
    tz : str
        IANA name of the organisation's time zone.

    Returns
    -------
    pandas.Series
        ``datetime64[us]`` at midnight, no zone; missing stays missing.

    Examples
    --------
    >>> late = pd.Series(pd.to_datetime(["2026-04-01T03:30Z"]))  # 23:30 on 31 March in New York
    >>> local_date(late, "America/New_York").dt.strftime("%Y-%m-%d").item()
    '2026-03-31'
    """
    local: pd.Series = moments if is_naive(moments) else moments.dt.tz_convert(tz).dt.tz_localize(None)
    days: pd.Series = local.dt.normalize().dt.as_unit("us")
    return days


def midnight(day: dt.date, tz: str | dt.tzinfo | None) -> pd.Timestamp:
    """Return the first moment of a day in a zone; where the clocks skip midnight, the first moment after it.

    Examples
    --------
    >>> midnight(dt.date(2026, 3, 8), "America/Havana").isoformat()
    '2026-03-08T01:00:00-04:00'
    """
    return pd.Timestamp(day).tz_localize(tz, nonexistent="shift_forward", ambiguous=True)


def is_naive(moments: pd.Series) -> bool:
    """Return whether a datetime column carries no time zone, so that it has to be read as local time, with a warning."""
    return moments.dt.tz is None


def localize(moments: pd.Series, tz: str) -> pd.Series:
    """Return naive moments read as local time, as ``datetime64[us, tz]``.

    Notes
    -----
    When clocks go back an hour happens twice: the first is taken. When they go forward an hour is missing: a moment in it
    is moved to the first one that exists.

    Examples
    --------
    >>> moments = pd.Series(pd.to_datetime(["2026-11-01 01:30", "2026-03-08 02:30"]))
    >>> localize(moments, "America/New_York").astype(str).tolist()
    ['2026-11-01 01:30:00-04:00', '2026-03-08 03:00:00-04:00']
    """
    first = np.ones(len(moments), dtype=bool)
    local: pd.Series = moments.dt.as_unit("us").dt.tz_localize(tz, ambiguous=first, nonexistent="shift_forward")
    return local


def quarter_of(dates: pd.Series, fiscal_start_month: int = 1) -> pd.Series:
    """Return the fiscal quarter of each date.

    Parameters
    ----------
    dates : pandas.Series
        Dates, ``datetime64``; missing stays missing.
    fiscal_start_month : int
        Month in which the fiscal year begins, 1 to 12.

    Examples
    --------
    >>> day = pd.Series(pd.to_datetime(["2026-02-15"]))
    >>> quarter_of(day, 1).item(), quarter_of(day, 2).item()
    ('2026Q1', '2027Q1')
    """
    months = dates.dt.year * 12 + dates.dt.month - 1
    # Counted from the fiscal start, so that a quarter is three whole months; the fiscal year is the one it ends in.
    shifted = months - (fiscal_start_month - 1) + (12 if fiscal_start_month > 1 else 0)
    codes, distinct = pd.factorize(shifted // 3)
    labels = np.array([_label(int(code)) for code in distinct] + [None], dtype=object)
    return pd.Series(labels[codes], index=dates.index, name=dates.name, dtype="str")


def quarter_start(quarter: str, fiscal_start_month: int = 1) -> dt.date:
    """Return the first day of a fiscal quarter.

    Examples
    --------
    >>> quarter_start("2026Q1").isoformat(), quarter_start("2027Q1", 2).isoformat()
    ('2026-01-01', '2026-02-01')
    """
    month = _code(quarter) * 3 + (fiscal_start_month - 1) - (12 if fiscal_start_month > 1 else 0)
    return dt.date(month // 12, month % 12 + 1, 1)


def quarter_end(quarter: str, fiscal_start_month: int = 1) -> dt.date:
    """Return the last day of a fiscal quarter.

    Examples
    --------
    >>> quarter_end("2026Q1").isoformat(), quarter_end("2027Q1", 2).isoformat()
    ('2026-03-31', '2026-04-30')
    """
    return quarter_start(next_quarter(quarter), fiscal_start_month) - dt.timedelta(days=1)


def next_quarter(quarter: str, count: int = 1) -> str:
    """Return the quarter `count` quarters later.

    Examples
    --------
    >>> next_quarter("2025Q4"), next_quarter("2025Q4", 5)
    ('2026Q1', '2027Q1')
    """
    return _label(_code(quarter) + count)


def previous_quarter(quarter: str, count: int = 1) -> str:
    """Return the quarter `count` quarters earlier.

    Examples
    --------
    >>> previous_quarter("2026Q1")
    '2025Q4'
    """
    return next_quarter(quarter, -count)


def quarter_of_date(day: dt.date, fiscal_start_month: int = 1) -> str:
    """Return the fiscal quarter of one day.

    Examples
    --------
    >>> quarter_of_date(dt.date(2026, 2, 15), 2)
    '2027Q1'
    """
    return str(quarter_of(pd.Series([pd.Timestamp(day)]), fiscal_start_month).item())


def holds_whole_quarter(start: dt.date, end: dt.date, fiscal_start_month: int = 1) -> bool:
    """Whether a fiscal quarter lies between two days from its first to its last.

    Examples
    --------
    >>> [holds_whole_quarter(first, dt.date(2026, 9, 30)) for first in (dt.date(2026, 7, 1), dt.date(2026, 7, 2))]
    [True, False]
    """
    first = quarter_of_date(start, fiscal_start_month)
    first = first if quarter_start(first, fiscal_start_month) == start else next_quarter(first)
    return quarter_end(first, fiscal_start_month) <= end


def last_complete_quarters(as_of: dt.date, count: int = 2, fiscal_start_month: int = 1) -> tuple[str, ...]:
    """Return the last `count` quarters that are over at the end of the day `as_of`, oldest first.

    A quarter whose last day is `as_of` is over: figures as of a day include that day.

    Examples
    --------
    >>> last_complete_quarters(dt.date(2026, 4, 30)), last_complete_quarters(dt.date(2026, 3, 31), 1)
    (('2025Q4', '2026Q1'), ('2026Q1',))
    """
    running = quarter_of_date(as_of + dt.timedelta(days=1), fiscal_start_month)
    return tuple(previous_quarter(running, back) for back in range(count, 0, -1))


def business_days(
    start: Days, end: Days, weekmask: str = WEEKMASK, holidays: Sequence[dt.date] = ()
) -> npt.NDArray[np.float64]:
    """Return the business days from start to end, the start counted and the end not.

    Parameters
    ----------
    start, end : Series, array or date
        Local dates (convert moments with `local_date` first). One date stands for all rows.
    weekmask : str
        Seven digits from Monday, 1 for a working day.
    holidays : sequence of date
        Days off.

    Returns
    -------
    numpy.ndarray
        Float; negative when end lies before start; NaN where either is missing.

    Examples
    --------
    >>> business_days(dt.date(2026, 3, 6), dt.date(2026, 3, 9)).item()  # Friday to Monday
    1.0
    """
    first, last = np.broadcast_arrays(_days(start), _days(end))
    known = ~(np.isnat(first) | np.isnat(last))
    counts = np.full(first.shape, np.nan)
    counts[known] = np.busday_count(first[known], last[known], busdaycal=_calendar(weekmask, tuple(holidays)))
    return counts


@overload
def add_business_days(start: dt.date, count: int, weekmask: str = ..., holidays: Sequence[dt.date] = ...) -> dt.date: ...
@overload
def add_business_days(
    start: pd.Series, count: int, weekmask: str = ..., holidays: Sequence[dt.date] = ...
) -> pd.Series: ...
def add_business_days(
    start: dt.date | pd.Series, count: int, weekmask: str = WEEKMASK, holidays: Sequence[dt.date] = ()
) -> dt.date | pd.Series:
    """Return the day `count` business days after each start; a start on a day off counts from the next working day.

    Parameters
    ----------
    start : date or Series of dates
        Missing stays missing.
    count : int
        How many business days to go; negative goes back.
    weekmask, holidays
        As in `business_days`.

    Examples
    --------
    >>> add_business_days(dt.date(2026, 1, 1), 5, holidays=[dt.date(2026, 1, 1)]).isoformat()
    '2026-01-09'
    """
    days = _days(start)
    moved = np.busday_offset(days, count, roll="forward", busdaycal=_calendar(weekmask, tuple(holidays)))
    if isinstance(start, pd.Series):
        return pd.Series(moved.astype("datetime64[us]"), index=start.index, name=start.name)
    return dt.date.fromisoformat(str(moved))


def freeze_date(quarter: str, plan: PlanCalendar) -> dt.date:
    """Return the day on which a quarter's plan counts as fixed: its first day plus `freeze_bdays` business days.

    What is committed later was added to the plan, not part of it.
    """
    first = quarter_start(quarter, plan.fiscal_start_month)
    return add_business_days(first, plan.freeze_bdays, plan.weekmask, plan.holidays)


@lru_cache(maxsize=64)
def _calendar(weekmask: str, holidays: tuple[dt.date, ...]) -> np.busdaycalendar:
    return np.busdaycalendar(weekmask, [np.datetime64(day, "D") for day in holidays])


def _days(dates: Days) -> npt.NDArray[np.datetime64]:
    return np.asarray(dates, dtype="datetime64[D]")


def _code(quarter: str) -> int:
    return int(quarter[:4]) * 4 + int(quarter[5]) - 1


def _label(code: int) -> str:
    return f"{code // 4}Q{code % 4 + 1}"
