from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.baseline.rates import estimate_rate
from gapkit.config import Settings
from gapkit.stats.rates import jeffreys

ANSWERS = st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=60)


def estimate(answers, teams=None):
    outcome = pd.Series(answers, dtype="boolean")
    cluster = pd.Series(teams if teams is not None else ["A"] * len(answers), dtype="str")
    return estimate_rate("rate", outcome, cluster, Settings(), period="2026Q1")


def test_published_wilson_limits():
    """81 of 263: .2553 to .3662 (Newcombe 1998a)."""
    found = estimate([True] * 81 + [False] * 182)

    assert (0.2553, 0.3662) == (round(found.low, 4), round(found.high, 4))


@given(st.integers(30, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_jeffreys_agrees_where_programs_are_not_alike(counts):
    """Another interval with other assumptions lands within four points from 30 programs on: a cross-check on the code."""
    events, n = counts
    found, other = estimate([True] * events + [False] * (n - events)), jeffreys(events, n)

    assert found.low == pytest.approx(other.low, abs=0.04)
    assert found.high == pytest.approx(other.high, abs=0.06)


def test_teams_that_differ_widen_the_interval():
    """Six teams of ten, three always in time and three never: the plain interval would be far too narrow."""
    answers = [True] * 30 + [False] * 30
    teams = [team for team in "ABCDEF" for _ in range(10)]

    alike, plain = estimate(answers, teams), estimate(answers)

    assert alike.high - alike.low > 2 * (plain.high - plain.low)


def test_few_teams_say_what_alike_programs_would_do():
    """Below five teams the plain interval stands, with the wider one in the caveat."""
    assert "Fewer than five teams" in estimate([True] * 10 + [False] * 10).caveats[0]


@given(ANSWERS)
def test_three_answers_stay_apart(answers):
    """Not measured has no outcome at all, thin has too few programs, a rate has both limits around it."""
    found = estimate(answers)

    if not any(answer is not None for answer in answers):
        assert "not_assessable" == found.status
    elif len(answers) < 10:
        assert ("thin", None) == (found.status, found.value)
    else:
        assert 0 <= found.low <= found.value <= found.high <= 1
