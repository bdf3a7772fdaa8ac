from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from gapkit.report.blocks import Callout
from gapkit.report.exhibits.redesigned import cadence as mine


def changed(r, **changes):
    return SimpleNamespace(eng=r.eng, cadence=replace(r.cadence, **changes))


def test_the_calendar_counts_series_and_dates(parts):
    """The title's numbers are those of the part; each series has its row."""
    r = parts("northwind")
    block = mine.cadence(r)

    assert "3 series of meetings, 16 dates in the weeks ahead" == block.title
    assert ["Weekly review", "Monthly review", "Quarterly reset"] == [row[0] for row in block.table.rows]
    assert "Every Monday at 10:00, 45 minutes" == block.table.rows[0][1]


def test_the_same_meeting_of_two_units_is_one_row_of_the_calendar(parts):
    """Units meet at the same time and ask the same; one held at another time has its own row."""
    r = parts("northwind")
    weekly = r.cadence.series[0]
    units = [replace(weekly, id=f"weekly {unit}", name=f"Weekly review, {unit}", attendance=(f"lead of {unit}",))
             for unit in ("Brand", "Web", "Events")]  # fmt: skip
    units[2] = replace(units[2], time="15:00")
    lanes = mine.lanes_of(replace(r.cadence, series=tuple(units)))

    assert ["Weekly review of each of 2 units", "Weekly review, Events"] == [lane.name for lane in lanes]
    assert "of each unit: lead" == mine._who(lanes[0])


def test_questions_are_numbered_series_by_series(parts):
    """Everything that is asked stands once."""
    r = parts("northwind")
    rows = mine.standing_questions(r).rows

    assert sum(len(one.questions) for one in r.cadence.held) == len(rows)
    assert ("Weekly review", "1. What was due last week, and what was delivered?") == rows[0]
    assert "" == rows[1][0]


def test_what_stops_is_named_with_what_takes_its_place(parts):
    """The quarterly meeting of a small organisation stops; its monthly look-back takes over."""
    block = mine.meetings_to_stop(parts("small"))

    assert "Stop 1 of today’s 4 kinds of meeting: quarterly meetings" == block.title
    assert "In its place the new calendar has a monthly one." in block.reading


def test_nothing_to_stop_is_no_empty_page(parts):
    """All series of today are listed with their figures."""
    r = parts("northwind")
    block = mine.meetings_to_stop(r)

    assert "None of today’s 4 kinds of meeting has to stop" == block.title
    assert len(r.cadence.stops) == len(block.table.rows)


def test_a_calendar_all_of_which_was_declined_is_one_line(parts):
    """Then nothing is asked either."""
    r = parts("northwind")
    declined = tuple(replace(one, standing="declined") for one in r.cadence.series)
    r = changed(r, series=declined, dates=r.cadence.dates.iloc[:0])

    assert isinstance(mine.cadence(r), Callout)
    assert mine.standing_questions(r) is None


def test_the_cut_of_a_small_organisation_shows_every_point_with_its_minutes(parts):
    """What is kept, what stops, and four points that make half an hour; other sizes have no such page."""
    r = parts("small")
    rows = mine.simplification(r).table.rows
    minutes = [int(name.split()[0]) for name, _ in rows if name.endswith("minutes")]

    assert 30 == sum(minutes)
    assert 4 == len(minutes)
    assert ("Keep", r.simplification.keep[0]) == rows[0]
    assert mine.simplification(parts("northwind")) is None
