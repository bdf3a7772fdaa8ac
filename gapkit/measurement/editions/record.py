"""The record of published editions: `editions.json` in the engagement folder, one entry for each day measured at."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from gapkit.config.recorded import Fault, is_number
from gapkit.errors import InputError, Problem
from gapkit.measurement.editions.counted import Counted, counted_in
from gapkit.measurement.editions.definitions import Definitions, definition_faults, in_force
from gapkit.measurement.editions.judgements import Judgements, judgements_in_force
from gapkit.measurement.editions.reading import Reading
from gapkit.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects import Effect
    from gapkit.results import Result

FILE: Final = "editions.json"
# What comes out of iterations may differ in its last digits from machine to machine.
DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Edition:
    """One published measurement.

    Attributes
    ----------
    as_of : date
        The day it was read at.
    gapkit : str
        Version it was made with.
    definitions : Definitions
        Those in force.
    before, after : mapping of str to Reading
        The figures of every measure.
    differences : mapping of str to float or None
        After less before, in the unit of the effect; None where there is none.
    verdicts : mapping of str to (str, str)
        Verdict and qualification of every measure.
    judgements : Judgements
        What had been decided.
    counted : mapping of str to Counted
        The programs of both sides, "before" and "after"; empty where an older version recorded none.
    """

    as_of: dt.date
    gapkit: str
    definitions: Definitions = field(repr=False)
    before: Mapping[str, Reading] = field(repr=False)
    after: Mapping[str, Reading] = field(repr=False)
    differences: Mapping[str, float | None] = field(repr=False)
    verdicts: Mapping[str, tuple[str, str]] = field(repr=False)
    judgements: Judgements = field(repr=False)
    counted: Mapping[str, Counted] = field(repr=False)

    @classmethod
    def of(cls, day: str, entry: Mapping[str, Any]) -> Edition:
        """Return the edition of an entry; whatever is wrong with it raises an ordinary error."""
        return cls(
            dt.date.fromisoformat(day), str(entry["gapkit"]), Definitions.of(entry["definitions"]),
            {name: Reading.of(one["before"]) for name, one in entry["effects"].items()},
            {name: Reading.of(one["after"]) for name, one in entry["effects"].items()},
            {name: one["difference"]["value"] for name, one in entry["effects"].items()},
            {name: (str(one["verdict"]), str(one["qualification"])) for name, one in entry["effects"].items()},
            Judgements.of(entry["judgements"]),
            {side: Counted.of(one) for side, one in entry.get("counted", {}).items()},
        )  # fmt: skip


def edition_record(comparison: Comparison, effects: Sequence[Effect], standing: object = None) -> dict[str, Any]:
    """Return the entry of an edition as `editions.json` holds it.

    Parameters
    ----------
    comparison : Comparison
        Both sides; tells day, data and definitions.
    effects : sequence of Effect
        Every measure.
    standing : object, optional
        Marks of the standing charts.
    """
    eng = comparison.after.eng
    return {
        "as_of": eng.as_of.isoformat(),
        "gapkit": version("gapkit"),
        "data_fingerprint": eng.fingerprint,
        "look": comparison.look,
        "definitions": in_force(comparison).to_dict(),
        "effects": {effect.measure: _effect(effect) for effect in effects},
        "standing": plain(standing),
        "judgements": judgements_in_force(eng, comparison.frozen).to_dict(),
        "counted": {side: one.to_dict() for side, one in counted_in(comparison).items()},
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "before": _figure(effect.before),
        "after": _figure(effect.after),
        "difference": {name: _rounded(getattr(effect.difference, name)) for name in ("value", "low", "high")},
        "verdict": effect.judgement.verdict,
        "qualification": effect.judgement.qualification,
    }


def _figure(result: Result) -> dict[str, Any]:
    # What is a quotient of counts is exact everywhere and adds up with other readings only unrounded.
    value = result.value if result.events is not None else _rounded(result.value)
    return {"value": value, "events": result.events, "n": result.n, "unit": result.unit, "status": result.status}


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DIGITS)


def read_editions(folder: Path) -> tuple[Edition, ...]:
    """Read the editions of an engagement.

    Parameters
    ----------
    folder : Path
        The engagement folder.

    Returns
    -------
    tuple of Edition
        Oldest first; empty before the first.

    Raises
    ------
    InputError
        When the file is not one gapkit wrote, with every entry that is not.
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["editions"]
        problems = [_problem(f"{fault.entry} = {fault.value!r}", fault.allowed) for fault in _faults(entries)]
        if problems:
            raise InputError(problems)
        return tuple(sorted((Edition.of(day, entry) for day, entry in entries.items()), key=lambda one: one.as_of))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError([_problem(f"{type(error).__name__}: {error}", "the file as gapkit wrote it")]) from error


def _faults(entries: Mapping[str, Any]) -> list[Fault]:
    """Return every entry that a day cannot be read again by, or that is no figure, or no record of programs."""
    found: list[Fault] = []
    for day, entry in entries.items():
        found.extend(definition_faults(entry["definitions"], f"{day}.definitions"))
        for name, one in entry["effects"].items():
            place, value = f"{day}.effects.{name}", one["difference"]["value"]
            found.extend(fault for side in ("before", "after") for fault in Reading.faults(one[side], f"{place}.{side}"))
            if value is not None and not is_number(value):
                found.append(Fault(f"{place}.difference.value", value, "a number or null"))
        for side, counted in entry.get("counted", {}).items():
            found.extend(Counted.faults(counted, f"{day}.counted.{side}"))
    return found


def _problem(value: str, allowed: str) -> Problem:
    remedy = "Restore it from your backup. Without it, what was published before is not known any more."
    return Problem("not a record of editions gapkit can read", FILE, value=value, allowed=allowed, remedy=remedy)
