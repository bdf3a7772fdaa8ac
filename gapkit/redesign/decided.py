"""What the client decided in the redesign, as read from `decisions.yml`: by section, by id, by field.

Every part of the redesign proposes, and asks here what was decided about its proposals: what is agreed or changed counts,
what is declined does not, and what nobody touched stays a proposal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

Section = Literal["levers", "owners", "priorities", "tooling", "slas", "cadence", "inputs", "plan", "targets"]
Standing = Literal["proposed", "agreed", "declined"]

SECTIONS: Final[tuple[Section, ...]] = get_args(Section)
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions of an engagement; without any, everything is a proposal.

    Attributes
    ----------
    sections : mapping
        Section to id to fields. Each entry's field ``status`` is one of `STANDINGS`.

    Examples
    --------
    >>> decided = Decided({"slas": {"legal review": {"days": 4, "status": "agreed"}}})
    >>> decided.standing("slas", "legal review"), decided.standing("slas", "brand review")
    ('agreed', 'proposed')
    >>> decided.entry("slas", "legal review").get("days", 5), decided.entry("slas", "brand review").get("days", 5)
    (4, 5)
    """

    sections: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def entry(self, section: Section, name: str) -> Mapping[str, Any]:
        """Return the fields written for an entry; empty where nothing is written."""
        return self.sections.get(section, _NOTHING).get(name, _NOTHING)

    def standing(self, section: Section, name: str) -> Standing:
        """Return whether an entry is proposed, agreed or declined."""
        standing: Standing = self.entry(section, name).get("status", "proposed")
        return standing
