"""How an indicator is measured: amounts per unit, so that units can be drawn again and the figure read off each draw.

Every indicator is made of sums over units (programs, respondents, reviews …) and one function that turns the sums into its
value: a ratio, a median, a correlation. A bootstrap replicate is then one row of weights times the table of amounts, for
all indicators of a pool at once, and what belongs to one program stays together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gapkit.results import Unit
from gapkit.stats.intervals import FloatArray

Read = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Amounts per unit, and how to read a value off their sums.

    Attributes
    ----------
    pool : str
        What a unit is: ``"program"``, ``"respondent"``, ``"review"`` … Indicators of one pool are resampled together.
    keys : array of str
        The units, in ascending order, each once.
    table : array of shape (units, columns)
        Amounts to be summed.
    read : function
        From sums, shape (replicates, columns), to values, shape (replicates,); NaN where a value does not exist. It must
        not change when all sums are multiplied by a constant.
    """

    pool: str
    keys: NDArray[Any]
    table: FloatArray
    read: Read

    @property
    def n(self) -> int:
        """Units."""
        return len(self.keys)

    @property
    def value(self) -> float:
        """The value on the data themselves; NaN where it does not exist."""
        return float(self.read(self.table.sum(axis=0)[None, :])[0])


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A figure whose units stay behind, because they are people: it comes with its draws.

    Attributes
    ----------
    n : int
        Units.
    value : float
        The value on the data themselves; NaN where it does not exist.
    draws : array of shape (replicates,)
        The value in each replicate.
    """

    n: int
    value: float
    draws: FloatArray


@dataclass(frozen=True, slots=True)
class About:
    """What an indicator is, whatever the data.

    Attributes
    ----------
    id : str
        As in docs/method.md, appendix A.
    name : str
        What is measured: words that follow the value, or, where there is a clause, what a table calls it.
    definition : str
        Numerator and denominator.
    source : tuple of str
        Canonical tables it needs.
    unit : str
        Unit of the value.
    units : str
        What is counted, in the plural: ``"programs"``.
    is_census : bool
        Whether all there is was seen, and no draw of units means anything: no minimum number and no sampling interval.
    clause : str
        The figure as a clause, ``{}`` where its value stands; empty for the value followed by the name.
    """

    id: str
    name: str
    definition: str
    source: tuple[str, ...]
    unit: Unit = "share"
    units: str = "programs"
    is_census: bool = False
    clause: str = ""

    def measured(self, sample: Sample | Drawn, *caveats: str) -> Measured:
        """Return the indicator as measured; a sample without units counts as not measured."""
        if sample.n == 0 or not np.isfinite(sample.value):
            return self.missing(f"No {self.units} to count in the window.")
        return Measured(self, sample, "", tuple(caveat for caveat in caveats if caveat))

    def missing(self, why: str) -> Measured:
        """Return the indicator as not measured, with what would switch it on."""
        return Measured(self, None, why, ())


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One indicator on one engagement.

    Attributes
    ----------
    about : About
        What it is.
    sample : Sample, Drawn or None
        What it was measured on; None when it was not measured.
    why : str
        What is missing and what would switch it on; empty when it was measured.
    caveats : tuple of str
        What a reader must know.
    """

    about: About
    sample: Sample | Drawn | None
    why: str
    caveats: tuple[str, ...]


def share_of(pool: str, units: pd.Series, hit: pd.Series | float, base: pd.Series | float = 1.0) -> Sample:
    """Return the sample of a ratio of two sums over rows.

    Parameters
    ----------
    pool : str
        What a unit is.
    units : Series of str
        The unit each row belongs to.
    hit, base : Series or float
        What each row adds to the numerator and to the denominator; booleans count as 0 and 1.

    Returns
    -------
    Sample
        One unit per distinct entry of `units` with a denominator above zero.

    Examples
    --------
    >>> rows = pd.Series(["P1", "P1", "P2"])
    >>> share_of("program", rows, pd.Series([True, False, False])).value
    0.3333333333333333
    """
    rows = pd.DataFrame({"unit": units.astype("str"), "hit": hit, "base": base})
    sums = rows.astype({"hit": float, "base": float}).groupby("unit", sort=True)[["hit", "base"]].sum()
    # Sums of the same numbers in another order differ in their last bits; the order of rows must not show.
    sums = sums.round(9).loc[sums["base"] > 0]
    return Sample(pool, sums.index.to_numpy(dtype=object), sums.to_numpy(float), ratio)


def ratio(sums: FloatArray) -> FloatArray:
    """Return the first column over the second; NaN where the second is zero."""
    return over(sums[:, 0], sums[:, 1])


def mean_of_ratios(sums: FloatArray) -> FloatArray:
    """Return the mean of several ratios: the first half of the columns over the second half, empty ones left out.

    Examples
    --------
    >>> mean_of_ratios(np.array([[1.0, 3.0, 0.0, 2.0, 4.0, 0.0]])).item()
    0.625
    """
    hits, base = np.split(sums, 2, axis=1)
    ratios = np.divide(hits, base, out=np.zeros_like(hits), where=base > 0)
    counted = (base > 0).sum(axis=1).astype(np.float64)
    return over(ratios.sum(axis=1), counted)


def over(above: FloatArray, below: FloatArray) -> FloatArray:
    """Return a quotient, NaN where the divisor is zero."""
    return np.asarray(np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0), dtype=np.float64)


def median_of(values: FloatArray) -> Read:
    """Return the reader of a median, given the ascending values whose counts are summed.

    Examples
    --------
    >>> median_of(np.array([1.0, 2.0, 10.0]))(np.array([[1.0, 1.0, 2.0], [2.0, 1.0, 0.0]])).tolist()
    [6.0, 1.0]
    """

    def read(counts: FloatArray) -> FloatArray:
        cumulated = counts.cumsum(axis=1)
        half = cumulated[:, -1:] / 2
        lower, upper = (cumulated >= half).argmax(axis=1), (cumulated > half).argmax(axis=1)
        return np.where(half[:, 0] > 0, (values[lower] + values[upper]) / 2, np.nan)

    return read
