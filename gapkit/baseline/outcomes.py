"""What became of each program: the yes, no and unknown behind every rate.

Answers are three-valued. A program delivered on an unknown day is neither on time nor late, and no rate may pretend it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.baseline.cohorts import assign_cohorts, counted_programs
from gapkit.calendar import quarter_end, quarter_of

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig


def judge_programs(
    programs: pd.DataFrame, status_events: pd.DataFrame, config: EngagementConfig, as_of: dt.date
) -> tuple[pd.DataFrame, int]:
    """Judge every program against its frozen plan.

    Parameters
    ----------
    programs, status_events : DataFrame
        Canonical tables as known on `as_of`.
    config : EngagementConfig
        Supplies grace, horizon and calendar.
    as_of : date
        The day the data is read at.

    Returns
    -------
    judged : DataFrame
        Indexed by program_id: the columns of `cohorts.assign_cohorts`, then name, type, team, status, the actual dates,
        budget, points, and the outcomes (nullable booleans, missing = unknown or not yet due):

        - is_delivered; delivered_by_quarter_end; is_grace_over (frozen end + grace has passed); is_on_time (by then);
          is_to_spec (delivered only); is_otif; within_horizon (frozen end + horizon, only where is_horizon_over);
        - delivered_by_latest_quarter_end: by the end of the quarter of the latest planned end, only where
          is_latest_quarter_over.
    n_merged : int
        Merged programs carried by their survivor, and so not counted.
    """
    units, n_merged = counted_programs(programs)
    by_id = units.set_index("program_id")
    judged = assign_cohorts(units, status_events, config)
    kept = ["name", "type", "team", "status", "committed_at", "brief_approved_at", "actual_start", "actual_end",
            "cancelled_at", "cancel_reason", "size_points"]  # fmt: skip
    judged[kept] = by_id[kept]
    judged["budget"] = by_id["budget_planned"]

    delivered = (by_id["status"] == "delivered").astype("boolean")
    judged["is_delivered"] = delivered
    done_on = by_id["actual_end"]
    judged["delivered_by_quarter_end"] = _by(delivered, done_on, judged["quarter_end"])
    grace_end = judged["frozen_end"] + pd.Timedelta(days=config.grace_days)
    judged["is_grace_over"] = grace_end.le(pd.Timestamp(as_of))
    judged["is_on_time"] = _by(delivered, done_on, grace_end)
    judged["is_to_spec"] = spec_met(by_id).mask(~delivered)
    judged["is_otif"] = judged["is_on_time"] & judged["is_to_spec"]
    # A program that was not delivered is not on time, whatever its specification.
    judged["is_otif"] = judged["is_otif"].mask(~delivered, False)

    horizon = judged["frozen_end"] + pd.Timedelta(days=config.late_horizon_days)
    judged["is_horizon_over"] = horizon.le(pd.Timestamp(as_of))
    judged["within_horizon"] = _by(delivered, done_on, horizon).mask(~judged["is_horizon_over"])
    latest = latest_quarter_end(judged["latest_end"], config)
    judged["is_latest_quarter_over"] = latest.le(pd.Timestamp(as_of))
    judged["delivered_by_latest_quarter_end"] = _by(delivered, done_on, latest).mask(~judged["is_latest_quarter_over"])
    return judged, n_merged


def _by(delivered: pd.Series, done_on: pd.Series, due_on: pd.Series) -> pd.Series:
    """Return whether delivery came on or before a day: missing when the day of delivery, or the due day, is unknown."""
    in_time = (done_on <= due_on).astype("boolean").mask(done_on.isna())
    return (delivered & in_time).mask(due_on.isna())


def latest_quarter_end(latest_end: pd.Series, config: EngagementConfig) -> pd.Series:
    """Return the last day of the fiscal quarter in which each latest planned end falls."""
    quarter = quarter_of(latest_end, config.fiscal_start_month)
    ends = {q: pd.Timestamp(quarter_end(q, config.fiscal_start_month)) for q in quarter.dropna().unique()}
    return quarter.map(ends).astype("datetime64[us]")


def spec_met(programs: pd.DataFrame) -> pd.Series:
    """Return whether each program was accepted in full: counts where given, else the yes or no, else missing."""
    counts = (programs["spec_accepted"] >= programs["spec_planned"]).astype("boolean")
    counts = counts.mask(programs["spec_accepted"].isna() | programs["spec_planned"].isna())
    word = programs["to_spec"].map({"yes": True, "no": False}).astype("boolean")
    return counts.fillna(word)
