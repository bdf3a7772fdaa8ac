"""The calendar in words: what starts, what stops, which dates moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_list, label_number, label_period, sentence_case
from gapkit.redesign.cadence.dates import DAY_OFF, OVERLAP
from gapkit.redesign.cadence.series import WHEN, Rhythm
from gapkit.redesign.cadence.stops import TOO_FEW

if TYPE_CHECKING:
    from gapkit.redesign.cadence.cadence import Cadence

NO_REVIEWS: Final = "Which of today's meetings to stop is not measured. The table reviews would switch this on."
MOST_LISTED: Final = 4


def when(rhythm: Rhythm, weekday: str, time: str, minutes: int) -> str:
    """Return when a series takes place.

    Examples
    --------
    >>> when("weekly", "Monday", "09:30", 30), when("monthly", "Thursday", "13:00", 90)
    ('every Monday at 09:30, 30 minutes', 'on the first Thursday of the month at 13:00, 90 minutes')
    """
    return f"{WHEN[rhythm].format(weekday)} at {time}, {label_count(minutes, 'minute')}"


def sentence(found: Cadence) -> str:
    """Return how many series start, on how many dates, and what stops."""
    held = found.held
    if not held:
        return "No meeting is to start: every series was declined."
    names = [one.name for one in held]
    listed = names if len(names) <= MOST_LISTED else [*names[:2], f"{len(names) - 2} more"]
    dates = label_count(len(found.dates), "date")
    said = (
        f"{label_count(len(held), 'series', 'series')} of meetings from now on ({label_list(listed)}), {dates} "
        f"from {label_period(found.first_on, found.last_on)}"
    )
    stopped = found.to_stop["name"].tolist()
    if not stopped:
        return f"{said}." if found.stops.empty else f"{said}; none of today's has to stop."
    return f"{said}; stop {len(stopped)} of today's {label_number(len(found.stops))}: {label_list(stopped)}."


def caveats(found: Cadence, gone: Sequence[str], *, planned: int) -> tuple[str, ...]:
    """Return what a reader of the calendar must know.

    Parameters
    ----------
    found : Cadence
        The calendar.
    gone : sequence of str
        Entries that were decided and are in no calendar any more.
    planned : int
        Dates as the rhythms ask for them, before any was dropped.
    """
    return tuple(_caveats(found, gone, planned))


def _caveats(found: Cadence, gone: Sequence[str], planned: int) -> Iterator[str]:
    if found.stops.empty:
        yield NO_REVIEWS
    few = found.stops.loc[found.stops["advice"] == TOO_FEW, "name"].tolist()
    if few:
        yield f"Too few on record to judge: {label_list(few)}."
    off = int(found.dates["moved"].str.contains(DAY_OFF).sum())
    if off:
        yield sentence_case(f"{label_count(off, 'date')} moved from a day off to the next business day.")
    met = int(found.dates["moved"].str.contains(OVERLAP).sum())
    if met:
        yield sentence_case(f"{label_count(met, 'date')} moved so that nobody has to be in two meetings at once.")
    if planned > len(found.dates):
        fell = label_count(planned - len(found.dates), "date")
        yield f"{fell} left out: with days off skipped, the next one of the series is on that day."
    if gone:
        yield f"Decided, and in no series of this calendar: {label_list(list(gone))}."
