from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.diagnosis.claims.decision_distance import budget_deviation, drift_parts, slip_within_horizon, trial

# SciPy's documentation of somersd: hotel cleanliness (rows) and guest satisfaction (columns), D = .60328.
HOTEL = [[27, 25, 14, 7, 0], [7, 14, 18, 35, 12], [1, 3, 2, 7, 17]]


def scope(program: str, at: str) -> dict[str, object]:
    return {"program_id": program, "at": at, "field": "scope", "old": "as briefed", "new": "other audience"}


@pytest.fixture
def hotel(fleet):
    """The table of SciPy's documentation as programs: rows are distances, columns ever worse matches with the intent."""
    return [program for distance, row in enumerate(HOTEL) for worse, n in enumerate(row)
            for program in fleet(n, n, decision_distance=distance, intent_match=4.0 - worse)]  # fmt: skip


def test_somers_d_is_that_of_the_documentation(case, hotel):
    """D(drift | distance) of a published table."""
    found = trial(case(programs=hotel))

    assert 0.60328 == round(found.effect.value, 5)
    assert found.effect.low > 0.4
    assert found.p_value < 0.005


def test_the_facts_count_near_and_far_and_pairs_that_rise_and_fall(case, hotel):
    """30 programs are two levels away, 159 nearer; the two shares of pairs differ by D and leave the ties out."""
    found = trial(case(programs=hotel))
    table = np.array(HOTEL)
    differ = sum(table[a].sum() * table[b].sum() for a, b in ((0, 1), (0, 2), (1, 2)))
    rise = sum(table[a, i] * table[b, j] for a, b in ((0, 1), (0, 2), (1, 2)) for i in range(5) for j in range(i + 1, 5))

    assert found.facts.startswith("Among 30 programs decided 2 or more levels away and 159 decided nearer")
    assert f"more in {round(100 * rise / differ)} % of pairs" in found.facts
    assert [30, 159] == [figure.result.n for figure in found.groups]


def test_shuffled_within_types_an_association_between_types_is_none(case, fleet):
    """Far programs are launches and drift, near ones are emails and do not: within a type nothing is left to see."""
    rows = [*fleet(20, 20, type="launch", decision_distance=3, intent_match=1.0),
            *fleet(20, 20, type="email", decision_distance=0, intent_match=4.0)]  # fmt: skip
    found = trial(case(programs=rows))

    assert 1.0 == found.effect.value
    assert 1.0 == found.p_value


def test_scope_counts_from_the_brief_to_the_due_day(case, fleet):
    """Changed before the brief, after it, after the due day; never; and a program the log does not know."""
    names = ["before", "after", "too late", "never", "unknown"]
    rows = [row for name in names for row in fleet(1, 1, program_id=name, brief_approved_at="2026-01-20")]
    events = [scope("before", "2026-01-15"), scope("after", "2026-02-15"), scope("too late", "2026-03-11"),
              {"program_id": "never", "at": "2026-01-15", "field": "stage", "new": "copy"}]  # fmt: skip
    parts = drift_parts(case(programs=rows, status_events=events))

    assert {"after": 1.0, "before": 0.0, "never": 0.0, "too late": 0.0} == parts["scope"].dropna().to_dict()


def test_without_a_brief_scope_counts_from_the_planned_start(case, fleet):
    """A change before the planned start of 10 January belongs to the planning."""
    rows = [*fleet(1, 1, program_id="P1"), *fleet(1, 1, program_id="P2")]
    parts = drift_parts(case(programs=rows, status_events=[scope("P1", "2026-01-09"), scope("P2", "2026-01-11")]))

    assert [0.0, 1.0] == parts["scope"].tolist()


def test_drift_is_the_mean_of_the_parts_that_are_known(case, fleet):
    """Scope changed and half the intent lost is .75; the intent alone is .5."""
    rows = [*fleet(1, 1, program_id="P1", intent_match=2.0), *fleet(1, 1, program_id="P2", intent_match=2.0)]
    drift = drift_parts(case(programs=rows, status_events=[scope("P1", "2026-02-01")])).mean(axis=1)

    assert [0.75, 0.5] == drift.tolist()


def test_slip_stops_at_the_horizon(case, fleet):
    """Ten days late, cancelled, still open (the whole horizon of 30 days), and due too recently to be judged."""
    rows = [
        *fleet(0, 1, program_id="late"),
        *fleet(0, 1, program_id="cancelled", status="cancelled", cancelled_at="2026-02-01", actual_end=None),
        *fleet(0, 1, program_id="open", status="in_progress", actual_end=None),
        *fleet(1, 1, program_id="recent", baseline_end="2026-07-01", actual_end="2026-07-01"),
    ]
    slip = slip_within_horizon(case(programs=rows))

    assert {"cancelled": 30.0, "late": 10.0, "open": 30.0} == slip.dropna().to_dict()


def test_budget_deviation_is_of_delivered_programs_with_a_budget(case, fleet):
    """20 % over; a budget of nothing and an unfinished program say nothing."""
    rows = [
        *fleet(1, 1, program_id="over", budget_planned=100.0, budget_spent=120.0),
        *fleet(1, 1, program_id="none", budget_planned=0.0, budget_spent=120.0),
        *fleet(0, 1, program_id="open", budget_planned=100.0, budget_spent=50.0, status="in_progress", actual_end=None),
    ]
    deviation = budget_deviation(case(programs=rows)).dropna()

    assert ["over"] == deviation.index.tolist()
    assert 0.2 == round(deviation["over"], 6)


def test_secondary_outcomes_are_shown_where_there_is_enough(case, fleet):
    """All far programs are late and none of the near ones: slip rises in every pair; nobody recorded spending."""
    rows = [*fleet(0, 12, decision_distance=2, intent_match=3.0), *fleet(12, 12, decision_distance=0, intent_match=3.0)]
    found = trial(case(programs=rows))

    assert [("days late, up to the horizon", 1.0)] == [(label, result.value) for label, result in found.secondary]


@pytest.mark.parametrize(
    ("column", "words"), [("decision_distance", "decision_distance"), ("intent_match", "Changes of scope")]
)
def test_what_is_missing_is_named(case, fleet, column, words):
    """Distance or drift: whichever is absent would switch the claim on."""
    rows = [{**row, column: None} for row in fleet(10, 20, decision_distance=1, intent_match=3.0)]
    found = trial(case(programs=rows))

    assert "not_assessable" == found.effect.status
    assert words in found.effect.caveats[0]


def test_programs_all_at_one_distance_are_too_little(case, fleet):
    """Nine programs farther away do not make a group."""
    rows = [*fleet(30, 30, decision_distance=1, intent_match=3.0), *fleet(9, 9, decision_distance=2, intent_match=1.0)]
    found = trial(case(programs=rows))

    assert "thin" == found.effect.status
    assert "39 programs" in found.effect.caveats[0]


def test_programs_without_distance_are_counted_as_left_out(case, fleet):
    """Nothing is dropped silently, and what drift rests on is said."""
    rows = [*fleet(12, 12, decision_distance=0, intent_match=4.0), *fleet(12, 12, decision_distance=2, intent_match=1.0),
            *fleet(3, 3, intent_match=1.0)]  # fmt: skip
    found = trial(case(programs=rows))

    assert "Drift runs from 0 to 1 and rests on how far the result fell short of the intent, as rated." == found.caveats[0]
    assert "3 programs left out: distance or drift is not known." == found.caveats[1]


def test_row_order_does_not_matter(case, hotel):
    """The same programs in another order give the same figures."""
    shuffled = pd.DataFrame(hotel).sample(frac=1, random_state=3).to_dict("records")

    assert trial(case(programs=hotel)).effect == trial(case(programs=shuffled)).effect
