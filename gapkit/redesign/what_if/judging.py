"""What becomes of a program that is through earlier: only what the saved time can reach changes.

A program is on time when the saved days bring it before its own frozen date; a cancelled one is delivered when they bring
it before its cancellation. All else stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from gapkit.redesign.what_if.paths import Paths
    from gapkit.redesign.what_if.traces import Traces
    from gapkit.redesign.what_if.work_clock import Days, Floats, WorkClock

RATES: Final = ("execution_rate", "on_time_rate", "otif_rate")
TIMES: Final = {"time_to_market_median_days": 0.5, "time_to_market_p85_days": 0.85}
SAME_DAY: Final = 0.5
CLOSE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Dates:
    """What every version is judged by; one entry per version.

    Attributes
    ----------
    clock : WorkClock
        Turns positions into dates.
    end : array
        Position at which the trace ends as recorded.
    end_on : array of datetime64[D]
        The day of it.
    after : array of timedelta64[D]
        Days from there to the recorded delivery; 0 where that is not recorded.
    cancelled : array
        Position of the cancellation; infinite where there was none.
    is_done : array of bool
        Delivered on record.
    due, quarter_end, committed : array of datetime64[D]
        Frozen date with its grace, end of its quarter, commitment; missing where there is none.
    to_spec : array
        1 to specification, 0 not; the mean of the others where unknown.
    """

    clock: WorkClock
    end: Floats
    end_on: Days
    after: np.ndarray
    cancelled: Floats
    is_done: np.ndarray
    due: Days
    quarter_end: Days
    committed: Days
    to_spec: Floats


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of every version in every draw of chance.

    Attributes
    ----------
    met : dict of str to array of shape (draws, versions)
        By rate: the share it counts for, 0 to 1.
    days : array of shape (draws, versions)
        Calendar days from commitment to market if not cancelled; NaN where the commitment has no date.
    """

    met: dict[str, Floats]
    days: Floats


def dates_of(traces: Traces, paths: Paths, grace_days: int) -> Dates:
    """Return what the versions of traces are judged by."""
    about = traces.programs.iloc[traces.program]
    end_on = traces.clock.dates(paths.end)
    delivered = about["actual_end"].to_numpy("datetime64[D]")
    return Dates(
        clock=traces.clock,
        end=paths.end,
        end_on=end_on,
        after=np.where(np.isnat(delivered), np.timedelta64(0, "D"), delivered - end_on),
        cancelled=about["cancelled"].to_numpy(float),
        is_done=about["is_done"].to_numpy(bool),
        due=(about["frozen_end"] + pd.Timedelta(days=grace_days)).to_numpy("datetime64[D]"),
        quarter_end=about["quarter_end"].to_numpy("datetime64[D]"),
        committed=about["committed_at"].to_numpy("datetime64[D]"),
        to_spec=spec_shares(traces)[traces.program],
    )


def spec_shares(traces: Traces) -> Floats:
    """Return 1 for programs to specification, 0 for others, the mean of both where that is unknown; NaN if it always is."""
    spec = traces.programs["is_to_spec"].astype("float64").to_numpy()
    known = spec[np.isfinite(spec)]
    return np.where(np.isfinite(spec), spec, known.mean() if len(known) else np.nan)


def judge(dates: Dates, ends: Floats) -> Outcomes:
    """Return what becomes of every version that is through at these positions.

    Parameters
    ----------
    dates : Dates
        What they are judged by.
    ends : array of shape (draws, versions)
        Positions on the clock; that of the record changes nothing.
    """
    is_same = np.abs(ends - dates.end) < CLOSE
    day = np.where(is_same, dates.end_on, dates.clock.dates(ends)) + dates.after
    is_through = dates.is_done | (ends < dates.cancelled - CLOSE)
    on_time = is_through & (day <= dates.due)
    days = (day - dates.committed).astype("timedelta64[D]").astype(float)
    met = {
        "execution_rate": (is_through & (day <= dates.quarter_end)).astype(float),
        "on_time_rate": on_time.astype(float),
        "otif_rate": on_time * dates.to_spec,
    }
    # A missing day compares as False, so nothing without a date is ever met.
    return Outcomes(met, np.where(np.isnat(dates.committed), np.nan, np.maximum(days, SAME_DAY)))
