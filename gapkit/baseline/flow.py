"""Where time goes: stage time inside a window, split into working and waiting."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gapkit.calendar import midnight
from gapkit.labels import label_count
from gapkit.results import Result, not_assessable
from gapkit.stats.rates import ratio_of_sums
from gapkit.stats.resample import resampled_totals
from gapkit.vocabulary import ACTIVE_KINDS

if TYPE_CHECKING:
    from gapkit.config import Settings

NO_VISITS = "No stage history. The table stage_visits, or a tracker export that keeps status history, would switch this on."
DAY_SECONDS = 86_400
OTHER_STAGES = "other stages"


def visits_in_window(stage_visits: pd.DataFrame, start: dt.date, end: dt.date, ended: pd.Series) -> pd.DataFrame:
    """Return stage visits clipped to a window, finished or not.

    Parameters
    ----------
    stage_visits : DataFrame
        Canonical table; an open visit runs to the end of the window, or to the day its program ended.
    start, end : date
        First and last day, both included, in the engagement's zone.
    ended : Series of datetime64
        Day on which each program was delivered or cancelled, indexed by program_id; missing for open ones.

    Returns
    -------
    DataFrame
        Columns program_id, stage, kind, team, days (calendar days inside the window, > 0), is_active, is_open.
    """
    zone = stage_visits["entered_at"].dt.tz
    first, last = midnight(start, zone), midnight(end + dt.timedelta(days=1), zone)
    entered = stage_visits["entered_at"].mask(stage_visits["entered_at"] < first, first)
    ends = ended.reindex(stage_visits["program_id"]).to_numpy("datetime64[us]")
    over = pd.Series(ends, index=stage_visits.index) + pd.Timedelta(days=1)
    over = over.dt.tz_localize(zone, nonexistent="shift_forward", ambiguous=True)
    left = stage_visits["left_at"].fillna(over)
    left = left.mask(~(left < last), last)
    inside = (left - entered).dt.total_seconds() / DAY_SECONDS
    frame = pd.DataFrame({
        "program_id": stage_visits["program_id"],
        "stage": stage_visits["stage"],
        "kind": stage_visits["kind"],
        "team": stage_visits["team"],
        "days": inside,
        "is_active": stage_visits["kind"].isin(ACTIVE_KINDS),
        "is_open": stage_visits["left_at"].isna(),
    })  # fmt: skip
    return frame.loc[frame["days"] > 0].reset_index(drop=True)


def flow_efficiency(visits: pd.DataFrame, settings: Settings, *, seed: int, period: str) -> Result:
    """Estimate the share of stage time in which work was being done.

    Parameters
    ----------
    visits : DataFrame
        From `visits_in_window`: all programs, finished or not, so long waits still running are counted.

    Returns
    -------
    Result
        Sum of active days / sum of all stage days, unit share, n = programs with visits; program bootstrap.
    """
    name = "flow_efficiency"
    if visits.empty:
        return not_assessable(name, NO_VISITS, period=period)
    days = (
        visits.assign(active=visits["days"].where(visits["is_active"], 0.0)).groupby("program_id")[["active", "days"]].sum()
    )
    if len(days) < settings.min_n_flow:
        words = f"Only {label_count(len(days), 'program')} with stage history; {settings.min_n_flow} are needed."
        return Result(name, n=len(days), period=period, status="thin", grade="C", caveats=(words,))
    estimate = ratio_of_sums(days["active"].to_numpy(float), days["days"].to_numpy(float), seed=seed,
                             replicates=settings.bootstrap_replicates)  # fmt: skip
    return Result(name, estimate.value, estimate.low, estimate.high, n=len(days), period=period,
                  method="active days / stage days, program bootstrap", grade="B")  # fmt: skip


def stage_time(visits: pd.DataFrame, settings: Settings, *, seed: int) -> pd.DataFrame:
    """Return where stage time goes, the longest first and what is gathered under "other stages" last.

    Returns
    -------
    DataFrame
        Columns stage, kind, is_active, visits, programs, days (inside the window), share (of all stage days), low, high
        (95 %
        program bootstrap of the share), days_per_program. Stages seen in fewer than five programs are gathered under the
        stage "other stages" of their kind, so no row rests on a handful.
    """
    columns = ["stage", "kind", "is_active", "visits", "programs", "days", "share", "low", "high", "days_per_program"]
    if visits.empty:
        return pd.DataFrame(columns=columns)
    seen = visits.groupby(["stage", "kind"])["program_id"].transform("nunique")
    frame = visits.assign(stage=visits["stage"].mask(seen < settings.min_n_counts, OTHER_STAGES))
    table = (
        frame.groupby(["stage", "kind", "is_active"])
        .agg(visits=("days", "size"), programs=("program_id", "nunique"), days=("days", "sum"))
        .reset_index()
    )
    per_program = frame.pivot_table(
        index="program_id", columns=["stage", "kind"], values="days", aggfunc="sum", fill_value=0.0
    )
    amounts = per_program[[tuple(pair) for pair in table[["stage", "kind"]].to_numpy()]].to_numpy(float)
    table["share"] = table["days"] / table["days"].sum()
    table["low"], table["high"] = share_limits(amounts, settings.bootstrap_replicates, seed)
    table["days_per_program"] = table["days"] / table["programs"]
    table["gathered"] = table["stage"] == OTHER_STAGES
    order = table.sort_values(["gathered", "days", "stage"], ascending=[True, False, True], ignore_index=True)
    return order[columns]


def kind_time(visits: pd.DataFrame, settings: Settings, *, seed: int) -> pd.DataFrame:
    """Return how stage time divides into kinds (work, waiting, approval, …), the largest first.

    Returns
    -------
    DataFrame
        Columns kind, is_active, programs, days, share, low, high (95 % program bootstrap).
    """
    columns = ["kind", "is_active", "programs", "days", "share", "low", "high"]
    if visits.empty:
        return pd.DataFrame(columns=columns)
    table = visits.groupby(["kind", "is_active"])["days"].sum().reset_index()
    # unstack, as pivot_table takes three times as long
    per_program = visits.groupby(["program_id", "kind"])["days"].sum().unstack()[table["kind"].tolist()]  # noqa: PD010
    table["programs"] = per_program.notna().sum().to_numpy()
    table["share"] = table["days"] / table["days"].sum()
    amounts = per_program.fillna(0.0).to_numpy(float)
    table["low"], table["high"] = share_limits(amounts, settings.bootstrap_replicates, seed)
    return table.sort_values(["days", "kind"], ascending=[False, True], ignore_index=True)[columns]


def share_limits(amounts: np.ndarray, replicates: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return 2.5 and 97.5 % limits of each column's share of the grand total, resampling rows (programs).

    Parameters
    ----------
    amounts : array of shape (programs, parts)
        Days of each program in each part.
    """
    sums = resampled_totals(amounts, replicates, np.random.default_rng(seed))
    shares = sums / sums.sum(axis=1, keepdims=True)
    low, high = np.quantile(shares, [0.025, 0.975], axis=0)
    return low, high
