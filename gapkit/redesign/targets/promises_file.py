"""The promises on record: `promises.json` read back into the shape in which Measure holds them against what came."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, get_args

from gapkit.config.recorded import Fault, is_number
from gapkit.errors import InputError, Problem
from gapkit.redesign.cadence.series import WEEKDAYS, Rhythm
from gapkit.redesign.decisions.decided import Decided, Section
from gapkit.redesign.slas.places import ARROW
from gapkit.results import Result

FILE: Final = "promises.json"
STOP: Final = "stop "
NEW: Final = "input for"
RHYTHMS: Final[tuple[Rhythm, ...]] = get_args(Rhythm)
MODEL: Final[tuple[Section, ...]] = ("slas", "cadence", "inputs")


@dataclass(frozen=True, slots=True)
class PromisedLever:
    """One lever as it was predicted.

    Attributes
    ----------
    id : str
        As in decisions.yml.
    lever : str
        Its word, without the stage.
    stage : str or None
        The stage it acts on; None for all of them.
    value : float or None
        How far it is pulled.
    adherence : float
        Share of cases (0..1) in which it is taken to be kept to.
    name : str
        In the reader's words.
    engine : str
        What the prediction comes from; empty where refused.
    refused : str
        Why nothing was predicted; empty otherwise.
    is_promise : bool
        Whether it could become a target.
    standing : {"proposed", "agreed", "declined"}
        What was decided about it.
    changes : mapping of str to Result
        Predicted change by measure, with its interval and level.
    """

    id: str
    lever: str
    stage: str | None
    value: float | None
    adherence: float
    name: str
    engine: str
    refused: str
    is_promise: bool
    standing: str
    changes: Mapping[str, Result]


@dataclass(frozen=True, slots=True)
class PromisedTarget:
    """One target as it was promised: fields as in `targets.targets.Target`."""

    measure: str
    baseline: Result
    is_primary: bool
    change: float
    low: float | None
    high: float | None
    level: float | None
    basis: str
    levers: tuple[str, ...]
    by: dt.date
    standing: str


@dataclass(frozen=True, slots=True)
class AgreedTime:
    """A time agreed, or proposed, for a place: its id, ``stage`` or ``interface``, business days, share that keeps it."""

    id: str
    kind: str
    days: float
    adherence: float | None
    standing: str


@dataclass(frozen=True, slots=True)
class AgreedSeries:
    """A series of meetings: its id, name, rhythm, day of the week, first day (None where not known)."""

    id: str
    name: str
    rhythm: Rhythm
    weekday: str
    starts_on: dt.date | None
    standing: str


@dataclass(frozen=True, slots=True)
class AgreedInput:
    """A leading measure: its id, name, who answers for it, and how often it is read."""

    kpi_id: str
    name: str
    owner: str | None
    cadence: str | None
    standing: str


@dataclass(frozen=True, slots=True)
class NewModel:
    """The new way of working: the times, the meetings, the inputs."""

    slas: tuple[AgreedTime, ...] = ()
    series: tuple[AgreedSeries, ...] = ()
    inputs: tuple[AgreedInput, ...] = ()


@dataclass(frozen=True, slots=True)
class Promises:
    """What a redesign promised.

    Attributes
    ----------
    made_on : date
        The day the redesign was read at.
    backtest : str
        ``held``, ``failed`` or another word of the check of the engine.
    levers : tuple of PromisedLever
        The levers looked at.
    together : mapping of str to Result
        Predicted change of all of them at once; empty where it was not predicted.
    together_is_promise : bool
        Whether it could become a target.
    targets : tuple of PromisedTarget
        What is held against the measurement.
    model : NewModel
        The new way of working.
    data : mapping
        The whole record.
    """

    made_on: dt.date
    backtest: str
    levers: tuple[PromisedLever, ...]
    together: Mapping[str, Result]
    together_is_promise: bool
    targets: tuple[PromisedTarget, ...]
    model: NewModel
    data: Mapping[str, Any] = field(repr=False)


def read_promises(folder: Path) -> Promises | None:
    """Read the promises on record.

    Parameters
    ----------
    folder : Path
        The engagement folder.

    Returns
    -------
    Promises or None
        None where nothing was promised yet.

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
        problems = [_problem(f"{fault.entry} = {fault.value!r}", fault.allowed) for fault in _level_faults(data)]
        if problems:
            raise InputError(problems)
        return from_record(data)
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise InputError([_problem(f"{type(error).__name__}: {error}", "the file as gapkit wrote it")]) from error


def _problem(value: str, allowed: str) -> Problem:
    remedy = "Restore it from your backup; a new one would be no promise any more."
    return Problem("not a record of promises gapkit can read", FILE, value=value, allowed=allowed, remedy=remedy)


def _level_faults(data: Mapping[str, Any]) -> list[Fault]:
    """Return every level of an interval that is none; a target without limits needs none."""
    together, targets = data["together"] or {"changes": {}}, data["targets"]["targets"]
    sources = {"together": together, **{f"levers.{one['id']}": one for one in data["levers"]}}
    levels = {
        f"{entry}.changes.{name}.level": change["level"]
        for entry, one in sources.items()
        for name, change in one["changes"].items()
    }
    levels |= {f"targets.{one['measure']}.baseline.level": one["baseline"]["level"] for one in targets}
    levels |= {
        f"targets.{one['measure']}.level": one["level"]
        for one in targets
        if one["level"] is not None or one["low"] is not None or one["high"] is not None
    }
    wrong = {entry: level for entry, level in levels.items() if not (is_number(level) and 0 < level < 1)}
    return [Fault(entry, level, "a number between 0 and 1, such as 0.9") for entry, level in wrong.items()]


def from_record(data: Mapping[str, Any]) -> Promises:
    """Return the promises of a record made by `targets.promises.promises`."""
    together = data["together"]
    return Promises(
        made_on=dt.date.fromisoformat(data["made_on"]),
        backtest=str(data["backtest"]["verdict"]),
        levers=tuple(_lever(one) for one in data["levers"]),
        together=_changes(together["changes"]) if together is not None else {},
        together_is_promise=together is not None and bool(together["is_promise"]),
        targets=tuple(_target(one) for one in data["targets"]["targets"]),
        model=_model(data["model"]),
        data=data,
    )


def _model(data: Mapping[str, Any]) -> NewModel:
    times = (
        AgreedTime(one["id"], one["kind"], float(one["days"]), float(one["adherence"]), one["standing"])
        for one in data["slas"]
    )
    series = (
        AgreedSeries(one["id"], one["name"], one["rhythm"], one["weekday"], _day(one["starts_on"]), one["standing"])
        for one in data["cadence"]
    )
    inputs = (
        AgreedInput(one["kpi_id"], one["name"], one["owner_id"], one["cadence"], one["standing"]) for one in data["inputs"]
    )
    return NewModel(tuple(times), tuple(series), tuple(inputs))


def _changes(found: Mapping[str, Mapping[str, Any]]) -> dict[str, Result]:
    return {name: _result(f"{name}_change", fields) for name, fields in found.items()}


def _result(name: str, fields: Mapping[str, Any]) -> Result:
    return Result(name=name, **{**fields, "caveats": tuple(fields["caveats"])})


def _lever(one: Mapping[str, Any]) -> PromisedLever:
    (pull,) = one["levers"]
    return PromisedLever(
        one["id"], pull["lever"], pull["stage"], pull["value"], float(pull["adherence"]), one["name"], one["engine"],
        one["refused"], bool(one["is_promise"]), one["standing"], _changes(one["changes"]),
    )  # fmt: skip


def _target(one: Mapping[str, Any]) -> PromisedTarget:
    return PromisedTarget(
        one["measure"], _result(one["measure"], one["baseline"]), bool(one["is_primary"]), float(one["change"]), one["low"],
        one["high"], one["level"], one["basis"], tuple(one["levers"]), dt.date.fromisoformat(one["by"]), one["standing"],
    )  # fmt: skip


def decided_model(decided: Decided) -> NewModel:
    """Return the new way of working as decisions.yml has it, for an engagement without promises on record.

    Parameters
    ----------
    decided : Decided
        From `decisions.file.read_decisions`; what is declined, and new inputs that only stand there as an offer, are left
        out.
    """
    times, series, inputs = (_held(decided, section) for section in MODEL)
    return NewModel(
        tuple(
            AgreedTime(name, "interface" if ARROW in name else "stage", float(one["days"]), one.get("adherence"),
                       decided.standing("slas", name))
            for name, one in times.items() if one.get("days")
        ),
        tuple(
            AgreedSeries(name, name, _rhythm(name), str(one.get("weekday") or WEEKDAYS[0]), _day(one.get("starts_on")),
                         decided.standing("cadence", name))
            for name, one in series.items() if not name.startswith(STOP) and name.startswith(RHYTHMS)
        ),
        tuple(
            AgreedInput(name, str(one.get("name") or name), one.get("owner"), one.get("cadence"),
                        decided.standing("inputs", name))
            for name, one in inputs.items() if not name.startswith(NEW)
        ),
    )  # fmt: skip


def _held(decided: Decided, section: Section) -> dict[str, Mapping[str, Any]]:
    """Return the entries of a section as they stand in the file, without those declined."""
    entries = decided.written.get(section, {})
    return {name: fields for name, fields in entries.items() if decided.standing(section, name) != "declined"}


def _rhythm(name: str) -> Rhythm:
    """Return the rhythm a series is named after."""
    return next(rhythm for rhythm in RHYTHMS if name.startswith(rhythm))


def _day(text: object) -> dt.date | None:
    return dt.date.fromisoformat(str(text)) if text else None
