from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.baseline import wording
from gapkit.results import Result

DAYS = Result("d", 91, 77, 96, n=144, events=64, unit="days")
NOT_MEASURED = Result("x", status="not_assessable", caveats=("Nothing recorded.",))
THIN = Result("x", n=7, events=3, status="thin", caveats=("Only 7 programs.",))
LATE = Result("late", 0.62, 0.5, 0.7, n=61, events=38)


def rate(value: float, low: float, high: float, n: int = 40) -> Result:
    return Result("execution_rate", value, low, high, n=n, events=round(value * n), period="2026Q1")


def test_a_median_that_sets_cancellation_aside_says_so():
    """Without these words a leader would read it as half of all programs."""
    title = wording.time_to_market_title(DAYS, Result("p", 110, 103, None, n=144, unit="days"))

    assert "If not cancelled, half of the programs reach the market within 91 days" in title
    assert "15 % take longer than 110 days" in title


def test_types_are_told_apart_only_where_intervals_are():
    """Overlapping bars are one finding, separate ones another."""
    apart = wording.types_title({"web": rate(0.2, 0.1, 0.3), "email": rate(0.7, 0.5, 0.8)})
    together = wording.types_title({"web": rate(0.2, 0.1, 0.5), "email": rate(0.5, 0.4, 0.8)})

    assert apart.startswith("The gap differs by type: web 20 %, email 70 %")
    assert "do not settle which is better: web 20 %, email 50 %" in together


def test_moves_are_read_without_empty_figures():
    """A median of zero is not a move; those that moved are described on their own."""
    share = Result("s", 0.1, 0.07, 0.14, n=350, events=35)
    still = Result("m", 0, 0, 0, n=350, unit="days")

    assert wording.replanning_title(share, still).endswith("the median program kept its date")
    assert "Of those that moved later, half moved by 30 days or more." in wording.moves_reading(
        pd.Series([0, 0, 10, 30, 40, -2])
    )
    assert wording.moves_reading(pd.Series([0, -2])) == "1 program kept the first date and 1 moved earlier."


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (wording.execution_title(NOT_MEASURED), "not measured"),
        (wording.slip_title(NOT_MEASURED, NOT_MEASURED), "not measured"),
        (wording.flattery_title(THIN, THIN, THIN), "cannot be said from 7 programs"),
        (wording.time_to_market_title(NOT_MEASURED, NOT_MEASURED), "not measured"),
        (wording.time_to_market_title(THIN, THIN), "Too few"),
        (wording.flow_title(NOT_MEASURED), "not measured"),
        (wording.flow_title(THIN), "Too little stage history"),
        (wording.velocity_title(NOT_MEASURED), "not measured"),
        (wording.wip_title(NOT_MEASURED, 0), "not measured"),
        (wording.replanning_title(NOT_MEASURED, NOT_MEASURED), "not measured"),
        (wording.replanning_title(THIN, THIN), "Too few programs"),
        (wording.trend_title({"2026Q1": THIN}), "enough programs"),
        (wording.types_title({"web": THIN}), "Too few programs"),
        (wording.balance_words(None), "cannot be said"),
    ],
)
def test_not_measured_and_too_little_never_print_a_figure(title, expected):
    """Each has words of its own, and no percentage."""
    assert expected in title
    assert "%" not in title


@pytest.mark.parametrize(("value", "words"), [(1.0, "1 program is in"), (31.4, "31.4 programs are in")])
def test_one_program_in_progress_is_one(value, words):
    """Nouns and verbs follow the number as it is printed."""
    title = wording.wip_title(Result("wip", value, value, value, n=90, unit="count"), 0)

    assert title.startswith(f"On an average day {words} progress")


def test_an_unsteady_flow_warns_before_its_averages_are_used():
    """Ratios outside the band end in a warning."""
    from gapkit.baseline.load import FlowBalance

    steady = FlowBalance(True, 20.0, 20.0, 1.0, 100, 100, 1.0, is_stable=True)
    filling = FlowBalance(True, 20.0, 10.0, 2.0, 100, 50, 3.0, is_stable=False)

    assert "steady enough" in wording.balance_words(steady)
    assert "averages will mislead" in wording.balance_words(filling)


@given(st.integers(10, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_titles_hold_no_number_but_those_of_their_result(counts):
    """Whatever the counts, every number of the headline is a count, the rate, or part of the period."""
    events, n = counts
    result = Result("execution_rate", events / n, 0.0, 1.0, n=n, events=events, period="2026Q1")

    numbers = set(re.findall(r"\d+(?:\.\d+)?", wording.execution_title(result).replace("2026Q1", "")))

    allowed = {str(events), str(n), f"{round(events / n * 100)}", f"{round(events / n * 100, 1):.1f}"}
    assert numbers <= allowed


def test_the_headline_of_slip_follows_the_median():
    """Early, on the date and late read differently."""
    early, late = (Result("m", days, days - 2, days + 2, n=61, unit="days") for days in (-3, 7))

    assert wording.slip_title(early, LATE).endswith("the median program is in time")
    assert wording.slip_title(late, LATE).endswith("the median program lands 7 days after its frozen date")
