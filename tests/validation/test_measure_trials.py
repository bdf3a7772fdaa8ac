from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import validation_measure
from accuracy.organisations import as_read
from effects.organisations import compared
from effects.trials import WHOLE, put_to_trial
from effects.worlds import World
from validation import Store

from gapkit.baseline import estimate_baseline
from gapkit.baseline.frozen import freeze
from gapkit.baseline.series import freeze_series
from gapkit.sample import make_organisation

SMALL = World("small", "smb: +20 points", improvement=0.2, quarters=4, scale="smb")


@pytest.fixture(scope="module")
def org():
    return make_organisation(SMALL.arguments(1, 1))


@pytest.fixture(scope="module")
def comparison(org):
    return compared(org)


@pytest.fixture(scope="module")
def whole(org, comparison):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("effects.trials.make_organisation", lambda _: org)
        patch.setattr("effects.trials.compared", lambda _, with_charts: comparison)
        return put_to_trial(SMALL, 0, 1)


def test_the_yardstick_is_the_one_the_diagnosis_freezes(org, comparison):
    """Rules, quarters, charts and every figure frozen here are those of the record of day 30."""
    frozen = comparison.frozen.data
    eng = as_read(org)
    base = estimate_baseline(eng)
    record = freeze(
        base.results, eng.config, quarters=base.quarters, working_weeks=base.working_weeks, as_of=eng.as_of,
        standing=freeze_series(eng, base.judged, base.quarters),
    )  # fmt: skip
    by_measure = {"results", "definitions", "tests", "detectable"}

    assert {name: record[name] for name in record.keys() - by_measure} == {
        name: frozen[name] for name in frozen.keys() - by_measure
    }
    assert {"execution_rate", "on_time_rate", "otif_rate", "velocity_per_week"} <= frozen["results"].keys()
    assert {name: record["results"][name] for name in frozen["results"]} == frozen["results"]


def test_a_trial_is_plain_data_with_what_is_said_beside_what_is_true(whole):
    """The rise planted in a small organisation is told; so are verdicts, explanations and both charts."""
    assert whole == json.loads(json.dumps(whole, allow_nan=False))
    assert 0.2 == pytest.approx(whole["gain"], abs=0.1)
    assert "execution_rate" == whole["primary"] == next(iter(whole["effects"]))
    assert 0.05 < whole["stated_power"] < 0.5
    assert {"case_mix", "regression_to_mean"} <= whole["explanations"].keys()
    assert {"commitments_on_time_rate", "throughput"} == whole["charts"].keys()


def test_an_organisation_measured_in_part_has_the_same_figures(monkeypatch, org, whole):
    """The primary measure with its verdict, and all that rests on programs alone, come out as when everything is read."""
    monkeypatch.setattr("effects.trials.make_organisation", lambda _: org)
    part = put_to_trial(SMALL, WHOLE, 1)
    limits = [{name: (one["low"], one["high"]) for name, one in trial["effects"].items()} for trial in (part, whole)]

    assert (False, {}) == (part["is_whole"], part["charts"])
    assert limits[0] == {name: limits[1][name] for name in limits[0]}
    assert whole["guarded"] == part["guarded"]


def test_a_run_that_was_interrupted_goes_on_where_it_stopped(tmp_path, monkeypatch):
    """What is on file is not computed again; what is missing is, and put on file."""
    asked = []

    def trial(world, number, seed):
        asked.append(number)
        return {"number": number}

    monkeypatch.setattr(validation_measure, "put_to_trial", trial)
    store = Store(tmp_path)
    store.add(SMALL.name, {"number": 1})
    with ThreadPoolExecutor(1) as pool:
        trials = validation_measure.compute(SMALL, 3, 1, store, pool)

    assert ([0, 2], [0, 1, 2]) == (sorted(asked), [one["number"] for one in trials])
    assert {0, 1, 2} == store.read(SMALL.name).keys()
