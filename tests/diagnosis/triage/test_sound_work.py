from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from gapkit.diagnosis.triage.sound_work import read_work
from gapkit.results import Result, not_assessable
from gapkit.survey import Draws
from gapkit.survey.responses import CONSTRUCTS, STATEMENTS

REPLICATES = 2000


def baseline(met, n, unknown=0, spec_known=True):
    """A frozen plan of n programs, so many of them on time and to spec, so many of unknown outcome; all delivered."""
    outcome = pd.array([True] * met + [None] * unknown + [False] * (n - met - unknown), dtype="boolean")
    all_of_them = pd.array([True] * n, dtype="boolean")
    judged = pd.DataFrame({
        "group": "committed", "quarter": "2026Q1", "is_delivered": all_of_them, "is_otif": outcome, "is_on_time": outcome,
        "is_grace_over": True,
        "is_to_spec": all_of_them if spec_known else pd.array([None] * n, dtype="boolean"),
    })  # fmt: skip
    results = {name: Result(name, met / n if n else None, n=n, events=met) for name in ("otif_rate", "on_time_rate")}
    return SimpleNamespace(judged=judged, quarters=("2026Q1", "2026Q2"), results=results)


def wave_of(score):
    perceived = (not_assessable("perceived_work", "Its statements were not asked.", unit="points") if score is None
                 else Result("perceived_work", score, n=20, unit="points"))  # fmt: skip
    constructs = np.full((REPLICATES, len(CONSTRUCTS)), np.nan if score is None else score)
    nothing = np.full(REPLICATES, np.nan)
    drawn = Draws(np.full((REPLICATES, len(STATEMENTS)), np.nan), constructs, nothing, nothing,
                  np.full((REPLICATES, 4), np.nan))  # fmt: skip
    return SimpleNamespace(results={"perceived_work": perceived}), drawn


@pytest.fixture
def read(engage):
    """Whether work is sound, for a target of 70 %."""

    def build(made, score=None, *, asked=True):
        wave, drawn = wave_of(score) if asked else (None, None)
        return read_work(engage(programs=[{"program_id": "P"}]), made, wave, drawn, np.random.default_rng(1))

    return build


def test_a_rate_at_its_bar_is_even_odds(read):
    """68 of 100 against a target of 70 % less 2 points: as likely sound as not."""
    assert 0.5 == pytest.approx(read(baseline(68, 100)).probability, abs=0.04)


@pytest.mark.parametrize(("met", "n"), [(60, 100), (75, 100), (18, 20), (5, 10)])
def test_the_probability_is_that_of_the_beta_with_structural_noise(read, met, n):
    """P(Beta(x + ½, n − x + ½) + N(0, .04) ≥ .68), integrated numerically here."""
    grid = np.linspace(0.0005, 0.9995, 1000)
    weight = stats.beta(met + 0.5, n - met + 0.5).pdf(grid) / 1000
    expected = float((weight * stats.norm.sf((0.68 - grid) / 0.04)).sum())

    assert expected == pytest.approx(read(baseline(met, n)).probability, abs=0.035)


def test_people_who_find_the_work_poor_overrule_the_deliveries(read):
    """Nine of ten arrive, but the work is scored 60 of 100 (worst): not sound. At 40 it is; unasked, deliveries decide."""
    poor, fine, unasked = read(baseline(90, 100), 60.0), read(baseline(90, 100), 40.0), read(baseline(90, 100))

    assert 0.0 == poor.probability
    assert fine.probability == unasked.probability > 0.99
    assert "not_assessable" == unasked.perceived.status


def test_unknown_outcomes_count_as_anything_between_none_and_all(read):
    """60 met, 20 unknown, 20 not: between 60 and 80 %, so the answer is open; without unknown ones 75 % would be sure."""
    open_, known = read(baseline(60, 100, unknown=20)), read(baseline(75, 100))

    assert 0.3 < open_.probability < 0.7
    assert (60, 20, 100) == (open_.met, open_.unknown, open_.n)
    assert known.probability > 0.85


def test_without_specifications_work_is_judged_on_time_alone(read):
    """More than a fifth of the deliveries without a recorded specification: the on-time rate stands in, and says so."""
    found = read(baseline(60, 100, spec_known=False))

    assert "on_time_rate" == found.rate.name
    assert "The specification of 100 delivered programs is unknown: judged on time alone." in found.rate.caveats


@pytest.mark.parametrize("made", [baseline(2, 4), baseline(0, 0), baseline(0, 12, unknown=12)])
def test_a_handful_of_outcomes_judges_nothing(read, made):
    """Four programs, none, or none with a known outcome: the axis cannot be assessed."""
    assert (None, None) == (read(made).draws, read(made).probability)


def test_without_recorded_deliveries_nothing_is_judged(engage):
    """Where no source tells what was delivered, zero deliveries are no finding."""
    eng = engage(programs=[{"program_id": "P"}], records_delivery=False)

    assert None is read_work(eng, baseline(0, 50), None, None, np.random.default_rng(1)).probability
