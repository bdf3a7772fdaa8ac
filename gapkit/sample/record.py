"""What the tracker holds on the day it is read: each program as of that day, and every stay in a stage up to it.

Nothing after the day is known: a program that will be finished next week is in progress, its last visit open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from gapkit.sample import catalogue
from gapkit.sample.clock import HOURS, Floats
from gapkit.sample.exposure import uniforms
from gapkit.sample.flow import Visit
from gapkit.sample.plan import PLANNED, UNPLANNED
from gapkit.sample.story import Story

CANCEL_REASONS: Final = ("decision", "no_capacity", "dependency", "budget", "no_longer_needed", "lapsed")
CANCEL_SHARES: Final = (0.25, 0.25, 0.1, 0.1, 0.15, 0.15)
# Share of delivered programs whose result somebody compared with the original intent.
RATED_SHARE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Record:
    """The programs a reader can know of, by position in the story.

    Attributes
    ----------
    now_h : float
        Close of the day on which the tracker is read.
    rows : array of int
        Programs of the told quarters (and running ones) that had entered the tracker.
    ids : array of str
        Program id by position in the story; empty where the program is not among `rows`.
    status : array of str
        By position in the story, as of `now_h`.
    """

    now_h: float
    rows: np.ndarray
    ids: np.ndarray
    status: np.ndarray


def open_record(story: Story) -> Record:
    """Return which programs the tracker holds and where each stands."""
    now = (story.clock.last_index(story.arguments.read_on) + 1) * HOURS
    plan = story.plan
    told = plan["quarter"].to_numpy() >= story.arguments.first_quarter
    known = told & (plan["opens_h"].to_numpy() <= now)
    rows = np.flatnonzero(known)
    rows = rows[np.argsort(plan["opens_h"].to_numpy()[rows], kind="stable")]
    ids = np.full(len(plan), "", dtype=object)
    ids[rows] = [f"MKT-{k:04d}" for k in range(101, 101 + len(rows))]
    return Record(now, rows, ids, _status(story, now))


def _status(story: Story, now: float) -> np.ndarray:
    flow = story.flow
    paused = np.zeros(len(story.plan), dtype=bool)
    paused[[v.program for v in story.flow.visits if v.is_pause and v.entered_h <= now < v.left_h]] = True
    gone = flow.cancelled_h <= now
    cases = [gone & story.is_merged, gone, flow.finished_h <= now, paused, flow.started_h <= now]
    return np.select(cases, ["merged", "cancelled", "delivered", "paused", "in_progress"], default="not_started")


def programs_table(story: Story, record: Record) -> pd.DataFrame:
    """Return the table programs as a careful tracker would hold it: what each was planned to be and what became of it.

    Owners, links to goals, current dates and money are added by the modules that draw them.
    """
    return pd.concat([_as_planned(story, record), _as_it_went(story, record)], axis=1)


def _as_planned(story: Story, record: Record) -> pd.DataFrame:
    rows, plan, exposed, clock = record.rows, story.plan, story.exposed, story.clock
    planned = plan["origin"].to_numpy()[rows] != UNPLANNED
    start, end = (plan[column].where(plan["origin"] != UNPLANNED).to_numpy()[rows] for column in ("start_h", "end_h"))
    return pd.DataFrame({
        "program_id": record.ids[rows],
        "name": _names(story, rows),
        "level": "program",
        "parent_id": _survivors(story, record)[rows],
        "type": np.array(story.frame.types)[plan["type"].to_numpy()[rows]],
        "team": np.array(story.frame.teams)[plan["team"].to_numpy()[rows]],
        "functions": _functions(story, rows),
        "origin": np.where(planned, PLANNED, UNPLANNED),
        "committed_at": clock.dates(plan["commit_h"].to_numpy()[rows]),
        "plan_quarter": pd.Series(plan["quarter"].to_numpy()[rows]).where(planned),
        "baseline_start": clock.dates(start),
        "baseline_end": clock.dates(end),
        "decision_distance": exposed["distance"].to_numpy()[rows],
        "approvals_planned": exposed["approvals"].to_numpy()[rows],
        "new_model": story.is_new_model[rows],
    })  # fmt: skip


def _functions(story: Story, rows: np.ndarray) -> list[str]:
    """Return Marketing and the other functions of each program, as list cells."""
    marketing, *others = story.frame.functions
    about = story.exposed.iloc[rows]
    return [
        ";".join([marketing, *((others * 2)[first - 1 : first - 1 + n - 1])])
        for n, first in zip(about["n_functions"].tolist(), about["first_function"].tolist(), strict=True)
    ]


def _as_it_went(story: Story, record: Record) -> pd.DataFrame:
    rows, flow, clock = record.rows, story.flow, story.clock
    status = record.status[rows]
    delivered, cancelled, to_spec = status == "delivered", status == "cancelled", story.is_to_spec[rows]
    reason, share, short, rated = uniforms(story.plan, story.streams, "record", 4)[rows].T
    pieces = 1 + np.floor(share**2 * 11).astype(np.int64)
    accepted = np.where(to_spec, pieces, np.maximum(pieces - 1 - np.floor(short * 3).astype(np.int64), 0))
    briefed = brief_done(story)[rows]
    return pd.DataFrame({
        "actual_start": clock.dates(np.where(flow.started_h[rows] <= record.now_h, flow.started_h[rows], np.nan)),
        "actual_end": clock.dates(np.where(delivered, flow.finished_h[rows], np.nan)),
        "status": status,
        "cancelled_at": clock.dates(np.where(cancelled, flow.cancelled_h[rows], np.nan)),
        "cancel_reason": pd.Series(_pick(CANCEL_REASONS, CANCEL_SHARES, reason)).where(cancelled),
        "spec_planned": pieces,
        "spec_accepted": pd.Series(accepted, dtype="Int64").where(delivered),
        "to_spec": pd.Series(np.where(to_spec, "yes", "no")).where(delivered),
        "brief_approved_at": clock.dates(np.where(briefed <= record.now_h, briefed, np.nan)),
        "intent_match": np.where(delivered & (rated < RATED_SHARE), _intent(story, rows), np.nan),
    })  # fmt: skip


def _pick(words: tuple[str, ...], shares: tuple[float, ...], u: Floats) -> np.ndarray:
    """Return one of the words for each uniform number, in proportion to their shares."""
    return np.array(words)[np.searchsorted(np.cumsum(shares)[:-1], u)]


def brief_done(story: Story) -> Floats:
    """Return when the brief of each program was done; infinite where it never was."""
    done = np.full(len(story.plan), np.inf)
    for visit in story.flow.visits:
        if visit.stage == catalogue.BRIEF.name and visit.kind == "work":
            done[visit.program] = visit.left_h
    # A brief cut short by the cancellation was never approved.
    return np.where(done >= story.flow.cancelled_h, np.inf, done)


def _intent(story: Story, rows: np.ndarray) -> Floats:
    """Return how well the result matches the intent, 0..4: lower when scope drifted or the decider is far away."""
    drifted = np.isfinite(story.flow.drifted_h[rows])
    away = story.exposed["distance"].to_numpy()[rows]
    loss = uniforms(story.plan, story.streams, "intent", 4)[rows] < (0.12 + 0.2 * drifted + 0.07 * away)[:, None]
    return np.asarray(4.0 - loss.sum(axis=1))


def _survivors(story: Story, record: Record) -> np.ndarray:
    """Return the id of the program each carried one went into: of its quarter, and of its team where there is one."""
    survivors = np.full(len(story.plan), None, dtype=object)
    team, quarter = story.plan["team"].to_numpy(), story.plan["quarter"].to_numpy()
    status = record.status[record.rows]
    standing = record.rows[np.isin(status, ["delivered", "in_progress"])]
    draw = uniforms(story.plan, story.streams, "survivor")
    for k in record.rows[(status == "merged") & story.is_carried[record.rows]].tolist():
        near = standing[quarter[standing] == quarter[k]]
        same = near[team[near] == team[k]]
        pool = next(group for group in (same, near, standing) if len(group))
        survivors[k] = record.ids[pool[int(draw[k] * len(pool))]]
    return survivors


def _names(story: Story, rows: np.ndarray) -> list[str]:
    """Return a name per program; one that comes up again carries its turn."""
    draws = uniforms(story.plan, story.streams, "names", 3)[rows]
    months = story.clock.dates(story.plan["end_h"].to_numpy()[rows]).dt.month.to_numpy()
    seen: dict[str, int] = {}
    names = []
    for t, month, (u, v, w) in zip(story.plan["type"].to_numpy()[rows], months, draws, strict=True):
        forms = catalogue.NAMES[story.frame.types[t]]
        pick = {"product": catalogue.PRODUCTS, "place": catalogue.PLACES, "topic": catalogue.TOPICS,
                "audience": catalogue.AUDIENCES}  # fmt: skip
        words = {key: choices[int(v * len(choices))] for key, choices in pick.items()}
        words |= {"season": catalogue.SEASONS[month % 12 // 3], "city": catalogue.CITIES[int(w * len(catalogue.CITIES))]}
        name = forms[int(u * len(forms))].format(**words)
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def visits_table(story: Story, record: Record, visits: list[Visit]) -> pd.DataFrame:
    """Return the table stage_visits; a visit still running has no end. Programs outside the system of record have none."""
    outside = story.exposed["is_outside_record"].to_numpy()
    seen = [v for v in visits if v.entered_h <= record.now_h and record.ids[v.program] and not outside[v.program]]
    left = np.array([v.left_h if v.left_h <= record.now_h else np.nan for v in seen])
    entered = np.array([v.entered_h for v in seen])
    teams = (*story.frame.teams, "")
    about = {a.name: a for a in catalogue.APPROVALS}
    table = pd.DataFrame({
        "program_id": [record.ids[v.program] for v in seen],
        "stage": [v.stage for v in seen],
        "kind": [v.kind for v in seen],
        "entered_at": story.clock.moments(entered),
        "left_at": story.clock.moments(left),
        "team": [teams[v.team] or about[v.stage].team for v in seen],
        "work_hours": np.round([v.worked_h(record.now_h) for v in seen], 1),
        "returned": [v.is_returned and v.left_h <= record.now_h if v.kind == "approval" else None for v in seen],
        "sla_days": [about[v.stage].sla_bdays if v.kind == "approval" else None for v in seen],
    })  # fmt: skip
    return table.sort_values(["program_id", "entered_at"], kind="stable", ignore_index=True)
