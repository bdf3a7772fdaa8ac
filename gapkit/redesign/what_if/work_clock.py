"""Working time as one number line: business days since a first day, nights and days off left out.

Stage times are edited on this line, so that a day saved on a Friday is a working day; only results become dates again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.datetime64]

# A log whose entries all fall within fewer hours than these is a log of days, not of moments.
SHORTEST_DAY: Final = 4.0
LONGEST_DAY: Final = 12.0
OFFICE: Final = (9.0, 17.0)
YEARS_AHEAD: Final = 6


@dataclass(frozen=True, slots=True)
class WorkClock:
    """The working days of a record, and between which hours they are worked.

    Attributes
    ----------
    days : array of datetime64[D]
        Working days in order; position k is the opening of ``days[k]``.
    opens, closes : float
        Hours of the day.
    """

    days: Days
    opens: float
    closes: float

    @property
    def hours_per_day(self) -> float:
        """Working hours of a business day."""
        return self.closes - self.opens

    def positions(self, moments: pd.Series) -> Floats:
        """Return the position of each moment of the engagement's zone; missing stays missing."""
        local = moments.dt.tz_localize(None) if moments.dt.tz is not None else moments
        known = local.notna().to_numpy()
        found = np.full(len(local), np.nan)
        stamps = local.to_numpy("datetime64[s]")[known]
        day = stamps.astype("datetime64[D]")
        index = np.searchsorted(self.days, day)
        works = self.days[np.minimum(index, len(self.days) - 1)] == day
        hour = (stamps - day.astype("datetime64[s]")).astype(np.int64) / 3600
        part = np.clip((hour - self.opens) / self.hours_per_day, 0.0, 1.0)
        found[known] = index + np.where(works, part, 0.0)
        return found

    def closing(self, dates: pd.Series) -> Floats:
        """Return the position at which each date ends; missing stays missing."""
        found = np.full(len(dates), np.nan)
        known = dates.notna().to_numpy()
        found[known] = np.searchsorted(self.days, dates.to_numpy("datetime64[D]")[known], side="right")
        return found

    def dates(self, positions: Floats) -> Days:
        """Return the day of each position; the close of a day belongs to that day. Not finite gives a missing day."""
        found = np.full(np.shape(positions), np.datetime64("NaT"), dtype="datetime64[D]")
        finite = np.isfinite(positions)
        index = np.ceil(positions[finite] - 1e-9).astype(np.int64) - 1
        found[finite] = self.days[np.clip(index, 0, len(self.days) - 1)]
        return found

    def calendar_days_per_business_day(self) -> float:
        """Return how many calendar days one business day takes on average."""
        return float((self.days[-1] - self.days[0]).astype(np.int64) / (len(self.days) - 1))


def read_clock(visits: pd.DataFrame, config: EngagementConfig, as_of: dt.date) -> WorkClock:
    """Return the clock of an organisation, its hours as the log shows them.

    Parameters
    ----------
    visits : DataFrame
        Table stage_visits.
    config : EngagementConfig
        Working days and holidays.
    as_of : date
        The day the data is read at.

    Notes
    -----
    Hours run from the .5 % to the 99.5 % quantile of the times of day in the log, widened to half hours; between 4 and 12
    hours, else an office day of eight hours.
    """
    moments = pd.concat([visits["entered_at"], visits["left_at"]]).dropna()
    hours = (moments.dt.hour + moments.dt.minute / 60).to_numpy()
    low, high = np.quantile(hours, [0.005, 0.995]) if len(hours) else OFFICE
    opens, closes = np.floor(2 * low) / 2, np.ceil(2 * high) / 2
    if not SHORTEST_DAY <= closes - opens <= LONGEST_DAY:
        opens, closes = OFFICE
    until = np.datetime64(as_of, "D") + 366 * YEARS_AHEAD
    since = np.datetime64(min(as_of, moments.min().date()) if len(moments) else as_of, "D") - 366
    every = np.arange(since, until)
    off = np.array([np.datetime64(day, "D") for day in config.holidays], dtype="datetime64[D]")
    return WorkClock(every[np.is_busday(every, weekmask=config.weekmask, holidays=off)], float(opens), float(closes))
