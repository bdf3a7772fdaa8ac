from __future__ import annotations

import pandas as pd
import pytest

from gapkit.diagnosis.indicators.measured import share_of
from gapkit.diagnosis.levers.single_source_of_truth import assess, joined


def program(number, **more):
    """An open program with plan, owner, date and goal on record."""
    return {"program_id": f"P{number:02d}", "status": "in_progress", "actual_start": "2026-05-01", "goal_id": "G1",
            "committed_at": "2026-04-01", "current_end": "2026-08-01", "owners_now": "Ana", **more}  # fmt: skip


def update(number, day):
    return {"program_id": f"P{number:02d}", "field": "stage", "at": f"{day} 10:00", "new": "x"}


def check(number, match):
    return {"program_id": f"P{number:02d}", "field": "end", "match": match}


def test_the_three_parts_by_hand(told):
    """Ten open programs, four of which lack one thing each; half of them seen in the last 14 days; 8 of 10 entries right.

    100 · (.6 · .5 · .8) ** (1/3) = 62.1.
    """
    gaps = [{"goal_id": None}, {"owners_now": None}, {"current_end": None}, {"committed_at": None, "origin": "planned"}]
    programs = [*(program(k, **gap) for k, gap in enumerate(gaps)), *(program(k) for k in range(4, 10))]
    programs.append(program(50, status="delivered", actual_end="2026-06-01", owners_now=None))
    events = [update(k, "2026-07-02" if k < 5 else "2026-07-01") for k in range(10)]
    checks = [check(k, k < 8) for k in range(10)]
    found = assess(told(programs=programs, status_events=events, record_checks=checks))

    assert [(0.6, 10), (0.5, 10), (0.8, 10)] == [(sign.value, sign.n) for sign in found.indicators]
    assert pytest.approx(100 * (0.6 * 0.5 * 0.8) ** (1 / 3)) == found.activity.value
    assert found.activity.low < 62.1 < found.activity.high
    assert ("partly in place", "B", ("behaviour",)) == (found.verdict, found.grade, found.sources)


def test_the_geometric_mean_is_exact_on_the_data():
    """(.6 · .5 · .8) ** (1/3), whatever programs the three shares are about."""
    ids = pd.Series([f"P{k}" for k in range(10)])
    parts = [share_of("program", ids, ids.index.to_series() < n) for n in (6, 5, 8)]

    assert pytest.approx(100 * (0.6 * 0.5 * 0.8) ** (1 / 3)) == joined(parts).value


def test_a_plan_quarter_a_priority_and_an_update_stamp_will_do(told):
    """Another way of saying the same counts the same."""
    programs = [
        program(k, committed_at=None, plan_quarter="2026Q3", goal_id=None, priority_id="PR1", updated_at="2026-07-14 09:00")
        for k in range(10)
    ]
    found = assess(told(programs=programs, record_checks=[check(k, True) for k in range(10)]))

    assert [1.0, 1.0, 1.0] == [sign.value for sign in found.indicators]
    assert "in place" == found.verdict


def test_programs_not_begun_need_no_update(told):
    """Ten in flight were updated; ten that start in August have nothing to say yet, and count as complete."""
    programs = [program(k) for k in range(10)]
    programs += [program(k, status="not_started", actual_start=None) for k in range(10, 20)]
    found = assess(told(programs=programs, status_events=[update(k, "2026-07-10") for k in range(10)]))

    assert [(1.0, 20), (1.0, 10)] == [(sign.value, sign.n) for sign in found.indicators[:2]]


@pytest.mark.parametrize("missing", ["status_events", "record_checks"])
def test_one_part_missing_leaves_no_score(told, missing):
    """Two of three parts are no source of truth; what is measured is shown all the same."""
    rows = {
        "status_events": [update(k, "2026-07-10") for k in range(10)],
        "record_checks": [check(k, True) for k in range(10)],
    }
    del rows[missing]
    found = assess(told(programs=[program(k) for k in range(10)], **rows))

    assert ("not assessable", None) == (found.verdict, found.activity)
    assert "would switch this on" in found.sentence
    assert "100 % of open programs" in found.sentence
