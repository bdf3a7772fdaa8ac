"""Planned against re-planned: how far the dates themselves have moved.

This needs no delivery record, so it speaks even where nothing says what was delivered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.stats import quantile_test

from gapkit.baseline.plans import first_known, latest_known, plan_changes
from gapkit.baseline.rates import estimate_rate
from gapkit.labels import label_count
from gapkit.results import Result, not_assessable
from gapkit.stats.rates import wilson

if TYPE_CHECKING:
    from gapkit.config import Settings


OTHER_TEAMS = "other teams"


def plan_moves(programs: pd.DataFrame, status_events: pd.DataFrame) -> pd.DataFrame:
    """Return, for each program with a first and a latest planned end, how far the date moved.

    Returns
    -------
    DataFrame
        Indexed by program_id: team, type, first_end, latest_end, moved_days (positive = later), moves (recorded changes of
        the date from one day to another).
    """
    changes = plan_changes(status_events, "end")
    by_id = programs.set_index("program_id")
    first = first_known(programs, changes, "end")
    latest = latest_known(programs, changes, "end")
    real = changes.loc[changes["old_on"].notna() & changes["new_on"].notna() & (changes["old_on"] != changes["new_on"])]
    frame = pd.DataFrame({
        "team": by_id["team"],
        "type": by_id["type"],
        "first_end": first,
        "latest_end": latest,
        "moved_days": (latest - first).dt.days,
        "moves": real["program_id"].value_counts().reindex(by_id.index, fill_value=0),
    })  # fmt: skip
    return frame.dropna(subset=["first_end", "latest_end"])


def replanning_results(moves: pd.DataFrame, settings: Settings, *, period: str) -> dict[str, Result]:
    """Estimate how often and how far planned ends moved.

    Returns
    -------
    dict of Result
        replanned_later_share (programs whose latest planned end is after their first), replanned_median_days (median move
        over all programs with both dates, negative = earlier; exact interval from order statistics).
    """
    names = ("replanned_later_share", "replanned_median_days")
    if moves.empty or not has_history(moves):
        why = ("No source shows planned dates changing: a status history or exports of several dates would tell whether "
               "they moved.")  # fmt: skip
        return {names[0]: not_assessable(names[0], why, period=period, n=len(moves)),
                names[1]: not_assessable(names[1], why, unit="days", period=period, n=len(moves))}  # fmt: skip
    later = (moves["moved_days"] > 0).astype("boolean")
    share = estimate_rate(names[0], later, moves["team"], settings, period=period)
    return {names[0]: share, names[1]: _median_move(moves["moved_days"].to_numpy(float), settings, period)}


def moves_by_team(moves: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return how planned ends moved in each team, by name; teams below the minimum n are gathered as "other teams".

    Returns
    -------
    DataFrame
        Columns team, programs, later (programs), share, low, high (95 % Wilson), later_days (median move of those
        that moved later, missing where none did).
    """
    size = moves.groupby("team")["team"].transform("size")
    named = moves["team"].mask(size < settings.min_n_rate, OTHER_TEAMS)
    table = (
        moves.assign(team=named, is_later=moves["moved_days"] > 0)
        .groupby("team", sort=True)
        .agg(programs=("is_later", "size"), later=("is_later", "sum"), later_days=("moved_days", _median_later))
        .reset_index()
    )
    table = table.loc[table["programs"] >= settings.min_n_rate]
    limits = [wilson(int(x), int(n)) for x, n in zip(table["later"], table["programs"], strict=True)]
    rates = pd.DataFrame(limits, columns=["share", "low", "high"], index=table.index)
    ordered = table.join(rates).sort_values("team", key=lambda name: (name == OTHER_TEAMS).astype(str) + name)
    return ordered[["team", "programs", "later", "share", "low", "high", "later_days"]].reset_index(drop=True)


def _median_later(moved_days: pd.Series) -> float:
    later = moved_days[moved_days > 0]
    return float(later.median()) if len(later) else float("nan")


def has_history(moves: pd.DataFrame) -> bool:
    """Return whether any plan date was ever seen to differ from its first: without it, no move is not evidence of none."""
    return bool(moves["moves"].gt(0).any() or moves["moved_days"].ne(0).any())


def _median_move(days: np.ndarray, settings: Settings, period: str) -> Result:
    name, n = "replanned_median_days", len(days)
    if n < settings.min_n_median:
        words = f"Only {label_count(n, 'program')} with a first and a latest date; {settings.min_n_median} are needed."
        return Result(name, n=n, unit="days", period=period, status="thin", grade="C", caveats=(words,))
    limits: Any = quantile_test(days, p=0.5).confidence_interval()
    return Result(name, float(np.median(days)), limits.low, limits.high, n=n, unit="days", period=period,
                  method="median of latest − first planned end, exact order-statistic interval", grade="B")  # fmt: skip
