"""How much of the lost execution goes with each killer, as far as programs under it and programs without it differ.

A model predicts failure from five flags read at the planned start, with type, size and quarter held equal; what would go if
a flag were off is shared out among the flags. With fewer programs than a model needs, each flag stands alone in a table of
counts. Nothing here says that removing a killer would remove the failures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.baseline.rates import estimate_rate
from gapkit.diagnosis.attribution.adjustment import HELD_EQUAL, held_equal
from gapkit.diagnosis.exposure.due import drawn, programs_due
from gapkit.diagnosis.exposure.exposures import expose
from gapkit.labels import label_count, label_interval, label_number, label_share
from gapkit.plain import plain
from gapkit.results import Result, not_assessable
from gapkit.stats.attributable import attributable_shares
from gapkit.stats.exposure import relative_risk
from gapkit.vocabulary import KILLERS

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.config import Settings
    from gapkit.diagnosis.exposure.due import Due
    from gapkit.diagnosis.exposure.exposures import Exposures, Flag
    from gapkit.engagement import Engagement
    from gapkit.stats.intervals import Interval

JOINT, SHARE, FAILURES, RISK = "joint_share", "failure_share", "failure_rate", "relative_risk"
NOT_DISTINGUISHABLE: Final = "not distinguishable from 0"
STANDING_CAVEAT: Final = (
    "What goes with a killer would be its effect only if the association were causal and nothing else differed; programs "
    "are not assigned owners, sign-offs or tools at random."
)


@dataclass(frozen=True, slots=True)
class KillerShare:
    """One killer: how often programs fail with it and without it, and the share of failures that goes with it.

    Attributes
    ----------
    killer : str
        Word of the vocabulary.
    meaning : str
        What being exposed means, in words that follow "programs …"; empty where it is not measured.
    exposed, others : Result
        ``failure_rate`` of the programs exposed at their planned start and of the others.
    relative_risk : Result
        The one over the other, unit ``ratio``; crude, nothing held equal.
    share : Result
        ``failure_share``: Shapley share of all failures, as a share; may be negative.
    words : str
        What may be said about the share: a range, `NOT_DISTINGUISHABLE`, or why there is none.
    """

    killer: str
    meaning: str
    exposed: Result
    others: Result
    relative_risk: Result
    share: Result
    words: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """How much lost execution goes with the killers.

    Attributes
    ----------
    outcome : str
        What counts as success; a failure is every other program due.
    period : str
        From the first planned end to the day of reading.
    joint : Result
        ``joint_share``: share of all failures that goes with all killers in the model together; status ``thin`` below the
        minimum data.
    killers : tuple of KillerShare
        In the order of the vocabulary; by share, the largest first, only where `is_ordered`.
    is_ordered : bool
        Whether there are programs enough to say which share is the largest.
    sentence : str
        The finding in words.
    caveats : tuple of str
        What a reader must know; the first holds always.
    """

    outcome: str
    period: str
    joint: Result
    killers: tuple[KillerShare, ...]
    is_ordered: bool
    sentence: str
    caveats: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `attribution` of `diagnose.json` holds it."""
        data: dict[str, Any] = plain(self)
        return data


def attribute(eng: Engagement, baseline: Baseline) -> Attribution:
    """Attribute lost execution to the killers, as far as association goes.

    Parameters
    ----------
    eng : Engagement
        Its tables, settings and seed.
    baseline : Baseline
        Its judged programs.

    Returns
    -------
    Attribution
        A model where there are data enough for one; below that the crude table and no share.

    Notes
    -----
    Firth's logistic regression of failure on the flags, type, size tercile and quarter, intercept refitted; F(S) are the
    failures predicted with the flags in S off, the joint share is 1 − F(all)/F(none), a killer's share its Shapley value.
    Intervals are program bootstraps. A flag enters if it is known for enough programs and neither rare nor general.

    References
    ----------
    Eide & Gefeller (1995), Sequential and average attributable fractions, J Clin Epidemiol 48:645-655. docs/method.md.
    """
    due, settings = programs_due(eng, baseline), eng.config.settings
    if due.why_not:
        return _nothing(due)
    known = due.known
    exposures = expose(eng, known["start_on"])
    unfit = {killer: why for killer, flag in exposures.flags.items() if (why := _unfit(flag, settings))}
    flags = exposures.frame(known.index).drop(columns=list(unfit))
    units = known.loc[flags.notna().all(axis=1)]
    joint, shares, caveats = _shares(due, units, flags.loc[units.index], eng)
    shares |= {killer: _thin(SHARE, why, due, len(known)) for killer, why in unfit.items()}
    shares |= {killer: not_assessable(SHARE, why, period=due.period) for killer, why in exposures.missing.items()}
    rows = [killer_share(killer, exposures, known, shares[killer], settings, due.period) for killer in KILLERS]
    is_ordered = joint.is_ok and joint.n >= settings.min_n_share_order
    if is_ordered:
        rows.sort(key=lambda row: -1.0 if row.share.value is None else row.share.value, reverse=True)
    about_flags = [text for flag in exposures.flags.values() for text in flag.caveats]
    sentence = _sentence(joint, len(flags.columns), due)
    return Attribution(due.outcome, due.period, joint, tuple(rows), is_ordered, sentence,
                       (STANDING_CAVEAT, *due.caveats, *about_flags, *caveats))  # fmt: skip


def _nothing(due: Due) -> Attribution:
    """Return the attribution where no outcome can be judged."""
    rows = tuple(_blank(killer, due.why_not, not_assessable(SHARE, due.why_not), "") for killer in KILLERS)
    return Attribution(due.outcome, "", not_assessable(JOINT, due.why_not), rows, False, due.why_not, (STANDING_CAVEAT,))


def _unfit(flag: Flag, settings: Settings) -> str:
    """Return why a flag cannot enter the model; empty where it can."""
    unknown, n = int(flag.exposed.isna().sum()), len(flag.exposed)
    if unknown > settings.large_unknown_share * n:
        return f"Known for {n - unknown} of {label_count(n, 'program')} only."
    share = float(flag.exposed.mean())
    if settings.min_exposed_share <= share <= 1 - settings.min_exposed_share:
        return ""
    how = "few" if share < 0.5 else "many"
    return f"Too {how} programs are exposed to compare them with the others: {label_share(share, n - unknown)}."


def _too_little(units: pd.DataFrame, flags: pd.DataFrame, settings: Settings) -> str:
    """Return what the model lacks; empty where it lacks nothing."""
    n, failures = len(units), int((~units["is_success"]).sum())
    least = settings.min_outcomes_attribution
    if flags.columns.empty:
        return "No killer has both programs exposed to it and others enough to compare."
    if n < settings.min_n_attribution:
        return f"Only {label_count(n, 'program')}; {settings.min_n_attribution} are needed."
    if min(failures, n - failures) < least:
        counts = f"{label_count(failures, 'failure')} and {label_count(n - failures, 'success', 'successes')}"
        return f"Only {counts}; {least} are needed of each."
    return ""


def _thin(name: str, why: str, due: Due, n: int) -> Result:
    return Result(name, n=n, period=due.period, status="thin", grade="C", caveats=(why,))


def _shares(
    due: Due, units: pd.DataFrame, flags: pd.DataFrame, eng: Engagement
) -> tuple[Result, dict[str, Result], tuple[str, ...]]:
    """Return the joint share, the share of each killer whose flag is given, and what to say about both."""
    why = _too_little(units, flags, eng.config.settings)
    if why:
        return _thin(JOINT, why, due, len(units)), dict.fromkeys(map(str, flags), _thin(SHARE, why, due, len(units))), ()
    chosen, said = drawn(units, eng.config.seed)
    found = attributable_shares(
        flags.loc[chosen.index].to_numpy(float), ~chosen["is_success"].to_numpy(bool), held_equal(chosen),
        replicates=eng.config.settings.model_replicates, seed=eng.config.seed,
    )  # fmt: skip
    method = f"Firth logistic regression, {HELD_EQUAL} held equal; Shapley shares; program bootstrap"

    def result(name: str, share: Interval) -> Result:
        return Result(name, *share, n=found.n, events=found.failures, period=due.period, method=method, grade="B")

    left_out = len(due.known) - len(units)
    caveats = (f"{label_count(left_out, 'program')} left out of the model: an exposure is unknown.",) if left_out else ()
    shares = {str(killer): result(SHARE, share) for killer, share in zip(flags, found.shares, strict=True)}
    return result(JOINT, found.joint), shares, (*caveats, *([said] if said else []))


def killer_share(
    killer: str, exposures: Exposures, known: pd.DataFrame, share: Result, settings: Settings, period: str
) -> KillerShare:
    """Return one killer's line: the crude rates with and without it, their ratio, and its share of the failures.

    Parameters
    ----------
    killer : str
        Word of the vocabulary.
    exposures : Exposures
        Of the programs in `known`.
    known : DataFrame
        Programs due whose outcome is known: is_success, team.
    share : Result
        Its share, or why there is none.
    settings : Settings
        Minimum numbers.
    period : str
        What time the figures speak of.
    """
    if killer in exposures.missing:
        return _blank(killer, exposures.missing[killer], share, period)
    flag = exposures.flags[killer]
    groups = [known.loc[flag.exposed.eq(is_exposed).fillna(False)] for is_exposed in (True, False)]
    exposed, others = (
        estimate_rate(FAILURES, (~part["is_success"]).astype("boolean"), part["team"], settings, period=period)
        for part in groups
    )
    risk = _relative_risk(exposed, others, settings, period)
    return KillerShare(killer, flag.meaning, exposed, others, risk, share, share_words(share))


def _blank(killer: str, why: str, share: Result, period: str) -> KillerShare:
    """Return the line of a killer of which nothing is recorded."""
    rate, risk = (not_assessable(name, why, period=period) for name in (FAILURES, RISK))
    return KillerShare(killer, "", rate, rate, risk, share, share_words(share))


def _relative_risk(exposed: Result, others: Result, settings: Settings, period: str) -> Result:
    """Return how many times as often exposed programs fail."""
    least, n = settings.min_n_compared, exposed.n + others.n
    if min(exposed.n, others.n) < least or exposed.events is None or others.events is None:
        why = f"{exposed.n} exposed and {others.n} other programs; {least} are needed of each."
        return Result(RISK, n=n, unit="ratio", period=period, status="thin", grade="C", caveats=(why,))
    if exposed.events + others.events in (0, n):
        why = "Every program failed." if exposed.events else "No program failed."
        return Result(RISK, n=n, unit="ratio", period=period, status="thin", grade="C", caveats=(why,))
    ratio = relative_risk(exposed.events, exposed.n, others.events, others.n)
    return Result(RISK, *ratio, n=n, events=exposed.events + others.events, unit="ratio", period=period,
                  method="relative risk, Katz interval, nothing held equal", grade="C")  # fmt: skip


def share_words(share: Result) -> str:
    """Return what may be said about a killer's share.

    Examples
    --------
    >>> share_words(Result(SHARE, 0.15, 0.06, 0.24, n=120)), share_words(Result(SHARE, -0.02, -0.10, 0.05, n=120))
    ('6.0 to 24.0 % of the misses', 'not distinguishable from 0')
    >>> share_words(Result(SHARE, 0.04, -0.05, 0.13, n=80))
    'not distinguishable from 0, at most 13 % of the misses'
    """
    if not share.is_ok or share.value is None or share.low is None or share.high is None:
        return share.caveats[0]
    if share.low > 0:
        return f"{label_interval(share.low, share.high, 'share', share.n)} of the misses"
    return (
        NOT_DISTINGUISHABLE
        if share.value <= 0
        else f"{NOT_DISTINGUISHABLE}, at most {label_share(share.high, share.n)} of the misses"
    )


def _sentence(joint: Result, flags: int, due: Due) -> str:
    if not joint.is_ok or joint.value is None:
        return f"Too little data to say how much lost execution goes with the killers. {joint.caveats[0]}"
    killers = "the killer measured" if flags == 1 else f"the {label_number(flags)} killers measured, taken together"
    failures = joint.events or 0
    be = "was" if failures == 1 else "were"
    missed = f"Of {label_count(joint.n, 'program')} due {label_number(failures)} {be} not {due.outcome}"
    interval = f"95 % CI {label_interval(joint.low, joint.high, 'share', joint.n)}"
    if joint.low is None or joint.low <= 0:
        return f"{missed}; the share of these misses associated with {killers} is {NOT_DISTINGUISHABLE} ({interval})."
    share = label_share(joint.value, joint.n)
    return f"{missed}; {share} of these misses ({interval}) are associated with {killers}."
