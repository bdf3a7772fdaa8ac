"""What only one lever acts on: its own stage, the time to a decision, the single owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.diagnosis.signs.thresholds import IN_PLACE
from gapkit.diagnosis.triage.decisions import measure_latency
from gapkit.labels import label_number
from gapkit.measurement.adoption.places import kept_waits
from gapkit.measurement.effects.ownership import NAME as SINGLE_OWNER
from gapkit.measurement.promised.judging import difference
from gapkit.measurement.promised.telling import Known, known_of
from gapkit.redesign.plan.expected import gains
from gapkit.redesign.slas.attainment import NAME as ATTAINMENT
from gapkit.results import Result, not_assessable
from gapkit.stats.clustered_difference import clustered_difference
from gapkit.stats.intervals import Interval
from gapkit.stats.rates import clustered_wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.measurement.agreed import AgreedPlace
    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.measurement.effects import Effect
    from gapkit.measurement.verdict import Better
    from gapkit.redesign.targets.promises_file import PromisedLever

LATENCY: Final = "decision_latency_days"
AS_AGREED: Final = "the share of cases it was agreed, or taken, to be kept in"


class Own(NamedTuple):
    """A lever's own measure.

    Attributes
    ----------
    measure : str
        Result name, with the place after a colon.
    predicted, measured : Result
        What was promised of it, and what came.
    known : Known
        Whether what came is told from how it was before, and how that was.
    is_level : bool
        Whether both are levels instead of changes.
    better : {1, -1}
        Which way is good.
    words : str
        What was measured, where the name of the measure is too short for it.
    """

    measure: str
    predicted: Result
    measured: Result
    known: Known
    is_level: bool
    better: Better
    words: str = ""


def own_measure(lever: PromisedLever, comparison: Comparison, effects: Sequence[Effect]) -> Own | None:
    """Return what only this lever acts on; None where there is no such thing.

    Parameters
    ----------
    lever : PromisedLever
        As put on record.
    comparison : Comparison
        Both sides.
    effects : sequence of Effect
        From `effects.estimate_effects`.

    Notes
    -----
    An agreed time at a named stage: the share of waits there that keep it, against the share it was taken to be kept in. A
    weekly forum: the median time to a decision. One named owner: the share of programs that have one, against the 80 % from
    which on a lever is in place.
    """
    if lever.lever == "sla" and lever.stage is not None and lever.value is not None:
        return _kept(lever, lever.stage, lever.value, comparison)
    if lever.lever == "weekly_forum" and LATENCY in lever.changes and gains(lever.changes[LATENCY]):
        given, came = _given(effects), latency_change(comparison, effects)
        is_worse = came.is_ok and came.low is not None and came.low > 0
        known = known_of(given) if given is not None else Known(False if is_worse else None, is_worse)
        return Own(LATENCY, lever.changes[LATENCY], came, known, False, -1)
    if lever.lever == "named_owner":
        return _owned(effects)
    return None


def _level(measure: str, value: float) -> Result:
    return Result(f"{measure}_promised", value, unit="share", method=AS_AGREED)


def _kept(lever: PromisedLever, stage: str, days: float, comparison: Comparison) -> Own:
    measure, least = f"{ATTAINMENT}:{stage}", comparison.config.settings.min_n_rate
    before, after = (kept_waits(side, {stage: days}) for side in (comparison.before, comparison.after))
    n, kept, period = len(after), int(after["is_kept"].sum()), comparison.after.period
    predicted, said = _level(measure, lever.adherence), within_words(stage, days)
    if n < least:
        words = f"{n} waits at {stage} are old enough to tell; {least} are needed."
        thin = Result(measure, n=n, events=kept, period=period, status="thin", grade="C", caveats=(words,))
        return Own(measure, predicted, thin, Known(False), True, 1, said)
    rate = clustered_wilson(after["is_kept"].to_numpy(bool), after["program_id"])
    measured = Result(measure, rate.value, rate.low, rate.high, n=n, events=kept, period=period, grade="B",
                      method="Wilson interval, waits of one program alike")  # fmt: skip
    was = float(before["is_kept"].mean()) if len(before) >= least else None
    return Own(measure, predicted, measured, Known(_is_more(before, after), before=was), True, 1, said)


def within_words(stage: str, days: float) -> str:
    """Return what is counted of a time at a stage, with its days: elsewhere the same stage may have another time.

    Examples
    --------
    >>> within_words("legal", 2.0), within_words("legal", 1.0)
    ('waits at legal within 2 business days', 'waits at legal within 1 business day')
    """
    return f"waits at {stage} within {_business_days(days)}"


def _business_days(days: float) -> str:
    number = label_number(days, 0 if float(days).is_integer() else 1)
    return f"{number} business {'day' if number == '1' else 'days'}"


def other_days(lever: PromisedLever, places: Sequence[AgreedPlace]) -> str:
    """Return that a promise was made of another time than decisions.yml holds for its stage today; empty where it was not.

    Parameters
    ----------
    lever : PromisedLever
        As put on record.
    places : sequence of AgreedPlace
        From `agreed.agreed_places`.
    """
    if lever.lever != "sla" or lever.standing == "declined" or lever.value is None:
        return ""
    place = next((one for one in places if one.place == lever.stage), None)
    if place is None or place.days is None or place.days == lever.value:
        return ""
    today = f"{_business_days(place.days)} ({'agreed' if place.is_agreed else 'proposed'})"
    return f"At {lever.stage} promised within {_business_days(lever.value)}; effects count {today}, as in decisions.yml."


def _is_more(before: pd.DataFrame, after: pd.DataFrame) -> bool:
    """Return whether more waits keep their time than before, by more than chance."""
    if min(frame["program_id"].nunique() for frame in (before, after)) < 2:
        return False
    gap = clustered_difference(after["is_kept"].to_numpy(bool), after["program_id"], before["is_kept"].to_numpy(bool),
                               before["program_id"])  # fmt: skip
    return gap.low > 0


def _owned(effects: Sequence[Effect]) -> Own | None:
    found = next((one for one in effects if one.measure == SINGLE_OWNER), None)
    if found is None:
        return None
    low = found.difference.low
    known = Known(low is not None and low > 0, before=found.before.value if found.before.is_ok else None)
    return Own(SINGLE_OWNER, _level(SINGLE_OWNER, IN_PLACE / 100), found.after, known, True, 1)


def latency_change(comparison: Comparison, effects: Sequence[Effect]) -> Result:
    """Return by how much the median time to a decision changed: the effect on it, else from the log of decisions.

    Notes
    -----
    Kaplan-Meier medians of the decisions asked for in each window; the limits of the difference from those of both.
    """
    given = _given(effects)
    if given is not None:
        return given.difference
    before, after = (_latency(side) for side in (comparison.before, comparison.after))
    name = f"{LATENCY}_difference"
    sides = [_interval(one) for one in (after, before)]
    if None in sides:
        untold = after if not after.is_ok else before
        if "not_assessable" in (before.status, after.status):
            why = next(one for one in (after, before) if one.status == "not_assessable").caveats
            return not_assessable(name, *why[:1], unit="days", period=after.period)
        said = untold.caveats or ("Too many decisions are still open for an interval.",)
        return Result(name, n=after.n, unit="days", period=after.period, status="thin", grade="C", caveats=said)
    gap = difference(*[one for one in sides if one is not None])
    return Result(name, *gap, n=after.n, unit="days", period=after.period, grade="B",
                  method="difference of Kaplan–Meier medians, open decisions censored")  # fmt: skip


def _given(effects: Sequence[Effect]) -> Effect | None:
    """Return the effect on the time to a decision, where there is one."""
    return next((one for one in effects if one.measure == LATENCY), None)


def _latency(side: Side) -> Result:
    asked = local_day(side.eng.decisions["asked_at"])
    rows = side.eng.decisions.loc[asked.between(pd.Timestamp(side.start), pd.Timestamp(side.end))]
    return measure_latency(side.eng, rows, side.period)


def _interval(one: Result) -> Interval | None:
    if one.value is None or one.low is None or one.high is None:
        return None
    return Interval(one.value, one.low, one.high)
