from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit import schema
from gapkit.baseline.flow import flow_efficiency, share_limits, stage_time, visits_in_window

START, END = dt.date(2026, 1, 1), dt.date(2026, 1, 31)
OPEN = pd.Series(dtype="datetime64[us]")  # no program has ended


def visit(program, stage, kind, entered, left):
    return {"program_id": program, "stage": stage, "kind": kind, "entered_at": entered, "left_at": left}


def test_visits_are_clipped_to_the_window_and_open_ones_run_to_its_end(table):
    """Begun before the window counts from its first day; still open counts to the end of its last."""
    visits = table(
        "stage_visits",
        visit("A", "draft", "work", "2025-12-20 00:00", "2026-01-03 00:00"),
        visit("A", "review", "approval", "2026-01-30 00:00", None),
        visit("B", "draft", "work", "2025-12-01 00:00", "2025-12-20 00:00"),
    )

    found = visits_in_window(visits, START, END, OPEN)

    assert list(found[["program_id", "days", "is_active", "is_open"]].itertuples(index=False, name=None)) == [
        ("A", 2.0, True, False),
        ("A", 2.0, False, True),
    ]


def test_an_open_visit_ends_with_its_program(table):
    """Nobody waits for the approval of what was delivered: the forgotten visit ends on the day of delivery."""
    visits = table("stage_visits", visit("A", "approve", "approval", "2026-01-05 00:00", None))

    found = visits_in_window(visits, START, END, pd.Series({"A": pd.Timestamp("2026-01-06")}))

    assert [2.0] == found["days"].tolist()


def test_a_day_without_midnight_still_begins(config):
    """Where the clocks skip midnight the window begins at the first moment there is."""
    visits = schema.empty("stage_visits", "America/Havana")

    assert visits_in_window(visits, dt.date(2026, 3, 8), dt.date(2026, 3, 9), OPEN).empty


def test_flow_efficiency_is_active_over_all_stage_time(table, config):
    """Ten programs with one day of work and three of waiting each: a quarter, without any spread."""
    rows = []
    for number in range(10):
        rows.append(visit(f"P{number}", "draft", "work", "2026-01-05 00:00", "2026-01-06 00:00"))
        rows.append(visit(f"P{number}", "review", "approval", "2026-01-06 00:00", "2026-01-09 00:00"))

    found = flow_efficiency(
        visits_in_window(table("stage_visits", *rows), START, END, OPEN), config.settings, seed=1, period=""
    )

    assert (found.value, found.low, found.high, found.n) == (0.25, 0.25, 0.25, 10)


def test_nine_programs_are_too_few_and_none_is_not_measured(table, config):
    """Thin and missing stage history give different answers."""
    rows = [visit(f"P{n}", "draft", "work", "2026-01-05", "2026-01-06") for n in range(9)]
    thin = flow_efficiency(
        visits_in_window(table("stage_visits", *rows), START, END, OPEN), config.settings, seed=1, period=""
    )
    none = flow_efficiency(visits_in_window(table("stage_visits"), START, END, OPEN), config.settings, seed=1, period="")

    assert (thin.status, none.status) == ("thin", "not_assessable")


def test_stages_of_a_handful_are_gathered(table, config):
    """A stage that fewer than five programs passed gets no row of its own, and the shares still add up."""
    rows = [visit(f"P{n}", "draft", "work", "2026-01-05", "2026-01-07") for n in range(10)]
    rows += [
        visit("P1", "legal", "approval", "2026-01-07", "2026-01-17"),
        visit("P2", "brand", "approval", "2026-01-07", "2026-01-08"),
    ]

    found = stage_time(visits_in_window(table("stage_visits", *rows), START, END, OPEN), config.settings, seed=1)

    assert list(found[["stage", "programs"]].itertuples(index=False, name=None)) == [("draft", 10), ("other stages", 2)]
    assert found["share"].sum() == pytest.approx(1)
    assert (found["low"] <= found["share"]).all()


@given(st.lists(st.lists(st.floats(0.1, 50), min_size=3, max_size=3), min_size=2, max_size=10))
def test_limits_of_shares_stay_inside_zero_and_one(rows):
    """A share is a share in every replicate."""
    import numpy as np

    low, high = share_limits(np.array(rows), 200, seed=1)

    assert ((low >= 0) & (low <= high) & (high <= 1)).all()
