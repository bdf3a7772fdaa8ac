"""The three levers of execution: a single source of truth, an operating cadence, controllable inputs.

For a lever a high score is good: 100 is in place, 0 is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.diagnosis.indicators import Basis
from gapkit.diagnosis.levers import controllable_inputs, operating_cadence, single_source_of_truth
from gapkit.diagnosis.levers.lever import VERDICTS

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.diagnosis.evidence import Finding, Ranking
    from gapkit.engagement import Engagement
    from gapkit.survey import Survey

__all__ = ["VERDICTS", "diagnose_levers"]


def diagnose_levers(eng: Engagement, baseline: Baseline, survey: Survey, fractures: Ranking) -> tuple[Finding, ...]:
    """Judge the three levers of an engagement.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    baseline : Baseline
        Its baseline.
    survey : Survey
        From `gapkit.survey.read_survey`.
    fractures : Ranking
        From `killers.killers.diagnose_fractures`: the cadence lever is the other side of the cadence fracture.

    Returns
    -------
    tuple of Finding
        In the order of the vocabulary. `activity` is the lever's score: high is in place.
    """
    basis = Basis.of(eng, baseline, survey)
    return (
        single_source_of_truth.assess(basis),
        operating_cadence.assess(fractures),
        controllable_inputs.assess(basis),
    )
