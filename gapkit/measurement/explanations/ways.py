"""Which way a change points, and what another figure of the same change says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from gapkit.baseline.execution import committed
from gapkit.measurement.effects.delivery import OUTCOME, commitments_due, whole_quarters
from gapkit.measurement.explanations.explanation import DOES_NOT, MAY, UNKNOWN

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.measurement.effects.effect import Effect
    from gapkit.measurement.explanations.explanation import Standing
    from gapkit.results import Result
    from gapkit.stats.intervals import Interval

Way = Literal[-1, 0, 1]
MET: Final = "is_met"
# A direction is found by a two-sided 95 % interval. Whether a guard leaves it is asked for that direction only, at 5 %: the
# lower or the upper limit of a 90 % interval.
GUARD_LEVEL: Final = 0.90


class Counts(NamedTuple):
    """Programs that met their promise, of all."""

    x: int
    n: int

    @property
    def rate(self) -> float:
        """Share of those that met it."""
        return self.x / self.n if self.n else float("nan")


def is_rate(primary: Effect) -> bool:
    """Whether the primary measure is a rate of the frozen plan that both sides have figures for."""
    return primary.measure in OUTCOME and primary.difference.is_ok


def way_of(low: float | None, high: float | None) -> Way:
    """Return the side of zero an interval lies on, 0 where it holds zero or a limit is missing.

    Examples
    --------
    >>> way_of(0.02, 0.3), way_of(-0.1, 0.2), way_of(-0.2, None)
    (1, 0, 0)
    """
    if low is None or high is None:
        return 0
    return 1 if low > 0 else -1 if high < 0 else 0


def strict_standing(found: Result, other: Result) -> Standing:
    """Return the standing where the finding has to hold in another figure: same side of zero, or it may explain it.

    A finding of no change falls only where the other figure is clearly on one side and lies outside the interval found:
    two intervals of which one just holds zero say the same.
    """
    if not (found.is_ok and other.is_ok) or other.value is None or found.low is None or found.high is None:
        return UNKNOWN
    if way_of(found.low, found.high) == way_of(other.low, other.high):
        return DOES_NOT
    if way_of(found.low, found.high) == 0 and found.low <= other.value <= found.high:
        return DOES_NOT
    return MAY


def guard_standing(found: Result, other: Result, asked: Interval) -> Standing:
    """Return the standing where a verdict falls with the finding: it has to stay clear of zero, on its own side.

    Parameters
    ----------
    found, other : Result
        The finding and another figure of the same change, each with its 95 % interval.
    asked : Interval
        The other figure at `GUARD_LEVEL`.
    """
    way = way_of(found.low, found.high)
    if way == 0 or not (found.is_ok and other.is_ok):
        return strict_standing(found, other)
    return DOES_NOT if way_of(asked.low, asked.high) == way else MAY


def lenient_standing(found: Result, other: Result) -> Standing:
    """Return the standing where the other figure rests on far less data: only a contrary one may explain the finding."""
    strict = strict_standing(found, other)
    way = way_of(found.low, found.high)
    if strict == MAY and way != 0 and other.value is not None and other.value * way > 0:
        return UNKNOWN
    return strict


def commitments(comparison: Comparison, measure: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the commitments a rate counts on both sides, with whether each met its promise.

    Returns
    -------
    tuple of DataFrame
        Before (the frozen plan of the baseline quarters, as known at the freeze) and after (due in the window and judged by
        now), indexed by program_id: the columns of `outcomes.judge_programs` and is_met (bool, unknown counts as not met).
    """
    before = committed(comparison.before.judged, comparison.frozen.quarters)
    if measure != "execution_rate":
        before = before.loc[before["is_grace_over"]]
    return _with_outcome(before, measure), _with_outcome(due_after(comparison.after, comparison, measure), measure)


def due_after(side: Side, comparison: Comparison, measure: str) -> pd.DataFrame:
    """Return the commitments due in the measure window whose outcome is settled on the day of reading."""
    if measure == "execution_rate":
        return whole_quarters(side.judged, comparison.config, side.eng.as_of, side.start, side.end)[0]
    return commitments_due(side.judged, side.start, side.end, side.eng.as_of, comparison.config.grace_days)


def _with_outcome(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    return frame.assign(**{MET: frame[OUTCOME[measure]].fillna(False).astype(bool)})


def counts_of(frame: pd.DataFrame) -> Counts:
    """Return how many commitments met their promise, and how many there are."""
    return Counts(int(frame[MET].sum()), len(frame))


def counts_by(frame: pd.DataFrame, by: str) -> dict[str, Counts]:
    """Return the same for each value of a column, in sorted order."""
    groups = frame.assign(key=frame[by].astype("object").where(frame[by].notna(), "")).groupby("key", sort=True)[MET]
    found = groups.agg(["sum", "size"])
    return {str(key): Counts(int(x), int(n)) for key, x, n in zip(found.index, found["sum"], found["size"], strict=True)}


def median_days(later: pd.Series, earlier: pd.Series) -> float | None:
    """Return the median number of days between two dates; None where none is known."""
    days = (later - earlier).dt.days.dropna().to_numpy(float)
    return float(np.median(days)) if len(days) else None
