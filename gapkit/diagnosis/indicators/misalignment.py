"""Misalignment: work that serves no live priority, briefs that drift, and leaders and teams who rank things differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.diagnosis.indicators.at_start import is_live, priority_at_start
from gapkit.diagnosis.indicators.basis import ONLY_TODAY
from gapkit.diagnosis.indicators.measured import About, Drawn, Measured, share_of
from gapkit.labels import label_count

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators.basis import Basis

M1 = About(
    "M1", "of programs started without a live priority or goal",
    "started in the window and, at planned start, tied to no priority or goal, or to a priority that was not live / all "
    "started in the window",
    ("programs", "priorities"),
)  # fmt: skip
M2 = About(
    "M2", "of effort went outside the top official priorities",
    "size of started programs not tied to one of the top priorities then live / size of all started; size points, 1 each "
    "where none are recorded",
    ("programs", "priorities"),
)  # fmt: skip
M3 = About(
    "M3", "of briefs were changed after approval below the level that decides",
    "programs with a change of scope after the brief was approved, made below the deciding level (by anybody where the "
    "level is not known) / programs with a brief approved in the window",
    ("status_events", "programs"),
)  # fmt: skip
M4 = About(
    "M4", "of pairs of priorities are ranked the other way round by leaders and teams",
    "(1 − τ_b) / 2 between the mean-rank orders of leadership and of all others, over the same priorities",
    ("priority_rankings", "survey_respondents"),
    units="respondents",
)  # fmt: skip


def measure(basis: Basis) -> tuple[Measured, ...]:
    """Return M1 to M4."""
    return _unlinked(basis), _outside_top(basis), _drift(basis), _disagreement(basis)


def _unlinked(basis: Basis) -> Measured:
    priority, goal = priority_at_start(basis.eng, basis.planned_start), basis.programs["goal_id"]
    if not (priority.notna() | goal.notna()).any():
        return M1.missing("No program names a goal or a priority; goal_id and priority_id would switch this on.")
    caveats = [
        "" if (basis.eng.status_events["field"] == "priority").any() else f"Priorities of programs are {ONLY_TODAY}.",
        "" if basis.eng.has("priorities") else "Whether a priority was live is not known; the table priorities would tell.",
    ]
    # A goal stands in where no priority is named, not for a priority that has run out.
    linked = is_live(basis.eng.priorities, priority, basis.planned_start) | (priority.isna() & goal.notna())
    started = basis.has_started
    return M1.measured(share_of("program", started.index[started].to_series(), ~linked[started]), *caveats)


def _outside_top(basis: Basis) -> Measured:
    priorities, priority = basis.eng.priorities, priority_at_start(basis.eng, basis.planned_start)
    if priorities["official_rank"].isna().all():
        return M2.missing("The table priorities with its column official_rank would switch this on.")
    if priority.isna().all():
        return M2.missing("No program names a priority; the column priority_id would switch this on.")
    started = basis.has_started
    size = basis.judged.loc[started, "size_points"]
    unknown = int(size.isna().sum())
    known = size.notna().any()
    # A size nobody noted is taken as typical; where none is noted, every program counts the same.
    size = size.fillna(size.median() if known else 1.0)
    top = priorities.loc[priorities["official_rank"].le(basis.norms.live_priorities), "priority_id"]
    tied = is_live(priorities, priority.where(priority.isin(top)), basis.planned_start)
    words = f"Size of {label_count(unknown, 'program')} not recorded, taken as the median." if unknown and known else ""
    return M2.measured(share_of("program", size.index.to_series(), size * ~tied[started], size), words)


def _drift(basis: Basis) -> Measured:
    events = basis.eng.status_events
    scope = events.loc[events["field"] == "scope"]
    approved = basis.programs["brief_approved_at"]
    if scope.empty:
        return M3.missing("No change of scope is recorded; a change log that records the brief would switch this on.")
    if approved.isna().all():
        return M3.missing("The column brief_approved_at would switch this on.")
    counted = basis.in_window(approved) & basis.is_recorded
    level = deciding_level(basis.eng.decisions).reindex(scope["program_id"]).to_numpy(float)
    actor = scope["actor_level"].astype("Float64").to_numpy(float, na_value=np.nan)
    # Level 0 is the top. Where either level is unknown, any change after approval counts.
    below = ~(actor <= level)
    after = local_day(scope["at"]) > approved.reindex(scope["program_id"]).set_axis(scope.index)
    changed = basis.is_among(scope.loc[after & below, "program_id"])
    unsure = int((after & np.isnan(actor - level)).sum())
    words = f"Of {label_count(unsure, 'change')} after approval the level is not known; they count." if unsure else ""
    return M3.measured(share_of("program", counted.index[counted].to_series(), changed[counted]), words)


def deciding_level(decisions: pd.DataFrame) -> pd.Series:
    """Return the highest level that decided anything about each program (0 is the top), by program_id."""
    known = decisions.dropna(subset=["program_id", "level"])
    return known.groupby("program_id")["level"].min().astype(float)


def _disagreement(basis: Basis) -> Measured:
    if basis.wave is None or basis.answers is None or basis.resampled_answers is None:
        return M4.missing("A survey in which leaders and teams rank the priorities would switch this on.")
    gap = basis.wave.results["priority_gap"]
    if not gap.is_ok:
        return M4.missing(gap.caveats[0])
    return M4.measured(Drawn(gap.n, float(basis.answers.priority_gap[0]), basis.resampled_answers.priority_gap))
