"""C2: the farther from the decision work is done, the more it drifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.diagnosis.claims.association import associate, can_be_split
from gapkit.diagnosis.claims.claim import About, Figure, Trial
from gapkit.intake.reading.cells import is_among
from gapkit.labels import label_count, label_number, label_share
from gapkit.results import Result
from gapkit.stats.rates import ratio_of_sums

if TYPE_CHECKING:
    from gapkit.diagnosis.claims.case import Case

ABOUT: Final = About(
    "C2",
    "The farther from the decision, the more drift",
    "programs drift the more, the more organisational levels lie between those who decided them and those who do them",
    "Somers' D of drift on distance, program bootstrap, permutation test within types",
    1,
    "Holm",
    per="in 100 pairs",
    unit="ratio",
)
EXPOSURE: Final = "organisational levels between decider and doer, as planned"
NO_DISTANCE: Final = "The levels between decider and doer (programs.decision_distance) would switch this on."
NO_DRIFT: Final = (
    "Changes of scope in the history, or ratings of results against the intent (programs.intent_match), would switch this "
    "on."
)
DRIFT_PARTS: Final = {
    "scope": "whether the scope was changed between the brief and the due day",
    "intent": "how far the result fell short of the intent, as rated",
}
BEST_MATCH: Final = 4.0


def trial(case: Case) -> Trial:
    """Return the trial of C2, with slip and budget as secondary outcomes."""
    if case.due.programs.empty:
        return case.missing(ABOUT, case.due.why_not, EXPOSURE)
    distance = case.programs["decision_distance"].astype("Float64").astype("float64")
    parts = drift_parts(case)
    drift = parts.mean(axis=1)
    if distance.isna().all() or drift.isna().all():
        return case.missing(ABOUT, NO_DISTANCE if distance.isna().all() else NO_DRIFT, EXPOSURE)
    units = _units(case, distance, drift)
    is_far, levels = units["first"] >= case.settings.far_levels, case.settings.far_levels
    groups = (_mean_drift(case, f"programs decided {levels} or more levels away", units.loc[is_far, "second"]),
              _mean_drift(case, "decided nearer", units.loc[~is_far, "second"]))  # fmt: skip
    known = " and ".join(words for part, words in DRIFT_PARTS.items() if parts[part].notna().any())
    absent = len(distance) - len(units)
    left_out = (f"{label_count(absent, 'program')} left out: distance or drift is not known.",) if absent else ()
    caveats = (f"Drift runs from 0 to 1 and rests on {known}.", *left_out)
    if not can_be_split(units["first"], case.settings.min_n_compared):
        why = (f"{label_count(len(units), 'program')} whose distance does not part them into two groups of "
               f"{case.settings.min_n_compared}.")  # fmt: skip
        return case.thin(ABOUT, why, EXPOSURE, len(units), groups, caveats)
    found = associate(case, ABOUT, "drift_on_distance", units)
    facts = (
        f"Among {label_count(int(is_far.sum()), 'program')} decided {levels} or more levels away and "
        f"{label_number((~is_far).sum())} decided nearer, the farther one of two had drifted more in "
        f"{label_share(found.rises)} of pairs and less in {label_share(found.falls)}"
    )
    return Trial(ABOUT, "", EXPOSURE, groups, found.effect, found.p_value, facts, secondary=_secondary(case, distance),
                 caveats=caveats)  # fmt: skip


def drift_parts(case: Case) -> pd.DataFrame:
    """Return how far each program due drifted, in two parts from 0 to 1, missing where not known.

    Returns
    -------
    DataFrame
        Indexed by program_id: scope (1 if it was changed after the brief was approved, else after the planned start, and by
        the due day: that day ends the count for all, so that programs which run on have no more chances to drift), intent
        (1 − intent_match / 4). Drift is their mean, or the one that is known.
    """
    programs, events = case.due.programs, case.eng.status_events
    scope = events.loc[events["field"] == "scope"]
    since = case.programs["brief_approved_at"].fillna(programs["start_on"])
    day = local_day(scope["at"])
    begins, ends = (days.reindex(scope["program_id"]).set_axis(scope.index) for days in (since, programs["due_on"]))
    counts = (day > begins) & (day <= ends)
    asked = programs.index.to_series()
    changed = pd.Series(is_among(asked, scope.loc[counts, "program_id"]), index=programs.index).astype(float)
    is_logged = is_among(asked, events["program_id"]) & (len(scope) > 0)
    return pd.DataFrame({"scope": changed.where(is_logged), "intent": 1 - case.programs["intent_match"] / BEST_MATCH})


def _units(case: Case, distance: pd.Series, outcome: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame({"first": distance, "second": outcome, "type": case.due.programs["type"]})
    return frame.dropna(subset=["first", "second"])


def _mean_drift(case: Case, label: str, drift: pd.Series) -> Figure:
    """Return the mean drift of one group."""
    n, name, period = len(drift), "mean_drift", case.due.period
    if n < case.settings.min_n_rate:
        why = f"Only {label_count(n, 'program')}."
        return Figure(label, Result(name, n=n, unit="ratio", period=period, status="thin", grade="C", caveats=(why,)))
    mean = ratio_of_sums(drift, np.ones(n), seed=case.seed(ABOUT), replicates=case.settings.bootstrap_replicates)
    return Figure(label, Result(name, *mean, n=n, unit="ratio", period=period, method="mean, program bootstrap", grade="B"))


def slip_within_horizon(case: Case) -> pd.Series:
    """Return the days each program was late, counted up to the horizon, of programs whose horizon is over.

    Cancelled programs, and those still open, were late by the whole horizon at least.
    """
    programs, config = case.due.programs, case.eng.config
    planned, horizon = programs["due_on"] - pd.Timedelta(days=config.grace_days), config.late_horizon_days
    is_over = planned + pd.Timedelta(days=horizon) <= pd.Timestamp(case.eng.as_of)
    late = (programs["actual_end"] - planned).dt.days.astype("float64")
    return late.where(programs["status"] == "delivered", float(horizon)).clip(upper=horizon).where(is_over)


def budget_deviation(case: Case) -> pd.Series:
    """Return what each delivered program cost over its plan, as a share of the plan."""
    planned = case.programs["budget_planned"]
    deviation = case.programs["budget_spent"] / planned.where(planned > 0) - 1
    return deviation.where(case.due.programs["status"] == "delivered")


def _secondary(case: Case, distance: pd.Series) -> tuple[Figure, ...]:
    """Return Somers' D of slip and of budget deviation on distance, where there is enough of them."""
    outcomes = {
        "slip_on_distance": ("days late, up to the horizon", slip_within_horizon(case)),
        "budget_on_distance": ("spending over budget, delivered programs only", budget_deviation(case)),
    }
    found = []
    for name, (label, outcome) in outcomes.items():
        units = _units(case, distance, outcome)
        if can_be_split(units["first"], case.settings.min_n_compared):
            found.append(Figure(label, associate(case, ABOUT, name, units).effect))
    return tuple(found)
