"""Where leadership and the others see different things: Cliff's delta per construct, tested together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from gapkit.stats.intervals import FloatArray
from gapkit.stats.multiple import holm
from gapkit.stats.ordinal import cliffs_delta
from gapkit.survey.anonymity import Gate

GAP_COLUMNS: Final = (
    "construct", "first", "others", "n_first", "n_others", "mean_first", "mean_others", "delta", "low", "high", "p",
    "p_adjusted", "size",
)  # fmt: skip
# Upper limits of the words (Romano et al. 2006).
SIZES: Final = {"negligible": 0.147, "small": 0.33, "medium": 0.474}


def size_word(delta: float) -> str:
    """Return how large a difference is.

    Examples
    --------
    >>> [size_word(delta) for delta in (0.1, -0.2, 0.4, -0.5)]
    ['negligible', 'small', 'medium', 'large']
    """
    return next((word for word, limit in SIZES.items() if abs(delta) < limit), "large")


def leadership_gap(gate: Gate, scores: Mapping[str, FloatArray]) -> pd.DataFrame:
    """Return how much worse the others see each construct than the leadership.

    Parameters
    ----------
    gate : Gate
        Says who may be compared: the first level it shows against all others.
    scores : mapping of str to numpy.ndarray
        Construct to the score of each respondent, nan for none; 100 is worst.

    Returns
    -------
    DataFrame
        Constructs for which both sides may be shown, in columns construct, first and others (names of the two sides),
        n_first, n_others, mean_first and mean_others (0..100, unweighted), delta (-1..1, above 0 where the others see it
        worse), low, high (95 %), p (Mann-Whitney, two-sided), p_adjusted (Holm over the constructs) and size in words.

    References
    ----------
    Cliff, N. (1996). Ordinal methods for behavioral data analysis. Erlbaum.
    Romano, J. et al. (2006). Appropriate statistics for ordinal level data. Florida Association of Institutional Research.
    """
    compared = [row for construct, values in scores.items() if (row := _compare(gate, construct, values))]
    frame = pd.DataFrame(compared, columns=[name for name in GAP_COLUMNS if name not in {"p_adjusted", "size"}])
    adjusted = holm(frame["p"].to_numpy(dtype=np.float64))
    return frame.assign(p_adjusted=adjusted, size=[size_word(delta) for delta in frame["delta"]])[list(GAP_COLUMNS)]


def _compare(gate: Gate, construct: str, values: FloatArray) -> tuple[object, ...] | None:
    parts = gate.by_level(~np.isnan(values))
    if not parts:
        return None
    first, others = values[parts[0].rows], values[np.logical_or.reduce([part.rows for part in parts[1:]])]
    delta = cliffs_delta(others, first)
    names = parts[0].name, "everybody else" if len(parts) > 2 else parts[1].name
    means = float(first.mean()), float(others.mean())
    return construct, *names, len(first), len(others), *means, *delta, _p_value(others, first)


def _p_value(one: FloatArray, other: FloatArray) -> float:
    # Where everybody has the same score the test statistic has no variance, and there is nothing to find.
    if np.ptp(np.concatenate([one, other])) == 0:
        return 1.0
    return float(stats.mannwhitneyu(one, other, method="asymptotic").pvalue)
