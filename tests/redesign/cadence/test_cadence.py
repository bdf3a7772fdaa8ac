from __future__ import annotations

import datetime as dt
import json
from itertools import combinations
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapkit.redesign.cadence.cadence import FIELDS, plan_cadence
from gapkit.redesign.cadence.series import TIMES, WEEKDAYS
from gapkit.redesign.cadence.wording import NO_REVIEWS
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.decisions.values import read_value, typed

STARTED = {"started_on": dt.date(2026, 5, 18)}  # day 61 is 17 July 2026, a Friday
WINDOW = SimpleNamespace(baseline=SimpleNamespace(start=dt.date(2026, 1, 1)))


def entry(name, **fields):
    return Decided({"cadence": {name: {"status": "agreed", **fields}}})


@pytest.fixture
def planned(engage):
    """The calendar of an engagement read on 15 July 2026 whose day 61 is 17 July."""

    def build(decided=None, reviews=(), programs=(), people=(), **changes):
        eng = engage({**STARTED, **changes}, programs=list(programs) or [{"program_id": "P"}], reviews=list(reviews),
                     people=list(people))  # fmt: skip
        return plan_cadence(eng, WINDOW, decided or Decided())

    return build


def days(found, series):
    rows = found.dates.loc[found.dates["series"] == series, "starts_at"]
    return rows.dt.strftime("%Y-%m-%d").tolist()


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ("smb", [("Monday check-in", 30), ("Monthly look-back", 60)]),
        ("mid", [("Weekly review", 45), ("Monthly review", 90), ("Quarterly reset", 180)]),
        ("enterprise", [("Weekly review, each unit", 45), ("Cross-function review", 60), ("Monthly performance review", 90),
                        ("Quarterly strategy review", 180)]),
    ],
)  # fmt: skip
def test_the_calendar_is_that_of_the_scale(planned, scale, expected):
    """Series and length as the method gives them for each size of organisation."""
    found = planned(scale=scale)

    assert expected == [(one.name, one.length_minutes) for one in found.series]
    assert all(one.questions and one.attendance for one in found.series)


def test_dates_run_for_ninety_days_from_day_61(planned):
    """Thirteen Mondays, the first Thursdays of three months, and the Tuesday two weeks before October."""
    found = planned()

    assert (dt.date(2026, 7, 17), dt.date(2026, 10, 14)) == (found.first_on, found.last_on)
    assert 13 == len(days(found, "weekly"))
    assert ["2026-08-06", "2026-09-03", "2026-10-01"] == days(found, "monthly")
    assert ["2026-09-15"] == days(found, "quarterly")


def test_without_a_first_day_the_calendar_begins_tomorrow(planned):
    """Where day 1 is not known, and where day 61 is over, the day after the data is read."""
    assert dt.date(2026, 7, 16) == planned(started_on=None).first_on == planned(started_on=dt.date(2026, 1, 5)).first_on


def test_a_series_has_at_least_its_first_date(planned):
    """Two weeks before January is 15 December, beyond the ninety days; it is in the calendar all the same."""
    assert ["2026-12-15"] == days(planned(as_of=dt.date(2026, 9, 15), started_on=None), "quarterly")


def test_quarters_are_those_of_the_fiscal_year(planned):
    """With a year from February the quarter of 1 August is prepared on 14 July, which is over; that of 1 November later."""
    assert ["2026-10-13"] == days(planned(fiscal_start_month=2), "quarterly")


def test_days_off_go_to_the_next_business_day(planned):
    """Labor Day and the Monday after it: the weekly review takes place on Tuesday, and it is said."""
    found = planned(holidays=(dt.date(2026, 9, 7), dt.date(2026, 9, 14)))
    moved = found.dates.loc[found.dates["moved"].eq("day off")]

    assert ["2026-09-08", "2026-09-15"] == moved["starts_at"].dt.strftime("%Y-%m-%d").tolist()
    assert "2 dates moved from a day off to the next business day." in found.caveats


def test_of_two_dates_of_a_series_on_one_day_one_is_held(planned):
    """Two weeks shut down: Monday's review of the first would fall on the Monday after both, where the next one is."""
    off = tuple(dt.date(2026, 8, 3) + dt.timedelta(days=k) for k in range(14))
    found = planned(holidays=off)

    assert 1 == days(found, "weekly").count("2026-08-17")
    assert len(days(found, "weekly")) == len(set(days(found, "weekly"))) == 11
    assert any(text.startswith("2 dates left out") for text in found.caveats)


def test_where_people_work_from_sunday_the_week_begins_there(planned):
    """Friday and Saturday off: nothing is proposed on them, and nothing lands on them."""
    found = planned(weekmask="1111001", decided=entry("monthly", weekday="Friday"))

    assert {0, 1, 2, 3, 6} >= set(found.dates["starts_at"].dt.day_of_week)
    assert {6} == set(found.dates.loc[found.dates["series"] == "monthly", "starts_at"].dt.day_of_week)


def test_two_series_of_one_role_do_not_overlap(planned):
    """The monthly review decided for Mondays at 10:15: the weekly one, only proposed, waits until it is over."""
    found = planned(entry("monthly", weekday="Monday", time="10:15"))
    monday = found.dates.loc[found.dates["starts_at"].dt.strftime("%Y-%m-%d") == "2026-08-03"]

    assert [("monthly", "10:15", ""), ("weekly", "11:45", "another meeting")] == [
        (row.series, row.starts_at.strftime("%H:%M"), row.moved) for row in monday.itertuples()
    ]
    assert "3 dates moved so that nobody has to be in two meetings at once." in found.caveats


def test_what_would_not_be_over_by_the_evening_goes_to_the_next_day(planned):
    """Both in the late afternoon: the weekly review would end at 18:15, so it is held on Tuesday."""
    decided = Decided({"cadence": {"monthly": {"status": "agreed", "weekday": "Monday", "time": "16:00"},
                                   "weekly": {"status": "proposed", "time": "17:00"}}})  # fmt: skip
    found = planned(decided)

    assert "2026-08-03" in days(found, "monthly")
    assert "2026-08-04" in days(found, "weekly")


def test_units_of_an_enterprise_meet_at_the_same_time(planned):
    """Their roles differ; what leads of all units attend overlaps with none of their weekly reviews."""
    programs = [{"program_id": f"{team}{k}", "team": team} for team in ("Brand", "Web") for k in range(5)]
    found = planned(entry("fortnightly", weekday="Monday", time="10:00"), programs=programs, scale="enterprise")
    by_series = found.dates.set_index("series")["starts_at"].dt.strftime("%Y-%m-%d %H:%M")

    assert ["weekly Brand", "weekly Web", "fortnightly", "monthly", "quarterly"] == [one.id for one in found.series]
    assert by_series["weekly Brand"].tolist() == by_series["weekly Web"].tolist()
    assert set(by_series["weekly Brand"]).isdisjoint(by_series["fortnightly"])


def test_units_too_small_to_be_named_meet_together(planned):
    """Teams of two and three people hold theirs without their names; where all are small, each unit holds its own."""
    people = [{"person_id": f"{team}{k}", "role": "x", "team": team, "function": "x", "level": 2, "leadership": False}
              for team, n in (("Web", 6), ("Legal", 2), ("PR", 3)) for k in range(n)]  # fmt: skip
    programs = [{"program_id": f"{team}{k}", "team": team} for team in ("Web", "Legal", "PR") for k in range(5)]
    found = planned(programs=programs, people=people, scale="enterprise")

    small = planned(programs=programs[5:], people=people, scale="enterprise")

    assert [("weekly Web", "Weekly review, Web"), ("weekly other teams", "Weekly review, each smaller team")] == [
        (one.id, one.name) for one in found.series if one.rhythm == "weekly"
    ]
    assert ("weekly", "Weekly review, each unit") == (small.series[0].id, small.series[0].name)
    assert "Legal" not in json.dumps([found.to_dict(), small.to_dict()])


def test_a_decision_moves_the_dates_and_the_name(planned):
    """Tuesday at 08:30 for 20 minutes from September on."""
    decided = entry("weekly", weekday="Tuesday", time="08:30", length_minutes=20, starts_on="2026-09-01")
    found = planned(decided, scale="smb")
    first = found.dates.loc[found.dates["series"] == "weekly"].iloc[0]

    assert ("Tuesday check-in", "2026-09-01 08:30", 20) == (
        first["name"], first["starts_at"].strftime("%Y-%m-%d %H:%M"),
        (first["ends_at"] - first["starts_at"]).seconds // 60,
    )  # fmt: skip
    assert planned(scale="smb").proposals() == found.proposals()


def test_every_second_week_counts_from_the_day_decided(planned):
    """And a later run proposes the same weeks as an earlier one."""
    found = planned(entry("fortnightly", starts_on="2026-07-22"), scale="enterprise")
    early, late = (planned(scale="enterprise", as_of=dt.date(2026, 7, day), started_on=None) for day in (15, 22))

    assert ["2026-07-22", "2026-08-05", "2026-08-19"] == days(found, "fortnightly")[:3]
    assert set(days(late, "fortnightly")[:5]) <= set(days(early, "fortnightly"))


def test_a_declined_series_has_no_dates(planned):
    """It is listed as declined; with all of them declined the sentence says so."""
    one = planned(Decided({"cadence": {"quarterly": {"status": "declined"}}}))
    none = planned(Decided({"cadence": {name: {"status": "declined"} for name in ("weekly", "monthly", "quarterly")}}))

    assert (3, 2, []) == (len(one.series), len(one.held), days(one, "quarterly"))
    assert ("No meeting is to start: every series was declined.", 0) == (none.sentence, len(none.dates))


def test_a_decision_for_a_series_that_is_gone_is_named(planned):
    """A unit that no longer runs programs, and nothing for what nobody touched."""
    decided = Decided({"cadence": {"weekly Web": {"status": "agreed"}, "weekly PR": {"status": "proposed"}}})

    assert "Decided, and in no series of this calendar: weekly Web." in planned(decided).caveats


def review(k, series="weekly", *, held=True, decisions=1):
    at = pd.Timestamp("2026-01-05 10:00") + pd.Timedelta(weeks=k)
    return {"review_id": f"{series}{k}", "series": series, "scheduled_at": at, "held_at": at if held else None,
            "decisions": decisions if held else None}  # fmt: skip


def advice(found):
    return found.stops.set_index("series")["advice"].to_dict()


def test_what_rarely_takes_place_or_decides_nothing_is_to_stop(planned):
    """Ten of twenty dropped is the severe anchor of Cadence 1, fourteen of twenty without a decision that of F4."""
    rows = [review(k, held=k >= 10) for k in range(20)]
    rows += [review(k, "monthly", decisions=int(k >= 14)) for k in range(20)]
    rows += [review(k, "quarterly", decisions=int(k >= 13)) for k in range(20)]
    found = planned(reviews=rows)

    assert {"weekly": "stop", "monthly": "stop", "quarterly": "continue"} == advice(found)
    assert "10 of 20 dropped or moved (50 %); 0 of 10 meetings without a decision (0 %)." == found.stops["why"][0]
    assert ["stop weekly", "stop monthly"] == [name for name in found.proposals() if name.startswith("stop")]
    assert found.sentence.endswith("; stop 2 of today's 3: weekly meetings and monthly meetings.")


def test_a_rhythm_the_new_calendar_does_not_hold_is_to_stop(planned):
    """A small organisation has no quarterly meeting: the monthly look-back takes it over. Reviews of programs stay."""
    rows = [review(k, series) for series in ("quarterly", "program", "other") for k in range(20)]
    found = planned(reviews=rows, scale="smb")

    assert {"quarterly": "stop", "program": "keep", "other": "keep"} == advice(found)
    assert "monthly" == found.stops["becomes"][0]


def test_a_handful_of_meetings_is_not_judged(planned):
    """Four: too few to say. Nine, all dropped: the counts stand, without a share and without advice to stop."""
    found = planned(reviews=[review(k, held=False) for k in range(9)] + [review(k, "monthly") for k in range(4)])

    assert {"weekly": "continue", "monthly": "too few to say"} == advice(found)
    assert found.stops["off_share"].isna().all()
    assert "9 of 9 dropped or moved; decisions were not counted." == found.stops["why"][0]
    assert "Too few on record to judge: monthly meetings." in found.caveats


def test_a_stop_can_be_declined(planned):
    """The client keeps the meeting: it is not in the sentence any more."""
    rows = [review(k, held=k >= 10) for k in range(20)]
    found = planned(Decided({"cadence": {"stop weekly": {"status": "declined"}}}), reviews=rows)

    assert found.to_stop.empty
    assert "stop" not in found.sentence.replace("has to stop", "")


def test_without_reviews_the_calendar_stands(planned):
    """What to stop is not measured, and said; nothing else is missing."""
    found = planned()

    assert NO_REVIEWS in found.caveats
    assert len(found.dates) == 17


def test_proposals_pass_their_own_rules(planned):
    """What is written to decisions.yml would be read back as it is, at every scale."""
    fields = [(name, value) for scale in ("smb", "mid", "enterprise")
              for fields in planned(scale=scale).proposals().values() for name, value in fields.items()]  # fmt: skip
    read = [read_value(FIELDS[name], typed(value)) for name, value in fields]

    assert [str(value) for _, value in fields] == [str(value) for value in read]


def test_local_time_stays_when_the_clocks_change(planned):
    """Ten o'clock in summer and in winter time, four and five hours behind Greenwich."""
    found = planned(as_of=dt.date(2026, 10, 1), started_on=None).dates
    weekly = found.loc[found["series"] == "weekly", "starts_at"]

    assert {"10:00"} == set(weekly.dt.strftime("%H:%M"))
    assert {"-0400", "-0500"} == set(weekly.dt.strftime("%z"))


CHOICES = st.fixed_dictionaries({
    "status": st.sampled_from(["agreed", "proposed"]), "weekday": st.sampled_from(WEEKDAYS), "time": st.sampled_from(TIMES),
    "length_minutes": st.integers(5, 480),
})  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["weekly", "fortnightly", "monthly", "quarterly"]), CHOICES), st.randoms())
def test_nobody_is_in_two_meetings_at_once_whatever_is_decided(planned, chosen, random):
    """Any days, times and lengths, and days off by chance: no overlap of a role, nothing on a day off."""
    off = tuple(dt.date(2026, 7, 17) + dt.timedelta(days=random.randrange(90)) for _ in range(6))
    found = planned(Decided({"cadence": chosen}), scale="enterprise", holidays=off)
    seats = {one.id: one.seats for one in found.series}
    rows = list(found.dates.itertuples())

    assert not [(a, b) for a, b in combinations(rows, 2) if seats[a.series] & seats[b.series]
                and a.starts_at < b.ends_at and b.starts_at < a.ends_at]  # fmt: skip
    assert all(row.starts_at.day_of_week < 5 and row.starts_at.date() not in off for row in rows)
