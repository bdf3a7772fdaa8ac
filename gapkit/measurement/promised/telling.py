"""The word a row earns, and the reason that goes with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gapkit.measurement.promised import wording as words
from gapkit.measurement.promised.judging import KEPT, LESS, MORE, UNTOLD, Told, Word, hold_against
from gapkit.measurement.wording import verdict_words
from gapkit.results import Result
from gapkit.stats.intervals import Interval

if TYPE_CHECKING:
    from gapkit.measurement.effects.effect import Effect
    from gapkit.measurement.promised.row import Row


class Known(NamedTuple):
    """What is known of a measured figure besides its interval.

    Attributes
    ----------
    is_clear : bool or None
        Whether it is told from no change, or a level from how it was before; None where the interval of a change says so.
    is_worse : bool
        Whether it went the wrong way, told from no change.
    doubt : str
        What the verdict says where the interval alone would tell more; empty for nothing.
    before : float or None
        Of a level: how it was before; None where that is not known.
    """

    is_clear: bool | None = None
    is_worse: bool = False
    doubt: str = ""
    before: float | None = None


def known_of(effect: Effect) -> Known:
    """Return what the verdict on an effect says of its change."""
    judgement = effect.judgement
    doubt = judgement.qualification if judgement.verdict == "no detectable change" else verdict_words(judgement)
    return Known(judgement.verdict == "improved", judgement.verdict == "worsened", doubt)


def judged(row: Row, untold: str, known: Known) -> Row:
    """Return a row with its word, or with why it cannot be told.

    Parameters
    ----------
    row : Row
        With both figures, and no word yet.
    untold : str
        Why nothing is concluded at all; empty where something may be.
    known : Known
        What is known of the measured figure.

    Notes
    -----
    The word of `judging.hold_against`, with two limits. A level that was met before the redesign can be kept or lost: where
    it is met still it is *kept as before*, never more than promised. And a word may not be stronger than the verdict: more
    than promised has to be told from no change.
    """
    predicted, measured = _limits(row.predicted, exact=True), _limits(row.measured)
    if untold:
        return replace(row, why=untold)
    if predicted is None or measured is None:
        telling = row.measured if measured is None else row.predicted
        return replace(row, why=next(iter(telling.caveats), "too little data").rstrip("."))
    level = row.predicted.level if row.predicted.low is not None else None
    told = hold_against(predicted, measured, level=level, better=row.better, is_clear=known.is_clear)
    was_met = row.is_level and known.before is not None and known.before >= predicted.value
    word = _word(told, known, is_kept=was_met and measured.value >= predicted.value)
    unit = "pp" if row.is_level else row.measured.unit
    gap = Result(f"{row.measure}_shortfall", *told.shortfall, n=row.measured.n, unit=unit, period=row.measured.period,
                 method="limits of both combined as root sums of squares")  # fmt: skip
    said = replace(row, word=word, held=told.held, gap=gap, is_clear=known.is_clear, is_worse=known.is_worse)
    return replace(said, why=words.LOST if was_met and word == LESS else _why(said, measured, known))


def _word(told: Told, known: Known, *, is_kept: bool) -> Word:
    if is_kept and told.word != LESS:
        return KEPT
    return UNTOLD if told.word == MORE and known.is_clear is False else told.word


def _why(row: Row, measured: Interval, known: Known) -> str:
    """Return what leaves it open, or that it went the wrong way; empty where the word says all."""
    if row.is_worse and row.promises_gain:
        return words.went_wrong(row.better)
    if row.word != UNTOLD:
        return ""
    is_more = row.gap is not None and (row.gap.value or 0.0) * row.better >= 0
    if row.is_level:
        before = words.AS_BEFORE if known.before is not None else words.BEFORE_UNKNOWN
        return before if is_more and not known.is_clear else words.TOO_WIDE
    gain = measured.low > 0 if row.better > 0 else measured.high < 0
    if gain if known.is_clear is None else known.is_clear:
        return words.OR_MORE if is_more else words.OR_LESS
    if measured.low > 0 or measured.high < 0:
        return words.not_confirmed(known.doubt)
    return words.OR_NONE if row.held or is_more else words.TOO_WIDE


def _limits(one: Result, *, exact: bool = False) -> Interval | None:
    """Return a figure with its limits; an exact one needs none."""
    if not one.is_ok or one.value is None:
        return None
    if one.low is None or one.high is None:
        return Interval(one.value, one.value, one.value) if exact and one.low is None and one.high is None else None
    return Interval(one.value, one.low, one.high)
