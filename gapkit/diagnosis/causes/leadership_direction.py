"""Leadership direction: whether it holds long enough to plan by, and comes soon enough to act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.causes.rule import Words, judge, reservations, sentence_of
from gapkit.diagnosis.indicators.measured import About
from gapkit.diagnosis.signs.priority_churn import CHANGED, CHANGED_CLAUSE, DEFINITION, priority_churn
from gapkit.diagnosis.signs.signs import finding_of, gap_of, perceived, sign_of
from gapkit.diagnosis.triage.decisions import measure_decisions

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.baseline import Baseline
    from gapkit.diagnosis.evidence import Finding
    from gapkit.diagnosis.indicators import Basis
    from gapkit.results import Result

ID: Final = "leadership_direction"
WORDS: Final = Words("Leadership direction", "unclear", "may be unclear", "not shown to be unclear")
SAID: Final = About(
    "Direction 1", "survey score on direction",
    "mean score of the statements DIR1 to DIR3", ("survey_answers",), unit="points", units="answers",
    clause="people score the direction they get at {} of 100",
)  # fmt: skip
CHURN: Final = About(
    "Direction 2", CHANGED, DEFINITION, ("priorities",), units="quarters", is_census=True, clause=CHANGED_CLAUSE
)  # fmt: skip
LATENCY: Final = About(
    "Direction 3", "median time to a decision, in working days",
    "median business days from asking to deciding, open decisions censored (Kaplan–Meier), asked in the window",
    ("decisions",), unit="days", units="decisions",
    clause="a decision takes {} at the median, in working days",
)  # fmt: skip
REVERSED: Final = About(
    "Direction 4", "decisions taken back within 60 days",
    "decisions taken back within 60 days / decisions of the window that are 60 days old or taken back already",
    ("decisions",), units="decisions",
    clause="{} of decisions were taken back within 60 days",
)  # fmt: skip
GAP: Final = About(
    "Direction 5", "direction as others see it, against leadership (Cliff's delta)",
    "Cliff's delta of the score, others against leadership: 0 for no difference, 1 where every other sees it worse",
    ("survey_answers",), unit="ratio", units="answers",
    clause="others see direction worse than leadership does, by a Cliff's delta of {}",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Direction:
    """What is known of leadership's direction.

    Attributes
    ----------
    finding : Finding
        The judgement.
    decisions : mapping of str to Result
        From `triage.decisions.measure_decisions`.
    churn : DataFrame
        From `signs.priority_churn.churn_by_quarter`.
    """

    finding: Finding
    decisions: Mapping[str, Result]
    churn: pd.DataFrame


def assess(basis: Basis, baseline: Baseline) -> Direction:
    """Assess leadership direction.

    Parameters
    ----------
    basis : Basis
        Supplies priorities and survey.
    baseline : Baseline
        Supplies the window in which decisions count.

    Notes
    -----
    Unclear: the score of what people say is 50 or more and at least one of these holds: priorities change by 40 % or more
    a quarter; the median decision takes more than 10 business days; 20 % or more of decisions are taken back; the others
    see direction worse than leadership by a Cliff's delta of .33 or more, with an interval above 0.
    """
    said, decisions = perceived(basis, ID), measure_decisions(basis.eng, baseline)
    churn, table = priority_churn(basis)
    signs = [
        sign_of(SAID, said),
        sign_of(CHURN, churn),
        sign_of(LATENCY, decisions["decision_latency_days"]),
        sign_of(REVERSED, decisions["reversal_share"]),
        sign_of(GAP, gap_of(basis, ID)),
    ]
    verdict = judge(signs[0], signs[1:], WORDS, needs_both=True)
    doubts = reservations(verdict, signs, WORDS)
    finding = finding_of("cause", ID, verdict, sentence_of(WORDS, verdict, signs), said, signs, basis, *doubts)
    return Direction(finding, decisions, table)
