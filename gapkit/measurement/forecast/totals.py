"""From single probabilities to how many: a sum of programs that share the luck of their quarter.

Adding up independent programs would make a bad quarter look impossible. All programs due in one quarter are therefore moved
together, by as much as the client's own quarters differed beyond chance, and all by what is not known about the past
shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from gapkit.stats.shrinkage import between_period_variance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gapkit.stats.intervals import FloatArray

LEVEL: Final = 0.80
DRAWS: Final = 4000
# Quarters with fewer commitments say nothing about how quarters differ.
MIN_QUARTER: Final = 5


class Luck(NamedTuple):
    """How much quarters differ.

    Attributes
    ----------
    between_variance : float
        Variance of the on-time rate between past quarters beyond chance.
    quarters : int
        Quarters it was read from.
    """

    between_variance: float
    quarters: int


def read_luck(on_time: FloatArray, n: FloatArray) -> Luck:
    """Return how much past quarters differ in their on-time rate.

    Parameters
    ----------
    on_time, n : numpy.ndarray
        Commitments on time, and all, of each past quarter.
    """
    enough = n >= MIN_QUARTER
    counts, sizes = on_time[enough], n[enough]
    if sizes.size < 2 or counts.sum() in (0, sizes.sum()):
        return Luck(0.0, int(sizes.size))
    return Luck(between_period_variance(counts, sizes), int(sizes.size))


def draw_counts(chances: pd.DataFrame, luck: Luck, rng: np.random.Generator, draws: int = DRAWS) -> NDArray[np.int64]:
    """Return how many programs of each group come true in each draw.

    Parameters
    ----------
    chances : DataFrame
        One row per group of like programs: p (their probability, between 0 and 1), n_pool (past programs behind it), state,
        quarter (in which they are due), count (how many they are).
    luck : Luck
        How much quarters differ.
    rng : numpy.random.Generator
        Source of randomness.
    draws : int
        Rows of the answer.

    Returns
    -------
    numpy.ndarray
        Shape (draws, groups).

    Notes
    -----
    One-factor normal model: ``Phi(sqrt(1 + s**2) * Phi^-1(p) + s_q * z_quarter + s_n * z_state)`` with ``s**2 = s_q**2 +
    s_n**2`` has mean p whatever the spread. ``s_q`` is the standard deviation between quarters and ``s_n`` the standard
    error of the pool (its chance, and that its quarters were a few), both brought to the normal scale by the density there.

    References
    ----------
    Vasicek, O. (2002). The distribution of loan portfolio value. Risk 15, 160-162.
    """
    if chances.empty:
        return np.zeros((draws, 0), dtype=np.int64)
    p, n_pool = chances["p"].to_numpy(float), chances["n_pool"].to_numpy(float)
    between = np.full(p.size, luck.between_variance)
    error = p * (1 - p) / (n_pool + 3) + between / max(1, luck.quarters)
    middle = stats.norm.ppf(p)
    slope = stats.norm.pdf(middle)
    s_quarter, s_pool = np.sqrt(between) / slope, np.sqrt(error) / slope
    quarter, quarters = _codes(chances["quarter"])
    state, states = _codes(chances["state"])
    common = rng.standard_normal((draws, quarters))[:, quarter] * s_quarter
    shared = rng.standard_normal((draws, states))[:, state] * s_pool
    moved = stats.norm.cdf(np.sqrt(1 + s_quarter**2 + s_pool**2) * middle + common + shared)
    counts: NDArray[np.int64] = rng.binomial(chances["count"].to_numpy(np.int64), moved)
    return counts


def _codes(labels: pd.Series) -> tuple[NDArray[np.int64], int]:
    codes, distinct = pd.factorize(labels)
    return codes.astype(np.int64), len(distinct)


def grouped(programs: pd.DataFrame, chance: str, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return programs with a probability in groups of like ones, for `draw_counts`.

    Parameters
    ----------
    programs : DataFrame
        Columns state, quarter, n_pool and the probability.
    chance : str
        Column of the probability; programs without one are left out.
    by : tuple of str
        Further columns that keep groups apart.
    """
    known = programs.loc[programs[chance].notna()]
    keys = [chance, "n_pool", "state", "quarter", *by]
    groups = known.groupby(keys, dropna=False, sort=True).size().reset_index(name="count")
    return groups.rename(columns={chance: "p"})


class Total(NamedTuple):
    """A count foretold.

    Attributes
    ----------
    value, low, high : int
        The middle draw and the 80 % interval.
    """

    value: int
    low: int
    high: int


def summed(counts: NDArray[np.int64], chosen: NDArray[np.bool_] | slice = slice(None)) -> Total:
    """Return the total of some groups over all draws.

    Examples
    --------
    >>> summed(np.arange(11)[:, None])
    Total(value=5, low=1, high=9)
    """
    totals = counts[:, chosen].sum(axis=1)
    tail = (1 - LEVEL) / 2
    low, value, high = np.quantile(totals, [tail, 0.5, 1 - tail], method="inverted_cdf")
    return Total(int(value), int(low), int(high))
