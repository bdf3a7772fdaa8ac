"""Promised against delivered in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import (
    label_count,
    label_list,
    label_number,
    label_result,
    label_result_interval,
    label_share,
    sentence_case,
)
from gapkit.measurement.promised.judging import AS_PROMISED, LESS, MORE, UNTOLD
from gapkit.measurement.wording import change_words, interval_words, measure_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.measurement.promised.row import Row
    from gapkit.results import Result

NO_RECORD: Final = (
    "No promise is on record. The next published redesign before a measurement puts its promises into promises.json; then "
    "they are held against what came."
)
NOT_YET: Final = "The promises were put on record on {}, after the day this is read at."
ALL_TOGETHER: Final = (
    "A change from before to after is of all levers together and of everything else that happened; one lever alone can be "
    "judged only where it acts on a place or a measure of its own."
)
SHARED: Final = "what was measured is of all levers together and of everything else"
TOO_WIDE: Final = "the intervals are too wide to say"
OR_MORE: Final = "a gain, whether as promised or more is open"
OR_LESS: Final = "a gain, whether as promised or less is open"
OR_NONE: Final = "possible as promised, and so is none"
AS_BEFORE: Final = "it was so before, too, as far as can be told"
NOTHING_TOLD: Final = "what came cannot be told from none"
NO_AMOUNT: Final = f"Promise no amount next time: {NOTHING_TOLD}."
MORE_CAME: Final = "More was measured than was promised; one engagement is no ground to promise more."
ONE: Final = "One engagement is one observation, and its measures rest on the same programs."
NEVER_AGREED: Final = "The promises were proposed and never marked agreed in decisions.yml."
OTHER_MEASURE: Final = (
    "Promised of the median time-to-market; measured as the mean within the days watched in both windows, which is close."
)


def figure_words(result: Result) -> str:
    """Return a change or a level with its interval and its level, as a clause.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> figure_words(Result("x", 0.15, 0.06, 0.24, level=0.9, unit="pp")), figure_words(Result("x", 0.7))
    ('+15 pp (90 % interval +6 to +24 pp)', '70 %')
    >>> figure_words(Result("x", 0.9, 0.78, 0.96, n=47, events=42))
    '90 % (95 % interval 78 to 96 %)'
    """
    if not result.is_ok or result.value is None:
        return label_result(result)
    is_change = result.unit in ("pp", "days", "ratio")
    words = change_words(result) if is_change else label_result(result)
    if result.low is None or result.high is None:
        return words
    limits = interval_words(result) if is_change else label_result_interval(result)
    return f"{words} ({label_share(result.level)} interval {limits})"


def row_sentence(row: Row) -> str:
    """Return one row: promised, measured, word."""
    who = row.own_words or measure_name(row.measure)
    head = sentence_case(who) if row.kind == "target" else f"{row.name}, {who}"
    why = f": {row.why}" if row.why else ""
    other = f" ({measure_name(row.measured_as)})" if row.measured_as else ""
    return f"{head}: promised {figure_words(row.predicted)}, measured {figure_words(row.measured)}{other}: {row.word}{why}."


def sentence(judged: Sequence[Row]) -> str:
    """Return the first target, and how many promises came as promised.

    Parameters
    ----------
    judged : sequence of Row
        Targets, and levers with a measure of their own; the primary target first.
    """
    if not judged:
        return "Nothing was promised that could be held against the measurement."
    counts = {word: sum(row.word == word for row in judged) for word in (AS_PROMISED, MORE, LESS, UNTOLD)}
    told = label_list([f"{label_number(count)} {word}" for word, count in counts.items() if count])
    return f"{judged[0].sentence} Of {label_count(len(judged), 'promise')}: {told}."


def held_sentence(held: Result, below: int) -> str:
    """Return how often a predicted interval held what was measured, and on which side the rest lies."""
    if not held.n:
        return ""
    kept = f"{label_number(held.events or 0)} of {label_count(held.n, 'predicted interval')} held the measured value"
    lean = "lean too high" if 2 * below > held.n else "do not lean too high"
    under = f"less was measured than predicted in {label_number(below)} of {label_number(held.n)}"
    return f"{kept}; {under}: as far as so few tell, the predictions {lean}. {ONE}"


def delivered_words(delivered: Result) -> str:
    """Return which part of a promise came, with its interval.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> delivered_words(Result("delivered_share", 0.4, -0.3, 1.1, unit="ratio"))
    'Of what was promised, 40 % was measured (95 % interval −30 to 110 %)'
    """
    value, low, high = (label_share(number or 0.0) for number in (delivered.value, delivered.low, delivered.high))
    return f"Of what was promised, {value} was measured (95 % interval {low.removesuffix(' %')} to {high})"


def next_promise(delivered: Result | None, why: str) -> tuple[str, str]:
    """Return the rule for the next promise and what it rests on: never more than came, nothing where that may be none.

    Parameters
    ----------
    delivered : Result or None
        Measured over promised, of the measure the engagement is judged by; None where it cannot be formed.
    why : str
        Why not; `NOTHING_TOLD` is a rule by itself.

    Returns
    -------
    tuple of str
        The rule, empty where there is none, and what it rests on, or why there is none.
    """
    if delivered is None or delivered.value is None or delivered.low is None:
        return (NO_AMOUNT, "") if why == NOTHING_TOLD else ("", f"There is no rule for the next promise yet: {why}.")
    said = f"{delivered_words(delivered)}."
    if delivered.low <= 0:
        return NO_AMOUNT, said
    if delivered.value >= 1:
        more = f"{said} {MORE_CAME}" if delivered.value > 1 else said
        return "Promise at most what is predicted next time, not more because this went well.", more
    return f"Promise at most {label_share(delivered.value)} of what is predicted next time.", said
