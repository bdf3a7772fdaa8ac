"""Working time as one number line: hours since the first working day, eight to a day, none at night.

The simulation adds and compares plain numbers; only its results become dates and moments. A position of 20.5 is the third
working day, half past one in the afternoon.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gapkit.calendar import localize

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

HOURS = 8.0
OPENS_AT = 9


@dataclass(frozen=True, slots=True)
class Clock:
    """The working days of a period.

    Attributes
    ----------
    days : array of datetime64[D]
        Working days in order; position ``8 * k`` is the morning of ``days[k]``.
    tz : str
        Time zone of the moments returned.
    """

    days: npt.NDArray[np.datetime64]
    tz: str

    @classmethod
    def between(cls, first: dt.date, last: dt.date, weekmask: str, holidays: Sequence[dt.date], tz: str) -> Clock:
        """Return the clock of all working days from first to last."""
        every = np.arange(np.datetime64(first, "D"), np.datetime64(last, "D") + 1)
        working = np.is_busday(every, weekmask=weekmask, holidays=[np.datetime64(day, "D") for day in holidays])
        return cls(every[working], tz)

    def day_index(self, day: dt.date) -> int:
        """Return the index of a day, or of the next working day after a day off."""
        return int((self.days < np.datetime64(day, "D")).sum())

    def last_index(self, day: dt.date) -> int:
        """Return the index of the last working day up to a day."""
        return int((self.days <= np.datetime64(day, "D")).sum()) - 1

    def dates(self, hours: Floats) -> pd.Series:
        """Return the local date of each position; positions that are not finite give a missing date."""
        finite = np.isfinite(hours)
        found = np.full(len(hours), np.datetime64("NaT"), dtype="datetime64[us]")
        found[finite] = self.days[self._index(hours[finite])]
        return pd.Series(found)

    def moments(self, hours: Floats) -> pd.Series:
        """Return the moment of each position, rounded to the minute, within working hours; missing where not finite."""
        finite = np.isfinite(hours)
        found = np.full(len(hours), np.datetime64("NaT"), dtype="datetime64[us]")
        index = self._index(hours[finite])
        minutes = np.round((hours[finite] - index * HOURS) * 60).astype(np.int64) + OPENS_AT * 60
        found[finite] = self.days[index].astype("datetime64[us]") + minutes.astype("timedelta64[m]")
        return localize(pd.Series(found), self.tz)

    def _index(self, hours: Floats) -> Ints:
        # The close of a day belongs to that day, not to the next morning.
        return np.asarray(np.clip(np.ceil(hours / HOURS - 1e-9) - 1, 0, len(self.days) - 1), dtype=np.int64)
