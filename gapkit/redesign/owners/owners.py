"""Owners: one accountable person for every open program, within what people can carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.labels import label_list
from gapkit.plain import plain_rows
from gapkit.redesign.decisions.rules import NOTE, Rule
from gapkit.redesign.owners.assignment import assign
from gapkit.redesign.owners.candidates import Person, people_now, records, ways_of
from gapkit.redesign.owners.decided_owners import Settled, settle
from gapkit.redesign.owners.raci import SEPARATOR, Raci, map_raci
from gapkit.redesign.owners.today import PROBLEMS, capacities, owners_today
from gapkit.redesign.owners.wording import (
    ANOTHER,
    BEYOND,
    NO_CANDIDATE,
    NO_ROOM,
    NO_TEAM,
    ONE_OF_TODAY,
    STAYS,
    TO_BE_NAMED,
    caveats_of,
    reason,
    sentence_of,
)

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided

FIELDS: Final[Mapping[str, Rule]] = MappingProxyType({
    "owner": Rule("id", "the one person who answers for the program; empty while nobody is found", may_be_empty=True),
    "note": NOTE,
})  # fmt: skip


AGREED: Final = "Agreed."
REGISTER: Final = (
    "program_id", "name", "type", "team", "status", "is_in_flight", "planned_end", "owners_today", "problem", "proposed",
    "owner", "change", "standing", "why", "note", "lacking",
)  # fmt: skip


@dataclass(frozen=True)
class Owners:
    """Who answers for each open program, today and as proposed.

    Attributes
    ----------
    register : DataFrame
        One row per program in flight or planned, by program_id:

        - program_id, name, type, team, status, is_in_flight, planned_end: as in `owners.today.owners_today`;
        - owners_today: all names that answer today, with ; between them; empty for none;
        - problem: one of `owners.today.PROBLEMS`;
        - proposed: the one person proposed, agreed or written in the decisions; missing where nobody has room;
        - owner: the one person who answers if all this holds: the proposed one, else whoever answers alone today;
        - change: what differs from today, one of `owners.wording.CHANGES`;
        - standing: ``agreed``, or ``proposed``;
        - why: the reason, one sentence;
        - note: what the client wrote beside its decision.
    by_problem : DataFrame
        The register counted: problem, programs, in_flight, planned, proposed (programs for which somebody within capacity
        is proposed), open (the others). Problems nobody has are left out.
    shortfall : DataFrame
        Programs nobody can take: team, reason, programs, program_ids (with ; between them).
    loads : DataFrame
        For the client's own workbook, in no report: person_id, team, is_in_people, capacity, is_capacity_known, alone (open
        programs answered for alone today), shared (with others), proposed.
    raci : Raci
        Responsible, accountable, consulted and informed for each program of the register.
    sentence : str
        How many programs lack a single owner, and how many of them get one.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    register: pd.DataFrame
    by_problem: pd.DataFrame
    shortfall: pd.DataFrame
    loads: pd.DataFrame = field(repr=False)
    raci: Raci
    sentence: str
    caveats: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `owners` of `redesign.json` holds it; loads of persons are not in it."""
        return {
            "sentence": self.sentence,
            "caveats": list(self.caveats),
            "register": plain_rows(self.register),
            "by_problem": plain_rows(self.by_problem),
            "shortfall": plain_rows(self.shortfall),
            "raci": self.raci.to_dict(),
        }

    def proposals(self) -> dict[str, dict[str, Any]]:
        """Return what there is to decide: the owner proposed for each program that is not to stay as it is."""
        rows = self.register.loc[self.register["change"] != STAYS]
        return {
            str(program): {"owner": str(person) if isinstance(person, str) else None, "note": None}
            for program, person in zip(rows["program_id"], rows["proposed"], strict=True)
        }


def plan_owners(eng: Engagement, diagnosis: Diagnosis, decided: Decided) -> Owners:
    """Propose one accountable person for each program in flight or planned.

    Parameters
    ----------
    eng : Engagement
        Supplies programs, people, skills and scale.
    diagnosis : Diagnosis
        Of the same engagement; supplies the programs that count and their frozen plan.
    decided : Decided
        Its section ``owners`` goes before what would be proposed.

    Returns
    -------
    Owners

    Notes
    -----
    Programs in flight and planned count one each against `people.capacity`, or the limit of the scale. Who is written in
    the decisions keeps the program whatever else, who was declined does not get it. The others are shared out by
    `owners.assignment.assign`: first as many programs as possible, then owners in order stay, then the best fit of team,
    function and skill, with 2 points for whoever answers today. See docs/method.md, Redesign.
    """
    today = owners_today(eng, diagnosis.baseline.judged)
    settled = settle(eng, today, decided)
    people = people_now(eng)
    capacity = capacities(eng, {name for names in today["persons"] for name in names} | set(settled.fixed.values()))
    room = {name: max(0, most - settled.load[name]) for name, most in capacity.items()}
    free = today.loc[~today.index.isin(list(settled.fixed))]
    ways = ways_of(free, people, settled.declined, in_reach=room)
    found = assign(list(free.index), room, *ways).person | dict(settled.fixed)
    register = _register(today, found, people, settled, {line.source for line in (*ways.direct, *ways.pooled)})
    loads = _loads(eng, today, capacity, found)
    leaders = [person.id for person in people if person.is_leader]
    led = int((register["proposed"].isin(leaders) & register["change"].eq(ANOTHER)).sum())
    return Owners(
        register=register.drop(columns="lacking"),
        by_problem=_by_problem(register),
        shortfall=_shortfall(register),
        loads=loads,
        raci=map_raci(eng, today, register),
        sentence=sentence_of(register),
        caveats=(*settled.caveats, *caveats_of(eng, register, loads, led)),
    )


def _register(
    today: pd.DataFrame, found: Mapping[str, str], people: tuple[Person, ...], settled: Settled, reached: Collection[str]
) -> pd.DataFrame:
    """Return the register, with the column lacking: why nobody is proposed, empty where somebody is."""
    known = {person.id: person for person in people}
    rows = []
    for program, row in zip(today.index, records(today), strict=True):
        proposed, persons = found.get(program), row["persons"]
        declined = settled.declined.get(program, frozenset())
        alone = persons[0] if len(persons) == 1 and persons[0] not in declined else None
        change = _change(persons, proposed, alone)
        lacking = "" if proposed else NO_ROOM if program in reached else NO_CANDIDATE
        why = reason(row, change, known.get(proposed or ""), lacking)
        rows.append({
            "program_id": program,
            **{name: row[name] for name in ("name", "type", "team", "status", "is_in_flight", "planned_end", "problem")},
            "owners_today": SEPARATOR.join(row["owners"]),
            "proposed": proposed,
            "owner": proposed or alone,
            "change": change,
            "standing": "agreed" if program in settled.agreed else "proposed",
            "why": AGREED if program in settled.agreed and change != STAYS else f"{_refused(declined)}{why}",
            "note": settled.notes.get(program, ""),
            "lacking": lacking,
        })  # fmt: skip
    types = {**dict.fromkeys(REGISTER, "str"), "is_in_flight": "bool", "planned_end": "datetime64[us]"}
    return pd.DataFrame(rows, columns=[*REGISTER]).astype(types)


def _refused(declined: Collection[str]) -> str:
    return f"{label_list(sorted(declined))} was declined. " if declined else ""


def _change(persons: tuple[str, ...], proposed: str | None, alone: str | None) -> str:
    if proposed is None:
        return BEYOND if alone is not None else TO_BE_NAMED
    if persons == (proposed,):
        return STAYS
    return ONE_OF_TODAY if proposed in persons else ANOTHER


def _by_problem(register: pd.DataFrame) -> pd.DataFrame:
    parts = [(problem, register.loc[register["problem"] == problem]) for problem in PROBLEMS]
    rows = [
        {"problem": problem, "programs": len(part), "in_flight": int(part["is_in_flight"].sum()),
         "planned": int((~part["is_in_flight"]).sum()), "proposed": int(part["proposed"].notna().sum()),
         "open": int(part["proposed"].isna().sum())}
        for problem, part in parts if len(part)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["problem", "programs", "in_flight", "planned", "proposed", "open"])


def _shortfall(register: pd.DataFrame) -> pd.DataFrame:
    """Return the programs nobody can take by team and reason, most first."""
    left = register.loc[register["proposed"].isna()]
    rows = [
        {"team": team, "reason": lacking, "programs": len(part), "program_ids": SEPARATOR.join(part["program_id"])}
        for (team, lacking), part in left.assign(team=left["team"].fillna(NO_TEAM)).groupby(["team", "lacking"])
    ]
    frame = pd.DataFrame(rows, columns=["team", "reason", "programs", "program_ids"])
    return frame.sort_values(["programs", "team", "reason"], ascending=[False, True, True], ignore_index=True)


def _loads(eng: Engagement, today: pd.DataFrame, capacity: Mapping[str, int], found: Mapping[str, str]) -> pd.DataFrame:
    """Return what each person answers for today and would answer for, beside what they can."""
    people = eng.people.set_index("person_id")
    alone = Counter(names[0] for names in today["persons"] if len(names) == 1)
    shared = Counter(name for names in today["persons"] if len(names) > 1 for name in names)
    proposed = Counter(found.values())
    names = sorted(capacity)
    return pd.DataFrame({
        "person_id": pd.Series(names, dtype="str"),
        "team": people["team"].reindex(names).to_numpy(),
        "is_in_people": [name in people.index for name in names],
        "capacity": [capacity[name] for name in names],
        "is_capacity_known": people["capacity"].reindex(names).notna().to_numpy(),
        "alone": [alone[name] for name in names],
        "shared": [shared[name] for name in names],
        "proposed": [proposed[name] for name in names],
    })  # fmt: skip
