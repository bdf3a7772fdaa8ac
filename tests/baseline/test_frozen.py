from __future__ import annotations

import datetime as dt
import json

import pytest

from gapkit.baseline.frozen import detectable, freeze, from_record, read_frozen, target
from gapkit.errors import InputError
from gapkit.results import Result

RATE = Result("execution_rate", 0.45, 0.35, 0.55, n=80, events=36, period="2025Q4 and 2026Q1", method="Wilson")
RESULTS = {
    "execution_rate": RATE,
    "on_time_rate": Result("on_time_rate", 0.4, 0.3, 0.5, n=80, events=32),
    "otif_rate": Result("otif_rate", n=6, events=2, status="thin"),
    "velocity_per_week": Result("velocity_per_week", 2.0, 1.5, 2.6, n=52, events=52, unit="per_week"),
}


@pytest.fixture
def record(config):
    return freeze(RESULTS, config, quarters=("2025Q4", "2026Q1"), working_weeks=26.0, as_of=dt.date(2026, 5, 5))


def test_a_frozen_record_survives_the_file(record, tmp_path):
    """What was frozen reads back as the same results."""
    (tmp_path / "baseline.json").write_text(json.dumps(record), encoding="utf-8")

    frozen = read_frozen(tmp_path)

    assert frozen is not None
    assert dict(frozen.results) == RESULTS
    assert (dt.date(2026, 5, 5), ("2025Q4", "2026Q1"), 26.0) == (frozen.frozen_on, frozen.quarters, frozen.working_weeks)


def test_the_record_says_what_will_be_tested_and_how(record):
    """Measure, definitions, target, test and smallest detectable change are part of what is frozen."""
    assert record["target"] == {"measure": "execution_rate", "value": 0.55, "change": 0.10}
    assert "Newcombe" in record["test"]
    assert {"execution_rate", "on_time_rate", "otif_rate", "velocity_per_week"} == set(record["definitions"])


def test_smallest_detectable_change_agrees_with_the_method(config):
    """From 55 % with 80 before and 40 after: 25 points (method, 12.8: twice as many before)."""
    baseline = Result("execution_rate", 0.55, n=80, events=44)

    found = detectable(baseline, quarters=2)

    assert (found["n_before"], found["n_after"]) == (80, 40)
    assert found["change"] == pytest.approx(0.25, abs=0.01)


def test_no_target_without_a_baseline():
    """A thin baseline promises nothing."""
    assert target(RESULTS["otif_rate"], 0.1) is None
    assert detectable(RESULTS["otif_rate"], 2) is None


def test_nothing_frozen_is_none_and_a_broken_file_says_what_to_do(tmp_path):
    """A damaged yardstick stops the run; it is never quietly replaced."""
    assert read_frozen(tmp_path) is None
    (tmp_path / "baseline.json").write_text('{"frozen_on": "2026-05-05"}', encoding="utf-8")

    with pytest.raises(InputError, match="--refreeze"):
        read_frozen(tmp_path)


def test_the_record_is_plain_data(record):
    """null, never NaN."""
    assert from_record(json.loads(json.dumps(record, allow_nan=False))).primary == "execution_rate"
