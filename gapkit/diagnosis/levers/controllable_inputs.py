"""Controllable inputs: whether every goal has a leading measure the team can move, owned, read weekly, with a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.diagnosis.indicators.measured import About
from gapkit.diagnosis.levers.lever import lever
from gapkit.diagnosis.signs.signs import counted, missing
from gapkit.labels import label_list
from gapkit.stats.intervals import Interval

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding
    from gapkit.diagnosis.indicators import Basis

ID: Final = "controllable_inputs"
STEERED: Final = About(
    "Inputs 1", "goals with a leading measure the team can steer by",
    "goals with at least one leading measure that is controllable, owned, read weekly and has a target / goals",
    ("goals", "kpis"), units="goals", is_census=True,
    clause="{} of goals have a leading measure the team can steer by",
)  # fmt: skip
NO_MEASURES: Final = "The goals and the measures that belong to them (tables goals and kpis) would switch this on."


def assess(basis: Basis) -> Finding:
    """Judge whether goals are steered by inputs the team controls.

    Parameters
    ----------
    basis : Basis
        Supplies goals and kpis.

    Notes
    -----
    All goals are seen and their state is not a sample of anything, so the score has no interval.
    """
    goals, settings = basis.eng.goals["goal_id"], basis.eng.config.settings
    if goals.empty or not basis.eng.has("kpis"):
        return lever(ID, None, [missing(STEERED, NO_MEASURES)], settings)
    steered = steered_goals(basis.eng.kpis)
    value = float(goals.isin(steered).mean())
    without = basis.eng.goals.loc[~goals.isin(steered), "label"]
    words = f"none for {label_list(without.tolist())}." if len(without) else ""
    signs = [counted(STEERED, value, len(goals), *([words] if words else []))]
    return lever(ID, Interval(100 * value, 100 * value, 100 * value), signs, settings)


def steered_goals(kpis: pd.DataFrame) -> set[str]:
    """Return the goals with a leading measure that is controllable, owned, read weekly and has a target.

    A measure without a goal of its own belongs to that of the measure it feeds.
    """
    fit = kpis["kind"].eq("leading") & kpis["controllable"].eq("yes") & kpis["owner_id"].notna()
    fit &= kpis["cadence"].eq("weekly") & kpis["target"].notna()
    parent = dict(zip(kpis["kpi_id"], kpis["parent_kpi_id"], strict=True))
    goal = dict(zip(kpis["kpi_id"], kpis["goal_id"], strict=True))
    return {found for kpi in kpis.loc[fit, "kpi_id"] if (found := _goal_of(kpi, parent, goal))}


def _goal_of(kpi: str, parent: dict[str, str], goal: dict[str, str]) -> str:
    """Return the goal of a measure, or of the nearest above it that has one; empty where there is none."""
    seen: set[str] = set()
    while kpi in parent and kpi not in seen:
        seen.add(kpi)
        if pd.notna(goal[kpi]):
            return goal[kpi]
        kpi = parent[kpi]
    return ""
