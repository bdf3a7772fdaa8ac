"""What moved since the last edition, in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gapkit.labels import (
    NOT_MEASURED,
    TOO_LITTLE,
    label_count,
    label_date,
    label_number,
    label_pp,
    label_value,
)
from gapkit.measurement.verdict import Judgement
from gapkit.measurement.wording import measure_name, verdict_words

if TYPE_CHECKING:
    from gapkit.measurement.editions.moved import Move
    from gapkit.measurement.editions.reading import Reading, Step
    from gapkit.measurement.editions.record import Edition
    from gapkit.measurement.effects import Effect
    from gapkit.results import Unit

FIRST: Final = "This is the first edition: there is none before it to compare with"
# What passes with time, one and many, by measure.
CAME_DUE: Final = ("program came due", "programs came due")
PASSED: Final = {
    "execution_rate": ("program reached the end of its quarter", "programs reached the end of their quarter"),
    "velocity_per_week": ("delivery came", "deliveries came"),
}


def reading_words(reading: Reading) -> str:
    """Return a reading with its counts.

    Examples
    --------
    >>> from gapkit.measurement.editions.reading import Reading
    >>> reading_words(Reading(0.6, 12, 20, "share", "ok")), reading_words(Reading(None, 0, 0, "share", "not_assessable"))
    ('12 of 20', 'not measured')
    >>> reading_words(Reading(2.8, 69, 69, "per_week", "ok")), reading_words(Reading(None, 0, 0, "share", "thin"))
    ('2.8 a week (69)', 'too little data')
    """
    if reading.status == "not_assessable":
        return NOT_MEASURED
    if not reading.n:
        return TOO_LITTLE
    if reading.unit == "share" and reading.events is not None:
        return f"{label_number(reading.events)} of {label_number(reading.n)}"
    if reading.status == "thin":
        return TOO_LITTLE
    counted = f" ({label_number(reading.n)})" if reading.unit == "per_week" else f" (n = {label_number(reading.n)})"
    return f"{label_value(reading.value, reading.unit)}{counted}"


def step_words(step: Step, unit: Unit) -> str:
    """Return a step: in percentage points or the figure's own unit, else in its counts.

    Examples
    --------
    >>> from gapkit.measurement.editions.reading import Step
    >>> step_words(Step(11, 21, -0.04), "share"), step_words(Step(2, 2, 0.31), "per_week")
    ('−4 pp', '+0.31 a week')
    >>> step_words(Step(3, 7, None), "share"), step_words(Step(None, 7, None), "share")
    ('+3 (n +7)', 'n +7')
    >>> step_words(Step(0, 0, 0.0), "share")
    'nothing'
    """
    if step.is_none:
        return "nothing"
    if step.value is not None:
        return label_pp(step.value) if unit == "share" else _signed(step.value, unit)
    n = _plus(step.n)
    return f"n {n}" if step.events is None else f"{_plus(step.events)} (n {n})"


def _signed(value: float, unit: Unit) -> str:
    text = label_value(value, unit)
    return f"+{text}" if value > 0 else text


def _plus(count: int) -> str:
    return f"{'+' if count > 0 else ''}{label_number(count)}"


def change_of(measure: str, move: Move | None, since: dt.date) -> str:
    """Return the change of a measure as a sentence without its stop.

    Parameters
    ----------
    measure : str
        Name of the measure.
    move : Move or None
        None where the measure is not split, or was not in the last edition.
    since : date
        Day of the last edition.
    """
    said = f"Since the edition of {label_date(since)} the {measure_name(measure)} after"
    if move is None:
        return f"{said} cannot be compared, as that edition does not hold it"
    was, now = reading_words(move.published), reading_words(move.now)
    if was == now:
        return f"{said} stands at {now} as before"
    return f"{said} {'came' if was in (NOT_MEASURED, TOO_LITTLE) else 'moved'} from {was} to {now}"


def because_of(move: Move | None, *, alike: bool) -> str:
    """Return what a change is made of, without a stop: time, data, definition; empty where nothing moved.

    Parameters
    ----------
    move : Move or None
        As in `change_of`.
    alike : bool
        Whether the definitions of how is counted are the same.
    """
    if move is None or (move.total.is_none and move.data.is_none and move.definition.is_none):
        return ""
    return ", ".join(_parts(move, alike=alike))


def _parts(move: Move, *, alike: bool) -> list[str]:
    """Return the three parts of a move: time, data, definition."""
    unit = move.now.unit
    if alike:
        definition = "no definition changed"
    elif move.definition.is_none:
        definition = "the definitions changed, which moves nothing here"
    else:
        definition = f"today's definitions make that day {reading_words(move.redefined)}{_worth(move.definition, unit)}"
    if move.data.is_none:
        data = "the records of that day read as they did"
    else:
        data = f"the records of that day, corrected since, make it {reading_words(move.reread)}{_worth(move.data, unit)}"
    return [_time(move), data, definition]


def _time(move: Move) -> str:
    one, many = PASSED.get(move.measure, CAME_DUE)
    if move.time.is_none:
        return f"no {one} since"
    if move.time.n > 0:
        return f"{label_count(move.time.n, one, many)} since{_worth(move.time, move.now.unit)}"
    return f"what came since makes up the rest{_worth(move.time, move.now.unit)}"


def _worth(step: Step, unit: Unit) -> str:
    return f" ({step_words(step, unit)})" if step.value is not None else ""


def verdict_of(primary: Effect, before: Edition) -> str:
    """Return the sentence on a changed verdict; empty where it stands."""
    now = primary.judgement.verdict, primary.judgement.qualification
    was = before.verdicts.get(primary.measure, now)
    if was == now:
        return ""
    words = [verdict_words(Judgement(verdict, more)) for verdict, more in (was, now)]  # type: ignore[arg-type]
    return f"The verdict then: {words[0]}; now: {words[1]}."


def other_version(then: str, now: str) -> str:
    """Return the caveat where another version of gapkit made the last edition."""
    return (
        f"The last edition was made with gapkit {then}, this one with {now}: what gapkit itself counts otherwise stands "
        "under data."
    )


def unrecorded(day: dt.date, latest: dt.date) -> str:
    """Return what is said of a day before the latest edition that has no edition."""
    return (
        f"This is a reading of {label_date(day)} made after the edition of {label_date(latest)}; it is not recorded as an "
        "edition."
    )


def rereading(day: dt.date, n_differing: int) -> str:
    """Return what is said where an edition is read again after a later one was published."""
    differing = label_count(n_differing, "figure") if n_differing else "no figure"
    return (
        f"This is a re-reading of {label_date(day)} from today's data; the edition stands as it was published, and "
        f"{differing} of it {'read' if n_differing > 1 else 'reads'} otherwise today."
    )


def differing(measure: str, published: Reading, today: Reading) -> str:
    """Return one figure that reads otherwise today."""
    return f"{measure_name(measure)}: {reading_words(published)} as published, {reading_words(today)} read today"
