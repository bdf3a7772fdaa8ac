"""What was decided otherwise after the promise was put on record."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from gapkit.labels import label_count, label_list
from gapkit.redesign.what_if.levers import USUAL_ADHERENCE

if TYPE_CHECKING:
    from gapkit.redesign.decisions.decided import Decided, Section
    from gapkit.redesign.targets.promises_file import Promises

Entries = Mapping[str, Mapping[str, Any]]
COMPARED: Final[tuple[Section, ...]] = ("levers", "slas", "cadence", "targets")
CALLED: Final = {"levers": "lever", "slas": "agreed time", "cadence": "meeting", "targets": "target"}
FEW: Final = 6
NOT_STATED: Final = "not stated"
# What was in force for the promise where the field stood empty.
USUAL: Final[Mapping[tuple[Section, str], Any]] = MappingProxyType({("levers", "adherence"): USUAL_ADHERENCE})


def changed_since(record: Promises, decided: Decided) -> tuple[str, ...]:
    """Return what stands otherwise in decisions.yml today than on record, one sentence each.

    Parameters
    ----------
    record : Promises
        What was put on record.
    decided : Decided
        Decisions of today. What nobody decided follows the data and is no change.
    """
    recorded = _recorded(record.data)
    found = [
        f"{CALLED[section].capitalize()} {name}: {text}, changed after the promise."
        for section in COMPARED
        for name, fields in decided.sections.get(section, {}).items()
        if (text := _difference(section, fields, recorded[section].get(name)))
    ]
    if len(found) <= FEW:
        return tuple(found)
    return (*found[:FEW], f"{label_count(len(found) - FEW, 'further decision')} changed after the promise.")


def _recorded(data: Mapping[str, Any]) -> dict[str, Entries]:
    """Return the record in the shape of the decisions."""
    model = data["model"]
    levers = {one["id"]: {**one["levers"][0], "standing": one["standing"]} for one in data["levers"]}
    targets = {one["measure"]: one for one in data["targets"]["targets"]}
    return {
        "levers": levers,
        "slas": {one["id"]: one for one in model["slas"]},
        "cadence": {one["id"]: one for one in model["cadence"]},
        "targets": {name: {**one, "change": _written(one)} for name, one in targets.items()},
    }


def _written(target: Mapping[str, Any]) -> float:
    """Return the change of a target with the digits it has in decisions.yml."""
    return round(float(target["change"]), 1 if target["baseline"]["unit"] == "days" else 3)


def _difference(section: Section, now: Mapping[str, Any], then: Mapping[str, Any] | None) -> str:
    """Return what is different in an entry; empty for nothing."""
    status = now.get("status", "proposed")
    if then is None:
        return "added" if status == "agreed" else ""
    said = [f"{status} instead of {then['standing']}"] if status != then["standing"] else []
    if status != "declined":
        said += [
            f"{field} {_stated(now[field])} instead of {_stated(then[field])}"
            for field in now
            if field in then and field not in ("status", "standing", "by", "note")
            and _in_force(section, field, now[field]) != then[field]
        ]  # fmt: skip
    return label_list(said)


def _in_force(section: Section, field: str, value: Any) -> Any:
    """Return what holds for a field: an empty one leaves the usual value in force."""
    return USUAL.get((section, field)) if value is None else value


def _stated(value: Any) -> str:
    return NOT_STATED if value is None else str(value)
