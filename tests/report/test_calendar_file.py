from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import icalendar
import pandas as pd
import pytest

from gapkit.engagement import Engagement
from gapkit.redesign.cadence.cadence import plan_cadence
from gapkit.redesign.decisions.decided import Decided
from gapkit.report.calendar_file import calendar_of, write_calendar

WINDOW = SimpleNamespace(baseline=SimpleNamespace(start=dt.date(2026, 1, 1)))
NASTY = "Zoë, Sons; “Co” \\n *x*\n東京\x07"


@pytest.fixture
def written(table, changed):
    """The calendar of an engagement read on 1 October 2026, as bytes and as it reads back."""

    def build(decided=None, name="acme", **changes):
        config = changed(**{"as_of": dt.date(2026, 10, 1), "scale": "mid", **changes})
        tables = {"programs": table("programs", {"program_id": "P"})}
        eng = Engagement(name, Path("nowhere"), config, config.as_of, tables, (), (), (), pd.DataFrame(), True, "")
        cadence = plan_cadence(eng, WINDOW, decided or Decided())
        data = write_calendar(cadence, eng)
        return SimpleNamespace(cadence=cadence, eng=eng, data=data, calendar=icalendar.Calendar.from_ical(data))

    return build


def events(made):
    return made.calendar.walk("VEVENT")


def test_every_date_is_an_event(written):
    """As many events as dates, at the same moments, under the same names."""
    made = written()
    dates = made.cadence.dates

    assert dates["name"].tolist() == [str(event["summary"]) for event in events(made)]
    assert dates["starts_at"].tolist() == [pd.Timestamp(event.start) for event in events(made)]
    assert dates["ends_at"].tolist() == [pd.Timestamp(event.end) for event in events(made)]


def test_local_time_stays_when_the_clocks_change(written):
    """Clocks go back on 1 November 2026: the weekly review is at 10:00 before and after, an hour later in Greenwich."""
    weekly = [event.start for event in events(written()) if str(event["summary"]) == "Weekly review"]
    october, november = weekly[0], weekly[-1]

    assert {(10, 0)} == {(at.hour, at.minute) for at in weekly}
    assert (14, 15) == (october.astimezone(dt.UTC).hour, november.astimezone(dt.UTC).hour)


@pytest.mark.parametrize(
    ("tz", "parts"), [("America/New_York", {"STANDARD", "DAYLIGHT"}), ("Asia/Manila", {"STANDARD"}), ("UTC", {"STANDARD"})]
)
def test_the_zone_comes_with_its_rules(written, tz, parts):
    """A program that does not know the zone can compute it: summer and winter time where there are both."""
    made = written(tz=tz)
    zone = made.calendar.walk("VTIMEZONE")[0]

    assert tz == str(zone["tzid"])
    assert parts == {part.name for part in zone.subcomponents}
    assert {tz} == {event["dtstart"].params.get("tzid", "UTC") for event in events(made)}


def test_the_zone_means_what_it_says(written):
    """Read by its own rules instead of by name, the meeting of 2 November is at 15:00 in Greenwich."""
    zone = written().calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)

    assert dt.timedelta(hours=-5) == dt.datetime(2026, 11, 2, 10, tzinfo=zone).utcoffset()
    assert dt.timedelta(hours=-4) == dt.datetime(2026, 10, 26, 10, tzinfo=zone).utcoffset()


def test_the_same_calendar_gives_the_same_bytes(written):
    """Stamps come from the day the data is read at, not from the clock."""
    made = written()

    assert made.data == written().data
    assert {dt.datetime(2026, 10, 1, tzinfo=dt.UTC)} == {event["dtstamp"].dt for event in events(made)}


def test_every_event_has_an_id_of_its_own(written):
    """No two dates share one, and another engagement shares none of them."""
    mine, theirs = ({str(event["uid"]) for event in events(written(name=name))} for name in ("acme", "bolt"))

    assert len(mine) == len(events(written()))
    assert not mine & theirs


def test_a_meeting_that_moves_stays_the_same_event(written):
    """By a holiday or by a decision: imported again it moves and is not doubled."""
    tuesday = Decided({"cadence": {"weekly": {"status": "agreed", "weekday": "Tuesday"}}})
    plain, off, moved = written(), written(holidays=(dt.date(2026, 10, 12),)), written(tuesday)
    by_id = [{str(event["uid"]): event.start.date() for event in events(made)} for made in (plain, off, moved)]
    columbus = next(uid for uid, day in by_id[0].items() if day == dt.date(2026, 10, 12))

    assert [dt.date(2026, 10, day) for day in (12, 13, 13)] == [days[columbus] for days in by_id]
    assert "Moved because of: day off" in next(
        str(event["description"]) for event in events(off) if str(event["uid"]) == columbus
    )


def test_client_text_reads_back_as_it_is(written):
    """Commas, semicolons, backslashes, line breaks and any script; a control character, which is forbidden, is left out."""
    made = written(Decided({"cadence": {"weekly": {"status": "agreed", "note": NASTY}}}), client=NASTY)
    readable = NASTY.replace("\x07", "")
    note = next(str(event["description"]) for event in events(made) if str(event["summary"]) == "Weekly review")

    # Escaped as RFC 5545, 3.3.11 says; icalendar reads what stands outside the standard as it is.
    assert r"Zoë\, Sons\; “Co” \\n *x*\n東京: operating cadence" == str(made.calendar["x-wr-calname"])
    assert note.endswith(readable)
    assert not any(made.data.count(bytes([sign])) for sign in range(32) if sign not in (9, 10, 13))


def test_text_cannot_become_an_entry_of_the_calendar(written):
    """A note that looks like the end of an event is text."""
    note = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:free lunch"
    made = written(Decided({"cadence": {"weekly": {"status": "agreed", "note": note}}}))

    assert len(made.cadence.dates) == len(events(made))
    assert "free lunch" not in {str(event["summary"]) for event in events(made)}


def test_lines_are_ended_and_folded_as_the_format_asks(written):
    """CRLF, at most 75 bytes a line (RFC 5545, section 3.1)."""
    lines = written().data.split(b"\r\n")

    assert b"" == lines[-1]
    assert max(map(len, lines)) <= 75
    assert b"\n" not in written().data.replace(b"\r\n", b"")


def test_a_calendar_without_meetings_is_a_calendar(written):
    """Every series declined: no event, still a file that can be read."""
    none = Decided({"cadence": {name: {"status": "declined"} for name in ("weekly", "monthly", "quarterly")}})

    assert [] == events(written(none))


def test_the_questions_of_each_meeting_are_in_it(written):
    """Who takes part and what is asked."""
    made = written()
    series = {one.name: one for one in made.cadence.series}

    assert all(
        all(text in str(event["description"]) for text in (*one.questions, *one.attendance))
        for event in events(made) for one in [series[str(event["summary"])]]
    )  # fmt: skip


def test_a_change_of_the_day_read_changes_stamps_only(written):
    """The same dates, stamped a day earlier."""
    made = written()
    data = write_calendar(made.cadence, replace(made.eng, as_of=dt.date(2026, 9, 30)))

    assert made.data.replace(b"DTSTAMP:20261001", b"DTSTAMP:20260930") == data


def test_the_record_of_a_redesign_gives_the_same_calendar(written):
    """What redesign.json holds is enough: nothing has to be computed again."""
    made = written(holidays=(dt.date(2026, 10, 12),))
    record = json.loads(json.dumps(made.cadence.to_dict()))

    assert made.data == calendar_of(record, engagement="acme", client="Acme", as_of=dt.date(2026, 10, 1))
