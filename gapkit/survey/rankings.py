"""Official priorities as people rank them: one order or many, and whether leadership has another one than the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy import stats

from gapkit.results import Result, not_assessable
from gapkit.stats.concordance import average_ranks
from gapkit.stats.rank_intervals import rank_uncertainty
from gapkit.stats.resample import bootstrap_weights, percentile_interval

if TYPE_CHECKING:
    from gapkit.stats.intervals import FloatArray
    from gapkit.survey.anonymity import Gate
    from gapkit.survey.draws import Draws
    from gapkit.survey.responses import Mask, Rows

PRIORITY_COLUMNS: Final = (
    "priority_id", "n", "mean_rank", "place", "place_low", "place_high", "n_first", "mean_rank_first", "n_others",
    "mean_rank_others",
)  # fmt: skip
NO_RANKING: Final = "Nobody ranked the priorities. The table priority_rankings would switch it on."


def complete_ranks(rows: Rows) -> FloatArray:
    """Return everybody's ranks with what was left out tied in last place; nan throughout for who ranked nothing.

    With a single priority there is nothing to rank.
    """
    ranked = ~np.isnan(rows.ranks).all(axis=1)
    complete = np.full(rows.ranks.shape, np.nan)
    if ranked.any() and rows.ranks.shape[1] > 1:
        complete[ranked] = average_ranks(rows.ranks[ranked])
    return complete


def compared_sides(gate: Gate, ranks: FloatArray) -> FloatArray:
    """Return 1 for rankers of the first level, 0 for the other rankers, nan for all where they may not be compared."""
    ranked = is_ranker(ranks)
    parts = gate.by_level(ranked)
    side = np.full(len(ranks), np.nan)
    if parts:
        side[ranked] = 0
        side[parts[0].rows] = 1
    return side


def priority_results(gate: Gate, rows: Rows, ranks: FloatArray, measured: Draws, drawn: Draws) -> dict[str, Result]:
    """Return how far people rank alike.

    Parameters
    ----------
    gate : Gate
        Of the wave.
    rows : Rows
        The respondents counted.
    ranks : numpy.ndarray
        From `complete_ranks`.
    measured, drawn : Draws
        Figures on the respondents and on resamples.

    Returns
    -------
    dict of Result
        ``priority_concordance`` (Kendall's W, 0..1) and ``priority_gap`` (half of one less tau-b between the orders of
        leadership and the others; a share, 0 same order, 1 reversed).
    """
    n = int(is_ranker(ranks).sum())
    concordance = Result("priority_concordance", n=n, unit="ratio", period=rows.wave,
                         method="Kendall's W, respondent bootstrap")  # fmt: skip
    gap = Result("priority_gap", n=n, unit="share", period=rows.wave,
                 method="(1 - tau-b) / 2 of mean ranks, respondent bootstrap")  # fmt: skip
    few = gate.why_no_levels or f"Fewer than {gate.minimum} of the leadership, or of the others, ranked."
    return {
        concordance.name: _settled(
            gate, concordance, measured.priority_concordance, drawn.priority_concordance, "Nobody prefers one to another."
        ),
        gap.name: _settled(gate, gap, measured.priority_gap, drawn.priority_gap, few),
    }


def _settled(gate: Gate, result: Result, value: FloatArray, drawn: FloatArray, why: str) -> Result:
    """Return the result with its value and interval, or with the reason why it has none."""
    if not result.n:
        return not_assessable(result.name, NO_RANKING, unit=result.unit, period=result.period)
    if result.n < gate.minimum or not gate.is_open:
        few = gate.why_closed or f"Fewer than {gate.minimum} rankings."
        return replace(result, n=0, status="thin", grade="C", method="", caveats=(few,))
    if np.isnan(value[0]) or np.isnan(drawn).all():
        return replace(result, status="thin", grade="C", method="", caveats=(why,))
    value_, low, high = percentile_interval(float(value[0]), drawn)
    return replace(result, value=value_, low=low, high=high, grade="B")


def is_ranker(ranks: FloatArray) -> Mask:
    """Return who ranked anything."""
    if not ranks.shape[1]:
        return np.zeros(len(ranks), dtype=bool)
    return np.asarray(~np.isnan(ranks).any(axis=1))


def priority_ranks(
    gate: Gate, rows: Rows, ranks: FloatArray, side: FloatArray, *, replicates: int, seed: int
) -> pd.DataFrame:
    """Return the mean rank of each priority, best first, and the place it takes by it.

    Returns
    -------
    DataFrame
        Columns priority_id, n, mean_rank (1 first), place in the common order (a tie takes the best one) with place_low and
        place_high (90 % of resampled respondents), and n and mean_rank of the first level and of the others; missing where
        these may not be compared.
    """
    ranked = is_ranker(ranks)
    if not gate.may_show(ranked):
        return pd.DataFrame(columns=list(PRIORITY_COLUMNS))
    columns: dict[str, object] = {"priority_id": list(rows.priorities)}
    for suffix, who in (("", ranked), ("_first", side == 1), ("_others", side == 0)):
        columns[f"n{suffix}"] = int(who.sum())
        columns[f"mean_rank{suffix}"] = ranks[who].mean(axis=0) if who.any() else np.nan
    columns |= _places(ranks[ranked], replicates, seed)
    frame = pd.DataFrame(columns)[list(PRIORITY_COLUMNS)]
    return frame.sort_values(["mean_rank", "priority_id"], ignore_index=True)


def _places(ranks: FloatArray, replicates: int, seed: int) -> dict[str, object]:
    """Return the place of each option by its mean rank, with its interval over resampled respondents."""
    blocks = bootstrap_weights(len(ranks), replicates, np.random.default_rng(seed))
    # Rounded, so that equal means are a tie whatever the order in which they were added up.
    sums = np.concatenate([np.round(times.astype(np.float64) @ ranks, 9) for times in blocks])
    found = rank_uncertainty(-sums)
    place = stats.rankdata(np.round(ranks.sum(axis=0), 9), method="min").astype(int)
    return {"place": place, "place_low": found.low, "place_high": found.high}
