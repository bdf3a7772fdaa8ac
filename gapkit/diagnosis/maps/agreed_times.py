"""Which agreed times were kept: stays in a stage against the time agreed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.flow import NO_VISITS, OTHER_STAGES
from gapkit.labels import label_count
from gapkit.results import Result, not_assessable
from gapkit.stats.rates import ratio_of_sums, wilson

if TYPE_CHECKING:
    from gapkit.config import Settings

NO_SLA: Final = "No agreed times. The column sla_days of stage_visits would switch this on."


def with_agreed_time(visits: pd.DataFrame) -> pd.DataFrame:
    """Return the visits begun in the window whose time was agreed and of which it is known whether they kept it."""
    return visits.loc[visits["in_window"] & visits["sla_days"].notna() & visits["is_settled"]]


def breaches_by_stage(visits: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return which agreed times were not kept, by stage.

    Parameters
    ----------
    visits : DataFrame
        From `maps.stops.timed_visits`.
    settings : Settings
        Minimum n.

    Returns
    -------
    DataFrame
        Columns stage, programs, n (visits with an agreed time, ended or over it already), over, share, low, high (95 %
        Wilson; missing below the minimum n), lost_days; most breaches first. Stages of fewer than five programs are
        gathered under "other stages".
    """
    columns = ["stage", "programs", "n", "over", "share", "low", "high", "lost_days"]
    agreed = with_agreed_time(visits)
    if agreed.empty:
        return pd.DataFrame(columns=columns)
    few = agreed.groupby("stage")["program_id"].transform("nunique") < settings.min_n_counts
    groups = agreed.assign(stage=agreed["stage"].mask(few, OTHER_STAGES), is_few=few).groupby(["is_few", "stage"])
    table = groups.agg(programs=("program_id", "nunique"), n=("is_over", "size"), over=("is_over", "sum"),
                       lost_days=("lost_bdays", "sum")).reset_index()  # fmt: skip
    rates = [
        wilson(over, n) if n >= settings.min_n_rate else (np.nan,) * 3
        for over, n in zip(table["over"].tolist(), table["n"].tolist(), strict=True)
    ]
    table[["share", "low", "high"]] = np.array(rates)
    return table.sort_values(["is_few", "over", "stage"], ascending=[True, False, True], ignore_index=True)[columns]


def breach_share(visits: pd.DataFrame, settings: Settings, *, seed: int, period: str) -> Result:
    """Estimate the share of stays that lasted longer than agreed.

    Parameters
    ----------
    visits : DataFrame
        From `maps.stops.timed_visits`.
    settings : Settings
        Minimum n and bootstrap size.
    seed : int
        Seed of the bootstrap.
    period : str
        The window in words.

    Returns
    -------
    Result
        Stays over the agreed time / stays with an agreed time that ended or are over it already; program bootstrap.
    """
    name = "sla_breach_share"
    if not visits["in_window"].any():
        return not_assessable(name, NO_VISITS, period=period)
    agreed = with_agreed_time(visits)
    if agreed.empty:
        return not_assessable(name, NO_SLA, period=period)
    n, over, programs = len(agreed), int(agreed["is_over"].sum()), agreed["program_id"].nunique()
    if programs < settings.min_n_rate:
        words = f"Agreed times of only {label_count(programs, 'program')}; {settings.min_n_rate} are needed."
        return Result(name, n=n, events=over, period=period, status="thin", grade="C", caveats=(words,))
    share = ratio_of_sums(agreed["is_over"].to_numpy(float), np.ones(n), agreed["program_id"].to_numpy(), seed=seed,
                          replicates=settings.bootstrap_replicates)  # fmt: skip
    return Result(name, share.value, share.low, share.high, n=n, events=over, period=period, grade="B",
                  method="stays over the agreed time / stays with an agreed time, program bootstrap")  # fmt: skip
