from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

import gapkit as gk
from gapkit.baseline import estimate_baseline
from gapkit.baseline.outcomes import judge_programs
from gapkit.calendar import quarter_start
from gapkit.diagnosis.claims import surprise_work
from gapkit.diagnosis.claims.case import Case
from gapkit.diagnosis.pitfalls import VERDICTS, diagnose_pitfalls
from gapkit.sample import synthetic_organisation
from gapkit.survey import read_survey
from gapkit.vocabulary import PITFALLS


def pitfalls_of(eng):
    judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
    baseline = SimpleNamespace(judged=judged, start=quarter_start(eng.config.baseline_quarters[0]))
    c5 = SimpleNamespace(id="C5", effect=surprise_work.trial(Case.of(eng, baseline)).effect)
    return {finding.id: finding for finding in diagnose_pitfalls(eng, baseline, read_survey(eng), (c5,))}


@pytest.mark.parametrize("pitfall", PITFALLS)
def test_a_planted_pitfall_is_found_and_no_other(pitfall, as_engagement):
    """One strong pitfall in an organisation recorded as in the field: at least partly present, the others not."""
    conditions = {"campaign_of_the_quarter": "none", pitfall: "strong"}
    org = synthetic_organisation(seed=2200 + PITFALLS.index(pitfall), scale="enterprise", quarters=4, conditions=conditions)
    found = pitfalls_of(as_engagement(org))

    assert found[pitfall].verdict in VERDICTS[:2]
    assert {"not shown"} == {found[other].verdict for other in PITFALLS if other != pitfall}


@pytest.fixture(scope="module")
def northwind_pitfalls(diagnosed):
    return {finding.id: finding for finding in diagnosed("northwind").pitfalls}


def test_northwind_has_none(northwind_pitfalls):
    """Planted were two killers; no pitfall is present, and each finding says on how many signs it rests."""
    found = northwind_pitfalls

    assert PITFALLS == tuple(found)
    assert {"not shown"} == {finding.verdict for finding in found.values()}
    assert all("signs read" in finding.sentence for finding in found.values())
    json.dumps([finding.to_dict() for finding in found.values()], allow_nan=False)


def test_the_order_of_rows_changes_nothing(northwind, northwind_pitfalls):
    """Every table shuffled: the same findings to the last digit."""
    rng = np.random.default_rng(3)
    tables = {
        name: frame.iloc[rng.permutation(len(frame))].reset_index(drop=True) for name, frame in northwind.tables.items()
    }

    assert northwind_pitfalls == pitfalls_of(replace(northwind, tables=tables))


def test_programs_alone_leave_every_pitfall_not_assessable(bare):
    """Nothing is found and nothing is ruled out."""
    eng = gk.load(bare)
    findings = diagnose_pitfalls(eng, estimate_baseline(eng), read_survey(eng), ())

    assert {"not assessable"} == {finding.verdict for finding in findings}
