"""Assemble the measurement of an engagement from its parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from gapkit.baseline.execution import NO_DELIVERIES, complete_quarters, rates_by
from gapkit.baseline.frozen import Frozen, from_record, read_frozen
from gapkit.baseline.outcomes import judge_programs
from gapkit.errors import NotMeasurableError
from gapkit.labels import label_date
from gapkit.measurement.effects import Effect, estimate_effects
from gapkit.plain import header, results_to_dict

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.redesign import Redesign
    from gapkit.results import Result

STANDING_CAVEATS = (
    "Engagements start after bad quarters: part of any gain may be the return to normal that follows a bad run.",
    "The mix of programs may have changed between the two periods.",
    "Other changes of the same months cannot be told apart from the redesign.",
)


@dataclass(frozen=True)
class Measurement:
    """What changed since the baseline was frozen.

    Attributes
    ----------
    eng : Engagement
        What it was computed from.
    frozen : Frozen
        The yardstick.
    window : tuple of date
        First and last day measured.
    effects : tuple of Effect
        The primary measure first.
    by_quarter : mapping of str to Result
        Execution rate of every complete quarter, read today, for the standing chart.
    judged : DataFrame
        Every program against its frozen plan, read today.
    caveats : tuple of str
        Other explanations that this comparison cannot rule out, and any difference between today's and the frozen record.
    """

    eng: Engagement
    frozen: Frozen
    window: tuple[dt.date, dt.date]
    effects: tuple[Effect, ...]
    by_quarter: dict[str, Result]
    judged: pd.DataFrame
    caveats: tuple[str, ...]

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
            "results": results_to_dict(self.results),
            "effects": [effect.to_dict() for effect in self.effects],
            "standing": results_to_dict(self.by_quarter),
            "window": [day.isoformat() for day in self.window],
            "frozen": dict(self.frozen.data),
            "caveats": list(self.caveats),
        }


def measure(eng: Engagement, diagnosis: Diagnosis | None = None, redesign: Redesign | None = None) -> Measurement:
    """Compare the measure window with the frozen baseline.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`; `measure_start` and `measure_end` set its window.
    diagnosis : Diagnosis, optional
        Used as the baseline only while none has been frozen; the report then says so.
    redesign : Redesign, optional
        Accepted so that the three phases chain; what was redesigned does not change how it is measured.

    Returns
    -------
    Measurement

    Raises
    ------
    NotMeasurableError
        When there is no measure window, it has not begun, nothing was frozen, or no source records deliveries. The message
        says what would switch the phase on.
    """
    window = _window(eng)
    frozen, caveats = _yardstick(eng, diagnosis)
    judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
    if not eng.records_delivery:
        raise NotMeasurableError(NO_DELIVERIES)
    effects = estimate_effects(frozen, judged, eng.config, eng.as_of, window, delivery_recorded=True)
    quarters = complete_quarters(judged, pd.Timestamp(eng.as_of))
    by_quarter = rates_by(judged, quarters, "quarter", eng.config.settings)
    if window[0] <= frozen.frozen_on:
        early = f"The measure window begins before the baseline was frozen ({label_date(frozen.frozen_on)})."
        caveats = (*caveats, early)
    return Measurement(eng, frozen, window, effects, dict(by_quarter), judged, (*caveats, *STANDING_CAVEATS))


def _window(eng: Engagement) -> tuple[dt.date, dt.date]:
    """Return the measure window, cut at the day the data is read."""
    start, end = eng.config.measure_start, eng.config.measure_end
    if start is None or end is None:
        raise NotMeasurableError(
            "No measure window is set: measure_start and measure_end in engagement.yml would switch this phase on."
        )
    if start > eng.as_of:
        raise NotMeasurableError(
            f"The measure window begins on {label_date(start)}, after the data was read ({label_date(eng.as_of)})."
        )
    return start, min(end, eng.as_of)


def _refrozen(frozen: Frozen) -> tuple[str, ...]:
    """Return the remark that the yardstick was changed after day 30, if it was."""
    before = frozen.data.get("replaces")
    if before is None:
        return ()
    days = label_date(frozen.frozen_on), label_date(dt.date.fromisoformat(before))
    return (
        f"The baseline was frozen anew on {days[0]}, in place of the one of {days[1]}: a yardstick changed on the way.",
    )


def _yardstick(eng: Engagement, diagnosis: Diagnosis | None) -> tuple[Frozen, tuple[str, ...]]:
    """Return the frozen baseline; today's diagnosis in its place, with a caveat, while nothing is frozen."""
    frozen = read_frozen(eng.folder)
    if frozen is not None:
        return frozen, _refrozen(frozen)
    if diagnosis is None:
        raise NotMeasurableError("No baseline is frozen: run the diagnose phase first.")
    return from_record(diagnosis.frozen), (
        "The baseline was not frozen before the change: it is computed from today's data.",
    )
