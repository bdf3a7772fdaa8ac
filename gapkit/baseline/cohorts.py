"""Who was committed to what: every program placed once in a cohort.

A cohort is the frozen plan of a quarter. What was added after the freeze, withdrawn before it, never planned, or planned
without a date stands beside it in groups of its own, so no rate mixes them and every program is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.plans import first_known, latest_known, plan_changes, plan_in_force, plan_source
from gapkit.calendar import freeze_date, quarter_end, quarter_of

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig

GROUPS: Final = ("committed", "added", "withdrawn", "unplanned", "undated")


def counted_programs(programs: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the programs that are units of work of their own, and how many merged ones their survivor carries.

    Deliverables are left to the commitments-due measure. A merged program whose `parent_id` names another program is
    counted under that survivor; one whose survivor is unknown stays, as not delivered. Sorted by program_id, so that no
    bootstrap depends on the order of the file.
    """
    level = programs.loc[programs["level"].fillna("program") != "deliverable"]
    carried = level["program_id"].isin(_with_survivor(programs))
    counted = level.loc[~carried].sort_values("program_id", ignore_index=True)
    return counted, int(carried.sum())


def _with_survivor(programs: pd.DataFrame) -> set[str]:
    """Return the merged programs whose chain of survivors ends in a program that is not merged itself."""
    merged = programs.loc[programs["status"] == "merged"]
    survivors: dict[str, str] = dict(zip(merged["program_id"], merged["parent_id"], strict=True))
    known = set(programs["program_id"])

    def survives(program: str) -> bool:
        seen: set[str] = set()
        while program in survivors and program not in seen:
            seen.add(program)
            program = survivors[program]
        return program in known and program not in survivors

    return {program for program in survivors if survives(program)}


def assign_cohorts(programs: pd.DataFrame, status_events: pd.DataFrame, config: EngagementConfig) -> pd.DataFrame:
    """Place every program in one group and one quarter.

    Parameters
    ----------
    programs : DataFrame
        Canonical table, already reduced by `counted_programs`.
    status_events : DataFrame
        Canonical table; its ``end`` and ``start`` events are the plan's history.
    config : EngagementConfig
        Supplies fiscal year, business days, holidays and the freeze.

    Returns
    -------
    DataFrame
        One row per program, in the order given, indexed by program_id:

        - group: ``committed`` (frozen plan of the quarter), ``added`` (committed after its freeze), ``withdrawn``
          (cancelled
          before its freeze), ``unplanned`` (no commitment), ``undated`` (committed, no planned end in force at the freeze).
        - quarter: fiscal quarter of the frozen end; of the start for unplanned; of the commitment for undated; may be
          missing.
        - frozen_on: the freeze day F_q; for added programs the day of commitment.
        - frozen_start, frozen_end: planned dates in force on that day.
        - latest_start, latest_end: planned dates in force now.
        - plan_source: one of `plans.SOURCES`.
        - quarter_end: last day of the quarter.

    Notes
    -----
    A program re-dated into a later quarter after its freeze stays in the first quarter whose frozen plan held it: it is
    judged once, on the date promised first. A missing commitment date counts as committed before the freeze when the
    program has a planned end and is not marked unplanned.
    """
    by_id = programs.set_index("program_id")
    ends, starts = plan_changes(status_events, "end"), plan_changes(status_events, "start")
    month = config.fiscal_start_month
    committed_on = by_id["committed_at"]
    is_unplanned, is_undated = _without_plan(by_id, first_known(programs, ends, "end"))

    at_commitment = plan_in_force(programs, ends, "end", committed_on)
    frozen_quarter = _first_frozen_quarter(programs, ends, committed_on, config)
    own_quarter = quarter_of(at_commitment, month)
    freeze = own_quarter.map(_freezes(own_quarter, config)).astype("datetime64[us]")
    is_added = committed_on.gt(freeze) & ~is_unplanned & ~is_undated
    # Neither added nor in any frozen plan (its dates moved before every freeze that held it): judged on its first date.
    quarter = frozen_quarter.fillna(own_quarter).mask(is_added, own_quarter)
    fallback_quarter = quarter_of(by_id["actual_start"].fillna(by_id["actual_end"]), month)
    quarter = quarter.mask(is_unplanned, fallback_quarter).mask(is_undated, quarter_of(committed_on, month))

    frozen_on = quarter.map(_freezes(quarter, config)).astype("datetime64[us]").mask(is_added, committed_on)
    frozen_end = plan_in_force(programs, ends, "end", frozen_on)
    # A date withdrawn before the freeze leaves a commitment without a date, like one that never had any.
    is_undated = is_undated | (frozen_end.isna() & ~is_unplanned)
    quarter = quarter.mask(is_undated, quarter_of(committed_on, month))
    group = pd.Series("committed", index=by_id.index, dtype="str").mask(is_added, "added")
    group = group.mask(by_id["cancelled_at"].lt(frozen_on) & (by_id["status"] == "cancelled"), "withdrawn")
    group = group.mask(is_undated, "undated").mask(is_unplanned, "unplanned")
    no_plan = is_unplanned | is_undated
    return pd.DataFrame({
        "group": group,
        "quarter": quarter,
        "frozen_on": frozen_on.mask(no_plan),
        "frozen_start": plan_in_force(programs, starts, "start", frozen_on),
        "frozen_end": frozen_end.mask(no_plan),
        "latest_start": latest_known(programs, starts, "start"),
        "latest_end": latest_known(programs, ends, "end"),
        "plan_source": plan_source(programs, ends, "end", frozen_on).mask(no_plan),
        "quarter_end": quarter.map({q: pd.Timestamp(quarter_end(q, month)) for q in quarter.dropna().unique()})
        .astype("datetime64[us]"),
    })  # fmt: skip


def _without_plan(by_id: pd.DataFrame, first_end: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return which programs were never committed and which were committed without a planned end.

    A program without commitment and without date is unplanned only where the client records commitments at all; otherwise
    calling it unplanned would accuse the tracker's habits, so it is undated.
    """
    records_commitments = bool(by_id["committed_at"].notna().any())
    silent = by_id["committed_at"].isna() & by_id["origin"].isna() & first_end.isna()
    unplanned = (by_id["origin"] == "unplanned") | (silent & records_commitments)
    return unplanned, first_end.isna() & ~unplanned


def _freezes(quarters: pd.Series, config: EngagementConfig) -> dict[str, pd.Timestamp]:
    """Return the freeze day of every quarter that occurs."""
    return {q: pd.Timestamp(freeze_date(q, config)) for q in quarters.dropna().unique()}


def _first_frozen_quarter(
    programs: pd.DataFrame, ends: pd.DataFrame, committed_on: pd.Series, config: EngagementConfig
) -> pd.Series:
    """Return the first quarter whose frozen plan held the program, missing where none did."""
    month = config.fiscal_start_month
    index = committed_on.index
    found = quarter_of(first_known(programs, ends, "end"), month)
    moved = index.isin(ends["program_id"])
    found = found.mask(moved)
    if not moved.any():
        return found
    some = programs.loc[programs["program_id"].isin(ends["program_id"])]
    dates = pd.concat([first_known(some, ends, "end"), ends["new_on"]]).dropna()
    for quarter in sorted(quarter_of(dates, month).dropna().unique()):
        freeze = pd.Timestamp(freeze_date(quarter, config))
        held = plan_in_force(some, ends, "end", pd.Series(freeze, index=some["program_id"]))
        on_time = ~committed_on.reindex(held.index).gt(freeze)
        hit = (quarter_of(held, month) == quarter) & on_time
        found = found.mask(found.isna() & hit.reindex(index, fill_value=False) & moved, quarter)
    return found
