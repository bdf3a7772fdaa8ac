"""Assemble the diagnosis of an engagement from its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gapkit.baseline import Baseline, estimate_baseline
from gapkit.baseline.execution import committed
from gapkit.baseline.frozen import freeze
from gapkit.baseline.series import freeze_series
from gapkit.cost import Cost, estimate_cost
from gapkit.diagnosis.attribution.attribution import Attribution, attribute
from gapkit.diagnosis.causes import Causes, diagnose_causes
from gapkit.diagnosis.claims import Claim, test_claims
from gapkit.diagnosis.evidence import Finding, Ranking
from gapkit.diagnosis.exposure.tied import tied_programs
from gapkit.diagnosis.killers.killers import diagnose_fractures, diagnose_killers
from gapkit.diagnosis.levers import diagnose_levers
from gapkit.diagnosis.maps.handoff_map import HandoffMap, map_handoffs
from gapkit.diagnosis.maps.stage_map import StageMap, map_stages
from gapkit.diagnosis.observations import Observed, read_observations
from gapkit.diagnosis.pitfalls import diagnose_pitfalls
from gapkit.diagnosis.scale import ScaleContext, scale_context
from gapkit.diagnosis.triage.triage import Triage, read_triage
from gapkit.plain import header, plain_rows, results_to_dict
from gapkit.survey import Survey, read_survey

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from gapkit.engagement import Engagement
    from gapkit.results import Result

# What diagnose.json holds of a wave: the figures the report rests on. Free text and single statements stay in the report.
WAVE_FRAMES = ("participation", "constructs", "levels", "groups", "gap", "reliability", "priorities", "choices")


@dataclass(frozen=True)
class Diagnosis:
    """What the first thirty days found.

    Attributes
    ----------
    eng : Engagement
        What it was computed from.
    baseline : Baseline
        Planned against delivered, time and load.
    survey : Survey
        What people say, wave by wave, as far as it may be shown.
    killers, fractures : Ranking
        The five killers and the four fractures, judged and compared.
    causes : Causes
        Capability, leadership direction and execution discipline.
    pitfalls, levers : tuple of Finding
        The three pitfalls, and how far the three levers are in place.
    claims : tuple of Claim
        What is commonly said of execution, tested on the client's own data.
    attribution : Attribution
        How much lost execution goes with each killer.
    triage : Triage
        Strategy or execution.
    cost : Cost
        What the gap costs, with the assumptions behind it.
    stage_map : StageMap
        Where days go between stages.
    handoff_map : HandoffMap
        Where days go between teams.
    scale : ScaleContext
        The organisation's scale and what follows from it.
    observations : tuple of Observed
        What the consultant noted, finding by finding: evidence of a third kind, in no score.
    frozen : mapping
        The record to be frozen as `baseline.json`: measures, definitions, target, test, smallest detectable change.
    """

    eng: Engagement
    baseline: Baseline
    survey: Survey = field(repr=False)
    killers: Ranking
    fractures: Ranking
    causes: Causes = field(repr=False)
    pitfalls: tuple[Finding, ...]
    levers: tuple[Finding, ...]
    claims: tuple[Claim, ...]
    attribution: Attribution
    triage: Triage
    cost: Cost
    stage_map: StageMap = field(repr=False)
    handoff_map: HandoffMap = field(repr=False)
    scale: ScaleContext
    observations: tuple[Observed, ...]
    frozen: Mapping[str, Any]

    @property
    def results(self) -> Mapping[str, Result]:
        """Every pooled figure by result name."""
        return {
            **self.baseline.results,
            "invisible_tax": self.cost.tax,
            "delay_cost": self.cost.delay,
            "joint_share": self.attribution.joint,
        }

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Killers, fractures, causes, pitfalls and levers; killers and fractures the most active first."""
        return (
            *self.killers.findings,
            *self.fractures.findings,
            *self.causes.findings,
            *self.pitfalls,
            *self.levers,
        )

    def finding(self, name: str) -> Finding:
        """Return one finding by its id, e.g. ``"unclear_ownership"``; KeyError for an unknown one."""
        return {found.id: found for found in self.findings}[name]

    @property
    def gap_map(self) -> pd.DataFrame:
        """Programs, budget and points by quarter, type, group and category."""
        return self.baseline.gap_map

    @property
    def many_unknown(self) -> int:
        """Planned programs of the baseline quarters whose delivery date is unknown, 0 unless too many to ignore."""
        plan = committed(self.baseline.judged, self.baseline.quarters)["delivered_by_quarter_end"]
        unknown = int(plan.isna().sum())
        return unknown if unknown > self.eng.config.settings.max_unknown_share * len(plan) else 0

    @property
    def can_be_frozen(self) -> bool:
        """Whether the primary measure has a figure: a yardstick without one would measure nothing."""
        return self.results[self.frozen["primary"]].is_ok

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what `diagnose.json` holds."""
        base = self.baseline
        return {
            **header(self.eng, "diagnose"),
            "results": results_to_dict(self.results),
            "findings": [found.to_dict() for found in self.findings],
            "rankings": {"killers": self.killers.to_dict(), "fractures": self.fractures.to_dict()},
            "triage": self.triage.to_dict(),
            "claims": [claim.to_dict() for claim in self.claims],
            "attribution": self.attribution.to_dict(),
            "cost": self.cost.to_dict(),
            "causes": self.causes.to_dict(),
            "stage_map": self.stage_map.to_dict(),
            "handoff_map": self.handoff_map.to_dict(),
            "scale_context": self.scale.to_dict(),
            "observations": [observed.to_dict() for observed in self.observations],
            "survey": survey_to_dict(self.survey),
            "by_quarter": {quarter: results_to_dict(rates) for quarter, rates in base.by_quarter.items()},
            "by_type": results_to_dict(base.by_type),
            "gap_map": plain_rows(base.gap_map),
            "programs": {"counted": len(base.judged), "merged_into_others": base.n_merged},
            "stage_time": plain_rows(base.stage_time),
            "kind_time": plain_rows(base.kind_time),
            "time_to_market": plain_rows(base.time_to_market.milestones) if base.time_to_market else None,
            "ageing": plain_rows(base.ageing),
            "baseline": dict(self.frozen) if self.can_be_frozen else None,
        }


def survey_to_dict(survey: Survey) -> dict[str, Any]:
    """Return what may be shown of every wave as plain data."""
    return {
        "results": results_to_dict(survey.results),
        "waves": {
            name: {part: plain_rows(wave.frames[part]) for part in WAVE_FRAMES} for name, wave in survey.waves.items()
        },
        "caveats": list(survey.caveats),
    }


def diagnose(eng: Engagement) -> Diagnosis:
    """Diagnose an engagement.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.

    Returns
    -------
    Diagnosis
        The same for the same engagement and seed; nothing is written.
    """
    base, survey = estimate_baseline(eng), read_survey(eng)
    killers, fractures = diagnose_killers(eng, base, survey), diagnose_fractures(eng, base, survey)
    claims = test_claims(eng, base)
    cost = estimate_cost(eng, base, tied_programs(eng, base))
    ownership = next(found.activity for found in killers.findings if found.id == "unclear_ownership")
    return Diagnosis(
        eng=eng,
        baseline=base,
        survey=survey,
        killers=killers,
        fractures=fractures,
        causes=diagnose_causes(eng, base, survey),
        pitfalls=diagnose_pitfalls(eng, base, survey, claims),
        levers=diagnose_levers(eng, base, survey, fractures),
        claims=claims,
        attribution=attribute(eng, base),
        triage=read_triage(
            eng, base, survey, cost=cost, ownership_score=ownership.value if ownership is not None else None
        ),
        cost=cost,
        stage_map=map_stages(eng, base),
        handoff_map=map_handoffs(eng, base),
        scale=scale_context(eng),
        observations=read_observations(eng),
        frozen=freeze(
            base.results,
            eng.config,
            quarters=base.quarters,
            working_weeks=base.working_weeks,
            as_of=eng.as_of,
            standing=freeze_series(eng, base.judged, base.quarters),
        ),
    )
