"""One ordered thing against another: of two programs that differ in the first, which has more of the second."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from gapkit.diagnosis.exposure.due import drawn
from gapkit.stats.intervals import Interval
from gapkit.stats.ordinal import somers_d

if TYPE_CHECKING:
    from gapkit.diagnosis.claims.case import Case
    from gapkit.diagnosis.claims.claim import About
    from gapkit.results import Result


class Association(NamedTuple):
    """How the second rises with the first.

    Attributes
    ----------
    effect : Result
        Somers' D, a rank correlation from −1 to 1: pairs in which it rises less pairs in which it falls, as a share of
        the pairs that differ in the first; unit ``ratio``.
    p_value : float
        Two-sided permutation p-value within types.
    rises, falls : float
        The two shares of pairs.
    """

    effect: Result
    p_value: float
    rises: float
    falls: float


def associate(case: Case, about: About, name: str, units: pd.DataFrame) -> Association:
    """Return the association of two ordered columns over programs.

    Parameters
    ----------
    case : Case
        Supplies seed, replicates and period.
    about : About
        The claim.
    name : str
        Name of the result.
    units : DataFrame
        One row per program: first, second (numbers, nothing missing), type.
    """
    chosen, said = drawn(units, case.seed(about))
    found = somers_d(
        chosen["first"].to_numpy(float), chosen["second"].to_numpy(float), chosen["type"].fillna("").to_numpy(str),
        replicates=case.settings.bootstrap_replicates, seed=case.seed(about),
    )  # fmt: skip
    effect = case.effect(about, name, Interval(found.value, found.low, found.high), found.n).with_caveats(said)
    differ = 1 - _tied_share(chosen)
    return Association(effect, found.p_value, (differ + found.value) / 2, (differ - found.value) / 2)


def can_be_split(values: pd.Series, least: int) -> bool:
    """Return whether a scale parts programs into a lower and a higher group of enough programs each.

    Examples
    --------
    >>> can_be_split(pd.Series([0, 0, 1, 2]), 2), can_be_split(pd.Series([0, 0, 0, 2]), 2)
    (True, False)
    """
    counts = values.value_counts().sort_index().cumsum()
    return bool(((counts >= least) & (len(values) - counts >= least)).any())


def _tied_share(units: pd.DataFrame) -> float:
    """Return the share of pairs alike in the second among pairs that differ in the first."""

    def pairs(*columns: str) -> float:
        sizes = units.groupby(list(columns)).size().to_numpy(float)
        return float(np.sum(sizes * (sizes - 1))) / 2

    alike_in_both = pairs("first", "second")
    return (pairs("second") - alike_in_both) / (len(units) * (len(units) - 1) / 2 - pairs("first"))
