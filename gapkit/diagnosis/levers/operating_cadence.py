"""Operating cadence: the other side of the cadence fracture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.evidence import NOT_ASSESSABLE
from gapkit.diagnosis.levers.lever import begin, verdict_of
from gapkit.stats.intervals import Interval
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding, Ranking

ID: Final = "operating_cadence"
FRACTURE: Final = "cadence"


def assess(fractures: Ranking) -> Finding:
    """Judge whether an operating cadence is in place: 100 minus the score of the cadence fracture.

    Parameters
    ----------
    fractures : Ranking
        From `killers.killers.diagnose_fractures`.

    Returns
    -------
    Finding
        With the indicators, sources, grade and caveats of the fracture.
    """
    broken = next(finding for finding in fractures.findings if finding.id == FRACTURE)
    score, behaviour, perception = (turned(one) for one in (broken.activity, broken.behaviour, broken.perception))
    verdict = verdict_of(score)
    why = f" {broken.sentence}" if verdict == NOT_ASSESSABLE else " It is 100 minus the score of the cadence fracture."
    return replace(
        broken, id=ID, family="lever", name=name_of(ID), verdict=verdict, activity=score, behaviour=behaviour,
        perception=perception, p_rank1=None, p_top2=None, rank=None, sentence=f"{begin(ID, verdict, score)}{why}",
    )  # fmt: skip


def turned(score: Interval | None) -> Interval | None:
    """Return 100 minus a score, its limits changing places.

    Examples
    --------
    >>> turned(Interval(20.0, 10.0, 35.0))
    Interval(value=80.0, low=65.0, high=90.0)
    """
    return None if score is None else Interval(100 - score.value, 100 - score.high, 100 - score.low)
