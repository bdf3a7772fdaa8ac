"""Whether a frozen baseline can be what gapkit wrote: all that cannot, at once, before a figure rests on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Final, get_args

from gapkit.baseline import series
from gapkit.config.model import PRIMARY_MEASURES
from gapkit.config.recorded import (
    DAY,
    ENTRIES,
    WINDOW,
    Fault,
    is_day,
    is_number,
    is_whole,
    is_window,
    min_change_faults,
    rule_faults,
)
from gapkit.results import Result, Status, Unit

REQUIRED: Final = ("frozen_on", "quarters", "primary", "min_change", "results", "working_weeks")
FIGURE: Final = ("value", "n", "unit", "status", "caveats")
QUARTERS: Final = "a list of fiscal quarters such as 2026Q1, at least one"


def record_faults(data: object) -> tuple[Fault, ...]:
    """Return all that is wrong with the record of a frozen baseline.

    Parameters
    ----------
    data : object
        What `baseline.json` holds.

    Returns
    -------
    tuple of Fault
        Empty where figures can rest on it. Entries that older versions did not write may be missing.

    Examples
    --------
    >>> [fault.entry for fault in record_faults({"frozen_on": "2026-05-05", "quarters": [], "primary": "luck"})]
    ['min_change', 'results', 'working_weeks', 'quarters', 'primary']
    """
    if not isinstance(data, Mapping):
        return (Fault("the whole file", data, ENTRIES),)
    missing = [Fault(name, "nothing", "this entry has to be there") for name in REQUIRED if name not in data]
    found = [fault for name, check in _CHECKS.items() if name in data for fault in check(data[name])]
    return (*missing, *found)


def _single(entry: str, is_fit: bool, value: object, allowed: str) -> tuple[Fault, ...]:
    return () if is_fit else (Fault(entry, value, allowed),)


def _replaced(value: Any) -> tuple[Fault, ...]:
    if not isinstance(value, Mapping):
        return _single("replaced", value is None, value, "the record that was replaced, or null")
    return tuple(fault._replace(entry=f"replaced.{fault.entry}") for fault in record_faults(value))


def _quarters(value: Any) -> tuple[Fault, ...]:
    fits = isinstance(value, list) and all(isinstance(one, str) and re.fullmatch(r"\d{4}Q[1-4]", one) for one in value)
    return _single("quarters", fits and bool(value), value, QUARTERS)


def _periods(value: Any) -> tuple[Fault, ...]:
    if not isinstance(value, Mapping):
        return (Fault("periods", value, ENTRIES),)
    wrong = [name for name in ("baseline", "measure") if value.get(name) is not None and not is_window(value[name])]
    return tuple(Fault(f"periods.{name}", value[name], WINDOW) for name in wrong)


def _target(value: Any) -> tuple[Fault, ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        return (Fault("target", value, "measure, value and change, or null"),)
    measure = _single("target.measure", isinstance(value.get("measure"), str), value.get("measure"), "a measure")
    numbers = (_single(f"target.{name}", is_number(value.get(name)), value.get(name), "a number")
               for name in ("value", "change"))  # fmt: skip
    return (*measure, *(fault for faults in numbers for fault in faults))


def _standing(value: Any) -> tuple[Fault, ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        return (Fault("standing", value, ENTRIES),)
    return tuple(
        Fault(f"standing.{name}", record, f"a chart as gapkit wrote it, one of {', '.join(series.CHARTS)}")
        for name, record in value.items()
        if name not in series.CHARTS or not _is_series(name, record)
    )


def _is_series(name: str, record: Any) -> bool:
    try:
        read = series.from_record(name, record)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    limits = read.limits is None or all(is_number(number) for number in read.limits)
    points = all(is_whole(one.x) and (one.n is None or is_whole(one.n, one.x)) for one in read.points)
    return read.grain in series.GRAINS and read.firmness in get_args(series.Firmness) and limits and points


def _results(value: Any) -> tuple[Fault, ...]:
    if not isinstance(value, Mapping):
        return (Fault("results", value, ENTRIES),)
    return tuple(fault for name, figure in value.items() for fault in _figure(f"results.{name}", figure))


def _figure(entry: str, figure: Any) -> tuple[Fault, ...]:
    known = {item.name for item in fields(Result)} - {"name"}
    if not isinstance(figure, Mapping) or not {*FIGURE} <= figure.keys() <= known:
        return (Fault(entry, figure, f"a figure with {', '.join(FIGURE)}"),)
    n, events, level = figure["n"], figure.get("events"), figure.get("level", 0.95)
    numbers = (_single(f"{entry}.{name}", figure.get(name) is None or is_number(figure[name]), figure.get(name),
                       "a number or null") for name in ("value", "low", "high"))  # fmt: skip
    return (
        *(fault for faults in numbers for fault in faults),
        *_single(f"{entry}.n", is_whole(n), n, "a whole number, 0 or more"),
        *_single(f"{entry}.events", events is None or not is_whole(n) or is_whole(events, 0, n), events,
                 f"a whole number from 0 to {n}, the n beside it, or null"),
        *_single(f"{entry}.level", is_number(level) and 0 < level < 1, level, "a number between 0 and 1"),
        *_single(f"{entry}.unit", figure["unit"] in get_args(Unit), figure["unit"], ", ".join(get_args(Unit))),
        *_status(entry, figure),
        *_single(f"{entry}.caveats", isinstance(figure["caveats"], list), figure["caveats"], "a list of sentences"),
    )  # fmt: skip


def _status(entry: str, figure: Mapping[str, Any]) -> tuple[Fault, ...]:
    status = figure["status"]
    if status not in get_args(Status):
        return (Fault(f"{entry}.status", status, ", ".join(get_args(Status))),)
    # A time that was not reached is the one figure that may be shown without a value.
    lacks = status == "ok" and figure["value"] is None and figure["unit"] != "days"
    return _single(f"{entry}.value", not lacks, figure["value"], "a number, as its status is ok")


_CHECKS: Final[Mapping[str, Callable[[Any], tuple[Fault, ...]]]] = {
    "frozen_on": lambda value: _single("frozen_on", is_day(value), value, DAY),
    "replaces": lambda value: _single("replaces", value is None or is_day(value), value, f"{DAY}, or null"),
    "replaced": _replaced,
    "quarters": _quarters,
    "periods": _periods,
    "primary": lambda value: _single("primary", value in PRIMARY_MEASURES, value, ", ".join(PRIMARY_MEASURES)),
    "definitions": lambda value: _single("definitions", isinstance(value, Mapping), value, ENTRIES),
    "rules": rule_faults,
    "min_change": min_change_faults,
    "target": _target,
    "results": _results,
    "working_weeks": lambda value: _single("working_weeks", is_number(value) and value > 0, value, "a number above 0"),
    "standing": _standing,
}
