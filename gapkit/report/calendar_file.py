"""The calendar of the redesign as a file that Outlook, Google and Apple import: `cadence.ics`.

Each date is an event of its own, since dates move around days off. Times are local with the zone beside them, so that a
meeting at ten stays at ten when the clocks change.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.engagement import Engagement
    from gapkit.redesign.cadence.cadence import Cadence

FILE: Final = "cadence.ics"
PRODUCT: Final = "-//gapkit//cadence//EN"
# Outlook wants to see summer and winter time of the zone, also where all dates lie in one of them.
YEAR: Final = dt.timedelta(days=366)


def write_calendar(cadence: Cadence, eng: Engagement) -> bytes:
    """Return the calendar as the bytes of an iCalendar file; see `calendar_of`.

    Parameters
    ----------
    cadence : Cadence
        From `redesign.cadence.plan_cadence`.
    eng : Engagement
        Of the same engagement; its name, its client and the day the data is read at.
    """
    return calendar_of(cadence.to_dict(), engagement=eng.name, client=eng.config.client, as_of=eng.as_of)


def calendar_of(cadence: Mapping[str, Any], *, engagement: str, client: str, as_of: dt.date) -> bytes:
    """Return the calendar of a finished redesign as the bytes of an iCalendar file.

    Parameters
    ----------
    cadence : mapping
        ``cadence`` of `redesign.json`: tz, first_on, last_on, series, dates.
    engagement, client : str
        Name of the engagement's folder, which the events are known by, and of the client, for the calendar's name.
    as_of : date
        The day the data was read at.

    Returns
    -------
    bytes
        One event per date, UTF-8, lines ended and folded as RFC 5545 asks. The same calendar gives the same bytes.

    Notes
    -----
    An event is known by engagement, series and the week, month or quarter it is for: one that moves within it is imported
    as the same event. Its stamp is the day the data was read at.

    References
    ----------
    RFC 5545, Internet calendaring and scheduling core object specification (iCalendar).
    """
    calendar = Calendar()
    # Properties outside the standard are written as they are given, so the text has to say that it is text.
    name = vText(f"{_printable(client)}: operating cadence")
    for key, value in {
        "prodid": PRODUCT, "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH",
        "x-wr-calname": name, "x-wr-timezone": cadence["tz"],
    }.items():  # fmt: skip
        calendar.add(key, value)
    calendar.add_component(_zone(cadence))
    series = {one["id"]: one for one in cadence["series"]}
    stamp = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    for row in cadence["dates"]:
        calendar.add_component(_event(row, series[row["series"]], engagement, ZoneInfo(cadence["tz"]), stamp))
    return bytes(calendar.to_ical())


def _zone(cadence: Mapping[str, Any]) -> Timezone:
    """Return the rules of the zone over the days of the calendar and a year on both sides."""
    last = max([cadence["last_on"], *(row["ends_at"][:10] for row in cadence["dates"])])
    first, last = (dt.date.fromisoformat(day) for day in (cadence["first_on"], last))
    return Timezone.from_tzid(cadence["tz"], first_date=first - YEAR, last_date=last + YEAR)


def _event(row: Mapping[str, str], series: Mapping[str, Any], engagement: str, zone: ZoneInfo, stamp: dt.datetime) -> Event:
    event = Event()
    event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(["gapkit", engagement, series["id"], row["period_on"]]))))
    event.add("dtstamp", stamp)
    for key, moment in (("dtstart", row["starts_at"]), ("dtend", row["ends_at"])):
        event.add(key, dt.datetime.fromisoformat(moment).astimezone(zone))
    event.add("summary", _printable(series["name"]))
    event.add("description", _printable(_description(series, row["moved"])))
    return event


def _description(series: Mapping[str, Any], moved: str) -> str:
    """Return who takes part and what is asked, for the body of the invitation."""
    asked = [f"{number}. {text}" for number, text in enumerate(series["questions"], 1)]
    lines = [f"Who: {', '.join(series['attendance'])}", *asked, *([f"Moved because of: {moved}"] if moved else [])]
    return "\n".join([*lines, *([series["note"]] if series["note"] else [])])


def _printable(text: str) -> str:
    """Return text without control characters, which the format forbids; line breaks and tabs stay."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
