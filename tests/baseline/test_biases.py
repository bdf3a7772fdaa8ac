"""Ways in which honest-looking figures mislead, each on simulated programs without any true effect."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from gapkit.baseline.execution import execution_rates
from gapkit.baseline.outcomes import judge_programs

AS_OF = dt.date(2026, 7, 15)


@pytest.fixture
def two_like_quarters(table, config):
    """Four hundred programs a quarter, each taking lognormal(60 days) whatever its quarter; 2026Q2 has just ended."""
    rng = np.random.default_rng(3)
    rows = []
    for quarter, first in enumerate((dt.date(2026, 1, 2), dt.date(2026, 4, 2))):
        for number in range(400):
            start = first + dt.timedelta(days=int(rng.integers(0, 6)))
            end = start + dt.timedelta(days=int(rng.lognormal(np.log(75), 0.6)))
            done = end <= AS_OF
            rows.append({
                "program_id": f"{quarter}{number:03d}", "committed_at": first.isoformat(),
                "baseline_end": (first + dt.timedelta(days=60)).isoformat(), "actual_start": start.isoformat(),
                "status": "delivered" if done else "in_progress", "actual_end": end.isoformat() if done else None,
            })  # fmt: skip
    judged, _ = judge_programs(table("programs", *rows), table("status_events"), config, AS_OF)
    return judged


def test_delivered_by_now_favours_the_older_quarter_and_the_execution_rate_does_not(two_like_quarters, config):
    """Unequal follow-up: "delivered so far" differs by over 15 points between like quarters, our rate by less than 8."""
    judged = two_like_quarters
    so_far = judged.groupby("quarter")["is_delivered"].mean().astype(float)
    rates = [execution_rates(judged, (q,), config.settings, seed=1, delivery_recorded=True)["execution_rate"].value
             for q in ("2026Q1", "2026Q2")]  # fmt: skip

    assert so_far["2026Q1"] - so_far["2026Q2"] > 0.15
    assert abs(rates[0] - rates[1]) < 0.08


def test_the_horizon_is_never_judged_before_it_has_passed(two_like_quarters):
    """Within thirty days of the date: known for the old quarter, and only for those whose thirty days are over."""
    judged = two_like_quarters
    passed = judged["frozen_end"] + np.timedelta64(30, "D") <= np.datetime64(AS_OF)

    assert judged.loc[~passed, "within_horizon"].isna().all()
    assert judged.loc[passed, "within_horizon"].notna().all()


def test_dropping_unfinished_programs_would_flatter(two_like_quarters, config):
    """Survivorship: among finished programs alone the on-time share is higher than in the plan."""
    judged = two_like_quarters.loc[two_like_quarters["quarter"] == "2026Q2"]
    finished = judged.loc[judged["is_delivered"], "is_on_time"].astype(float).mean()

    ours = execution_rates(judged, ("2026Q2",), config.settings, seed=1, delivery_recorded=True)["on_time_rate"].value

    assert finished - ours > 0.05
