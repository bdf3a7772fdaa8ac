"""Promised against delivered in words."""

from __future__ import annotations

from collections import Counter
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
from gapkit.measurement.promised.judging import AS_PROMISED, KEPT, LESS, MORE, UNTOLD
from gapkit.measurement.wording import change_words, interval_words, measure_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.measurement.promised.row import Row
    from gapkit.measurement.verdict import Better
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
BEFORE_UNKNOWN: Final = "how it was before is not known"
LOST: Final = "it was met before the redesign"
KEPT_MEANS: Final = "Kept as before: what was promised was met before the redesign, and is met still."
NOTHING_TOLD: Final = "what came cannot be told from none"
NO_AMOUNT: Final = f"Promise no amount next time: {NOTHING_TOLD}."
AS_FAR: Final = "as far as the intervals tell, what was promised came"
MORE_CAME: Final = "More was measured than was promised; one engagement is no ground to promise more."
ONE: Final = "One engagement is one observation, and its measures rest on the same programs."
NO_BACKTEST: Final = "No backtest was possible, so what is promised here was set without a prediction."
SET: Final = "What is promised here was set without a prediction."
# The redesign says this of what stands below it there; here other figures stand below.
OF_THE_REDESIGN: Final = " The changes below are therefore no promise."
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


def went_wrong(better: Better) -> str:
    """Return that a measure went the wrong way.

    Examples
    --------
    >>> went_wrong(1), went_wrong(-1)
    ('it fell, where a gain was promised', 'it rose, where a fall was promised')
    """
    return "it fell, where a gain was promised" if better > 0 else "it rose, where a fall was promised"


def not_confirmed(doubt: str) -> str:
    """Return that a verdict takes back what an interval alone would tell.

    Examples
    --------
    >>> not_confirmed("not confirmed once several measures are looked at together")
    'its interval leaves out none, its verdict does not: not confirmed once several measures are looked at together'
    """
    return f"its interval leaves out none, its verdict does not{f': {doubt}' if doubt else ''}"


def backtest_words(verdict: str, said: str, *, is_predicted: bool) -> str:
    """Return what the check of the prediction that failed, or could not be made, means for what was promised.

    Parameters
    ----------
    verdict : {"failed", "not possible"}
        Of the backtest.
    said : str
        Its sentence, as put on record.
    is_predicted : bool
        Whether a target rests on a prediction all the same.

    Examples
    --------
    >>> backtest_words("not possible", "No backtest is possible, so no change is promised. Stages are needed.",
    ...                is_predicted=False)
    'No backtest was possible, so what is promised here was set without a prediction. Stages are needed.'
    """
    if verdict == "not possible":
        return f"{NO_BACKTEST} {said.partition('. ')[2]}".strip()
    told = said.removesuffix(OF_THE_REDESIGN)
    return told if is_predicted else f"{told} {SET}"


def why_untold(rows: Sequence[Row]) -> str:
    """Return why promises cannot be told, one sentence: the reason they share, else how many have which.

    Parameters
    ----------
    rows : sequence of Row
        Those whose word is ``cannot be told``.
    """
    counts = Counter(row.why for row in rows)
    if len(counts) == 1:
        return f"{sentence_case(next(iter(counts)))}."
    return f"{'; '.join(f'{label_number(count)}: {why}' for why, count in counts.items())}."


def row_sentence(row: Row) -> str:
    """Return one row: promised, measured, word."""
    who = row.own_words or measure_name(row.measure)
    head = sentence_case(who) if row.kind == "target" else f"{row.name}, {who}"
    return f"{head}: {_both_figures(row)}: {row.word}{f': {row.why}' if row.why else ''}."


def _both_figures(row: Row) -> str:
    other = f" ({measure_name(row.measured_as)})" if row.measured_as else ""
    return f"promised {figure_words(row.predicted)}, measured {figure_words(row.measured)}{other}"


def sentence(judged: Sequence[Row]) -> str:
    """Return the first target, and how many promises came as promised.

    Parameters
    ----------
    judged : sequence of Row
        Targets, and levers with a measure of their own; the primary target first.
    """
    if not judged:
        return "Nothing was promised that could be held against the measurement."
    counts = {word: sum(row.word == word for row in judged) for word in (AS_PROMISED, MORE, KEPT, LESS, UNTOLD)}
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
    >>> delivered_words(Result("delivered_share", 0.4, 0.1, 0.7, unit="ratio"))
    'Of what was promised, 40 % was measured (95 % interval 10 to 70 %)'
    """
    value, low, high = (label_share(number or 0.0) for number in (delivered.value, delivered.low, delivered.high))
    return f"Of what was promised, {value} was measured (95 % interval {low.removesuffix(' %')} to {high})"


def next_promise(row: Row, delivered: Result | None, why_no_share: str) -> tuple[str, str]:
    """Return the rule for the next promise and what it rests on: never more than came, nothing where that may be none.

    Parameters
    ----------
    row : Row
        The target of the measure the engagement is judged by, measured.
    delivered : Result or None
        Measured over promised; None where no gain was measured, or the promise is too small to divide by.
    why_no_share : str
        Why the promise is too small; empty where it is not.

    Returns
    -------
    tuple of str
        The rule, and what it rests on.
    """
    both = f"{sentence_case(measure_name(row.measure))}: {_both_figures(row)}"
    if row.is_worse:
        moved = "fall" if row.better > 0 else "rise"
        return f"Promise nothing of this measure until what made it {moved} is known.", f"{both}: {went_wrong(row.better)}."
    if not row.is_gain:
        return NO_AMOUNT, f"{both}."
    said = f"{both}; {why_no_share}, so no share of it is said" if delivered is None else delivered_words(delivered)
    came = came_words(row.word, delivered)
    if came == AS_FAR:
        return _at_most(row, delivered), f"{said}: {came}."
    return _at_most(row, delivered), f"{said}. {came}".strip()


def _at_most(row: Row, delivered: Result | None) -> str:
    """Return the most that may be promised after a gain."""
    whole = "what is predicted next time" if row.basis == "what_if" else "what was promised this time"
    if abs(row.measured.value or 0.0) >= abs(row.predicted.value or 0.0):
        return f"Promise at most {whole}, not more because this went well."
    if delivered is None:
        return f"Promise at most {change_words(row.measured)} next time, which is what came."
    return f"Promise at most {label_share(delivered.value or 0.0)} of {whole}."


def came_words(word: str, delivered: Result | None) -> str:
    """Return what came next to what was promised, as far as the intervals tell; empty where the share says it.

    Parameters
    ----------
    word : str
        Of the row.
    delivered : Result or None
        Measured over promised.
    """
    if word == MORE:
        return MORE_CAME
    if delivered is None or delivered.low is None or delivered.high is None or word == LESS:
        return ""
    return AS_FAR if delivered.low <= 1 <= delivered.high else ""
