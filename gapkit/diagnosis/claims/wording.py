"""Claims in words: one sentence saying what was tested, with both counts and the interval, and no more than was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.claims.claim import CONTRADICTED, NOT_ASSESSABLE, NOT_SHOWN, SUPPORTED, TOO_LITTLE
from gapkit.labels import label_count, label_interval, label_list, label_number, label_result, label_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.diagnosis.claims.claim import About, Claim, Figure, Trial, Verdict
    from gapkit.results import Result

# How the claims that do not hold are counted, in this order.
AFTER: Final = {
    SUPPORTED: "",
    CONTRADICTED: "{n} {be} contradicted",
    NOT_SHOWN: "{n} {be} not shown",
    TOO_LITTLE: "for {n} there is too little data",
    NOT_ASSESSABLE: "{n} cannot be assessed",
}
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
    }.get(verdict) or f"({effect_words(effect, about)}): {_not_shown(effect, about)} {interval_words(effect, about)}"
    return f"{trial.facts} {said}.{f' {EXPLORATORY}' if trial.is_exploratory else ''}"


def statement(trial: Trial) -> str:
    """Return what was tested, as a clause."""
    return trial.about.statement.format(outcome=trial.outcome)


def claims_title(claims: Sequence[Claim]) -> str:
    """Return how many claims met each verdict, those that hold by name.

    Parameters
    ----------
    claims : sequence of Claim
        From `test_claims`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> held = SimpleNamespace(verdict=SUPPORTED, name="The more owners, the worse")
    >>> open_ = SimpleNamespace(verdict=NOT_SHOWN, name="")
    >>> claims_title([held, open_, open_])
    '1 of 3 claims is supported on your data: “the more owners, the worse”; 2 are not shown'
    """
    counts = {word: sum(claim.verdict == word for claim in claims) for word in AFTER}
    held = label_list([f"“{claim.name[:1].lower()}{claim.name[1:]}”" for claim in claims if claim.verdict == SUPPORTED])
    first = f"{counts[SUPPORTED]} of {len(claims)} claims {'is' if counts[SUPPORTED] == 1 else 'are'} {SUPPORTED}"
    first = f"{first}: {held}" if held else f"None of {len(claims)} claims is {SUPPORTED}"
    rest = [words.format(n=counts[word], be="is" if counts[word] == 1 else "are")
            for word, words in AFTER.items() if words and counts[word]]  # fmt: skip
    return "; ".join([first, *([label_list(rest)] if rest else [])])


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
    interval = f"95 % CI {interval_words(effect, about)}"
    return interval if effect.value is None else f"{effect_words(effect, about)}, {interval}"


def effect_words(effect: Result, claim: About | Claim) -> str:
    """Return an effect in words.

    Parameters
    ----------
    effect : Result
        The figure.
    claim : About or Claim
        What it is per, and which value means no effect.

    Notes
    -----
    A difference of rates is given in percentage points, a ratio as "times as often", a share in percent. A rank correlation
    is none of these: it is the balance of pairs for and against, counted in a hundred pairs.

    Examples
    --------
    >>> from gapkit.diagnosis.claims.claim import About
    >>> from gapkit.results import Result
    >>> about = About("C1c", "", "", "", -1, per="per further owner")
    >>> effect_words(Result("x", -0.3, unit="pp"), about)
    '−30 pp per further owner'
    >>> effect_words(Result("x", 2.04, unit="ratio"), about._replace(per="", no_effect=1.0))
    '2.0 times as often'
    >>> effect_words(Result("x", -0.028, unit="ratio"), about._replace(per="in 100 pairs"))
    'a balance of −3 in 100 pairs'
    """
    if is_balance(effect, claim):
        return "no balance" if effect.value is None else f"a balance of {_signed(effect.value)} {claim.per}"
    if effect.unit == "ratio":
        return "no ratio" if effect.value is None else f"{_times(effect.value)} times as often"
    return f"{label_value(effect.value, effect.unit, effect.n)} {claim.per}".rstrip()


def interval_words(effect: Result, claim: About | Claim) -> str:
    """Return the interval of an effect in words.

    Examples
    --------
    >>> from gapkit.diagnosis.claims.claim import About
    >>> from gapkit.results import Result
    >>> about = About("C5", "", "", "", 1, no_effect=1.0)
    >>> interval_words(Result("x", 2.0, 0.7, None, unit="ratio"), about)
    '0.70 times as often or more'
    >>> interval_words(Result("x", 0.1, -0.08, 0.21, unit="pp"), about._replace(no_effect=0.0))
    '−8 to +21 pp'
    >>> interval_words(Result("x", 0.1, -0.08, 0.21, unit="ratio"), about._replace(no_effect=0.0, per="in 100 pairs"))
    '−8 to +21 in 100 pairs'
    """
    if is_balance(effect, claim) and effect.low is not None and effect.high is not None:
        return f"{_signed(effect.low)} to {_signed(effect.high)} {claim.per}"
    if effect.unit != "ratio" or effect.low is None:
        return label_interval(effect.low, effect.high, effect.unit, effect.n)
    if effect.high is None:
        return f"{_times(effect.low)} times as often or more"
    return f"{_times(effect.low)} to {_times(effect.high)} times as often"


def effect_with_interval(claim: Claim) -> str:
    """Return the effect of a claim with its interval, for a table cell; why there is none, in a word, otherwise.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from gapkit.results import Result
    >>> drift = SimpleNamespace(effect=Result("x", -0.03, -0.19, 0.12, unit="ratio"), no_effect=0.0, per="in 100 pairs")
    >>> effect_with_interval(drift)
    'a balance of −3 (−19 to +12) in 100 pairs'
    """
    effect = claim.effect
    if not effect.is_ok:
        return label_result(effect)
    said, interval = effect_words(effect, claim), interval_words(effect, claim)
    if is_balance(effect, claim):
        return f"{said.removesuffix(f' {claim.per}')} ({interval.removesuffix(f' {claim.per}')}) {claim.per}"
    if effect.unit == "share":
        return f"{said} ({interval}; each limit is a 95 % bound)"
    return f"{said} ({interval.removesuffix(' times as often')})"


def group_words(group: Figure) -> str:
    """Return what was found in a group, its count first.

    Examples
    --------
    >>> from gapkit.diagnosis.claims.claim import Figure
    >>> from gapkit.results import Result
    >>> group_words(Figure("Programs without an owner", Result("otif_rate", 0.25, 0.1, 0.4, n=40, events=10)))
    '10 of 40 programs without an owner'
    """
    label, result = f"{group.label[:1].lower()}{group.label[1:]}", group.result
    n = label_number(result.n)
    if result.unit == "per_week":
        return f"{label_count(result.events or 0, 'time')} on {n} program-days {label}"
    if result.unit == "share" and result.events is not None:
        return f"{label_number(result.events)} of {n} {label}"
    return f"{label_result(result)} over {n} {label}" if result.is_ok else f"{n} {label} ({TOO_LITTLE})"


def other_looks_words(claim: Claim) -> str:
    """Return whether a decided claim points the same way with other things equal and without some cancellations.

    Empty where it was looked at in no other way; an association that turns is a caveat of the claim already.
    """
    side = 1 if claim.verdict == SUPPORTED else -1
    looks = [(result.value, 1.0) for _, result in claim.adjusted]
    looks += [(claim.sensitivity.value, claim.no_effect)] if claim.sensitivity is not None else []
    known = [(value - none) * side * claim.claimed_direction for value, none in looks if value is not None]
    if not known or min(known) <= 0:
        return ""
    ways = ["with other things held equal"] if claim.adjusted else []
    ways += ["without programs cancelled by decision"] if claim.sensitivity is not None else []
    return f"It points the same way {label_list(ways)}."


def is_balance(effect: Result, claim: About | Claim) -> bool:
    """Return whether an effect is a rank correlation: a number without unit that is 0 where there is no effect."""
    return effect.unit == "ratio" and claim.no_effect == 0


def _signed(correlation: float) -> str:
    """Return a rank correlation as pairs in a hundred, with its sign."""
    pairs = round(correlation * 100)
    return f"{'+' if pairs > 0 else ''}{label_number(pairs)}"


def _times(ratio: float) -> str:
    """Return a ratio; two decimals below one, where the first alone would hide too much."""
    return label_number(ratio, 1 if ratio >= 0.95 else 2)
