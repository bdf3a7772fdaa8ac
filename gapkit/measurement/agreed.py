"""What the redesign changes, as `decisions.yml` holds it: the places where waits were to get shorter, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gapkit.redesign.decisions.file import read_decisions
from gapkit.redesign.sections import RULES
from gapkit.redesign.slas.places import ARROW

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided

NONE_AGREED: Final = "No place is redesigned: agreed times in decisions.yml (section slas) would switch this on."
SLA_LEVER, DROP_LEVER = "sla", "drop_approval"


@dataclass(frozen=True, slots=True)
class AgreedPlace:
    """A stage or hand-off that the redesign changes.

    Attributes
    ----------
    place : str
        Name of the stage, or ``A → B`` for hand-offs from team A to team B.
    days : float or None
        Business days a wait there may take; None where no time is set (a sign-off to be dropped).
    is_agreed : bool
        Whether the client agreed to it; otherwise it is proposed only.
    """

    place: str
    days: float | None
    is_agreed: bool

    @property
    def is_handoff(self) -> bool:
        """Whether it is a hand-off from team to team."""
        return ARROW in self.place


def agreed_places(eng: Engagement) -> tuple[AgreedPlace, ...]:
    """Return the places the redesign changes, in the order of `decisions.yml`; declined ones are left out.

    Raises
    ------
    InputError
        When `decisions.yml` cannot be read.
    """
    return places_of(read_decisions(eng.folder, RULES))


def places_of(decided: Decided) -> tuple[AgreedPlace, ...]:
    """Return the places that decisions change.

    Notes
    -----
    Times of the section ``slas`` come first; a lever adds its stage, and its value only where no time is set there.

    Examples
    --------
    >>> from gapkit.redesign.decisions.decided import Decided
    >>> written = {"slas": {"legal": {"status": "agreed", "days": 4}}, "levers": {"sla brand": {"value": 2}}}
    >>> [(found.place, found.days, found.is_agreed) for found in places_of(Decided(written=written))]
    [('legal', 4.0, True), ('brand', 2.0, False)]
    """
    found: dict[str, AgreedPlace] = {}
    for place, fields in _entries(decided, "slas").items():
        found[place] = AgreedPlace(place, _days(fields.get("days")), fields.get("status") == "agreed")
    for name, fields in _entries(decided, "levers").items():
        word, _, stage = name.partition(" ")
        if stage and word in (SLA_LEVER, DROP_LEVER):
            days = _days(fields.get("value")) if word == SLA_LEVER else None
            known, is_agreed = found.get(stage), fields.get("status") == "agreed"
            found[stage] = AgreedPlace(
                stage, days if known is None or known.days is None else known.days,
                is_agreed or (known is not None and known.is_agreed),
            )  # fmt: skip
    return tuple(found.values())


def _entries(decided: Decided, section: str) -> dict[str, Mapping[str, Any]]:
    """Return the entries of a section as they stand in the file, declined ones left out."""
    entries = decided.written.get(section, {})
    return {name: fields for name, fields in entries.items() if fields.get("status", "proposed") != "declined"}


def _days(value: Any) -> float | None:
    return None if value is None else float(value)
