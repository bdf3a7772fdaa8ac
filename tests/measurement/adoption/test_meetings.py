from __future__ import annotations

import datetime as dt
from dataclasses import replace

from gapkit.measurement.adoption.meetings import held_meetings, reviewed_programs
from gapkit.redesign.targets.promises_file import AgreedSeries

WEEKLY = AgreedSeries("weekly", "Weekly review", "weekly", "Monday", dt.date(2026, 6, 5), "agreed")
MONTHLY = AgreedSeries("monthly", "Monthly review", "monthly", "Thursday", dt.date(2026, 6, 5), "agreed")


def test_meetings_held_when_due_are_counted_on_both_sides(comparison, reviews):
    """Twelve of twelve before, four of twelve after: partly in place, as up to half is possible."""
    found = held_meetings(comparison(reviews=reviews(4)), (WEEKLY,))

    assert [(side.events, side.n) for side in (found.before, found.after)] == [(12, 12), (4, 12)]
    assert found.verdict == "partly in place"
    assert held_meetings(comparison(reviews=reviews(2)), (WEEKLY,)).verdict == "missing"
    assert held_meetings(comparison(reviews=reviews(12)), (WEEKLY,)).verdict == "in place"


def test_one_business_day_off_is_held_two_are_not(comparison, reviews):
    """A Monday meeting on Tuesday counts, on Wednesday it does not; nor does the Thursday before."""
    rows = reviews(12)
    for row, days in zip([row for row in rows if row["scheduled_at"] >= "2026-06-29"], (1, 2, -4), strict=False):
        moved = dt.datetime.fromisoformat(row["scheduled_at"]) + dt.timedelta(days=days)
        row["held_at"] = f"{moved:%Y-%m-%d %H:%M}"
    found = held_meetings(comparison(reviews=rows), (WEEKLY,))

    assert (found.after.events, found.after.n) == (10, 12)


def test_an_agreed_series_nobody_scheduled_counts_as_not_held(comparison, reviews):
    """First Thursdays of July, August and September: none of three, beside twelve of twelve weekly ones."""
    found = held_meetings(comparison(reviews=reviews(12)), (WEEKLY, MONTHLY))

    assert [(entry.name, entry.after.events, entry.after.n) for entry in found.entries] == [
        ("weekly meetings", 12, 12), ("monthly meetings", 0, 3)
    ]  # fmt: skip
    assert (found.after.events, found.after.n) == (12, 15)
    assert found.caveats == (
        "Of the monthly meetings no meeting was scheduled in the window; its planned dates count as not held.",
    )


def test_where_a_series_is_agreed_the_proposed_ones_are_listed_and_not_counted(comparison, reviews):
    """Twelve of twelve weekly ones, agreed; none of three monthly ones nobody agreed to."""
    found = held_meetings(comparison(reviews=reviews(12)), (replace(MONTHLY, standing="proposed"), WEEKLY))

    assert (found.name, found.after.events, found.after.n) == ("agreed meetings held when due", 12, 12)
    assert [(entry.name, entry.after.n, entry.standing) for entry in found.entries] == [
        ("weekly meetings", 12, "agreed"), ("monthly meetings", 3, "proposed"),
    ]  # fmt: skip
    assert found.caveats == ("Proposed only, so listed and not counted: monthly meetings.",)


def test_where_none_is_agreed_the_name_says_proposed(comparison, reviews):
    """All of them count then."""
    series = tuple(replace(one, standing="proposed") for one in (WEEKLY, MONTHLY))
    found = held_meetings(comparison(reviews=reviews(12)), series)

    assert (found.name, found.after.n) == ("proposed meetings held when due", 15)


def test_of_two_series_of_one_rhythm_the_agreed_one_counts(comparison, reviews):
    """They cannot be told apart in the table reviews."""
    found = held_meetings(comparison(reviews=reviews(12)), (replace(WEEKLY, standing="proposed"), WEEKLY))

    assert [entry.standing for entry in found.entries] == ["agreed"]


def test_series_that_were_not_agreed_do_not_count(comparison, reviews):
    """Meetings of another rhythm are no part of the new way of working."""
    found = held_meetings(comparison(reviews=[{**row, "series": "program"} for row in reviews(12)]), (WEEKLY,))

    assert (found.before.n, found.after.events, found.after.n) == (0, 0, 12)


def test_what_is_absent_is_named(comparison, reviews):
    """No reviews, and no agreed series, are two different things."""
    assert "table reviews" in held_meetings(comparison(), (WEEKLY,)).after.caveats[0]
    assert "decisions.yml" in held_meetings(comparison(reviews=reviews(12)), ()).after.caveats[0]
    assert "table reviews" in reviewed_programs(comparison()).after.caveats[0]


def test_programs_reviewed_within_two_weeks(comparison, reviews):
    """Twelve programs in flight throughout; half of them on every agenda: half of the program week ends."""
    programs = [
        {"program_id": f"P{number:02d}", "committed_at": "2025-12-01", "baseline_end": "2026-12-01",
         "status": "in_progress", "actual_start": "2025-12-02"}
        for number in range(12)
    ]  # fmt: skip
    agenda = ";".join(f"P{number:02d}" for number in range(6))
    found = reviewed_programs(comparison(programs=programs, reviews=reviews(12, agenda)))

    assert (found.after.value, found.after.n, found.verdict) == (0.5, 12, "partly in place")
    full = reviewed_programs(comparison(programs=programs, reviews=reviews(12, agenda + ";" + agenda.replace("P0", "P1"))))
    assert full.after.value is not None
    assert full.after.value < 1
    everyone = ";".join(program["program_id"] for program in programs)
    whole = reviewed_programs(comparison(programs=programs, reviews=reviews(12, everyone))).after
    assert whole.value == 1
    assert whole.low is not None
    assert whole.low < 1
