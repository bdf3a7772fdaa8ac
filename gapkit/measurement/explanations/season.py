"""The season: how the same quarter ended a year earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.baseline.execution import committed, complete_quarters
from gapkit.calendar import previous_quarter, quarter_of_date
from gapkit.measurement.effects.delivery import OUTCOME
from gapkit.measurement.explanations.explanation import UNKNOWN, Explanation
from gapkit.measurement.explanations.pace import is_pace, pace_of
from gapkit.measurement.explanations.ways import Counts, is_rate, lenient_standing
from gapkit.measurement.explanations.wording import NAMES, RATES_ONLY, TOO_LITTLE, figure, share_words
from gapkit.results import Result
from gapkit.stats.differences import newcombe_difference

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect

ID = "season"
MOST_QUARTERS = 20


def season(comparison: Comparison, primary: Effect) -> Explanation:
    """Return whether the time of year may explain the change.

    Parameters
    ----------
    comparison : Comparison
        The same quarter a year earlier is read on the day of the freeze where it was over by then, else today.
    primary : Effect
        The measure agreed at day 30.
    """
    if is_pace(primary):
        return _season_of_pace(comparison, primary)
    if not primary.difference.is_ok or not is_rate(primary):
        return Explanation(ID, NAMES[ID], UNKNOWN, None, RATES_ONLY if primary.difference.is_ok else TOO_LITTLE)
    month = comparison.config.fiscal_start_month
    quarter = previous_quarter(quarter_of_date(comparison.after.start, month), 4)
    then = _counts(comparison, quarter, primary.measure)
    if then is None:
        text = f"{quarter}, the same quarter a year earlier, is not on record with a plan large enough for a rate."
        return Explanation(ID, NAMES[ID], UNKNOWN, None, text)
    now = Counts(primary.after.events or 0, primary.after.n)
    change = newcombe_difference(now.x, now.n, then.x, then.n)
    result = Result(f"{primary.measure}_difference_year", *change, n=now.n, unit="pp", period=primary.after.period,
                    method=f"against {quarter}, Newcombe interval")  # fmt: skip
    sentence = f"{quarter}, the same quarter a year earlier: {share_words(then)}; against it {figure(result)}."
    return Explanation(ID, NAMES[ID], lenient_standing(primary.difference, result), result, sentence)


def _season_of_pace(comparison: Comparison, primary: Effect) -> Explanation:
    """Return the same for velocity: the dates of the window a year earlier."""
    side = comparison.after
    start, end = ((pd.Timestamp(day) - pd.DateOffset(years=1)).date() for day in (side.start, side.end))
    found = pace_of(comparison, primary, start, end, f"{primary.measure}_difference_year")
    if isinstance(found, str):
        return Explanation(ID, NAMES[ID], UNKNOWN, None, found)
    sentence = f"The same dates a year earlier, {found.words}; against that {figure(found.change)}."
    return Explanation(ID, NAMES[ID], lenient_standing(primary.difference, found.change), found.change, sentence)


def _counts(comparison: Comparison, quarter: str, measure: str) -> Counts | None:
    """Return the counts of a quarter, None where it is not on record or too small."""
    for side in (comparison.before, comparison.after):
        if quarter not in complete_quarters(side.judged, pd.Timestamp(side.eng.as_of), count=MOST_QUARTERS):
            continue
        cohort = committed(side.judged, (quarter,))
        if len(cohort) >= comparison.config.settings.min_n_rate:
            return Counts(int(cohort[OUTCOME[measure]].fillna(False).sum()), len(cohort))
    return None
