from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from gapkit.baseline import estimate_baseline
from gapkit.diagnosis.triage.attainment import OUTSIDE
from gapkit.diagnosis.triage.triage import CELLS, LEANING, VERDICT, _sentence, joint_probabilities, meaning_of, read_triage
from gapkit.results import Result
from gapkit.sample import synthetic_organisation
from gapkit.survey import read_survey


def axis(*draws: bool):
    return SimpleNamespace(draws=np.array(draws) if draws else None)


def triage_of(eng):
    return read_triage(eng, estimate_baseline(eng), read_survey(eng))


@pytest.fixture(scope="module")
def northwind_triage(diagnosed):
    return diagnosed("northwind").triage


def test_readings_are_shares_of_joint_draws():
    """Criteria in three of four draws, sound work in two, together in one: a quarter, a quarter, none, a half."""
    found = joint_probabilities(axis(True, True, True, False), axis(True, False, False, True))

    assert {"neither": 0.25, "execution": 0.5, "strategy": 0.25, "both": 0.0} == found


def test_an_open_axis_gives_no_probabilities():
    """Without criteria or without outcomes no reading has a probability."""
    assert None is joint_probabilities(axis(), axis(True))
    assert None is joint_probabilities(axis(True), axis())


def test_northwind_is_execution_limited(northwind_triage):
    """Two strong killers and agreed criteria were planted: execution, with a probability above 99 %."""
    found = northwind_triage

    assert ("execution", VERDICT, ()) == (found.cell, found.verdict, found.would_settle)
    assert "The organisation is execution-limited (probability above 99 %)." == found.sentence
    assert 1.0 == pytest.approx(sum(found.probabilities.values()))
    assert set(CELLS) == set(found.probabilities)


def test_a_handful_of_programs_gives_no_verdict(diagnosed, northwind_baseline):
    """Of seven promised programs none arrived: surely execution, but too few for a rate are too few for a verdict."""
    promised, d = northwind_baseline, diagnosed("northwind")
    cohort = promised.judged.loc[promised.judged["quarter"].isin(promised.quarters)]
    kept = cohort.loc[cohort["group"].eq("committed")].index[:7]
    few = replace(promised, judged=promised.judged.loc[promised.judged.index.isin(kept)])

    found = read_triage(d.eng, few, d.survey)

    assert (7, LEANING, "execution") == (found.work.n, found.verdict, found.cell)
    assert "Only 7 promised programs with a known outcome" in found.caveats[0]
    assert found.would_settle


def test_plain_data_is_json(northwind_triage):
    """What goes to diagnose.json is null where nothing is known, never NaN."""
    text = json.dumps(northwind_triage.to_dict(), allow_nan=False)

    assert "execution" == json.loads(text)["cell"]


@pytest.mark.parametrize(
    ("world", "killers", "seed"),
    [("strategy_limited", (), 7001), ("both", ("unclear_ownership", "misalignment"), 7001), ("neither", (), 7002)],
)
def test_the_planted_reading_is_found(as_engagement, world, killers, seed):
    """Organisations of each other world are read as what they are."""
    org = synthetic_organisation(seed=seed, world=world, killers=dict.fromkeys(killers, "strong"))
    found = triage_of(as_engagement(org))

    assert (org.truth.cell, VERDICT) == (found.cell, found.verdict)


def test_without_a_survey_the_answer_is_open_and_two_measurements_would_settle_it(northwind):
    """Deliveries alone do not tell strategy from execution."""
    tables = {name: frame for name, frame in northwind.tables.items()
              if name not in ("survey_respondents", "survey_answers")}  # fmt: skip
    found = triage_of(replace(northwind, tables=tables))

    assert (None, None, "insufficient evidence") == (found.cell, found.probabilities, found.verdict)
    assert 2 == len(found.would_settle)
    assert "criteria" == found.would_settle[0].axis
    assert () == found.misreadings
    assert "cannot be told apart yet" in found.sentence


def test_missed_targets_speak_only_where_neither_is_limited():
    """Sound work, agreed criteria, targets missed: direction content or market. Elsewhere there is enough to mend first."""
    missed, met = Result("target_attainment", 0.7, 0.6, 0.8), Result("target_attainment", 0.95, 0.8, 1.1)
    sure = dict.fromkeys(CELLS, 0.85)

    assert OUTSIDE in _sentence(VERDICT, "neither", sure, missed)
    assert OUTSIDE not in _sentence(VERDICT, "neither", sure, met)
    assert OUTSIDE not in _sentence(VERDICT, "execution", sure, missed)


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("verdict", "The organisation is strategy-limited (probability 85 %)."),
        ("leaning", "The evidence leans towards strategy-limited (probability 85 %)."),
        ("insufficient evidence",
         "The evidence is insufficient: strategy-limited is the most probable reading, with a probability of only 85 %."),
    ],
)  # fmt: skip
def test_the_sentence_is_no_surer_than_the_verdict(verdict, expected):
    """A leaning leans, insufficient evidence decides nothing."""
    assert expected == _sentence(verdict, "strategy", {"strategy": 0.85}, Result("target_attainment"))


@pytest.mark.parametrize(("met", "words"), [(20, "does not arrive as promised"), (97, "not as good as intended")])
def test_what_fails_is_named(met, words):
    """Where every promise was kept, people doubt the quality: nobody may read that promises are broken."""
    work = SimpleNamespace(met=met, n=97)

    assert words in meaning_of("execution", work, 0.68)
    assert words in meaning_of("both", work, 0.68)
