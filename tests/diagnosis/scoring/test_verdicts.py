from __future__ import annotations

import numpy as np
import pytest

from gapkit.config import Settings
from gapkit.diagnosis.evidence import Indicator
from gapkit.diagnosis.scoring.scores import Score
from gapkit.diagnosis.scoring.verdicts import (
    apart_of,
    difference_of,
    grade_of,
    interval_of,
    is_discontent_general,
    verdict_of,
)

SETTINGS = Settings()


def mostly(value: float, share: float = 1.0, other: float = 0.0) -> np.ndarray:
    """A hundred replicates, a share of them at one value, the rest at another."""
    return np.repeat([value, other], [round(100 * share), 100 - round(100 * share)])


def score(activity=None, behaviour=None, perception=None, indicators=()) -> Score:
    return Score("poor_tooling", tuple(indicators), behaviour, perception, activity, 20)


@pytest.mark.parametrize(
    ("activity", "behaviour", "perception", "word"),
    [
        (mostly(55, 0.80), mostly(50, 0.5), mostly(45, 0.5), "clearly active"),
        (mostly(55, 0.79, 50), mostly(50), mostly(45), "probably active"),
        (mostly(55), mostly(50), mostly(44), "probably active"),
        (mostly(50, 0.80), mostly(50, 0.5), mostly(0), "probably active"),
        (mostly(55), mostly(50, 0.49), mostly(90), "possible"),
        (mostly(50, 0.79), mostly(50), mostly(50), "possible"),
        (mostly(50, 0.20), mostly(50), mostly(50), "possible"),
        (mostly(50, 0.19), mostly(50), mostly(50), "not shown"),
    ],
)
def test_words_stand_for_probabilities(activity, behaviour, perception, word):
    """The words of docs/method.md, "Killers and fractures", at each border."""
    assert word == verdict_of(score(activity, behaviour, perception), SETTINGS)


def test_one_source_alone_is_possible_at_most():
    """What only the records show, or only people say, is never probable."""
    assert "possible" == verdict_of(score(mostly(90), behaviour=mostly(90)), SETTINGS)
    assert "possible" == verdict_of(score(mostly(90), perception=mostly(90)), SETTINGS)
    assert "not shown" == verdict_of(score(mostly(10), perception=mostly(10)), SETTINGS)


def test_nothing_measured_is_not_assessable():
    """Which is not the same as not shown."""
    assert "not assessable" == verdict_of(score(), SETTINGS)


def test_an_interval_runs_from_the_fifth_to_the_ninety_fifth_percentile():
    """Of 0 to 100: 50, from 5 to 95."""
    assert (50, 5, 95) == tuple(interval_of(np.arange(101.0)))


def indicator(n: int) -> Indicator:
    return Indicator("T1", "", None, None, None, n, "share", 0, 1, None, "thin", (), "")


def test_grades_say_how_much_there_is():
    """A: both kinds, narrow, answered by enough; B: one kind, or wide, or answered by few; C: single indicators only."""
    narrow, wide = np.linspace(40, 60, 101), np.linspace(20, 80, 101)

    assert "A" == grade_of(score(narrow, narrow, narrow), SETTINGS, is_representative=True)
    assert "B" == grade_of(score(narrow, narrow, narrow), SETTINGS, is_representative=False)
    assert "B" == grade_of(score(wide, wide, wide), SETTINGS, is_representative=True)
    assert "B" == grade_of(score(narrow, narrow), SETTINGS, is_representative=True)
    assert "C" == grade_of(score(indicators=[indicator(7)]), SETTINGS, is_representative=True)
    assert "" == grade_of(score(indicators=[indicator(0)]), SETTINGS, is_representative=True)


def test_a_disagreement_is_large_and_not_by_chance():
    """Thirty points apart in every replicate; thirty on the median with zero inside the interval; twenty."""
    level = np.full(101, 40.0)

    assert (30, 30, 30) == difference_of(score(level, level + 30, level), SETTINGS)
    assert (-30, -30, -30) == difference_of(score(level, level - 30, level), SETTINGS)
    assert difference_of(score(level, level + np.linspace(-20, 80, 101), level), SETTINGS) is None
    assert difference_of(score(level, level + 20, level), SETTINGS) is None
    assert difference_of(score(level, level), SETTINGS) is None


def test_how_far_two_sides_are_apart_is_known_also_where_they_agree():
    """Ten points apart are no disagreement and still a difference; with one side there is none."""
    level = np.full(101, 40.0)

    assert (10, 10, 10) == apart_of(score(level, level + 10, level))
    assert apart_of(score(level, level)) is None


def test_discontent_is_general_when_all_is_equally_bad():
    """All five within fifteen points and sixty on the mean; not when one stands out, is missing, or all is fairly well."""

    def judged(*levels: float) -> bool:
        return is_discontent_general([score(perception=mostly(level)) for level in levels], SETTINGS)

    assert judged(55, 60, 65, 70, 60)
    assert not judged(54, 60, 65, 70, 60)
    assert not judged(55, 55, 60, 60, 65)
    assert not is_discontent_general([score(perception=mostly(70)), score()], SETTINGS)
