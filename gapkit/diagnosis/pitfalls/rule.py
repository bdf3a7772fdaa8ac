"""The rule by which a pitfall is judged: how many of its signs are clearly there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.evidence import NOT_ASSESSABLE, NOT_SHOWN
from gapkit.diagnosis.signs.signs import Sign, assessable, finding_of, why_not_assessable
from gapkit.diagnosis.signs.thresholds import PARTLY_SHARE, PRESENT_SHARE
from gapkit.diagnosis.signs.wording import sign_words
from gapkit.labels import label_number, sentence_case
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding
    from gapkit.diagnosis.indicators import Basis
    from gapkit.results import Result

PRESENT: Final = "present"
PARTLY_PRESENT: Final = "partly present"
VERDICTS: Final = (PRESENT, PARTLY_PRESENT, NOT_SHOWN, NOT_ASSESSABLE)
MOST_SIGNS: Final = 2


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


def headline(name: str, verdict: str) -> str:
    """Return the verdict on a pitfall as a clause.

    Examples
    --------
    >>> headline("tool_first", "partly present")
    'Tool-first is partly present'
    """
    return f"{sentence_case(name_of(name))} is {verdict}"


def _sentence(name: str, verdict: str, signs: Sequence[Sign]) -> str:
    """Return the verdict with the number of signs behind it, and the first clear ones; a table holds the rest."""
    judged = assessable(signs)
    if verdict == NOT_ASSESSABLE:
        missing = [sign for sign in signs if sign not in judged]
        read = label_number(len(judged)) if judged else "none"
        return f"{headline(name, verdict)}: of {len(signs)} signs {read} could be read. {why_not_assessable(missing)}"
    clear = [sign for sign in judged if sign.is_clear]
    maybe = sum(bool(sign.is_beyond) for sign in judged) - len(clear)
    count = f"{len(clear) or 'none'} of the {len(judged)} signs read {'is' if len(clear) < 2 else 'are'} clearly beyond"
    told = f" {sentence_case('; '.join(map(sign_words, clear[:MOST_SIGNS])))}." if clear else ""
    chance = f" {_chance(maybe, bool(clear))}" if maybe else ""
    return f"{headline(name, verdict)}: {count} {'its' if len(clear) < 2 else 'their'} mark.{told}{chance}"


def _chance(count: int, has_clear: bool) -> str:
    more = " more" if has_clear else ""
    return f"{count}{more} {'is' if count == 1 else 'are'} beyond by the value alone, which may be chance."
