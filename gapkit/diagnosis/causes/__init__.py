"""The three causes behind an execution gap: capability, leadership direction, execution discipline.

Each module assesses one of them: what people say, what happened, and the rule that joins the two (`rule`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapkit.diagnosis.causes import capability, execution_discipline, leadership_direction
from gapkit.diagnosis.causes.capability import Capability
from gapkit.diagnosis.causes.execution_discipline import Discipline
from gapkit.diagnosis.causes.leadership_direction import Direction
from gapkit.diagnosis.indicators import Basis
from gapkit.plain import plain, plain_rows, results_to_dict

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.diagnosis.evidence import Finding
    from gapkit.engagement import Engagement
    from gapkit.survey import Survey

__all__ = ["Capability", "Causes", "Direction", "Discipline", "diagnose_causes"]


@dataclass(frozen=True, eq=False)
class Causes:
    """The causes, assessed.

    Attributes
    ----------
    capability : Capability
        Skills, what hangs on one person, how gaps spread.
    direction : Direction
        Priorities, decisions, how leadership and the others see it.
    discipline : Discipline
        Whether the written way of working is kept, and who asks for exceptions.
    """

    capability: Capability
    direction: Direction
    discipline: Discipline

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The three judgements, in the order of the vocabulary."""
        return self.capability.finding, self.direction.finding, self.discipline.finding

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what stands beside `findings` in `diagnose.json`."""
        return {
            "roles": plain_rows(self.capability.roles),
            "critical_skills": plain_rows(self.capability.skills),
            "roles_in_a_circle": plain(self.capability.spread.cycles),
            "decisions": results_to_dict(self.direction.decisions),
            "priority_churn": plain_rows(self.direction.churn),
            "process_followed_by_type": results_to_dict(self.discipline.by_type),
            "exceptions_by_level": plain_rows(self.discipline.by_level),
        }


def diagnose_causes(eng: Engagement, baseline: Baseline, survey: Survey) -> Causes:
    """Assess the three causes of an engagement.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    baseline : Baseline
        Its baseline.
    survey : Survey
        From `gapkit.survey.read_survey`.

    Returns
    -------
    Causes
        The same for the same engagement and seed; the order of rows changes nothing.
    """
    basis = Basis.of(eng, baseline, survey)
    return Causes(
        capability.assess(basis), leadership_direction.assess(basis, baseline), execution_discipline.assess(basis)
    )
