"""What was spent in the window, program by program.

Money comes from the table costs where a program has entries there, else from its `budget_spent`, spread evenly over the
days it ran. A program that ran and of which neither is known is given the median of its type, and counted as imputed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.engagement import Engagement

LABOUR = "labour"
# No real chain of merged programs, or of parts of parts, is longer.
LONGEST_CHAIN = 20


@dataclass(frozen=True)
class Spend:
    """Money spent in the window.

    Attributes
    ----------
    programs : DataFrame
        Indexed like `judged`: amount; sunk (what could not be got back); rework (booked as rework); ran (whether the
        program ran in the window); is_imputed. Amounts are never negative.
    other : float
        Spent on no program (tools, fees).
    labour : float
        Amounts booked as labour, where they stand for labour and are part of the amounts above; else 0.
    entries : int
        Entries of the table costs in the window.
    overpaid : float
        Money that came back beyond what was spent on a program, or on none: in no amount above.
    """

    programs: pd.DataFrame
    other: float
    labour: float
    entries: int
    overpaid: float = 0.0

    @property
    def imputed_share(self) -> float:
        """Share of the programs that ran whose spend is not known; 0 when none ran."""
        ran = self.programs["ran"]
        return float(self.programs.loc[ran, "is_imputed"].mean()) if ran.any() else 0.0


def carriers(programs: pd.DataFrame, counted: pd.Index) -> pd.Series:
    """Return which counted program carries each program: itself, the one it is a part of, or the one it was merged into.

    Parameters
    ----------
    programs : DataFrame
        Canonical table.
    counted : Index of str
        Ids of the programs that are units of work of their own.

    Returns
    -------
    Series of str
        Indexed by program_id; missing where no counted program carries it.
    """
    parents = programs.set_index("program_id")["parent_id"]
    carrier = pd.Series(parents.index, index=parents.index, dtype="str")
    for _ in range(LONGEST_CHAIN):
        lost = carrier.notna() & ~carrier.isin(counted)
        if not lost.any():
            break
        carrier = carrier.mask(lost, carrier.map(parents))
    return carrier.where(carrier.isin(counted))


def run_share(judged: pd.DataFrame, start: dt.date, as_of: dt.date) -> pd.Series:
    """Return the share of each program's days at work, so far, that lie in the window; 0 for those that never started."""
    first, last = pd.Timestamp(start), pd.Timestamp(as_of)
    began = judged["actual_start"]
    ended = judged["actual_end"].fillna(judged["cancelled_at"]).fillna(last)
    whole = (ended - began).dt.days + 1
    inside = (ended - began.where(began > first, first)).dt.days + 1
    return (inside.clip(lower=0) / whole.where(whole > 0)).fillna(0.0)


def read_spend(eng: Engagement, judged: pd.DataFrame, start: dt.date, *, counts_labour: bool) -> Spend | None:
    """Return what was spent in the window, None where no source records spend.

    Parameters
    ----------
    eng : Engagement
        Supplies costs and programs.
    judged : DataFrame
        The programs that count.
    start : date
        First day of the window.
    counts_labour : bool
        Whether entries booked as labour count as spend. They do not where hours are priced: each hour is paid once.
    """
    costs = eng.costs if counts_labour else eng.costs.loc[eng.costs["category"] != LABOUR]
    booked = costs["program_id"].map(carriers(eng.programs, judged.index))
    spent = eng.programs.set_index("program_id")["budget_spent"].reindex(judged.index)
    if costs.empty and spent.isna().all():
        return None
    share = run_share(judged, start, eng.as_of)
    inside = costs["incurred_at"].between(pd.Timestamp(start), pd.Timestamp(eng.as_of))
    by_program, overpaid = _entries_by_program(costs.loc[inside], booked.loc[inside], judged.index)
    has_entries = pd.Series(judged.index.isin(booked), index=judged.index)
    evenly = spent * share
    ran = share.gt(0)
    known = has_entries | spent.notna()
    amount = by_program["amount"].where(has_entries, evenly)
    typical = _median_of_type(amount, judged["type"], ran & known)
    is_imputed = ran & ~known
    programs = by_program.assign(
        amount=amount.mask(is_imputed, typical).fillna(0.0),
        sunk=by_program["sunk"].where(has_entries, evenly).mask(is_imputed, typical).fillna(0.0),
        ran=ran,
        is_imputed=is_imputed,
    )
    rows = costs.loc[inside]
    other = float(rows.loc[booked.loc[inside].isna(), "amount"].sum())
    return Spend(
        programs=programs,
        other=max(0.0, other),
        labour=float(rows.loc[rows["category"] == LABOUR, "amount"].sum()),
        entries=len(rows),
        overpaid=overpaid + max(0.0, -other),
    )


def _entries_by_program(rows: pd.DataFrame, booked: pd.Series, index: pd.Index) -> tuple[pd.DataFrame, float]:
    """Return amount, sunk and rework of each program from entries; a refund takes back, never below zero.

    Second: what was paid back beyond that.
    """
    kept = 1 - rows["recoverable"].fillna(0.0)
    parts = pd.DataFrame({
        "amount": rows["amount"],
        "sunk": rows["amount"] * kept.where(rows["amount"] > 0, 1.0),
        "rework": rows["amount"].where(rows["category"] == "rework", 0.0),
    })  # fmt: skip
    added = parts.groupby(booked).sum().reindex(index, fill_value=0.0)
    sums = added.clip(lower=0.0)
    limits = sums[["amount"]].to_numpy()
    return sums.clip(upper=np.broadcast_to(limits, sums.shape)), float((sums["amount"] - added["amount"]).sum())


def _median_of_type(amount: pd.Series, kind: pd.Series, known: pd.Series) -> pd.Series:
    """Return for each program the median of the known ones of its type, of all known ones where its type has none."""
    usual = amount[known].groupby(kind[known]).median()
    return kind.map(usual).astype(float).fillna(float(amount[known].median()) if known.any() else 0.0)
