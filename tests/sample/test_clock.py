from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from gapkit.sample.clock import Clock


@pytest.fixture
def clock() -> Clock:
    """Working days of July 2026 in New York; Friday the 3rd is a holiday."""
    return Clock.between(dt.date(2026, 7, 1), dt.date(2026, 7, 31), "1111100", [dt.date(2026, 7, 3)], "America/New_York")


def test_positions_skip_nights_weekends_and_holidays(clock: Clock) -> None:
    """Position 20.5 is half past one on the third working day, the Monday after the holiday."""
    moment = clock.moments(np.array([20.5]))

    assert ["2026-07-06 13:30:00-04:00"] == moment.astype(str).tolist()


def test_the_close_of_a_day_belongs_to_that_day(clock: Clock) -> None:
    """Eight hours after the first morning is still the first day, at five in the afternoon."""
    assert ["2026-07-01"] == clock.dates(np.array([8.0])).dt.strftime("%Y-%m-%d").tolist()
    assert [17] == clock.moments(np.array([8.0])).dt.hour.tolist()


def test_what_never_happens_has_no_date(clock: Clock) -> None:
    """Infinite and unknown positions give missing dates and moments."""
    never = np.array([np.inf, np.nan])

    assert clock.dates(never).isna().all()
    assert clock.moments(never).isna().all()


def test_days_off_count_as_the_next_or_the_last_working_day(clock: Clock) -> None:
    """The holiday is looked up as Monday going forward, as Thursday going back."""
    holiday = dt.date(2026, 7, 3)

    assert (2, 1) == (clock.day_index(holiday), clock.last_index(holiday))
