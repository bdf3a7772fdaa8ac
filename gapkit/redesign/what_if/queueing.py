"""The queue before those who sign off, simulated: requests in the order in which they reach them, each to whoever is free.

An event heap in plain Python: a request costs some microseconds, a process per program would cost a hundred.
"""

from __future__ import annotations

import heapq
from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.redesign.what_if.scripts import Script
    from gapkit.redesign.what_if.work_clock import Floats

NEVER: Final = float("inf")
BEGIN, LEAVE = -1, -2


class Run(NamedTuple):
    """What became of the programs of one run.

    Attributes
    ----------
    end : array
        When each program was through; infinite where it was cancelled before.
    waited : array
        Days its sign-offs waited to be taken up, together.
    asked : array
        How many sign-offs that were.
    """

    end: Floats
    waited: Floats
    asked: Floats


def simulate(
    starts: Floats, scripts: Sequence[Script], people: int, *, cancels: Floats | None = None, wip_limit: float = NEVER
) -> Run:
    """Run programs through the queue of those who sign off.

    Parameters
    ----------
    starts : array
        When each program is ready to begin.
    scripts : sequence of Script
        Their ways.
    people : int
        How many sign off.
    cancels : array, optional
        When each program is cancelled if it is not through by then.
    wip_limit : float
        Programs in progress at most; the others wait to begin, first come first served.

    Notes
    -----
    A request taken up early because a time was agreed for it still takes somebody's time when its turn would have come:
    agreeing on a time adds no hands.
    """
    return _Engine(starts, scripts, people, cancels, wip_limit).run()


class _Engine:
    """One run; state lives as long as it does."""

    def __init__(
        self, starts: Floats, scripts: Sequence[Script], people: int, cancels: Floats | None, wip_limit: float
    ) -> None:
        n = len(scripts)
        self.starts, self.scripts, self.limit = starts.tolist(), scripts, wip_limit
        self.cancel = [NEVER] * n if cancels is None else cancels.tolist()
        self.part, self.open, self.latest = [0] * n, [0] * n, [0.0] * n
        self.end, self.waited, self.asked = [NEVER] * n, [0.0] * n, [0] * n
        self.free = [-NEVER] * people
        self.active = 0
        self.line: deque[int] = deque()
        self.heap: list[tuple[float, int, int, int, float]] = []
        self.limited = wip_limit < NEVER

    def run(self) -> Run:
        heap, pop, sign_off = self.heap, heapq.heappop, self._sign_off
        if self.limited:
            heap += [(start, program, BEGIN, 0, 0.0) for program, start in enumerate(self.starts)]
            heapq.heapify(heap)
        else:  # programs meet nowhere but in the queue: each can be taken to its first sign-off right away
            for program, start in enumerate(self.starts):
                self._begin(start, program)
        while heap:
            now, program, chain, turn, asked = pop(heap)
            if chain >= 0:
                sign_off(now, program, chain, turn, asked)
            elif chain == BEGIN:
                self._begin(now, program)
            else:
                self._leave(now)
        return Run(np.array(self.end), np.array(self.waited), np.array(self.asked, dtype=float))

    def _begin(self, now: float, program: int) -> None:
        if self.active >= self.limit:
            self.line.append(program)
            return
        if self.cancel[program] <= now:
            return
        self.active += 1
        self._advance(program, now)

    def _leave(self, now: float) -> None:
        self.active -= 1
        while self.line and self.active < self.limit:
            self._begin(now, self.line.popleft())

    def _gone(self, program: int, at: float) -> None:
        if self.limited:
            heapq.heappush(self.heap, (at, program, LEAVE, 0, 0.0))

    def _advance(self, program: int, at: float) -> None:
        """Take a program to its next sign-offs, its end, or its cancellation."""
        parts, tail = self.scripts[program]
        number, cancel = self.part[program], self.cancel[program]
        if number == len(parts):
            end = at + tail
            if end < cancel:
                self.end[program] = end
            self._gone(program, min(end, cancel))
            return
        lead, chains = parts[number]
        at += lead
        if at >= cancel:
            self._gone(program, cancel)
            return
        self.open[program], self.latest[program] = len(chains), at
        for chain, requests in enumerate(chains):
            first, delay, _, _ = requests[0]
            heapq.heappush(self.heap, (at + first + delay, program, chain, 0, at + first))

    def _sign_off(self, ready: float, program: int, chain: int, turn: int, asked: float) -> None:
        requests = self.scripts[program][0][self.part[program]][1][chain]
        _, _, service, cap = requests[turn]
        cancel, taken = self.cancel[program], self.free[0]
        taken = max(ready, taken)
        if taken < cancel:
            heapq.heapreplace(self.free, taken + service)
        if taken > asked + cap:
            taken = asked + cap
        done = taken + service
        if done >= cancel:
            self.open[program] -= 1
            if not self.open[program]:
                self._gone(program, max(ready, cancel))
            return
        self.waited[program] += taken - asked
        self.asked[program] += 1
        turn += 1
        if turn < len(requests):
            lead, delay, _, _ = requests[turn]
            again = done + lead
            heapq.heappush(self.heap, (again + delay, program, chain, turn, again))
            return
        self.open[program] -= 1
        if done > self.latest[program]:
            self.latest[program] = done
        if not self.open[program]:
            self.part[program] += 1
            self._advance(program, self.latest[program])
