"""Three plans per program, and how well they are known: as first made, as last approved, as it stands today.

How far a delivery can be judged against its promise depends on what remembers the promise. The level says it per program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.plans import first_known, latest_known, plan_changes, plan_in_force
from gapkit.intake.history.signed import SIGNED
from gapkit.intake.history.snapshots import SEEN_LATER
from gapkit.labels import label_count, label_number

if TYPE_CHECKING:
    from gapkit.intake import SourceRead

LEVELS: Final = {
    "L0": "today's plan only",
    "L1": "a first plan besides, from a baseline column or a signed plan",
    "L2": "changes of plan, from a change log or repeated exports",
    "L3": "all changes of plan since the program was listed, and when it was approved",
}
PLAN_FIELDS: Final = ("start", "end")
# Events that dated exports and signed plans leave behind; they show a change, not the moment it was made.
NOT_LOGGED: Final = (SEEN_LATER, SIGNED)


def plan_history(
    programs: pd.DataFrame, status_events: pd.DataFrame, signed_plan: pd.DataFrame, sources: Sequence[SourceRead] = ()
) -> pd.DataFrame:
    """Return the plans of every program and what they rest on.

    Parameters
    ----------
    programs, status_events, signed_plan : DataFrame
        Canonical tables as known on one day.
    sources : sequence of SourceRead
        Their accounts tell from which day a cut change log is complete.

    Returns
    -------
    DataFrame
        Indexed by program_id: original_start, original_end (first known), approved_on, approved_start, approved_end (in
        force at the last signing, else when the brief was approved, else when it was committed to; missing without any of
        these), current_start, current_end, moves (changes of the planned end from one day to another), moved_days (current
        less original end, positive = later), level (a key of `LEVELS`; missing where no planned end is known).
    """
    changes = {field: plan_changes(status_events, field) for field in PLAN_FIELDS}
    by_id = programs.set_index("program_id")
    signed = signed_plan.dropna(subset=["signed_on"]).sort_values("signed_on", kind="stable")
    last = signed.drop_duplicates("program_id", keep="last").set_index("program_id").reindex(by_id.index)
    approved_on = last["signed_on"].fillna(by_id["brief_approved_at"]).fillna(by_id["committed_at"])
    plans: dict[str, pd.Series] = {}
    for field in PLAN_FIELDS:
        plans[f"original_{field}"] = first_known(programs, changes[field], field)
        in_force = plan_in_force(programs, changes[field], field, approved_on).where(approved_on.notna())
        plans[f"approved_{field}"] = last[f"planned_{field}"].fillna(in_force)
        plans[f"current_{field}"] = latest_known(programs, changes[field], field)
    ends = changes["end"]
    real = ends.loc[ends["old_on"].notna() & ends["new_on"].notna() & (ends["old_on"] != ends["new_on"])]
    frame = pd.DataFrame({
        **plans,
        "approved_on": approved_on,
        "moves": real["program_id"].value_counts().reindex(by_id.index, fill_value=0).astype("int64"),
        "moved_days": (plans["current_end"] - plans["original_end"]).dt.days,
    })  # fmt: skip
    level = _levels(by_id, status_events, last["signed_on"].notna(), approved_on.notna(), sources)
    return frame.assign(level=level.where(frame[["original_end", "current_end"]].notna().any(axis=1)))


def _levels(
    by_id: pd.DataFrame, events: pd.DataFrame, is_signed: pd.Series, is_approved: pd.Series, sources: Sequence[SourceRead]
) -> pd.Series:
    """Return how well each program's plan is known."""
    changed, logged = _with_history(by_id.index, events)
    whole = by_id["first_seen_on"].notna() | pd.Series(by_id.index.isin(_created(events)), index=by_id.index)
    since = _complete_from(events, sources).reindex(by_id.index)
    whole &= since.isna() | (by_id["first_seen_on"] >= since)
    known_first = by_id["baseline_end"].notna() | is_signed
    level = np.select([logged & whole & is_approved, changed | logged, known_first], ["L3", "L2", "L1"], default="L0")
    return pd.Series(level, index=by_id.index, dtype="str")


def _complete_from(events: pd.DataFrame, sources: Sequence[SourceRead]) -> pd.Series:
    """Return, by program, the day from which its log is complete, where that log is cut."""
    cut = {file: pd.Timestamp(read.history_from) for read in sources if read.history_from for file in read.files}
    since = _source_of(events).map(cut).astype("datetime64[us]")
    return since.groupby(events["program_id"]).max()


def _source_of(events: pd.DataFrame) -> pd.Series:
    return events["_source"].astype("str") if "_source" in events else pd.Series("", index=events.index, dtype="str")


def _is_logged(events: pd.DataFrame) -> pd.Series:
    return ~events["event_id"].str.startswith(NOT_LOGGED).fillna(False).astype(bool)


def _created(events: pd.DataFrame) -> pd.Series:
    """Return the programs whose creation stands in a log: their first status, or first stage, was set from nothing."""
    steps = events.loc[events["field"].isin(["status", "stage"]) & _is_logged(events)]
    first = steps.sort_values(["at", "event_id"], kind="stable").drop_duplicates("program_id")
    created: pd.Series = first.loc[first["old"].isna(), "program_id"]
    return created


def _with_history(ids: pd.Index, events: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return which programs have changes of plan recorded, and which stand in a change log that records such changes.

    A program that such a log knows and of which it tells no change was not changed.
    """
    is_plan = events["field"].isin(PLAN_FIELDS)
    source = _source_of(events)
    tells = source.isin(source[is_plan].unique())
    changed, logged = (ids.isin(events.loc[mask, "program_id"]) for mask in (tells, tells & _is_logged(events)))
    return pd.Series(changed, index=ids), pd.Series(logged, index=ids)


def describe_moves(history: pd.DataFrame) -> str:
    """Return how often and how far planned ends were moved, in one sentence.

    Parameters
    ----------
    history : DataFrame
        From `plan_history`.
    """
    if not history["level"].isin(["L2", "L3"]).any() and not history["moved_days"].fillna(0).ne(0).any():
        return "whether planned ends were moved is not recorded."
    moved = history.loc[history["moved_days"].fillna(0).ne(0), "moved_days"]
    later = moved[moved > 0]
    count = label_count(int(history["moves"].sum()), "recorded move")
    both = history[["original_end", "current_end"]].notna().all(axis=1).sum()
    said = f"{count} of planned ends; of {label_count(int(both), 'program')} with a first and a current date "
    said += f"{label_number(len(later))} stand later than first planned"
    if len(later):
        said += f" (median {label_count(round(float(later.median())), 'day')})"
    return f"{said} and {label_number(len(moved) - len(later))} earlier."
