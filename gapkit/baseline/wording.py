"""The baseline in words: the sentence titles of the report and the readings under its exhibits.

Each function takes the results it speaks of and nothing else, so a sentence cannot say more than its data. Thin and
unmeasured figures get sentences of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.baseline.flow import OTHER_STAGES
from gapkit.baseline.gap_map import LOST
from gapkit.labels import (
    label_count,
    label_days,
    label_interval,
    label_number,
    label_pp,
    label_result,
    label_share,
    label_value,
)
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from gapkit.baseline.load import FlowBalance
    from gapkit.results import Result


def first_caveat(result: Result) -> str:
    """Return what is missing or thin, in the words of the result itself."""
    return result.caveats[0] if result.caveats else "Too little data to say."


def _not_given(subject: str, result: Result) -> str:
    """Return why a figure is not given: not measured and too little data are different answers."""
    if result.status == "not_assessable":
        return f"{subject} is not measured"
    return f"{subject} cannot be said from {label_count(result.n, 'program')}"


def execution_title(rate: Result, unknown: int = 0) -> str:
    """Return the headline: how much of the frozen plan was delivered in its quarter.

    Parameters
    ----------
    rate : Result
        The execution rate.
    unknown : int
        Programs of its denominator whose outcome is unknown, given only where they are many: then both bounds are said.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> execution_title(Result("execution_rate", 0.45, 0.35, 0.55, n=80, events=36, period="2025Q4 and 2026Q1"))
    '36 of 80 planned programs (45 %) were delivered by the end of their quarter in 2025Q4 and 2026Q1'
    >>> execution_title(Result("execution_rate", n=6, events=2, status="thin", period="2026Q1"))
    '2 of 6 planned programs were delivered by the end of their quarter in 2026Q1: too few for a rate'
    """
    if rate.status == "not_assessable":
        return f"Whether the plan was delivered is not measured. {first_caveat(rate)}"
    if rate.events is None:
        return f"Too few programs were in the frozen plan of {rate.period} to say anything"
    verb = "was" if rate.events == 1 else "were"
    tail = f"delivered by the end of their quarter in {rate.period}"
    if rate.status == "thin":
        return f"{label_number(rate.events)} of {label_number(rate.n)} planned programs {verb} {tail}: too few for a rate"
    if unknown:
        bounds = f"Between {label_number(rate.events)} and {label_number(rate.events + unknown)}"
        return f"{bounds} of {label_number(rate.n)} planned programs were {tail}; {label_number(unknown)} are unknown"
    return f"{label_number(rate.events)} of {label_number(rate.n)} planned programs ({label_result(rate)}) {verb} {tail}"


def uncertainty_words(result: Result) -> str:
    """Return what the interval of a figure means for the next quarter, in one sentence.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> uncertainty_words(Result("execution_rate", 0.45, 0.35, 0.55, n=80, events=36))
    'With 80 programs, a process like this one would give anything from 35 to 55 %.'
    """
    if not result.is_ok:
        return first_caveat(result)
    limits = label_interval(result.low, result.high, result.unit, result.n)
    return f"With {label_count(result.n, 'program')}, a process like this one would give anything from {limits}."


def gap_map_title(counts: Mapping[str, int], total: int, period: str) -> str:
    """Return the largest way in which the plan was lost.

    Parameters
    ----------
    counts : mapping of str to int
        Programs per outcome of `gap_map.OUTCOMES`, in the frozen plan of the period.
    total : int
        All programs of that plan.
    """
    lost = {name: count for name, count in counts.items() if name in LOST}
    missed = sum(lost.values())
    if total == 0:
        return f"No program was in the frozen plan of {period}"
    if missed == 0:
        return f"None of {label_number(total)} planned programs of {period} is known to have missed its date"
    text = f"{label_number(missed)} of {label_number(total)} planned programs missed their date in {period}"
    worst = max(lost, key=lambda name: lost[name])
    if list(lost.values()).count(lost[worst]) > 1:
        return text
    how = "most were" if lost[worst] > missed / 2 else "most often they were"
    return f"{text}; {how} {worst} ({label_number(lost[worst])})"


def flattery_title(latest: Result, original: Result, flattery: Result) -> str:
    """Return what judging on the latest plan would have hidden."""
    if not flattery.is_ok or flattery.value is None:
        return _not_given("What the latest plan hides", flattery)
    if label_result(latest) == label_result(original):
        return f"Moved dates do not flatter: {label_result(original)} against the frozen plan and against the latest"
    return (
        f"Against the latest plan the execution rate would read {label_result(latest)} instead of "
        f"{label_result(original)}: {label_pp(flattery.value)} from re-dating"
    )


def flattery_reading(flattery: Result) -> str:
    """Return re-dating flattery with its interval, in one sentence."""
    limits = label_interval(flattery.low, flattery.high, "pp")
    return f"The latest plan adds {label_pp(flattery.value or 0.0)} ({limits})."


def trend_title(by_quarter: Mapping[str, Result]) -> str:
    """Return the range of the quarterly execution rates; no trend is claimed."""
    shown = {quarter: rate for quarter, rate in by_quarter.items() if rate.is_ok and rate.value is not None}
    if not shown:
        return "No complete quarter has enough programs for a rate of its own"
    if len(shown) == 1:
        quarter, rate = next(iter(shown.items()))
        return f"{quarter}: {label_result(rate)} of the plan was delivered in the quarter"
    low, high = min(shown, key=lambda q: shown[q].value or 0), max(shown, key=lambda q: shown[q].value or 0)
    if label_result(shown[low]) == label_result(shown[high]):
        return f"The execution rate was {label_result(shown[low])} in every quarter shown"
    ends = (f"{label_result(shown[quarter])} ({quarter})" for quarter in (low, high))
    return f"The execution rate of a quarter ran from {' to '.join(ends)}"


def types_title(by_type: Mapping[str, Result]) -> str:
    """Return the types with the lowest and the highest rate where their intervals do not overlap; else say so."""
    shown = {name: rate for name, rate in by_type.items() if rate.is_ok and rate.value is not None}
    if len(shown) < 2:
        return "Too few programs of each type to compare types"
    low, high = min(shown, key=lambda t: shown[t].value or 0), max(shown, key=lambda t: shown[t].value or 0)
    if label_result(shown[low]) == label_result(shown[high]):
        return f"Every type with enough programs had an execution rate of {label_result(shown[low])}"
    apart = (shown[low].high or 1) < (shown[high].low or 0)
    pair = f"{name_of(low)} {label_result(shown[low])}, {name_of(high)} {label_result(shown[high])}"
    if apart:
        return f"The gap differs by type: {pair} delivered in their quarter"
    return f"Types range widely, but these counts do not settle which is better: {pair}"


def time_to_market_title(median: Result, p85: Result, since: str = "commitment") -> str:
    """Return how long a program takes from the start of the clock (commitment, or the approved brief) to market."""
    if median.status == "not_assessable":
        return "Time-to-market is not measured"
    if not median.is_ok:
        return "Too few programs for a time-to-market"
    if median.value is None:
        return "Fewer than half of the programs reach the market within the time observed"
    slow = f"; 15 % take longer than {label_days(p85.value)}" if p85.is_ok and p85.value is not None else ""
    return f"If not cancelled, half of the programs reach the market within {label_days(median.value)} of {since}{slow}"


def fates_reading(milestones: pd.DataFrame) -> str:
    """Return what had become of programs by the last milestone, cancelled ones counted.

    Parameters
    ----------
    milestones : DataFrame
        From `time_to_market.Curves`; empty when no milestone was observed.
    """
    if milestones.empty:
        return "The curve counts open programs as open and cancelled ones as never delivered."
    last = milestones.loc[milestones["day"] == milestones["day"].max()].set_index("fate")["value"]
    return (
        f"Counting the cancelled ones, {label_share(last['delivered'])} were delivered and "
        f"{label_share(last['cancelled'])} cancelled by day {label_number(milestones['day'].max())}."
    )


def moves_reading(moved_days: pd.Series) -> str:
    """Return how many programs kept their date or moved earlier, and how far those that moved later went."""
    later = moved_days[moved_days > 0]
    kept = f"{label_count(int((moved_days == 0).sum()), 'program')} kept the first date"
    text = f"{kept} and {label_number(int((moved_days < 0).sum()))} moved earlier."
    return f"{text} Of those that moved later, half moved by {label_days(later.median())} or more." if len(later) else text


def slip_title(median: Result, late: Result) -> str:
    """Return how late the plan runs."""
    if not late.is_ok or late.value is None:
        return _not_given("How late programs run", late)
    if not median.is_ok or median.value is None:
        return f"{label_result(late)} of the programs not cancelled ran past their frozen date"
    if median.value > 0:
        when = f"half of them by more than {label_days(median.value)}" if late.value >= 1 else (
            f"the median program lands {label_days(median.value)} after its frozen date")  # fmt: skip
        return f"{label_result(late)} of the programs not cancelled ran past their frozen date; {when}"
    return f"{label_result(late)} of the programs not cancelled ran past their frozen date; the median program is in time"


def flow_title(efficiency: Result) -> str:
    """Return how much of the time in process is work."""
    if efficiency.status == "not_assessable":
        return "Where time goes is not measured: there is no stage history"
    if not efficiency.is_ok or efficiency.value is None:
        return f"Too little stage history to say where time goes ({label_count(efficiency.n, 'program')})"
    share = label_share(efficiency.value, efficiency.n)
    return f"Work, rework included, fills {share} of the time programs spend in process; the rest is waiting"


def stages_title(stage_time: pd.DataFrame) -> str:
    """Return the waiting stage that holds most time, with its interval."""
    waiting = stage_time.loc[~stage_time["is_active"].astype(bool) & (stage_time["stage"] != OTHER_STAGES)]
    if waiting.empty:
        return "No waiting stage is recorded"
    top = waiting.iloc[0]
    return (
        f"The largest wait is {top['stage']} ({name_of(top['kind'])}): {label_share(top['share'])} of all stage time "
        f"({label_interval(top['low'], top['high'], 'share')}), {label_days(top['days_per_program'])} for each program "
        f"that passes it"
    )


def velocity_title(velocity: Result) -> str:
    """Return deliveries a week."""
    if not velocity.is_ok:
        return "Velocity is not measured"
    were = "was" if velocity.events == 1 else "were"
    counted = f"{label_count(velocity.events or 0, 'program')} {were} delivered in {velocity.period}"
    return f"{counted}: {label_value(velocity.value, 'per_week')}"


def wip_title(wip: Result, aged: int) -> str:
    """Return how much is open and how much of it has grown old."""
    if not wip.is_ok:
        return "Work in progress is not measured"
    verb = "is" if aged == 1 else "are"
    old = f"; {label_count(aged, 'open program')} {verb} older than most are at delivery"
    open_ = label_value(wip.value, "count")
    programs = "program is" if open_ == "1" else "programs are"
    return f"On an average day {open_} {programs} in progress at once" + (old if aged else "")


def balance_words(balance: FlowBalance | None) -> str:
    """Return whether averages of this flow can be trusted."""
    if balance is None:
        return "Whether the flow is steady cannot be said without recorded starts."
    if not balance.identity_holds:
        return "Work in progress does not add up over the window: starts and ends in the data contradict each other."
    if balance.is_stable is None:
        return "Too few starts or departures to say whether the flow is steady."
    counts = f"{label_count(balance.arrivals, 'program')} started and {label_number(balance.departures)} left in the window"
    if balance.is_stable:
        return f"{counts}: the flow is steady enough for averages to hold."
    return f"{counts}: the flow is not steady; averages will mislead."


def replanning_title(share: Result, median: Result) -> str:
    """Return how often and how far planned dates moved."""
    if share.status == "not_assessable":
        return "Whether planned dates move is not measured"
    if not share.is_ok:
        return f"Too few programs to say how planned dates move ({label_count(share.n, 'program')})"
    counted = f"{label_number(share.events or 0)} of {label_count(share.n, 'program')}"
    moved = f"{counted} ({label_result(share)}) now end later than first planned"
    if not median.is_ok or median.value is None:
        return moved
    if median.value == 0:
        return f"{moved}; the median program kept its date"
    return f"{moved}; the median move is {label_days(median.value)}"
