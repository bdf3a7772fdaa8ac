"""The words of the forecast: never certain, and the test of it always first."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.labels import label_count, label_date, label_number, label_share
from gapkit.measurement.forecast.fates import ANY, DELIVERED
from gapkit.measurement.forecast.totals import LEVEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.config.settings import Settings
    from gapkit.engagement import Engagement
    from gapkit.measurement.forecast.backtest import Backtest
    from gapkit.measurement.forecast.outlook import Outlook
    from gapkit.measurement.forecast.totals import Total
    from gapkit.results import Result

SURE, UNLIKELY = 0.9, 0.1
OVERDUE: Final = "overdue"
FEW_QUARTERS: Final = 4
HORIZON_MONTHS: Final = 3
NOT_RELIABLE: Final = "Not to be relied on"
CARRIES_ON: Final = "A forecast carries the past on: what changed lately enters only as outcomes come in."


def needed_words(settings: Settings, weekly_due: float) -> str:
    """Return what a probability needs, and about how long that takes at the client's own pace.

    Examples
    --------
    >>> from gapkit.config.settings import Settings
    >>> needed_words(Settings(), 2.5)
    'At least 10 earlier commitments that stood like it are needed; at 2.5 falling due a week that takes 4 weeks or more.'
    """
    needed = f"At least {settings.min_n_rate} earlier commitments that stood like it are needed"
    if weekly_due <= 0:
        return f"{needed}."
    weeks = label_count(math.ceil(settings.min_n_rate / weekly_due), "week")
    return f"{needed}; at {label_number(weekly_due, 1)} falling due a week that takes {weeks} or more."


def landing_needs(settings: Settings) -> str:
    """Return what the dates of a program need."""
    return (
        f"too little data; at least {settings.min_n_median} earlier programs that stood like it, "
        f"{settings.min_deliveries_median} of them delivered, are needed."
    )


def label_chance(p: float | None) -> str:
    """Return a probability in words that never sound certain.

    Examples
    --------
    >>> label_chance(0.62), label_chance(0.97), label_chance(0.03), label_chance(0.9), label_chance(None)
    ('62 %', 'more than 9 in 10', 'fewer than 1 in 10', '90 %', 'too little data')
    """
    if p is None or np.isnan(p):
        return "too little data"
    if p > SURE:
        return "more than 9 in 10"
    return "fewer than 1 in 10" if p < UNLIKELY else label_share(p)


def forecast_sentence(on_time: Result, windows: Mapping[str, Result], programs: pd.DataFrame, backtest: Backtest) -> str:
    """Return how many open commitments will be on time, and first of all whether the forecast stood its test.

    Where too little is known of all of them, the sentence speaks of those due soon.
    """
    total, overdue = len(programs), int(programs["is_overdue"].sum())
    if not total:
        return "No commitment is open, so there is nothing to forecast."
    of = label_count(total, "open commitment")
    late = f"{label_number(overdue)} of them {'is' if overdue == 1 else 'are'} overdue already" if overdue else ""
    result = next((one for one in (on_time, *windows.values()) if one.is_ok and one.n), on_time)
    if not result.is_ok:
        why = (f"Too little data to say how many of {of} will be on time.", late and f"{late}.", *on_time.caveats)
        return " ".join(filter(None, why))
    if result is not on_time:
        of = f"{label_count(result.n, 'open commitment')} {result.period}"
    if overdue == total:
        whole = f"The only {of.removeprefix('1 ')} is" if total == 1 else f"All {of} are"
        return f"{whole} overdue already, so none will be on time."
    said = (
        f"of {of}, {label_number(result.value or 0)} will probably be on time (80 % interval "
        f"{label_number(result.low or 0)} to {label_number(result.high or 0)}){'; ' + late if late else ''}."
    )
    return f"{NOT_RELIABLE}: {said}" if backtest.verdict == "did not hold" else said[0].upper() + said[1:]


def backtest_words(backtest: Backtest) -> str:
    """Return the result of the backtest, to be said before the forecast."""
    points = backtest.points
    if backtest.verdict == "too little to test":
        seen = f"{label_count(len(points), 'earlier month end')} can be used and {backtest.needed} are needed"
        # A forecast made now can be tested in a quarter at the earliest; then each month adds one.
        wait = label_count(backtest.needed - len(points) + (0 if points else HORIZON_MONTHS), "more month")
        return f"This forecast could not be tested on the client's own past yet: {seen}, so in about {wait} it can."
    came = (
        f"{label_number(backtest.n_inside)} of {label_number(len(points))} earlier month ends came as foretold, "
        f"where about {label_number(LEVEL * len(points))} should"
    )
    verdict = "The test held" if backtest.verdict == "held" else "The test did not hold"
    error = abs(backtest.mean_error or 0.0)
    lean = (
        ""
        if error < 0.5
        else f", {label_number(error, 1)} too {'many' if (backtest.mean_error or 0) > 0 else 'few'} on average"
    )
    single = (
        "single probabilities did better than one rate for all"
        if backtest.tells_apart
        else "single probabilities did no better than one rate for all, so read the total and not single programs"
    )
    return f"{verdict}: {came} (80 % intervals){lean}; {single}."


def both_views(n_open: int, landed: Total | None, pace: Result) -> str:
    """Return whether the places of the programs and the pace of delivery agree on the coming 13 weeks.

    Parameters
    ----------
    n_open : int
        Open commitments whose place says something.
    landed : Total or None
        How many of them will have landed by then; None where their places say too little.
    pace : Result
        Deliveries by then at the pace so far.
    """
    if landed is None or not pace.is_ok or pace.low is None or pace.high is None:
        return ""
    low, high = min(n_open, int(pace.low)), min(n_open, int(pace.high))
    places = (
        f"judged by where each stands, {label_number(landed.low)} to {label_number(landed.high)} of "
        f"{label_number(n_open)} land"
    )
    carried = f"at the pace so far {label_number(low)} to {label_number(high)} could"
    if landed.high < low:
        why = "the pace also carries what is not promised yet, and what is cancelled never lands"
        return f"The two views differ: within 13 weeks, {places}; {carried} ({why})."
    if low <= landed.high and landed.low <= high:
        return f"Both views agree: within 13 weeks, {places}; {carried}."
    return f"The two views differ: within 13 weeks, {places}; {carried}: the queue is longer than the pace."


def remarks(programs: pd.DataFrame) -> pd.Series:
    """Return what to know of each open commitment's probability; empty for most."""
    shifted = programs["n_pool"].gt(0) & programs["pool_days_left"].ne(programs["limit_days"])
    merged = programs["n_pool"].gt(0) & programs["pool_state"].eq(ANY) & programs["state_code"].ne(ANY)
    words = pd.Series("", index=programs.index, dtype="str")
    words = words.mask(shifted, "compared at " + programs["pool_days_left"].astype(str) + " days left")
    words = words.mask(merged, words.where(words == "", words + ", ") + "compared with started and not started ones")
    words = words.mask(~programs["is_frozen"], words.where(words == "", words + ", ") + "plan not frozen yet")
    words = words.mask(programs["p_on_time"].isna(), "too little data")
    return words.mask(programs["is_overdue"], OVERDUE)


def landing_sentence(p50: dt.date | None, p85: dt.date | None, seen: dt.date | None, row: pd.Series, as_of: dt.date) -> str:
    """Return when one program lands, in words."""
    name = str(row.name) if pd.isna(row["name"]) else str(row["name"])
    if seen is None:
        return f"{name}: {row['why_not']}"
    half = f"by {label_date(p50)}" if p50 else f"later than {label_date(seen)}"
    if not p50:
        most = ""
    elif p85:
        most = f", 85 % by {label_date(p85)}"
    else:
        most = f", 85 % later than {label_date(seen)}" if row["has_p85"] else ", too little data for the time 85 % took"
    dropped = f"probability of being cancelled by {label_date(seen)}: {label_chance(float(row['p_cancelled']))}"
    return (
        f"{name}: half of {label_number(row['n_pool'])} earlier programs that stood like it landed {half}{most}, "
        f"counted from {label_date(as_of)} and if not cancelled; {dropped}."
    )


def caveats(eng: Engagement, judged: pd.DataFrame, outlook: Outlook) -> tuple[str, ...]:
    """Return what a reader of the forecast must know."""
    programs = outlook.programs
    provisional = int((~programs["is_frozen"].astype(bool)).sum())
    is_open = outlook.fates["is_open"]
    undated = int((is_open & (judged["group"] == "undated")).sum())
    unknown = int((outlook.fates["fate"].eq(DELIVERED) & np.isinf(outlook.fates["ended"])).sum())
    said = (
        (CARRIES_ON, len(programs) > 0),
        (f"{label_count(provisional, 'commitment')} due in quarters whose plan is not frozen yet: the date may still move.",
         provisional > 0),
        (f"{label_count(undated, 'open commitment')} without a planned end: not forecast.", undated > 0),
        (f"{label_count(unknown, 'program')} delivered on an unknown day: not among those compared with.", unknown > 0),
        (_few_quarters(outlook.luck.quarters), outlook.n_past > 0 and outlook.luck.quarters < FEW_QUARTERS),
        ("Starts are not recorded, so programs that run and those that wait are compared alike.",
         len(programs) > 0 and bool((outlook.fates["state"] == ANY).all())),
    )  # fmt: skip
    return tuple(text for text, applies in said if applies)


def _few_quarters(quarters: int) -> str:
    seen = (
        f"Only {label_count(quarters, 'past quarter')} can be compared" if quarters else "No past quarters can be compared"
    )
    return f"{seen}: how much quarters differ is hardly known, so the interval may be too narrow."
