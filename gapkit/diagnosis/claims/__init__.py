"""The claims about marketing execution, each tested on the client's own data.

`CLAIMS` names them in the order of docs/method.md, "Claims". Each module holds one claim: what it says, how programs are
divided, and the trial. `test_claims` puts all of them to the data, corrects for testing several, and gives each a verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.claims import (
    clear_owner,
    complexity,
    decision_distance,
    functions_crossed,
    more_owners,
    review_rhythm,
    surprise_work,
    unlikely_without_owner,
    weakest_link,
)
from gapkit.diagnosis.claims.case import Case
from gapkit.diagnosis.claims.claim import Claim, Figure, Trial, judge
from gapkit.diagnosis.claims.wording import claim_sentence, claims_title, statement
from gapkit.stats.multiple import benjamini_hochberg, holm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.baseline import Baseline
    from gapkit.engagement import Engagement

__all__ = ["CLAIMS", "Claim", "Figure", "claims_title", "test_claims"]

CLAIMS: Final = (
    clear_owner,
    unlikely_without_owner,
    more_owners,
    decision_distance,
    review_rhythm,
    complexity,
    surprise_work,
    functions_crossed,
    weakest_link,
)
CORRECTIONS: Final = {"Holm": holm, "Benjamini–Hochberg": benjamini_hochberg}


def test_claims(eng: Engagement, baseline: Baseline) -> tuple[Claim, ...]:
    """Test every claim on an engagement's own data.

    Parameters
    ----------
    eng : Engagement
        Its tables, settings and seed.
    baseline : Baseline
        Its judged programs.

    Returns
    -------
    tuple of Claim
        In the order of `CLAIMS`; a claim that cannot be tested is there and says what is missing.

    Notes
    -----
    Success is on time and to spec, over all committed programs that fell due (`exposure.due.programs_due`). P-values are
    corrected by Holm over C1 and C2, by Benjamini and Hochberg over the others, among the claims that could be tested.
    """
    case = Case.of(eng, baseline)
    trials = [
        case.missing(module.ABOUT, case.due.why_not)
        if case.due.why_not and module.ABOUT.needs_outcome
        else module.trial(case)
        for module in CLAIMS
    ]
    return tuple(_judged(trial, p) for trial, p in zip(trials, _corrected(trials), strict=True))


def _corrected(trials: Sequence[Trial]) -> list[float | None]:
    """Return each trial's p-value corrected for the others of its family."""
    corrected: list[float | None] = [None] * len(trials)
    for family, correct in CORRECTIONS.items():
        members = [(k, trial.p_value) for k, trial in enumerate(trials) if trial.about.family == family]
        tested = {k: p_value for k, p_value in members if p_value is not None}
        for place, p_value in zip(tested, correct(list(tested.values())), strict=True):
            corrected[place] = float(p_value)
    return corrected


def _judged(trial: Trial, adjusted_p: float | None) -> Claim:
    about, verdict = trial.about, judge(trial.effect, trial.about, adjusted_p)
    return Claim(
        id=about.id, name=about.name, statement=statement(trial), method=f"{about.method}; {about.family} correction",
        outcome=trial.outcome, exposure=trial.exposure, groups=trial.groups, effect=trial.effect,
        claimed_direction=about.direction, no_effect=about.no_effect, per=about.per, p_value=trial.p_value,
        adjusted_p=adjusted_p, verdict=verdict, facts=trial.facts, sentence=claim_sentence(trial, verdict),
        adjusted=trial.adjusted, sensitivity=trial.sensitivity, secondary=trial.secondary,
        is_exploratory=trial.is_exploratory, caveats=trial.caveats,
    )  # fmt: skip
