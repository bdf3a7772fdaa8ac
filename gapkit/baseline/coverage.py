"""From when on the records speak: what happened before the first of them is unknown, which is not nothing."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.labels import label_date

FACTS: Final = ("first_seen_on", "committed_at", "actual_start", "actual_end")
# A window may begin this many days before its records do: holidays, and weeks in which nothing was written down.
LENIENCE: Final = dt.timedelta(days=14)


def records_begin(programs: pd.DataFrame, status_events: pd.DataFrame) -> dt.date | None:
    """Return the first day of which anything is recorded; None when nothing that has happened is dated.

    Parameters
    ----------
    programs, status_events : DataFrame
        Canonical tables. Planned dates are no records of what happened.
    """
    firsts = [programs[fact].min() for fact in FACTS] + [local_day(status_events["at"]).min()]
    known = [first for first in firsts if pd.notna(first)]
    return min(known).date() if known else None


def uncovered(begin: dt.date | None, start: dt.date) -> str:
    """Return why a window that starts on a day is not covered by the records; empty when it is.

    Examples
    --------
    >>> uncovered(dt.date(2019, 9, 2), dt.date(2019, 1, 1))
    'The records begin on 2 September 2019; what was delivered before is not known, which is not zero.'
    >>> uncovered(dt.date(2019, 1, 7), dt.date(2019, 1, 1))
    ''
    """
    if begin is None or begin <= start + LENIENCE:
        return ""
    return f"The records begin on {label_date(begin)}; what was delivered before is not known, which is not zero."
