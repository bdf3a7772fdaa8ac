"""A rise before the window: whether the quarters between baseline and window already stood where the window stands."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.execution import committed, complete_quarters
from gapkit.calendar import quarter_end
from gapkit.labels import label_list
from gapkit.measurement.effects.delivery import OUTCOME
from gapkit.measurement.explanations.explanation import DOES_NOT, MAY, UNKNOWN, Explanation
from gapkit.measurement.explanations.pace import is_pace, pace_of
from gapkit.measurement.explanations.ways import Counts, is_rate, way_of
from gapkit.measurement.explanations.wording import NAMES, RATES_ONLY, TOO_LITTLE, figure, share_words
from gapkit.results import Result
from gapkit.stats.differences import newcombe_difference

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect

ID: Final = "between"
MOST_QUARTERS: Final = 20
ONE_DAY: Final = dt.timedelta(days=1)
NONE_BETWEEN: Final = "No complete quarter lies between the baseline and the window."


def between(comparison: Comparison, primary: Effect) -> Explanation:
    """Return whether the change had come before the window began.

    Parameters
    ----------
    comparison : Comparison
        The quarters after the baseline that were over before the window began are read today.
    primary : Effect
        The measure agreed at day 30.

    Notes
    -----
    Where these quarters already lie on the side of the window, and the window cannot be told from them, whatever moved the
    rate may have been at work before the window; the redesign itself may have begun by then, so no verdict falls with it.
    """
    if is_pace(primary):
        return _pace_between(comparison, primary)
    if not primary.difference.is_ok or not is_rate(primary):
        return Explanation(ID, NAMES[ID], UNKNOWN, None, RATES_ONLY if primary.difference.is_ok else TOO_LITTLE)
    quarters = _quarters(comparison)
    cohort = committed(comparison.after.judged, quarters)
    if len(cohort) < comparison.config.settings.min_n_rate:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, TOO_LITTLE if quarters else NONE_BETWEEN)
    then = Counts(int(cohort[OUTCOME[primary.measure]].fillna(False).sum()), len(cohort))
    now = Counts(primary.after.events or 0, primary.after.n)
    change = newcombe_difference(now.x, now.n, then.x, then.n)
    result = Result(f"{primary.measure}_difference_between", *change, n=now.n, unit="pp", period=primary.after.period,
                    method=f"against {label_list(list(quarters))}, Newcombe interval")  # fmt: skip
    sentence = (
        f"{label_list(list(quarters))}, between the baseline and the window: {share_words(then)}; against that "
        f"{figure(result)}."
    )
    return _explanation(primary, result, then.rate, sentence)


def _pace_between(comparison: Comparison, primary: Effect) -> Explanation:
    """Return the same for velocity: the days from the end of the baseline to the window."""
    start = quarter_end(comparison.frozen.quarters[-1], comparison.config.fiscal_start_month) + ONE_DAY
    end = comparison.after.start - ONE_DAY
    if end < start:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, "No day lies between the baseline and the window.")
    found = pace_of(comparison, primary, start, end, f"{primary.measure}_difference_between")
    if isinstance(found, str):
        return Explanation(ID, NAMES[ID], UNKNOWN, None, found)
    sentence = f"Between the baseline and the window, {found.words}; against that {figure(found.change)}."
    return _explanation(primary, found.change, found.pace.value or 0.0, sentence)


def _explanation(primary: Effect, result: Result, then: float, sentence: str) -> Explanation:
    """Return the standing: the change had come where the time between stood on its side, and cannot be told from it."""
    way, moved = way_of(primary.difference.low, primary.difference.high), then - (primary.before.value or 0.0)
    if way == 0 or way_of(result.low, result.high) == way:
        return Explanation(ID, NAMES[ID], DOES_NOT, result, sentence)
    return Explanation(ID, NAMES[ID], MAY if moved * way > 0 else UNKNOWN, result, sentence)


def _quarters(comparison: Comparison) -> tuple[str, ...]:
    """Return the complete quarters after the baseline that were over when the window began."""
    side, month = comparison.after, comparison.config.fiscal_start_month
    known = complete_quarters(side.judged, pd.Timestamp(side.eng.as_of), count=MOST_QUARTERS)
    last = comparison.frozen.quarters[-1]
    return tuple(one for one in known if one > last and quarter_end(one, month) < side.start)
