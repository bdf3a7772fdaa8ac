"""The levers that are looked at: those proposed from today's records, as the client changed, added or declined them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from gapkit.labels import label_list
from gapkit.redesign.decisions.rules import NOTE, Rule
from gapkit.redesign.targets.targets import lever_id
from gapkit.redesign.what_if.levers import BY_ID, USUAL_ADHERENCE, Pull
from gapkit.redesign.what_if.proposals import propose_levers

if TYPE_CHECKING:
    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided

FIELDS: Final[Mapping[str, Rule]] = MappingProxyType({
    "value": Rule("number", "how far it is pulled: business days, rounds, a factor on capacity, programs at once",
                  lowest=0.0, may_be_empty=True),
    "adherence": Rule("share", "share of cases in which it is kept to", lowest=0.0, highest=1.0,
                      may_be_empty=True),
    "note": NOTE,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChosenLevers:
    """The levers a what-if is made for.

    Attributes
    ----------
    pulls : tuple of Pull
        As they are to be pulled, those declined left out.
    proposed : tuple of Pull
        What today's records propose, whatever was decided.
    caveats : tuple of str
        Entries of `decisions.yml` that no lever answers to.
    """

    pulls: tuple[Pull, ...]
    proposed: tuple[Pull, ...]
    caveats: tuple[str, ...]

    @property
    def by_id(self) -> dict[str, Pull]:
        """The levers to pull by their ids."""
        return {lever_id(pull): pull for pull in self.pulls}

    def proposals(self) -> dict[str, dict[str, Any]]:
        """Return what today's records propose, by id."""
        return {
            lever_id(pull): {
                "value": pull.value,
                "adherence": pull.adherence if pull.what.takes_adherence else None,
                "note": None,
            }
            for pull in self.proposed
        }


def choose_levers(eng: Engagement, decided: Decided) -> ChosenLevers:
    """Return the levers to look at.

    Parameters
    ----------
    eng : Engagement
        Whose records propose levers.
    decided : Decided
        Its section ``levers``: value and adherence by id. An id is the lever's word, and for levers on one sign-off its
        stage behind it: ``sla legal review``, ``drop_approval brand approval``. An id nothing proposes adds a lever.
    """
    proposed = propose_levers(eng)
    wanted = {lever_id(pull): pull for pull in proposed}
    unknown, empty = [], []
    for name in decided.sections.get("levers", {}):
        standing, entry = decided.standing("levers", name), decided.entry("levers", name)
        pull = wanted.get(name) or _named(name)
        if pull is None:
            unknown.append(name)
        elif standing == "declined":
            wanted.pop(name, None)
        elif name in wanted or standing == "agreed" or set(entry) - {"status"}:
            decided_pull = _as_decided(pull, entry)
            wanted[name] = decided_pull
            if pull.what.value and decided_pull.value is None:
                empty.append(name)
                del wanted[name]
    caveats = [f"No lever of these names is known: {label_list(unknown)}."] if unknown else []
    caveats += [f"Without a value, so not pulled: {label_list(empty)}."] if empty else []
    return ChosenLevers(tuple(wanted.values()), proposed, tuple(caveats))


def _named(name: str) -> Pull | None:
    word, _, stage = name.partition(" ")
    return Pull(word, stage=stage or None) if word in BY_ID else None


def _as_decided(pull: Pull, entry: Mapping[str, Any]) -> Pull:
    value, adherence = entry.get("value", pull.value), entry.get("adherence", pull.adherence)
    return replace(pull, value=value, adherence=USUAL_ADHERENCE if adherence is None else adherence)
