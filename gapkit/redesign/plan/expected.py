"""The measure an action should move, and by how much: as predicted, else towards its healthy mark, else unpromised."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from gapkit.diagnosis.signs.signs import Sign
from gapkit.diagnosis.signs.thresholds import IN_PLACE
from gapkit.diagnosis.signs.wording import clause_words
from gapkit.labels import label_interval, label_number, label_share, label_value, sentence_case
from gapkit.redesign.plan.choosing import urgency
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding, Indicator
    from gapkit.redesign.plan.actions import Action
    from gapkit.redesign.what_if import Prediction
    from gapkit.results import Result, Unit

Basis = Literal["what_if", "mark", "none"]
NO_AMOUNT: Final = "no amount promised"
LEAST_DAYS: Final = 0.5
LEAST_SHARE: Final = 0.005
# Which predicted change is quoted, where the engagement's own measure is not among them.
PREDICTED: Final = (
    "execution_rate", "on_time_rate", "otif_rate", "time_to_market_median_days", "decision_latency_days",
)  # fmt: skip


class Expected(NamedTuple):
    """What an action should move.

    Attributes
    ----------
    measure : str
        Result name or indicator id; for a check the finding.
    basis : {"what_if", "mark", "none"}
        Where the amount comes from: a prediction that may be promised; the healthy mark of the indicator; nowhere.
    unit : str
        Unit of `now` and `towards`; with a prediction that of `change`.
    now : float or None
        The indicator today; None where it is not measured, and with a prediction.
    n : int
        Units it was counted on.
    towards : float or None
        Where it should go.
    change, low, high : float or None
        The predicted change with its interval.
    text : str
        All this in words.
    """

    measure: str
    basis: Basis
    unit: Unit
    now: float | None
    n: int
    towards: float | None
    change: float | None
    low: float | None
    high: float | None
    text: str


def expect(action: Action, finding: Finding, predictions: Iterable[Prediction], primary: str) -> Expected:
    """Return what an action should move in answer to a finding.

    Parameters
    ----------
    action : Action
        The action.
    finding : Finding
        The finding it is planned for.
    predictions : iterable of Prediction
        Levers one at a time; only what may be promised is quoted.
    primary : str
        The measure the engagement is judged by, quoted first.
    """
    if action.is_check:
        return _unpromised(finding.id, f"settles whether there is anything to do; {NO_AMOUNT}")
    for prediction in predictions:
        if prediction.is_promise and any(pull.lever in action.levers for pull in prediction.pulls):
            gained = {name: result for name, result in prediction.changes.items() if gains(result)}
            quoted = next((name for name in (primary, *PREDICTED) if name in gained), None)
            if quoted is not None:
                return _predicted(quoted, gained[quoted], prediction)
    return _towards_mark(_moved(action, finding), action.moves(finding.id)[0])


def gains(result: Result) -> bool:
    """Return whether a predicted change is a gain that can be read: half a point more of a rate, or half a day less."""
    if not result.is_ok or result.value is None:
        return False
    return result.value <= -LEAST_DAYS if result.unit == "days" else result.value >= LEAST_SHARE


def measured(action: Action, finding: Finding) -> bool:
    """Return whether any indicator an action should move in a finding has a figure today."""
    return any(one.status == "ok" for one in finding.indicators if one.id in action.moves(finding.id))


def _moved(action: Action, finding: Finding) -> Indicator | None:
    """Return the indicator to move: the one farthest from healthy, else one that is not measured."""
    moved = [one for one in finding.indicators if one.id in action.moves(finding.id)]
    return max(moved, key=lambda one: -1.0 if urgency(one) is None else urgency(one) or 0.0, default=None)


def _unpromised(measure: str, text: str, unit: Unit = "share", now: float | None = None, n: int = 0) -> Expected:
    return Expected(measure, "none", unit, now, n, None, None, None, None, sentence_case(text))


def _predicted(name: str, change: Result, prediction: Prediction) -> Expected:
    amount = label_value(change.value, change.unit, change.n)
    limits = label_interval(change.low, change.high, change.unit, change.n)
    text = f"{name_of(name)} {amount} ({label_share(change.level)} interval {limits}), predicted for: {prediction.name}"
    return Expected(name, "what_if", change.unit, None, change.n, None, change.value, change.low, change.high,
                    sentence_case(text))  # fmt: skip


def _towards_mark(indicator: Indicator | None, measure: str) -> Expected:
    """Return what to expect of an indicator: from today's value to its healthy mark, where it has one and is beyond it."""
    if indicator is None or indicator.status != "ok":
        why = next(iter(indicator.caveats), "") if indicator is not None else ""
        return _unpromised(measure, f"not measured today; {NO_AMOUNT}. {why}".strip())
    now = indicator_today(indicator)
    mark = healthy_mark(indicator)
    if mark is None or not urgency(indicator):
        return _unpromised(measure, f"{now}; {NO_AMOUNT}", indicator.unit, indicator.value, indicator.n)
    text = f"{now} (n = {label_number(indicator.n)}); towards {label_value(mark, indicator.unit)}"
    return Expected(measure, "mark", indicator.unit, indicator.value, indicator.n, mark, None, None, None,
                    sentence_case(text))  # fmt: skip


def indicator_today(indicator: Indicator) -> str:
    """Return a measured indicator with its value, as a clause."""
    if isinstance(indicator, Sign):
        return clause_words(indicator)
    return f"{label_value(indicator.value, indicator.unit, indicator.n)} {indicator.name}"


def healthy_mark(indicator: Indicator) -> float | None:
    """Return where an indicator should go: its healthy anchor, the mark of a sign, for a share of a lever 80 %."""
    if indicator.healthy is not None:
        return indicator.healthy
    if isinstance(indicator, Sign) and indicator.threshold is not None:
        return indicator.threshold.limit
    return IN_PLACE / 100 if indicator.unit == "share" and indicator.value is not None else None
