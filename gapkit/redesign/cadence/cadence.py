"""The operating cadence: which meetings run from now on, on which dates, and which of today's stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.diagnosis.teams import NO_TEAM, OTHER_TEAMS, shown_teams
from gapkit.plain import plain, plain_rows
from gapkit.redesign.cadence import wording as words
from gapkit.redesign.cadence.dates import Slot, frame_of, place, planned_days, second_week
from gapkit.redesign.cadence.series import TIMES, WEEKDAYS, Meeting, Rhythm, meetings
from gapkit.redesign.cadence.stops import STOP, judge_series
from gapkit.redesign.decisions.rules import NOTE, Rule
from gapkit.vocabulary import PHASE_DAYS

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided

DAYS_AHEAD: Final = 90
# A longer rhythm keeps its time: it is rarer, and more people have to be there.
RANK: Final = {"quarterly": 0, "monthly": 1, "fortnightly": 2, "weekly": 3}
FIELDS: Final[Mapping[str, Rule]] = MappingProxyType({
    "weekday": Rule("choice", "day of the week", WEEKDAYS),
    "time": Rule("choice", "when it begins, local time", TIMES),
    "length_minutes": Rule("whole", "how long it lasts, in minutes", lowest=5, highest=480),
    "starts_on": Rule("date", "no date before this day; every second week counts from it"),
    "note": NOTE,
})  # fmt: skip


@dataclass(frozen=True)
class Series:
    """One series of the calendar, as it holds.

    Attributes
    ----------
    id, name : str
        Its word in decisions.yml, and as people say it.
    rhythm : {"weekly", "fortnightly", "monthly", "quarterly"}
        How often.
    weekday, time : str
        Day of the week, and ``HH:MM`` where the organisation is.
    length_minutes : int
        How long.
    starts_on : date
        No date before it.
    attendance : tuple of str
        Who takes part, by role.
    seats : frozenset of str
        The same one by one; two series that share a seat do not overlap.
    questions : tuple of str
        What is asked each time.
    proposed : mapping
        weekday, time, length_minutes and starts_on as the method proposes them.
    note : str
        The client's words; empty for none.
    standing : {"proposed", "agreed", "declined"}
        What was decided; declined has no dates.
    """

    id: str
    name: str
    rhythm: Rhythm
    weekday: str
    time: str
    length_minutes: int
    starts_on: dt.date
    attendance: tuple[str, ...]
    seats: frozenset[str]
    questions: tuple[str, ...]
    proposed: Mapping[str, Any]
    note: str
    standing: str

    @property
    def when(self) -> str:
        """Rhythm, time and length in words."""
        return words.when(self.rhythm, self.weekday, self.time, self.length_minutes)

    @property
    def is_decided(self) -> bool:
        """Whether somebody agreed to it or changed its time."""
        return self.standing == "agreed" or any(getattr(self, name) != value for name, value in self.proposed.items())

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        data = {name: plain(getattr(self, name)) for name in self.__dataclass_fields__ if name not in ("proposed", "seats")}
        return {**data, "when": self.when, "proposed": plain(dict(self.proposed))}


@dataclass(frozen=True)
class Cadence:
    """The calendar.

    Attributes
    ----------
    tz : str
        Zone of all times.
    first_on, last_on : date
        The days the dates are made for.
    series : tuple of Series
        The series, the most frequent first; `held` are those not declined.
    stops : DataFrame
        Today's series from `cadence.stops.judge_series`, with standing; empty without reviews on record.
    dates : DataFrame
        From `cadence.dates.frame_of`, in order of time.
    sentence : str
        What starts and what stops.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    tz: str
    first_on: dt.date
    last_on: dt.date
    series: tuple[Series, ...]
    stops: pd.DataFrame = field(repr=False)
    dates: pd.DataFrame = field(repr=False)
    sentence: str
    caveats: tuple[str, ...]

    @property
    def held(self) -> tuple[Series, ...]:
        """The series that hold: proposed or agreed, not declined."""
        return tuple(one for one in self.series if one.standing != "declined")

    @property
    def to_stop(self) -> pd.DataFrame:
        """The rows of `stops` that are to stop and were not declined."""
        return self.stops.loc[self.stops["advice"].eq(STOP) & self.stops["standing"].ne("declined")]

    def proposals(self) -> dict[str, dict[str, Any]]:
        """Return what is proposed, by id: each series, and under ``stop <series>`` those of today that stop."""
        stopped = self.stops.loc[self.stops["advice"] == STOP, "series"]
        return {
            **{one.id: {**one.proposed, "note": None} for one in self.series},
            **{f"{STOP} {name}": {"note": None} for name in stopped},
        }

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `cadence` of `redesign.json` holds it."""
        return {
            "tz": self.tz,
            "first_on": self.first_on.isoformat(),
            "last_on": self.last_on.isoformat(),
            "series": [one.to_dict() for one in self.series],
            "stops": plain_rows(self.stops),
            "dates": plain_rows(self.dates),
            "sentence": self.sentence,
            "caveats": list(self.caveats),
        }


def plan_cadence(eng: Engagement, diagnosis: Diagnosis, decided: Decided) -> Cadence:
    """Plan the meetings of the ninety days after the redesign.

    Parameters
    ----------
    eng : Engagement
        Supplies scale, zone, working days, reviews, and the units of an enterprise.
    diagnosis : Diagnosis
        Supplies the window today's meetings are judged in.
    decided : Decided
        Its section ``cadence``: weekday, time, length_minutes, starts_on and note by id; today's series that stop under
        ``stop <series>``.

    Returns
    -------
    Cadence
        It needs no data: without reviews on record only what to stop is not known.

    Notes
    -----
    Dates begin on day 61, or on the day after the data is read where day 1 is not known. Days off go to the next business
    day. Where two series of one role meet, what was decided keeps its time, then what is held more rarely.
    """
    first = first_day(eng)
    last = first + dt.timedelta(days=DAYS_AHEAD - 1)
    series = tuple(_series(one, eng, first, decided) for one in meetings(eng.scale, _units(eng)))
    held = [one for one in series if one.standing != "declined"]
    slots = [slot for one in sorted(held, key=_precedence) for slot in _slots(one, eng, first, last)]
    judged = judge_series(eng, diagnosis.baseline.start, {one.rhythm for one in series})
    stops = judged.assign(standing=[decided.standing("cadence", f"{STOP} {name}") for name in judged["series"]])
    placed = place(slots, eng.config)
    found = Cadence(eng.config.tz, first, last, series, stops, frame_of(placed, eng.config.tz), "", ())
    gone = sorted(_decided_elsewhere(decided, found))
    return Cadence(eng.config.tz, first, last, series, stops, found.dates, words.sentence(found),
                   words.caveats(found, gone, planned=len(slots)))  # fmt: skip


def first_day(eng: Engagement) -> dt.date:
    """Return the first day of the calendar: day 61, never a day that is over."""
    after = eng.as_of + dt.timedelta(days=1)
    if eng.config.started_on is None:
        return after
    return max(after, eng.config.started_on + dt.timedelta(days=PHASE_DAYS["measure"][0] - 1))


def _units(eng: Engagement) -> list[str]:
    """Return the teams of an enterprise that run programs, those too small to be named as one; empty where none is."""
    teams = eng.programs["team"]
    often = teams.map(teams.value_counts()) >= eng.config.settings.min_n_counts
    named = shown_teams(teams[often], eng.people, eng.config.min_group)
    units = sorted(str(name) for name in named.unique() if name != NO_TEAM)
    return [] if units == [OTHER_TEAMS] else units


def _series(meeting: Meeting, eng: Engagement, first: dt.date, decided: Decided) -> Series:
    """Return a series with what was decided about it."""
    given = decided.entry("cadence", meeting.id)
    usual = _working(meeting.weekday, eng.config.weekmask)
    start = second_week(usual, first) if meeting.rhythm == "fortnightly" else first
    proposed = {
        "weekday": usual, "time": meeting.time, "length_minutes": meeting.length_minutes, "starts_on": start,
    }  # fmt: skip
    holds: dict[str, Any] = {name: given.get(name) or value for name, value in proposed.items()}
    return Series(
        id=meeting.id,
        name=meeting.name.format(holds["weekday"]) if "{}" in meeting.name else meeting.name,
        rhythm=meeting.rhythm,
        weekday=str(holds["weekday"]),
        time=str(holds["time"]),
        length_minutes=int(holds["length_minutes"]),
        starts_on=dt.date.fromisoformat(str(holds["starts_on"])),
        attendance=meeting.attendance,
        seats=meeting.seats,
        questions=meeting.questions,
        proposed=MappingProxyType(proposed),
        note=str(given.get("note") or ""),
        standing=decided.standing("cadence", meeting.id),
    )


def _working(weekday: str, weekmask: str) -> str:
    """Return a day of the week, or the next one on which people work.

    Examples
    --------
    >>> _working("Monday", "1111100"), _working("Friday", "1111001")
    ('Monday', 'Sunday')
    """
    place = WEEKDAYS.index(weekday)
    return next(WEEKDAYS[day % 7] for day in range(place, place + 7) if weekmask[day % 7] == "1")


def _precedence(one: Series) -> tuple[bool, int, str]:
    return not one.is_decided, RANK[one.rhythm], one.id


def _slots(one: Series, eng: Engagement, first: dt.date, last: dt.date) -> list[Slot]:
    """Return the dates of a series as its rhythm asks for them."""
    days = planned_days(one.rhythm, one.weekday, one.starts_on, first, last, eng.config.fiscal_start_month)
    at, length = dt.time.fromisoformat(one.time), dt.timedelta(minutes=one.length_minutes)
    begins = [(period, day, dt.datetime.combine(day, at)) for period, day in days]
    return [Slot(one.id, one.name, one.seats, period, day, start, start + length) for period, day, start in begins]


def _decided_elsewhere(decided: Decided, found: Cadence) -> set[str]:
    """Return the entries that were decided and are of no series of today's calendar."""
    known = {*(one.id for one in found.series), *(f"{STOP} {name}" for name in found.stops["series"])}
    return {
        name for name, fields in decided.sections.get("cadence", {}).items()
        if name not in known and (fields.get("status", "proposed") != "proposed" or set(fields) - {"status"})
    }  # fmt: skip
