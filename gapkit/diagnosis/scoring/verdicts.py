"""What may be said of a score: the words of docs/method.md, "Killers and fractures", and the rules that allow them.

Every rule reads replicates, never a point estimate, so a word is as strong as the evidence and no stronger.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from gapkit.diagnosis.evidence import (
    BEHAVIOUR,
    CLEARLY_ACTIVE,
    NOT_ASSESSABLE,
    NOT_SHOWN,
    PERCEPTION,
    POSSIBLE,
    PROBABLY_ACTIVE,
    VERDICTS,
)
from gapkit.stats.intervals import Interval

if TYPE_CHECKING:
    from gapkit.config import Settings
    from gapkit.diagnosis.scoring.scores import Score
    from gapkit.results import Grade
    from gapkit.stats.intervals import FloatArray


def verdict_of(score: Score, settings: Settings) -> str:
    """Return the word for one killer or fracture, one of `VERDICTS`.

    Notes
    -----
    *Clearly active*: P(A ≥ 55) ≥ .80, P(B ≥ 50) ≥ .5 and P(P ≥ 45) ≥ .5. *Probably active*: P(A ≥ 50) ≥ .80 and P(B ≥ 50) ≥
    .5. *Possible*: P(A ≥ 50) ≥ .20; no stronger word is allowed where behaviour or perception is missing. *Not shown*:
    otherwise.
    """
    if score.activity is None:
        return NOT_ASSESSABLE
    if score.behaviour is not None and score.perception is not None:
        behaves = _chance(score.behaviour, settings.active_behaviour) >= settings.support_probability
        is_noticed = _chance(score.perception, settings.active_perception) >= settings.support_probability
        enough = settings.active_probability
        if behaves and is_noticed and _chance(score.activity, settings.clear_activity) >= enough:
            return CLEARLY_ACTIVE
        if behaves and _chance(score.activity, settings.probable_activity) >= enough:
            return PROBABLY_ACTIVE
    return POSSIBLE if chance_of_activity(score, settings) >= settings.possible_probability else NOT_SHOWN


def chance_of_activity(score: Score, settings: Settings) -> float:
    """Return the probability that an assessable score reaches the mark of probable activity."""
    return 0.0 if score.activity is None else _chance(score.activity, settings.probable_activity)


def _chance(draws: FloatArray, mark: float) -> float:
    return float((draws >= mark).mean())


def is_at_least(verdict: str, floor: str) -> bool:
    """Return whether a word is as strong as another, or stronger.

    Examples
    --------
    >>> is_at_least(CLEARLY_ACTIVE, POSSIBLE), is_at_least(NOT_SHOWN, POSSIBLE)
    (True, False)
    """
    return VERDICTS.index(verdict) <= VERDICTS.index(floor)


def interval_of(draws: FloatArray) -> Interval:
    """Return the median of replicates with their 5 % and 95 % limits."""
    low, middle, high = np.quantile(draws, [0.05, 0.5, 0.95])
    return Interval(float(middle), float(low), float(high))


def sources_of(score: Score) -> tuple[str, ...]:
    """Return what a score rests on."""
    known = ((BEHAVIOUR, score.behaviour), (PERCEPTION, score.perception))
    return tuple(name for name, draws in known if draws is not None)


def grade_of(score: Score, settings: Settings, *, is_representative: bool) -> Grade:
    """Return the evidence grade of a score.

    Parameters
    ----------
    is_representative : bool
        Whether enough of those invited answered the survey; without that no grade is above B.

    Notes
    -----
    A: behaviour and perception, and an interval of at most 25 points. B: one of them, or wide. C: single indicators only.
    Empty: nothing.
    """
    if score.activity is None:
        return "C" if any(indicator.n for indicator in score.indicators) else ""
    limits = interval_of(score.activity)
    is_narrow = limits.high - limits.low <= settings.narrow_score
    return "A" if len(sources_of(score)) == 2 and is_narrow and is_representative else "B"


def apart_of(score: Score) -> Interval | None:
    """Return behaviour minus perception, None unless both are known."""
    if score.behaviour is None or score.perception is None:
        return None
    return interval_of(score.behaviour - score.perception)


def difference_of(score: Score, settings: Settings) -> Interval | None:
    """Return behaviour minus perception where the two disagree, else None.

    They disagree when the difference is large, and its 90 % interval leaves out zero.
    """
    apart = apart_of(score)
    if apart is None or abs(apart.value) < settings.disagreement:
        return None
    return apart if apart.low > 0 or apart.high < 0 else None


def is_discontent_general(scores: Sequence[Score], settings: Settings) -> bool:
    """Return whether perception is about equally bad on all killers, so that it does not tell one from another."""
    medians = [float(np.median(score.perception)) for score in scores if score.perception is not None]
    if len(medians) < len(scores) or not medians:
        return False
    is_flat = max(medians) - min(medians) <= settings.discontent_spread
    return is_flat and float(np.mean(medians)) >= settings.discontent_mean
