from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gapkit.config import EngagementConfig
from gapkit.config.window import misses_a_whole_quarter, window_notes

AGREED = EngagementConfig(
    "Acme", dt.date(2026, 10, 31), "UTC", "EUR", started_on=dt.date(2026, 5, 5), primary="execution_rate",
    measure_start=dt.date(2026, 7, 1), measure_end=dt.date(2026, 9, 30),
)  # fmt: skip


def test_a_window_of_a_whole_quarter_after_the_freeze_needs_no_word():
    """From the first to the last day of a quarter, a month after the diagnosis."""
    assert [] == list(window_notes(AGREED))
    assert [] == list(window_notes(replace(AGREED, measure_start=None, measure_end=None)))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-07-13", "2026-09-30", True),  # holds the end of a quarter and not its beginning
        ("2026-07-01", "2026-09-29", True),
        ("2026-06-15", "2026-09-30", False),
        ("2026-07-13", "2026-12-31", False),
    ],
)
def test_the_execution_rate_needs_a_whole_quarter(start, end, expected):
    """From its first to its last day; the end of one alone is not enough."""
    window = replace(AGREED, measure_start=dt.date.fromisoformat(start), measure_end=dt.date.fromisoformat(end))

    assert expected == misses_a_whole_quarter(window)
    assert expected == any("holds no whole quarter" in note for note in window_notes(window))


def test_other_measures_need_no_whole_quarter():
    """The on-time rate suits a window of 30 days."""
    assert not misses_a_whole_quarter(replace(AGREED, primary="on_time_rate", measure_start=dt.date(2026, 7, 13)))


def test_quarters_are_those_of_the_fiscal_year():
    """With a year from February on, July to September holds the end of one quarter and the beginning of the next."""
    assert misses_a_whole_quarter(replace(AGREED, fiscal_start_month=2))


@pytest.mark.parametrize(
    ("start", "frozen_on", "expected"),
    [
        ("2026-05-01", None, "before the engagement does (5 May 2026)"),
        ("2026-06-03", None, "before the yardstick is frozen (3 June 2026)"),
        ("2026-06-04", None, None),
        ("2026-06-04", "2026-06-20", "before the yardstick is frozen (20 June 2026)"),
    ],
)
def test_a_window_before_the_freeze_is_named(start, frozen_on, expected):
    """Before day 1, and up to the day of the freeze: the one on record, else the last day of the diagnosis."""
    config = replace(AGREED, measure_start=dt.date.fromisoformat(start))
    notes = list(window_notes(config, dt.date.fromisoformat(frozen_on) if frozen_on else None))

    assert ([True] if expected else []) == [expected in note for note in notes if expected]
    assert bool(expected) == bool(notes)


def test_without_a_first_day_the_diagnosis_is_read_with_the_data():
    """Nothing can have been frozen before the last day of the data."""
    (note,) = window_notes(replace(AGREED, started_on=None))

    assert "(31 October 2026)" in note
