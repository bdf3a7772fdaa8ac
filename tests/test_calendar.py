"""Oracles quoted from the method: time zones, business days and fiscal quarters with hand-checked answers."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit import calendar
from gapkit.config import EngagementConfig

NEW_YORK = "America/New_York"
DAYS = st.dates(dt.date(1980, 1, 1), dt.date(2090, 12, 31))
MONTHS = st.integers(1, 12)
MONTH_ENDS = ["DEC", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV"]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def dates(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts))).astype("datetime64[us]")


@pytest.mark.parametrize(
    ("tz", "expected"), [("UTC", "2026-04-01"), ("Asia/Manila", "2026-04-01"), (NEW_YORK, "2026-03-31")]
)
def test_moment_falls_on_the_day_of_the_organisation(tz: str, expected: str) -> None:
    """23:30 in New York on 31 March 2026 is 1 April in UTC and in Manila, but still 31 March at home."""
    moment = pd.Series(pd.to_datetime(["2026-03-31 23:30"]).tz_localize(NEW_YORK))

    assert [pd.Timestamp(expected)] == calendar.local_date(moment, tz).tolist()


def test_naive_moments_are_read_as_local_and_recognised() -> None:
    """A moment without a zone keeps its day whatever the zone, and can be told apart for a warning."""
    naive = dates("2026-03-31 23:30")

    assert [pd.Timestamp("2026-03-31")] == calendar.local_date(naive, "Asia/Manila").tolist()
    assert calendar.is_naive(naive)
    assert not calendar.is_naive(calendar.localize(naive, NEW_YORK))


def test_missing_moments_stay_missing() -> None:
    """No day is made up for a moment that is not known."""
    moments = dates("2026-03-31 23:30", None).dt.tz_localize("UTC")

    assert [False, True] == calendar.local_date(moments, NEW_YORK).isna().tolist()


def test_localized_moments_keep_wall_clock_and_day() -> None:
    """An hour that happens twice is read as its first occurrence, one that never happens as the next that does."""
    local = calendar.localize(dates("2026-11-01 01:30", "2026-03-08 02:30", None), NEW_YORK)

    assert f"datetime64[us, {NEW_YORK}]" == str(local.dtype)
    assert ["2026-11-01 01:30:00-0400", "2026-03-08 03:00:00-0400"] == local.dropna().dt.strftime("%F %T%z").tolist()


@pytest.mark.parametrize(
    ("start", "end", "holidays", "expected"),
    [
        ("2026-03-02", "2026-03-09", [], 5),
        ("2026-03-06", "2026-03-09", [], 1),
        ("2026-04-01", "2026-04-08", ["2026-04-03", "2026-04-06"], 3),
        ("2026-03-09", "2026-03-02", [], -5),
    ],
)
def test_business_days_are_half_open(start: str, end: str, holidays: list[str], expected: int) -> None:
    """The method's oracles for numpy.busday_count: the end is not counted, reversed dates count negative."""
    assert expected == calendar.business_days(day(start), day(end), holidays=[day(text) for text in holidays]).item()


def test_business_days_of_columns_keep_missing_apart_from_zero() -> None:
    """A missing end gives NaN, the same day gives 0, and one date can stand for a whole column."""
    counts = calendar.business_days(dates("2026-03-02", "2026-03-09", None), day("2026-03-09"))

    np.testing.assert_array_equal([5.0, 0.0, np.nan], counts)


def test_weekmask_moves_the_weekend() -> None:
    """With Friday and Saturday off, Thursday to Sunday is one business day."""
    assert 1 == calendar.business_days(day("2026-03-05"), day("2026-03-08"), weekmask="1111001").item()


def test_adding_business_days_skips_weekends_and_holidays() -> None:
    """Five business days from New Year's Day, a holiday: the count begins on Friday the 2nd and ends on Friday the 9th."""
    assert day("2026-01-09") == calendar.add_business_days(day("2026-01-01"), 5, holidays=[day("2026-01-01")])
    assert day("2026-02-27") == calendar.add_business_days(day("2026-03-02"), -1)


def test_adding_business_days_to_a_column_keeps_its_index_and_gaps() -> None:
    """Columns come back as columns of dates, row by row."""
    starts = dates("2026-03-06", None).set_axis(["a", "b"])

    moved = calendar.add_business_days(starts, 1)

    assert ["a", "b"] == moved.index.tolist()
    assert pd.Timestamp("2026-03-09") == moved["a"]
    assert pd.isna(moved["b"])


@given(start=DAYS, count=st.integers(0, 300))
def test_adding_and_counting_business_days_agree(start: dt.date, count: int) -> None:
    """Whatever the start, going k business days on puts k business days between."""
    end = calendar.add_business_days(start, count)

    assert count == calendar.business_days(start, end).item()


@pytest.mark.parametrize(("month", "expected"), [(1, "2026Q1"), (2, "2027Q1")])
def test_fiscal_quarter_oracle(month: int, expected: str) -> None:
    """15 February 2026 is 2026Q1 for years ending in December and 2027Q1 for years ending in January."""
    assert [expected] == calendar.quarter_of(dates("2026-02-15"), month).tolist()


@given(days=st.lists(DAYS, min_size=1, max_size=20), month=MONTHS)
def test_fiscal_quarters_are_those_of_pandas(days: list[dt.date], month: int) -> None:
    """Labels agree with pandas' own Q-<MON> periods for every fiscal start."""
    series = pd.Series(pd.to_datetime(days))

    expected = series.dt.to_period(f"Q-{MONTH_ENDS[month - 1]}").astype(str).tolist()

    assert expected == calendar.quarter_of(series, month).tolist()


def test_quarter_of_a_missing_date_is_missing() -> None:
    """A missing date belongs to no quarter; a column without any date keeps its text type."""
    assert [False, True] == calendar.quarter_of(dates("2026-02-15", None)).isna().tolist()
    assert "str" == calendar.quarter_of(dates(None)).dtype


@given(day=DAYS, month=MONTHS)
def test_every_day_lies_within_its_quarter(day: dt.date, month: int) -> None:
    """Start and end of a quarter embrace exactly the days that bear its name."""
    quarter = calendar.quarter_of_date(day, month)
    start, end = calendar.quarter_start(quarter, month), calendar.quarter_end(quarter, month)

    assert start <= day <= end
    assert quarter == calendar.quarter_of_date(end, month)
    assert calendar.next_quarter(quarter) == calendar.quarter_of_date(end + dt.timedelta(days=1), month)


@given(day=DAYS, month=MONTHS, count=st.integers(1, 8))
def test_last_complete_quarters_are_over_and_adjoin(day: dt.date, month: int, count: int) -> None:
    """The last of them ends by the day itself; the quarter after it does not."""
    quarters = calendar.last_complete_quarters(day, count, month)

    assert count == len(quarters)
    assert tuple(calendar.next_quarter(quarters[0], step) for step in range(count)) == quarters
    assert calendar.quarter_end(quarters[-1], month) <= day
    assert calendar.quarter_end(calendar.next_quarter(quarters[-1]), month) > day


def test_a_quarter_is_complete_on_its_last_day_and_not_before() -> None:
    """A partial quarter never counts as complete."""
    assert ("2025Q4",) == calendar.last_complete_quarters(day("2026-03-30"), 1)
    assert ("2026Q1",) == calendar.last_complete_quarters(day("2026-03-31"), 1)


def test_previous_quarter_undoes_next_quarter() -> None:
    """Steps across the year work both ways."""
    assert "2025Q4" == calendar.previous_quarter("2026Q1")
    assert "2026Q2" == calendar.previous_quarter(calendar.next_quarter("2026Q2", 7), 7)


def test_freeze_falls_five_business_days_into_the_quarter() -> None:
    """2026Q2 begins on Wednesday 1 April; with Good Friday and Easter Monday off the fifth business day on is the 10th."""
    easter = (day("2026-04-03"), day("2026-04-06"))
    config = EngagementConfig("Acme", day("2026-06-30"), "UTC", "EUR", holidays=easter)

    assert day("2026-04-10") == calendar.freeze_date("2026Q2", config)


def test_freeze_counts_from_the_first_working_day_of_the_fiscal_quarter() -> None:
    """2027Q1 of a year beginning in February starts on Sunday 1 February 2026: Monday counts as its first day."""
    config = EngagementConfig("Acme", day("2026-06-30"), "UTC", "EUR", fiscal_start_month=2)

    assert day("2026-02-09") == calendar.freeze_date("2027Q1", config)
