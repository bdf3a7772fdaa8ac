"""The rule by which a pitfall is judged: how many of its signs are clearly there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.evidence import NOT_ASSESSABLE, NOT_SHOWN
from gapkit.diagnosis.signs import Sign, assessable, finding_of, sign_words, why_not_assessable
from gapkit.diagnosis.thresholds import PARTLY_SHARE, PRESENT_SHARE
from gapkit.labels import label_number, sentence_case
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding
    from gapkit.diagnosis.indicators import Basis
    from gapkit.results import Result

PRESENT: Final = "present"
PARTLY_PRESENT: Final = "partly present"
VERDICTS: Final = (PRESENT, PARTLY_PRESENT, NOT_SHOWN, NOT_ASSESSABLE)
MOST_SIGNS: Final = 3


def verdict_of(signs: Sequence[Sign], fewest: int) -> str:
    """Return the verdict on a pitfall, one of `VERDICTS`.

    Parameters
    ----------
    signs : sequence of Sign
        All its signs.
    fewest : int
        Signs that must have a figure.

    Notes
    -----
    Present: two thirds or more of the signs that have a figure are clear, that is beyond their threshold by the near end of
    their interval too. Partly present: one third or more. Not assessable: fewer than two have a figure.
    """
    judged = assessable(signs)
    if len(judged) < fewest:
        return NOT_ASSESSABLE
    share = sum(bool(sign.is_clear) for sign in judged) / len(judged)
    return PRESENT if share >= PRESENT_SHARE else PARTLY_PRESENT if share >= PARTLY_SHARE else NOT_SHOWN


def pitfall(name: str, said: Result, signs: Sequence[Sign], basis: Basis, *caveats: str) -> Finding:
    """Return the finding on one pitfall.

    Parameters
    ----------
    name : str
        Word of the vocabulary.
    said : Result
        What people say.
    signs : sequence of Sign
        All its signs.
    basis : Basis
        Supplies settings and survey.
    *caveats : str
        What a reader must know besides what the signs say themselves.
    """
    verdict = verdict_of(signs, basis.eng.config.settings.min_indicators)
    return finding_of("pitfall", name, verdict, _sentence(name, verdict, signs), said, signs, basis, *caveats)


def _sentence(name: str, verdict: str, signs: Sequence[Sign]) -> str:
    judged = assessable(signs)
    begin = f"{sentence_case(name_of(name))} is {verdict}"
    if verdict == NOT_ASSESSABLE:
        missing = [sign for sign in signs if sign not in judged]
        return f"{begin}: of {len(signs)} signs {label_number(len(judged))} could be read. {why_not_assessable(missing)}"
    clear = [sign for sign in judged if sign.is_clear]
    told = "; ".join(sign_words(sign) for sign in (clear or judged)[:MOST_SIGNS])
    return f"{begin}: {len(clear)} of {len(judged)} signs are clearly there. {sentence_case(told)}."
