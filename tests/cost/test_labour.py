from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from gapkit.baseline.outcomes import judge_programs
from gapkit.cost.labour import hourly_rate, read_labour

START = dt.date(2026, 1, 1)
RATES = [{"role": "writer", "low": 50.0, "mode": 60.0, "high": 90.0}, {"role": "lead", "low": 80.0, "mode": 100.0,
         "high": 130.0}]  # fmt: skip


def person(number, role, team, fte=1.0):
    return {"person_id": f"P{number}", "role": role, "team": team, "function": "Marketing", "level": 2,
            "leadership": False, "fte": fte}  # fmt: skip


STAFF = [person(1, "writer", "Content"), person(2, "writer", "Web"), person(3, "lead", "Web")]


@pytest.fixture
def worked(engage, promised):
    """Labour of program A with some visits."""

    def build(*visits, people=STAFF, rates=RATES, **more):
        rows = [{"program_id": "A", "stage": "draft", "kind": "work", **visit} for visit in visits]
        eng = engage(programs=[promised("A", **more)], stage_visits=rows, people=list(people), rates=list(rates))
        judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
        return read_labour(eng, judged, START)

    return build


def test_an_hour_costs_what_its_team_costs(worked):
    """Ten hours of Content at 60, ten of Web at the mean of 60 and 100, ten of a team nobody lists at the mean of all."""
    found = worked(*[
        {"team": team, "work_hours": 10.0, "entered_at": "2026-02-02 09:00", "left_at": "2026-02-04 09:00"}
        for team in ("Content", "Web", "Agency")
    ])  # fmt: skip

    assert (30.0, 600 + 800 + 10 * 220 / 3) == pytest.approx(tuple(found.programs.loc["A", ["hours", "money"]]))


def test_a_visit_over_the_start_of_the_window_counts_in_part(worked):
    """Four days, one of them in January: a quarter of its hours."""
    found = worked({"work_hours": 8.0, "entered_at": "2025-12-29 00:00", "left_at": "2026-01-02 00:00"})

    assert 2.0 == found.programs.loc["A", "hours"]


def test_a_visit_without_duration_lies_in_the_window_or_not(worked):
    """Hours logged on one moment are not lost in a division by zero."""
    found = worked(
        {"work_hours": 3.0, "entered_at": "2026-02-02 09:00", "left_at": "2026-02-02 09:00"},
        {"work_hours": 5.0, "entered_at": "2025-02-02 09:00", "left_at": "2025-02-02 09:00"},
    )

    assert 3.0 == found.programs.loc["A", "hours"]


def test_rework_is_what_is_called_so_or_sent_back(worked):
    """Two hours of rework and one of an approval that sent the work back; a passed approval is none."""
    times = {"team": "Content", "entered_at": "2026-02-02 09:00", "left_at": "2026-02-03 09:00"}
    found = worked(
        {"kind": "rework", "work_hours": 2.0, **times},
        {"kind": "approval", "work_hours": 1.0, "returned": True, **times},
        {"kind": "approval", "work_hours": 1.0, "returned": False, **times},
    )

    assert (4.0, 3.0, 180.0) == tuple(found.programs.loc["A", ["hours", "rework_hours", "rework_money"]])


def test_held_up_is_waiting_for_somebody_else(worked):
    """Approval, partners and blockers hold a program up; a queue before the next own step does not."""
    days = {"approval": 1, "external": 2, "blocked": 3, "wait": 4, "work": 5}
    found = worked(*[
        {"kind": kind, "entered_at": "2026-02-02 00:00", "left_at": f"2026-02-{2 + n:02d} 00:00"}
        for kind, n in days.items()
    ])  # fmt: skip

    assert (6.0, 5.0) == tuple(found.programs.loc["A", ["held_days", "active_days"]])


def test_paid_hours_are_those_of_everybody(worked):
    """Two full-time people and one without a recorded working time, 38 hours, business days of the window / 5."""
    found = worked(people=[*STAFF[:2], person(3, "lead", "Web", None)])

    # 140 weekdays from 1 January to 15 July 2026, counted in a calendar
    assert (3.0, 28.0, 3 * 38 * 28.0) == (found.people, found.weeks, found.paid_hours)
    assert found.is_priced
    assert not found.is_logged


def test_what_is_not_recorded_is_not_priced(worked):
    """Without people, hours and rates there is nothing to multiply."""
    assert not worked(people=(), rates=RATES).is_priced
    assert not worked(people=STAFF, rates=()).is_priced
    assert worked(people=(), rates=()).paid_hours is None


def test_rates_without_people_count_alike():
    """No list of people: the mean over roles; roles without people do not matter once people are listed."""
    rates = pd.DataFrame(RATES)
    nobody = pd.DataFrame({"role": pd.Series(dtype="str"), "team": pd.Series(dtype="str"), "fte": []})
    rate = hourly_rate(rates, nobody)

    assert (65.0, 80.0, 110.0) == rate[:3]
    assert hourly_rate(rates.head(0), nobody) is None
