"""The rule by which a cause is judged: what people say, and at least one sign in what happened.

Opinions alone make no cause, nor does a figure nobody feels. Where only one of the two is known, or both are and disagree,
no more than a possibility is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gapkit.diagnosis.evidence import NOT_ASSESSABLE
from gapkit.diagnosis.signs import Sign, assessable, sign_words, why_not_assessable

MOST_SIGNS = 3


class Words(NamedTuple):
    """How the verdicts on one cause are worded.

    Attributes
    ----------
    subject : str
        Begins the sentence.
    shown, possible, not_shown : str
        The verdicts, the strongest first; each may follow the subject, or "the subject:".
    """

    subject: str
    shown: str
    possible: str
    not_shown: str


def judge(said: Sign, seen: Sequence[Sign], words: Words, *, needs_both: bool = False) -> str:
    """Return the verdict on a cause.

    Parameters
    ----------
    said : Sign
        Score of what people say.
    seen : sequence of Sign
        What happened; signs without a threshold do not count.
    words : Words
        The verdicts.
    needs_both : bool
        Whether one kind of evidence counts for nothing once the other is known and does not show it.

    Notes
    -----
    Shown: the score is beyond its threshold, and so is at least one sign. Possible: only one of the two is known, and the
    score, or most of the signs, are beyond; or, unless `needs_both`, both are known and do not agree, and the score, or
    most of the signs, are beyond by more than chance. Not shown: otherwise. Not assessable: neither is known.
    """
    judged = assessable(seen)
    if said.is_beyond is None and not judged:
        return NOT_ASSESSABLE
    if said.is_beyond and any(sign.is_beyond for sign in judged):
        return words.shown
    if said.is_beyond is None or not judged:
        alone = said.is_beyond or is_most([sign.is_beyond for sign in judged])
    else:
        alone = not needs_both and (said.is_clear or is_most([sign.is_clear for sign in judged]))
    return words.possible if alone else words.not_shown


def reservations(verdict: str, signs: Sequence[Sign], words: Words) -> tuple[str, ...]:
    """Return what may be chance in a cause that is shown: the rule reads values, and a reader should know their reach.

    Parameters
    ----------
    verdict : str
        From `judge`.
    signs : sequence of Sign
        What people say first.
    words : Words
        Of the cause.
    """
    if verdict != words.shown:
        return ()
    said, *seen = signs
    doubts = []
    if not said.is_clear:
        doubts.append("The interval of what people say reaches below its mark: another survey might read otherwise.")
    if not any(sign.is_clear for sign in seen):
        doubts.append("Every sign that is beyond its threshold may be so by chance.")
    return tuple(doubts)


def is_most(marks: Sequence[bool | None]) -> bool:
    """Return whether more than half are true.

    Examples
    --------
    >>> is_most([True, True, False]), is_most([True, False]), is_most([])
    (True, False, False)
    """
    return 2 * sum(map(bool, marks)) > len(marks)


def sentence_of(words: Words, verdict: str, signs: Sequence[Sign], facts: Sequence[str] = ()) -> str:
    """Return a cause in words: the verdict, what people say, the signs behind it, and what else is to be told.

    Parameters
    ----------
    words : Words
        Of the cause.
    verdict : str
        From `judge`.
    signs : sequence of Sign
        What people say first.
    facts : sequence of str
        Further sentences.
    """
    if verdict == NOT_ASSESSABLE:
        return f"{words.subject} is not assessable. {why_not_assessable(signs)}"
    judged = assessable(signs)
    beyond = [sign for sign in judged if sign.is_beyond]
    told = [*judged[:1], *beyond] if beyond else judged
    told = list(dict.fromkeys(told))[:MOST_SIGNS]
    return " ".join([f"{words.subject}: {verdict}. {'; '.join(map(sign_words, told))}.", *facts])
