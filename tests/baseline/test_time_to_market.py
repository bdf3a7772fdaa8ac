from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from gapkit.baseline.outcomes import judge_programs
from gapkit.baseline.time_to_market import durations, estimate_time_to_market

AS_OF = dt.date(2026, 7, 15)
START = dt.date(2026, 1, 1)


@pytest.fixture
def judge(table, config):
    def build(*rows):
        programs = table("programs", *({"program_id": f"P{i:03d}", **row} for i, row in enumerate(rows)))
        return judge_programs(programs, table("status_events"), config, AS_OF)[0]

    return build


def estimate(judged, config, recorded=True):
    return estimate_time_to_market(judged, config, START, AS_OF, delivery_recorded=recorded, period="2026")


def test_durations_enter_late_end_early_or_stay_open(judge):
    """Running at the window's start enters at its age; open ones are censored today; the same day counts half a day."""
    judged = judge(
        {"committed_at": "2025-12-22", "status": "delivered", "actual_end": "2026-01-11"},
        {"committed_at": "2026-07-05", "status": "in_progress"},
        {"committed_at": "2026-03-01", "status": "delivered", "actual_end": "2026-03-01"},
        {"committed_at": "2026-03-01", "status": "cancelled", "cancelled_at": "2026-03-31"},
    )

    found = durations(judged, "committed_at", START, AS_OF)

    assert list(found.itertuples(index=False, name=None)) == [
        (10.0, 20.0, 1),
        (0.0, 10.0, 0),
        (0.0, 0.5, 1),
        (0.0, 30.0, 2),
    ]


def test_what_cannot_be_timed_is_left_out(judge):
    """No commitment, an unknown day of delivery, an end before the window or before the commitment, a merged program."""
    judged = judge(
        {"status": "delivered", "actual_end": "2026-03-01"},
        {"committed_at": "2026-03-01", "status": "delivered"},
        {"committed_at": "2025-10-01", "status": "delivered", "actual_end": "2025-12-01"},
        {"committed_at": "2026-03-01", "status": "delivered", "actual_end": "2026-02-01"},
        {"committed_at": "2026-03-01", "status": "merged"},
    )

    assert durations(judged, "committed_at", START, AS_OF).empty


def test_the_median_is_that_of_kaplan_and_meier(judge, config):
    """Freireich's 6-MP times (1963) as programs: median 23 days, interval from 13 days on, upper limit not reached."""
    weeks = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
    rows = []
    for number in weeks:
        origin = AS_OF - dt.timedelta(days=abs(number)) if number < 0 else dt.date(2026, 2, 1)
        row = {"committed_at": origin.isoformat(), "status": "in_progress"}
        if number > 0:
            row |= {"status": "delivered", "actual_end": (origin + dt.timedelta(days=number)).isoformat()}
        rows.append(row)

    few = estimate(judge(*rows), config).results["time_to_market_median_days"]
    enough = replace(config, settings=replace(config.settings, min_deliveries_median=9))
    median = estimate(judge(*rows), enough).results["time_to_market_median_days"]

    assert (few.status, few.value) == ("thin", None)
    assert (median.value, median.low, median.high) == (23.0, 13.0, None)


def test_long_programs_still_open_lengthen_the_figure(judge, config):
    """Dropping open programs would halve the median; here it counts them."""
    done = [{"committed_at": "2026-02-01", "status": "delivered", "actual_end": "2026-03-03"}] * 20
    still = [{"committed_at": "2026-02-01", "status": "in_progress"}] * 30

    result = estimate(judge(*done, *still), config).results["time_to_market_median_days"]

    assert (result.value, result.status) == (None, "ok")
    assert "Not reached" in result.caveats[0]


def test_curves_of_two_fates_never_exceed_one(judge, config):
    """Delivered and cancelled compete; together with what is open they make one."""
    rng = np.random.default_rng(5)
    rows = []
    for day, cancelled in zip(rng.integers(5, 90, 60), rng.random(60) < 0.25, strict=True):
        end = (dt.date(2026, 2, 1) + dt.timedelta(days=int(day))).isoformat()
        rows.append({"committed_at": "2026-02-01", "status": "cancelled" if cancelled else "delivered",
                     "cancelled_at" if cancelled else "actual_end": end})  # fmt: skip

    found = estimate(judge(*rows), config)

    curve = found.curves.curve
    assert ((curve["delivered"] + curve["cancelled"]) <= 1 + 1e-9).all()
    assert curve["delivered"].is_monotonic_increasing
    assert (curve["delivered_low"] <= curve["delivered"] + 1e-9).all()
    assert {30, 60} <= set(found.curves.milestones["day"])


def test_without_deliveries_or_clock_it_is_not_measured(judge, config):
    """What is missing is named."""
    judged = judge({"status": "in_progress", "actual_start": "2026-02-01"})

    clock = estimate(judged, config).results["time_to_market_median_days"]
    record = estimate(judged, config, recorded=False).results["time_to_market_median_days"]

    assert (clock.status, record.status) == ("not_assessable", "not_assessable")
    assert "committed_at" in clock.caveats[0]


def test_the_estimate_recovers_the_true_median_where_finished_programs_alone_do_not(judge, config):
    """True median 60 days, half-year window: finished-only is biased low by over 10 %, this by less (method, 3.4)."""
    rng = np.random.default_rng(11)
    rows, finished = [], []
    for _ in range(400):
        origin = dt.date(2025, 7, 1) + dt.timedelta(days=int(rng.integers(0, 370)))
        length = int(max(1, rng.lognormal(np.log(60), 0.5)))
        end = origin + dt.timedelta(days=length)
        if origin > AS_OF:
            continue
        done = end <= AS_OF
        rows.append({"committed_at": origin.isoformat(), "status": "delivered" if done else "in_progress",
                     "actual_end": end.isoformat() if done else None})  # fmt: skip
        if origin >= START and done:
            finished.append(length)

    median = estimate(judge(*rows), config).results["time_to_market_median_days"].value

    assert abs(median - 60) < 6
    assert np.median(finished) < 54
