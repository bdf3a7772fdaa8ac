"""What is needed to tell, and how long that takes at the client's own pace.

A comparison that could not tell is not a failure to be excused but a number to be planned with: so many programs, so many
months. Where no number would do, that is said too.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gapkit.labels import label_count, label_number, label_pp, label_share
from gapkit.stats.differences import minimum_detectable_difference
from gapkit.stats.needed import MOST, deliveries_needed, programs_needed, time_needed

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.results import Result

# No length of measuring shows the change agreed as worthwhile: it is the baseline that holds too little.
BASELINE_TOO_SMALL = "is too small to show"
WEEKS_PER_MONTH = 365.25 / 12 / 7
# From so many weeks on a length is said in months; from so many months on it is no plan any more.
WEEKS_SAID, MONTHS_SAID = 10, 36


def weeks_between(start: dt.date, end: dt.date) -> float:
    """Return the weeks from one day to another, both included."""
    return ((end - start).days + 1) / 7


def length_words(weeks: float) -> str:
    """Return a length of time as one would plan with it.

    Examples
    --------
    >>> length_words(6.2), length_words(38), length_words(400)
    ('about 7 weeks', 'about 9 months', 'more than three years')
    """
    if weeks < WEEKS_SAID:
        return f"about {label_count(max(1, math.ceil(weeks)), 'week')}"
    months = round(weeks / WEEKS_PER_MONTH)
    return f"about {label_number(months)} months" if months <= MONTHS_SAID else "more than three years"


def at_this_pace(needed: int, seen: int, start: dt.date, end: dt.date) -> str:
    """Return how long a number of units takes at the pace of the window, as the end of a sentence.

    Examples
    --------
    >>> import datetime as dt
    >>> at_this_pace(120, 41, dt.date(2026, 4, 1), dt.date(2026, 6, 30))
    ' at the pace of this window (41 in 13 weeks) that takes about 9 months in all.'
    """
    weeks = weeks_between(start, end)
    if not seen:
        return " at the pace of this window, with none so far, no time can be said."
    window = f"{label_number(seen)} in {label_count(max(1, round(weeks)), 'week')}"
    return f" at the pace of this window ({window}) that takes {length_words(needed / seen * weeks)} in all."


def rate_needed(
    before: Result, after: Result, change: float, start: dt.date, end: dt.date, *, noun: str = "program"
) -> str:
    """Return how many programs after would show a worthwhile change of a rate, and how long that takes.

    Parameters
    ----------
    before, after : Result
        Of unit share.
    change : float
        Worthwhile change, as a share.
    start, end : date
        The measure window so far.
    noun : str
        What is counted.

    Returns
    -------
    str
        Empty where nothing can be said because a side was not measured at all.
    """
    if before.status == "not_assessable" or not before.n or before.events is None:
        return ""
    rate, points = before.events / before.n, label_pp(change)
    if rate + change > 1:
        return f"At {label_share(rate)} before, a change of {points} cannot happen."
    if not 0 < rate < 1:
        return ""
    many = programs_needed(before.n, rate, change)
    if many is None:
        least = minimum_detectable_difference(before.n, MOST, rate)
        at_best = f"; at best it can show {label_pp(least)}" if math.isfinite(least) else ""
        return f"A baseline of {label_count(before.n, noun)} {BASELINE_TOO_SMALL} {points}, however many follow{at_best}."
    return f"About {label_count(many, noun)} after would show {points};{at_this_pace(many, after.n, start, end)}"


def velocity_needed(before: Result, change: float, weeks_before: float) -> str:
    """Return how long must be watched to show a worthwhile change of velocity.

    Parameters
    ----------
    before : Result
        Velocity of the baseline; its events are the deliveries.
    change : float
        Worthwhile change, relative.
    weeks_before : float
        Working weeks of the baseline.
    """
    if not before.events:
        return ""
    times, faster = time_needed(before.events, 1 + change), f"a velocity {label_share(change)} higher"
    if times is None:
        return f"A baseline of {label_count(before.events, 'delivery', 'deliveries')} {BASELINE_TOO_SMALL} {faster}."
    return f"To show {faster} takes {length_words(times * weeks_before)} of watching."


def pace_needed(before: Result, after: Result, change: float, start: dt.date, end: dt.date) -> str:
    """Return how many deliveries after would show a worthwhile change of time-to-market, and how long that takes.

    Parameters
    ----------
    before, after : Result
        Restricted means of time-to-market; their events are the deliveries.
    change : float
        Worthwhile change, relative and positive: 0.15 for 15 % less.
    start, end : date
        The measure window so far.
    """
    if not before.events:
        return ""
    many, shorter = deliveries_needed(before.events, 1 / (1 - change)), f"times {label_share(change)} shorter"
    if many is None:
        return f"A baseline of {label_count(before.events, 'delivery', 'deliveries')} {BASELINE_TOO_SMALL} {shorter}."
    return (
        f"About {label_count(many, 'delivery', 'deliveries')} after would show {shorter};"
        f"{at_this_pace(many, after.events or 0, start, end)}"
    )


def least_needed(after: Result, least: int, start: dt.date, end: dt.date, *, noun: str, many: str = "") -> str:
    """Return the smallest number a figure needs at all, where the window holds fewer; empty where it holds enough."""
    if after.status == "not_assessable" or after.n >= least:
        return ""
    return f"At least {label_count(least, noun, many)} are needed;{at_this_pace(least, after.n, start, end)}"
