"""Trace resampling: observed programs drawn again with replacement, with a lever and without it, side by side.

Valid as long as the change does not alter how long others wait; `contention` tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gapkit.redesign.what_if.edits import draw_chance, edit
from gapkit.redesign.what_if.judging import RATES, TIMES, dates_of, judge
from gapkit.redesign.what_if.paths import finish, lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.redesign.what_if.levers import Pull
    from gapkit.redesign.what_if.traces import Traces
    from gapkit.redesign.what_if.work_clock import Floats

CHANCES: Final = 20
REPLICATES: Final = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """What a lever changes, as estimated and in each replicate.

    Attributes
    ----------
    value : float
        With the lever, less without.
    draws : array
        The same in each replicate.
    n : int
        Programs it rests on.
    """

    value: float
    draws: Floats
    n: int


class Resampler:
    """Traces made ready for resampling; the same draws serve every lever, so that levers can be compared.

    Parameters
    ----------
    traces : Traces
        Of the programs whose rates and times are asked for, none of them left out; at least one has a trace.
    grace_days : int
        Days after the frozen date that still count as on time.
    seed : int
        Seed of chance and bootstrap.
    """

    def __init__(self, traces: Traces, grace_days: int, *, seed: int) -> None:
        self._traces, self._seed = traces, seed
        self._paths = lay_out(traces.versions)
        self._chance = draw_chance(self._paths, CHANCES, np.random.default_rng(seed))
        self._dates = dates_of(traces, self._paths, grace_days)
        self._first, self._count = versions_of(traces)
        self.without = judge(self._dates, self._paths.end[None])

    def changes(self, pulls: Sequence[Pull]) -> dict[str, Change]:
        """Return what pulling levers together changes: the rates as shares, the times in days.

        Parameters
        ----------
        pulls : sequence of Pull
            Levers that edit traces.
        """
        order, length = edit(self._paths, pulls, self._chance)
        with_it = judge(self._dates, finish(self._paths, order, length))
        found = {name: self._rate(with_it.met[name] - self.without.met[name]) for name in RATES}
        return found | {name: self._quantile(with_it.days, share) for name, share in TIMES.items()}

    def quantiles(self, programs: np.ndarray, share: float, size: int, replicates: int, seed: int) -> Floats:
        """Return a quantile of time-to-market, no lever pulled, in samples of so many programs drawn from some programs.

        Parameters
        ----------
        programs : array of bool
            Which programs to draw from.
        share : float
            0.5 for the median.
        size : int
            Programs of a sample.
        replicates : int
            Samples. Before each the programs themselves are drawn again, as they are a sample too.
        seed : int
            Seed.
        """
        rng = np.random.default_rng(seed)
        known = self._with_days(programs)
        pool = rng.integers(0, len(known), (replicates, len(known)))
        picked = np.take_along_axis(pool, rng.integers(0, len(known), (replicates, size)), axis=1)
        return _read(self.without.days[0][self._versions(known[picked], rng)], share)

    def _with_days(self, programs: np.ndarray) -> np.ndarray:
        known = np.zeros(len(programs), dtype=bool)
        known[self._traces.program[np.isfinite(self.without.days[0])]] = True
        return np.flatnonzero(known & programs)

    def _versions(self, programs: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Return one version of each program drawn."""
        return np.asarray(self._first[programs] + (rng.random(programs.shape) * self._count[programs]).astype(np.int64))

    def _rate(self, gain: Floats) -> Change:
        """Return the mean gain over programs; those never started gain nothing."""
        count, traces = self._count, self._traces
        usable = np.flatnonzero(traces.is_usable)
        of_program = np.bincount(traces.program, gain.mean(axis=0) / count[traces.program], minlength=len(count))
        rng = np.random.default_rng(self._seed)
        picked = usable[rng.integers(0, len(usable), (REPLICATES, len(usable)))]
        row = np.where(count[picked] > 0, self._versions(picked, rng), 0)
        drawn = np.where(count[picked] > 0, gain[rng.integers(0, len(gain), picked.shape), row], 0.0)
        return Change(float(of_program[usable].mean()), drawn.mean(axis=1), len(usable))

    def _quantile(self, days: Floats, share: float) -> Change:
        """Return the change of a quantile of time-to-market over the traced programs with a date of commitment."""
        known = self._with_days(np.ones(len(self._count), dtype=bool))
        if not len(known):
            return Change(float("nan"), np.array([]), 0)
        rng = np.random.default_rng(self._seed)
        picked = known[rng.integers(0, len(known), (REPLICATES, len(known)))]
        rows, chance = self._versions(picked, rng), rng.integers(0, len(days), picked.shape)
        draws = _read(days[chance, rows], share) - _read(self.without.days[0][rows], share)
        return Change(float(draws.mean()), draws, len(known))


def _read(days: Floats, share: float) -> Floats:
    return np.asarray(np.quantile(days, share, axis=1, method="inverted_cdf"))


def versions_of(traces: Traces) -> tuple[np.ndarray, np.ndarray]:
    """Return the first version of each program and how many it has; versions of one program stand together."""
    count = np.bincount(traces.program, minlength=len(traces.programs))
    return np.concatenate([[0], np.cumsum(count)[:-1]]), count
