from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from gapkit.redesign.what_if.work_clock import WorkClock, read_clock

MONDAY = "2026-03-02"


@pytest.fixture
def clock(table, changed) -> WorkClock:
    """Nine to five, Monday to Friday, one day off: Friday 3 April."""
    visits = table("stage_visits", *({"program_id": "P", "stage": "a", "entered_at": f"{MONDAY} 09:00",
                                      "left_at": f"{MONDAY} 17:00"} for _ in range(3)))  # fmt: skip
    return read_clock(visits, changed(holidays=(dt.date(2026, 4, 3),)), dt.date(2026, 7, 15))


def moments(*stamps: str) -> pd.Series:
    return pd.Series(pd.to_datetime(list(stamps)))


def test_hours_are_those_of_the_log(clock):
    """Entries from nine to five make a day of eight hours."""
    assert (9.0, 17.0, 8.0) == (clock.opens, clock.closes, clock.hours_per_day)


def test_a_log_of_days_has_office_hours(table, config):
    """Where every entry is at midnight the log says nothing about hours."""
    visits = table("stage_visits", {"program_id": "P", "stage": "a", "entered_at": "2026-03-02 00:00"})

    assert 8.0 == read_clock(visits, config, config.as_of).hours_per_day


def test_nights_and_days_off_take_no_time(clock):
    """From Friday five o'clock to Monday nine is nothing; over Easter Friday neither."""
    friday, monday, thursday, tuesday = clock.positions(
        moments("2026-03-06 17:00", "2026-03-09 09:00", "2026-04-02 13:00", "2026-04-06 13:00")
    )

    assert 0.0 == monday - friday
    assert 1.0 == tuesday - thursday


def test_the_close_of_a_day_belongs_to_that_day(clock):
    """Positions turn back into the dates they came from, closes included; what is not finite has no date."""
    at = clock.positions(moments("2026-03-06 17:00", "2026-03-09 09:30"))
    days = clock.dates(np.append(at, np.inf))

    assert ["2026-03-06", "2026-03-09", "NaT"] == days.astype(str).tolist()


def test_a_date_ends_at_its_close(clock):
    """A weekend date ends where Friday does."""
    friday, sunday = clock.closing(pd.Series(pd.to_datetime(["2026-03-06", "2026-03-08"])))

    assert clock.positions(moments("2026-03-06 17:00"))[0] == friday == sunday


def test_a_business_day_is_more_than_a_day(clock):
    """Seven days of five: 1.4, a little more with days off."""
    assert 1.4 == pytest.approx(clock.calendar_days_per_business_day(), abs=0.01)
