from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gapkit.engagement import Engagement
from gapkit.survey import Survey, read_survey
from gapkit.survey.responses import CONSTRUCTS

Build = Callable[..., Engagement]
SIZES = {("A", "leadership"): 6, ("A", "contributor"): 6, ("B", "contributor"): 7, ("C", "contributor"): 8}


def test_every_figure_has_its_n_and_interval(northwinds: Survey) -> None:
    """Results are complete, named by construct, and grade A is left to those who see behaviour as well."""
    wave = northwinds.last
    assert wave is not None
    for construct in CONSTRUCTS:
        result = wave.results[f"perceived_{construct}"]
        assert result.is_ok
        assert result.low <= result.value <= result.high
        assert (result.unit, result.period, result.grade) == ("points", "2026-04", "B")
        assert result.n >= 5
    assert wave.results["response_rate"].n == 59
    assert wave.results["perception_gap_unclear_ownership"].value > 0.33


def test_four_answers_show_nothing_at_all(engagement: Build, make: Any) -> None:
    """No frame has a row, no result a number, nor can it be told that there were four; the wave is not closed by it."""
    survey = read_survey(engagement(make.tables(make.crowd({("A", "contributor"): 4}))))
    wave = survey.last

    assert wave is not None
    assert not survey.is_measured
    assert {0} == {len(frame) for frame in wave.frames.values()}
    assert {None} == {result.value for result in wave.results.values()}
    assert {0} == {result.n for result in wave.results.values()}
    assert "Fewer than 5 usable answers: nothing is shown." in wave.caveats
    assert {"waves": {}} == survey.closing_record()


def test_constructs_not_asked_are_not_measured(engagement: Build, make: Any) -> None:
    """A shorter form: what was asked of too few is too little data, what was not asked is not measured."""
    people = make.crowd({("A", "contributor"): 8})
    people = [
        replace(one, answers={**one.answers, "TFF1": None, **({"COQ1": None, "COQ2": None} if k > 3 else {})})
        for k, one in enumerate(people)
    ]
    results = read_survey(engagement(make.tables(people))).results

    assert "not_assessable" == results["perceived_tool_first"].status
    assert ("thin", 0) == (
        results["perceived_campaign_of_the_quarter"].status,
        results["perceived_campaign_of_the_quarter"].n,
    )
    assert results["perceived_cadence"].is_ok


@pytest.mark.parametrize(("careless", "is_shown"), [(0, True), (3, False), (5, True)])
def test_those_left_out_are_none_or_enough(engagement: Build, make: Any, careless: int, is_shown: bool) -> None:
    """With three left out, scores with and without them would give the three away; nor is it said that they are three."""
    config = make.config(settings=replace(make.config().settings, flags_to_exclude=3))
    survey = read_survey(engagement(make.tables(make.inattentive(make.crowd(SIZES), careless)), config))
    wave = survey.last

    assert wave is not None
    assert is_shown is not wave.screening.empty
    assert (careless == 3) is any("Fewer than 5 answers were left out" in caveat for caveat in wave.caveats)
    assert 27 - careless == wave.participation["n"][0]
    assert (careless == 0) is np.array_equal(wave.measured().items, wave.measured(everybody=True).items)
