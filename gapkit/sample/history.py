"""The change history: every status, stage, date, owner and scope as it was set and changed, and when it was noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.sample.clock import HOURS, Bools, Floats, Ints
from gapkit.sample.exposure import normals, uniforms
from gapkit.sample.flow import Visit
from gapkit.sample.owners import Owners
from gapkit.sample.plan import UNPLANNED
from gapkit.sample.record import Record, brief_done
from gapkit.sample.story import Story

REDATED_SHARE: Final = 0.4
REDATED_AGAIN_SHARE: Final = 0.35
START_MOVED_SHARE: Final = 0.5
AGREED_SCOPE_SHARE: Final = 0.08
AGREED_SCOPE: Final = "reduced by agreement"
SCOPE_WORDS: Final = ("audience changed", "goal changed", "markets changed", "offer changed", "format changed")
# Organisational level of whoever usually makes a change: contributors move stages, managers move dates.
WORKER_LEVEL, MANAGER_LEVEL, LOWEST_LEVEL = 3, 2, 4


class Change(NamedTuple):
    """One change of one field of a program, or of a part of it; dates are positions until they are written."""

    program: int
    at_h: float
    field: str
    old: str | float | None
    new: str | float
    level: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Replan:
    """Planned dates as moved.

    Attributes
    ----------
    start_h, end_h : array
        Planned dates in force on the day the tracker is read, by position in the story.
    changes : tuple of Change
        Every move.
    """

    start_h: Floats
    end_h: Floats
    changes: tuple[Change, ...]


def replan(story: Story, record: Record) -> Replan:
    """Return how planned dates were moved.

    Two in five late programs are re-dated once their delay shows, some of them again; never before the plan was frozen.
    """
    plan, flow = story.plan, story.flow
    start, end = plan["start_h"].to_numpy(copy=True), plan["end_h"].to_numpy(copy=True)
    over = np.minimum(flow.finished_h, flow.cancelled_h)
    draws, sizes = uniforms(plan, story.streams, "re-dating", 5), normals(plan, story.streams, "re-dating size", 2)
    is_promised = (plan["origin"] != UNPLANNED).to_numpy()
    earliest = np.where(plan["origin"] == "planned", plan["freeze_h"] + HOURS, plan["opens_h"]) + HOURS
    changes = []
    for turn, share in enumerate((REDATED_SHARE, REDATED_AGAIN_SHARE)):
        span = end - plan["start_h"].to_numpy()
        at = np.maximum(end - (0.05 + 0.35 * draws[:, 2 * turn]) * span, earliest)
        late = (flow.finished_h > end) & (at < over) & (at <= record.now_h) & is_promised
        moved = late & (draws[:, 2 * turn + 1] < share) & (turn == 0 or end > plan["end_h"].to_numpy())
        days = np.clip(np.round(15 * np.exp(0.5 * sizes[:, turn])), 3, 60)
        new = np.where(moved, end + days * HOURS, end)
        changes += _moves("end", np.flatnonzero(moved), at, end, new)
        end = new
    slipped = (flow.started_h > start + 3 * HOURS) & (start < over) & (start <= record.now_h) & is_promised
    slipped &= (draws[:, 4] < START_MOVED_SHARE) & (flow.started_h < end)
    new = np.where(slipped, flow.started_h, start)
    changes += _moves("start", np.flatnonzero(slipped), start, start, new)
    return _roll_forward(story, Replan(new, end, tuple(changes)))


def _moves(field: str, which: Ints, at: Floats, old: Floats, new: Floats) -> list[Change]:
    """Return one change of a planned date for each program in `which`."""
    return [Change(i, float(at[i]), field, float(old[i]), float(new[i]), MANAGER_LEVEL) for i in which.tolist()]


def _roll_forward(story: Story, moved: Replan) -> Replan:
    """Return the plan with what was unfinished at the end of the after quarter moved on, where the world does that."""
    rolled = is_rolled_forward(story)
    if not rolled.any():
        return moved
    close = story.plan["quarter_end_h"].to_numpy()
    end = np.where(rolled, np.maximum(moved.end_h, close + 45 * HOURS), moved.end_h)
    changes = [Change(i, float(close[i] - 0.5), "end", float(moved.end_h[i]), float(end[i]), MANAGER_LEVEL)
               for i in np.flatnonzero(rolled & (end > moved.end_h)).tolist()]  # fmt: skip
    return Replan(moved.start_h, end, (*moved.changes, *changes))


def is_rolled_forward(story: Story) -> Bools:
    """Return which programs the tracker moves out of the after quarter, plan columns included."""
    close = story.plan["quarter_end_h"].to_numpy()
    running = (story.flow.finished_h > close) & (story.flow.cancelled_h > close)
    promised = (story.plan["origin"] != UNPLANNED).to_numpy()
    inside = ~story.exposed["is_outside_record"].to_numpy()
    return np.asarray(
        running & promised & inside & story.plan["is_after"].to_numpy() & story.arguments.setting.rolls_forward
    )


def logged_visits(story: Story, record: Record, lag_hours: float) -> list[Visit]:
    """Return the visits as the tracker logged them: every move into the next stage noted a little late, never out of order.

    Parameters
    ----------
    lag_hours : float
        Mean delay in working hours; 0 for a tracker that is always up to date.
    """
    visits = sorted(story.flow.visits, key=lambda visit: (visit.program, visit.entered_h))
    if not lag_hours:
        return visits
    lags = iter(story.streams.history("lag").exponential(lag_hours, 2 * len(visits)).tolist())
    noted: dict[tuple[int, float], float] = {}
    logged = []
    for visit in visits:
        entered = noted.setdefault((visit.program, visit.entered_h), _late(visit.entered_h, next(lags), record.now_h))
        left = max(entered, _late(visit.left_h, next(lags), record.now_h))
        # Leaving one stage and entering the next are one entry in the log.
        noted[visit.program, visit.left_h] = left
        logged.append(visit._replace(entered_h=entered, left_h=left))
    return logged


def _late(at: float, lag: float, now: float) -> float:
    """Return when something was written down; what the reader knows was written by the day of reading."""
    return min(at + lag, now) if at <= now else at + lag


def changes_of(story: Story, record: Record, moved: Replan, owners: Owners, visits: list[Visit]) -> list[Change]:
    """Return every change of every program, whether anybody knows of it yet or not."""
    found = [*_openings(story, record, owners), *moved.changes, *_scope(story), *_stages(visits), *_statuses(story, visits)]
    found += [Change(c.program, c.at_h, "owner", c.old, c.new, MANAGER_LEVEL) for c in owners.changes]
    return found


def _openings(story: Story, record: Record, owners: Owners) -> Iterator[Change]:
    """Yield what is set when a program enters the tracker: status, owner, planned dates."""
    plan = story.plan
    opens, start, end = plan["opens_h"].tolist(), plan["start_h"].tolist(), plan["end_h"].tolist()
    for i in record.rows.tolist():
        yield Change(i, opens[i], "status", None, "not_started", MANAGER_LEVEL)
        if owners.at_start[i] is not None:
            yield Change(i, opens[i], "owner", None, owners.at_start[i], MANAGER_LEVEL)
        yield Change(i, opens[i], "start", None, start[i], MANAGER_LEVEL)
        yield Change(i, opens[i], "end", None, end[i], MANAGER_LEVEL)


def decider_level(distance: int) -> int:
    """Return the organisational level that decides a program: the farther away from the doer, the higher up."""
    return max(0, WORKER_LEVEL - distance)


def _scope(story: Story) -> Iterator[Change]:
    """Yield changes of scope: drift, made below the level that decides, and a few agreed ones, made by whoever decides."""
    draws = uniforms(story.plan, story.streams, "scope", 3)
    words = np.floor(draws[:, 0] * len(SCOPE_WORDS)).astype(np.int64)
    distance = story.exposed["distance"].tolist()
    briefed, over = brief_done(story), np.minimum(story.flow.finished_h, story.flow.cancelled_h)
    found = []
    for i in np.flatnonzero(np.isfinite(story.flow.drifted_h)).tolist():
        level = min(LOWEST_LEVEL, decider_level(distance[i]) + 1)
        found.append((float(story.flow.drifted_h[i]), i, SCOPE_WORDS[words[i]], level))
    agreed = (draws[:, 1] < AGREED_SCOPE_SHARE) & np.isfinite(briefed) & np.isfinite(over)
    at = np.full(len(over), np.inf)
    at[agreed] = briefed[agreed] + draws[agreed, 2] * (over[agreed] - briefed[agreed])
    found += [(float(at[i]), i, AGREED_SCOPE, decider_level(distance[i])) for i in np.flatnonzero(agreed).tolist()]
    scope: dict[int, str] = {}
    for moment, i, new, level in sorted(found):
        yield Change(i, moment, "scope", scope.get(i, "as briefed"), new, level)
        scope[i] = new


def _stages(visits: list[Visit]) -> Iterator[Change]:
    """Yield a change of stage wherever the stage's name changes."""
    before: dict[int, str] = {}
    for visit in visits:
        old = before.get(visit.program)
        if visit.stage != old:
            yield Change(visit.program, visit.entered_h, "stage", old, visit.stage, WORKER_LEVEL)
        before[visit.program] = visit.stage


def _statuses(story: Story, visits: list[Visit]) -> Iterator[Change]:
    """Yield changes of status: started, paused and taken up again, delivered, cancelled, merged."""
    flow, merged = story.flow, story.is_merged
    status: dict[int, str] = {}
    last: dict[int, float] = {}
    for visit in visits:
        old, new = status.get(visit.program, "not_started"), "paused" if visit.is_pause else "in_progress"
        if new != old:
            yield Change(visit.program, visit.entered_h, "status", old, new, WORKER_LEVEL)
        status[visit.program], last[visit.program] = new, max(last.get(visit.program, 0.0), visit.left_h)
    for i in np.flatnonzero(np.isfinite(flow.finished_h)).tolist():
        yield Change(i, last[i], "status", status[i], "delivered", WORKER_LEVEL)
    for i in np.flatnonzero(flow.is_cancelled).tolist():
        at = max(float(flow.cancelled_h[i]), last.get(i, 0.0))
        yield Change(i, at, "status", status.get(i, "not_started"), "merged" if merged[i] else "cancelled", MANAGER_LEVEL)


def events_table(story: Story, record: Record, changes: list[Change]) -> pd.DataFrame:
    """Return the table status_events, in order of time: what is known on the day the tracker is read.

    Programs outside the system of record have no history.
    """
    outside = story.exposed["is_outside_record"].to_numpy()
    known = [c for c in changes if record.ids[c.program] and not outside[c.program] and c.at_h <= record.now_h]
    order = {field: k for k, field in enumerate(("status", "stage", "owner", "start", "end", "scope"))}
    ordered = sorted(
        known, key=lambda c: (c.at_h, c.program, c.part, c.field == "status" and c.new in _LAST, order[c.field])
    )
    is_date = np.array([change.field in ("start", "end") for change in ordered])
    return pd.DataFrame({
        "event_id": [f"E{k:05d}" for k in range(1, len(ordered) + 1)],
        "program_id": [f"{record.ids[change.program]}{change.part}" for change in ordered],
        "at": story.clock.moments(np.array([change.at_h for change in ordered])),
        "field": [change.field for change in ordered],
        "old": _written(story, [change.old for change in ordered], is_date),
        "new": _written(story, [change.new for change in ordered], is_date),
        "actor_level": [change.level for change in ordered],
    })  # fmt: skip


_LAST: Final = ("delivered", "cancelled", "merged")


def _written(story: Story, values: list[str | float | None], is_date: np.ndarray) -> pd.Series:
    """Return values as text, dates as YYYY-MM-DD."""
    positions = np.array([value if isinstance(value, float) else np.nan for value in values])
    days = story.clock.dates(positions).dt.strftime("%Y-%m-%d")
    return (
        pd.Series(values, dtype=object).where(~is_date, days).astype("str").where(pd.Series(values, dtype=object).notna())
    )
