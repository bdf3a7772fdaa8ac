"""What was frozen at day 30: the yardstick that later data may not bend.

`baseline.json` is written once, when the first diagnosis is published. Measure reads it back; if today's data would give
another baseline, the frozen one stands and the report says so.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gapkit.errors import InputError, Problem
from gapkit.results import Result
from gapkit.stats.differences import minimum_detectable_difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.config import EngagementConfig

FILE: Final = "baseline.json"
MEASURES: Final = ("execution_rate", "on_time_rate", "otif_rate")

DEFINITIONS: Final = {
    "execution_rate": "delivered by the end of the quarter / programs in the plan frozen at the start of that quarter",
    "on_time_rate": "delivered by the frozen planned end plus grace / programs in the frozen plan",
    "otif_rate": "delivered on time and to specification / programs in the frozen plan",
    "velocity_per_week": "deliveries / working weeks",
}
TEST: Final = "difference of two independent proportions, Newcombe 95 % interval; exact p-value by Boschloo's test"


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
        Smallest worthwhile change per measure, as agreed.
    results : mapping of str to Result
        Baseline figures of `MEASURES` and velocity.
    working_weeks : float
        Working weeks of the baseline window, the denominator of velocity.
    data : mapping
        The whole record as it stands in the file.
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

    Returns
    -------
    dict
        Keys frozen_on, quarters, primary, definitions, rules, min_change, target, test, results, working_weeks,
        smallest_detectable_change.
    """
    chosen = {name: results[name] for name in (*MEASURES, "velocity_per_week") if name in results}
    return {
        "frozen_on": as_of.isoformat(),
        "quarters": list(quarters),
        "primary": config.primary,
        "definitions": {name: DEFINITIONS[name] for name in chosen},
        "rules": {
            "freeze_bdays": config.freeze_bdays,
            "grace_days": config.grace_days,
            "late_horizon_days": config.late_horizon_days,
        },
        "min_change": dict(config.min_change),
        "target": target(chosen.get(config.primary), worthwhile_change(config.min_change, config.primary)),
        "test": TEST,
        "results": {name: result.to_dict() for name, result in chosen.items()},
        "working_weeks": round(working_weeks, 4),
        "smallest_detectable_change": detectable(chosen.get(config.primary), len(quarters)),
    }


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


def detectable(baseline: Result | None, quarters: int) -> dict[str, Any] | None:
    """Return the smallest true improvement that can be seen (80 % power, two-sided 5 %), with as many programs after.

    The expected count after is one baseline quarter's mean; said before anything is promised. None for measures that are
    not a share, or without a baseline.
    """
    if baseline is None or baseline.value is None or baseline.unit != "share":
        return None
    n_after = max(1, round(baseline.n / max(1, quarters)))
    if not 0 < baseline.value < 1:
        return None
    change = minimum_detectable_difference(baseline.n, n_after, baseline.value)
    return {"n_before": baseline.n, "n_after": n_after, "change": round(change, 3) if math.isfinite(change) else None}


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
        When the file is not one gapkit wrote.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        return from_record(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            [
                Problem(
                    "not a frozen baseline gapkit can read",
                    FILE,
                    value=f"{type(error).__name__}: {error}",
                    allowed="the file as gapkit wrote it",
                    remedy="Restore it from your backup, or freeze anew with gapkit run --refreeze.",
                )
            ]
        ) from error


def from_record(data: Mapping[str, Any]) -> Frozen:
    """Return the frozen baseline of a record made by `freeze`."""
    results = {name: _result(name, fields) for name, fields in data["results"].items()}
    return Frozen(
        dt.date.fromisoformat(data["frozen_on"]),
        tuple(data["quarters"]),
        data["primary"],
        data["min_change"],
        results,
        float(data["working_weeks"]),
        data,
    )


def _result(name: str, fields: Mapping[str, Any]) -> Result:
    return Result(name=name, **{**fields, "caveats": tuple(fields["caveats"])})
