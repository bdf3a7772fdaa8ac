"""What moved since the last edition, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
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
from gapkit.measurement.editions.programs import data_words
from gapkit.measurement.editions.reading import Reading
from gapkit.measurement.verdict import Judgement
from gapkit.measurement.wording import change_words, measure_name, verdict_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.measurement.editions.moved import Move
    from gapkit.measurement.editions.programs import Change
    from gapkit.measurement.editions.reading import Step
    from gapkit.measurement.editions.record import Edition
    from gapkit.measurement.effects import Effect
    from gapkit.results import Unit

FIRST: Final = "This is the first edition: there is none before it to compare with"
NONE_BEFORE: Final = "No edition of an earlier day was published to compare it with"
AS_THEN: Final = "the records of that day read as they did"
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


def because_of(move: Move | None, *, alike: bool, programs: Sequence[Change] = ()) -> str:
    """Return what a change is made of, without a stop: time, data, definition; empty where nothing moved.

    Parameters
    ----------
    move : Move or None
        As in `change_of`.
    alike : bool
        Whether the definitions of how is counted are the same.
    programs : sequence of Change
        Those that the earlier day shows otherwise today.
    """
    if move is None:
        return ""
    which = data_words(programs, move.measure)
    if not which and move.total.is_none and move.data.is_none and move.definition.is_none:
        return ""
    return ("; " if which else ", ").join(_parts(move, which, alike=alike))


def _parts(move: Move, which: str, *, alike: bool) -> list[str]:
    """Return the three parts of a move: time, data with the programs it is made of, definition."""
    unit = move.now.unit
    if alike:
        definition = "no definition changed"
    elif move.definition.is_none:
        definition = "the definitions changed, which moves nothing here"
    else:
        definition = f"today's definitions make that day {reading_words(move.redefined)}{_worth(move.definition, unit)}"
    if move.data.is_none:
        data = f"that day still reads {reading_words(move.reread)}, though {which}" if which else AS_THEN
    else:
        reread = f"{reading_words(move.reread)}{_worth(move.data, unit)}"
        data = f"the records of that day, changed since, make it {reread}{f', as {which}' if which else ''}"
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


def rereading(day: dt.date, n_differing: int, primary: str = "") -> str:
    """Return what is said where an edition is read again after a later one was published.

    Parameters
    ----------
    day : date
        Its day.
    n_differing : int
        Figures that read otherwise today.
    primary : str
        From `published_and_today`; empty where that edition does not hold the primary measure.

    Examples
    --------
    >>> primary = "the on-time rate after was 24 of 33 (+28 pp), and reads 26 of 33 (+34 pp) today"
    >>> rereading(dt.date(2026, 8, 31), 2, primary)  # doctest: +NORMALIZE_WHITESPACE
    'This is a re-reading of 31 August 2026, whose edition was published with other figures: the on-time rate after was
    24 of 33 (+28 pp), and reads 26 of 33 (+34 pp) today; 2 figures of it read otherwise. The edition stands as it was
    published.'
    """
    if not n_differing:
        return (
            f"This is a re-reading of {label_date(day)} from today's data; the edition stands as it was published, and no "
            "figure of it reads otherwise today."
        )
    differ = f"{label_count(n_differing, 'figure')} of it {'reads' if n_differing == 1 else 'read'} otherwise"
    return (
        f"This is a re-reading of {label_date(day)}, whose edition was published with other figures: "
        f"{f'{primary}; ' if primary else ''}{differ}. The edition stands as it was published."
    )


def published_and_today(primary: Effect, published: Edition) -> str:
    """Return the primary figure as an edition published it beside that of today; empty where it does not hold it."""
    then = published.after.get(primary.measure)
    if then is None:
        return ""
    gaps = replace(primary.difference, value=published.differences[primary.measure]), primary.difference
    readings = then, Reading.read(primary.after)
    was, now = (
        f"{reading_words(reading)}{f' ({change_words(gap)})' if gap.value is not None else ''}"
        for reading, gap in zip(readings, gaps, strict=True)
    )
    said = f"the {measure_name(primary.measure)} after was {was}"
    return f"{said}, as it reads today" if was == now else f"{said}, and reads {now} today"


def read_anew(before: Edition, effects_now: Sequence[Effect]) -> str:
    """Return the caveat on figures before that moved since an edition though the baseline is frozen; empty for none.

    Parameters
    ----------
    before : Edition
        The last edition.
    effects_now : sequence of Effect
        Measures whose figure before was not frozen.
    """
    both = [
        (one, before.before[one.measure], Reading.read(one.before)) for one in effects_now if one.measure in before.before
    ]
    moved = [(one, reading_words(was), reading_words(now)) for one, was, now in both]
    moved = [(one, was, now) for one, was, now in moved if was != now]
    told = [f"{measure_name(one.measure)} {was} then, {now} now" for one, was, now in moved if not one.place]
    places = sum(bool(one.place) for one, _, _ in moved)
    said = [*told, *([f"{label_count(places, 'figure')} of single places"] if places else [])]
    if not said:
        return ""
    return (
        "Not frozen at day 30; read anew from today's data, times over the stretch that both windows were watched. Before: "
        f"{'; '.join(said)}."
    )


def differing(measure: str, published: Reading, today: Reading) -> str:
    """Return one figure that reads otherwise today."""
    return f"{measure_name(measure)}: {reading_words(published)} as published, {reading_words(today)} read today"
