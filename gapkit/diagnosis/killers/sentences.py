"""Killers and fractures in words: every sentence carries its numbers, their interval and what they were counted on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.evidence import NOT_ASSESSABLE, NOT_SHOWN, POSSIBLE, PROBABLY_ACTIVE
from gapkit.diagnosis.scoring.verdicts import chance_of_activity, interval_of, is_at_least
from gapkit.labels import label_count, label_interval, label_list, label_number, label_share, label_value, sentence_case
from gapkit.vocabulary import name_of

PLURAL: Final = ("structural_bottlenecks", "incentives", "handoffs")

if TYPE_CHECKING:
    from gapkit.config import Settings
    from gapkit.diagnosis.evidence import Family, Finding, Indicator
    from gapkit.diagnosis.scoring.scores import Score
    from gapkit.stats.intervals import Interval


def label_score(score: Interval) -> str:
    """Return a score with its interval.

    Examples
    --------
    >>> from gapkit.stats.intervals import Interval
    >>> label_score(Interval(73.6, 61.2, 84.9))
    '74 (61 to 85)'
    """
    return f"{label_number(score.value)} ({label_number(score.low)} to {label_number(score.high)})"


def verb(name: str) -> str:
    """Return the verb that follows a name of the vocabulary.

    Examples
    --------
    >>> verb("poor_tooling"), verb("structural_bottlenecks")
    ('is', 'are')
    """
    return "are" if name in PLURAL else "is"


def label_chance(probability: float) -> str:
    """Return a probability; what never happened in the replicates is still not impossible.

    Examples
    --------
    >>> label_chance(0.934), label_chance(1.0), label_chance(0.0)
    ('93 %', 'over 99 %', 'under 1 %')
    """
    words = label_share(probability)
    return {"0 %": "under 1 %", "100 %": "over 99 %"}.get(words, words)


def finding_sentence(score: Score, verdict: str, family: Family, settings: Settings) -> str:
    """Return what was found about one killer or fracture."""
    if score.activity is None:
        return f"{_subject(score.id, family)} {NOT_ASSESSABLE}: {_why_not(score)}"
    chance = chance_of_activity(score, settings)
    begin = headline(score.id, family, verdict, interval_of(score.activity), chance, settings)
    sentence = f"{begin}. {_parts(score)}"
    strongest = strongest_sign(score.indicators)
    return (
        sentence
        if strongest is None or verdict == NOT_SHOWN
        else f"{sentence} Strongest sign: {indicator_words(strongest)}."
    )


def headline(name: str, family: Family, verdict: str, activity: Interval, chance: float, settings: Settings) -> str:
    """Return the judgement on one killer or fracture in a clause: its word, its score, and how sure a weak word is.

    Parameters
    ----------
    name, family, verdict : str
        Word of the vocabulary, ``killer`` or ``fracture``, and one of `VERDICTS`.
    activity : Interval
        Its score.
    chance : float
        Probability that the score reaches the mark of probable activity.
    settings : Settings
        Where that mark lies.
    """
    said = f"{sentence_case(name_of(name))} {verb(name)} a possible {family}"
    words = said if verdict == POSSIBLE else f"{_subject(name, family)} {verdict}"
    marks = f"a score of {label_number(settings.probable_activity)} is reached with probability {label_chance(chance)}"
    sure = "" if is_at_least(verdict, PROBABLY_ACTIVE) else f"; {marks}"
    return f"{words}: score {label_score(activity)} of 100{sure}"


def _subject(name: str, family: Family) -> str:
    """Return a killer or fracture as the subject of a sentence: fractures are named after what is broken."""
    return f"The {name_of(name)} fracture is" if family == "fracture" else f"{sentence_case(name_of(name))} {verb(name)}"


def _parts(score: Score) -> str:
    """Return the two kinds of evidence side by side."""
    counted = sum(indicator.status == "ok" for indicator in score.indicators)
    said = []
    if score.behaviour is not None:
        said.append(f"behaviour {label_score(interval_of(score.behaviour))} on {label_count(counted, 'indicator')}")
    if score.perception is not None:
        answers = label_count(score.n_answers, "answer")
        said.append(f"perception {label_score(interval_of(score.perception))} on {answers}")
    return f"{sentence_case(label_list(said))} (90 % intervals)."


def _why_not(score: Score) -> str:
    missing = [indicator.caveats[0] for indicator in score.indicators if indicator.status == "not_assessable"]
    counted = sum(indicator.status == "ok" for indicator in score.indicators)
    measured = f"only {label_count(counted, 'indicator')} could be counted" if counted else "no indicator could be counted"
    return (
        f"{measured}, and too few survey answers are at hand. {missing[0] if missing else 'A survey would switch this on.'}"
    )


def strongest_sign(indicators: Sequence[Indicator]) -> Indicator | None:
    """Return the counted indicator with the highest score above 0, the first of equals; None when there is none."""
    return next(iter(strongest_signs(indicators)), None)


def strongest_signs(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Return the counted indicators that score above 0, the highest first, equals in their order."""
    return sorted((indicator for indicator in indicators if indicator.score), key=lambda one: -(one.score or 0.0))


def indicator_words(indicator: Indicator) -> str:
    """Return a counted indicator with its value, interval and n."""
    value = f"{label_value(indicator.value, indicator.unit, indicator.n)} {indicator.name}"
    limits = label_interval(indicator.low, indicator.high, indicator.unit, indicator.n)
    interval = "" if indicator.low is None else f"95 % interval {limits}, "
    return f"{value} ({interval}n = {label_number(indicator.n)})"


def ranking_sentence(findings: Sequence[Finding], tied: Sequence[str], family: Family, settings: Settings) -> str:
    """Return what may be said about the order of a family, its most active member first.

    With one assessed there is nothing to compare, and among two both are the first two.
    """
    ranked = [finding for finding in findings if finding.p_rank1 is not None]
    if len(ranked) < 2:
        assessed = [finding for finding in findings if finding.verdict != NOT_ASSESSABLE]
        if len(assessed) < 2:
            return f"Fewer than two {family}s could be assessed, so none is ranked."
        return f"None of the {label_number(len(assessed))} {family}s assessed is shown to be active, so none is ranked."
    first = [one for one in ranked if _is_first(one, settings)]
    top = [one for one in ranked if _is_top(one, settings) and one not in first] if len(ranked) > 2 else []
    said = [
        f"{sentence_case(one.name)} {verb(one.id)} the most active {family} (probability {label_chance(one.p_rank1 or 0)})."
        for one in first
    ]
    said += _top_two(top, bool(first), family)
    missing = [finding.name for finding in findings if finding.p_rank1 is None]
    left_out = [f"Not assessable, so not compared: {label_list(missing)}."] if missing else []
    return " ".join([*(said or [sentence_case(_tied(tied, family))]), *left_out])


def _is_first(finding: Finding, settings: Settings) -> bool:
    return (finding.p_rank1 or 0) >= settings.most_active_probability and is_at_least(finding.verdict, PROBABLY_ACTIVE)


def _is_top(finding: Finding, settings: Settings) -> bool:
    return (finding.p_top2 or 0) >= settings.top_two_probability and is_at_least(finding.verdict, POSSIBLE)


def _top_two(top: Sequence[Finding], has_first: bool, family: Family) -> list[str]:
    """Return who is among the first two, besides the first."""
    if not top:
        return []
    known = [label_chance(one.p_top2 or 0) for one in top]
    is_same = len(top) > 1 and len(set(known)) == 1
    chances = f"{known[0]} each" if is_same else label_list(known)
    names = sentence_case(label_list([one.name for one in top]))
    verbs = verb(top[0].id) if len(top) == 1 else "are"
    what = f"the two most active {family}s" if len(top) == 2 and not has_first else f"among the two most active {family}s"
    return [f"{names} {verbs} {what} (probability {chances})."]


def _tied(tied: Sequence[str], family: Family) -> str:
    names = [name_of(one) for one in tied]
    if len(names) == 1:
        return f"{names[0]} may be the most active {family}; the evidence is not enough to say so."
    return f"which {family} is the most active cannot be told: it may be {' or '.join([', '.join(names[:-1]), names[-1]])}."


def disagreement_sentence(score: Score, difference: Interval) -> str:
    """Return how behaviour and perception of one killer or fracture differ."""
    behaviour, perception = (
        label_number(interval_of(draws).value) for draws in (score.behaviour, score.perception) if draws is not None
    )
    more = (
        "the records show more of it than people say"
        if difference.value > 0
        else "people see more of it than the records show"
    )
    return (
        f"On {name_of(score.id)} behaviour and perception disagree: {behaviour} against {perception}, a difference of "
        f"{label_number(difference.value)} points (90 % interval {label_number(difference.low)} to "
        f"{label_number(difference.high)}); {more}."
    )


def guard_sentence(scores: Sequence[Score]) -> str:
    """Return that perception does not tell the killers apart."""
    medians = [interval_of(score.perception).value for score in scores if score.perception is not None]
    low, high = label_number(min(medians)), label_number(max(medians))
    return (
        f"Perception does not discriminate: it scores all killers {low} to {high}, as where discontent is general. "
        "Scores from behaviour alone stand beside."
    )
