"""What the client decided in the redesign, as read from `decisions.yml`: by section, by id, by field.

Every part of the redesign proposes, and asks here what was decided about its proposals: what is agreed or changed counts,
what is declined does not, and what nobody touched stays a proposal, made afresh from today's data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

Section = Literal["levers", "owners", "priorities", "tooling", "slas", "cadence", "inputs", "plan", "targets"]
Standing = Literal["proposed", "agreed", "declined"]
Entries = Mapping[str, Mapping[str, Mapping[str, Any]]]

SECTIONS: Final[tuple[Section, ...]] = get_args(Section)
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions of an engagement; without any, everything is a proposal.

    Attributes
    ----------
    sections : mapping
        What holds: section to id to fields. Each entry's field ``status`` is one of `STANDINGS`. Of an entry that is
        neither agreed nor declined only the fields somebody changed are here; the others follow today's proposal.
    written : mapping
        Likewise, every field as it stands in the file.
    first : mapping
        Likewise, every field as it was first proposed, without a status.
    proposed_on : date or None
        The day the file was proposed at.
    has_file : bool
        Whether there is a file of decisions at all.

    Examples
    --------
    >>> decided = Decided({"slas": {"legal review": {"days": 4, "status": "agreed"}}})
    >>> decided.standing("slas", "legal review"), decided.standing("slas", "brand review")
    ('agreed', 'proposed')
    >>> decided.entry("slas", "legal review").get("days", 5), decided.entry("slas", "brand review").get("days", 5)
    (4, 5)
    """

    sections: Entries = field(default_factory=dict)
    written: Entries = field(default_factory=dict)
    first: Entries = field(default_factory=dict)
    proposed_on: dt.date | None = None
    has_file: bool = False

    def entry(self, section: Section, name: str) -> Mapping[str, Any]:
        """Return the fields decided for an entry; empty where nothing is."""
        found: Mapping[str, Any] = self.sections.get(section, {}).get(name, _NOTHING)
        return found

    def standing(self, section: Section, name: str) -> Standing:
        """Return whether an entry is proposed, agreed or declined."""
        standing: Standing = self.entry(section, name).get("status", "proposed")
        return standing


def holding(written: Entries, first: Entries) -> Entries:
    """Return what holds of what is written: agreed and declined entries whole, of the others what was changed.

    Parameters
    ----------
    written, first : mapping
        Section to id to fields: as written, and as first proposed. A field without a first proposal counts as changed.

    Examples
    --------
    >>> first = {"slas": {"legal": {"days": 5, "role": "legal"}}}
    >>> holding({"slas": {"legal": {"status": "proposed", "days": 4, "role": "legal"}}}, first)
    {'slas': {'legal': {'status': 'proposed', 'days': 4}}}
    """
    return {
        section: {name: _holding(fields, first.get(section, {}).get(name, {})) for name, fields in entries.items()}
        for section, entries in written.items()
    }


def _holding(fields: Mapping[str, Any], first: Mapping[str, Any]) -> Mapping[str, Any]:
    if fields.get("status", "proposed") != "proposed":
        return fields
    changed = {name: value for name, value in fields.items() if name != "status" and value != first.get(name)}
    return {"status": "proposed", **changed}
