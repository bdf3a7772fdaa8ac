"""The work itself: programs move through stages, wait for approvers, are sent back, paused, cancelled, or reach the market.

Only approvers are shared, so only sign-offs need a queue: requests are served in the order in which they become ready, each
by the approver who is free first. Between two sign-offs a program needs nobody else and its path is added up.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.sample import catalogue
from gapkit.sample.clock import HOURS, Bools, Floats
from gapkit.sample.exposure import normals, uniforms
from gapkit.sample.levers import Levers
from gapkit.sample.needs import Needs
from gapkit.sample.plan import UNPLANNED
from gapkit.sample.queueing import MOST_RETURNS, Approvers
from gapkit.sample.streams import Streams

PAUSE_HOURS, PAUSE_SPREAD = 20.0, 0.5
# Rework after a return, as a share of that after a change of scope.
AFTER_RETURN: Final = 0.35
NEVER: Final = float("inf")
WEEK_HOURS: Final = 5 * HOURS
# Kinds of entry in the heap other than a sign-off: a program is ready to begin, a program has left.
BEGINS, LEAVES = -1, -2


class Visit(NamedTuple):
    """One stay in one stage.

    `team` is an index, −1 where it is the approver's own; `works_from_h` is when somebody takes it up, infinite if nobody
    does.
    """

    program: int
    stage: str
    team: int
    kind: str
    entered_h: float
    left_h: float
    works_from_h: float
    is_returned: bool
    is_pause: bool

    def worked_h(self, now_h: float = float("inf")) -> float:
        """Return the hours worked on it up to a moment."""
        return max(0.0, min(self.left_h, now_h) - max(self.entered_h, self.works_from_h))


@dataclass(frozen=True, slots=True)
class Flow:
    """What became of every program, to the very end, whether anybody has seen it yet or not.

    Attributes
    ----------
    visits : list of Visit
        In the order in which each program makes them.
    started_h, finished_h, cancelled_h : array
        Positions on the clock; infinite where it never happens.
    drifted_h : array
        When its scope changed; infinite where it did not.
    """

    visits: list[Visit]
    started_h: Floats
    finished_h: Floats
    cancelled_h: Floats
    drifted_h: Floats

    @property
    def is_cancelled(self) -> Bools:
        """Which programs are cancelled in the end."""
        return np.isfinite(self.cancelled_h)


class Surprises(NamedTuple):
    """Unplanned starts of one team: when, how long each holds others up, and its part of the draw who is held up."""

    at: list[float]
    hours: list[float]
    draw: list[float]


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds the programs: their paths and teams, sign-offs, approvers, surprise work, rules."""

    paths: list[tuple[catalogue.Stage, ...]]
    teams: list[tuple[int, ...]]
    approvals: list[tuple[int, ...]]
    approvers: Approvers
    surprises: dict[int, Surprises]
    own_team: list[int]
    is_held_up: list[bool]
    pause_draw: list[float]
    pause_share: float
    returned_share: float
    levers: Levers


def surprises_by_team(plan: pd.DataFrame, streams: Streams) -> dict[int, Surprises]:
    """Return the unplanned starts of each team, in order of time."""
    draws = uniforms(plan, streams, "surprise")
    hours = PAUSE_HOURS * np.exp(PAUSE_SPREAD * normals(plan, streams, "pause length", 1)[:, 0])
    starts, team = plan["start_h"].to_numpy(), plan["team"].to_numpy()
    order = np.argsort(starts, kind="stable")
    sudden = order[(plan["origin"] == UNPLANNED).to_numpy()[order]]
    rows = {k: sudden[team[sudden] == k] for k in range(int(team.max()) + 1)}
    return {k: Surprises(starts[own].tolist(), hours[own].tolist(), draws[own].tolist()) for k, own in rows.items()}


def stage_teams(
    paths: Sequence[tuple[catalogue.Stage, ...]], own: Sequence[int], teams: tuple[str, ...]
) -> list[tuple[int, ...]]:
    """Return the team of each stage: the specialist one where the organisation has it, else the program's own."""
    place = {name: k for k, name in enumerate(teams)}
    return [tuple(place.get(stage.team, home) for stage in path) for path, home in zip(paths, own, strict=True)]


def run_flow(needs: Needs, setting: Setting) -> Flow:
    """Return what becomes of every program."""
    return _Engine(needs, setting).run()


class _Engine:
    """One run. State lives as long as the run; a request waits in the heap under the hour at which it becomes ready."""

    def __init__(self, needs: Needs, setting: Setting) -> None:
        self.setting = setting
        self.work, self.wait, self.rework = needs.work.tolist(), needs.wait.tolist(), needs.rework.tolist()
        self.service, self.delay = needs.service.tolist(), needs.delay.tolist()
        self.sent_back, self.kept = needs.sent_back.tolist(), needs.kept.tolist()
        self.drifts, self.corrects_late = needs.drifts.tolist(), needs.corrects_late.tolist()
        self.start, self.cancel = needs.start_h.tolist(), needs.cancel_h.tolist()
        n = len(self.start)
        self.visits: list[Visit] = []
        self.finished, self.drifted = [NEVER] * n, [NEVER] * n
        self.stage, self.open_approvals, self.latest = [0] * n, [0] * n, [0.0] * n
        self.free = [0.0] * setting.approvers.servers
        self.heap: list[tuple[float, int, int, int, float]] = []
        cap = setting.levers.approval_wait_cap_bdays
        self.cap_hours = NEVER if cap is None else cap * HOURS
        limit = setting.levers.max_returns
        self.most_returns = MOST_RETURNS if limit is None else min(limit, MOST_RETURNS)
        self.running, self.gone, self.line = 0, set[int](), deque[int]()

    def run(self) -> Flow:
        in_order = np.argsort(self.start, kind="stable").tolist()
        if self.setting.levers.wip_limit is None:
            for program in in_order:
                if self.start[program] < self.cancel[program]:
                    self._advance(program, self.start[program])
        else:
            for program in in_order:
                heapq.heappush(self.heap, (self.start[program], program, BEGINS, 0, 0.0))
        while self.heap:
            at, program, what, turn, asked = heapq.heappop(self.heap)
            if what == BEGINS:
                self._begin(program, at)
            elif what == LEAVES:
                self._leave(at)
            else:
                self._sign_off(at, program, what, turn, asked)
        started, finished = np.array(self.start), np.array(self.finished)
        cancelled = np.where(np.isfinite(finished), NEVER, np.array(self.cancel))
        return Flow(
            self.visits, np.where(started < self.cancel, started, NEVER), finished, cancelled, np.array(self.drifted)
        )

    def _begin(self, i: int, at: float) -> None:
        """Begin a program if the limit on work in progress allows, else let it stand in line."""
        if self.running >= (self.setting.levers.wip_limit or NEVER):
            self.line.append(i)
            return
        self.start[i] = at
        if at < self.cancel[i]:
            self.running += 1
            self._advance(i, at)

    def _leave(self, at: float) -> None:
        self.running -= 1
        while self.line and self.running < (self.setting.levers.wip_limit or NEVER):
            self._begin(self.line.popleft(), at)

    def _left(self, i: int, at: float) -> None:
        """Note that a program leaves, finished or cancelled, which lets the next one begin."""
        if self.setting.levers.wip_limit is not None and i not in self.gone:
            self.gone.add(i)
            heapq.heappush(self.heap, (at, i, LEAVES, 0, 0.0))

    def _record(
        self, i: int, stage: str, team: int, kind: str, at: float, until: float, works_from: float,
        *, is_returned: bool = False, is_pause: bool = False,
    ) -> bool:  # fmt: skip
        """Note a visit, cut off at the cancellation; return whether the program lives on."""
        cancel = self.cancel[i]
        alive = bool(until < cancel)
        if until > at:
            left = until if alive else cancel
            self.visits.append(Visit(i, stage, team, kind, at, left, works_from, is_returned and alive, is_pause))
        if not alive:
            self._left(i, cancel)
        return alive

    def _advance(self, i: int, at: float) -> None:
        """Take a program from the start of its next stage to its next sign-off, its end, or its cancellation."""
        path, approvals = self.setting.paths[i], self.setting.approvals[i]
        while self.stage[i] < len(path):
            k = self.stage[i]
            after = self._do_stage(i, k, at)
            if after is None:
                return
            at = after
            self.stage[i] += 1
            due = [a for a in approvals if _place(a, len(path)) == k]
            if due:
                self._ask(i, due, at)
                return
        self.finished[i] = at
        self._left(i, at)

    def _do_stage(self, i: int, k: int, at: float) -> float | None:
        stage, team = self.setting.paths[i][k], self.setting.teams[i][k]
        last = len(self.setting.paths[i]) - 1
        if k == last and self.corrects_late[i]:
            done = at + self.rework[i]
            if not self._record(i, self.setting.paths[i][k - 1].name, team, "rework", at, done, at):
                return None
            at = done
        # Work waits before every stage but the brief, with which it begins.
        ready = at + (self.wait[i][k] if k else 0.0)
        if not self._record(i, stage.name, team, "wait", at, ready, NEVER):
            return None
        done_at = self._work(i, stage, team, self.work[i][k], ready)
        if done_at is not None and self.drifts[i] and k == max(1, last // 2):
            self.drifted[i] = done_at
            again = done_at + self.rework[i]
            return again if self._record(i, stage.name, team, "rework", done_at, again, done_at) else None
        return done_at

    def _work(self, i: int, stage: catalogue.Stage, team: int, hours: float, at: float) -> float | None:
        """Do the work of a stage, held up by surprise work of the program's own team."""
        kind = "external" if stage.is_external else "work"
        surprises = self.setting.surprises[self.setting.own_team[i]]
        left = hours
        if self.setting.is_held_up[i]:
            for moment, pause, draw in zip(*surprises, strict=True):
                if moment <= at:
                    continue
                if moment >= at + left:
                    break
                if (draw + self.setting.pause_draw[i]) % 1.0 < self.setting.pause_share:
                    if not self._record(i, stage.name, team, kind, at, moment, NEVER if stage.is_external else at):
                        return None
                    if not self._record(i, stage.name, team, "wait", moment, moment + pause, NEVER, is_pause=True):
                        return None
                    left -= moment - at
                    at = moment + pause
        alive = self._record(i, stage.name, team, kind, at, at + left, NEVER if stage.is_external else at)
        return at + left if alive else None

    def _ask(self, i: int, due: list[int], at: float) -> None:
        """Ask for sign-offs: all at once if they run in parallel, else the first; the rest stay in line behind it."""
        batch = due if self.setting.levers.parallel_approvals else due[:1]
        self.open_approvals[i], self.latest[i] = len(batch), at
        for a in batch:
            self._request(i, a, 0, at)

    def _request(self, i: int, a: int, turn: int, at: float) -> None:
        heapq.heappush(self.heap, (at + self.delay[i][a][turn], i, a, turn, at))

    def _sign_off(self, ready: float, i: int, a: int, turn: int, asked: float) -> None:
        """Serve the request that became ready first."""
        service = self.service[i][a][turn]
        taken = max(ready, self.free[0])
        if asked < self.cancel[i] and taken < self.cancel[i]:
            heapq.heapreplace(self.free, taken + service)
        limit = self.cap_hours
        if self.setting.levers.weekly_forum:
            limit = min(limit, WEEK_HOURS - asked % WEEK_HOURS)
        if taken - asked > limit and self.kept[i][a] < self.setting.levers.adherence:
            taken = asked + limit
        done = taken + service
        returned = turn < self.most_returns and self.sent_back[i][a][turn] < self.setting.returned_share
        approval = catalogue.APPROVALS[a]
        if not self._record(i, approval.name, -1, "approval", asked, done, taken, is_returned=returned):
            return
        if returned:
            self._redo(i, a, turn, done)
        else:
            self._granted(i, a, done)

    def _redo(self, i: int, a: int, turn: int, at: float) -> None:
        k = self.stage[i] - 1
        stage, team = self.setting.paths[i][k], self.setting.teams[i][k]
        again = at + self.rework[i] * AFTER_RETURN
        if self._record(i, stage.name, team, "rework", at, again, at):
            self._request(i, a, turn + 1, again)

    def _granted(self, i: int, a: int, at: float) -> None:
        self.open_approvals[i] -= 1
        self.latest[i] = max(self.latest[i], at)
        if self.open_approvals[i]:
            return
        path = self.setting.paths[i]
        due = [b for b in self.setting.approvals[i] if _place(b, len(path)) == self.stage[i] - 1]
        left = [] if self.setting.levers.parallel_approvals else due[due.index(a) + 1 :]
        if left:
            self._ask(i, left, self.latest[i])
        else:
            self._advance(i, self.latest[i])


def _place(approval: int, stages: int) -> int:
    """Return after which stage a sign-off comes: 0 the brief, the last but one at the latest."""
    return int(catalogue.APPROVALS[approval].after * (stages - 2))
