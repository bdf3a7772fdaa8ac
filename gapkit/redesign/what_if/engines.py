"""The engines of an engagement, each made once and only when asked for, with the checks that let it predict or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gapkit.baseline.execution import NO_DELIVERIES, committed
from gapkit.baseline.flow import NO_VISITS
from gapkit.labels import label_days, label_list, label_number, label_share
from gapkit.plain import plain
from gapkit.redesign.what_if.contention import BUSY
from gapkit.redesign.what_if.resampling import Resampler
from gapkit.redesign.what_if.simulation import Simulation
from gapkit.redesign.what_if.traces import read_traces

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.engagement import Engagement
    from gapkit.redesign.what_if.contention import Handling
    from gapkit.redesign.what_if.levers import Pull
    from gapkit.redesign.what_if.traces import Traces

LEAST_TRACED: Final = 0.5
# How far the simulated mean wait may lie from the recorded one.
WAIT_TOLERANCE: Final = 0.15
# Below this share of queueing in the waits, what more capacity changes is lost in the errors of the log.
LEAST_QUEUE: Final = 0.10
# A limit on work in progress must leave so much room above what is in progress anyway, or the line before it never ends.
LIMIT_ROOM: Final = 1.1
NO_HOURS: Final = (
    "The hours sign-offs take are recorded for too few of them to know how busy those are who give them. The column "
    "work_hours of stage_visits would switch the simulation of queues on."
)
NO_WINDOW: Final = (
    "Queues are simulated from 60 business days of starts or more, and 4,000 starts or less; the record differs."
)
LOAD_UNKNOWN: Final = (
    "How busy those are for whom it waits is not recorded; were they busy, a shorter wait here would be a longer one "
    "elsewhere."
)


@dataclass(frozen=True, slots=True)
class Load:
    """How busy those are who sign off, and why sign-offs wait.

    Attributes
    ----------
    people : int
        How many sign off, as far as the log shows: the most that ever worked at once.
    utilisation : float or None
        Share of their time that sign-offs take, programs without stage history counted like the others.
    wait_bdays : float
        Business days a sign-off waits on average.
    contention_share : float
        Share of these days in which all were busy with other sign-offs seen in the log: at most so much of it is a queue.
    is_busy : bool or None
        Whether utilisation is so high that levers shift waits from one program to another; None where it is not known.
    """

    people: int
    utilisation: float | None
    wait_bdays: float
    contention_share: float
    is_busy: bool | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        data: dict[str, Any] = plain(self)
        return data


class Engines:
    """Traces, resampling and simulation of the committed programs of the baseline quarters.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    baseline : Baseline
        Of the same engagement.
    """

    def __init__(self, eng: Engagement, baseline: Baseline) -> None:
        self._eng, self._baseline = eng, baseline
        self.cohort = committed(baseline.judged, baseline.quarters)
        self.period = label_list(list(baseline.quarters))

    @cached_property
    def traces(self) -> Traces:
        """Traces of the committed programs."""
        return read_traces(self._eng, self.cohort, seed=self._eng.config.seed)

    @cached_property
    def why_not(self) -> str:
        """Why no lever on stages can be judged at all; empty where it can."""
        if not self._eng.records_delivery:
            return NO_DELIVERIES
        if not self._eng.has("stage_visits"):
            return NO_VISITS
        traced, usable, n = (int(x) for x in (self.traces.programs["is_traced"].sum(), self.traces.is_usable.sum(),
                                              len(self.traces.programs)))  # fmt: skip
        least = self._eng.config.settings.min_n_rate
        if traced < least or usable < LEAST_TRACED * n:
            needed = f"{least} are needed, and half of those that started"
            return f"Only {traced} of {n} committed programs have stage history; {needed}."
        return ""

    @cached_property
    def resampler(self) -> Resampler:
        """The engine of traces."""
        return Resampler(self.traces, self._eng.config.grace_days, seed=self._eng.config.seed)

    @cached_property
    def _all(self) -> Traces:
        """Traces of all programs that started: all of them need sign-offs."""
        judged = self._baseline.judged
        visited = judged.index.isin(self._eng.stage_visits["program_id"])
        return read_traces(self._eng, judged.loc[judged["actual_start"].notna() | visited], seed=self._eng.config.seed)

    @cached_property
    def handling(self) -> Handling | None:
        """The recorded sign-offs, their waits split; None where hours are not recorded."""
        return self._all.handling

    @cached_property
    def simulation(self) -> Simulation | None:
        """The engine of queues, not yet fitted; None without hours or with too short a record."""
        if self.handling is None:
            return None
        traces, judged = self._all, self._baseline.judged
        started = traces.clock.closing(judged["actual_start"]) - 0.5
        until = float(traces.clock.closing(pd.Series([pd.Timestamp(self._eng.as_of)]))[0])
        made = Simulation(traces, self.handling, self.cohort.index, started, until, self._eng.config.grace_days,
                          seed=self._eng.config.seed)  # fmt: skip
        return made if made.has_window else None

    @cached_property
    def load(self) -> Load | None:
        """How busy those are who sign off; None where that is not recorded."""
        if self.handling is None:
            return None
        handling, used = self.handling, self.simulation.utilisation if self.simulation else None
        waited = handling.wait
        share = float(handling.contention.sum() / waited.sum()) if waited.sum() else 0.0
        return Load(handling.people, used, float(waited.mean()), share, None if used is None else used >= BUSY)

    @cached_property
    def is_busy(self) -> bool:
        """Whether levers on sign-offs have to be simulated."""
        return bool(self.load is not None and self.load.is_busy)

    @cached_property
    def why_not_simulated(self) -> str:
        """Why the simulation may not predict; empty where it reproduces the baseline."""
        if self.handling is None:
            return NO_HOURS
        if self.simulation is None:
            return NO_WINDOW
        known = self._baseline.results["time_to_market_median_days"]
        if not known.is_ok or known.low is None:
            return "Median time-to-market is not measured, so nobody could tell whether a simulation comes out right."
        wait, median = self.simulation.fit()
        recorded = self.simulation.recorded_wait
        if abs(wait - recorded) > WAIT_TOLERANCE * recorded:
            return (
                f"The simulation does not reproduce the baseline: sign-offs wait {label_number(wait, 1)} business days in "
                f"it, {label_number(recorded, 1)} in the record."
            )
        high = np.inf if known.high is None else known.high
        if not known.low <= median <= high:
            limits = f"{label_number(known.low)} to {label_number(high) if np.isfinite(high) else 'not reached'}"
            return (
                f"The simulation does not reproduce the baseline: its median time-to-market is {label_days(median)}, the "
                f"measured one lies between {limits}."
            )
        return ""

    def why_no_effect(self, pull: Pull) -> str:
        """Return why a lever on load has nothing to act on; empty where it has."""
        if self.why_not_simulated or self.simulation is None:
            return ""
        if pull.lever == "capacity" and self.queue_share < LEAST_QUEUE:
            share = label_share(self.queue_share)
            return (
                f"As far as the log shows, {share} of the waiting for sign-offs is a queue: there is hardly anything for "
                "more capacity to shorten, or entries are made too late to show it."
            )
        least = LIMIT_ROOM * self.needed_in_progress
        if pull.lever == "wip_limit" and pull.value is not None and pull.value < least:
            usual, lowest = label_number(self.needed_in_progress), label_number(np.ceil(least))
            return (
                f"As programs start now, {usual} are in progress at once; with a limit below {lowest} those waiting to "
                "begin would become more and more. Start fewer programs first."
            )
        return ""

    @cached_property
    def queue_share(self) -> float:
        """Share of the simulated wait for sign-offs that is a queue."""
        return self.simulation.queue_share if self.simulation else 0.0

    @cached_property
    def needed_in_progress(self) -> float:
        """Programs in progress at once when none waits to begin."""
        return self.simulation.needed_in_progress if self.simulation else 0.0

    @cached_property
    def caveats(self) -> tuple[str, ...]:
        """What holds of every prediction made from traces."""
        programs = self.traces.programs
        left_out = int((~self.traces.is_usable).sum())
        said = ["A program cancelled counts as gained where it would have been through before its cancellation."]
        if left_out:
            said.append(
                f"{label_share(left_out / len(programs), len(programs))} of committed programs started without stage "
                "history; they are taken to gain as much as the others."
            )
        return tuple(said)
