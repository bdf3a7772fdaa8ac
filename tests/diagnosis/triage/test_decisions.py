from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.diagnosis.triage.decisions import measure_decisions

BASELINE = SimpleNamespace(start=dt.date(2026, 1, 1))


def decision(number, days=None, asked="2026-03-02 09:00", **more):
    decided = pd.Timestamp(asked) + pd.offsets.BDay(days) if days is not None else None
    return {"decision_id": f"D{number:02d}", "asked_at": asked, "decided_at": decided, **more}


@pytest.fixture
def measured(engage):
    """Decisions measured as of 15 July 2026."""
    return lambda *rows: measure_decisions(engage(programs=[{"program_id": "P"}], decisions=list(rows)), BASELINE)


def test_open_decisions_are_censored_not_left_out(measured):
    """Ten taken after 4 business days, ten asked for yesterday and still open: the median is 4, as all of them would last
    that long."""
    rows = [*(decision(k, 4) for k in range(10)), *(decision(k, asked="2026-07-14 09:00") for k in range(10, 20))]
    found = measured(*rows)["decision_latency_days"]

    # Kaplan-Meier by hand: ten leave at 1 day; of the ten left all are taken at 4
    assert (4.0, 20, 10, "days") == (found.value, found.n, found.events, found.unit)


def test_decisions_that_mostly_stay_open_have_no_median(measured):
    """Ten of forty taken, thirty open for four months: not reached, with the days known so far as lower limit."""
    rows = [*(decision(k, 4) for k in range(10)), *(decision(k) for k in range(10, 40))]
    found = measured(*rows)["decision_latency_days"]

    assert (None, None, "ok") == (found.value, found.high, found.status)
    assert found.low > 90


def test_a_reversal_counts_within_sixty_days(measured):
    """Of twelve old enough two were taken back, one within 60 days; a decision of last week nobody can judge yet, unless it
    was taken back already."""
    old = [decision(k, 1) for k in range(10)]
    quick = decision(10, 1, reversed_at="2026-04-01 09:00")
    late = decision(11, 1, reversed_at="2026-07-01 09:00")
    fresh = decision(12, 1, asked="2026-07-06 09:00")
    undone = decision(13, 1, asked="2026-07-06 09:00", reversed_at="2026-07-09 09:00")
    found = measured(*old, quick, late, fresh, undone)["reversal_share"]

    assert (13, 2) == (found.n, found.events)
    assert 2 / 13 == found.value


def test_recorded_criteria_are_a_share_of_what_is_known(measured):
    """Six of twelve wrote them down; of three more it is not known, and they are in no denominator."""
    rows = [decision(k, 1, criteria_recorded=k < 6) for k in range(12)] + [decision(k, 1) for k in range(12, 15)]
    found = measured(*rows)["criteria_recorded_share"]

    assert (0.5, 12, 6) == (found.value, found.n, found.events)
    # Wilson limits of 6 of 12, from Newcombe's formula
    assert (0.2538, 0.7462) == (round(found.low, 4), round(found.high, 4))


def test_decisions_of_other_times_do_not_count(measured):
    """Asked for before the baseline quarters: not of this window, so nothing is measured and the table is asked for."""
    found = measured(*[decision(k, 1, asked="2025-11-03 09:00") for k in range(30)])

    assert {"not_assessable"} == {result.status for result in found.values()}
    assert all("table decisions" in result.caveats[0] for result in found.values())


def test_a_handful_is_too_little(measured):
    """Eight decisions: counted, not turned into a share or a median."""
    found = measured(*[decision(k, 1, asked="2026-02-02 09:00", criteria_recorded=True) for k in range(8)])

    assert {"thin"} == {result.status for result in found.values()}
    assert (8, 8) == (found["criteria_recorded_share"].n, found["criteria_recorded_share"].events)


def test_a_log_without_criteria_says_which_column_is_missing(measured):
    """Decisions are there, what was recorded about their criteria is not."""
    found = measured(*[decision(k, 1) for k in range(12)])["criteria_recorded_share"]

    assert "The column criteria_recorded of decisions would switch this on." == found.caveats[0]
