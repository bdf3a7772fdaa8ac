"""What is to be expected of the commitments due in each month: on time, late, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.measurement.forecast.totals import summed

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMNS: Final = ("month_on", "n", "on_time", "low", "high", "cancelled", "late", "unknown")


def count_by_month(programs: pd.DataFrame, groups: pd.DataFrame, counts: NDArray[np.int64]) -> pd.DataFrame:
    """Return the expected counts by month due, overdue commitments first.

    Parameters
    ----------
    programs : DataFrame
        Open commitments with month_on, is_overdue, p_on_time, p_cancelled.
    groups : DataFrame
        From `totals.grouped`, with month_on.
    counts : numpy.ndarray
        From `totals.draw_counts`: shape (draws, groups).

    Returns
    -------
    DataFrame
        Columns `COLUMNS`: month_on is missing for the row of the overdue, which are late for certain; low and high are the
        80 % interval of on_time; unknown counts those without a probability. On time, cancelled, late and unknown add up to
        n.
    """
    rows: list[tuple[object, ...]] = []
    overdue = int(programs["is_overdue"].sum())
    if overdue:
        rows.append((pd.NaT, overdue, 0.0, 0, 0, 0.0, float(overdue), 0))
    for month, due in programs.loc[~programs["is_overdue"]].groupby("month_on"):
        known = due.loc[due["p_on_time"].notna()]
        total = summed(counts, (groups["month_on"] == month).to_numpy())
        on_time, cancelled = float(known["p_on_time"].sum()), float(known["p_cancelled"].sum())
        rest = len(known) - on_time - cancelled
        rows.append((month, len(due), on_time, total.low, total.high, cancelled, rest, len(due) - len(known)))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"month_on": "datetime64[us]"})
