"""The simulation, fitted to the record: who handles sign-offs, how long these lie, and whether the past comes out right.

A simulation that cannot reproduce the baseline may not predict what a lever does to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gapkit.redesign.what_if.edits import draw_chance
from gapkit.redesign.what_if.judging import RATES, TIMES
from gapkit.redesign.what_if.offsets import drawn_slots, offsets_of, starts_in_window
from gapkit.redesign.what_if.paths import lay_out
from gapkit.redesign.what_if.queueing import Run, simulate
from gapkit.redesign.what_if.resampling import versions_of
from gapkit.redesign.what_if.scripts import NEVER, Request, Script, ScriptWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from gapkit.redesign.what_if.contention import Handling
    from gapkit.redesign.what_if.levers import Pull
    from gapkit.redesign.what_if.traces import Traces
    from gapkit.redesign.what_if.work_clock import Floats

REPLICATIONS: Final = 30
TRIALS: Final = 4  # runs behind each step of the fit
STEPS: Final = 6
MOST_LYING: Final = 2.0
CHANCES: Final = 3


class Draw(NamedTuple):
    """One replication: which programs start when. The same for every lever (common random numbers).

    Attributes
    ----------
    slots : array
        When programs start; the window that counts begins at 0.
    version, chance : array of int
        Which version of which trace starts at each slot, and which draw of chance.
    """

    slots: Floats
    version: np.ndarray
    chance: np.ndarray


class Simulation:
    """Programs of the record, simulated with their sign-offs going through one queue.

    Parameters
    ----------
    traces : Traces
        Of programs that started, not of the baseline quarters alone.
    handling : Handling
        From `contention.read_handling`.
    cohort : Index
        Programs whose rates are asked for.
    started : array
        Recorded starts of all programs, traced or not, on the clock of the traces.
    until : float
        Position of the day of reading.
    grace_days : int
        As agreed.
    seed : int
        Seed of all draws.
    """

    def __init__(
        self, traces: Traces, handling: Handling, cohort: pd.Index, started: Floats, until: float, grace_days: int, *,
        seed: int,
    ) -> None:  # fmt: skip
        self._traces, self._handling = traces, handling
        self._paths = lay_out(traces.versions)
        self._chance = draw_chance(self._paths, CHANCES, np.random.default_rng(seed))
        self._offsets = offsets_of(traces, cohort, grace_days)
        self._starts, self._length = starts_in_window(started, until)
        self._service = float(np.median(handling.done - handling.taken))
        self._unlevered = self._writer(())
        self._draws = [self._draw([seed, number]) for number in range(REPLICATIONS)] if self._length else []
        self._lying = 1.0
        self._usual: list[dict[str, float]] = []

    @property
    def has_window(self) -> bool:
        """Whether the record is long enough to simulate it."""
        return self._length > 0

    @property
    def recorded_wait(self) -> float:
        """Business days a recorded sign-off waited on average."""
        return float(self._handling.wait.mean())

    @property
    def utilisation(self) -> float:
        """Share of their time that sign-offs take those who give them, all programs counted that started."""
        work = sum(request.service for draw in self._draws[:TRIALS] for request in self._requests(draw, 0.0))
        return min(1.0, work / TRIALS / (self._handling.people * self._length))

    @property
    def queue_share(self) -> float:
        """Share of the simulated wait that is a queue, as fitted."""
        lay = [request.delay for draw in self._draws[:TRIALS] for request in self._requests(draw, self._lying)]
        wait = self._mean_wait(self._lying)
        return max(0.0, 1 - float(np.mean(lay)) / wait) if wait and lay else 0.0

    @property
    def needed_in_progress(self) -> float:
        """Programs in progress at once, on average over the window, when none waits to begin."""
        spent = [np.where(np.isfinite(run.end), run.end - draw.slots, self._cancelled(draw))[self._inside(draw)].sum()
                 for draw in self._draws[:TRIALS] for run in [self._run((), draw, self._lying)]]  # fmt: skip
        return float(np.mean(spent)) / self._length

    def fit(self) -> tuple[float, float]:
        """Find for what share of each recorded wait the sign-off lay there; return the simulated mean wait and median.

        Returns
        -------
        wait : float
            Business days a simulated sign-off waits on average: the recorded mean, unless the queue alone is longer.
        median : float
            Simulated median time-to-market in days.

        Notes
        -----
        What is left of a wait must come out of the queue itself. The share is found by bisection on the mean wait.
        """
        low, high = 0.0, MOST_LYING
        for _ in range(STEPS):
            share = (low + high) / 2
            low, high = (low, share) if self._mean_wait(share) > self.recorded_wait else (share, high)
        self._lying = (low + high) / 2
        self._usual = [self._figures((), draw) for draw in self._draws]
        return self._mean_wait(self._lying), float(np.nanmean([one["time_to_market_median_days"] for one in self._usual]))

    def changes(self, pulls: Sequence[Pull]) -> dict[str, Floats]:
        """Return what pulling levers together changes, in each replication."""
        writer = self._writer(pulls)
        changed = [self._figures(pulls, draw, writer) for draw in self._draws]
        return {name: np.array([new[name] - old[name] for new, old in zip(changed, self._usual, strict=True)])
                for name in (*RATES, *TIMES)}  # fmt: skip

    def _draw(self, seed: list[int]) -> Draw:
        rng = np.random.default_rng(seed)
        first, count = versions_of(self._traces)
        traced = np.flatnonzero(count)
        slots = drawn_slots(self._starts, self._length, rng)
        programs = traced[rng.integers(0, len(traced), len(slots))]
        version = first[programs] + np.floor(rng.random(len(programs)) * count[programs]).astype(np.int64)
        return Draw(slots, version, rng.integers(0, CHANCES, len(programs)))

    def _inside(self, draw: Draw) -> np.ndarray:
        return np.asarray((draw.slots >= 0) & (draw.slots < self._length))

    def _writer(self, pulls: Sequence[Pull]) -> ScriptWriter:
        return ScriptWriter(self._traces.versions, self._paths, pulls, self._chance, self._service)

    def _cancelled(self, draw: Draw) -> Floats:
        return np.asarray(self._offsets.cancelled[self._traces.program[draw.version]])

    def _scripts(self, writer: ScriptWriter, draw: Draw, lying: float) -> list[Script]:
        return [writer.write(*key, lying) for key in zip(draw.version.tolist(), draw.chance.tolist(), strict=True)]

    def _requests(self, draw: Draw, lying: float) -> list[Request]:
        """Return every sign-off asked for by the programs that count."""
        scripts = self._scripts(self._unlevered, draw, lying)
        return [request for k in np.flatnonzero(self._inside(draw)) for part in scripts[k].parts for chain in part.chains
                for request in chain]  # fmt: skip

    def _run(self, pulls: Sequence[Pull], draw: Draw, lying: float, writer: ScriptWriter | None = None) -> Run:
        limit = next((pull.value for pull in pulls if pull.lever == "wip_limit" and pull.value), NEVER)
        scripts = self._scripts(writer or self._unlevered, draw, lying)
        cancels = draw.slots + self._cancelled(draw)
        return simulate(draw.slots, scripts, self._handling.people, cancels=cancels, wip_limit=limit)

    def _mean_wait(self, lying: float) -> float:
        runs = [(self._run((), draw, lying), self._inside(draw)) for draw in self._draws[:TRIALS]]
        asked = sum(run.asked[inside].sum() for run, inside in runs)
        return float(sum(run.waited[inside].sum() for run, inside in runs) / max(asked, 1.0))

    def _figures(self, pulls: Sequence[Pull], draw: Draw, writer: ScriptWriter | None = None) -> dict[str, float]:
        run, inside = self._run(pulls, draw, self._lying, writer), self._inside(draw)
        return self._offsets.figures(self._traces.program[draw.version][inside], (run.end - draw.slots)[inside])
