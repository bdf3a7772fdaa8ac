from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from gapkit.baseline.outcomes import judge_programs
from gapkit.cost.spend import carriers, read_spend, run_share

START = dt.date(2026, 1, 1)


@pytest.fixture
def spent(engage, promised):
    """Spend of some programs (given by id, with what differs) and entries of costs, as of 15 July 2026."""

    def build(programs, costs=(), *, counts_labour=True):
        rows = [promised(program, **more) for program, more in programs.items()]
        eng = engage(programs=rows, costs=[{"category": "media", "incurred_at": "2026-02-01", **row} for row in costs])
        judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
        return read_spend(eng, judged, START, counts_labour=counts_labour)

    return build


def test_parts_and_merged_programs_are_carried_by_another(table):
    """A part belongs to its program, a merged one to its survivor, also over two steps; a part of nothing to nobody."""
    programs = table(
        "programs",
        {"program_id": "A"},
        {"program_id": "B", "status": "merged", "parent_id": "A"},
        {"program_id": "C", "level": "deliverable", "parent_id": "B"},
        {"program_id": "D", "level": "deliverable"},
        {"program_id": "E", "level": "deliverable", "parent_id": "F"},
        {"program_id": "F", "level": "deliverable", "parent_id": "E"},
    )

    assert {"A": "A", "B": "A", "C": "A"} == carriers(programs, pd.Index(["A"])).dropna().to_dict()


def test_entries_of_the_window_are_added_up_by_program(spent):
    """A program's entries in the window count, those before do not; what is on no program stands apart."""
    found = spent({"A": {}}, [
        {"program_id": "A", "amount": 100.0, "recoverable": 0.2},
        {"program_id": "A", "amount": 50.0, "category": "rework"},
        {"program_id": "A", "amount": 70.0, "incurred_at": "2025-12-31"},
        {"amount": 30.0, "category": "tool"},
    ])  # fmt: skip

    assert (150.0, 130.0, 50.0) == tuple(found.programs.loc["A", ["amount", "sunk", "rework"]])
    assert (30.0, 3, 0.0) == (found.other, found.entries, found.imputed_share)


def test_a_refund_takes_back_but_never_below_zero(spent):
    """An amount paid back is no longer spent; more back than paid is nothing spent, no gain, and counted."""
    found = spent({"A": {}, "B": {}}, [
        {"program_id": "A", "amount": 100.0}, {"program_id": "A", "amount": -40.0, "recoverable": 0.5},
        {"program_id": "B", "amount": 10.0}, {"program_id": "B", "amount": -40.0}, {"amount": -5.0},
    ])  # fmt: skip

    assert [60.0, 0.0] == found.programs["amount"].tolist()
    assert [60.0, 0.0] == found.programs["sunk"].tolist()
    assert (0.0, 35.0) == (found.other, found.overpaid)


def test_money_of_a_merged_program_is_its_survivors(spent):
    """What was spent on B before it became part of A was spent on A."""
    found = spent({"A": {}, "B": {"status": "merged", "parent_id": "A"}}, [{"program_id": "B", "amount": 40.0}])

    assert {"A": 40.0} == found.programs["amount"].to_dict()
    assert 0.0 == found.other


def test_without_entries_the_budget_spent_is_spread_over_the_run(spent):
    """Ran 1 December to 31 January, half of it in the window: 31 of 62 days of 6,200."""
    about = {"actual_start": "2025-12-01", "actual_end": "2026-01-31", "status": "delivered", "budget_spent": 6200.0}
    found = spent({"A": about}).programs

    assert (3100.0, 3100.0) == tuple(found.loc["A", ["amount", "sunk"]])


def test_an_unknown_spend_is_the_median_of_its_type(spent):
    """Web programs spent 10, 20 and 60, so the fourth is taken as 20; email has none known and takes the median of all."""
    known = {f"W{k}": {"budget_spent": amount} for k, amount in enumerate((10.0, 20.0, 60.0))}
    found = spent(known | {"W3": {}, "E": {"type": "email"}, "N": {"actual_start": None, "status": "not_started"}})

    assert (20.0, 20.0, 0.0) == tuple(found.programs.loc[["W3", "E", "N"], "amount"])
    assert 2 / 5 == found.imputed_share
    assert not found.programs.loc["N", "ran"]


def test_without_any_record_there_is_no_spend(spent):
    """Not recorded is not zero."""
    assert spent({"A": {}}) is None


def test_labour_is_counted_once(spent):
    """Entries booked as labour are spend where hours have no price, and left out where they have."""
    rows = [{"program_id": "A", "amount": 100.0, "category": "labour"}, {"program_id": "A", "amount": 10.0}]

    assert (110.0, 100.0) == ((found := spent({"A": {}}, rows)).programs.loc["A", "amount"], found.labour)
    assert (10.0, 0.0) == ((found := spent({"A": {}}, rows, counts_labour=False)).programs.loc["A", "amount"], found.labour)


def test_run_share_is_zero_outside_the_window():
    """Over before it began, or never started: no day of it lies inside."""
    judged = pd.DataFrame({
        "actual_start": pd.to_datetime(["2025-10-01", None, "2026-01-01", "2025-12-31"]),
        "actual_end": pd.to_datetime(["2025-12-31", None, "2026-01-01", None]),
        "cancelled_at": pd.to_datetime([None, None, None, "2026-01-01"]),
    })  # fmt: skip

    assert [0.0, 0.0, 1.0, 0.5] == run_share(judged, START, dt.date(2026, 7, 15)).tolist()
