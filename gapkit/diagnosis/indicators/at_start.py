"""What was so when a program was to start: who answered for it, which priority it served.

A condition that is read later than the planned start may be a consequence of how the program went. Programs that run longer
change hands more often, so "changed owner during the run" looks harmful where nothing is; what held at the planned start
cannot be so misread. Values come from the history of changes; where there is none, from the columns that claim to say it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.config import spelling_key
from gapkit.intake.people.identity import persons
from gapkit.intake.people.no_person import looks_like_no_person
from gapkit.intake.reading.cells import is_among
from gapkit.schema import join_list, split_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapkit.engagement import Engagement

PERSON: Final = "person"
# Kinds of owner behind which no single person stands.
NO_PERSON: Final = ("team", "committee", "external", "none")
# Where an owner at planned start is known from.
HISTORY: Final = "history"
COLUMN: Final = "column for the planned start"
TODAY: Final = "today's value"


def in_force(status_events: pd.DataFrame, field: str, on: pd.Series) -> pd.DataFrame:
    """Return the value of a field in force at the end of a day, as the history of changes tells it.

    Parameters
    ----------
    status_events : DataFrame
        Canonical table.
    field : str
        Which field: ``owner``, ``priority``, ``scope``, ….
    on : Series of datetime64
        The day asked about, indexed by program_id.

    Returns
    -------
    DataFrame
        Indexed like `on`: value (str, missing = none), is_told (whether the history says anything about that day).

    Notes
    -----
    The last change on or before the day, else what the first change after it names as the value before. A log that never
    names old values says nothing about days before its first change.
    """
    chosen = status_events.loc[status_events["field"] == field, ["event_id", "program_id", "at", "old", "new"]]
    chosen = chosen.sort_values(["at", "event_id"], kind="stable")
    names_old = bool(chosen["old"].notna().any())
    is_before = local_day(chosen["at"]) <= on.reindex(chosen["program_id"]).set_axis(chosen.index)
    last = chosen.loc[is_before].drop_duplicates("program_id", keep="last").set_index("program_id")["new"]
    first = chosen.drop_duplicates("program_id").set_index("program_id")["old"]
    asked = on.index.to_series()
    was_set, comes_later = is_among(asked, last.index.to_series()), is_among(asked, first.index.to_series())
    value = first.reindex(on.index).where(~was_set, last.reindex(on.index))
    return pd.DataFrame({"value": value.astype("str"), "is_told": was_set | (comes_later & names_old)}, index=on.index)


def owners_at_start(eng: Engagement, start_on: pd.Series) -> pd.DataFrame:
    """Return how many persons answered for each program at its planned start.

    Parameters
    ----------
    eng : Engagement
        Supplies programs, history, and what is confirmed about owners.
    start_on : Series of datetime64
        Planned start, indexed by program_id.

    Returns
    -------
    DataFrame
        Indexed like `start_on`: persons (Int64; 0 also for a team, a committee or a firm; missing where no owner of any
        program is recorded) and source (`HISTORY`, `COLUMN` or `TODAY`).

    Notes
    -----
    A program the log knows, and of whose owner it tells no change while it tells those of others, has had the owner it has
    today. `TODAY` without a log is known only as of today.
    """
    programs = eng.programs.set_index("program_id").reindex(start_on.index)
    told = in_force(eng.status_events, "owner", start_on)
    logs_owners = bool((eng.status_events["field"] == "owner").any())
    asked = start_on.index.to_series()
    is_logged = pd.Series(is_among(asked, eng.status_events["program_id"]), index=start_on.index) & logs_owners
    has_column = bool(eng.programs[["owners_at_start", "owner_type_at_start"]].notna().any(axis=None))
    has_today = bool(eng.programs["owners_now"].notna().any())
    count = _counter(eng)
    is_column = ~told["is_told"] & has_column
    kind = programs["owner_type_at_start"]
    by_column = count(programs["owners_at_start"])
    by_column = by_column.mask(programs["owners_at_start"].isna() & (kind == PERSON), 1)
    number = count(programs["owners_now"]).mask(is_column, by_column).mask(told["is_told"], count(told["value"]))
    source = pd.Series(TODAY, index=start_on.index, dtype="str").mask(is_logged, HISTORY).mask(is_column, COLUMN)
    source = source.mask(told["is_told"], HISTORY)
    is_recorded = told["is_told"] | has_column | has_today
    return pd.DataFrame({"persons": number.where(is_recorded), "source": source})


def priority_at_start(eng: Engagement, start_on: pd.Series) -> pd.Series:
    """Return the priority each program served at its planned start, by program_id; missing where it served none.

    Where no history tells it, the priority it serves today stands for it.
    """
    today = eng.programs.set_index("program_id")["priority_id"].reindex(start_on.index)
    told = in_force(eng.status_events, "priority", start_on)
    return today.mask(told["is_told"], told["value"])


def is_live(priorities: pd.DataFrame, priority: pd.Series, on: pd.Series) -> pd.Series:
    """Return whether each priority held on a day.

    Parameters
    ----------
    priorities : DataFrame
        Canonical table. Without rows every priority counts as live.
    priority : Series of str
        Priority of each program, indexed by program_id; a missing one is not live.
    on : Series of datetime64
        The day, same index. Days before the register begins are answered with its first day: what was official then is
        not known, and a program is not to be blamed for that.
    """
    if priorities.empty:
        return priority.notna()
    opened = priorities["from"].min() if priorities["from"].notna().all() else None
    asked = pd.DataFrame({"priority_id": priority, "on": on if opened is None else on.clip(lower=opened)})
    spans = asked.rename_axis("program_id").reset_index().merge(priorities[["priority_id", "from", "to"]], on="priority_id")
    held = ~(spans["from"] > spans["on"]) & ~(spans["to"] < spans["on"])
    return pd.Series(is_among(priority.index.to_series(), spans.loc[held, "program_id"]), index=priority.index)


def owner_kinds(eng: Engagement) -> Callable[[str], str]:
    """Return the function from a name to what it stands for: person, team, committee, external, none or left.

    What the engagement has confirmed counts first, then what the type of owner beside the name says, then how it reads.
    """
    owners, programs = eng.config.owners, eng.programs
    typed = programs.loc[programs["owner_type_at_start"].isin(NO_PERSON), ["owners_at_start", "owner_type_at_start"]]
    cells = zip(split_list(typed["owners_at_start"]), typed["owner_type_at_start"], strict=True)
    known = {spelling_key(name): str(kind) for names, kind in cells for name in names}
    known |= {spelling_key(spelling): PERSON for name, others in owners.same.items() for spelling in (name, *others)}
    known |= {spelling_key(name): "left" for name in owners.left}
    known |= {spelling_key(name): kind for name, kind in owners.not_persons.items()}
    teams = frozenset(programs["team"].dropna().unique())

    @cache
    def kind_of(name: str) -> str:
        return known.get(spelling_key(name)) or looks_like_no_person(name, teams) or PERSON

    return kind_of


def _counter(eng: Engagement) -> Callable[[pd.Series], pd.Series]:
    """Return the function that counts the persons in each list of owners; an empty list holds none."""
    kind_of = owner_kinds(eng)

    def count(lists: pd.Series) -> pd.Series:
        people = split_list(lists).map(lambda names: tuple(name for name in names if kind_of(name) == PERSON))
        return persons(join_list(people), eng.config.owners).fillna(0)

    return count
