"""Two groups of programs, one under a condition and one not: how often each succeeds, and how sure the difference is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from gapkit.diagnosis.claims.claim import Trial
from gapkit.diagnosis.exposure.due import undecided
from gapkit.labels import label_count, label_number, label_pp
from gapkit.stats.differences import boschloo, newcombe_difference
from gapkit.stats.intervals import Interval

if TYPE_CHECKING:
    from gapkit.diagnosis.claims.case import Case
    from gapkit.diagnosis.claims.claim import About
    from gapkit.results import Result

# From programs (is_success, is_exposed, team) to the difference of rates and its p-value.
Test = Callable[[pd.DataFrame], tuple[Interval, float]]


class Condition(NamedTuple):
    """A condition in words.

    Attributes
    ----------
    exposure : str
        How programs were divided, and when that was read.
    exposed, others : str
        The two groups as subjects of a sentence: "Programs without one owner", "those with one".
    """

    exposure: str
    exposed: str
    others: str


def exact(units: pd.DataFrame) -> tuple[Interval, float]:
    """Return the difference of two rates, exposed less others, with Newcombe's interval and Boschloo's p-value."""
    table = counts(units)
    return newcombe_difference(*table), boschloo(*table).p_value


def compare(case: Case, about: About, condition: Condition, is_exposed: pd.Series, test: Test = exact) -> Trial:
    """Return the trial of a claim about two groups.

    Parameters
    ----------
    case : Case
        Supplies outcome, settings and period.
    about : About
        The claim; its effect is the success rate of the exposed less that of the others.
    condition : Condition
        The groups in words.
    is_exposed : Series of nullable boolean
        By program_id; programs that are not in it, or missing, are not compared.
    test : callable
        What difference and p-value are computed with.
    """
    units = exposed_units(case, is_exposed)
    flag = units["is_exposed"]
    groups = tuple(case.rate(words, part["is_success"], part["team"]) for words, part in
                   ((condition.exposed, units.loc[flag]), (condition.others, units.loc[~flag])))  # fmt: skip
    caveats = (*case.due.caveats, *_unknown_caveats(case, is_exposed))
    (x1, n1, x2, n2), least = counts(units), case.settings.min_n_compared
    if min(n1, n2) < least:
        why = f"{label_count(n1, 'program')} with the condition, {n2} without; {least} are needed of each."
        return case.thin(about, why, condition.exposure, len(units), groups, caveats)
    difference, p_value = test(units)
    effect = case.effect(about, f"{case.due.result_name}_difference", difference, len(units))
    exposed, others = (f"{label_number(x)} of {label_number(n)}" for x, n in ((x1, n1), (x2, n2)))
    facts = f"{condition.exposed} were {case.due.outcome} in {exposed} cases, {condition.others} in {others}"
    return Trial(about, case.due.outcome, condition.exposure, groups, effect, p_value, facts,
                 sensitivity=_sensitivity(case, about, effect, units, test), caveats=caveats)  # fmt: skip


def exposed_units(case: Case, is_exposed: pd.Series) -> pd.DataFrame:
    """Return the programs due whose outcome and condition are known, with the column is_exposed."""
    known = case.due.known
    units = known.assign(is_exposed=is_exposed.reindex(known.index)).dropna(subset="is_exposed")
    return units.astype({"is_exposed": bool})


def counts(units: pd.DataFrame) -> tuple[int, int, int, int]:
    """Return successes and programs of the exposed, then of the others."""
    exposed, success = units["is_exposed"], units["is_success"]
    return int((exposed & success).sum()), int(exposed.sum()), int((~exposed & success).sum()), int((~exposed).sum())


def _sensitivity(case: Case, about: About, effect: Result, units: pd.DataFrame, test: Test) -> Result | None:
    """Return the effect without programs cancelled by decision before their planned start; None where there are none."""
    kept, words = undecided(units)
    _, exposed, _, others = counts(kept)
    if len(kept) == len(units) or min(exposed, others) < case.settings.min_n_compared:
        return None
    return case.effect(about, effect.name, test(kept)[0], len(kept)).with_caveats(words)


def _unknown_caveats(case: Case, is_exposed: pd.Series) -> list[str]:
    """Return what unknown conditions and unknown outcomes mean for a difference."""
    programs = case.due.programs.reindex(is_exposed.index.intersection(case.due.programs.index))
    about = programs.assign(is_exposed=is_exposed.reindex(programs.index))
    absent, about = int(about["is_exposed"].isna().sum()), about.dropna(subset="is_exposed").astype({"is_exposed": bool})
    said = [f"{label_count(absent, 'program')} left out: whether the condition held is unknown."] if absent else []
    unknown = about["is_success"].isna()
    n_exposed = int(about["is_exposed"].sum())
    if unknown.sum() > case.settings.max_unknown_share * len(about) and 0 < n_exposed < len(about):
        # The two extremes: the unknown outcomes all speak against the exposed, or all for them.
        low, high = (_difference(about, about["is_success"].fillna(about["is_exposed"] == best)) for best in (False, True))
        said.append(f"With the unknown outcomes the difference lies between {label_pp(low)} and {label_pp(high)}.")
    return said


def _difference(programs: pd.DataFrame, is_success: pd.Series) -> float:
    exposed, success = programs["is_exposed"], is_success.astype(float)
    return float(success[exposed].mean() - success[~exposed].mean())
