from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.cost.delay import estimate_delay, season_weeks, weeks_late

START, AS_OF = dt.date(2026, 1, 1), dt.date(2026, 7, 15)


def baseline(*rows: dict):
    """Promised programs, due on 1 March and delivered on 15 March unless said otherwise."""
    usual = {"frozen_end": "2026-03-01", "actual_end": "2026-03-15", "status": "delivered", "group": "committed",
             "quarter_end": "2026-03-31"}  # fmt: skip
    frame = pd.DataFrame([{**usual, **row} for row in rows], index=pd.Index([f"P{k}" for k in range(len(rows))]))
    for column in ("frozen_end", "actual_end", "quarter_end"):
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
    return SimpleNamespace(judged=frame, start=START, as_of=AS_OF)


def programs(*values: tuple[float | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame({"program_id": [f"P{k}" for k in range(len(values))],
                         "value_per_week": pd.Series([v for v, _ in values], dtype=float),
                         "value_profile": pd.Series([p for _, p in values], dtype="str")})  # fmt: skip


@pytest.mark.parametrize(
    ("row", "weeks"),
    [
        ({}, 2),
        ({"actual_end": "2026-02-20"}, 0),  # early
        ({"actual_end": None, "status": "in_progress", "frozen_end": "2026-07-01"}, 2),  # overdue and open
        ({"frozen_end": "2025-11-01", "actual_end": "2026-01-15"}, 2),  # late since before the window
        ({"actual_end": None, "status": "cancelled"}, 0),  # never to come
        ({"group": "unplanned"}, 0),  # nothing was promised
        ({"actual_end": None}, 0),  # delivered on an unknown day
        ({"frozen_end": None}, 0),
    ],
)
def test_weeks_late_lie_in_the_window_and_after_the_promise(row, weeks):
    """From the promise to delivery, or to today; two weeks of them in each case that counts."""
    assert weeks == weeks_late(baseline(row)).iloc[0]


def test_a_season_ends_with_the_quarter_promised():
    """Due on 1 March, delivered in July: for a season only the 30 days to the end of March count."""
    made = baseline({"actual_end": "2026-07-01"})

    assert 30 / 7 == pytest.approx(season_weeks(made, weeks_late(made)).iloc[0])


def test_seasonal_value_is_lost_whole(config):
    """Ten programs, two weeks late at 100 a week: 2,000 in every draw but for which programs are drawn."""
    found = estimate_delay(programs(*[(100.0, "seasonal")] * 10), baseline(*[{}] * 10), config, period="2026").result

    assert (2000.0, 2000.0, 2000.0) == (found.value, found.low, found.high)
    assert (10, "ok", "money", 0.90) == (found.n, found.status, found.unit, found.level)


def test_seasonal_value_after_its_season_is_not_lost_again(config):
    """Delivered in July: only the 30 days from 1 March to the end of the quarter promised count."""
    late = baseline(*[{"actual_end": "2026-07-01"}] * 10)
    found = estimate_delay(programs(*[(100.0, "seasonal")] * 10), late, config, period="2026").result

    assert 10 * 100 * 30 / 7 == pytest.approx(found.value)


@pytest.mark.parametrize(("profile", "low", "high"), [("durable", 0, 600), ("perishable", 600, 2000), (None, 0, 600)])
def test_other_value_is_lost_in_part(config, profile, low, high):
    """Durable 0 to 30 %, perishable 30 to 100 % of 2,000; without a profile the mildest."""
    found = estimate_delay(programs(*[(100.0, profile)] * 10), baseline(*[{}] * 10), config, period="2026").result

    assert low <= found.low < found.value < found.high <= high


def test_what_is_missing_is_said(config):
    """Programs without a margin are left out and counted; without any margin nothing is measured; four are too few."""
    late = baseline(*[{}] * 6)
    some = estimate_delay(programs(*[(100.0, "durable")] * 5, (None, None)), late, config, period="2026").result
    few = estimate_delay(programs(*[(100.0, "durable")] * 4, *[(None, None)] * 2), late, config, period="2026").result
    none = estimate_delay(programs(*[(None, None)] * 6), late, config, period="2026")

    assert "1 late program of 6 without a margin per week left out." in some.caveats
    assert ("thin", "not_assessable") == (few.status, none.result.status)
    assert "value_per_week" in none.result.caveats[0]
    assert () == none.assumptions


def test_nothing_late_costs_nothing(config):
    """All on time: zero, which is measured."""
    on_time = baseline(*[{"actual_end": "2026-02-01"}] * 10)
    found = estimate_delay(programs(*[(100.0, "durable")] * 10), on_time, config, period="2026").result

    assert (0.0, "ok") == (found.value, found.status)


def test_assumptions_name_their_owner(config):
    """Every share of margin stands in the ledger with a range, a source and somebody to ask."""
    found = estimate_delay(programs(*[(100.0, "durable")] * 10), baseline(*[{}] * 10), config, period="2026").assumptions

    assert any(one.value == "10 % (0 % to 30 %)" and "default" in one.source for one in found)
    assert all(one.owner for one in found)
