"""Owners in words: what is to change and why, how many programs get an owner, what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gapkit.diagnosis.indicators.anchors import NORMS
from gapkit.labels import label_count, label_number, sentence_case
from gapkit.redesign.owners.candidates import FUNCTION, TEAM, place_of
from gapkit.redesign.owners.today import (
    CHANGED,
    IN_ORDER,
    NO_SINGLE,
    NOT_RECORDED,
    OVERLOADED,
    has_today,
    is_recorded,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from gapkit.engagement import Engagement
    from gapkit.redesign.owners.candidates import Person

# The difference to today.
STAYS: Final = "stays"
ONE_OF_TODAY: Final = "one of today's owners"
ANOTHER: Final = "another person"
BEYOND: Final = "stays, beyond capacity"
TO_BE_NAMED: Final = "to be named"
CHANGES: Final = (STAYS, ONE_OF_TODAY, ANOTHER, BEYOND, TO_BE_NAMED)

NO_ROOM: Final = "nobody of its team and functions has room"
NO_CANDIDATE: Final = "nobody of its team and functions is known"
NO_TEAM: Final = "team not recorded"
NO_PEOPLE: Final = (
    "There is no people table: only owners of today can be proposed, each for {limit} programs at most. The table people "
    "would let others be found."
)
NOT_ASSESSABLE: Final = (
    "Who answers for {programs} is not recorded, and nobody is known who could: the column owners_now and the table people "
    "would switch this on."
)
WHY_STAYS: Final = {
    IN_ORDER: "In order.",
    CHANGED: "Changed hands in the first half of its planned time: not again before delivery.",
    OVERLOADED: "Among the programs today's owner can carry.",
}
WHY_ANOTHER: Final = {
    TEAM: "Works in its team.",
    FUNCTION: "Works in one of its functions.",
    "": "Named in the decisions.",
}
TEAMS_NAMED: Final = 3


def reason(row: Mapping[str, Any], change: str, person: Person | None, lacking: str) -> str:
    """Return why a person is proposed for a program, or why nobody is.

    Parameters
    ----------
    row : mapping
        Of `owners.today.owners_today`.
    change : str
        One of `CHANGES`.
    person : Person or None
        Who is proposed, where the people table knows them.
    lacking : str
        What is missing where nobody is proposed: `NO_ROOM` or `NO_CANDIDATE`.
    """
    if change == STAYS:
        return WHY_STAYS[row["problem"]]
    if change == ONE_OF_TODAY:
        return "Answers for it already, with others, who become contributors."
    if change == BEYOND:
        return f"{lacking.capitalize()}: add capacity, or stop or postpone a program of today's owner."
    if change == TO_BE_NAMED:
        return f"{lacking.capitalize()}: add capacity, or stop or postpone a program."
    place = place_of(person, row["team"], row["functions"])
    led = " Of the leadership, for want of anybody else with room." if person is not None and person.is_leader else ""
    return f"{WHY_ANOTHER[place]}{led}"


def sentence_of(register: pd.DataFrame) -> str:
    """Return how many open programs lack a single owner, and how many of them get one within capacity.

    Parameters
    ----------
    register : DataFrame
        Of `owners.owners.Owners`, with the column lacking.
    """
    n = len(register)
    if not n:
        return "No program is in flight or planned."
    unrecorded = register["problem"] == NOT_RECORDED
    if unrecorded.any():
        if unrecorded.all() and not register["lacking"].ne(NO_CANDIDATE).any():
            return NOT_ASSESSABLE.format(programs=label_count(n, "open program"))
        said = f"Who answers today is not recorded for {_of(int(unrecorded.sum()), n)}"
        return f"{said}{_found(register.loc[unrecorded], 'an owner')}.{_others(register)}"
    lacking = register.loc[register["problem"].isin(NO_SINGLE)]
    if lacking.empty:
        return f"{_each(n)} a single owner today.{_overloaded(register)}"
    verb = "has" if len(lacking) == 1 else "have"
    return f"{sentence_case(_of(len(lacking), n))} {verb} no single owner today{_found(lacking)}.{_overloaded(register)}"


def _each(n: int) -> str:
    return "The one open program has" if n == 1 else f"Each of the {label_number(n)} open programs has"


def _of(part: int, n: int) -> str:
    return "the one open program" if n == 1 else f"{label_number(part)} of {label_count(n, 'open program')}"


def _others(register: pd.DataFrame) -> str:
    """Return what is known besides, where owners of some programs are not recorded."""
    lacking = register.loc[register["problem"].isin(NO_SINGLE)]
    have = "has" if len(lacking) == 1 else "have"
    more = f" {label_number(len(lacking))} more {have} no single owner{_found(lacking)}." if len(lacking) else ""
    return f"{more}{_overloaded(register)}"


def _found(rows: pd.DataFrame, one: str = "one") -> str:
    """Return how many of some programs get an owner, and what stands in the way of the others."""
    n, open_ = len(rows), rows.loc[rows["proposed"].isna()]
    got = n - len(open_)
    if not got:
        return f"; nobody can be proposed{' for it' if n == 1 else ''}: {_in_the_way(open_)}"
    verb = "gets" if got == 1 else "get"
    if open_.empty:
        return f"; {'it' if n == 1 else f'all {label_number(n)}'} {verb} {one} within capacity"
    do = "does" if len(open_) == 1 else "do"
    return f"; {label_number(got)} {verb} {one} within capacity, {label_number(len(open_))} {do} not: {_in_the_way(open_)}"


def _in_the_way(open_: pd.DataFrame) -> str:
    """Return why some programs have nobody, with their teams."""
    parts = []
    for lacking, rows in open_.groupby("lacking", sort=True):
        counts = rows["team"].fillna(NO_TEAM).value_counts().sort_index().sort_values(ascending=False, kind="stable")
        named = [f"{team} {label_number(n)}" for team, n in counts.head(TEAMS_NAMED).items()]
        rest = len(counts) - len(named)
        named += [label_count(rest, "more team")] if rest else []
        parts.append(f"{lacking} ({', '.join(named)})")
    return ", ".join(parts)


def _overloaded(register: pd.DataFrame) -> str:
    """Return what becomes of programs whose owner has too many, as a sentence with a blank before it."""
    rows = register.loc[register["problem"] == OVERLOADED]
    if rows.empty:
        return ""
    moved, open_ = int(rows["change"].eq(ANOTHER).sum()), int(rows["proposed"].isna().sum())
    has = "1 has an owner" if len(rows) == 1 else f"{label_number(len(rows))} have an owner"
    parts = [f"{label_number(moved)} of these {'moves' if moved == 1 else 'move'} to somebody with room"] if moved else []
    parts += [f"for {label_number(open_)} nobody has room"] if open_ else []
    return f" {has} who answers for more programs than they can carry{': ' if parts else ''}{', '.join(parts)}."


def caveats_of(eng: Engagement, register: pd.DataFrame, loads: pd.DataFrame, led: int) -> tuple[str, ...]:
    """Return what a reader of the register must know.

    Parameters
    ----------
    eng : Engagement
        Supplies people and scale.
    register, loads : DataFrame
        Of `owners.owners.Owners`.
    led : int
        Programs for which somebody of the leadership is proposed who does not own them today.
    """
    if register.empty:
        return ()
    limit, n_people = NORMS[eng.scale].programs_per_owner, len(eng.people)
    outside = int((~loads["is_in_people"]).sum())
    assumed = int((loads["is_in_people"] & ~loads["is_capacity_known"]).sum())
    too_many = int((loads["proposed"] > loads["capacity"]).sum())
    return tuple(filter(None, (
        "Each program counts as one, in flight or planned; how large it is does not count.",
        NO_PEOPLE.format(limit=limit) if not n_people else "",
        "The people table names one person only, so nobody else can be proposed." if n_people == 1 else "",
        "" if is_recorded(eng) else "No source names owners; the column owners_now would switch today's owners on.",
        "Who answers today is not recorded; who answered at the planned start stands for it."
        if is_recorded(eng) and not has_today(eng) else "",
        f"Of {label_count(assumed, 'person', 'people')} no capacity is recorded: {label_count(limit, 'program')}, the "
        f"limit for organisations of this size, stands for it." if assumed else "",
        f"{label_count(outside, 'owner')} of today {'is' if outside == 1 else 'are'} not in the people table and can keep "
        f"what they have, up to {label_count(limit, 'program')}." if outside and n_people else "",
        f"For {label_count(led, 'program')} somebody of the leadership is proposed: nobody else has room." if led else "",
        f"Decisions give {label_count(too_many, 'person', 'people')} more programs than they can carry."
        if too_many else "",
    )))  # fmt: skip
