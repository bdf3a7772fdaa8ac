"""How long something waited in business days, whether that was too long, and how many days were lost by it.

A wait is too long beyond the time agreed for it, or beyond a usual time where none was agreed. The days beyond are *lost
days*. Waits still running count with what they have lasted so far: they can already be too long, never yet in time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gapkit.baseline.plans import local_day
from gapkit.calendar import business_days
from gapkit.stats.rank_intervals import rank_uncertainty
from gapkit.stats.resample import deal, resampled_totals

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig, Settings
    from gapkit.stats.intervals import FloatArray

RANK_LEVEL: Final = 0.90
MOST_RANKED: Final = 40
LOSS_COLUMNS: Final = (
    "programs", "n", "over", "lost_days", "share", "share_low", "share_high", "rank", "rank_low", "rank_high",
)  # fmt: skip


def measure_waits(
    begun: pd.Series, ended: pd.Series, allowed: pd.Series, config: EngagementConfig, as_of: dt.date
) -> pd.DataFrame:
    """Measure waits and the days lost by them.

    Parameters
    ----------
    begun, ended : Series of datetime64
        Moments in the engagement's zone; a missing end is a wait still running.
    allowed : Series of float
        Business days agreed for each wait, or usual for it; nothing missing.
    config : EngagementConfig
        Supplies working days and holidays.
    as_of : date
        The day the data is read at.

    Returns
    -------
    DataFrame
        Indexed like `begun`:

        - wait_bdays: business days from begin to end, or to `as_of` where it is still running;
        - is_open: still running;
        - is_over: longer than allowed already;
        - is_settled: ended, or over already, so that one can tell;
        - lost_bdays: business days beyond what is allowed.
    """
    last = local_day(ended)
    length = business_days(local_day(begun), last.fillna(pd.Timestamp(as_of)), config.weekmask, config.holidays)
    excess = length - allowed.to_numpy(float)
    is_open = last.isna().to_numpy()
    return pd.DataFrame(
        {
            "wait_bdays": length,
            "is_open": is_open,
            "is_over": excess > 0,
            "is_settled": ~is_open | (excess > 0),
            "lost_bdays": np.maximum(excess, 0.0),
        },
        index=begun.index,
    )


def ranked_losses(
    waits: pd.DataFrame, by: list[str], is_ranked: pd.Series, settings: Settings, *, seed: int
) -> pd.DataFrame:
    """Return lost days by pairs of places, the costliest first, with how sure their order is.

    Parameters
    ----------
    waits : DataFrame
        One row per wait: program_id, the columns `by`, is_over, lost_bdays.
    by : list of str
        The two columns that name a pair (from, to).
    is_ranked : Series of bool
        Per row, the same for all rows of a pair: False for what was gathered because it is too little.
    settings : Settings
        Supplies the size of the bootstrap.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        The columns `by`, then programs, n (waits), over, lost_days, share (of all lost days; missing when none is lost),
        share_low, share_high (95 %), rank (1 for the costliest), rank_low, rank_high (90 % rank interval); rank 0 where
        not ranked. Pairs that are not to be ranked come last.

    Notes
    -----
    Programs are resampled, with all their waits; ranks as in `gapkit.stats.rank_intervals`, among the 40 costliest pairs.
    """
    if waits.empty:
        return pd.DataFrame(columns=[*by, *LOSS_COLUMNS])
    groups = waits.assign(is_ranked=is_ranked).groupby([*by, "is_ranked"], sort=True)
    table = groups.agg(programs=("program_id", "nunique"), n=("is_over", "size"), over=("is_over", "sum"),
                       lost_days=("lost_bdays", "sum")).reset_index()  # fmt: skip
    amounts = _amounts(waits, groups.ngroup().to_numpy(), len(table), seed)
    order = table.sort_values(["is_ranked", "lost_days", *by], ascending=[False, False, True, True]).index
    table, amounts = table.loc[order].reset_index(drop=True), amounts[:, order.to_numpy()]
    total = table["lost_days"].sum()
    table["share"] = table["lost_days"] / total if total else np.nan
    draws = resampled_totals(amounts, settings.bootstrap_replicates, np.random.default_rng(seed))
    table["share_low"], table["share_high"] = _share_limits(draws) if total else (np.nan, np.nan)
    ranked = min(MOST_RANKED, int(table["is_ranked"].sum()))
    table[["rank", "rank_low", "rank_high"]] = _ranks(draws[:, :ranked], len(table))
    return table[[*by, *LOSS_COLUMNS]]


def _amounts(waits: pd.DataFrame, part: NDArray[Any], parts: int, seed: int) -> FloatArray:
    """Return the days each program (or hand of programs, where there are very many) lost in each part."""
    unit, ids = pd.factorize(waits["program_id"], sort=True)
    hand = deal(len(ids), np.random.default_rng(seed))
    size = int(hand.max()) + 1
    flat = np.bincount(hand[unit] * parts + part, weights=waits["lost_bdays"].to_numpy(float), minlength=size * parts)
    return np.asarray(flat, dtype=np.float64).reshape(size, parts)


def _ranks(draws: FloatArray, rows: int) -> NDArray[np.int64]:
    """Return rank, rank_low and rank_high of each row; 0 for rows without draws."""
    ranks = np.zeros((rows, 3), dtype=np.int64)
    ranked = draws.shape[1]
    if ranked:
        places = rank_uncertainty(draws, RANK_LEVEL)
        ranks[:ranked] = np.column_stack([np.arange(1, ranked + 1), places.low, places.high])
    return ranks


def _share_limits(draws: FloatArray) -> tuple[np.ndarray, np.ndarray]:
    sums: FloatArray = draws.sum(axis=1, keepdims=True)
    low, high = np.quantile(np.divide(draws, sums, out=np.zeros_like(draws), where=sums > 0), [0.025, 0.975], axis=0)
    return low, high
