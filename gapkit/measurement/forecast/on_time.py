"""How many of the open commitments will be on time: in all, by window, and by the month in which they are due."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.calendar import quarter_end, quarter_of_date
from gapkit.labels import label_count, label_date, label_number
from gapkit.measurement.forecast import wording
from gapkit.measurement.forecast.backtest import HORIZON_DAYS
from gapkit.measurement.forecast.months import count_by_month
from gapkit.measurement.forecast.totals import LEVEL, Total, draw_counts, grouped, summed
from gapkit.results import Result

if TYPE_CHECKING:
    from gapkit.engagement import Engagement
    from gapkit.measurement.forecast.outlook import Outlook

ON_TIME: Final = "commitments_on_time"
BY_QUARTER: Final = "commitments_on_time_this_quarter"
BY_90_DAYS: Final = "commitments_on_time_90_days"
METHOD: Final = "earlier commitments with as many days left drawn again, quarters moved together"


def count_on_time(
    eng: Engagement, outlook: Outlook, rng: np.random.Generator
) -> tuple[Result, dict[str, Result], pd.DataFrame]:
    """Return how many open commitments will be on time, all from the same draws, so that they agree.

    Parameters
    ----------
    eng : Engagement
        Supplies the day, the fiscal year and thresholds.
    outlook : Outlook
        The open commitments with their probabilities.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    on_time : Result
        Of all of them.
    windows : dict of Result
        Of those due by the end of the running quarter, and within 90 days.
    by_month : DataFrame
        From `months.count_by_month`.
    """
    programs = outlook.programs.assign(month_on=_month(outlook.programs["due_on"]))
    open_ones = programs.loc[~programs["is_overdue"]]
    groups = grouped(open_ones, "p_on_time", by=("due_on", "month_on"))
    counts = draw_counts(groups, outlook.luck, rng)
    month = eng.config.fiscal_start_month
    last = quarter_end(quarter_of_date(eng.as_of + dt.timedelta(days=1), month), month)
    ends = {BY_QUARTER: last, BY_90_DAYS: eng.as_of + dt.timedelta(days=HORIZON_DAYS)}

    def result(name: str, until: dt.date | None, period: str) -> Result:
        due = programs if until is None else programs.loc[programs["due_on"] <= pd.Timestamp(until)]
        chosen = np.ones(len(groups), bool) if until is None else groups["due_on"].le(pd.Timestamp(until)).to_numpy()
        return _result(name, due, summed(counts, chosen), period, eng, outlook.weekly_due)

    windows = {name: result(name, until, f"due by {label_date(until)}") for name, until in ends.items()}
    return result(ON_TIME, None, f"open on {label_date(eng.as_of)}"), windows, count_by_month(programs, groups, counts)


def _month(dates: pd.Series) -> pd.Series:
    first: pd.Series = dates - pd.to_timedelta(dates.dt.day - 1, unit="D")
    return first


def _result(name: str, due: pd.DataFrame, total: Total, period: str, eng: Engagement, weekly_due: float) -> Result:
    """Return a count foretold; thin where too few programs have a probability, to speak of all."""
    known = int(due["p_on_time"].notna().sum())
    missing = len(due) - known
    if missing > eng.config.settings.large_unknown_share * len(due):
        needed = wording.needed_words(eng.config.settings, weekly_due)
        words = f"{label_number(missing)} of {label_number(len(due))} have too few earlier ones to compare with. {needed}"
        return Result(name, level=LEVEL, n=known, unit="count", period=period, status="thin", grade="C", caveats=(words,))
    left_out = f"Too little data for {label_count(missing, 'commitment')}, not in the count." if missing else ""
    result = Result(name, *total, level=LEVEL, n=known, unit="count", period=period, method=METHOD, grade="B")
    return result.with_caveats(left_out)
