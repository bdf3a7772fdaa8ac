"""The rule by which a cause is judged: what people say, and at least one sign in what happened.

Opinions alone make no cause, nor does a figure nobody feels. Where only one of the two is known, or both are and disagree,
no more than a possibility is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gapkit.diagnosis.evidence import NOT_ASSESSABLE
from gapkit.diagnosis.signs.signs import Sign, assessable, why_not_assessable
from gapkit.diagnosis.signs.wording import count_words, sign_words
from gapkit.labels import sentence_case

MOST_SIGNS = 2  # told in a sentence, besides what people say; a table holds the rest


class Words(NamedTuple):
    """How the verdicts on one cause are worded.

    Attributes
    ----------
    subject : str
        Begins the sentence.
    shown, possible, not_shown : str
        The verdicts, the strongest first; each may follow the subject, "is" or "has" between.
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


def headline(words: Words, verdict: str) -> str:
    """Return the verdict on a cause as a clause.

    Examples
    --------
    >>> capability = Words("Capability", "lacking", "may be lacking", "not shown to be lacking")
    >>> headline(capability, "lacking"), headline(capability, "may be lacking"), headline(capability, "no way to follow")
    ('Capability is lacking', 'Capability may be lacking', 'Capability has no way to follow')
    """
    link = {"may": "", "no": "has "}.get(verdict.split()[0], "is ")
    return f"{words.subject} {link}{verdict}"


def sentence_of(words: Words, verdict: str, signs: Sequence[Sign], facts: Sequence[str] = ()) -> str:
    """Return a cause in words: the verdict, what people say, the clearest of the other signs, and what else is to be told.

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
        return f"{headline(words, verdict)}. {why_not_assessable(signs)}"
    said, *seen = signs
    told = [f"{headline(words, verdict)}."]
    told += [f"{sentence_case(sign_words(said))}."] if said.is_beyond is not None else ["What people say is not known."]
    judged = assessable(seen)
    if not judged:
        return " ".join([*told, "No other sign could be read.", *facts])
    beyond = sorted((sign for sign in judged if sign.is_beyond), key=lambda sign: not sign.is_clear)[:MOST_SIGNS]
    named = f": {'; '.join(map(sign_words, beyond))}" if beyond else ""
    return " ".join([*told, f"{sentence_case(count_words(judged, other=said.is_beyond is not None))}{named}.", *facts])
