"""Assemble the measurement of an engagement from its parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from gapkit.baseline import estimate_baseline
from gapkit.baseline.execution import NO_DELIVERIES
from gapkit.baseline.frozen import Frozen, freeze, from_record, frozen_by, read_frozen
from gapkit.engagement import known_on
from gapkit.errors import NotMeasurableError
from gapkit.labels import label_date
from gapkit.measurement.adoption import Adoption, measure_adoption
from gapkit.measurement.comparison import Comparison, compare_windows
from gapkit.measurement.editions import Moved, edition_record, read_editions, what_moved
from gapkit.measurement.effects import Effect, estimate_effects
from gapkit.measurement.explanations import Explanations, explain, guarded, with_mix_held
from gapkit.measurement.forecast import Forecast, forecast
from gapkit.measurement.promised import Promised, compare_promises, promises_of
from gapkit.measurement.standing import Standing, standing
from gapkit.plain import header, results_to_dict

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.redesign import Redesign
    from gapkit.results import Result

# A month without any fact is a stale export rather than a quiet client.
MOST_DAYS_SILENT: Final = 31
NOT_FROZEN: Final = "The baseline was not frozen before the change: it is computed from today's data."


@dataclass(frozen=True)
class Measurement:
    """What changed since the baseline was frozen, and what is still to come.

    Attributes
    ----------
    eng : Engagement
        What it was computed from.
    comparison : Comparison
        Both sides: the baseline quarters as known at the freeze, the measure window as known today.
    effects : tuple of Effect
        The primary measure first; it says *improved* only where no other explanation that can be tested does away with it.
    explanations : Explanations
        What else could explain a change, each looked at.
    standing : Standing
        The gap as a standing metric, month after month.
    promised : Promised
        What the redesign promised beside what came.
    adoption : Adoption
        Whether the new model ran.
    forecast : Forecast
        What becomes of the open commitments.
    moved : Moved
        What moved since the last edition, and why.
    caveats : tuple of str
        Where the yardstick or the rules differ from what was agreed.
    """

    eng: Engagement
    comparison: Comparison = field(repr=False)
    effects: tuple[Effect, ...]
    explanations: Explanations = field(repr=False)
    standing: Standing = field(repr=False)
    promised: Promised = field(repr=False)
    adoption: Adoption = field(repr=False)
    forecast: Forecast = field(repr=False)
    moved: Moved = field(repr=False)
    caveats: tuple[str, ...]

    @property
    def frozen(self) -> Frozen:
        """The yardstick."""
        return self.comparison.frozen

    @property
    def window(self) -> tuple[dt.date, dt.date]:
        """First and last day measured."""
        return self.comparison.after.start, self.comparison.after.end

    @property
    def results(self) -> dict[str, Result]:
        """The figures of the measure window."""
        return {effect.measure: effect.after for effect in self.effects}

    @property
    def primary(self) -> Effect:
        """The effect on the measure agreed at day 30."""
        return self.effects[0]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what `measure.json` holds."""
        return {
            **header(self.eng, "measure"),
            "look": self.comparison.look,
            "window": [day.isoformat() for day in self.window],
            "results": results_to_dict(self.results),
            "effects": [effect.to_dict() for effect in self.effects],
            "explanations": self.explanations.to_dict(),
            "standing": self.standing.to_dict(),
            "promised": self.promised.to_dict(),
            "adoption": self.adoption.to_dict(),
            "forecast": self.forecast.to_dict(),
            "moved": self.moved.to_dict(),
            "frozen": dict(self.frozen.data),
            "caveats": list(self.caveats),
            "edition": edition_record(self.comparison, self.effects, self.standing.marks),
        }


def measure(eng: Engagement, diagnosis: Diagnosis | None = None, redesign: Redesign | None = None) -> Measurement:
    """Compare the measure window with the frozen baseline, and look ahead.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`; `measure_start` and `measure_end` set its window. Its folder holds the frozen baseline, what was
        promised and decided, and the editions before this one.
    diagnosis : Diagnosis, optional
        Used as the baseline only while none has been frozen, and if it was read by the day of `eng`; without it the
        baseline is computed from what was known at the end of the diagnosis. The report says so either way.
    redesign : Redesign, optional
        Its promises count only while none are on record in the folder.

    Returns
    -------
    Measurement

    Raises
    ------
    NotMeasurableError
        When there is no measure window, it has not begun, or no source records deliveries. The message says what would
        switch the phase on.
    InputError
        When a record in the folder (baseline, promises, decisions, editions) is not one gapkit can read.
    """
    window = _window(eng)
    if not eng.records_delivery:
        raise NotMeasurableError(NO_DELIVERIES)
    frozen, is_frozen, caveats = _yardstick(eng, diagnosis)
    comparison = compare_windows(eng, frozen, window, is_frozen=is_frozen)
    effects = estimate_effects(comparison)
    explanations = explain(comparison, effects[0])
    effects = (guarded(effects[0], explanations), *with_mix_held(comparison, effects[1:]))
    record = promises_of(eng, redesign)
    if is_frozen and window[0] <= frozen.frozen_on:
        early = f"The measure window begins before the baseline was frozen ({label_date(frozen.frozen_on)})."
        caveats = (*caveats, early)
    moved = what_moved(eng, comparison, effects, read_editions(eng.folder))
    return Measurement(
        eng=eng,
        comparison=comparison,
        effects=effects,
        explanations=explanations,
        standing=standing(comparison),
        promised=compare_promises(comparison, effects, record),
        adoption=measure_adoption(comparison, effects, record),
        forecast=forecast(eng, comparison.after.judged),
        moved=moved,
        caveats=(*moved.warnings, *caveats, *_stale(eng), *comparison.caveats),
    )


def _stale(eng: Engagement) -> tuple[str, ...]:
    """Return the remark that nothing was recorded lately: what has happened since is not in the data."""
    stamps = [eng.programs[name].max() for name in ("actual_start", "actual_end", "committed_at", "cancelled_at")]
    if eng.has("status_events"):
        stamps.append(eng.status_events["at"].max().tz_localize(None))
    last = max((stamp for stamp in stamps if stamp == stamp), default=None)
    if last is None or (eng.as_of - last.date()).days <= MOST_DAYS_SILENT:
        return ()
    return (
        f"Nothing is on record after {label_date(last.date())}: what happened until {label_date(eng.as_of)} is not in the "
        "data, and the newest figures read too low.",
    )


def _window(eng: Engagement) -> tuple[dt.date, dt.date]:
    """Return the agreed measure window."""
    start, end = eng.config.measure_start, eng.config.measure_end
    if start is None or end is None:
        raise NotMeasurableError(
            "No measure window is set: measure_start and measure_end in engagement.yml would switch this phase on."
        )
    if start > eng.as_of:
        raise NotMeasurableError(
            f"The measure window begins on {label_date(start)}, after the data was read ({label_date(eng.as_of)})."
        )
    return start, end


def _refrozen(frozen: Frozen) -> tuple[str, ...]:
    """Return the remark that the yardstick was changed after day 30, if it was."""
    before = frozen.data.get("replaces")
    if before is None:
        return ()
    days = label_date(frozen.frozen_on), label_date(dt.date.fromisoformat(before))
    return (
        f"The baseline was frozen anew on {days[0]}, in place of the one of {days[1]}: a yardstick changed on the way.",
    )


def _yardstick(eng: Engagement, diagnosis: Diagnosis | None) -> tuple[Frozen, bool, tuple[str, ...]]:
    """Return the baseline frozen by the day of reading, whether there was one, and its caveats.

    While there is none it is what the diagnosis would freeze in its place.
    """
    on_file = read_frozen(eng.folder)
    frozen = frozen_by(on_file, eng.as_of)
    if frozen is not None:
        return frozen, True, _refrozen(frozen)
    is_known = diagnosis is not None and diagnosis.eng.as_of <= eng.as_of
    record = diagnosis.frozen if diagnosis is not None and is_known else _would_freeze(eng)
    return from_record(record), False, (NOT_FROZEN if on_file is None else _not_yet(eng.as_of),)


def _not_yet(day: dt.date) -> str:
    return f"The baseline was not frozen yet on {label_date(day)}: it is computed from what was known then."


def _would_freeze(eng: Engagement) -> dict[str, Any]:
    then = known_on(eng, eng.config.as_of_for("diagnose"))
    base = estimate_baseline(then)
    return freeze(base.results, then.config, quarters=base.quarters, working_weeks=base.working_weeks, as_of=then.as_of)
