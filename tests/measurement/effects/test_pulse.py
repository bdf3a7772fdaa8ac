from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

import gapkit as gk
from gapkit.baseline.frozen import read_frozen
from gapkit.measurement.comparison import compare_windows
from gapkit.measurement.effects.pulse import ISOLATES, pulse, pulse_p, waves_compared, why_not
from gapkit.results import Result


@pytest.fixture(scope="module")
def comparison():
    """The example engagement with its two waves."""
    eng = gk.load("northwind", phase="measure")
    return compare_windows(eng, read_frozen(eng.folder), (eng.config.measure_start, eng.config.measure_end))


@pytest.fixture(scope="module")
def drafts(comparison):
    return {draft.measure: draft for draft in pulse(comparison)}


def score(n, value=50.0):
    return Result("perceived_misalignment", value, value - 5, value + 5, n=n, unit="points")


def test_the_last_wave_before_the_freeze_against_the_last_since(comparison):
    """April before, September after."""
    waves = waves_compared(comparison)

    assert (waves.before.name, waves.after.name) == ("2026-04", "2026-09")


def test_every_killer_is_compared_and_less_is_better(drafts):
    """Scores run from 0 best to 100 worst; what was planted and mended is seen less."""
    mended = [drafts[f"perceived_{name}"] for name in ("structural_bottlenecks", "unclear_ownership")]

    assert len(drafts) == 5
    assert {draft.better for draft in drafts.values()} == {-1}
    assert all(draft.difference.high < 0 and draft.p_value < 0.01 for draft in mended)


def test_the_difference_is_that_of_the_scores_shown(drafts):
    """Nothing of single respondents leaves the survey."""
    draft = drafts["perceived_misalignment"]

    assert draft.difference.value == pytest.approx(draft.after.value - draft.before.value)
    assert draft.difference.low < draft.difference.value < draft.difference.high


def test_waves_that_differ_by_a_few_people_are_not_compared():
    """Seven and nine answers: the difference would be about two."""
    assert why_not(score(7), score(9), 5, 5, 20) == (ISOLATES,)
    assert why_not(score(12), score(12), 10, 5, 20) == ()
    assert why_not(score(30), score(31), 10, 5, 20) == ()


def test_fewer_than_ten_answers_are_not_compared():
    """Five may be shown; two groups need ten each."""
    assert "needs 10 answers" in why_not(score(7), score(12), 10, 5, 20)[0]


def test_without_a_second_wave_it_is_said_what_is_missing(comparison):
    """One wave tells nothing of a change: none began since October."""
    later = replace(comparison, after=replace(comparison.after, start=dt.date(2026, 10, 1)))
    draft = pulse(later)[0]

    assert (draft.measure, draft.after.status) == ("perceived_killers", "not_assessable")
    assert "in the measure window" in draft.after.caveats[0]


def test_without_a_survey_there_is_one_line(compared, rows):
    """Not five times the same."""
    found = pulse(compared(programs=rows("A", due="2026-08-20", on_time=12)))

    assert [draft.measure for draft in found] == ["perceived_killers"]


def test_the_p_value_is_never_zero():
    """999 resamples on one side: 2 in 1,000 at least."""
    assert pulse_p(np.full(999, -3.0)) == pytest.approx(0.002)
    assert pulse_p(np.array([-1.0, 1.0, np.nan])) == 1.0


def test_a_wave_that_may_not_be_shown_is_one_line(comparison, monkeypatch):
    """Not five times the same reason."""
    waves = waves_compared(comparison)
    closed = replace(waves.after, is_shown=False, caveats=("Fewer than 5 usable answers: nothing is shown.",))
    survey = SimpleNamespace(waves={"2026-04": waves.before, "2026-09": closed})
    monkeypatch.setitem(pulse.__globals__, "read_survey", lambda eng: survey)
    drafts = pulse(comparison)

    assert [(draft.measure, draft.after.status) for draft in drafts] == [("perceived_killers", "thin")]
    assert drafts[0].difference.caveats == closed.caveats
