from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.diagnosis.triage.criteria import PARTS
from gapkit.diagnosis.triage.symptoms import read_symptoms
from gapkit.results import Result, not_assessable

NAMES = {
    "plan": "launches off plan", "quality": "uneven quality of what reaches the market",
    "partners": "external partners over the time agreed", "owner": "unclear ownership",
    "intent": "results away from the intent",
    "slow": "slow decisions without a queue of approvals", "reversed": "decisions taken back",
    "preference": "options decided by preference", "order": "priorities ranked differently",
    "answers": "different answers to the four questions", "starts": "more starts while confidence in the direction falls",
}  # fmt: skip


def wave(work=40.0, cri2=30.0, direction=40.0):
    results = {
        "perceived_work": Result("perceived_work", work, n=20, unit="points"),
        "perceived_leadership_direction": Result("perceived_leadership_direction", direction, n=20, unit="points"),
    }
    return SimpleNamespace(is_shown=True, results=results, items=pd.DataFrame({"item": ["CRI2"], "score": [cri2]}))


def stays(kind, n, days):
    return [{"program_id": f"P{k:02d}", "stage": kind, "kind": kind, "entered_at": "2026-02-02 09:00", "sla_days": 3,
             "left_at": pd.Timestamp("2026-02-02 09:00") + pd.offsets.BDay(days)} for k in range(n)]  # fmt: skip


@pytest.fixture
def signs(engage):
    """Which symptoms are present, by short name, in an organisation without any unless changed."""

    def build(*, on_time=0.9, waves=None, visits=(), owner=10.0, intent=3.5, latency=4.0, reversed_share=0.05, order=80.0,
              answers=80.0, starts=(10, 10), rated=12):  # fmt: skip
        ids = [f"P{k:02d}" for k in range(sum(starts))]
        eng = engage(programs=[{"program_id": program, "intent_match": intent if k < rated else None}
                               for k, program in enumerate(ids)], stage_visits=list(visits))  # fmt: skip
        begun = ["2026-02-10"] * starts[0] + ["2026-05-10"] * starts[1]
        judged = pd.DataFrame({"actual_start": pd.to_datetime(begun), "actual_end": pd.Timestamp("2026-06-01"),
                               "cancelled_at": pd.NaT}, index=ids)  # fmt: skip
        baseline = SimpleNamespace(judged=judged, start=dt.date(2026, 1, 1), as_of=dt.date(2026, 7, 15),
                                   quarters=("2026Q1", "2026Q2"),
                                   results={"on_time_rate": Result("on_time_rate", on_time, n=50)})  # fmt: skip
        survey_waves = [wave()] if waves is None else waves
        survey = SimpleNamespace(waves=dict(enumerate(survey_waves)), last=survey_waves[-1] if survey_waves else None)
        parts = dict.fromkeys(PARTS, not_assessable("x", "x")) | {
            "priority_agreement": Result("priority_agreement", order, n=20, unit="points"),
            "strategy_agreement": Result("strategy_agreement", answers, n=20, unit="points"),
        }
        decisions = {
            "decision_latency_days": latency if isinstance(latency, Result) else
            Result("decision_latency_days", latency, n=40, unit="days"),
            "reversal_share": Result("reversal_share", reversed_share, n=40),
        }  # fmt: skip
        found = read_symptoms(eng, baseline, survey, SimpleNamespace(parts=parts), decisions, owner)
        by_name = {symptom.name: symptom for symptom in found}
        return {short: by_name[name] for short, name in NAMES.items()}

    return build


def present(found) -> set[str]:
    return {short for short, symptom in found.items() if symptom.is_present}


def test_a_healthy_organisation_has_no_symptom(signs):
    """Nothing beyond its threshold; what was not recorded is not measured, which is neither present nor absent."""
    found = signs()

    assert set() == present(found)
    assert {"partners", "slow", "starts"} == {short for short, symptom in found.items() if symptom.is_present is None}
    assert {"not measured"} == {found[short].value for short in ("partners", "slow", "starts")}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"on_time": 0.5}, {"plan"}),
        ({"waves": [wave(work=60.0)]}, {"quality"}),
        ({"visits": stays("external", 12, 6)}, {"partners"}),
        ({"visits": stays("external", 12, 2)}, set()),
        ({"owner": 70.0}, {"owner"}),
        ({"intent": 2.5}, {"intent"}),
        ({"latency": 15.0, "visits": stays("approval", 12, 2)}, {"slow"}),
        ({"latency": 15.0, "visits": stays("approval", 12, 6)}, set()),  # the queue explains it
        ({"latency": Result("x", None, 20.0, None, n=40, unit="days"), "visits": stays("approval", 12, 2)}, {"slow"}),
        ({"reversed_share": 0.2}, {"reversed"}),
        ({"waves": [wave(cri2=50.0)]}, {"preference"}),
        ({"order": 40.0}, {"order"}),
        ({"answers": 40.0}, {"answers"}),
        ({"starts": (10, 12), "waves": [wave(), wave(direction=60.0)]}, {"starts"}),
        ({"starts": (10, 12), "waves": [wave(), wave(direction=30.0)]}, set()),
        ({"starts": (10, 11), "waves": [wave(), wave(direction=60.0)]}, set()),
    ],
)
def test_each_symptom_shows_by_its_own_threshold(signs, change, expected):
    """One thing changed, one symptom present; two things that must come together do not count alone."""
    assert expected == present(signs(**change))


def test_execution_comes_before_strategy(signs):
    """Five signs point to execution, six to strategy, in that order."""
    assert ["execution"] * 5 + ["strategy"] * 6 == [symptom.side for symptom in signs().values()]


def test_too_little_is_not_an_answer(signs):
    """Six rated programs and eight stays are too little for a sign either way."""
    found = signs(rated=6, visits=stays("external", 8, 6))

    assert ("too little data", "too little data") == (found["intent"].value, found["partners"].value)
    assert None is found["intent"].is_present


def test_without_a_survey_what_people_say_is_not_measured(signs):
    """No wave: quality, preference and confidence are open."""
    found = signs(waves=[])

    assert {"not measured"} == {found[short].value for short in ("quality", "preference", "starts")}
