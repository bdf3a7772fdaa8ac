"""The highest-friction places: where the plan is lost and which waits hold most time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.baseline.execution import committed
from gapkit.baseline.flow import OTHER_STAGES
from gapkit.baseline.gap_map import LOST, OUTCOMES
from gapkit.results import Result
from gapkit.stats.rates import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.config import Settings


def lost_plans(judged: pd.DataFrame, category: pd.Series, quarters: Sequence[str]) -> pd.DataFrame:
    """Count how the frozen plan of some quarters was lost.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs`.
    category : Series
        From `gap_map.categorise`.
    quarters : sequence of str
        Baseline quarters.

    Returns
    -------
    DataFrame
        Columns outcome, programs, n (all committed programs), share, low, high (95 % Wilson), typical_type (the program
        type most of them have, empty below five programs); most frequent first.
    """
    cohort = committed(judged, quarters)
    groups = {member: name for name, members in OUTCOMES.items() for member in members}
    outcome = category.reindex(cohort.index).map(groups)
    rows = []
    for name in LOST:
        hit = cohort.loc[outcome == name]
        rate = wilson(len(hit), len(cohort)) if len(cohort) else None
        types = hit["type"].value_counts()
        rows.append({
            "outcome": name,
            "programs": len(hit),
            "n": len(cohort),
            "share": rate.value if rate else None,
            "low": rate.low if rate else None,
            "high": rate.high if rate else None,
            "typical_type": str(types.index[0]) if len(hit) >= 5 and types.iloc[0] > len(hit) / 2 else "",
        })  # fmt: skip
    return pd.DataFrame(rows).sort_values("programs", ascending=False, kind="stable", ignore_index=True)


def lost_shares(lost: pd.DataFrame, settings: Settings, *, period: str) -> dict[str, Result]:
    """Return the share of the frozen plan lost in each way, thin below the minimum n.

    Parameters
    ----------
    lost : DataFrame
        From `lost_plans`.
    """
    rows = lost.to_dict(orient="records")
    return {
        str(row["outcome"]): Result("lost_share", row["share"], row["low"], row["high"], n=row["n"], events=row["programs"],
                                    period=period, method="Wilson interval", grade="B")
        if row["n"] >= settings.min_n_rate
        else Result("lost_share", n=row["n"], events=row["programs"], period=period, status="thin", grade="C")
        for row in rows
    }  # fmt: skip


def cancel_reasons(judged: pd.DataFrame, quarters: Sequence[str]) -> pd.DataFrame:
    """Count why committed programs of some quarters were cancelled.

    Returns
    -------
    DataFrame
        Columns reason (``not recorded`` where none is given), programs; most frequent first.
    """
    cohort = committed(judged, quarters)
    reasons = cohort.loc[cohort["status"] == "cancelled", "cancel_reason"].fillna("not recorded")
    return reasons.value_counts().rename_axis("reason").reset_index(name="programs")


def waits(stage_time: pd.DataFrame) -> pd.DataFrame:
    """Return the named stages in which nobody works on the program, longest first (rows of `flow.stage_time`)."""
    is_wait = ~stage_time["is_active"].astype(bool) & (stage_time["stage"] != OTHER_STAGES)
    return stage_time.loc[is_wait].reset_index(drop=True)
