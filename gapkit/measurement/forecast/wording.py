"""The words of the forecast: never certain, and the test of it always first."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.labels import label_count, label_date, label_number, label_share, sentence_case
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
# Where the two newest test days came on one side: what that says of the forecast, and of the past it is made from.
LEAN: Final = {"higher": "too low lately", "lower": "too high lately"}
PAST: Final = {"higher": "understates", "lower": "overstates"}
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


def span_words(low: float, high: float) -> str:
    """Return an interval of counts in words; one number where its ends are equal.

    Examples
    --------
    >>> span_words(11, 22), span_words(16, 16)
    ('11 to 22', '16')
    """
    return label_number(low) if low == high else f"{label_number(low)} to {label_number(high)}"


def not_reliable(backtest: Backtest) -> str:
    """Return the first words of a forecast that failed its test, with the side on which it errs of late.

    Examples
    --------
    >>> from gapkit.measurement.forecast.backtest import Backtest
    >>> not_reliable(Backtest("did not hold", (), 4))
    'Not to be relied on'
    """
    return ", ".join(filter(None, (NOT_RELIABLE, LEAN.get(backtest.newest_side, ""))))


def forecast_sentence(on_time: Result, windows: Mapping[str, Result], programs: pd.DataFrame, backtest: Backtest) -> str:
    """Return how many open commitments will be on time, and first of all whether the forecast stood its test.

    Where too little is known of all of them, the sentence speaks of those due soon; where of a few, of the others.
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
    elif result.n < total:
        left_out = total - result.n
        of = f"{of}, {label_number(left_out)} {_have(left_out)} too few earlier ones to compare with; of the other "
        of += label_number(result.n)
    if overdue == total:
        whole = f"The only {of.removeprefix('1 ')} is" if total == 1 else f"All {of} are"
        return f"{whole} overdue already, so none will be on time."
    said = (
        f"of {of}, {label_number(result.value or 0)} will probably be on time (80 % interval "
        f"{span_words(result.low or 0, result.high or 0)}){'; ' + late if late else ''}."
    )
    return f"{not_reliable(backtest)}: {said}" if backtest.verdict == "did not hold" else sentence_case(said)


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def backtest_words(backtest: Backtest) -> str:
    """Return the result of the backtest, to be said before the forecast; it begins with `backtest_title`."""
    points = backtest.points
    if backtest.verdict == "too little to test":
        seen = f"{label_count(len(points), 'earlier month end')} can be used and {backtest.needed} are needed"
        # A forecast made now can be tested in a quarter at the earliest; then each month adds one.
        wait = label_count(backtest.needed - len(points) + (0 if points else HORIZON_MONTHS), "more month")
        return f"This forecast could not be tested on the client's own past yet: {seen}, so in about {wait} it can."
    error = abs(backtest.mean_error or 0.0)
    lean = (
        ""
        if error < 0.5
        else f", {label_number(error, 1)} too {'many' if (backtest.mean_error or 0) > 0 else 'few'} on average"
    )
    read = ", so read the total and not single programs" if backtest.verdict == "held" else ""
    single = (
        "single probabilities did better than one rate for all"
        if backtest.tells_apart
        else f"single probabilities did no better than one rate for all{read}"
    )
    side = backtest.newest_side
    past = (
        f", so the client's own past {PAST[side]} what is delivered on time now. {_count_words(backtest)}" if side else ""
    )
    return f"{backtest_title(backtest)}{past} (80 % intervals){lean}; {single}."


def backtest_title(backtest: Backtest) -> str:
    """Return whether a backtest held, and what shows it; of the newest days first where they are why it did not."""
    verdict = "The test held" if backtest.verdict == "held" else "The test did not hold"
    if not backtest.newest_side:
        return f"{verdict}: {_count_words(backtest)}"
    ends = label_count(len(backtest.points), "earlier month end")
    return f"{verdict}: the newest two of {ends} came {backtest.newest_side} than foretold"


def _count_words(backtest: Backtest) -> str:
    points = len(backtest.points)
    return (
        f"{label_number(backtest.n_inside)} of {label_number(points)} earlier month ends came as foretold, "
        f"where about {label_number(LEVEL * points)} should"
    )


def both_views(n_open: int, landed: Total | None, pace: Result, left_out: int = 0) -> str:
    """Return whether the places of the programs and the pace of delivery agree on the coming 13 weeks.

    Parameters
    ----------
    n_open : int
        Open commitments whose place says something.
    landed : Total or None
        How many of them will have landed by then; None where their places say too little.
    pace : Result
        Deliveries by then at the pace so far.
    left_out : int
        Further open commitments, whose place says too little.
    """
    if landed is None or not pace.is_ok or pace.low is None or pace.high is None:
        return ""
    low, high = min(n_open, int(pace.low)), min(n_open, int(pace.high))
    without = f" (left out: {label_number(left_out)} with too few earlier ones to compare with)" if left_out else ""
    places = f"judged by where each stands, {span_words(landed.low, landed.high)} of {label_number(n_open)} land{without}"
    carried = f"at the pace so far {'all ' if low == n_open > 1 else ''}{span_words(low, high)} could"
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
