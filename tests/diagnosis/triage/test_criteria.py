from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from gapkit.diagnosis.triage.criteria import PARTS, TWO_NEEDED, read_criteria, usable_questions
from gapkit.results import Result, not_assessable
from gapkit.survey import Draws
from gapkit.survey.responses import CONSTRUCTS, QUESTIONS, STATEMENTS

REPLICATES = 2000


def wave(*, score=None, agreement=None, concordance=None, coding=()):
    """A wave in which people scored criteria (0 best), agreed on the four questions and on the order of priorities."""

    def result(name, value, unit):
        return not_assessable(name, "Not asked.", unit=unit) if value is None else Result(name, value, n=20, unit=unit)

    questions = dict.fromkeys(QUESTIONS, agreement) if not isinstance(agreement, dict) else agreement
    return SimpleNamespace(
        name="2026-04",
        results={
            "perceived_criteria": result("perceived_criteria", score, "points"),
            "priority_concordance": result("priority_concordance", concordance, "ratio"),
            **{f"agreement_{q}": result(f"agreement_{q}", questions.get(q), "ratio") for q in QUESTIONS},
        },
        coding=pd.DataFrame(list(coding), columns=["question", "is_usable"]),
    )  # fmt: skip


def drawn(score=np.nan, agreement=np.nan, concordance=np.nan, spread=0.0) -> Draws:
    """The same in every resample, or scattered around it."""
    noise = spread * np.random.default_rng(5).standard_normal((REPLICATES, 1))
    constructs = np.full((REPLICATES, len(CONSTRUCTS)), score, dtype=float) + noise
    return Draws(
        np.full((REPLICATES, len(STATEMENTS)), np.nan), constructs, np.full(REPLICATES, np.nan),
        np.full(REPLICATES, concordance, dtype=float), np.full((REPLICATES, 4), agreement, dtype=float),
    )  # fmt: skip


@pytest.fixture
def read(engage):
    """The index of an engagement whose respondents chose their codes themselves, unless said otherwise."""

    def build(recorded=None, coders=(None,), spread=0.0, coding=(), **signs):
        rows = [{"respondent_id": f"r{k}", "question": q, "code": f"{q}A", "coder": coder}
                for k in range(3) for q in QUESTIONS for coder in coders]  # fmt: skip
        eng = engage(programs=[{"program_id": "P"}], strategy_answers=rows)
        share = not_assessable("criteria_recorded_share", "No log.")
        if recorded is not None:
            share = Result(share.name, recorded[0] / recorded[1], n=recorded[1], events=recorded[0])
        made = wave(coding=coding, **signs) if signs else None
        shape = {name: value for name, value in signs.items() if value is not None and not isinstance(value, dict)}
        resampled = drawn(spread=spread, **shape) if signs else None
        return read_criteria(eng, made, resampled, share, np.random.default_rng(1))

    return build


def test_the_index_is_the_mean_of_what_was_measured(read):
    """Score 20 (80 of 100), agreement .5, W .6 and 9 of 10 decisions: (80 + 50 + 60 + 90) / 4 = 70."""
    found = read(recorded=(9, 10), score=20.0, agreement=0.5, concordance=0.6)

    assert {"criteria_perceived": 80, "strategy_agreement": 50, "criteria_recorded": 90, "priority_agreement": 60} == {
        name: pytest.approx(part.value) for name, part in found.parts.items()
    }
    assert 70.0 == pytest.approx(found.index.value)
    assert tuple(found.parts) == PARTS


def test_an_index_at_its_floor_is_even_odds(read):
    """At 57 exactly, with structural noise alone, criteria are as likely there as not; 6 points above it is one standard
    deviation: 84 %."""
    even, above = (read(score=100 - x, agreement=x / 100) for x in (57.0, 63.0))

    assert 0.5 == pytest.approx(even.probability, abs=0.03)
    assert 0.841 == pytest.approx(above.probability, abs=0.03)
    assert 0.0 == even.sampling


def test_two_signs_are_needed_and_people_have_to_be_asked(read):
    """One sign is no index; decisions and rankings alone do not say what people decide by."""
    alone, unasked = read(score=20.0), read(recorded=(9, 10), concordance=0.6)

    assert {TWO_NEEDED} == {found.index.caveats[0] for found in (alone, unasked)}
    assert (None, None) == (alone.probability, unasked.probability)


def test_without_a_survey_each_sign_says_what_would_switch_it_on(read):
    """No wave at all: the four signs are not measured, each for its own reason."""
    found = read()

    assert {"not_assessable"} == {part.status for part in found.parts.values()}
    assert 4 == len({part.caveats for part in found.parts.values()})


@pytest.mark.parametrize(
    ("coders", "coding", "expected"),
    [
        ((None,), (), QUESTIONS),  # chosen by the respondent
        (("ann",), (), ()),  # one coder: nobody knows whether another would agree
        (("ann", "ben"), [(q, True) for q in QUESTIONS], QUESTIONS),
        (("ann", "ben"), [("Q1", True), ("Q2", False), ("Q3", False), ("Q4", False)], ("Q1",)),
        ((None, "ann", "ben"), [(q, False) for q in QUESTIONS], QUESTIONS),  # the respondent's own choice counts
    ],
)
def test_codes_of_free_text_need_two_coders_who_agree(read, engage, coders, coding, expected):
    """What the respondent chose may be used; what was read out of a text only where two coders read it alike."""
    rows = [{"respondent_id": "r", "question": q, "code": "A", "coder": coder} for q in QUESTIONS for coder in coders]
    eng = engage(programs=[{"program_id": "P"}], strategy_answers=rows)
    found = read(coders=coders, coding=coding, agreement=0.5, score=20.0)

    assert expected == usable_questions(eng, wave(agreement=0.5, coding=coding))
    assert bool(expected) == found.parts["strategy_agreement"].is_ok


def test_one_coder_is_named_as_what_is_missing(read):
    """The answers are there; a second coder is what would switch them on."""
    found = read(coders=("ann",), agreement=0.5, score=20.0)

    assert "coded by one coder" in found.parts["strategy_agreement"].caveats[0]


def test_questions_too_few_answered_are_left_out_of_the_mean(read):
    """Three questions agree at .6, the fourth had too few answers: the mean is over three."""
    found = read(agreement={"Q1": 0.6, "Q2": 0.6, "Q3": 0.6, "Q4": None}, score=20.0)

    assert 60.0 == pytest.approx(found.parts["strategy_agreement"].value)
    assert "Q1, Q2 and Q3" in found.parts["strategy_agreement"].method


def test_a_wider_sample_is_less_sure(read):
    """The same index from scattered resamples has a wider interval and says how much of it is sampling."""
    sure, unsure = (read(score=30.0, agreement=0.7, spread=spread) for spread in (0.0, 20.0))

    assert unsure.index.high - unsure.index.low > sure.index.high - sure.index.low
    assert 10.0 == pytest.approx(unsure.sampling, rel=0.1)  # half of 20: one sign of two
