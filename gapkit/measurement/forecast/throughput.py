"""The pace of delivery carried on: how many in the coming weeks, and when what is open today would be worked off.

Past whole weeks are drawn again. This looks at the queue as a whole and knows nothing of its single programs, so it is the
second view of the same question; where it contradicts the first, that is worth saying.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.velocity import weekly_deliveries
from gapkit.labels import label_count, label_period
from gapkit.measurement.forecast.fates import PROMISED
from gapkit.measurement.forecast.totals import DRAWS, LEVEL
from gapkit.results import Result, Unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gapkit.config import Settings
    from gapkit.stats.intervals import FloatArray

HORIZONS: Final = (4, 13)  # weeks: about a month, and a quarter
FARTHEST: Final = 104  # weeks after which a queue counts as not worked off in sight
BLOCK: Final = 4  # weeks drawn together where good and bad weeks come in runs
QUEUE: Final = "queue_days"
BLOCKED = " in blocks of four, since good and bad weeks come in runs"


@dataclass(frozen=True, slots=True)
class Throughput:
    """Deliveries of commitments carried on.

    Attributes
    ----------
    results : dict of Result
        ``deliveries_4_weeks`` and ``deliveries_13_weeks`` (unit count, 80 % interval; n = past weeks drawn from, events =
        deliveries in them) and ``queue_days`` (days until as many as are open today would be delivered; value or high
        missing where that is more than two years off).
    weeks : tuple of int
        Deliveries of the past weeks drawn from, oldest first.
    """

    results: dict[str, Result]
    weeks: tuple[int, ...]


def foretell_throughput(
    judged: pd.DataFrame, n_open: int, settings: Settings, as_of: dt.date, rng: np.random.Generator
) -> Throughput:
    """Carry on the weekly deliveries of commitments.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs`.
    n_open : int
        Open commitments.
    settings : Settings
        Supplies the weeks looked back on, and the deliveries needed.
    as_of : date
        The day.
    rng : numpy.random.Generator
        Source of randomness.

    Notes
    -----
    The last whole weeks, Monday to Sunday, at most so many as agreed and none before the first recorded delivery. Each draw
    first draws as many weeks again (the pace itself is not known exactly), then the coming weeks from those. Where the
    correlation of each week with the next is beyond chance, blocks of four weeks are drawn instead of single ones.
    """
    promises = judged.loc[judged["group"].isin(PROMISED)]
    counts = past_weeks(promises, settings.forecast_weeks, as_of)
    if len(counts) < settings.min_forecast_weeks or counts["deliveries"].sum() < settings.min_deliveries_median:
        return Throughput(_thin(counts, settings), tuple(counts["deliveries"]))
    weeks = counts["deliveries"].to_numpy(np.int64)
    in_runs = comes_in_runs(weeks)
    drawn = draw_weeks(weeks, FARTHEST, rng, block=BLOCK if in_runs else 1).cumsum(axis=1)
    period = label_period(counts["week_on"].iloc[0].date(), (counts["week_on"].iloc[-1] + pd.Timedelta(days=6)).date())
    method = f"whole weeks drawn again{BLOCKED if in_runs else ''}"
    needed = np.where(drawn[:, -1] >= n_open, 7.0 * ((drawn < n_open).sum(axis=1) + 1), np.inf)
    figures = {name_of_horizon(horizon): drawn[:, horizon - 1] for horizon in HORIZONS} | {QUEUE: needed}
    results = {
        name: Result(name, *_limits(values), level=LEVEL, n=weeks.size, events=int(weeks.sum()), unit=_unit(name),
                     period=period, method=method, grade="B")
        for name, values in figures.items()
    }  # fmt: skip
    return Throughput(results, tuple(int(week) for week in weeks))


def _unit(name: str) -> Unit:
    return "days" if name == QUEUE else "count"


def name_of_horizon(weeks: int) -> str:
    """Return the result name of the deliveries in so many weeks.

    Examples
    --------
    >>> name_of_horizon(4)
    'deliveries_4_weeks'
    """
    return f"deliveries_{weeks}_weeks"


def past_weeks(promises: pd.DataFrame, most: int, as_of: dt.date) -> pd.DataFrame:
    """Return the last whole weeks with their deliveries: columns of `velocity.weekly_deliveries`."""
    last = as_of - dt.timedelta(days=(as_of.weekday() + 1) % 7)
    first = last - dt.timedelta(days=7 * most - 1)
    earliest = promises["actual_end"].min()
    if pd.isna(earliest):
        return pd.DataFrame({"week_on": [], "deliveries": []})
    if earliest.date() > first:  # the weeks after the one in which the record of deliveries begins
        first = earliest.date() + dt.timedelta(days=7 - earliest.weekday())
    if first > last:
        return pd.DataFrame({"week_on": [], "deliveries": []})
    return weekly_deliveries(promises, first, last)


def comes_in_runs(weeks: NDArray[np.int64]) -> bool:
    """Return whether each week resembles the next beyond chance: lag-1 correlation above 1.96 / sqrt(k).

    Examples
    --------
    >>> comes_in_runs(np.array([0] * 8 + [9] * 8)), comes_in_runs(np.array([1, 2, 3, 1, 3, 2, 1, 2]))
    (True, False)
    """
    off = weeks - weeks.mean()
    total = float((off**2).sum())
    return total > 0 and float((off[1:] * off[:-1]).sum()) / total > 1.96 / math.sqrt(weeks.size)


def draw_weeks(
    weeks: NDArray[np.int64], ahead: int, rng: np.random.Generator, *, block: int = 1, draws: int = DRAWS
) -> NDArray[np.int64]:
    """Return coming weeks drawn from past ones.

    Parameters
    ----------
    weeks : numpy.ndarray
        Deliveries of past weeks, in order.
    ahead : int
        Weeks to draw.
    rng : numpy.random.Generator
        Source of randomness.
    block : int
        Weeks drawn together; runs past the end go on at the beginning.
    draws : int
        Rows of the answer.

    Returns
    -------
    numpy.ndarray
        Shape (draws, ahead).
    """
    pieces = -(-ahead // block)
    sample = rng.integers(weeks.size, size=(draws, -(-weeks.size // block)))
    start = np.take_along_axis(sample, rng.integers(sample.shape[1], size=(draws, pieces)), axis=1)
    places = (start[:, :, None] + np.arange(block)) % weeks.size
    drawn: NDArray[np.int64] = weeks[places.reshape(draws, -1)[:, :ahead]]
    return drawn


def _limits(drawn: NDArray[np.int64] | FloatArray) -> tuple[float, float, float]:
    """Return middle, low and high of draws."""
    tail = (1 - LEVEL) / 2
    low, middle, high = np.quantile(drawn, [tail, 0.5, 1 - tail], method="inverted_cdf")
    return float(middle), float(low), float(high)


def _thin(counts: pd.DataFrame, settings: Settings) -> dict[str, Result]:
    delivered = int(counts["deliveries"].sum())
    seen = (
        f"{label_count(len(counts), 'whole week')} with {label_count(delivered, 'delivery', 'deliveries')} of commitments"
    )
    why = f"{seen}; {settings.min_forecast_weeks} weeks and {settings.min_deliveries_median} deliveries are needed."
    return {
        name: Result(name, level=LEVEL, n=len(counts), events=delivered, unit=_unit(name),
                     status="thin", grade="C", caveats=(why,))
        for name in (*map(name_of_horizon, HORIZONS), QUEUE)
    }  # fmt: skip
