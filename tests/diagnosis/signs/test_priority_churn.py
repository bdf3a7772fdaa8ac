from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.diagnosis.signs.priority_churn import churn_by_quarter, priority_churn

PROGRAM = {"program_id": "P"}


def priority(name, first=None, last=None):
    return {"priority_id": name, "label": name, "from": first, "to": last}


def test_churn_is_the_share_of_all_priorities_that_did_not_stay(told):
    """Freezes on 8 October, 8 January, 8 April, 8 July: a, b, c, then b left for d, then nothing, then all but c and d.

    2026Q1: 2 of {a, b, c, d} stayed, 1 − 2/4. 2026Q2: 1 − 3/3. 2026Q3: {a, c, d} became {c, d}, 1 − 2/3.
    """
    rows = [
        priority("a", "2025-01-01", "2026-06-30"), priority("b", "2025-01-01", "2025-12-31"),
        priority("c", "2025-01-01"), priority("d", "2026-01-01"),
    ]  # fmt: skip
    result, table = priority_churn(told(programs=[PROGRAM], priorities=rows))

    assert ["2026Q1", "2026Q2", "2026Q3"] == table["quarter"].tolist()
    assert [0.5, 0.0, pytest.approx(1 / 3)] == table["churn"].tolist()
    assert [2, 3, 2] == table["kept"].tolist()
    assert (pytest.approx((0.5 + 0 + 1 / 3) / 3), 3, None) == (result.value, result.n, result.low)


def test_quarters_before_the_register_are_not_compared(told):
    """A register that begins in February 2026 says nothing about the plans of January and before."""
    result, table = priority_churn(told(programs=[PROGRAM], priorities=[priority("a", "2026-02-01")]))

    assert ["2026Q3"] == table["quarter"].tolist()
    assert 0.0 == result.value


def test_a_register_that_begins_with_the_last_freeze_is_too_young(told):
    """One plan alone cannot have changed."""
    result, table = priority_churn(told(programs=[PROGRAM], priorities=[priority("a", "2026-06-01")]))

    assert ("not_assessable", 0) == (result.status, len(table))
    assert "begins too late" in result.caveats[0]


@pytest.mark.parametrize("rows", [[], [priority("a"), priority("b")]], ids=["no table", "no dates"])
def test_without_dates_nothing_can_be_said_about_change(told, rows):
    """A list of priorities without days is not a list that never changes."""
    result, _ = priority_churn(told(programs=[PROGRAM], priorities=rows))

    assert "not_assessable" == result.status
    assert "would switch this on" in result.caveats[0]


def test_a_blank_beginning_means_from_the_beginning(told):
    """One priority without a first day reaches back; the register is then complete."""
    rows = [priority("a"), priority("b", "2026-04-01")]
    _, table = priority_churn(told(programs=[PROGRAM], priorities=rows))

    assert ["2026Q1", "2026Q2", "2026Q3"] == table["quarter"].tolist()
    assert [0.0, 0.5, 0.0] == table["churn"].tolist()


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=6))
def test_churn_lies_between_nothing_and_everything(spans):
    """Whatever the register holds, a share is a share, and two equal days see no change."""
    day = pd.Timestamp("2025-01-01")
    rows = pd.DataFrame({
        "priority_id": [str(k) for k in range(len(spans))],
        "from": [day + pd.Timedelta(days=min(span)) for span in spans],
        "to": [day + pd.Timedelta(days=max(span)) for span in spans],
    })  # fmt: skip
    later = day + pd.Timedelta(days=400)
    table = churn_by_quarter(rows, [("changed", later, later - pd.Timedelta(days=90)), ("same", later, later)])

    assert table["churn"].between(0, 1).all()
    assert (table.loc[table["quarter"] == "same", "churn"] == 0).all()
