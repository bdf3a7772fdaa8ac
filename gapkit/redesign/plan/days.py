"""The days of the plan: from day 31 to day 90, counted in the client's working days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from gapkit.calendar import add_business_days, business_days
from gapkit.redesign.plan.library import PHASE_FROM, REDESIGN

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig
    from gapkit.redesign.plan.scheduling import Span

LAST_DAY = 90


class PlanDays(NamedTuple):
    """The days of the plan.

    Attributes
    ----------
    begins_on : date
        First working day on or after day 31.
    ends_on : date
        Day 90.
    day_60 : date
        The last day of the redesign.
    weekmask : str
        Seven digits from Monday, 1 for a working day.
    holidays : tuple of date
        Days off.
    """

    begins_on: dt.date
    ends_on: dt.date
    day_60: dt.date
    weekmask: str
    holidays: tuple[dt.date, ...]

    @property
    def horizon(self) -> int:
        """Working days there are."""
        return max(0, self.place(self.ends_on + dt.timedelta(days=1)))

    def place(self, day: dt.date) -> int:
        """Return how many working days after the first a day comes; a day off counts as the next working day."""
        return int(business_days(self.begins_on, day, self.weekmask, self.holidays).item())

    def day(self, place: int) -> dt.date:
        """Return the working day so many after the first."""
        return self.moved(self.begins_on, place)

    def moved(self, day: dt.date, count: int) -> dt.date:
        """Return the day so many working days later; a day off counts as the next working day."""
        return add_business_days(day, count, self.weekmask, self.holidays)

    def earliest(self, phase: str) -> int:
        """Return the first place on which an action of a phase may begin."""
        first = self.ends_on - dt.timedelta(days=LAST_DAY - PHASE_FROM[phase])
        return max(0, self.place(first))

    def fixed(self, entry: Mapping[str, Any], days: int) -> tuple[dt.date, dt.date] | None:
        """Return the dates decided for an action of so many working days; None where no date is.

        Where only one is decided the other follows from how long the action lasts; an end before the start is the start.
        """
        start, end = (
            dt.date.fromisoformat(str(entry[name])) if entry.get(name) else None for name in ("starts_on", "ends_on")
        )
        if start is None and end is None:
            return None
        if start is None and end is not None:
            start = min(end, self.moved(end, 1 - days))
        first = start or self.begins_on
        last = self.moved(first, days - 1) if end is None else end
        return first, max(first, last)

    def span(self, dates: tuple[dt.date, dt.date]) -> Span:
        """Return dates as places, both counted in."""
        first = self.place(dates[0])
        return first, max(first, self.place(dates[1] + dt.timedelta(days=1)) - 1)


def plan_days(config: EngagementConfig, as_of: dt.date) -> PlanDays:
    """Return the days of the plan: from day 31 on; without a start the day the data is read counts as day 31.

    Examples
    --------
    >>> from gapkit.config import EngagementConfig
    >>> config = EngagementConfig("Acme", dt.date(2026, 6, 30), "UTC", "EUR", started_on=dt.date(2026, 4, 1))
    >>> days = plan_days(config, config.as_of)
    >>> days.begins_on.isoformat(), days.day_60.isoformat(), days.ends_on.isoformat(), days.horizon
    ('2026-05-01', '2026-05-30', '2026-06-29', 42)
    """
    before = PHASE_FROM[REDESIGN] - 1
    day_31 = as_of if config.started_on is None else config.started_on + dt.timedelta(days=before)
    begins = add_business_days(day_31, 0, config.weekmask, config.holidays)
    ends = day_31 + dt.timedelta(days=LAST_DAY - before - 1)
    return PlanDays(begins, ends, day_31 + dt.timedelta(days=59 - before), config.weekmask, tuple(config.holidays))
