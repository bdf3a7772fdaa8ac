"""The three pitfalls of an execution effort: Ivory Tower, Tool-First, Campaign of the Quarter.

Each module reads the signs of one; `rule` says how many of them make it present.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gapkit.diagnosis.indicators import Basis
from gapkit.diagnosis.pitfalls import campaign_of_the_quarter, ivory_tower, tool_first
from gapkit.diagnosis.pitfalls.rule import VERDICTS

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.diagnosis.claims import Claim
    from gapkit.diagnosis.evidence import Finding
    from gapkit.engagement import Engagement
    from gapkit.survey import Survey

__all__ = ["VERDICTS", "diagnose_pitfalls"]


def diagnose_pitfalls(eng: Engagement, baseline: Baseline, survey: Survey, claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """Judge the three pitfalls of an engagement.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    baseline : Baseline
        Its baseline.
    survey : Survey
        From `gapkit.survey.read_survey`.
    claims : sequence of Claim
        From `claims.test_claims`: whether surprise work displaces the plan is one sign.

    Returns
    -------
    tuple of Finding
        In the order of the vocabulary; the order of rows changes nothing.
    """
    basis = Basis.of(eng, baseline, survey)
    return (
        ivory_tower.assess(basis),
        tool_first.assess(basis),
        campaign_of_the_quarter.assess(basis, baseline, claims),
    )
