"""The pace of another stretch of the client's own time, held against the window: for velocity as the measure agreed on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gapkit.baseline.coverage import records_begin, uncovered
from gapkit.baseline.velocity import estimate_velocity, working_weeks
from gapkit.labels import label_period
from gapkit.measurement.effects.velocity import NAME, compare_velocity, full_weeks
from gapkit.measurement.wording import side_words

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect
    from gapkit.results import Result


class Stretch(NamedTuple):
    """The pace of a stretch of time, and the window against it.

    Attributes
    ----------
    words : str
        The stretch and its pace, with the deliveries counted.
    pace : Result
        Deliveries a working week.
    change : Result
        The window over the stretch, less 1; unit ``ratio``.
    """

    words: str
    pace: Result
    change: Result


def is_pace(primary: Effect) -> bool:
    """Whether the primary measure is the velocity, with a change to explain."""
    return primary.measure == NAME and primary.difference.is_ok


def pace_of(comparison: Comparison, primary: Effect, start: dt.date, end: dt.date, name: str) -> Stretch | str:
    """Return the pace from day to day and the change against it; why there is none as a sentence.

    Parameters
    ----------
    comparison : Comparison
        Both sides; the stretch is read from what is known today.
    primary : Effect
        The velocity of both sides.
    start, end : date
        The stretch, both days included.
    name : str
        Of the change.
    """
    side, config = comparison.after, comparison.config
    gap = uncovered(records_begin(side.eng.programs, side.eng.status_events), start)
    if gap:
        return gap
    period = label_period(start, end)
    then = estimate_velocity(side.judged, start, end, config, period=period, delivery_recorded=True)
    if not then.is_ok or then.n < config.settings.min_n_rate:
        return f"{period} has too few deliveries for a pace."
    weeks = working_weeks(start, end, config), working_weeks(side.start, side.end, config)
    weekly = full_weeks(side.judged, start, end), full_weeks(side.judged, side.start, side.end)
    change, _ = compare_velocity(then, primary.after, *weeks, weekly)
    return Stretch(f"{period}: {side_words(then)}", then, replace(change, name=name))
