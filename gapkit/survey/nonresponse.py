"""Who did not answer: response rates, weights that make up for uneven ones, and how bad it could be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.stats.intervals import FloatArray
from gapkit.stats.rates import wilson
from gapkit.survey.anonymity import Gate, Part

if TYPE_CHECKING:
    from gapkit.config import Settings
    from gapkit.survey.responses import Mask

PARTICIPATION_COLUMNS: Final = ("cut", "part", "n_invited", "n", "response_rate", "low", "high")
TAIL: Final = 0.1
# Limits of the extreme bound are rounded outward to so many points: the tenth answer from the end is somebody's.
COARSE: Final = 5


class Extremes(NamedTuple):
    """What a score would be if all who did not answer thought alike.

    Attributes
    ----------
    low, high : float
        Score if they all were at the 10th, or the 90th, percentile of those who answered; rounded outward to five points.
    """

    low: float
    high: float


def invited_in(invited: pd.DataFrame, group: Part | None, level: Part | None) -> int:
    """Return how many were invited in a part of groups and of levels; None stands for all of them."""
    chosen = np.ones(len(invited), dtype=bool)
    if group is not None:
        chosen &= invited["group"].isin(group.members).to_numpy()
    if level is not None:
        chosen &= invited["level_band"].isin(level.members).to_numpy()
    return int(invited.loc[chosen, "n_invited"].sum())


def participation(gate: Gate, invited: pd.DataFrame) -> pd.DataFrame:
    """Return who answered, of everybody and of each group and level that may be shown.

    Parameters
    ----------
    gate : Gate
        Of the wave.
    invited : DataFrame
        survey_invited of the wave.

    Returns
    -------
    DataFrame
        Columns cut (``all``, ``level``, ``group``), part, n_invited, n (usable answers), response_rate, low, high (Wilson,
        95 %). Rates are missing where nobody was invited on record, or more answered than were invited.
    """
    everybody = np.ones(gate.n, dtype=bool)
    if not gate.is_open:
        return pd.DataFrame(columns=list(PARTICIPATION_COLUMNS))
    rows = [_taking_part("all", "everybody", invited_in(invited, None, None), gate.n)]
    rows += [_taking_part("level", part.name, invited_in(invited, None, part), part.n) for part in gate.by_level(everybody)]
    rows += [_taking_part("group", part.name, invited_in(invited, part, None), part.n) for part in gate.by_group(everybody)]
    return pd.DataFrame(rows, columns=list(PARTICIPATION_COLUMNS))


def _taking_part(cut: str, part: str, n_invited: int, n: int) -> tuple[str, str, int, int, float, float, float]:
    rate = wilson(n, n_invited) if 0 < n <= n_invited else (math.nan,) * 3
    return cut, part, n_invited, n, *rate


def is_low(taking_part: pd.DataFrame, settings: Settings) -> bool:
    """Return whether too few took part for the figures to speak for everybody."""
    limit = np.where(taking_part["cut"] == "all", settings.low_response_share, settings.low_band_response_share)
    judged = taking_part["cut"].isin(["all", "level"])
    return bool((judged & (taking_part["response_rate"] < limit)).any())


def weights(gate: Gate, rows: Mask, invited: pd.DataFrame, settings: Settings) -> FloatArray:
    """Return weights that give each group and level its share of those invited.

    Parameters
    ----------
    gate : Gate
        Decides which cells of group by level may have a weight of their own; smaller ones are collapsed.
    rows : numpy.ndarray of bool
        Who answered what is weighted.
    invited : DataFrame
        survey_invited of the wave.
    settings : Settings
        Largest weight.

    Returns
    -------
    numpy.ndarray
        One weight per respondent, mean 1 before trimming, 0 outside `rows`. All 1 where somebody's cell has nobody
        invited on record.

    Notes
    -----
    Post-stratification: ``(invited in the cell / invited) / (answers in the cell / answers)``, at most `max_weight`.
    """
    cells = gate.cells(rows)
    counts = np.array([group.n for group, _ in cells], dtype=float)
    asked = np.array([invited_in(invited, group, level) for group, level in cells], dtype=float)
    made = rows.astype(float)
    if (asked < counts).any():
        return made
    ratio = np.minimum((asked / asked.sum()) / (counts / counts.sum()), settings.max_weight)
    for (group, _), weight in zip(cells, ratio, strict=True):
        made[group.rows] = weight
    return made


def extremes(scores: FloatArray, mean: float, n_invited: int) -> Extremes | None:
    """Return the score if all who did not answer were at one end of those who did; None where nobody is missing.

    Parameters
    ----------
    scores : numpy.ndarray
        Scores of those who answered.
    mean : float
        Their mean, weighted or not.
    n_invited : int
        How many were invited.

    Examples
    --------
    >>> extremes(np.linspace(20, 80, 21), 50.0, 42)
    Extremes(low=35.0, high=65.0)
    """
    n, absent = len(scores), n_invited - len(scores)
    if absent <= 0:
        return None
    low, high = ((n * mean + absent * float(np.quantile(scores, tail))) / n_invited for tail in (TAIL, 1 - TAIL))
    # Rounding errors must not push a limit that lies on the grid to the next one.
    return Extremes(*_outward(low, high))


def _outward(low: float, high: float) -> Sequence[float]:
    return float(COARSE * math.floor(low / COARSE + 1e-9)), float(COARSE * math.ceil(high / COARSE - 1e-9))
