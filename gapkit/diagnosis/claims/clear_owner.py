"""C1: programs without exactly one owner are less likely to be on time and to spec."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gapkit.diagnosis.attribution.adjustment import HELD_EQUAL, held_equal
from gapkit.diagnosis.claims.claim import About, Figure
from gapkit.diagnosis.claims.compare import Condition, compare, exposed_units
from gapkit.diagnosis.exposure.due import drawn
from gapkit.diagnosis.exposure.exposures import SWITCHES_ON
from gapkit.results import Result
from gapkit.stats.exposure import mantel_haenszel
from gapkit.stats.firth import firth_odds_ratio, independent_columns
from gapkit.stats.intervals import Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gapkit.diagnosis.claims.case import Case
    from gapkit.diagnosis.claims.claim import Trial

ABOUT: Final = About(
    "C1",
    "Without one clear owner, less arrives",
    "programs without exactly one named owner at their planned start are less often {outcome}",
    "difference of rates, Newcombe interval, Boschloo test",
    -1,
    "Holm",
)
CONDITION: Final = Condition(
    "exactly one person answering for the program at its planned start, or not",
    "Programs without exactly one named owner at their planned start",
    "those with one",
)
TURNED: Final = "With other things held equal the association points the other way."


def trial(case: Case) -> Trial:
    """Return the trial of C1, with the association within types and with type, size and quarter held equal."""
    without = without_single_owner(case)
    if without.isna().all():
        return case.missing(ABOUT, SWITCHES_ON["unclear_ownership"], CONDITION.exposure)
    found = compare(case, ABOUT, CONDITION, without)
    if not found.effect.is_ok or found.effect.value is None:
        return found
    units = exposed_units(case, without)
    adjusted = tuple(filter(None, (_within_types(case, units), _held_equal(case, units))))
    crude = found.effect.value
    has_turned = any(odds is not None and (odds - 1) * crude < 0 for odds in (f.result.value for f in adjusted))
    caveats = (*found.caveats, TURNED) if has_turned else found.caveats
    return replace(found, adjusted=adjusted, is_exploratory=case.are_owners_known_late, caveats=caveats)


def without_single_owner(case: Case) -> pd.Series:
    """Return which programs due had not exactly one person answering for them at their planned start."""
    persons = case.owners["persons"]
    return (persons != 1).astype("boolean").mask(persons.isna())


def _within_types(case: Case, units: pd.DataFrame) -> Figure | None:
    """Return the odds ratio of success within types; None where no type holds both groups and both outcomes."""
    kinds = sorted(units["type"].fillna("").unique())

    def counted(is_exposed: bool) -> tuple[NDArray[Any], NDArray[Any]]:
        success = units.loc[units["is_exposed"] == is_exposed].groupby("type")["is_success"]
        return success.sum().reindex(kinds, fill_value=0).to_numpy(), success.size().reindex(kinds, fill_value=0).to_numpy()

    try:
        ratio = mantel_haenszel(*counted(True), *counted(False))
    except ValueError:  # nothing to compare within any type
        return None
    odds = Interval(ratio.value, ratio.low, ratio.high)
    return _odds(case, "odds ratio within types of program", "Mantel–Haenszel", odds, len(units))


def _held_equal(case: Case, units: pd.DataFrame) -> Figure | None:
    """Return the odds ratio of success with type, size and quarter held equal; None where nothing varies."""
    chosen, said = drawn(units, case.seed(ABOUT))
    if chosen[["is_success", "is_exposed"]].nunique().min() < 2:
        return None
    design = np.column_stack([chosen["is_exposed"].to_numpy(float), held_equal(chosen)])
    ratio = firth_odds_ratio(design[:, list(independent_columns(design))], chosen["is_success"], 0)
    odds = Interval(math.exp(ratio.value), math.exp(ratio.low), math.exp(ratio.high))
    figure = _odds(case, f"odds ratio with {HELD_EQUAL} held equal", "Firth logistic regression", odds, len(chosen))
    return figure._replace(result=figure.result.with_caveats(said))


def _odds(case: Case, label: str, method: str, odds: Interval, n: int) -> Figure:
    return Figure(label, Result("odds_ratio", *odds, n=n, unit="ratio", period=case.due.period, method=method, grade="B"))
