"""What else points to execution or to strategy: symptoms, shown beside the two axes, never part of the probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import pandas as pd

from gapkit.calendar import quarter_of
from gapkit.diagnosis.indicators.anchors import ANCHORS
from gapkit.diagnosis.maps.stops import timed_visits
from gapkit.diagnosis.signs.thresholds import BAD_SCORE, THRESHOLDS, Threshold
from gapkit.labels import (
    NOT_MEASURED,
    TOO_LITTLE,
    label_count,
    label_days,
    label_number,
    label_result,
    label_result_interval,
    label_share,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.baseline import Baseline
    from gapkit.diagnosis.triage.criteria import Criteria
    from gapkit.engagement import Engagement
    from gapkit.results import Result
    from gapkit.survey import Survey, Wave

SLOW: Final = THRESHOLDS["Direction 3"]
MANY_REVERSALS: Final = THRESHOLDS["Direction 4"]
MORE_STARTS: Final = THRESHOLDS["Quarter 5"]
LOW_INTENT: Final = Threshold("under", 3.0)  # of 4
WEAK_AGREEMENT: Final = Threshold("under", 50)
# A share of stays over time that scores half of what hand-offs over time score at most.
LATE: Final = Threshold("at least", (ANCHORS["Hand-off 2"].healthy + ANCHORS["Hand-off 2"].severe) / 2)


Side = Literal["execution", "strategy"]


class Symptom(NamedTuple):
    """One sign.

    Attributes
    ----------
    side : str
        ``"execution"`` or ``"strategy"``: what it points to.
    name : str
        The sign in words.
    is_present : bool or None
        None where it is not measured, or rests on too little data.
    value : str
        What was measured, in words; what is missing where nothing was.
    """

    side: Side
    name: str
    is_present: bool | None
    value: str


def read_symptoms(
    eng: Engagement,
    baseline: Baseline,
    survey: Survey,
    criteria: Criteria,
    decisions: Mapping[str, Result],
    ownership_score: float | None,
) -> tuple[Symptom, ...]:
    """Return the signs that point to execution, then those that point to strategy.

    Parameters
    ----------
    eng, baseline, survey
        Of one engagement.
    criteria : Criteria
        The first axis, for its signs.
    decisions : mapping of str to Result
        From `triage.decisions.measure_decisions`.
    ownership_score : float or None
        Activity of unclear ownership, 0 to 100; None where it is not known.

    Notes
    -----
    A sign is present by its point estimate; whether that could be chance is for its own figure to say.
    """
    wave = survey.last if survey.last is not None and survey.last.is_shown else None
    stays, fewest = _late_stays(eng, baseline), eng.config.settings.min_n_rate
    plan = Threshold("under", eng.config.otif_target)
    return (
        _sign("execution", "launches off plan", baseline.results["on_time_rate"], plan),
        _perceived("execution", "uneven quality of what reaches the market", wave, "work"),
        _late("execution", "external partners over the time agreed", stays.get("external"), fewest),
        _score("execution", "unclear ownership", ownership_score),
        _intent(eng, baseline),
        _slow_decisions(decisions["decision_latency_days"], stays.get("approval"), fewest),
        _sign("strategy", "decisions taken back", decisions["reversal_share"], MANY_REVERSALS),
        _by_preference(wave),
        _sign("strategy", "priorities ranked differently", criteria.parts["priority_agreement"], WEAK_AGREEMENT),
        _sign("strategy", "different answers to the four questions", criteria.parts["strategy_agreement"], WEAK_AGREEMENT),
        _starts_and_confidence(baseline, survey, eng.config.fiscal_start_month),
    )


def _sign(side: Side, name: str, result: Result, threshold: Threshold) -> Symptom:
    """Return a symptom read off one result."""
    if result.value is None or not result.is_ok:
        return Symptom(side, name, None, label_result(result))
    value = f"{label_number(result.value)} of 100" if result.unit == "points" else label_result(result)
    sure = "; ".join(filter(None, (label_result_interval(result), f"n = {label_number(result.n)}")))
    return Symptom(side, name, threshold.is_beyond(result.value), f"{value} ({sure})")


def _perceived(side: Side, name: str, wave: Wave | None, construct: str) -> Symptom:
    if wave is None:
        return Symptom(side, name, None, NOT_MEASURED)
    return _sign(side, name, wave.results[f"perceived_{construct}"], BAD_SCORE)


def _score(side: Side, name: str, score: float | None) -> Symptom:
    if score is None:
        return Symptom(side, name, None, NOT_MEASURED)
    return Symptom(side, name, BAD_SCORE.is_beyond(score), f"{label_number(score)} of 100")


def _late_stays(eng: Engagement, baseline: Baseline) -> dict[str, tuple[int, int]]:
    """Return, by kind of stage, the stays begun in the window that lasted longer than agreed or usual, and all settled."""
    ended = baseline.judged["actual_end"].fillna(baseline.judged["cancelled_at"])
    visits = timed_visits(eng, ended, baseline.start)
    settled = visits.loc[visits["in_window"] & visits["is_settled"]]
    counts = settled.groupby("kind")["is_over"].agg(["sum", "size"])
    return {str(kind): (int(over), int(n)) for kind, over, n in counts.itertuples()}


def _late(side: Side, name: str, stays: tuple[int, int] | None, fewest: int) -> Symptom:
    if stays is None or stays[1] < fewest:
        return Symptom(side, name, None, NOT_MEASURED if stays is None else TOO_LITTLE)
    share = stays[0] / stays[1]
    return Symptom(side, name, LATE.is_beyond(share), f"{label_share(share)} of {label_count(stays[1], 'stay')}")


def _intent(eng: Engagement, baseline: Baseline) -> Symptom:
    name = "results away from the intent"
    rated = eng.programs.set_index("program_id")["intent_match"].reindex(baseline.judged.index)
    delivered = baseline.judged["actual_end"].between(pd.Timestamp(baseline.start), pd.Timestamp(baseline.as_of))
    known = rated[delivered].dropna()
    if len(known) < eng.config.settings.min_n_rate:
        return Symptom("execution", name, None, TOO_LITTLE if len(known) else NOT_MEASURED)
    mean = float(known.mean())
    return Symptom(
        "execution", name, LOW_INTENT.is_beyond(mean), f"{label_number(mean, 1)} of 4 over {len(known)} programs"
    )


def _slow_decisions(latency: Result, approvals: tuple[int, int] | None, fewest: int) -> Symptom:
    """Decisions that wait although approvals do not: nobody knows by what to decide."""
    name = "slow decisions without a queue of approvals"
    queue = _late("strategy", name, approvals, fewest)
    # Half of the decisions still open: more than the days they have been watched.
    days, more = (latency.low, "more than ") if latency.value is None else (latency.value, "")
    if days is None or queue.is_present is None:
        return Symptom("strategy", name, None, label_result(latency) if days is None else queue.value)
    slow = SLOW.is_beyond(days) and not queue.is_present
    return Symptom("strategy", name, slow, f"median {more}{label_days(days)} of work; approvals late: {queue.value}")


def _by_preference(wave: Wave | None) -> Symptom:
    name = "options decided by preference"
    scores = wave.items.loc[wave.items["item"] == "CRI2", "score"] if wave is not None else pd.Series(dtype=float)
    return _score("strategy", name, float(scores.iloc[0]) if len(scores) else None)


def _starts_and_confidence(baseline: Baseline, survey: Survey, month: int) -> Symptom:
    """More is begun while people trust the direction less: activity stands in for choice."""
    name = "more starts while confidence in the direction falls"
    trust = [wave.results["perceived_leadership_direction"].value for wave in survey.waves.values() if wave.is_shown][-2:]
    begun = quarter_of(baseline.judged["actual_start"], month).value_counts()
    before, after = (int(begun.get(quarter, 0)) for quarter in baseline.quarters)
    if len(trust) < 2 or trust[0] is None or trust[1] is None or not before:
        return Symptom("strategy", name, None, NOT_MEASURED)
    value = f"{before} starts, then {after}; doubt in the direction {label_number(trust[0])}, then {label_number(trust[1])}"
    return Symptom("strategy", name, MORE_STARTS.is_beyond(after / before) and trust[1] > trust[0], value)
