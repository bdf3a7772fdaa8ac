"""The five killers and the four fractures of an engagement: scored, judged, compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gapkit.diagnosis.evidence import POSSIBLE, Disagreement, Finding, Ranking
from gapkit.diagnosis.indicators import FRACTURE_SOURCES, KILLER_SOURCES, Basis
from gapkit.diagnosis.killers.sentences import disagreement_sentence, finding_sentence, guard_sentence, ranking_sentence
from gapkit.diagnosis.scoring.scores import draw_scores
from gapkit.diagnosis.scoring.verdicts import (
    apart_of,
    chance_of_activity,
    difference_of,
    grade_of,
    interval_of,
    is_at_least,
    is_discontent_general,
    sources_of,
    verdict_of,
)
from gapkit.labels import label_list
from gapkit.stats.rank_intervals import rank_uncertainty
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.config import Settings
    from gapkit.diagnosis.evidence import Family
    from gapkit.diagnosis.indicators import Source
    from gapkit.diagnosis.scoring.scores import Score
    from gapkit.engagement import Engagement
    from gapkit.survey import Survey

JUDGEMENT: Final = (
    "Anchors and weights behind the scores are working defaults, not facts about the client; intervals allow for that."
)

SAID_ALONE: Final = "Behaviour could not be scored, so this rests on what people say alone and is possible at most."
SHOWN_ALONE: Final = "No survey answers to show, so this rests on behaviour alone and is possible at most."


def diagnose_killers(eng: Engagement, baseline: Baseline, survey: Survey) -> Ranking:
    """Judge the five killers: misalignment, structural bottlenecks, unclear ownership, poor tooling, feedback-loop failure.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    baseline : Baseline
        Its baseline.
    survey : Survey
        From `gapkit.survey.read_survey`; where it has nothing to show, no killer is more than possible.

    Returns
    -------
    Ranking
        The same for the same engagement and seed; the order of rows changes nothing.
    """
    return _rank("killer", KILLER_SOURCES, Basis.of(eng, baseline, survey))


def diagnose_fractures(eng: Engagement, baseline: Baseline, survey: Survey) -> Ranking:
    """Judge the four fractures: ownership, cadence, incentives, hand-offs.

    Parameters
    ----------
    eng, baseline, survey
        As for `diagnose_killers`.

    Returns
    -------
    Ranking
        Scored, judged and worded like the killers. Incentives describe all functions, so only their anchors and weights are
        redrawn.
    """
    return _rank("fracture", FRACTURE_SOURCES, Basis.of(eng, baseline, survey))


def _rank(family: Family, sources: Sequence[Source], basis: Basis) -> Ranking:
    settings = basis.eng.config.settings
    scores = draw_scores(sources, basis)
    verdicts = {score.id: verdict_of(score, settings) for score in scores}
    n_assessed = sum(score.activity is not None for score in scores)
    is_ranked = n_assessed > 1 and any(is_at_least(word, POSSIBLE) for word in verdicts.values())
    places, before = _compare(scores) if is_ranked else ({}, ())
    findings = sorted(
        (_finding(family, score, verdicts[score.id], places.get(score.id), basis) for score in scores),
        key=lambda finding: -finding.activity.value if finding.activity else 1.0,
    )
    is_general = family == "killer" and is_discontent_general(scores, settings)
    tied = [finding.id for finding in findings if finding.rank is not None and finding.rank[0] == 1]
    return Ranking(
        findings=tuple(findings),
        tied_set=tuple(tied),
        before=before,
        sentence=ranking_sentence(findings, tied, family, settings),
        disagreements=tuple(_disagreements(scores, settings)),
        guard=guard_sentence(scores) if is_general else "",
        behaviour_only=tuple(
            (score.id, interval_of(score.behaviour)) for score in scores if is_general and score.behaviour is not None
        ),
        caveats=(JUDGEMENT, *(basis.wave.caveats if basis.wave is not None else ())),
    )


class _Place(NamedTuple):
    """Where one stands among those assessed."""

    first: float
    top_two: float
    places: tuple[int, int]


def _compare(scores: Sequence[Score]) -> tuple[dict[str, _Place], tuple[tuple[str, str, float], ...]]:
    """Return the place of each assessed score, and for each two how probably the first is the more active."""
    assessed = [(score.id, score.activity) for score in scores if score.activity is not None]
    found = rank_uncertainty(np.column_stack([activity for _, activity in assessed]))
    names = [name for name, _ in assessed]
    limits = zip(found.low.tolist(), found.high.tolist(), strict=True)
    chances = zip(names, found.first.tolist(), found.top_two.tolist(), limits, strict=True)
    before = tuple(
        (one, other, float(found.before[i, j])) for i, one in enumerate(names) for j, other in enumerate(names) if i != j
    )
    return {name: _Place(first, top_two, places) for name, first, top_two, places in chances}, before


def _finding(family: Family, score: Score, verdict: str, rank: _Place | None, basis: Basis) -> Finding:
    settings = basis.eng.config.settings
    behaviour, perception, activity = (
        None if draws is None else interval_of(draws) for draws in (score.behaviour, score.perception, score.activity)
    )
    return Finding(
        id=score.id,
        family=family,
        name=name_of(score.id),
        verdict=verdict,
        activity=activity,
        behaviour=behaviour,
        perception=perception,
        p_rank1=rank.first if rank else None,
        p_top2=rank.top_two if rank else None,
        rank=rank.places if rank else None,
        sources=sources_of(score),
        grade=grade_of(score, settings, is_representative=basis.is_representative),
        sentence=finding_sentence(score, verdict, family, settings),
        caveats=tuple(_caveats(score)),
        indicators=score.indicators,
        p_active=None if score.activity is None else chance_of_activity(score, settings),
        difference=apart_of(score),
        n_answers=score.n_answers,
    )


def _caveats(score: Score) -> list[str]:
    """Return what limits one finding."""
    said = []
    if score.activity is not None and score.behaviour is None:
        said.append(SAID_ALONE)
    if score.activity is not None and score.perception is None:
        said.append(SHOWN_ALONE)
    missing = [indicator.id for indicator in score.indicators if indicator.status == "not_assessable"]
    if missing:
        said.append(f"Not measured: {label_list(missing)}.")
    for indicator in score.indicators:
        if indicator.status == "thin":
            said.append(f"{indicator.id} left out: {indicator.caveats[0]}")
        elif indicator.status == "ok":
            said += [f"{indicator.id}: {caveat}" for caveat in indicator.caveats]
    return said


def _disagreements(scores: Sequence[Score], settings: Settings) -> list[Disagreement]:
    found = [(score, difference_of(score, settings)) for score in scores]
    return [
        Disagreement(score.id, apart, disagreement_sentence(score, apart)) for score, apart in found if apart is not None
    ]
