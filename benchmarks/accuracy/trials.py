"""One organisation put to the diagnosis: what it said beside what is true, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from accuracy.cells import Cell
from accuracy.organisations import RATES, as_read, judged_only, long_run_activity, true_figures
from gapkit.baseline import Baseline, estimate_baseline
from gapkit.config import Settings
from gapkit.diagnosis.attribution.attribution import attribute
from gapkit.diagnosis.claims import test_claims
from gapkit.diagnosis.exposure.due import programs_due
from gapkit.diagnosis.killers.killers import diagnose_killers
from gapkit.diagnosis.triage.triage import read_triage
from gapkit.engagement import Engagement
from gapkit.results import Result
from gapkit.sample import Arguments, Truth, attributable_failures, make_organisation
from gapkit.survey import Survey, read_survey
from gapkit.vocabulary import KILLERS

Record = dict[str, Any]
MEDIAN: Final = "time_to_market_median_days"
# Histories behind a true rate: some 1500 programs, so that its own error is a tenth of an interval's width.
HISTORIES: Final = {"smb": 50, "mid": 20, "enterprise": 8}
# Histories behind the place of a killer in the long run; a mean of so many scores is off by some three points.
LONG_RUN: Final = 6
OUTCOMES: Final = ["is_delivered", "is_on_time", "is_to_spec", "is_otif"]


@dataclass(frozen=True, slots=True)
class Case:
    """One organisation, what is true of it, and the parts of its diagnosis that all others need."""

    eng: Engagement
    truth: Truth
    arguments: Arguments
    baseline: Baseline
    survey: Survey


def put_to_trial(cell: Cell, number: int, seed: int, settings: Settings | None = None) -> Record:
    """Return what the diagnosis says of one organisation of a cell, and what is true.

    Parameters
    ----------
    cell : Cell
        What is planted, and what is measured.
    number, seed : int
        Which of its organisations, and which draw of them all.
    settings : Settings, optional
        Of the diagnosis; the usual ones if left out.

    Returns
    -------
    dict
        Plain data: number, programs (in the frozen plans of the baseline quarters), respondents, and one entry per part of
        the cell.
    """
    org = make_organisation(cell.arguments(number, seed))
    eng = as_read(org, settings)
    baseline = judged_only(eng) if cell.parts == ("killers",) else estimate_baseline(eng)
    case = Case(eng, org.truth, org.arguments, baseline, read_survey(eng))
    quarters = case.baseline.quarters
    committed = case.baseline.judged["group"].eq("committed") & case.baseline.judged["quarter"].isin(quarters)
    record: Record = {"number": number, "programs": int(committed.sum()), "respondents": _respondents(case.survey)}
    return record | {part: PARTS[part](case) for part in cell.parts}


def _respondents(survey: Survey) -> int:
    """Return how many answers count."""
    scores = [result.n for name, result in survey.results.items() if name.startswith("perceived_")]
    return max(scores, default=0)


def _killers(case: Case) -> Record:
    ranking = diagnose_killers(case.eng, case.baseline, case.survey)
    found = {finding.id: finding for finding in ranking.findings}
    is_ranked = any(finding.rank is not None for finding in ranking.findings)
    return {
        "severity": {name: case.truth.severities[name] for name in KILLERS},
        "order": list(found) if is_ranked else [],
        "verdict": {name: finding.verdict for name, finding in found.items()},
        "p_rank1": {name: finding.p_rank1 for name, finding in found.items()},
        "rank": {name: finding.rank for name, finding in found.items()},
        "activity": {name: finding.activity.value if finding.activity else None for name, finding in found.items()},
    }


def _places(case: Case) -> Record:
    return {"long_run": long_run_activity(case.arguments, LONG_RUN)}


def _rates(case: Case) -> Record:
    truth = true_figures(case.arguments, case.baseline.quarters, HISTORIES[case.arguments.scale])
    return {name: {"truth": truth[name], **_limits(case.baseline.results[name])} for name in (*RATES, MEDIAN)}


def _limits(result: Result) -> Record:
    return {"value": result.value, "low": result.low, "high": result.high, "n": result.n}


def _attribution(case: Case) -> Record:
    found = attribute(case.eng, case.baseline)
    if not found.joint.is_ok:
        return {"n": found.joint.n, "joint": None, "shares": {}}
    quarters = sorted(programs_due(case.eng, case.baseline).programs["quarter"].unique())
    truth = attributable_failures(case.arguments, quarters=quarters)
    measured = {row.killer: row.share for row in found.killers if row.share.is_ok}
    true = truth["share"].to_dict()
    shares = {name: {"truth": true[name], **_limits(share)} for name, share in measured.items()}
    return {"n": found.joint.n, "joint": {"truth": truth.attrs["joint"], **_limits(found.joint)}, "shares": shares}


def _triage(case: Case) -> Record:
    found = read_triage(case.eng, case.baseline, case.survey)
    return {"truth": case.truth.cell, "cell": found.cell, "verdict": found.verdict, "probabilities": found.probabilities}


def _claims(case: Case) -> Record:
    """Return the verdicts on C1 and C2 where neither can be true: outcomes and distances dealt out at random."""
    rng = np.random.default_rng([case.arguments.seed, 7])
    baseline = replace(case.baseline, judged=_dealt(case.baseline.judged, "committed", OUTCOMES, rng))
    tables = dict(case.eng.tables)
    tables["programs"] = _shuffled(tables["programs"], ["decision_distance"], rng)
    claims = test_claims(replace(case.eng, tables=tables), baseline)
    return {claim.id: {"verdict": claim.verdict, "p": claim.adjusted_p} for claim in claims if claim.id in ("C1", "C2")}


def _dealt(judged: pd.DataFrame, group: str, columns: list[str], rng: np.random.Generator) -> pd.DataFrame:
    """Return the judged programs with the outcomes of a group dealt out among its programs."""
    mine = judged["group"] == group
    changed = judged.copy()
    changed.loc[mine, columns] = _shuffled(judged.loc[mine], columns, rng)[columns]
    return changed


def _shuffled(frame: pd.DataFrame, columns: list[str], rng: np.random.Generator) -> pd.DataFrame:
    """Return a table in which some columns have changed rows, together."""
    order = rng.permutation(len(frame))
    return frame.assign(**{name: frame[name].iloc[order].set_axis(frame.index) for name in columns})


PARTS: Final[Mapping[str, Callable[[Case], Record]]] = {
    "killers": _killers,
    "places": _places,
    "rates": _rates,
    "attribution": _attribution,
    "triage": _triage,
    "claims": _claims,
}
