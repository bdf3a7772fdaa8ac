from __future__ import annotations

import datetime as dt

import pytest

from gapkit.baseline.execution import execution_rates, rates_by, undated_share
from gapkit.baseline.outcomes import judge_programs

AS_OF = dt.date(2026, 7, 15)
PLAN = {"committed_at": "2026-01-02", "baseline_end": "2026-02-20"}
ON_TIME = {**PLAN, "status": "delivered", "actual_end": "2026-02-20", "to_spec": "yes"}
LATE = {**PLAN, "status": "delivered", "actual_end": "2026-03-20", "to_spec": "yes"}
AFTER = {**PLAN, "status": "delivered", "actual_end": "2026-05-20", "to_spec": "yes", "current_end": "2026-05-20"}
OPEN = {**PLAN, "status": "in_progress", "actual_start": "2026-01-20", "current_end": "2026-10-20"}


@pytest.fixture
def rates(table, config):
    """The delivery rates of 2026Q1 for programs given as (count, row)."""

    def build(*parts, quarters=("2026Q1",), recorded=True):
        rows = [row for count, row in parts for _ in range(count)]
        programs = table("programs", *({"program_id": f"P{i:03d}", **row} for i, row in enumerate(rows)))
        judged, _ = judge_programs(programs, table("status_events"), config, AS_OF)
        return execution_rates(judged, quarters, config.settings, seed=1, delivery_recorded=recorded)

    return build


def test_all_rates_share_the_frozen_plan_as_denominator(rates):
    """Forty programs: 16 in time, 8 late in the quarter, 8 in the next quarter, 8 open with a date after the summer."""
    found = rates((16, ON_TIME), (8, LATE), (8, AFTER), (8, OPEN))

    counts = {name: (found[name].events, found[name].n) for name in ("execution_rate", "on_time_rate", "otif_rate",
              "to_spec_rate", "within_horizon_rate", "execution_rate_latest_plan")}  # fmt: skip
    assert counts == {
        "execution_rate": (24, 40),
        "on_time_rate": (16, 40),
        "otif_rate": (16, 40),
        "to_spec_rate": (32, 32),
        "within_horizon_rate": (24, 40),
        "execution_rate_latest_plan": (32, 32),
    }


def test_a_promise_in_its_days_of_grace_is_in_no_rate_by_the_day(table, changed):
    """Due on 31 March with 14 days of grace and read on 2 April: neither kept nor broken yet, delivered or not."""
    due = {"committed_at": "2026-01-02", "baseline_end": "2026-03-31"}
    soon = [{**due, "status": "in_progress"}] * 8 + [{**due, "status": "delivered", "actual_end": "2026-03-31"}] * 8
    rows = [{"program_id": f"P{i:03d}", **row} for i, row in enumerate([ON_TIME] * 20 + [OPEN] * 10 + soon)]
    config, day = changed(grace_days=14), dt.date(2026, 4, 2)
    judged, _ = judge_programs(table("programs", *rows), table("status_events"), config, day)
    found = execution_rates(judged, ("2026Q1",), config.settings, seed=1, delivery_recorded=True)

    assert (20, 30) == (found["on_time_rate"].events, found["on_time_rate"].n)
    assert 46 == found["execution_rate"].n


def test_flattery_is_the_latest_plan_minus_the_frozen_one(rates):
    """32 of 32 against the latest plan, 24 of 40 against the frozen one: 40 points."""
    flattery = rates((16, ON_TIME), (8, LATE), (8, AFTER), (8, OPEN))["redating_flattery"]

    assert flattery.value == pytest.approx(0.40)
    assert flattery.low < 0.40 < flattery.high
    assert "8 programs re-dated beyond the last complete quarter" in flattery.caveats[0]


def test_a_tracker_without_deliveries_is_not_measured_and_never_zero(rates):
    """No delivery anywhere means that nobody wrote deliveries down."""
    found = rates((40, OPEN), recorded=False)

    assert {"not_assessable"} == {result.status for result in found.values()}
    assert {None} == {result.value for result in found.values()}


def test_few_programs_give_counts_and_no_percentage(rates):
    """Nine programs are counted; a percentage starts at ten."""
    nine, ten = rates((9, ON_TIME))["execution_rate"], rates((10, ON_TIME))["execution_rate"]

    assert (nine.status, nine.value, nine.events, nine.n) == ("thin", None, 9, 9)
    assert (ten.status, ten.value) == ("ok", 1.0)


def test_unknown_dates_widen_the_interval_to_worst_and_best_case(rates):
    """40 in time, 12 on an unknown day, 18 not: between 57 and 74 % (worked example of the method)."""
    found = rates((40, ON_TIME), (12, {**PLAN, "status": "delivered"}), (18, OPEN))["on_time_rate"]

    assert found.value == pytest.approx(40 / 70)
    assert found.low < 40 / 70
    assert found.high > 52 / 70
    assert "between 57 % (none of them met) and 74 % (all met)" in found.caveats[0]


def test_unknown_specification_leaves_otif_unmeasured(rates):
    """Without any acceptance record OTIF is not measured, while on time is."""
    found = rates((20, {**PLAN, "status": "delivered", "actual_end": "2026-02-20"}))

    assert (found["otif_rate"].status, found["on_time_rate"].status) == ("not_assessable", "ok")


def test_dates_that_are_unknown_are_not_called_re_dated(rates):
    """Nothing moved and a third of the days is unknown: no flattery, and nobody was re-dated."""
    found = rates((20, ON_TIME), (10, {**PLAN, "status": "delivered", "current_end": "2026-02-20"}))["redating_flattery"]

    assert (0.0, ()) == (found.value, found.caveats)


def test_the_horizon_counts_only_programs_whose_horizon_is_over(rates):
    """All were delivered on the day; those due last week are not judged yet, and nobody counts as failed."""
    due = {"committed_at": "2026-07-02", "baseline_end": "2026-07-10", "status": "delivered", "actual_end": "2026-07-10"}
    found = rates((12, ON_TIME), (12, due), quarters=("2026Q1", "2026Q3"))["within_horizon_rate"]

    assert (12, 12) == (found.events, found.n)


def test_of_a_handful_not_even_counts_are_shown(rates):
    """Four programs are too few, five give x of n."""
    four, five = rates((4, ON_TIME))["execution_rate"], rates((5, ON_TIME))["execution_rate"]

    assert (None, 5) == (four.events, five.events)


def test_commitments_without_a_date_have_a_share_of_their_own(table, config):
    """Ten of forty commitments carry no planned end."""
    rows = [PLAN] * 30 + [{"committed_at": "2026-01-02"}] * 10
    programs = table("programs", *({"program_id": f"P{i:02d}", **row} for i, row in enumerate(rows)))
    judged, _ = judge_programs(programs, table("status_events"), config, AS_OF)

    found = undated_share(judged, config.settings, period="")

    assert (10, 40) == (found.events, found.n)


def test_weighted_rates_weigh_by_the_planned_amount(rates):
    """One large late program outweighs nine small ones in time: 9 of 10 programs, half of the budget."""
    found = rates((9, {**ON_TIME, "budget_planned": 10.0}), (1, {**AFTER, "budget_planned": 90.0}))

    assert found["execution_rate"].value == 0.9
    assert found["execution_rate_budget_weighted"].value == 0.5
    assert found["execution_rate_points_weighted"].status == "not_assessable"


def test_otif_never_exceeds_on_time_and_on_time_never_exceeds_execution_here(rates):
    """On time and to spec is part of on time, which here is part of delivered in the quarter."""
    found = rates((10, ON_TIME), (5, {**ON_TIME, "to_spec": "no"}), (5, LATE), (5, OPEN))

    assert found["otif_rate"].value <= found["on_time_rate"].value <= found["execution_rate"].value


def test_groups_below_the_minimum_come_back_thin(table, config):
    """A type with three programs shows no percentage."""
    rows = [{**ON_TIME, "type": "web"}] * 12 + [{**ON_TIME, "type": "email"}] * 3
    programs = table("programs", *({"program_id": f"P{i}", **row} for i, row in enumerate(rows)))
    judged, _ = judge_programs(programs, table("status_events"), config, AS_OF)

    found = rates_by(judged, ("2026Q1",), "type", config.settings)

    assert {name: result.status for name, result in found.items()} == {"email": "thin", "web": "ok"}


def test_the_order_of_programs_changes_nothing(table, config):
    """Shuffled rows give the same results to the last digit."""
    rows = [ON_TIME] * 16 + [LATE] * 8 + [OPEN] * 8
    programs = table(
        "programs", *({"program_id": f"P{i:03d}", "budget_planned": float(i + 1), **row} for i, row in enumerate(rows))
    )
    shuffled = programs.sample(frac=1, random_state=3)
    found = []
    for frame in (programs, shuffled):
        judged, _ = judge_programs(frame, table("status_events"), config, AS_OF)
        found.append(execution_rates(judged, ("2026Q1",), config.settings, seed=1, delivery_recorded=True))

    assert found[0] == found[1]
