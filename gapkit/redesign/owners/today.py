"""Who answers for each open program today, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.config import spelling_key
from gapkit.diagnosis.indicators.anchors import NORMS
from gapkit.diagnosis.indicators.at_start import PERSON, in_force, owner_kinds
from gapkit.diagnosis.indicators.basis import ENDED, UNDER_WAY
from gapkit.diagnosis.indicators.unclear_ownership import changed_early
from gapkit.schema import split_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gapkit.engagement import Engagement

# What is wrong with who answers today; the first that holds is named.
NOT_RECORDED: Final = "not recorded"
NOBODY: Final = "nobody"
GROUP: Final = "team, committee or firm"
SEVERAL: Final = "several persons"
OVERLOADED: Final = "more than they can carry"
CHANGED: Final = "changed in the first half"
IN_ORDER: Final = "in order"
PROBLEMS: Final = (NOT_RECORDED, NOBODY, GROUP, SEVERAL, OVERLOADED, CHANGED, IN_ORDER)
NO_SINGLE: Final = (NOBODY, GROUP, SEVERAL)
GROUPS: Final = ("team", "committee", "external")
OWNER_COLUMNS: Final = ["owners_now", "owners_at_start", "owner_type_at_start"]


def owners_today(eng: Engagement, judged: pd.DataFrame) -> pd.DataFrame:
    """Return every program that is in flight or planned, with who answers for it today.

    Parameters
    ----------
    eng : Engagement
        Supplies programs, people, history, and what is confirmed about owners.
    judged : DataFrame
        From `outcomes.judge_programs`; it holds each program that counts, under its program_id.

    Returns
    -------
    DataFrame
        By program_id, in ascending order:

        - name, type, team, status: as recorded; team may be missing;
        - functions: tuple of the functions that work together on it;
        - is_in_flight: it has started; else it is planned;
        - planned_end: as planned today;
        - owners: tuple of all names that answer, of whatever kind;
        - persons: those of them that are persons, under their `person_id` where the people table knows them;
        - problem: one of `PROBLEMS`.

    Notes
    -----
    A person answers alone where exactly one person is named, whoever else is. Whoever answers alone for more open
    programs than their capacity has more than they can carry, and all of these programs are marked so.
    """
    status = judged["status"]
    chosen = judged.loc[~status.isin(ENDED)].sort_index()
    programs = eng.programs.set_index("program_id").reindex(chosen.index)
    owners = split_list(names_today(eng, chosen.index))
    kind_of, id_of = owner_kinds(eng), _ids(eng)
    persons = owners.map(
        lambda names: tuple(dict.fromkeys(id_of.get(spelling_key(name), name) for name in names if kind_of(name) == PERSON))
    )
    groups = owners.map(lambda names: any(kind_of(name) in GROUPS for name in names)).astype(bool)
    is_known = is_recorded(eng) & ~(owners.map(len).eq(0) & _is_unnamed(eng, programs))
    early = changed_early(eng.status_events, chosen["frozen_start"], chosen["frozen_end"])
    problem = _problems(persons, groups, early, capacities(eng, [name for names in persons for name in names]))
    return pd.DataFrame({
        **{name: chosen[name] for name in ("name", "type", "team", "status")},
        "functions": split_list(programs["functions"]),
        "is_in_flight": chosen["status"].isin(UNDER_WAY) | chosen["actual_start"].notna(),
        "planned_end": programs["current_end"].fillna(chosen["latest_end"]).fillna(chosen["frozen_end"]),
        "owners": owners,
        "persons": persons,
        "problem": problem.mask(~is_known, NOT_RECORDED),
    })  # fmt: skip


def names_today(eng: Engagement, programs: pd.Index) -> pd.Series:
    """Return the owners of today as recorded, by program_id; where no program has any, those at planned start."""
    recorded = eng.programs.set_index("program_id").reindex(programs)
    if has_today(eng) or programs.empty:
        return recorded["owners_now"]
    day = pd.Series(pd.Timestamp(eng.as_of), index=programs, dtype="datetime64[us]")
    return in_force(eng.status_events, "owner", day)["value"].fillna(recorded["owners_at_start"])


def has_today(eng: Engagement) -> bool:
    """Return whether the owners of today are recorded for any program."""
    return bool(eng.programs["owners_now"].notna().any())


def is_recorded(eng: Engagement) -> bool:
    """Return whether any source says anything about owners."""
    return bool(eng.programs[OWNER_COLUMNS].notna().any(axis=None) or (eng.status_events["field"] == "owner").any())


def capacities(eng: Engagement, names: Iterable[str]) -> dict[str, int]:
    """Return how many programs each person can answer for at a time.

    What the people table says, in whole programs; the limit of the scale where it says nothing, and for persons it does
    not know; none for people without working time.

    Parameters
    ----------
    eng : Engagement
        Supplies people and scale.
    names : iterable of str
        Persons besides those of the people table.
    """
    limit = NORMS[eng.scale].programs_per_owner
    people = eng.people
    given = people["capacity"].fillna(limit).mask(people["fte"].eq(0).fillna(False), 0)
    told = {str(person): int(capacity) for person, capacity in zip(people["person_id"], given, strict=True)}
    return dict.fromkeys(names, limit) | told


def _ids(eng: Engagement) -> Mapping[str, str]:
    return {spelling_key(str(person)): str(person) for person in eng.people["person_id"].dropna()}


def _is_unnamed(eng: Engagement, programs: pd.DataFrame) -> pd.Series:
    """Return which programs have one person whose name is not recorded."""
    return programs["owner_type_at_start"].eq(PERSON).fillna(False).astype(bool) & (not has_today(eng))


def _problems(persons: pd.Series, groups: pd.Series, early: set[str], capacity: Mapping[str, int]) -> pd.Series:
    """Return what is wrong with each program, the first of `PROBLEMS` that holds."""
    n_persons = persons.map(len).astype("int64")
    alone = Counter(names[0] for names in persons if len(names) == 1)
    too_much = {name for name, n in alone.items() if n > capacity[name]}
    problem = pd.Series(IN_ORDER, index=persons.index, dtype="str").mask(persons.index.isin(list(early)), CHANGED)
    problem = problem.mask(persons.map(lambda names: bool(too_much & set(names))).astype(bool), OVERLOADED)
    return (
        problem.mask(n_persons > 1, SEVERAL).mask((n_persons == 0) & groups, GROUP).mask((n_persons == 0) & ~groups, NOBODY)
    )
