"""Where effort goes today, priority by priority, and which open programs serve none of those that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import networkx as nx
import pandas as pd

from gapkit.vocabulary import OPEN_STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement

NO_TIE: Final = "serves no priority and no goal"
ENDED: Final = "serves a priority that does not hold today"
BEYOND: Final = "serves a priority that is not kept"
STOP_COLUMNS: Final = (
    "program_id", "name", "team", "status", "planned_end", "points", "priority_id", "reason", "needed_by",
)  # fmt: skip


def open_programs(eng: Engagement, diagnosis: Diagnosis) -> pd.DataFrame:
    """Return every open program with its effort and what it serves today.

    Parameters
    ----------
    eng : Engagement
        Supplies priority and goal of each program.
    diagnosis : Diagnosis
        Supplies the programs that are units of work of their own.

    Returns
    -------
    DataFrame
        Indexed by program_id: name, team, status, planned_end (latest plan), points, is_size_known, is_started,
        priority_id, has_goal. A size nobody noted counts as the median of the open ones; where none is noted, every program
        counts 1.
    """
    judged = diagnosis.baseline.judged
    rows = judged.loc[judged["status"].isin(OPEN_STATUSES)]
    serves = eng.programs.set_index("program_id").reindex(rows.index)
    size = rows["size_points"].astype(float)
    return pd.DataFrame({
        "name": rows["name"],
        "team": rows["team"],
        "status": rows["status"],
        "planned_end": rows["latest_end"],
        "points": size.fillna(size.median() if size.notna().any() else 1.0),
        "is_size_known": size.notna(),
        "is_started": rows["status"].ne("not_started") | rows["actual_start"].notna(),
        "priority_id": serves["priority_id"],
        "has_goal": serves["goal_id"].notna(),
    })  # fmt: skip


def effort_by_priority(programs: pd.DataFrame, live: list[str]) -> pd.DataFrame:
    """Return the effort in flight behind each live priority.

    Parameters
    ----------
    programs : DataFrame
        From `open_programs`.
    live : list of str
        Ids of the priorities that hold today.

    Returns
    -------
    DataFrame
        Indexed by priority id, in the order given: in_flight (programs started and not finished), waiting (open, not
        started), points (size of those in flight), share (of all effort in flight, whatever it serves; missing where
        nothing is in flight).

    Examples
    --------
    >>> programs = pd.DataFrame({"priority_id": ["A", "A", "B", None], "points": [3.0, 9.0, 1.0, 6.0],
    ...                          "is_started": [True, False, True, True]})
    >>> effort_by_priority(programs, ["A", "B", "C"]).to_dict("index")["A"]
    {'in_flight': 1, 'waiting': 1, 'points': 3.0, 'share': 0.3}
    """
    # Without a priority the index must still hold text.
    index = pd.Index(live, dtype="str", name="priority_id")
    started = programs.loc[programs["is_started"]]
    waiting = programs.loc[~programs["is_started"]]
    points = started.groupby("priority_id")["points"].sum().reindex(index, fill_value=0.0)
    total = float(started["points"].sum())
    return pd.DataFrame({
        "in_flight": started["priority_id"].value_counts().reindex(index, fill_value=0).astype(int),
        "waiting": waiting["priority_id"].value_counts().reindex(index, fill_value=0).astype(int),
        "points": points,
        "share": points / total if total else float("nan"),
    })  # fmt: skip


def programs_to_stop(programs: pd.DataFrame, keep: Mapping[str, bool], dependencies: pd.DataFrame) -> pd.DataFrame:
    """Return the open programs that serve none of the priorities kept.

    Parameters
    ----------
    programs : DataFrame
        From `open_programs`.
    keep : mapping of str to bool
        Every priority that holds today, and whether it is kept. Empty where it is not known which hold: then only programs
        that serve nothing are named.
    dependencies : DataFrame
        Canonical table.

    Returns
    -------
    DataFrame
        Columns as `STOP_COLUMNS`, the most effort first. `needed_by` holds the open programs to be kept that wait for this
        one, also through others: to stop it would stop them. A program that names a goal and no priority is left out:
        nobody has said yet what it serves.
    """
    priority = programs["priority_id"]
    reason = pd.Series(None, index=programs.index, dtype="str")
    reason = reason.mask(priority.isna() & ~programs["has_goal"], NO_TIE)
    if keep:
        reason = reason.mask(priority.notna() & ~priority.isin(list(keep)), ENDED)
        reason = reason.mask(priority.isin([name for name, kept in keep.items() if not kept]), BEYOND)
    found = programs.assign(reason=reason).loc[reason.notna()].rename_axis("program_id").reset_index()
    found["needed_by"] = _waiting_for(found["program_id"], set(programs.index[reason.isna()]), dependencies)
    order = ["points", "program_id"]
    return found.sort_values(order, ascending=[False, True], ignore_index=True)[list(STOP_COLUMNS)]


def _waiting_for(stopped: pd.Series, kept: set[str], dependencies: pd.DataFrame) -> pd.Series:
    """Return the kept programs that wait for each one, those further down a chain too."""
    level = dependencies["level"].fillna("program")
    waits = nx.DiGraph(dependencies.loc[level == "program", ["from_id", "to_id"]].itertuples(index=False, name=None))
    found = [tuple(sorted(nx.descendants(waits, one) & kept)) if one in waits else () for one in stopped]
    return pd.Series(found, index=stopped.index, dtype=object)


def goal_only(programs: pd.DataFrame) -> int:
    """Return how many open programs name a goal and no priority."""
    return int((programs["priority_id"].isna() & programs["has_goal"]).sum())
