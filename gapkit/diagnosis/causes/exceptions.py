"""Who asks for the exception? Changes to what had been agreed, by the organisational level they came from.

A level of few people is never shown by itself: levels are joined from the top until there are enough people in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.labels import label_list

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators import Basis

AGREED: Final = ("scope", "priority", "spec")
COLUMNS: Final = ("level", "people", "exceptions", "per_program")
UNKNOWN: Final = "level not recorded"


def exceptions(basis: Basis) -> pd.DataFrame:
    """Return every change to what had been agreed about a program that started in the window.

    Returns
    -------
    DataFrame
        Columns program_id and level (missing where it is not recorded): one row per change of scope, priority or
        specification after the brief was approved, or, where no approval is recorded, after work began. A first value,
        which replaces none, is no change; a change of scope always is.
    """
    events = basis.eng.status_events
    agreed_on = basis.programs["brief_approved_at"].fillna(basis.judged["actual_start"])
    agreed_on = agreed_on[basis.has_started & basis.is_recorded]
    changes = events.loc[events["field"].isin(AGREED) & (events["field"].eq("scope") | events["old"].notna())]
    after = local_day(changes["at"]) > agreed_on.reindex(changes["program_id"]).set_axis(changes.index)
    return changes.loc[after, ["program_id", "actor_level"]].rename(columns={"actor_level": "level"}).reset_index(drop=True)


def join_levels(people_per_level: pd.Series, smallest: int) -> list[tuple[int, ...]]:
    """Return levels joined from the top until each part holds enough people; too few at the end join the part before.

    Parameters
    ----------
    people_per_level : Series of int
        People by level, 0 the top.
    smallest : int
        People each part must hold.

    Returns
    -------
    list of tuple of int
        Empty where there are too few people in all.

    Examples
    --------
    >>> join_levels(pd.Series({0: 1, 1: 6, 2: 12, 3: 2}), 5)
    [(0, 1), (2, 3)]
    """
    parts: list[tuple[int, ...]] = []
    waiting: tuple[int, ...] = ()
    people = 0
    for level, n in people_per_level.sort_index().items():
        waiting, people = (*waiting, int(str(level))), people + int(n)
        if people >= smallest:
            parts, waiting, people = [*parts, waiting], (), 0
    return [*parts[:-1], parts[-1] + waiting] if parts else []


def exceptions_by_level(found: pd.DataFrame, programs: int, people: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Return how many exceptions came from each level.

    Parameters
    ----------
    found : DataFrame
        From `exceptions`.
    programs : int
        Programs they are counted over.
    people : DataFrame
        Canonical people; without it no level can be shown.
    smallest : int
        Smallest group of people that may be shown.

    Returns
    -------
    DataFrame
        Columns level (in words, the top first), people, exceptions, per_program; exceptions of which the level is not
        recorded, or held by nobody listed, come last. Empty where levels may not be shown, or none is recorded.
    """
    parts = join_levels(people.groupby("level").size(), smallest)
    if not parts or not programs or found["level"].isna().all():
        return pd.DataFrame(columns=list(COLUMNS))
    rows = []
    for part in parts:
        count = int(found["level"].isin(part).sum())
        words = f"level{'s' if len(part) > 1 else ''} {label_list([str(level) for level in part])}"
        rows.append((words, int(people["level"].isin(part).sum()), count, count / programs))
    rest = len(found) - sum(row[2] for row in rows)
    rows += [(UNKNOWN, 0, rest, rest / programs)] if rest else []
    return pd.DataFrame(rows, columns=list(COLUMNS))
