from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.diagnosis.triage.attainment import target_attainment


@pytest.fixture
def attained(engage):
    """Attainment of measures given as (readings, direction) with target 100, each of one program delivered on 1 March."""

    def build(*measures, to_spec=True, target=100.0):
        programs = [f"P{k}" for k in range(len(measures))] or ["P"]
        kpis = [{"kpi_id": f"K{k}", "name": "x", "kind": "lagging", "direction": direction, "target": target,
                 "program_ids": f"P{k}"} for k, (_, direction) in enumerate(measures)]  # fmt: skip
        values = [{"kpi_id": f"K{k}", "period_start": day, "value": value} for k, (readings, _) in enumerate(measures)
                  for day, value in readings.items()]  # fmt: skip
        eng = engage(programs=[{"program_id": program} for program in programs], kpis=kpis, kpi_values=values)
        judged = pd.DataFrame({
            "is_to_spec": pd.array([to_spec] * len(programs), dtype="boolean"),
            "actual_end": pd.Series(pd.Timestamp("2026-03-01"), index=programs, dtype="datetime64[us]"),
        }, index=programs)  # fmt: skip
        return target_attainment(eng, SimpleNamespace(judged=judged, start=dt.date(2026, 1, 1)))

    return build


AFTER = "2026-04-01"


def test_attainment_is_reading_over_target(attained):
    """Readings 80, 90, 100, 110, 120 of a target of 100: on target on average, with Student's interval (t = 2.776)."""
    found = attained(*[({AFTER: value}, "up") for value in (80.0, 90.0, 100.0, 110.0, 120.0)])
    half = 2.776 * 0.15811 / 5**0.5

    assert 1.0 == pytest.approx(found.value)
    assert (1 - half, 1 + half) == pytest.approx((found.low, found.high), abs=1e-3)
    assert (5, "ratio", "ok") == (found.n, found.unit, found.status)


def test_where_down_is_good_less_is_more(attained):
    """Half of the cost aimed at is twice the target."""
    assert 2.0 == attained(*[({AFTER: 50.0}, "down")] * 5).value


def test_only_the_last_reading_after_delivery_counts(attained):
    """What was read before the delivery is not its doing; of later readings the last stands."""
    readings = {"2026-02-01": 500.0, "2026-04-01": 60.0, "2026-05-01": 70.0}

    assert 0.7 == pytest.approx(attained(*[(readings, "up")] * 5).value)


def test_what_was_not_delivered_to_specification_tells_nothing(attained):
    """A poor result of poor work says nothing about the strategy."""
    found = attained(*[({AFTER: 50.0}, "up")] * 5, to_spec=False)

    assert "not_assessable" == found.status
    assert "kpi_values" in found.caveats[0]


def test_few_measures_are_too_little_and_none_are_not_measured(attained):
    """Four measures are counted; measures without target or reading are none."""
    assert ("thin", 4) == ((few := attained(*[({AFTER: 50.0}, "up")] * 4)).status, few.n)
    assert "not_assessable" == attained(*[({}, "up")] * 5).status
    assert "not_assessable" == attained(*[({AFTER: 50.0}, "up")] * 5, target=None).status
    assert "not_assessable" == attained().status
