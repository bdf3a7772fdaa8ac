from __future__ import annotations

import datetime as dt
import json
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.baseline import estimate_baseline
from gapkit.redesign.cadence.cadence import plan_cadence
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.priorities.priorities import align_priorities
from gapkit.redesign.simplify import simplify
from gapkit.redesign.slas.slas import propose_slas
from gapkit.survey import read_survey

PRIORITIES = [{"priority_id": name, "label": label, "official_rank": rank} for rank, (name, label) in
              enumerate([("A", "New members"), ("B", "Renewals"), ("C", "A podcast")], start=1)]  # fmt: skip
PROGRAM = {
    "committed_at": "2026-05-01",
    "baseline_end": "2026-08-20",
    "status": "in_progress",
    "actual_start": "2026-05-04",
}


def cut(eng, decided=None):
    decided = decided or Decided()
    d = SimpleNamespace(baseline=estimate_baseline(eng), survey=read_survey(eng))
    return simplify(eng, align_priorities(eng, d, decided), plan_cadence(eng, d, decided))


@pytest.fixture
def simplified(engage):
    """The page of a small organisation with three priorities and two programs for each."""

    def build(decided=None, *, priorities=PRIORITIES, scale="smb", reviews=(), dependencies=()):
        programs = [{"program_id": f"{name}{k}", "priority_id": name, **PROGRAM} for name in "ABC" for k in (1, 2)]
        eng = engage({"scale": scale, "started_on": dt.date(2026, 5, 18)}, programs=programs, priorities=list(priorities),
                     reviews=list(reviews), dependencies=list(dependencies))  # fmt: skip
        return cut(eng, decided)

    return build


def test_two_priorities_stay_and_what_serves_neither_stops(simplified):
    """Of three in official order the first two, with the two programs of the third to stop."""
    found = simplified()

    assert (2, ("New members", "Renewals"), ("A podcast",)) == (found.limit, found.keep, found.drop)
    assert ["C1", "C2"] == found.programs["program_id"].tolist()
    assert (
        "Keep 2 priorities (New members and Renewals); stop 1 other priority and 2 open programs; run the week on a Monday "
        "check-in of 30 minutes."
    ) == found.sentence


def test_the_check_in_fits_on_one_page_and_into_half_an_hour(simplified):
    """Four questions: what was due, what is stuck, what gets finished, what came up; five, ten, ten and five minutes."""
    found = simplified()

    assert [5, 10, 10, 5] == [item.minutes for item in found.agenda]
    assert "Monday check-in, every Monday at 09:30, 30 minutes" == found.when


@pytest.mark.parametrize("minutes", [5, 20, 45, 60])
def test_the_agenda_fills_the_time_decided(simplified, minutes):
    """Whatever the length, the points sum to it."""
    decided = Decided({"cadence": {"weekly": {"status": "agreed", "length_minutes": minutes, "weekday": "Tuesday"}}})
    found = simplified(decided)

    assert minutes == sum(item.minutes for item in found.agenda)
    assert "Tuesday check-in" in found.sentence


@pytest.mark.parametrize("scale", ["mid", "enterprise"])
def test_larger_organisations_are_not_cut_down(simplified, scale):
    """There is no such page for any other scale."""
    assert simplified(scale=scale) is None


def test_meetings_that_stop_are_on_the_page(simplified):
    """A small organisation has no quarterly meeting."""
    reviews = [{"review_id": f"R{k}", "series": "quarterly", "scheduled_at": at, "held_at": at, "decisions": 1}
               for k, at in enumerate(pd.date_range("2026-01-05 10:00", periods=12, freq="W-MON"))]  # fmt: skip

    assert ("quarterly meetings",) == simplified(reviews=reviews).meetings


def test_decisions_count(simplified):
    """The podcast stays and renewals go; one program of renewals is kept all the same."""
    decided = Decided({"priorities": {
        "C": {"status": "agreed", "rank": 2, "keep": True}, "B": {"status": "agreed", "rank": 3, "keep": False},
        "stop B1": {"status": "declined"},
    }})  # fmt: skip
    found = simplified(decided)

    assert (("New members", "A podcast"), ("Renewals",)) == (found.keep, found.drop)
    assert ["B2"] == found.programs["program_id"].tolist()


def test_keeping_more_than_it_can_carry_is_said(simplified):
    """Three agreed where two are the most."""
    found = simplified(Decided({"priorities": {"C": {"status": "agreed", "rank": 3, "keep": True}}}))

    assert found.sentence.startswith("Cut 3 priorities to 2 priorities; ")


def test_what_others_wait_for_is_settled_first(simplified):
    """A program that is kept waits for one that is to stop."""
    found = simplified(dependencies=[{"from_id": "C1", "to_id": "A1"}])

    assert "Programs that are kept wait for 1 program to stop: settle that first." in found.caveats


def test_without_priorities_or_check_in_the_page_says_what_is_missing(simplified):
    """No priority on record, and the check-in declined: plain sentences, no exception."""
    found = simplified(Decided({"cadence": {"weekly": {"status": "declined"}}}), priorities=())

    assert found.sentence.startswith("Which one or two priorities to keep is not known")
    assert ((), "") == (found.agenda, found.when)
    assert 2 == len(found.caveats)


@pytest.mark.parametrize("scale", ["smb", "mid", "enterprise"])
def test_synthetic_organisations_of_every_scale_have_times_a_calendar_and_their_page(synthetic, scale):
    """Each gets what its scale asks for, as plain data; the page is for the small one only."""
    eng = synthetic(scale)
    d = SimpleNamespace(baseline=estimate_baseline(eng))
    slas, cadence, page = propose_slas(eng, d, Decided()), plan_cadence(eng, d, Decided()), cut(eng)

    assert slas.proposals()
    assert (scale == "smb") == (page is not None)
    json.dumps([slas.to_dict(), cadence.to_dict(), page.to_dict() if page else None], allow_nan=False)
