from __future__ import annotations

import datetime as dt

import pytest

from gapkit.measurement.adoption.reported import inputs_reported
from gapkit.redesign.targets.promises_file import AgreedInput

INPUT = AgreedInput("K1", "briefs complete", "P1", "weekly", "agreed")
MONDAYS = [dt.date(2026, 6, 29) + dt.timedelta(days=7 * week) for week in range(12)]


def values(late=0, kpi="K1", unknown=0):
    """Return a value of every week, there on the Friday after it; some a week too late, some without a day."""
    rows = []
    for week, monday in enumerate(MONDAYS):
        there = monday + dt.timedelta(days=11 if week >= late else 14)
        at = None if week >= 12 - unknown else f"{there.isoformat()} 09:00"
        rows.append({"kpi_id": kpi, "period_start": monday.isoformat(), "value": 1.0, "available_at": at})
    return rows


@pytest.mark.parametrize(("late", "word"), [(0, "in place"), (5, "partly in place"), (11, "missing")])
def test_weeks_with_a_value_by_the_end_of_the_week_after(comparison, late, word):
    """Twelve whole weeks; a value there from the Monday after the next on came too late, and is counted as late."""
    found = inputs_reported(comparison(kpi_values=values(late)), (INPUT,))

    assert (found.after.events, found.after.n, found.verdict) == (12 - late, 12, word)
    assert (found.before.events, found.before.n) == (0, 12)
    assert found.caveats == ((f"{late} values came in later, counted as not reported.",) if late else ())


def test_sunday_of_the_week_after_is_in_time_and_the_next_monday_is_not(comparison):
    """The limit is the end of that week."""
    rows = [{**row, "available_at": f"{monday + dt.timedelta(days=days)} 23:00"}
            for row, monday, days in zip(values(), MONDAYS, [13] * 6 + [14] * 6, strict=True)]  # fmt: skip

    assert inputs_reported(comparison(kpi_values=rows), (INPUT,)).after.events == 6


def test_a_value_without_its_day_is_not_reported_in_time(comparison):
    """And is said."""
    found = inputs_reported(comparison(kpi_values=values(unknown=2)), (INPUT,))

    assert found.after.events == 10
    assert found.caveats == ("2 values without a day on which it was there, counted as not reported.",)


def test_only_inputs_to_be_read_weekly_count_one_by_one(comparison):
    """A monthly one is left out; one never read counts with none of its weeks."""
    silent = AgreedInput("K2", "calls", "P2", "weekly", "agreed")
    monthly = AgreedInput("K3", "reach", None, "monthly", "agreed")
    found = inputs_reported(comparison(kpi_values=values()), (INPUT, silent, monthly))

    assert [(entry.name, entry.after.events) for entry in found.entries] == [("briefs complete", 12), ("calls", 0)]
    assert (found.after.events, found.after.n) == (12, 24)


def test_where_an_input_is_agreed_those_proposed_are_listed_and_not_counted(comparison):
    """Twelve of twelve weeks; the other, which nobody agreed to, has its own row and its late values are not told."""
    other = AgreedInput("K2", "calls", "P2", "weekly", "proposed")
    found = inputs_reported(comparison(kpi_values=[*values(), *values(late=3, kpi="K2")]), (INPUT, other))

    assert (found.after.events, found.after.n) == (12, 12)
    assert [(entry.name, entry.after.events) for entry in found.entries] == [("briefs complete", 12), ("calls", 9)]
    assert found.caveats == ("Proposed only, so listed and not counted: calls.",)


@pytest.mark.parametrize(
    ("rows", "inputs", "switch"),
    [
        ([], (INPUT,), "table kpi_values"),
        (values(unknown=12), (INPUT,), "available_at"),
        (values(), (AgreedInput("K1", "a", None, "monthly", "agreed"),), "decisions.yml"),
    ],
)
def test_what_is_absent_is_named(comparison, rows, inputs, switch):
    """Not measured, with what would switch it on."""
    found = inputs_reported(comparison(kpi_values=rows), inputs)

    assert found.verdict == "not measured"
    assert switch in found.after.caveats[0]
