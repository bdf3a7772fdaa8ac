from __future__ import annotations

import json

import pytest

import gapkit as gk
from gapkit.baseline import estimate_baseline
from gapkit.diagnosis.killers.killers import diagnose_fractures
from gapkit.diagnosis.levers import VERDICTS, diagnose_levers
from gapkit.survey import read_survey
from gapkit.vocabulary import LEVERS


@pytest.fixture(scope="module")
def northwind_levers(diagnosed):
    """The levers of northwind, whose meetings take place and whose records are kept."""
    return diagnosed("northwind").levers


def test_the_levers_of_northwind(northwind_levers):
    """Three scores, high where things are in place: its cadence is, its records and inputs partly."""
    assert LEVERS == tuple(finding.id for finding in northwind_levers)
    assert ["partly in place", "in place", "partly in place"] == [finding.verdict for finding in northwind_levers]
    assert all(0 <= finding.activity.low <= finding.activity.value <= finding.activity.high <= 100
               for finding in northwind_levers)  # fmt: skip
    json.dumps([finding.to_dict() for finding in northwind_levers], allow_nan=False)


def test_programs_alone_leave_every_lever_not_assessable(bare):
    """Not missing: what was not measured may well be in place."""
    eng = gk.load(bare)
    baseline, survey = estimate_baseline(eng), read_survey(eng)
    findings = diagnose_levers(eng, baseline, survey, diagnose_fractures(eng, baseline, survey))

    assert {VERDICTS[-1]} == {finding.verdict for finding in findings}
    assert all("would switch this on" in finding.sentence for finding in findings)
