"""The gap map: every program in exactly one place between the plan and the market.

Categories exclude each other, the first that matches wins, and they add up to all programs counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.vocabulary import GAP_CATEGORIES

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig

# What a leader sees first: six outcomes that answer "what became of the plan?", built from the categories.
OUTCOMES: Final = {
    "delivered on time, to spec": ("delivered_on_time_to_spec",),
    "delivered on time, spec below or unknown": ("delivered_on_time_below_spec", "delivered_on_time_spec_unknown"),
    "delivered late": ("delivered_late",),
    "delivered, date unknown": ("delivered_date_unknown",),
    "overdue or stalled": ("stalled", "overdue_active"),
    "never started": ("never_started",),
    "cancelled or merged": ("cancelled", "merged"),
    "not due yet": ("on_track", "not_due"),
}
# Outcomes in which the plan was lost: neither in the market on time nor still in time.
LOST: Final = ("delivered late", "overdue or stalled", "never started", "cancelled or merged")


def last_activity(status_events: pd.DataFrame, stage_visits: pd.DataFrame) -> pd.Series:
    """Return the last day on which anything was recorded for a program, indexed by program_id."""
    seen = [
        pd.DataFrame({"program_id": frame["program_id"], "on": local_day(frame[column])})
        for frame, column in ((status_events, "at"), (stage_visits, "entered_at"), (stage_visits, "left_at"))
    ]
    return pd.concat(seen).dropna().groupby("program_id")["on"].max()


def categorise(
    judged: pd.DataFrame,
    activity: pd.Series,
    config: EngagementConfig,
    as_of: dt.date,
) -> pd.Series:
    """Return the gap-map category of every program, indexed like `judged`.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs`.
    activity : Series
        From `last_activity`. A program without any recorded activity is never called stalled: silence of the log is not
        silence of the work.
    config : EngagementConfig
        Supplies `stall_days`.
    as_of : date
        The day the data is read at.
    """
    today = pd.Timestamp(as_of)
    delivered = judged["status"] == "delivered"
    on_time = judged["is_on_time"].fillna(False)
    spec = judged["is_to_spec"]
    started = judged["actual_start"].notna() | judged["status"].isin(["in_progress", "blocked", "paused"])
    quiet_days = (today - activity.reindex(judged.index)).dt.days
    overdue = judged["frozen_end"].lt(today)
    start_passed = judged["frozen_start"].lt(today) | overdue
    planned = [
        ("merged", judged["status"] == "merged"),
        ("cancelled", judged["status"] == "cancelled"),
        ("delivered_date_unknown", delivered & judged["actual_end"].isna()),
        ("delivered_on_time_to_spec", delivered & on_time & spec.fillna(False)),
        ("delivered_on_time_below_spec", delivered & on_time & ~spec.fillna(True)),
        ("delivered_on_time_spec_unknown", delivered & on_time),
        ("delivered_late", delivered),
        ("stalled", started & quiet_days.ge(config.stall_days)),
        ("overdue_active", started & overdue),
        ("never_started", ~started & start_passed),
        ("on_track", started),
        ("not_due", pd.Series(True, index=judged.index)),
    ]
    category = _first_match(planned, judged.index)
    is_over = judged["status"].isin(["cancelled", "merged"])
    unplanned = _first_match(
        [("unplanned_delivered", delivered), ("unplanned_cancelled", is_over),
         ("unplanned_open", pd.Series(True, index=judged.index))], judged.index,
    )  # fmt: skip
    category = category.mask(judged["group"] == "unplanned", unplanned)
    return category.mask(judged["group"] == "undated", "undated")


def _first_match(conditions: list[tuple[str, pd.Series]], index: pd.Index[Any]) -> pd.Series:
    """Return the name of the first condition that holds in each row."""
    names, masks = zip(*conditions, strict=True)
    return pd.Series(np.select([m.to_numpy(bool) for m in masks], names, default=""), index=index, dtype="str")


def gap_map(judged: pd.DataFrame, category: pd.Series) -> pd.DataFrame:
    """Count the gap map.

    Returns
    -------
    DataFrame
        Columns quarter (empty where a program has none), type, group, category, programs, budget (money, programs without a
        budget add nothing), points; sorted, categories in their defined order, one row per cell that occurs. The column
        programs sums to the number of programs counted.
    """
    frame = pd.DataFrame({
        "quarter": judged["quarter"].fillna(""),
        "type": judged["type"].fillna("other"),
        "group": judged["group"],
        "category": pd.Categorical(category, categories=list(GAP_CATEGORIES), ordered=True),
        "budget": judged["budget"],
        "points": judged["size_points"],
        "programs": 1,
    })  # fmt: skip
    cells = frame.groupby(["quarter", "type", "group", "category"], observed=True, sort=True)
    counted = cells[["programs", "budget", "points"]].sum().reset_index()
    return counted.astype({"category": "str"})


def outcomes_by(cells: pd.DataFrame, by: str, *, group: str = "committed") -> pd.DataFrame:
    """Return the gap map of one group as leaders read it: rows by quarter or type, one column per outcome, in programs."""
    chosen = cells.loc[cells["group"] == group]
    table = chosen.pivot_table(index=by, columns="category", values="programs", aggfunc="sum", fill_value=0)
    return pd.DataFrame(
        {
            name: table.reindex(columns=list(members), fill_value=0).sum(axis=1).astype(int)
            for name, members in OUTCOMES.items()
        }
    )
