"""Claims in words: one sentence saying what was tested, with both counts and the interval, and no more than was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.claims.claim import CONTRADICTED, NOT_ASSESSABLE, SUPPORTED, TOO_LITTLE
from gapkit.labels import label_interval, label_number, label_value

if TYPE_CHECKING:
    from gapkit.diagnosis.claims.claim import About, Trial, Verdict
    from gapkit.results import Result

EXPLORATORY: Final = "Exploratory: the condition is known only as of today and may be a consequence."


def claim_sentence(trial: Trial, verdict: Verdict) -> str:
    """Return a judged claim as one sentence, followed by a warning where it is exploratory.

    Parameters
    ----------
    trial : Trial
        What was found.
    verdict : str
        From `claim.judge`.

    Examples
    --------
    >>> from gapkit.diagnosis.claims.claim import About, Trial
    >>> from gapkit.results import Result
    >>> about = About("C1", "one owner", "programs without one owner are less often on time", "", -1)
    >>> effect = Result("on_time_rate_difference", -0.05, -0.24, 0.14, unit="pp")
    >>> facts = "Without one owner 12 of 40 programs were on time, with one 28 of 80"
    >>> sentence = claim_sentence(Trial(about, "on time", "", (), effect, 0.6, facts), "not shown")
    >>> sentence.removeprefix(facts)
    ' (−5 pp): not shown; the data are compatible with anything from −24 to +14 pp.'
    """
    effect, about = trial.effect, trial.about
    asked = f"Whether {statement(trial)}"
    if verdict == NOT_ASSESSABLE:
        return f"{asked} is not assessable: {effect.caveats[0]}"
    if verdict == TOO_LITTLE:
        return f"{asked} cannot be told, too little data: {effect.caveats[0]}"
    said = {
        SUPPORTED: f"({_with_limits(effect, about, about.direction)}): supported on your data",
        CONTRADICTED: f"({_with_limits(effect, about, -about.direction)}): contradicted by your data",
    }.get(verdict) or f"({effect_words(effect, about)}): {_not_shown(effect, about)} {interval_words(effect)}"
    return f"{trial.facts} {said}.{f' {EXPLORATORY}' if trial.is_exploratory else ''}"


def statement(trial: Trial) -> str:
    """Return what was tested, as a clause."""
    return trial.about.statement.format(outcome=trial.outcome)


def _not_shown(effect: Result, about: About) -> str:
    """Return the verdict "not shown"; where the interval alone would have shown it, chance is named as the reason."""
    is_clear = (effect.low is not None and effect.low > about.no_effect) or (
        effect.high is not None and effect.high < about.no_effect
    )
    reason = ", chance is not ruled out" if is_clear else ""
    return f"not shown{reason}; the data are compatible with anything from"


def _with_limits(effect: Result, about: About, side: int) -> str:
    """Return an effect with its interval; of a share the one bound on the far side, as each is a 95 % bound by itself."""
    if effect.unit == "share":
        words, limit = ("at least", effect.low) if side > 0 else ("at most", effect.high)
        bound = f"{words} {label_value(limit, 'share', effect.n)}"
        return f"{effect_words(effect, about)}, with 95 % confidence {bound}"
    interval = f"95 % CI {interval_words(effect)}"
    return interval if effect.value is None else f"{effect_words(effect, about)}, {interval}"


def effect_words(effect: Result, about: About) -> str:
    """Return an effect in words: a difference in percentage points, a ratio as "times as often", a share in percent.

    Examples
    --------
    >>> from gapkit.diagnosis.claims.claim import About
    >>> from gapkit.results import Result
    >>> about = About("C1c", "", "", "", -1, per="per further owner")
    >>> effect_words(Result("x", -0.3, unit="pp"), about)
    '−30 pp per further owner'
    >>> effect_words(Result("x", 2.04, unit="ratio"), about._replace(per=""))
    '2.0 times as often'
    """
    if effect.unit == "ratio":
        return "no ratio" if effect.value is None else f"{_times(effect.value)} times as often"
    return f"{label_value(effect.value, effect.unit, effect.n)} {about.per}".rstrip()


def interval_words(effect: Result) -> str:
    """Return the interval of an effect in words.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> interval_words(Result("x", 2.0, 0.7, None, unit="ratio")), interval_words(Result("x", 0.1, -0.08, 0.21, unit="pp"))
    ('0.70 times as often or more', '−8 to +21 pp')
    """
    if effect.unit != "ratio" or effect.low is None:
        return label_interval(effect.low, effect.high, effect.unit, effect.n)
    if effect.high is None:
        return f"{_times(effect.low)} times as often or more"
    return f"{_times(effect.low)} to {_times(effect.high)} times as often"


def _times(ratio: float) -> str:
    """Return a ratio; two decimals below one, where the first alone would hide too much."""
    return label_number(ratio, 1 if ratio >= 0.95 else 2)
