from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gapkit.measurement.explanations.time_series import time_series, weekly_on_time, weekly_pace

MONDAY = dt.date(2025, 10, 6)


def weekly(rows, met_of, weeks, each=6, first=MONDAY):
    """Six programs due every Wednesday; `met_of` says how many of a week were on time."""
    made = []
    for week in range(weeks):
        due = first + dt.timedelta(days=7 * week + 2)
        promised = due - dt.timedelta(days=100)
        made += rows(f"W{week:02d}", due.isoformat(), met_of(week), each - met_of(week), committed_at=promised)
    return made


def test_a_trend_that_was_running_takes_the_gain_away(compared, rows):
    """On time rises steadily from 0 to 6 of 6 over a year: after less before is large, against the trend it is nothing."""
    comparison, primary = compared(programs=weekly(rows, lambda week: min(6, week // 8), 51))
    told = time_series(comparison, primary)

    assert primary.judgement.verdict == "improved"
    assert abs(told.result.value) < 0.15
    assert told.standing in ("may explain it", "cannot be told")
    assert told.sentence.startswith("Weekly commitments on time, ")
    assert "95 % interval" in told.sentence


def test_a_step_without_a_trend_is_not_explained_by_one(compared, rows):
    """Two or three of six all year, five or six from July on."""
    told = time_series(*compared(programs=weekly(rows, lambda week: (2 if week < 38 else 5) + week % 2, 51)))

    assert told.standing == "does not explain it"
    assert told.result.value == pytest.approx(0.5, abs=0.1)
    assert told.result.unit == "pp"
    assert "the widest of 3 fits" not in told.sentence
    assert "the widest of 3 fits" in told.caveats[0]


def test_weeks_with_too_few_due_leave_the_pace(compared, rows):
    """Two due a week: deliveries a week are shown, and settle nothing about a rate."""
    comparison, primary = compared(programs=weekly(rows, lambda week: 1 + week % 2, 51, each=2))
    told = time_series(comparison, primary)

    assert weekly_on_time(comparison).at == ()
    assert (told.standing, told.result.unit) == ("cannot be told", "per_week")
    assert told.sentence.endswith("Deliveries a week are not the primary measure; they show a trend of the pace only.")


def test_a_short_series_says_how_many_weeks_are_missing(compared, rows):
    """Read ten weeks into the window: a line needs twelve."""
    made = weekly(rows, lambda week: 3, 49)
    comparison, primary = compared(programs=made, as_of=dt.date(2026, 9, 6))
    told = time_series(comparison, primary)

    assert (told.standing, told.result) == ("cannot be told", None)
    assert told.sentence.endswith("so 3 weeks more would switch this on.")


@pytest.mark.parametrize("as_of", [dt.date(2026, 9, 6), dt.date(2026, 10, 31)])
def test_a_window_too_short_for_a_line_is_said_to_be(compared, rows, as_of):
    """From Monday 13 July to 30 September are eleven full weeks, however long one waits."""
    comparison, primary = compared(programs=weekly(rows, lambda week: 3, 51), as_of=as_of)
    later = replace(comparison, after=replace(comparison.after, start=dt.date(2026, 7, 13)))
    told = time_series(later, primary).sentence

    assert told.endswith(" after: the window is 1 week too short, and a longer one would have been needed.")


def test_weeks_before_the_window_do_not_come_by_waiting(compared, rows):
    """Nothing on record but the quarter before the window, which is left out: what is missing is a longer record."""
    recent = weekly(rows, lambda week: 3, 25, first=dt.date(2026, 4, 6))
    told = time_series(*compared(programs=recent, frozen_counts=(45, 90)))

    assert (
        "A line needs 12 full weeks on each side; there are 0 before and 12 after: 12 weeks more on record before the "
        "window would be needed."
    ) == told.sentence


def test_the_first_quarter_on_record_is_left_out(compared, rows):
    """Work begun before the records do is not in them, so its weeks would show a rise that never was."""
    comparison, _ = compared(programs=weekly(rows, lambda week: 3, 51))

    assert weekly_pace(comparison).at[0] == -(dt.date(2026, 7, 6) - dt.date(2026, 1, 5)).days // 7
