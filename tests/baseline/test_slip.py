from __future__ import annotations

import datetime as dt

import pytest

from gapkit.baseline.outcomes import judge_programs
from gapkit.baseline.slip import estimate_slip, slips

AS_OF = dt.date(2026, 7, 15)
PLAN = {"committed_at": "2026-01-02", "baseline_end": "2026-02-20"}


def delivered(days: int) -> dict[str, str]:
    end = dt.date(2026, 2, 20) + dt.timedelta(days=days)
    return {**PLAN, "status": "delivered", "actual_end": end.isoformat()}


@pytest.fixture
def judge(table, config):
    def build(*rows):
        programs = table("programs", *({"program_id": f"P{i:03d}", **row} for i, row in enumerate(rows)))
        return judge_programs(programs, table("status_events"), config, AS_OF)[0]

    return build


def test_open_programs_have_slipped_at_least_until_today(judge):
    """Due 20 February, read 15 July: 145 days and counting."""
    found = slips(judge(delivered(-3), {**PLAN, "status": "in_progress"}), ("2026Q1",), AS_OF)

    assert list(found.itertuples(index=False, name=None)) == [(-3.0, True), (145.0, False)]


def test_cancelled_merged_and_unknown_ends_have_no_slip(judge):
    """They are left out, and the cancelled are counted in the caveats."""
    judged = judge({**PLAN, "status": "cancelled"}, {**PLAN, "status": "merged"}, {**PLAN, "status": "delivered"})

    assert slips(judged, ("2026Q1",), AS_OF).empty


def test_median_and_late_share_by_hand(judge, config):
    """Slips −10 … 10, one each: the median is 0 by the strict rule's next value, 10 of 21 are late."""
    found = estimate_slip(judge(*(delivered(days) for days in range(-10, 11))), ("2026Q1",), config, AS_OF,
                          delivery_recorded=True, period="2026Q1")  # fmt: skip

    assert found.results["slip_median_days"].value == 0.0
    assert found.results["slip_late_share"].value == pytest.approx(10 / 21)
    assert found.results["slip_p85_days"].status == "thin"


def test_unfinished_programs_push_the_median_out(judge, config):
    """With most programs still open the median is not reached, and the sentence says at least how much."""
    rows = [delivered(5)] * 12 + [{**PLAN, "status": "in_progress"}] * 20
    median = estimate_slip(judge(*rows), ("2026Q1",), config, AS_OF, delivery_recorded=True, period="").results[
        "slip_median_days"
    ]

    assert (median.value, median.status) == (None, "ok")
    assert "more than 145 days" in median.caveats[0]


def test_the_curve_counts_what_landed_by_each_day(judge, config):
    """Half landed on the date, all ten days later."""
    found = estimate_slip(judge(*[delivered(0)] * 10, *[delivered(10)] * 10), ("2026Q1",), config, AS_OF,
                          delivery_recorded=True, period="")  # fmt: skip

    landed = found.curve.set_index("slip_days")["landed"]
    assert landed.loc[0] == pytest.approx(0.5)
    assert landed.loc[10] == pytest.approx(1.0)


def test_no_delivery_record_is_not_measured(judge, config):
    """Slip without deliveries is unknown, not infinite."""
    found = estimate_slip(
        judge({**PLAN, "status": "in_progress"}), ("2026Q1",), config, AS_OF, delivery_recorded=False, period=""
    )

    assert {"not_assessable"} == {result.status for result in found.results.values()}
