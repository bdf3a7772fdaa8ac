"""The one rule by which a prediction is held against a measurement."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from scipy import stats

from gapkit.stats.intervals import Interval

if TYPE_CHECKING:
    from gapkit.measurement.verdict import Better

Word = Literal["as promised", "less than promised", "more than promised", "kept as before", "cannot be told"]
AS_PROMISED: Final = "as promised"
LESS: Final = "less than promised"
MORE: Final = "more than promised"
# Of a level that was met before the redesign and is met still: nothing came of it that could be more than promised.
KEPT: Final = "kept as before"
UNTOLD: Final = "cannot be told"
LEVEL: Final = 0.95


class Told(NamedTuple):
    """A prediction held against a measurement.

    Attributes
    ----------
    word : str
        As, less or more than promised, or that it cannot be told.
    shortfall : Interval
        Measured less promised, 95 % interval, in the unit of both.
    held : bool or None
        Whether the predicted interval held the measured value; None for a promise without an interval.
    """

    word: Word
    shortfall: Interval
    held: bool | None


def at_level(predicted: Interval, level: float) -> Interval:
    """Return an interval brought to 95 %: its arms stretched by the ratio of normal quantiles.

    Examples
    --------
    >>> [round(number, 3) for number in at_level(Interval(0.15, 0.06, 0.24), 0.90)]
    [0.15, 0.043, 0.257]
    """
    stretch = float(stats.norm.ppf((1 + LEVEL) / 2) / stats.norm.ppf((1 + level) / 2))
    value, low, high = predicted
    return Interval(value, value - (value - low) * stretch, value + (high - value) * stretch)


def difference(measured: Interval, predicted: Interval) -> Interval:
    """Return measured less predicted from two intervals of one level.

    Notes
    -----
    Limits as root sums of squares of the arms that face each other, as Newcombe does for two rates.

    References
    ----------
    Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a general approach. Stat Med
    27, 1693-1702.

    Examples
    --------
    >>> [round(number, 3) for number in difference(Interval(0.05, -0.13, 0.23), Interval(0.15, 0.04, 0.26))]
    [-0.1, -0.311, 0.111]
    """
    value = measured.value - predicted.value
    below = math.hypot(measured.value - measured.low, predicted.high - predicted.value)
    above = math.hypot(measured.high - measured.value, predicted.value - predicted.low)
    return Interval(value, value - below, value + above)


def hold_against(
    predicted: Interval, measured: Interval, *, level: float | None, better: Better, is_clear: bool | None = None
) -> Told:
    """Hold a predicted change against the measured one.

    Parameters
    ----------
    predicted : Interval
        As it was promised; limits equal to the value where it was no prediction but an amount agreed.
    measured : Interval
        With its 95 % interval, in the same unit.
    level : float or None
        Level of the predicted interval; None for an amount agreed.
    better : {1, -1}
        Which way is good.
    is_clear : bool, optional
        Whether what was measured is told from no change, as its verdict says; without it, whether its interval leaves out
        zero.

    Returns
    -------
    Told

    Notes
    -----
    *less* or *more than promised*: the 95 % interval of the difference, the uncertainty of both taken together, leaves out
    zero. *as promised*: it does not, the measured value lies inside the predicted interval (of an amount agreed: reaches
    it), and what was measured is told from no change, or (where no verdict says so) lies with its whole interval inside the
    predicted one. Anything else *cannot be told*: too wide to say.

    Examples
    --------
    >>> promise = Interval(0.15, 0.06, 0.24)
    >>> hold_against(promise, Interval(0.12, 0.02, 0.22), level=0.9, better=1).word
    'as promised'
    >>> hold_against(promise, Interval(0.12, -0.08, 0.32), level=0.9, better=1).word
    'cannot be told'
    >>> hold_against(promise, Interval(-0.05, -0.12, 0.02), level=0.9, better=1).word
    'less than promised'
    """
    goal, seen = (_towards_good(one, better) for one in (predicted, measured))
    gap = difference(seen, at_level(goal, level) if level is not None else goal)
    clear = (seen.low > 0) if is_clear is None else is_clear
    inside = goal.low <= seen.value <= goal.high if level is not None else seen.value >= goal.value
    within = level is not None and goal.low <= seen.low and seen.high <= goal.high
    word: Word = UNTOLD
    if gap.high < 0:
        word = LESS
    elif gap.low > 0:
        word = MORE
    elif inside and (clear or (within and is_clear is None)):
        word = AS_PROMISED
    return Told(word, _towards_good(gap, better), inside if level is not None else None)


def _towards_good(one: Interval, better: Better) -> Interval:
    """Return an interval with more being better; the same again turns it back."""
    return one if better > 0 else Interval(-one.value, -one.high, -one.low)
