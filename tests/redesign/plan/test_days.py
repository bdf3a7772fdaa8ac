from __future__ import annotations

import datetime as dt

import pytest

from gapkit.redesign.plan.days import plan_days

FRIDAY, SATURDAY, MONDAY = dt.date(2026, 5, 8), dt.date(2026, 5, 9), dt.date(2026, 5, 11)


@pytest.fixture
def days(changed):
    """Of an engagement that began on 6 April 2026: day 31 is Wednesday 6 May."""
    config = changed(started_on=dt.date(2026, 4, 6))
    return plan_days(config, config.as_of)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({}, None),
        ({"starts_on": "2026-05-08"}, (FRIDAY, dt.date(2026, 5, 14))),
        ({"ends_on": "2026-05-14"}, (FRIDAY, dt.date(2026, 5, 14))),
        ({"starts_on": "2026-05-11", "ends_on": "2026-05-08"}, (MONDAY, MONDAY)),
        ({"starts_on": dt.date(2026, 5, 8), "ends_on": None}, (FRIDAY, dt.date(2026, 5, 14))),
    ],
    ids=["none", "start", "end", "end before start", "a date"],
)
def test_dates_decided_for_five_working_days(days, entry, expected):
    """One date gives the other; an end before the start is the start."""
    assert expected == days.fixed(entry, 5)


def test_places_and_days_are_each_others_inverse(days):
    """The n-th working day is n working days after the first."""
    assert list(range(days.horizon)) == [days.place(days.day(place)) for place in range(days.horizon)]


def test_a_span_on_days_off_has_the_next_working_day(days):
    """Saturday counts as Monday."""
    assert (days.place(MONDAY), days.place(MONDAY)) == days.span((SATURDAY, SATURDAY))


def test_the_launch_begins_on_day_61(days):
    """Day 61 is Friday 5 June; checks and redesign begin at once."""
    assert dt.date(2026, 6, 5) == days.day(days.earliest("launch"))
    assert 0 == days.earliest("redesign") == days.earliest("diagnose")


def test_a_quarter_of_days_off_leaves_nothing(changed):
    """Where every day is off there is no room, and no error."""
    off = tuple(dt.date(2026, 5, 6) + dt.timedelta(days=n) for n in range(90))
    config = changed(started_on=dt.date(2026, 4, 6), holidays=off)

    assert 0 == plan_days(config, config.as_of).horizon
