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
from gapkit.diagnosis.causes import diagnose_causes
from gapkit.sample import synthetic_organisation
from gapkit.survey import read_survey
from gapkit.vocabulary import CAUSES

SHOWN = {"capability": "lacking", "leadership_direction": "unclear", "execution_discipline": "weak"}


def causes_of(eng):
    judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
    start = quarter_start(eng.config.baseline_quarters[0])
    return diagnose_causes(eng, SimpleNamespace(judged=judged, start=start), read_survey(eng))


@pytest.fixture(scope="module")
def northwind_causes(diagnosed):
    """What is found in northwind, where killers were planted and no cause."""
    return diagnosed("northwind").causes


@pytest.mark.parametrize("cause", CAUSES)
def test_a_planted_cause_is_found_and_no_other(cause, as_engagement):
    """One severe cause in an organisation recorded as in the field."""
    org = synthetic_organisation(seed=2120 + CAUSES.index(cause), scale="enterprise", quarters=4, conditions={cause: 0.95})
    verdicts = {finding.id: finding.verdict for finding in causes_of(as_engagement(org)).findings}

    assert SHOWN[cause] == verdicts[cause]
    assert not [other for other in CAUSES if other != cause and verdicts[other] == SHOWN[other]]


def test_northwind_has_none(northwind_causes):
    """Its killers slow work and leave it without owners; skills, direction and discipline are sound."""
    assert CAUSES == tuple(finding.id for finding in northwind_causes.findings)
    assert not [finding.verdict for finding in northwind_causes.findings if finding.verdict in SHOWN.values()]


def test_findings_are_whole_and_plain_data(northwind_causes):
    """Each with sentence, sources, grade and its indicators; as JSON without NaN."""
    for finding in northwind_causes.findings:
        assert ("cause", ("behaviour", "perception")) == (finding.family, finding.sources)
        assert finding.grade
        assert all(indicator.value is not None for indicator in finding.indicators if indicator.status == "ok")
    json.dumps([finding.to_dict() for finding in northwind_causes.findings], allow_nan=False)
    assert {"roles", "critical_skills", "exceptions_by_level"} <= set(json.loads(json.dumps(northwind_causes.to_dict())))


def test_no_role_of_few_people_and_no_person_is_shown(northwind, northwind_causes):
    """Six of its roles have fewer than five people; none of them has a figure, nobody has a name."""
    told = json.dumps([*(finding.to_dict() for finding in northwind_causes.findings), northwind_causes.to_dict()])
    sizes = northwind.people.groupby("role").size()

    assert set(northwind_causes.capability.roles["role"]) <= set(sizes.index[sizes >= northwind.config.min_group])
    assert set(northwind_causes.capability.skills["role"]) <= set(sizes.index[sizes >= northwind.config.min_group])
    assert not [person for person in northwind.people["person_id"] if f'"{person}"' in told]


def test_the_order_of_rows_changes_nothing(northwind, northwind_causes):
    """Every table shuffled: the same findings to the last digit."""
    rng = np.random.default_rng(3)
    tables = {
        name: frame.iloc[rng.permutation(len(frame))].reset_index(drop=True) for name, frame in northwind.tables.items()
    }
    other = causes_of(replace(northwind, tables=tables))

    assert northwind_causes.findings == other.findings
    assert northwind_causes.to_dict() == other.to_dict()


def test_programs_alone_give_three_answers_that_say_what_is_missing(bare):
    """Twelve programs: no cause can be assessed, and no way of working is written down."""
    eng = gk.load(bare)
    findings = diagnose_causes(eng, estimate_baseline(eng), read_survey(eng)).findings

    assert ["not assessable", "not assessable", "no defined way to follow"] == [finding.verdict for finding in findings]
    assert {""} == {finding.grade for finding in findings}
    assert all("would switch this on" in finding.sentence for finding in findings[:2])


def test_skills_learnt_mend_capability_alone(northwind, northwind_causes):
    """Every rating at its best: no hole, adequacy 1, one skill of ten on the only web developer; nothing else moves."""
    best = northwind.skills_actual.assign(actual=4.0)
    after = causes_of(replace(northwind, tables={**northwind.tables, "skills_actual": best}))
    holes, single, adequacy = after.capability.finding.indicators[1:4]

    assert (0.0, 0.1, 1.0) == (holes.value, single.value, adequacy.value)
    assert northwind_causes.findings[1:] == after.findings[1:]
