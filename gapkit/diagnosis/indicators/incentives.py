"""The incentives fracture: functions paid for different things, or for things that work against each other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gapkit.diagnosis.indicators.measured import About, Measured, Sample

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators.basis import Basis
    from gapkit.stats.intervals import FloatArray

OVERLAP = About(
    "Incentives 1", "of variable pay is not on the same outcomes, comparing two functions",
    "1 − mean over pairs of functions of Σ min(weight of one, weight of the other)",
    ("incentives",), units="functions", is_census=True,
)  # fmt: skip
CONFLICT = About(
    "Incentives 2", "is the conflict between the outcomes two functions are paid for",
    "mean over pairs of functions of the positive part of Σ weight × weight × conflict of the two outcomes",
    ("incentives", "outcome_conflicts"), unit="ratio", units="functions", is_census=True,
)  # fmt: skip
UNSHARED = About(
    "Incentives 3", "of variable pay is not on outcomes shared by all functions",
    "1 − mean over functions of the weight on outcomes that every function is paid for",
    ("incentives",), units="functions", is_census=True,
)  # fmt: skip
FEWEST_FUNCTIONS = 2


def measure(basis: Basis) -> tuple[Measured, ...]:
    """Return the three indicators of incentives; they describe all functions, so there is nothing to resample."""
    weights = weights_of(basis.eng.incentives)
    if len(weights) < FEWEST_FUNCTIONS:
        why = "What the functions are paid for (table incentives, two functions or more) would switch this on."
        return tuple(about.missing(why) for about in (OVERLAP, CONFLICT, UNSHARED))
    table = weights.to_numpy(float)
    shared = table[:, (table > 0).all(axis=0)].sum(axis=1).mean()
    return (
        _fixed(OVERLAP, weights, 1 - mean_overlap(table)),
        _conflict(basis, weights),
        _fixed(UNSHARED, weights, 1 - shared),
    )


def weights_of(incentives: pd.DataFrame) -> pd.DataFrame:
    """Return the weight of every outcome (columns) in the variable pay of every function (rows)."""
    return incentives.pivot_table(index="function", columns="outcome", values="weight", aggfunc="sum", fill_value=0.0)


def mean_overlap(weights: FloatArray) -> float:
    """Return how much of variable pay two functions have on the same outcomes, mean over all pairs.

    Examples
    --------
    >>> round(mean_overlap(np.array([[0.6, 0.4, 0, 0], [0, 0.2, 0.8, 0], [0, 0.2, 0.3, 0.5]])), 9)
    0.3
    """
    return float(np.mean([np.minimum(one, other).sum() for one, other in combinations(weights, 2)]))


def mean_conflict(weights: FloatArray, conflict: FloatArray) -> float:
    """Return how far what two functions are paid for works against each other, mean over all pairs, help counted as 0.

    Examples
    --------
    >>> mean_conflict(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.0, 0.5], [0.5, 0.0]]))
    0.5
    """
    pairs = [one @ conflict @ other for one, other in combinations(weights, 2)]
    return float(np.mean(np.maximum(pairs, 0)))


def _conflict(basis: Basis, weights: pd.DataFrame) -> Measured:
    if not basis.eng.has("outcome_conflicts"):
        return CONFLICT.missing("Which outcomes work against each other (table outcome_conflicts) would switch this on.")
    rows = basis.eng.outcome_conflicts
    both = pd.concat([rows, rows.rename(columns={"outcome_a": "outcome_b", "outcome_b": "outcome_a"})])
    square = both.pivot_table(index="outcome_a", columns="outcome_b", values="conflict", aggfunc="mean", fill_value=0.0)
    square = square.reindex(index=weights.columns, columns=weights.columns, fill_value=0.0)
    return _fixed(CONFLICT, weights, mean_conflict(weights.to_numpy(float), square.to_numpy(float)))


def _fixed(about: About, weights: pd.DataFrame, value: float) -> Measured:
    """Return an indicator without sampling error: the same value whichever functions are drawn."""
    n = len(weights)
    table = np.full((n, 1), 1 / n)
    return about.measured(
        Sample("function", weights.index.to_numpy(dtype=object), table, lambda sums: sums[:, 0] * 0 + value)
    )
