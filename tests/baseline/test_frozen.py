from __future__ import annotations

import datetime as dt
import json

import pytest

from gapkit.baseline.frozen import EXCLUSIONS, freeze, from_record, frozen_by, frozen_series, read_frozen, target
from gapkit.baseline.series import Point, Series
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


def test_everything_agreed_is_in_the_record(changed):
    """Periods, exclusions, the rules of the clock, a definition and a test for each figure, and what can be detected."""
    further = {
        "slip_late_share": Result("slip_late_share", 0.6, n=80, events=48),
        "flow_efficiency": Result("x", status="thin"),
    }
    config = changed(measure_start=dt.date(2026, 7, 1), measure_end=dt.date(2026, 9, 30), ttm_horizon_days=120)

    record = freeze(RESULTS | further, config, quarters=("2026Q1", "2026Q2"), working_weeks=26.0, as_of=dt.date(2026, 8, 5))

    assert {"baseline": ["2026-01-01", "2026-06-30"], "measure": ["2026-07-01", "2026-09-30"]} == record["periods"]
    assert list(EXCLUSIONS) == record["exclusions"]
    assert ("commitment", 120) == (record["rules"]["ttm_clock"], record["rules"]["ttm_horizon_days"])
    assert (
        set(RESULTS) | {"slip_late_share"} == set(record["results"]) == set(record["tests"]) == set(record["definitions"])
    )
    assert {"execution_rate", "on_time_rate", "velocity_per_week"} == set(record["detectable"])
    assert (80, 41) == (record["smallest_detectable_change"]["n_before"], record["smallest_detectable_change"]["n_after"])


def test_the_standing_charts_are_frozen_with_it(config):
    """Grain, points and limits read back as they were; a record made before there were charts has none."""
    one = Series("throughput", "week", dt.date(2026, 1, 5), (Point(dt.date(2026, 1, 5), 3, None),), None, "none")

    record = freeze(
        RESULTS, config, quarters=("2026Q1", "2026Q2"), working_weeks=26.0, as_of=dt.date(2026, 8, 5), standing=(one,)
    )
    old = {
        key: value
        for key, value in record.items()
        if key not in ("standing", "detectable", "tests", "periods", "exclusions")
    }

    assert (one,) == frozen_series(from_record(json.loads(json.dumps(record))))
    assert () == frozen_series(from_record(old))
    assert "throughput" in record["definitions"]


def test_the_working_calendar_is_frozen_with_it(changed):
    """Working days, and the days off up to the freeze; those to come are not settled yet."""
    off = dt.date(2026, 12, 25), dt.date(2026, 8, 5), dt.date(2026, 5, 25)
    config = changed(weekmask="1111110", holidays=off)

    record = freeze(RESULTS, config, quarters=("2026Q1", "2026Q2"), working_weeks=26.0, as_of=dt.date(2026, 8, 5))

    assert "1111110" == record["rules"]["weekmask"]
    assert ["2026-05-25", "2026-08-05"] == record["rules"]["holidays"]


def test_the_baseline_of_a_day_is_the_one_frozen_by_then(record):
    """Frozen anew twice: each day has the last one frozen by it, a day before the first has none."""
    second = {**record, "frozen_on": "2026-08-05", "replaces": "2026-05-05", "replaced": record}
    third = {**record, "frozen_on": "2026-11-05", "replaces": "2026-08-05", "replaced": second}

    found = [frozen_by(from_record(third), dt.date(2026, month, 5)) for month in (4, 5, 10, 11)]

    assert [None, dt.date(2026, 5, 5), dt.date(2026, 8, 5), dt.date(2026, 11, 5)] == [
        one and one.frozen_on for one in found
    ]
    assert frozen_by(None, dt.date(2026, 5, 5)) is None


def test_a_replaced_baseline_that_was_not_kept_is_none(record):
    """An older version wrote down the day of what it replaced and no more."""
    assert frozen_by(from_record(record | {"replaces": "2026-04-05"}), dt.date(2026, 4, 30)) is None


def test_no_target_without_a_baseline():
    """A thin baseline promises nothing."""
    assert target(RESULTS["otif_rate"], 0.1) is None


def test_nothing_frozen_is_none_and_a_broken_file_says_what_to_do(tmp_path):
    """A damaged yardstick stops the run; it is never quietly replaced."""
    assert read_frozen(tmp_path) is None
    (tmp_path / "baseline.json").write_text('{"frozen_on": "2026-05-05"}', encoding="utf-8")

    with pytest.raises(InputError, match="--refreeze"):
        read_frozen(tmp_path)


def test_the_record_is_plain_data(record):
    """null, never NaN."""
    assert from_record(json.loads(json.dumps(record, allow_nan=False))).primary == "execution_rate"


@pytest.mark.parametrize(
    ("change", "entry"),
    [
        ({"rules": None}, "rules"),
        ({"rules": {"grace_days": "three"}}, "rules.grace_days"),
        ({"rules": {"ttm_clock": "foo"}}, "rules.ttm_clock"),
        ({"rules": {"ttm_horizon_days": 91}}, "rules.ttm_horizon_days"),
        ({"min_change": {"execution_rate": "0.1"}}, "min_change.execution_rate"),
        ({"min_change": {"execution_rate": 0}}, "min_change.execution_rate"),
        ({"min_change": {"velocity": -0.15}}, "min_change.velocity"),
        ({"min_change": {"ttm": 0.15}}, "min_change.ttm"),
        ({"min_change": None}, "min_change"),
        ({"rules": {"fiscal_start_month": 13}}, "rules.fiscal_start_month"),
        ({"rules": {"weekmask": "0000000"}}, "rules.weekmask"),
        ({"rules": {"holidays": ["25 December"]}}, "rules.holidays"),
        ({"rules": {"holidays": None}}, "rules.holidays"),
        ({"periods": {"measure": ["2026-09-30", "2026-07-01"]}}, "periods.measure"),
        ({"quarters": []}, "quarters"),
        ({"quarters": ["2025-Q4"]}, "quarters"),
        ({"primary": "nonsense"}, "primary"),
        ({"standing": {"throughput": {}}}, "standing.throughput"),
        ({"standing": {"x": {}}}, "standing.x"),
        ({"target": {"measure": "execution_rate"}}, "target.value"),
        ({"results": {"execution_rate": RATE.to_dict() | {"events": 200}}}, "results.execution_rate.events"),
        ({"results": {"execution_rate": RATE.to_dict() | {"events": -1}}}, "results.execution_rate.events"),
        ({"results": {"execution_rate": RATE.to_dict() | {"n": None}}}, "results.execution_rate.n"),
        ({"results": {"execution_rate": RATE.to_dict() | {"value": None}}}, "results.execution_rate.value"),
        ({"results": {"execution_rate": RATE.to_dict() | {"share": 0.4}}}, "results.execution_rate"),
        ({"working_weeks": 0}, "working_weeks"),
        ({"working_weeks": "26"}, "working_weeks"),
        ({"frozen_on": "5 May"}, "frozen_on"),
        ({"replaces": "5 May"}, "replaces"),
        ({"replaced": "5 May"}, "replaced"),
        ({"replaced": {"frozen_on": "5 May"}}, "replaced.frozen_on"),
    ],
)
def test_an_entry_changed_by_hand_is_named(record, tmp_path, change, entry):
    """Entry, value seen, what is allowed and what to do, before any figure rests on it."""
    (tmp_path / "baseline.json").write_text(json.dumps(record | change), encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_frozen(tmp_path)
    assert f"{entry} is not as it was frozen" in [problem.what for problem in caught.value.problems]
    assert all(problem.value and problem.allowed and "--refreeze" in problem.remedy for problem in caught.value.problems)


@pytest.mark.parametrize("text", ["[]", "{", "null", '"x"'])
def test_another_file_is_no_baseline(tmp_path, text):
    """A list, a cut file or a word is refused, never read as far as it goes."""
    (tmp_path / "baseline.json").write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=r"baseline\.json"):
        read_frozen(tmp_path)


def test_all_that_is_wrong_is_said_at_once(record):
    """Two entries changed, two problems."""
    with pytest.raises(InputError) as caught:
        from_record(record | {"quarters": [], "working_weeks": -1})

    assert len(caught.value.problems) == 2


def test_what_an_older_version_did_not_write_is_as_usual(record):
    """Without rules none is frozen; a smallest change that is missing is the usual one; a time may be not reached."""
    late = Result("slip_median_days", n=30, events=12, unit="days").to_dict()
    old = {name: value for name, value in record.items() if name != "rules"}
    frozen = from_record(old | {"min_change": {"execution_rate": 0.2}, "results": {"slip_median_days": late}})

    assert frozen.data["rules"] == {}
    assert frozen.min_change == {"execution_rate": 0.2, "ttm": -0.15, "velocity": 0.15}
    assert frozen.results["slip_median_days"].value is None
