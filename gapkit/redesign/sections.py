"""The sections of `decisions.yml`, each with the fields that may be edited there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from gapkit.redesign import chosen_levers
from gapkit.redesign.cadence import cadence
from gapkit.redesign.decisions.rules import Rule, Rules
from gapkit.redesign.inputs import inputs
from gapkit.redesign.owners import owners
from gapkit.redesign.plan import plan
from gapkit.redesign.priorities import priorities
from gapkit.redesign.slas import slas
from gapkit.redesign.targets import targets
from gapkit.redesign.tooling import tooling

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Entries

RULES: Final[Rules] = MappingProxyType({
    "levers": chosen_levers.FIELDS,
    "owners": owners.FIELDS,
    "priorities": priorities.FIELDS,
    "tooling": tooling.FIELDS,
    "slas": slas.FIELDS,
    "cadence": cadence.FIELDS,
    "inputs": inputs.FIELDS,
    "plan": plan.FIELDS,
    "targets": targets.FIELDS,
})  # fmt: skip


def rules_for(eng: Engagement) -> Rules:
    """Return `RULES` with the persons of an engagement: those of the people table, and the owners of today.

    What is entered in the workbook is held against these. A decision that stands in the file already is not: the part of
    the redesign concerned says what has become of a person who is gone.

    Parameters
    ----------
    eng : Engagement
        Supplies people and programs; without a people table any person may be named.
    """
    owning = [name.strip() for names in _texts(eng.programs["owners_now"]) for name in names.split(";")]
    persons = tuple(dict.fromkeys(filter(None, (*_texts(eng.people["person_id"]), *owning)))) if eng.has("people") else ()
    return {name: {field: _for(rule, persons) for field, rule in fields.items()} for name, fields in RULES.items()}


def _for(rule: Rule, persons: tuple[str, ...]) -> Rule:
    return replace(rule, allowed=persons) if rule.kind == "id" and not rule.allowed else rule


def names_for(eng: Engagement, entries: Entries) -> dict[str, dict[str, str]]:
    """Return what people call the entries whose ids are those of programs, priorities or measures.

    Parameters
    ----------
    eng : Engagement
        Supplies the names.
    entries : mapping
        Section to id to fields.

    Returns
    -------
    dict
        Section to id to name. An id such as ``stop P-12`` has the name of what it ends with; others have none.
    """
    tables = {
        "owners": dict(zip(eng.programs["program_id"], eng.programs["name"], strict=True)),
        "priorities": dict(zip(eng.priorities["priority_id"], eng.priorities["label"], strict=True)),
        "inputs": dict(zip(eng.kpis["kpi_id"], eng.kpis["name"], strict=True)),
    }
    tables["priorities"] = {**tables["owners"], **tables["priorities"]}
    found = {
        section: {each: _name(each, tables[section]) for each in ids}
        for section, ids in entries.items()
        if section in tables
    }
    return {section: {each: name for each, name in names.items() if name} for section, names in found.items()}


def _name(identifier: str, table: Mapping[str, object]) -> str:
    """Return the name of the longest end of an id, after a blank, that the table knows."""
    ends = [identifier]
    while " " in ends[-1]:
        ends.append(ends[-1].partition(" ")[2])
    names = (table.get(end) for end in ends)
    return next((name for name in names if isinstance(name, str)), "")


def _texts(column: pd.Series) -> list[str]:
    return [str(value) for value in column.dropna()]
