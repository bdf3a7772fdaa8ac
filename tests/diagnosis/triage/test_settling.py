from __future__ import annotations

from types import SimpleNamespace

import pytest

from gapkit.diagnosis.triage.criteria import PARTS
from gapkit.diagnosis.triage.settling import what_would_settle
from gapkit.results import Result, not_assessable


def criteria(probability, value=70.0, sampling=4.0, missing=(), n=20):
    parts = {name: not_assessable(name, "x") if name in missing else Result(name, 70.0, n=n) for name in PARTS}
    index = not_assessable("criteria_index", "x") if value is None else Result("criteria_index", value, n=n)
    return SimpleNamespace(probability=probability, parts=parts, index=index, sampling=sampling)


def work(probability, met=30, n=50, unknown=0, asked=True, rate="otif_rate"):
    perceived = Result("perceived_work", 40.0, n=20) if asked else not_assessable("perceived_work", "x")
    draws = None if probability is None else object()
    return SimpleNamespace(probability=probability, met=met, n=n, unknown=unknown, perceived=perceived, draws=draws,
                           rate=Result(rate, met / n if n else None, n=n))  # fmt: skip


@pytest.fixture
def settled(config):
    return lambda first, second: [(one.axis, one.what) for one in what_would_settle(first, second, config)]


def test_the_more_doubtful_axis_comes_first_and_two_are_named(settled):
    """Work is even odds, criteria are clear: both measurements are about the work."""
    found = settled(criteria(0.99), work(0.5, met=28, asked=False))

    assert ["work", "work"] == [axis for axis, _ in found]
    assert "WRK1, WRK2" in found[0][1]


def test_two_doubtful_axes_share_the_two(settled):
    """Both open: one measurement for each, the more doubtful first."""
    found = settled(criteria(0.4, missing=("strategy_agreement",)), work(0.25))

    assert ["criteria", "work"] == [axis for axis, _ in found]
    assert "four strategy questions" in found[0][1]


def test_more_programs_are_asked_for_as_many_as_would_settle_it(settled):
    """30 of 50 is 8 points below the bar of 68 %: 90 % sure takes a standard error of .08 / 1.2816 in all, and .04 of it is
    structure: .6 × .4 / .002297 is 104.5 programs, 54.5 more than there are."""
    found = settled(criteria(0.99), work(0.2, met=30))

    assert ("work", "Judge 55 more programs as they fall due.") == found[0]


def test_a_rate_at_its_bar_is_not_settled_by_more_of_the_same(settled):
    """34 of 50 is the bar itself: no number of programs parts them, so the target has to be agreed."""
    found = settled(criteria(0.99), work(0.5, met=34))

    assert "The rate (68 %) lies too near its bar of 68 % for more programs to part them" in found[0][1]


def test_more_people_are_asked_for_as_many_as_would_settle_it(settled):
    """70 against 57 with a sampling error of 10 from 20 people: (13 / 1.2816)² − 6² = 66.9; 100 / 66.9 of 20 is 30."""
    found = settled(criteria(0.85, value=70.0, sampling=10.0), work(0.99))

    assert ("criteria", "Ask about 30 people instead of 20.") == found[0]


def test_an_index_at_its_floor_says_so(settled):
    """58 against 57: what is uncertain about the index itself is larger than that."""
    found = settled(criteria(0.5, value=58.0), work(0.99))

    assert "The index of criteria (58 of 100) lies too near its floor of 57" in found[0][1]


def test_what_is_missing_altogether_comes_first(settled):
    """No outcome, no specification, no survey: first what was delivered, then what people say."""
    found = settled(criteria(None, value=None, missing=PARTS), work(None, met=0, n=0, asked=False, rate="on_time_rate"))

    assert [
        ("criteria", "Ask the four strategy questions of at least ten people, leaders and team, each by themselves."),
        ("work", "Record which promised programs were delivered, and on which day."),
    ] == found


def test_unknown_outcomes_are_cheaper_than_new_programs(settled):
    """Eight of fifty unknown: finding them comes before waiting for more."""
    found = settled(criteria(0.99), work(0.5, met=30, unknown=8))

    assert "Find the 8 unknown outcomes among the 50 programs promised." == found[0][1]
