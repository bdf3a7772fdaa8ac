"""What was frozen at day 30: the yardstick that later data may not bend.

`baseline.json` is written once, when the first diagnosis is published. Measure reads it back; if today's data would give
another baseline, the frozen one stands and the report says so.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gapkit.baseline import series
from gapkit.baseline.detectable import TIME_TO_MARKET, detectable_changes, detectable_rate, window_length
from gapkit.baseline.frozen_check import record_faults
from gapkit.calendar import quarter_end, quarter_start
from gapkit.config.model import MIN_CHANGE
from gapkit.errors import InputError, Problem
from gapkit.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapkit.config import EngagementConfig

FILE: Final = "baseline.json"
MEASURES: Final = ("execution_rate", "on_time_rate", "otif_rate")

# Frozen beside the measures the verdicts rest on, where they have a figure.
FURTHER: Final = (
    "time_to_market_median_days", "time_to_market_p85_days", TIME_TO_MARKET, "slip_median_days", "slip_p85_days",
    "slip_late_share", "flow_efficiency", "to_spec_rate", "within_horizon_rate",
)  # fmt: skip

DEFINITIONS: Final = {
    "execution_rate": "delivered by the end of the quarter / programs in the plan frozen at the start of that quarter",
    "on_time_rate": "delivered by the frozen planned end plus grace / programs in the frozen plan",
    "otif_rate": "delivered on time and to specification / programs in the frozen plan",
    "velocity_per_week": "deliveries / working weeks",
    "time_to_market_median_days": "days from the start of the clock to market that half of the programs take, if not "
    "cancelled; open programs are counted as far as they have come",
    "time_to_market_p85_days": "the same for 85 of 100 programs",
    TIME_TO_MARKET: "mean days from the start of the clock to market within the horizon",
    "slip_median_days": "days from the frozen planned end to delivery that half of the frozen plan take",
    "slip_p85_days": "the same for 85 of 100 programs",
    "slip_late_share": "not delivered by the frozen planned end / programs in the frozen plan that were not cancelled",
    "flow_efficiency": "time being worked on / time being worked on or waiting",
    "to_spec_rate": "delivered to specification / delivered programs whose specification is known",
    "within_horizon_rate": "delivered by the frozen planned end plus the horizon / programs whose horizon has passed",
    series.ON_TIME: "delivered by the frozen planned end plus grace / programs and parts of programs that fell due",
    series.THROUGHPUT: "programs delivered in the period",
}
TEST: Final = "difference of two independent proportions, Newcombe 95 % interval; exact p-value by Boschloo's test"
_TIMES: Final = (
    "difference of restricted means, time inside each window only, with its 95 % interval; p-value by log-rank test with "
    "delayed entry"
)
_SLIPS: Final = "difference of mean slip within a horizon (Kaplan–Meier), open programs counted as far as they have slipped"
TESTS: Final = {
    "velocity_per_week": "exact conditional ratio of two rates with its 95 % interval, widened where weeks differ beyond "
    "chance",
    "time_to_market_median_days": _TIMES,
    "time_to_market_p85_days": _TIMES,
    TIME_TO_MARKET: _TIMES,
    "slip_median_days": _SLIPS,
    "slip_p85_days": _SLIPS,
    "slip_late_share": _SLIPS,
    "flow_efficiency": "none agreed: shown before and after",
}
EXCLUSIONS: Final = (
    "Programs added after the freeze of their quarter are counted apart.",
    "Programs cancelled before the freeze of their quarter were never in its plan.",
    "Work that was never committed to (unplanned) is in no rate; what of it is delivered counts for velocity.",
    "Commitments without a planned date (undated) are in no rate.",
    "Programs merged into another are counted once, under the one that goes on.",
    "Programs cancelled after the freeze stay in the plan and count as not delivered.",
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """The frozen baseline.

    Attributes
    ----------
    frozen_on : date
        The day the diagnosis was read at.
    quarters : tuple of str
        Baseline quarters, pooled.
    primary : str
        Name of the primary measure.
    min_change : mapping
        Smallest worthwhile change per measure, as agreed; the usual one where the record has none.
    results : mapping of str to Result
        Baseline figures of `MEASURES`, velocity and those of `FURTHER` that have one.
    working_weeks : float
        Working weeks of the baseline window, the denominator of velocity.
    data : mapping
        The whole record as it stands in the file; rules and definitions are empty where an older version wrote none. Frozen
        anew, it holds the day of the record before it as `replaces` and that record as `replaced`.
    """

    frozen_on: dt.date
    quarters: tuple[str, ...]
    primary: str
    min_change: Mapping[str, float]
    results: Mapping[str, Result]
    working_weeks: float
    data: Mapping[str, Any]


def freeze(
    results: Mapping[str, Result],
    config: EngagementConfig,
    *,
    quarters: tuple[str, ...],
    working_weeks: float,
    as_of: dt.date,
    standing: Sequence[series.Series] = (),
) -> dict[str, Any]:
    """Return the record to be frozen, as plain data.

    Parameters
    ----------
    results : mapping of str to Result
        Pooled baseline results.
    config : EngagementConfig
        Supplies primary measure, worthwhile change and definitions in force.
    quarters : tuple of str
        Baseline quarters.
    working_weeks : float
        Working weeks of the baseline window.
    as_of : date
        The day the diagnosis was read at.
    standing : sequence of Series
        Baseline points and limits of the standing charts.

    Returns
    -------
    dict
        Keys frozen_on, quarters, periods (first and last day of the baseline, and of the measure window or null), primary,
        definitions, exclusions, rules, min_change, target, test (of the rates), tests (by measure), results, working_weeks,
        smallest_detectable_change (of the primary measure), detectable (by measure, see `detectable.detectable_changes`),
        standing (by chart, see `series.Series`).
    """
    asked = {name: results[name] for name in (*MEASURES, "velocity_per_week") if name in results}
    chosen = asked | {name: results[name] for name in FURTHER if name in results and results[name].is_ok}
    length = window_length(config, quarters)
    return {
        "frozen_on": as_of.isoformat(),
        "quarters": list(quarters),
        "periods": _periods(config, quarters),
        "primary": config.primary,
        "definitions": {name: DEFINITIONS[name] for name in (*chosen, *(one.name for one in standing))},
        "exclusions": list(EXCLUSIONS),
        "rules": {
            "freeze_bdays": config.freeze_bdays,
            "grace_days": config.grace_days,
            "late_horizon_days": config.late_horizon_days,
            "ttm_clock": config.ttm_clock,
            "ttm_horizon_days": config.ttm_horizon_days,
            "fiscal_start_month": config.fiscal_start_month,
            "weekmask": config.weekmask,
            # Later ones are still to be agreed; these are in the working weeks.
            "holidays": [day.isoformat() for day in sorted({*config.holidays}) if day <= as_of],
        },
        "min_change": dict(config.min_change),
        "target": target(chosen.get(config.primary), worthwhile_change(config.min_change, config.primary)),
        "test": TEST,
        "tests": {name: TESTS.get(name, TEST) for name in chosen},
        "results": {name: result.to_dict() for name, result in chosen.items()},
        "working_weeks": round(working_weeks, 4),
        "smallest_detectable_change": detectable_rate(chosen.get(config.primary), length),
        "detectable": detectable_changes(chosen, length),
        "standing": {one.name: one.to_dict() for one in standing},
    }


def _periods(config: EngagementConfig, quarters: Sequence[str]) -> dict[str, list[str] | None]:
    """Return the first and last day of the baseline quarters and of the agreed measure window."""
    month = config.fiscal_start_month
    baseline = quarter_start(quarters[0], month), quarter_end(quarters[-1], month)
    start, end = config.measure_start, config.measure_end
    return {
        "baseline": [day.isoformat() for day in baseline],
        "measure": None if start is None or end is None else [start.isoformat(), end.isoformat()],
    }


def frozen_series(frozen: Frozen) -> tuple[series.Series, ...]:
    """Return the standing charts of a frozen baseline; none where it was frozen before there were any."""
    charts: Mapping[str, Any] = frozen.data.get("standing") or {}
    return tuple(series.from_record(name, record) for name, record in charts.items())


def worthwhile_change(min_change: Mapping[str, float], measure: str) -> float:
    """Return the smallest worthwhile change of a measure; every delivery rate shares the one agreed for execution."""
    key = {"velocity_per_week": "velocity"}.get(measure, "execution_rate")
    return float(min_change[key])


def target(baseline: Result | None, change: float) -> dict[str, Any] | None:
    """Return the target of the primary measure: a rate plus the worthwhile change, velocity times one plus it."""
    if baseline is None or baseline.value is None:
        return None
    value = min(1.0, baseline.value + change) if baseline.unit == "share" else baseline.value * (1 + change)
    return {"measure": baseline.name, "value": round(value, 4), "change": change}


def read_frozen(folder: Path) -> Frozen | None:
    """Read the engagement's frozen baseline.

    Parameters
    ----------
    folder : Path
        The engagement folder.

    Returns
    -------
    Frozen or None
        None when nothing was frozen yet.

    Raises
    ------
    InputError
        When the file is not one gapkit wrote, with every entry that is not.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        problem = _problem("not a frozen baseline gapkit can read", str(error), "the file as gapkit wrote it")
        raise InputError([problem]) from error
    return from_record(data)


def from_record(data: Mapping[str, Any]) -> Frozen:
    """Return the frozen baseline of a record made by `freeze`.

    Raises
    ------
    InputError
        With every entry that `freeze` cannot have written.
    """
    faults = record_faults(data)
    if faults:
        raise InputError(_problem(f"{one.entry} is not as it was frozen", str(one.value), one.allowed) for one in faults)
    results = {name: _result(name, fields) for name, fields in data["results"].items()}
    return Frozen(
        dt.date.fromisoformat(data["frozen_on"]),
        tuple(data["quarters"]),
        data["primary"],
        {**MIN_CHANGE, **data["min_change"]},
        results,
        float(data["working_weeks"]),
        {"rules": {}, "definitions": {}, **data},
    )


def frozen_by(frozen: Frozen | None, day: dt.date) -> Frozen | None:
    """Return the frozen baseline that stood on a day.

    Parameters
    ----------
    frozen : Frozen or None
        The one on file, from `read_frozen`; it holds those it replaced.
    day : date
        The day.

    Returns
    -------
    Frozen or None
        None when nothing was frozen by then, or an older version kept no record of what was.
    """
    while frozen is not None and frozen.frozen_on > day:
        before = frozen.data.get("replaced")
        frozen = from_record(before) if before else None
    return frozen


def _problem(what: str, value: str, allowed: str) -> Problem:
    remedy = "Restore it from your backup, or freeze anew with gapkit run --refreeze."
    return Problem(what, FILE, value=value, allowed=allowed, remedy=remedy)


def _result(name: str, fields: Mapping[str, Any]) -> Result:
    return Result(name=name, **{**fields, "caveats": tuple(fields["caveats"])})
