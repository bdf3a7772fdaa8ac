"""From a rhythm to dates: which days, days off skipped, and no role in two meetings at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.calendar import add_business_days, localize, next_quarter, quarter_of_date, quarter_start
from gapkit.redesign.cadence.series import WEEKDAYS, Rhythm

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig

DATES: Final = ("series", "name", "period_on", "planned_on", "starts_at", "ends_at", "moved")
DAY_OFF: Final = "day off"
OVERLAP: Final = "another meeting"
# A meeting that has to give way starts so late at most that it is over by then.
EVENING: Final = dt.time(18)
BEFORE_QUARTER: Final = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Slot:
    """One date of a series on its way into the calendar.

    Attributes
    ----------
    series, name : str
        The series it belongs to.
    seats : frozenset of str
        Who takes part; two dates that share one may not overlap.
    period_on : date
        First day of the week, month or quarter it is for: it keeps that when the date moves.
    planned_on : date
        The day the rhythm asks for.
    starts, ends : datetime
        Local time, without a zone.
    moved : tuple of str
        Why it is not when it was planned: `DAY_OFF`, `OVERLAP`.
    """

    series: str
    name: str
    seats: frozenset[str]
    period_on: dt.date
    planned_on: dt.date
    starts: dt.datetime
    ends: dt.datetime
    moved: tuple[str, ...] = ()


def planned_days(
    rhythm: Rhythm, weekday: str, starts_on: dt.date, first: dt.date, last: dt.date, fiscal_start: int
) -> list[tuple[dt.date, dt.date]]:
    """Return the days a rhythm asks for in a window, or the first one after it where none lies inside.

    Parameters
    ----------
    rhythm : {"weekly", "fortnightly", "monthly", "quarterly"}
        How often: every week; every second week from `starts_on`; on the first such weekday of the month; on the last such
        weekday that is two weeks before the fiscal quarter begins.
    weekday : str
        Day of the week.
    starts_on : date
        No date before it.
    first, last : date
        The window, both included.
    fiscal_start : int
        Month in which the fiscal year begins.

    Returns
    -------
    list of (date, date)
        First day of the week, month or quarter it is for, and the day itself.

    Examples
    --------
    >>> day = dt.date.fromisoformat
    >>> days = planned_days("monthly", "Thursday", day("2026-06-05"), day("2026-06-05"), day("2026-08-31"), 1)
    >>> [on.isoformat() for _, on in days]
    ['2026-07-02', '2026-08-06']
    """
    step = {"weekly": 7, "fortnightly": 14}.get(rhythm)
    begin = max(first, starts_on)
    if step:
        anchor = _next(starts_on, weekday)
        count = max(0, -(-(begin - anchor).days // step))
        day = anchor + dt.timedelta(days=step * count)
        found = [day]
        while (day := day + dt.timedelta(days=step)) <= last:
            found.append(day)
        return [(on - dt.timedelta(days=on.weekday()), on) for on in found]
    candidates = _months(begin, weekday) if rhythm == "monthly" else _quarters(begin, weekday, fiscal_start)
    inside = [(period, on) for period, on in candidates if on >= begin]
    return [pair for pair in inside if pair[1] <= last] or inside[:1]


def second_week(weekday: str, first: dt.date) -> dt.date:
    """Return the Monday of the week in which a series of every second week begins.

    It is one of the same weeks whichever day is asked about, so that a later run proposes the dates of an earlier one.

    Examples
    --------
    >>> [second_week("Wednesday", dt.date(2026, 7, day)).isoformat() for day in (17, 23, 30)]
    ['2026-07-20', '2026-08-03', '2026-08-03']
    """
    day = _next(first, weekday)
    monday = day - dt.timedelta(days=day.weekday())
    return monday + dt.timedelta(days=7 * (monday.toordinal() // 7 % 2))


def _next(day: dt.date, weekday: str) -> dt.date:
    """Return the first such weekday on or after a day."""
    return day + dt.timedelta(days=(WEEKDAYS.index(weekday) - day.weekday()) % 7)


def _months(begin: dt.date, weekday: str) -> list[tuple[dt.date, dt.date]]:
    """Return the month's first day and its first such weekday, for a year from a day on."""
    months = [dt.date(begin.year + (begin.month - 1 + k) // 12, (begin.month - 1 + k) % 12 + 1, 1) for k in range(13)]
    return [(month, _next(month, weekday)) for month in months]


def _quarters(begin: dt.date, weekday: str, fiscal_start: int) -> list[tuple[dt.date, dt.date]]:
    """Return the quarter's first day and the weekday two weeks before it, for a year from a day on."""
    running = quarter_of_date(begin, fiscal_start)
    starts = [quarter_start(next_quarter(running, k), fiscal_start) for k in range(1, 6)]
    return [(start, _next(start - BEFORE_QUARTER - dt.timedelta(days=6), weekday)) for start in starts]


def place(slots: Sequence[Slot], config: EngagementConfig) -> list[Slot]:
    """Return the dates with days off skipped and overlaps resolved, in order of time.

    Parameters
    ----------
    slots : sequence of Slot
        As planned; where two compete, the one that stands earlier in the sequence keeps its time.
    config : EngagementConfig
        Supplies working days and holidays.

    Notes
    -----
    A date on a day off goes to the next business day; if the next date of its own series is there already, it is dropped. A
    date that overlaps another of the same role starts when that one ends, on the next business day if it would not be over
    by 18:00. The same slots in the same order give the same dates.
    """
    working = _one_a_day([_on_working_day(slot, config) for slot in slots])
    order = {id(slot): number for number, slot in enumerate(working)}
    placed: list[Slot] = []
    for slot in sorted(working, key=lambda one: (one.starts.date(), order[id(one)])):
        placed.append(_free(slot, placed, config))
    return sorted(placed, key=lambda one: (one.starts, one.series))


def _on_working_day(slot: Slot, config: EngagementConfig) -> Slot:
    day = add_business_days(slot.planned_on, 0, config.weekmask, config.holidays)
    return slot if day == slot.planned_on else _shifted(slot, dt.datetime.combine(day, slot.starts.time()), DAY_OFF)


def _shifted(slot: Slot, starts: dt.datetime, why: str) -> Slot:
    moved = tuple(dict.fromkeys([*slot.moved, why]))
    return replace(slot, starts=starts, ends=starts + (slot.ends - slot.starts), moved=moved)


def _one_a_day(slots: Sequence[Slot]) -> list[Slot]:
    """Return the dates without those that would meet the next one of their series on the same day."""
    last = {(slot.series, slot.starts.date()): slot.planned_on for slot in sorted(slots, key=lambda one: one.planned_on)}
    return [slot for slot in slots if last[slot.series, slot.starts.date()] == slot.planned_on]


def _free(slot: Slot, placed: Sequence[Slot], config: EngagementConfig) -> Slot:
    """Return a date at the first time at which nobody of it sits elsewhere."""
    asked = slot.starts.time()
    while blocker := next(_blockers(slot, placed), None):
        later = _shifted(slot, blocker.ends, OVERLAP)
        if later.ends.date() > slot.starts.date() or later.ends.time() > EVENING:
            day = add_business_days(slot.starts.date() + dt.timedelta(days=1), 0, config.weekmask, config.holidays)
            later = _shifted(slot, dt.datetime.combine(day, asked), OVERLAP)
        slot = later
    return slot


def _blockers(slot: Slot, placed: Sequence[Slot]) -> Iterator[Slot]:
    """Yield what a date overlaps with."""
    return (
        one for one in placed
        if slot.seats & one.seats and slot.starts < one.ends and one.starts < slot.ends
    )  # fmt: skip


def frame_of(slots: Sequence[Slot], tz: str) -> pd.DataFrame:
    """Return dates as a table.

    Returns
    -------
    DataFrame
        Columns series, name, period_on, planned_on (dates), starts_at, ends_at (moments in the zone: the local time stays
        when the clocks change), moved (why it is not when it was planned; empty where it is).
    """
    frame = pd.DataFrame([{
        "series": one.series, "name": one.name, "period_on": pd.Timestamp(one.period_on),
        "planned_on": pd.Timestamp(one.planned_on), "starts_at": pd.Timestamp(one.starts),
        "ends_at": pd.Timestamp(one.ends), "moved": "; ".join(one.moved),
    } for one in slots], columns=list(DATES))  # fmt: skip
    days = {name: frame[name].astype("datetime64[us]") for name in ("period_on", "planned_on")}
    moments = {name: localize(frame[name].astype("datetime64[us]"), tz) for name in ("starts_at", "ends_at")}
    return frame.assign(**days, **moments)
