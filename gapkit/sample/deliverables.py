"""Parts of programs that are promised on their own: rows of level deliverable, and their history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from gapkit.sample.clock import HOURS, Floats, Ints
from gapkit.sample.exposure import uniforms
from gapkit.sample.history import MANAGER_LEVEL, WORKER_LEVEL, Change
from gapkit.sample.plan import UNPLANNED
from gapkit.sample.record import Record
from gapkit.sample.story import Story

# Share of promised programs with two such parts, and the shares of the plan at which these are due.
SHARE: Final = 0.25
DUE_AT: Final = (0.5, 0.8)
# What a part has in common with its program.
INHERITED: Final = [
    "type", "team", "functions", "origin", "committed_at", "plan_quarter", "baseline_start", "current_start",
    "actual_start", "owners_at_start", "owner_type_at_start", "owners_now", "goal_id", "priority_id", "new_model",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deliverables:
    """The parts.

    Attributes
    ----------
    rows : DataFrame
        Further rows of the table programs.
    changes : tuple of Change
        Their history.
    """

    rows: pd.DataFrame
    changes: tuple[Change, ...]


def add_deliverables(story: Story, record: Record, programs: pd.DataFrame) -> Deliverables:
    """Return the parts of programs; a part is done when its program leaves the stage at that share of its path."""
    draws = uniforms(story.plan, story.streams, "deliverables")[record.rows]
    promised = story.plan["origin"].to_numpy()[record.rows] != UNPLANNED
    chosen = (draws < SHARE) & promised & (programs["status"] != "merged").to_numpy()
    ids = record.rows[chosen]
    whole = programs.loc[chosen].reset_index(drop=True)
    rows: list[pd.DataFrame] = []
    changes: list[Change] = []
    for turn, share in enumerate(DUE_AT, start=1):
        done_h, due_h = _done(story, ids, share), _due(story, ids, share)
        rows.append(_rows(story, record, ids, whole, turn, done_h, due_h))
        changes += _changes(story, ids, f"-{turn}", done_h, due_h)
    return Deliverables(pd.concat(rows, ignore_index=True), tuple(changes))


def _done(story: Story, ids: Ints, share: float) -> Floats:
    """Return when the stage at that share of each program's path was done; infinite where it never was."""
    paths = story.exposed["path"].iloc[ids]
    last = {(i, path[int(share * (len(path) - 1))].name) for i, path in zip(ids.tolist(), paths, strict=True)}
    done = dict.fromkeys(ids.tolist(), np.inf)
    for visit in story.flow.visits:
        if visit.kind in ("work", "external") and (visit.program, visit.stage) in last:
            done[visit.program] = visit.left_h
    at = np.array([done[i] for i in ids.tolist()])
    # A stage cut short by the cancellation was not done.
    return np.where(at >= story.flow.cancelled_h[ids], np.inf, at)


def _due(story: Story, ids: Ints, share: float) -> Floats:
    start, end = (story.plan[column].to_numpy()[ids] for column in ("start_h", "end_h"))
    return np.asarray(np.maximum(np.floor((start + share * (end - start)) / HOURS), np.ceil(start / HOURS)) * HOURS)


def _rows(
    story: Story, record: Record, ids: Ints, whole: pd.DataFrame, turn: int, done_h: Floats, due_h: Floats
) -> pd.DataFrame:  # fmt: skip
    part = whole[INHERITED].copy()
    is_done = done_h <= record.now_h
    part["program_id"] = whole["program_id"] + f"-{turn}"
    part["name"] = whole["name"] + f", part {turn}"
    part["level"], part["parent_id"] = "deliverable", whole["program_id"]
    part["baseline_end"] = part["current_end"] = story.clock.dates(due_h)
    # A start of the whole that was moved past the part's own due day says nothing about the part.
    for column in ("baseline_start", "current_start"):
        part[column] = part[column].where(~(part[column] > part["baseline_end"]))
    part["actual_end"] = story.clock.dates(np.where(is_done, done_h, np.nan))
    part["status"] = np.where(is_done, "delivered", whole["status"])
    part["spec_planned"] = 1
    accepted = pd.Series(story.is_to_spec[ids]).astype("Int64").where(is_done)
    part["spec_accepted"], part["to_spec"] = accepted, accepted.map({1: "yes", 0: "no"})
    is_cancelled = part["status"] == "cancelled"
    part["cancelled_at"] = whole["cancelled_at"].where(is_cancelled)
    part["cancel_reason"] = whole["cancel_reason"].where(is_cancelled)
    return part


def _changes(story: Story, ids: Ints, part: str, done_h: Floats, due_h: Floats) -> Iterator[Change]:
    """Yield the history of the parts: entered with their program, begun with it, done or cancelled."""
    opens = story.plan["opens_h"].to_numpy()
    start, gone = story.flow.started_h, story.flow.cancelled_h
    for i, done, due in zip(ids.tolist(), done_h.tolist(), due_h.tolist(), strict=True):
        yield Change(i, float(opens[i]), "status", None, "not_started", MANAGER_LEVEL, part)
        yield Change(i, float(opens[i]), "end", None, due, MANAGER_LEVEL, part)
        yield Change(i, float(start[i]), "status", "not_started", "in_progress", WORKER_LEVEL, part)
        before = "in_progress" if start[i] < gone[i] else "not_started"
        yield Change(
            i, min(done, float(gone[i])), "status", before, "delivered" if done < gone[i] else "cancelled", 2, part
        )
