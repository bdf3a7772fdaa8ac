from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from gapkit.diagnosis.claims.surprise_work import count_interruptions, trial

AS_OF = dt.date(2026, 7, 15)


def surprise(name: str, day: str, team: str = "Brand") -> dict[str, object]:
    return {"program_id": name, "origin": "unplanned", "actual_start": day, "status": "in_progress", "team": team}


def status(program: str, day: str, new: str, old: str = "in_progress") -> dict[str, object]:
    return {"program_id": program, "at": day, "field": "status", "old": old, "new": new}


@pytest.fixture
def counted(engage, judged):
    """Interruptions and program-days after and before, in windows of 14 days, the log beginning on 1 January."""

    def find(rows, *events, days=14):
        eng = engage(programs=rows, status_events=[status(rows[0]["program_id"], "2026-01-01", "not_started"), *events])
        return count_interruptions(eng.status_events, judged(eng).judged, AS_OF, days).to_numpy().tolist()

    return find


def test_days_are_counted_from_the_start_on_and_up_to_the_day_before(counted, fleet):
    """One program runs from 10 January to 10 March, a surprise on 1 February: 14 program-days after, 14 before."""
    rows = [*fleet(1, 1, program_id="P1"), surprise("S1", "2026-02-01")]
    pauses = [status("P1", day, "paused") for day in ("2026-02-01", "2026-02-14", "2026-02-15", "2026-01-31", "2026-01-18")]

    assert [[2, 14], [2, 14]] == counted(rows, *pauses)


def test_the_day_fourteen_days_before_is_the_first_that_counts(counted, fleet):
    """18 January is day 14 before 1 February, 17 January is not."""
    rows = [*fleet(1, 1, program_id="P1"), surprise("S1", "2026-02-01")]

    assert 1 == counted(rows, status("P1", "2026-01-18", "blocked"), status("P1", "2026-01-17", "paused"))[1][0]


def test_overlapping_windows_are_merged_and_after_goes_before_before(counted, fleet):
    """Surprises on 1 and 8 February: 21 days after (1 to 21), and before the first one 14; none counts twice."""
    rows = [*fleet(1, 1, program_id="P1"), surprise("S1", "2026-02-01"), surprise("S2", "2026-02-08")]

    assert [[1, 21], [0, 14]] == counted(rows, status("P1", "2026-02-05", "paused"))


def test_only_committed_work_of_the_same_team_counts(counted, fleet):
    """Another team's program and the surprises themselves are not interrupted by this one."""
    rows = [*fleet(1, 1, program_id="P1"), *fleet(1, 1, program_id="P2", team="Web"), surprise("S1", "2026-02-01")]

    assert [[0, 14], [0, 14]] == counted(rows, status("P2", "2026-02-03", "paused"), status("S1", "2026-02-03", "paused"))


def test_days_on_which_a_program_is_not_in_progress_are_no_program_days(counted, fleet):
    """Started on 10 January and finished on 10 March: of a surprise on 15 January only 5 days lie before it."""
    rows = [*fleet(1, 1, program_id="P1"), surprise("S1", "2026-01-15")]

    assert [[0, 14], [0, 5]] == counted(rows)


def test_blocked_after_paused_is_one_interruption(counted, fleet):
    """A program that stands still already is not stopped again."""
    rows = [*fleet(1, 1, program_id="P1"), surprise("S1", "2026-02-01")]

    assert 1 == counted(rows, status("P1", "2026-02-02", "paused"), status("P1", "2026-02-03", "blocked", "paused"))[0][0]


def test_the_ratio_is_the_exact_one(case, fleet):
    """Ten surprises far apart in ten teams, 12 interruptions after and 4 before on equal days: ratio 3, binomial p .077."""
    rows, events = [], []
    for k in range(10):
        rows += [*fleet(1, 2, team=f"T{k}"), surprise(f"S{k}", "2026-02-01", f"T{k}")]
    names = [row["program_id"] for row in rows if "origin" not in row]
    events = [status(names[0], "2026-01-01", "not_started")]
    events += [status(name, "2026-02-03", "paused") for name in names[:12]]
    events += [status(name, "2026-01-25", "paused") for name in names[12:16]]
    found = trial(case(programs=rows, status_events=events))

    assert 3.0 == found.effect.value
    assert 0.0768 == round(found.p_value, 4)  # 2 · P(X ≥ 12), X binomial (16, ½)
    assert "12 times on 280 program-days" in found.facts
    assert "4 times on 280" in found.facts


def test_few_interruptions_are_too_little(case, fleet):
    """Nine of them around two surprises show nothing."""
    rows = [*fleet(5, 9), surprise("S1", "2026-02-01"), surprise("S2", "2026-02-02")]
    events = [status(row["program_id"], "2026-02-03", "paused") for row in rows[:9]]
    found = trial(case(programs=rows, status_events=events))

    assert "thin" == found.effect.status
    assert "2 unplanned starts and 9 interruptions around them; 10 are needed of each." == found.effect.caveats[0]


def test_without_a_history_of_statuses_it_is_not_assessable(case, fleet):
    """No log, no interruptions: not measured, which is not none."""
    assert "not_assessable" == trial(case(programs=fleet(5, 9))).effect.status


def test_interruptions_at_random_show_no_displacement(case, fleet):
    """Surprises and pauses that have nothing to do with each other: the ratio is near one and its interval holds one."""
    rng = np.random.default_rng(8)
    rows = [row for k in range(6) for row in fleet(10, 20, team=f"T{k}")]
    names = [row["program_id"] for row in rows]
    rows += [surprise(f"S{k}{j}", f"2026-02-{rng.integers(1, 26):02d}", f"T{k}") for k in range(6) for j in range(3)]
    days = rng.integers(0, 58, 150)
    events = [status(str(rng.choice(names)), str(np.datetime64("2026-01-11") + day), "paused") for day in days.tolist()]
    found = trial(case(programs=rows, status_events=events))

    assert 0.6 < found.effect.value < 1.7
    assert found.effect.low < 1 < found.effect.high
