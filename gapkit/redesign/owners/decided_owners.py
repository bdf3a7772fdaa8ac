"""What the client decided about owners, held against who can own a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gapkit.config import spelling_key
from gapkit.diagnosis.indicators.at_start import PERSON, owner_kinds
from gapkit.labels import label_count, label_list
from gapkit.redesign.owners.today import CHANGED, IN_ORDER

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided


class Settled(NamedTuple):
    """Decisions that can be followed, and what is to be said about the others.

    Attributes
    ----------
    fixed : mapping of str to str
        Program to the person written in the decisions.
    agreed : frozenset of str
        Those of them the client has agreed to.
    declined : mapping of str to frozenset of str
        Program to persons declined for it.
    notes : mapping of str to str
        Program to what is noted beside its decision.
    caveats : tuple of str
        Decisions that cannot be followed, one sentence for each kind.
    """

    fixed: Mapping[str, str]
    agreed: frozenset[str]
    declined: Mapping[str, frozenset[str]]
    notes: Mapping[str, str]
    caveats: tuple[str, ...]

    @property
    def load(self) -> Counter[str]:
        """Programs each person has by decision."""
        return Counter(self.fixed.values())


def settle(eng: Engagement, today: pd.DataFrame, decided: Decided) -> Settled:
    """Return which owners are decided.

    Parameters
    ----------
    eng : Engagement
        Supplies the people who may be named.
    today : DataFrame
        From `owners.today.owners_today`.
    decided : Decided
        Its section ``owners``.

    Notes
    -----
    A person agreed to is fixed, one declined is excluded. What was proposed and left as it was is not among the decisions:
    it is proposed afresh in every run. A person the client wrote over a proposal is kept as long as the program still needs
    one: where somebody has come to answer for it alone, that counts. Without a people table any person may be named.
    """
    fixed: dict[str, str] = {}
    declined: dict[str, frozenset[str]] = {}
    unknown, overtaken = [], []
    entries = decided.sections.get("owners", {})
    person_of = _reader(eng, today)
    for program in sorted(entries.keys() & set(today.index)):
        written, standing = entries[program].get("owner"), decided.standing("owners", program)
        person = person_of(str(written)) if written else None
        if written and person is None:
            unknown.append(f"{written} for {program}")
        elif person is not None and standing == "declined":
            declined[program] = frozenset({person})
        elif person is not None and standing == "proposed" and _has_another(today, program, person):
            overtaken.append(program)
        elif person is not None:
            fixed[program] = person
    notes = {program: str(entry["note"]) for program, entry in entries.items() if entry.get("note")}
    agreed = frozenset(program for program in fixed if decided.standing("owners", program) == "agreed")
    gone = sorted(entries.keys() - set(today.index))
    return Settled(fixed, agreed, declined, notes, _caveats(unknown, overtaken, gone))


def _reader(eng: Engagement, today: pd.DataFrame) -> Callable[[str], str | None]:
    """Return the function from a name in the decisions to the person meant; None where nobody is."""
    kind_of = owner_kinds(eng)
    owning = {spelling_key(name): name for names in today["persons"] for name in names}
    known = owning | {spelling_key(str(name)): str(name) for name in eng.people["person_id"].dropna()}

    def person_of(name: str) -> str | None:
        if kind_of(name) != PERSON:
            return None
        return known.get(spelling_key(name), None if eng.has("people") else name)

    return person_of


def _has_another(today: pd.DataFrame, program: str, person: str) -> bool:
    """Return whether somebody else answers alone for a program, and nothing is wrong with that."""
    row = today.loc[program]
    return str(row["problem"]) in (IN_ORDER, CHANGED) and tuple(row["persons"]) != (person,)


def _caveats(unknown: list[str], overtaken: list[str], gone: list[str]) -> tuple[str, ...]:
    said = []
    if unknown:
        said.append(f"Decisions name owners who are neither in the people table nor owners today, are no persons, or have "
                    f"left; they were not followed: {label_list(unknown)}.")  # fmt: skip
    if overtaken:
        said.append(f"{label_count(len(overtaken), 'proposal')} overtaken, as one other person has come to answer for the "
                    f"program; an agreed entry would count: {label_list(overtaken)}.")  # fmt: skip
    if gone:
        said.append(f"Decisions on owners of programs that are not open, or not known: {label_list(gone)}.")
    return tuple(said)
