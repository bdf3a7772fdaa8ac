"""Proposals and decisions as plain data of `redesign.json`: what the workbook's sheets and the first file are made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from gapkit.plain import plain
from gapkit.redesign.decisions.changes import Change, what_changed
from gapkit.redesign.decisions.decided import SECTIONS, Decided, Entries, Section
from gapkit.redesign.decisions.rules import Rule, Rules, ruled
from gapkit.redesign.decisions.text import write_proposal
from gapkit.redesign.decisions.values import normal

Record = Mapping[str, Any]


def decisions_record(
    decided: Decided, today: Entries, rules: Rules, names: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Return what is proposed and what was decided, entry by entry.

    Parameters
    ----------
    decided : Decided
        From `read_decisions`.
    today : mapping
        Section to id to fields proposed from today's data.
    rules : mapping
        Section to field to `Rule`; sections without rules are left out.
    names : mapping
        Section to id to a name people know it by.

    Returns
    -------
    dict
        ``has_file``; ``proposed_on``, the day of the file; ``rules`` by section and field; ``entries`` by section: id,
        name, held (the fields somebody decided), fields (as they hold now, in the order of the rules), proposed (today;
        null when it is not proposed any more), remark; ``changes``: the fields of `Change`.
    """
    changes = what_changed(decided, today, names)
    full = {name: ruled(rules[name]) for name in SECTIONS if name in rules}
    return {
        "has_file": decided.has_file,
        "proposed_on": plain(decided.proposed_on),
        "rules": {name: {field: plain(rule) for field, rule in fields.items()} for name, fields in full.items()},
        "entries": {
            name: _entries(name, decided, today.get(name, {}), fields, names.get(name, {}), changes)
            for name, fields in full.items()
        },
        "changes": [plain(change) for change in changes],
    }


def _entries(
    section: Section,
    decided: Decided,
    today: Mapping[str, Mapping[str, Any]],
    rules: Mapping[str, Rule],
    names: Mapping[str, str],
    changes: Sequence[Change],
) -> list[dict[str, Any]]:
    written = decided.written.get(section, {})
    remarks: dict[str, list[str]] = {}
    for change in changes:
        if change.section == section and change.kind in {"moved", "new", "gone", "added"}:
            remarks.setdefault(change.id, []).append(change.sentence.partition(": ")[2])
    return [
        {
            "id": name,
            "name": names.get(name, ""),
            "held": [field for field in rules if field in decided.entry(section, name) and field != "status"],
            "fields": _fields(decided, section, name, today.get(name, {}), rules),
            "proposed": {field: normal(value) for field, value in today[name].items()} if name in today else None,
            "remark": " ".join(remarks.get(name, ())),
        }
        for name in dict.fromkeys((*today, *written))
    ]


def _fields(
    decided: Decided, section: Section, name: str, today: Mapping[str, Any], rules: Mapping[str, Rule]
) -> dict[str, Any]:
    """Return the fields of an entry as they hold: decided, else proposed today, else as they stand in the file."""
    layers = decided.written.get(section, {}).get(name, {}), today, decided.entry(section, name)
    found = {field: normal(value) for layer in layers for field, value in layer.items()}
    return {field: found.get(field) for field in rules} | {"status": decided.standing(section, name)}


def rules_of_record(record: Record) -> dict[str, dict[str, Rule]]:
    """Return the rules a record was made with, by section and field."""
    return {
        name: {field: Rule(**{**rule, "allowed": tuple(rule["allowed"])}) for field, rule in fields.items()}
        for name, fields in record["rules"].items()
    }


def proposal_text(record: Record, as_of: dt.date) -> str:
    """Return `decisions.yml` as it is first written, from a record.

    Parameters
    ----------
    record : mapping
        From `decisions_record`.
    as_of : date
        The day the redesign was read at.
    """
    entries = {
        section: {row["id"]: row["proposed"] for row in rows if row["proposed"] is not None}
        for section, rows in record["entries"].items()
    }
    names = {section: {row["id"]: row["name"] for row in rows} for section, rows in record["entries"].items()}
    return write_proposal(entries, rules=rules_of_record(record), names=names, as_of=as_of)
