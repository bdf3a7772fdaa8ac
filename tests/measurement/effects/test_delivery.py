from __future__ import annotations

import datetime as dt

import pytest

from gapkit.baseline.frozen import freeze, from_record
from gapkit.baseline.outcomes import judge_programs
from gapkit.measurement.effects import commitments_due, compare, estimate_effects
from gapkit.results import Result

AS_OF = dt.date(2026, 7, 15)
WINDOW = dt.date(2026, 4, 1), dt.date(2026, 6, 30)
PLAN = {"committed_at": "2026-04-01", "baseline_end": "2026-05-20"}


def before(events, n):
    rate = Result("on_time_rate", events / n, 0.0, 1.0, n=n, events=events, period="2025Q4 and 2026Q1")
    return {
        "execution_rate": Result("execution_rate", events / n, 0.0, 1.0, n=n, events=events, period="2025Q4 and 2026Q1"),
        "on_time_rate": rate,
        "otif_rate": Result("otif_rate", n=n, status="not_assessable"),
        "velocity_per_week": Result("velocity_per_week", 2.0, 1.4, 2.8, n=52, events=52, unit="per_week"),
    }


@pytest.fixture
def effects(table, changed):
    """Effects of 2026Q2 with the given counts on time, against a frozen on-time rate."""

    def build(frozen_counts, on_time, late, primary="on_time_rate"):
        config = changed(primary=primary)
        frozen = from_record(freeze(before(*frozen_counts), config, quarters=("2025Q4", "2026Q1"), working_weeks=26.0,
                                    as_of=dt.date(2026, 1, 30)))  # fmt: skip
        rows = [{**PLAN, "status": "delivered", "actual_end": "2026-05-20"}] * on_time + [
            {**PLAN, "status": "in_progress"}
        ] * late
        programs = table("programs", *({"program_id": f"P{i:03d}", **row} for i, row in enumerate(rows)))
        judged, _ = judge_programs(programs, table("status_events"), config, AS_OF)
        return {item.measure: item for item in
                estimate_effects(frozen, judged, config, AS_OF, WINDOW, delivery_recorded=True)}  # fmt: skip

    return build


def test_the_worked_example_of_the_method(effects):
    """31 of 62 before, 23 of 30 after: +27 pp, 95 % CI 5 to 43, improved, size uncertain."""
    found = effects((31, 62), 23, 7)["on_time_rate"]

    assert (found.judgement.verdict, found.judgement.qualification) == ("improved", "size uncertain")
    assert "31 of 62 before" in found.sentence
    assert "23 of 30 after" in found.sentence
    assert "+27 pp, 95 % CI +5 to +43 pp" in found.sentence
    assert found.sentence.endswith("other causes possible.")


def test_newcombe_and_boschloo_by_their_published_numbers():
    """56/70 v 48/80: .0524 to .3339 (Newcombe 1998b), Boschloo p .00884 with the periods as samples."""
    gap, p_value = compare(Result("r", 0.6, n=80, events=48), Result("r", 0.8, n=70, events=56), 1, 1)

    assert (round(gap.low, 4), round(gap.high, 4)) == (0.0524, 0.3339)
    assert p_value == pytest.approx(0.00884, abs=1e-5)


def test_velocity_is_compared_by_the_exact_rate_ratio():
    """11 in 800 v 21 in 3011: ratio 1.9715 (.8584 to 4.2773), p .0797 (R poisson.test)."""
    gap, p_value = compare(
        Result("velocity_per_week", 21 / 3011, 0, 1, n=21, events=21, unit="per_week"),
        Result("velocity_per_week", 11 / 800, 0, 1, n=11, events=11, unit="per_week"),
        3011,
        800,
    )

    assert (round(gap.value, 4), round(gap.low, 4), round(gap.high, 4)) == (0.9715, -0.1416, 3.2773)
    assert p_value == pytest.approx(0.0797, abs=1e-4)


def test_the_primary_measure_comes_first_and_alone_is_judged_by_its_interval(effects):
    """The others carry Holm-adjusted p-values."""
    found = effects((31, 62), 23, 7)

    assert next(iter(found)) == "on_time_rate"
    assert found["on_time_rate"].adjusted_p is None
    assert found["execution_rate"].adjusted_p is not None
    assert found["execution_rate"].adjusted_p >= found["execution_rate"].p_value


def test_too_little_data_and_not_measured_stay_apart(effects):
    """Eight commitments due give no verdict; a measure nobody recorded is not measured."""
    found = effects((31, 62), 5, 3)

    assert found["on_time_rate"].judgement.verdict == "too little data"
    assert found["otif_rate"].judgement.verdict == "not measured"
    assert "5 of 8 after" in found["on_time_rate"].sentence


def test_only_commitments_whose_day_has_passed_are_judged(table, config):
    """Due after the data was read: not yet; due before the window: no longer."""
    programs = table(
        "programs",
        {"program_id": "in", "committed_at": "2026-04-01", "baseline_end": "2026-06-30"},
        {"program_id": "before", "committed_at": "2026-01-01", "baseline_end": "2026-03-31"},
        {"program_id": "later", "committed_at": "2026-07-01", "baseline_end": "2026-07-20"},
        {"program_id": "added", "committed_at": "2026-05-01", "baseline_end": "2026-06-01"},
    )
    judged, _ = judge_programs(programs, table("status_events"), config, AS_OF)

    due = commitments_due(judged, dt.date(2026, 4, 1), dt.date(2026, 7, 31), AS_OF, 0)

    assert due.index.tolist() == ["in"]


def test_no_change_is_rarely_called_improved():
    """The same true rate before and after: improved at most 3.5 % of the time (simulated, 2,000 comparisons)."""
    import numpy as np

    from gapkit.measurement.verdict import judge_effect
    from gapkit.stats.differences import newcombe_difference

    rng = np.random.default_rng(7)
    improved = 0
    for first, second in zip(rng.binomial(60, 0.55, 2000), rng.binomial(30, 0.55, 2000), strict=True):
        gap = newcombe_difference(int(second), 30, int(first), 60)
        improved += judge_effect(gap.low, gap.high, 0.10, is_primary=True).verdict == "improved"

    assert improved / 2000 <= 0.035
