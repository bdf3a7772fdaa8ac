"""What a simulated program is judged by: its dates counted from its start, wherever in the window it starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.redesign.what_if.judging import RATES, TIMES, spec_shares

if TYPE_CHECKING:
    from gapkit.redesign.what_if.traces import Traces
    from gapkit.redesign.what_if.work_clock import Floats, WorkClock

# Business days run before and after the window, with starts like those in it, and not counted.
WARM_UP, COOL_DOWN = 60, 40
SHORTEST_WINDOW, LONGEST_WINDOW = 60, 260
MOST_STARTS, MOST_SIMULATED = 1200, 4000
SPELL: Final = 20.0


@dataclass(frozen=True)
class Offsets:
    """Dates of each traced program, in business days from its start; infinite where there is none.

    Attributes
    ----------
    due, quarter_end, cancelled : array
        End of the frozen date with its grace, of its quarter, and the cancellation.
    before : array
        Calendar days from its commitment to its start; NaN where the commitment has no date.
    counted : array of bool
        Whether it belongs to the programs whose rates are asked for.
    to_spec : array
        1 to specification, 0 not, the mean of the others where unknown.
    per_day : float
        Calendar days of a business day.
    """

    due: Floats
    quarter_end: Floats
    cancelled: Floats
    before: Floats
    counted: np.ndarray
    to_spec: Floats
    per_day: float

    def figures(self, program: np.ndarray, took: Floats) -> dict[str, float]:
        """Return rates and times of simulated programs.

        Parameters
        ----------
        program : array of int
            Which traced program each is.
        took : array
            Business days from its start until it was through; infinite where it was cancelled before.
        """
        counted = self.counted[program]
        program, took = program[counted], took[counted]
        on_time = took <= self.due[program]
        rates = (took <= self.quarter_end[program], on_time, on_time * self.to_spec[program])
        through = np.isfinite(took)
        days = self.before[program] + np.where(through, took, self.cancelled[program]) * self.per_day
        known = np.isfinite(days)
        times = {name: kaplan_meier_quantile(days[known], through[known], share) for name, share in TIMES.items()}
        means = (float(rate.mean()) if len(program) else float("nan") for rate in rates)
        return dict(zip(RATES, means, strict=True)) | times


def kaplan_meier_quantile(time: Floats, event: np.ndarray, share: float) -> float:
    """Return a quantile of times some of which are censored, without its interval; NaN where it is not reached.

    Examples
    --------
    >>> kaplan_meier_quantile(np.array([1.0, 2, 3, 4]), np.array([True, True, True, True]), 0.5)
    3.0
    """
    order = np.lexsort((~event, time))
    at_risk = len(time) - np.arange(len(time))
    survival = np.cumprod(np.where(event[order], 1 - 1 / at_risk, 1.0))
    reached = survival < 1 - share - 1e-9
    return float(time[order][np.argmax(reached)]) if reached.any() else float("nan")


def offsets_of(traces: Traces, cohort: pd.Index, grace_days: int) -> Offsets:
    """Return the offsets of some programs; `cohort` are those whose rates are asked for."""
    programs, clock = traces.programs, traces.clock
    start = _starts(traces)
    opening = clock.dates(start + 1e-6)
    committed = programs["committed_at"].to_numpy("datetime64[D]")
    before = (opening - committed).astype("timedelta64[D]").astype(float)
    cancelled = np.where(np.isfinite(programs["cancelled"]), programs["cancelled"] - start, np.inf)
    return Offsets(
        due=_until(clock, programs["frozen_end"] + pd.Timedelta(days=grace_days), start),
        quarter_end=_until(clock, programs["quarter_end"], start),
        cancelled=cancelled,
        before=np.where(np.isnat(committed) | np.isnat(opening), np.nan, before),
        counted=programs.index.isin(cohort),
        to_spec=spec_shares(traces),
        per_day=clock.calendar_days_per_business_day(),
    )


def _starts(traces: Traces) -> Floats:
    """Return the position at which each program starts; NaN where it has no trace."""
    start = np.full(len(traces.programs), np.nan)
    start[traces.program] = [stays[0].start for stays in traces.versions]
    return start


def _until(clock: WorkClock, dates: pd.Series, start: Floats) -> Floats:
    """Return business days from start to the close of a date; never met (minus infinity) where there is no date."""
    found = clock.closing(dates) - start
    return np.where(np.isnan(found), -np.inf, found)


def starts_in_window(started: Floats, until: float) -> tuple[Floats, float]:
    """Return when programs started in the window that is simulated, counted from its begin, and its length.

    Parameters
    ----------
    started : array
        Recorded starts of all programs, traced or not: all of them need sign-offs.
    until : float
        Position of the day of reading.

    Returns
    -------
    starts : array
        In order, from 0.
    length : float
        Business days of the window; 0 where the record is too short, or too many programs start to simulate each.

    Notes
    -----
    The window ends at the day of reading and is as long as the record, at most a year, and shorter where very many start.
    """
    known = np.sort(started[np.isfinite(started) & (started < until)])
    if not len(known):
        return known, 0.0
    busiest = known[max(0, len(known) - MOST_STARTS)]
    first = max(known[0], until - LONGEST_WINDOW, min(busiest, until - SHORTEST_WINDOW))
    length = float(until - first)
    starts = known[known >= first] - first
    return starts, length if length >= SHORTEST_WINDOW and len(starts) <= MOST_SIMULATED else 0.0


def drawn_slots(starts: Floats, length: float, rng: np.random.Generator) -> Floats:
    """Return when programs start in one replication: spells of four weeks drawn again, as busy times come by chance.

    Parameters
    ----------
    starts, length
        From `starts_in_window`.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    array
        Positions in order; 0 to `length` counts. Before and after it, its own end and beginning are repeated.
    """
    count = max(1, round(length / SPELL))
    spell = length / count
    number = np.minimum((starts / spell).astype(np.int64), count - 1)
    inside = np.sort(np.concatenate([starts[number == old] + (new - old) * spell
                                     for new, old in enumerate(rng.integers(0, count, count).tolist())]))  # fmt: skip
    before = inside[inside >= length - WARM_UP] - length
    after = inside[inside < COOL_DOWN] + length
    return np.concatenate([before, inside, after])
