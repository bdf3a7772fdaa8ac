"""Who could answer for a program: today's owners, people of its team, people of its functions, last the leadership.

How well a person fits is used to choose among those who have room and never shown: nobody is ranked.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gapkit.config import spelling_key
from gapkit.diagnosis.causes.ratings import best_ratings, ratio
from gapkit.redesign.owners.assignment import Line
from gapkit.redesign.owners.today import CHANGED, IN_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from gapkit.engagement import Engagement

# Points of fit. A person's skills against what their role needs add 0 to 1.
SAME_TEAM: Final = 2.0
SAME_FUNCTION: Final = 1.0
CONTINUITY: Final = 2.0  # for whoever answers today
STAYS: Final = 30.0  # more, where who answers today is in order: only a program without anybody moves it
UNDER_WAY: Final = 0.05  # more, of several programs of one person, for those that have started: a planned one moves first
LEADERSHIP: Final = -20.0  # only where nobody else has room
UNRATED: Final = 0.5

TEAM: Final = "team"
FUNCTION: Final = "function"
LEADERS: Final = "leadership"


class Person(NamedTuple):
    """One person of the people table who works there now.

    Attributes
    ----------
    id : str
        Pseudonym.
    team, function : str
        Where they work, as compared: lower case, single blanks.
    is_leader : bool
        Whether they belong to the leadership.
    skill : float
        What they can do against what their role needs, 0 to 1.
    """

    id: str
    team: str
    function: str
    is_leader: bool
    skill: float


class Ways(NamedTuple):
    """How programs may find an owner: what `owners.assignment.assign` chooses among.

    Attributes
    ----------
    direct, pooled, members : tuple of Line
        As `owners.assignment.assign` takes them.
    """

    direct: tuple[Line, ...]
    pooled: tuple[Line, ...]
    members: tuple[Line, ...]


def people_now(eng: Engagement) -> tuple[Person, ...]:
    """Return the people who could own programs: named, working, and not known to have left or to be no person."""
    people, skill = eng.people.dropna(subset="person_id").sort_values("person_id"), skills(eng)
    people = people.assign(leadership=people["leadership"].fillna(False).astype(bool))
    owners = eng.config.owners
    gone = {spelling_key(name) for name in (*owners.left, *owners.not_persons)}
    present = people.loc[~people["fte"].eq(0).fillna(False) & ~people["person_id"].map(spelling_key).isin(gone)]
    return tuple(
        Person(row["person_id"], _key(row["team"]), _key(row["function"]), row["leadership"],
               skill.get(row["person_id"], UNRATED))
        for row in present.to_dict(orient="records")
    )  # fmt: skip


def skills(eng: Engagement) -> dict[str, float]:
    """Return the mean of min(actual, required) / required over the rated skills of each person, in hundredths."""
    rated = best_ratings(eng.skills_actual, eng.skills_required)
    share = rated.assign(share=ratio(rated["actual"].to_numpy(float), rated["required"].to_numpy(float)))
    return {str(person): float(mean) for person, mean in share.groupby("person_id")["share"].mean().round(2).items()}


def ways_of(
    today: pd.DataFrame, people: Iterable[Person], declined: Mapping[str, frozenset[str]], *, in_reach: Mapping[str, int]
) -> Ways:
    """Return who could answer for which program, and how well they fit.

    Parameters
    ----------
    today : DataFrame
        From `owners.today.owners_today`: the programs to be shared out.
    people : iterable of Person
        From `people_now`.
    declined : mapping of str to frozenset of str
        Program to persons who are not to own it.
    in_reach : mapping of str to int
        Person to what they can still take; others are nobody's candidates.

    Returns
    -------
    Ways
        Persons of one team, or of one function, fit a program of it alike but for their skills, so they are a pool. A
        program for which somebody was declined is offered their members one by one.
    """
    known = {person.id: person for person in people if person.id in in_reach}
    pools = _pools(known.values())
    direct, pooled = [], []
    for program, row in zip(today.index, records(today), strict=True):
        refused = declined.get(program, frozenset())
        direct += [
            Line(program, name, _as_owner(row) + _place(known.get(name), row))
            for name in row["persons"]
            if name in in_reach and name not in refused
        ]
        asked = {pool: fit for pool, fit in _asked(row) if pool in pools}
        if refused:
            direct += [
                Line(program, person.id, fit + person.skill)
                for pool, fit in asked.items()
                for person in pools[pool]
                if person.id not in refused
            ]
        else:
            pooled += [Line(program, pool, fit) for pool, fit in asked.items()]
    members = [Line(pool, person.id, person.skill) for pool, inside in pools.items() for person in inside]
    return Ways(tuple(direct), tuple(pooled), tuple(members))


def place_of(person: Person | None, team: Any, functions: Iterable[str]) -> str:
    """Return how a person belongs to a program: ``team``, ``function`` or, for neither, an empty text."""
    if person is None:
        return ""
    if person.team and person.team == _key(team):
        return TEAM
    return FUNCTION if person.function in {_key(name) for name in functions} else ""


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict(orient="records")]


def _pools(people: Iterable[Person]) -> dict[str, list[Person]]:
    pools: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        for kind, name in ((TEAM, person.team), (FUNCTION, person.function)):
            if name:
                pools[_pool(kind, name, person.is_leader)].append(person)
    return dict(pools)


def _pool(kind: str, name: str, is_leader: bool) -> str:
    return f"{LEADERS if is_leader else ''} {kind}: {name}"


def _asked(row: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Return the pools a program asks, and how well their members fit."""
    groups = [(TEAM, _key(row["team"]), SAME_TEAM)]
    groups += [(FUNCTION, _key(name), SAME_FUNCTION) for name in row["functions"]]
    return [
        (_pool(kind, name, is_leader), fit + (LEADERSHIP if is_leader else 0.0))
        for kind, name, fit in groups
        for is_leader in (False, True)
    ]


def _as_owner(row: Mapping[str, Any]) -> float:
    """Return the points of whoever answers for a program today."""
    stays = STAYS if row["problem"] in (IN_ORDER, CHANGED) else 0.0
    return CONTINUITY + stays + (UNDER_WAY if row["is_in_flight"] else 0.0)


def _place(person: Person | None, row: Mapping[str, Any]) -> float:
    points = {TEAM: SAME_TEAM, FUNCTION: SAME_FUNCTION, "": 0.0}
    return points[place_of(person, row["team"], row["functions"])] + (person.skill if person is not None else UNRATED)


def _key(name: Any) -> str:
    """Return a name as it is compared; a missing one is empty."""
    return spelling_key(name) if isinstance(name, str) else ""
