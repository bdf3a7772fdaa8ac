"""What all levers share: a score from 0 (missing) to 100 (in place), and the word it earns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.evidence import BEHAVIOUR, NOT_ASSESSABLE, Finding
from gapkit.diagnosis.signs.signs import Sign, caveats_of, why_not_assessable
from gapkit.diagnosis.signs.thresholds import IN_PLACE, MISSING
from gapkit.diagnosis.signs.wording import sign_words
from gapkit.labels import label_number, sentence_case
from gapkit.stats.intervals import Interval
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.config import Settings
    from gapkit.results import Grade

IN_PLACE_WORD: Final = "in place"
PARTLY: Final = "partly in place"
MISSING_WORD: Final = "missing"
VERDICTS: Final = (IN_PLACE_WORD, PARTLY, MISSING_WORD, NOT_ASSESSABLE)
PLURAL: Final = ("controllable_inputs",)


def verdict_of(score: Interval | None) -> str:
    """Return the word for a lever, one of `VERDICTS`.

    Notes
    -----
    In place: the lower limit is 80 or more. Missing: the upper limit is below 50. Partly in place: anything between.

    Examples
    --------
    >>> verdict_of(Interval(88, 81, 93)), verdict_of(Interval(88, 75, 95)), verdict_of(Interval(40, 32, 49))
    ('in place', 'partly in place', 'missing')
    """
    if score is None:
        return NOT_ASSESSABLE
    return IN_PLACE_WORD if score.low >= IN_PLACE else MISSING_WORD if score.high < MISSING else PARTLY


def lever(name: str, score: Interval | None, signs: Sequence[Sign], settings: Settings, *caveats: str) -> Finding:
    """Return the finding on a lever that is read off the records alone.

    Parameters
    ----------
    name : str
        Word of the vocabulary.
    score : Interval or None
        0 to 100 with its 5 % and 95 % limits, 100 in place.
    signs : sequence of Sign
        The figures it is made of.
    settings : Settings
        What counts as narrow.
    *caveats : str
        What a reader must know besides what the figures say themselves.
    """
    verdict = verdict_of(score)
    measured = [sign for sign in signs if sign.status == "ok"]
    told = f" {sentence_case('; '.join(map(sign_words, measured)))}." if measured else ""
    grade: Grade = "B" if score is not None else "C" if any(sign.n for sign in signs) else ""
    why = f" {why_not_assessable(signs)}" if score is None else ""
    return Finding(
        id=name, family="lever", name=name_of(name), verdict=verdict, activity=score, behaviour=score, perception=None,
        p_rank1=None, p_top2=None, rank=None, sources=(BEHAVIOUR,) if score is not None else (), grade=grade,
        sentence=f"{begin(name, verdict, score)}{why}{told}", caveats=(*caveats, *caveats_of(signs)),
        indicators=tuple(signs),
    )  # fmt: skip


def begin(name: str, verdict: str, score: Interval | None) -> str:
    """Return the first sentence on a lever.

    Examples
    --------
    >>> begin("operating_cadence", "in place", Interval(91.2, 84.0, 95.5))
    'Operating cadence is in place: 91 of 100 (90 % interval 84 to 96).'
    """
    head = f"{sentence_case(name_of(name))} {'are' if name in PLURAL else 'is'} {verdict}"
    if score is None:
        return f"{head}."
    value, low, high = (label_number(number) for number in score)
    limits = f" (90 % interval {low} to {high})" if score.high > score.low else ""
    return f"{head}: {value} of 100{limits}."
