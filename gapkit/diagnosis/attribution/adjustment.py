"""What a model holds equal when it compares programs: their type, their size, the quarter of their plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.stats.case_mix import MIN_STRATUM, OTHER

if TYPE_CHECKING:
    from gapkit.stats.intervals import FloatArray

HELD_EQUAL: Final = "type, size tercile and quarter"
TERCILES: Final = ("small", "medium", "large")
UNKNOWN: Final = "unknown"


def held_equal(programs: pd.DataFrame) -> FloatArray:
    """Return indicator columns of type, size tercile and quarter.

    Parameters
    ----------
    programs : DataFrame
        From `exposure.due.programs_due`: type, size (number, missing = unknown), quarter.

    Returns
    -------
    numpy.ndarray
        One row per program; for each of the three one column per level but the most frequent one, against which the others
        are compared. Levels of fewer than five programs stand together as "other".

    Examples
    --------
    >>> frame = pd.DataFrame({"type": ["web"] * 6 + ["email"] * 5, "size": None, "quarter": "2026Q1"})
    >>> held_equal(frame).shape
    (11, 1)
    """
    levels = (programs["type"], size_tercile(programs["size"]), programs["quarter"])
    blocks = [_indicators(values) for values in levels]
    return np.column_stack([np.empty((len(programs), 0)), *blocks])


def size_tercile(size: pd.Series) -> pd.Series:
    """Return the third of all sizes each program falls into; programs of equal size share one.

    Examples
    --------
    >>> size_tercile(pd.Series([1.0, 2.0, 3.0, None])).tolist()
    ['small', 'medium', 'large', 'unknown']
    """
    below = size.astype("float64").rank(method="min", pct=True) - 1 / max(int(size.notna().sum()), 1)
    third = pd.Series(np.select([below < 1 / 3, below < 2 / 3], TERCILES[:2], TERCILES[2]), index=size.index, dtype="str")
    return third.mask(size.isna(), UNKNOWN)


def _indicators(values: pd.Series) -> FloatArray:
    """Return one column of zeros and ones per level but the most frequent."""
    named = values.fillna(UNKNOWN).astype("str")
    counts = named.map(named.value_counts())
    pooled = named.mask(counts < MIN_STRATUM, OTHER)
    # Ties go to the first by name, so that the order of rows decides nothing.
    frequent = pooled.value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable").index
    return np.column_stack([np.empty((len(values), 0)), *((pooled == level).to_numpy(float) for level in frequent[1:])])
