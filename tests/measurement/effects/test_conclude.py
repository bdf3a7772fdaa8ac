from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.measurement.effects.conclude import conclude
from gapkit.measurement.effects.draft import Draft, no_difference
from gapkit.results import Result, not_assessable


def draft(measure, low, high, p=0.01, better=1, worthwhile=0.10, needed="More."):
    before, after = (Result(measure, 0.5, n=40, events=20, period=when) for when in ("before", "after"))
    gap = Result(f"{measure}_difference", (low + high) / 2, low, high, n=40, unit="pp", period="after")
    return Draft(measure, before, after, gap, p, better, worthwhile, needed)


def verdicts(*drafts, look="verdict", until=None):
    return {effect.measure: effect for effect in conclude(drafts, "on_time_rate", look, until)}


def test_the_primary_comes_first_and_details_last():
    """Whatever the order in which families spoke."""
    found = verdicts(draft("a:place", 0.1, 0.2), draft("b", 0.1, 0.2), draft("on_time_rate", 0.1, 0.2))

    assert list(found) == ["on_time_rate", "b", "a:place"]


def test_holm_over_all_but_the_primary_and_the_details():
    """Two tests at .01 and .04 give .02 and .04; the primary and the detail are not counted."""
    found = verdicts(draft("on_time_rate", 0.1, 0.2), draft("a", 0.1, 0.2, p=0.01), draft("b", 0.1, 0.2, p=0.04),
                     draft("a:place", 0.1, 0.2, p=0.001))  # fmt: skip

    assert [found[name].adjusted_p for name in ("on_time_rate", "a", "b", "a:place")] == [None, 0.02, 0.04, None]


def test_a_detail_gets_no_verdict():
    """Its sentence ends with the interval."""
    found = verdicts(draft("on_time_rate", 0.1, 0.2), draft("wait_days:legal", 0.1, 0.2))["wait_days:legal"]

    assert found.judgement.verdict == "not judged"
    assert "95 % CI +10 to +20 pp. Before" in found.sentence
    assert found.place == "legal"


def test_before_the_window_is_over_nothing_is_judged():
    """Figures are watched, and it is said until when."""
    found = verdicts(draft("on_time_rate", 0.2, 0.3), look="monitoring", until=dt.date(2026, 9, 30))["on_time_rate"]

    assert found.judgement.verdict == "monitoring"
    assert ": watched, not judged until 30 September 2026." in found.sentence
    assert not {"improved", "worsened"} & set(found.sentence.replace(",", "").split())


def test_what_is_needed_is_said_only_where_data_does_not_tell():
    """A firm verdict needs nothing more."""
    found = verdicts(draft("on_time_rate", 0.12, 0.2), draft("wide", -0.3, 0.4), draft("open", -0.1, 0.2, p=0.5))

    assert [found[name].needed for name in ("on_time_rate", "wide", "open")] == ["", "More.", "More."]


def test_not_measured_and_too_little_stay_apart():
    """The status of the difference decides."""
    some = Result("a", 0.5, n=20, events=10)
    none, thin = not_assessable("a", "Why."), Result("a", n=4, status="thin", caveats=("Few.",))
    found = verdicts(draft("on_time_rate", 0.1, 0.2), Draft("none", some, none, no_difference(some, none, "pp")),
                     Draft("thin", thin, some, no_difference(thin, some, "pp")))  # fmt: skip

    assert [found[name].judgement.verdict for name in ("none", "thin")] == ["not measured", "too little data"]
    assert found["thin"].sentence.endswith("Few.")


@pytest.mark.parametrize("worthwhile", [0.1, None])
@given(a=st.floats(-0.3, 0.3), b=st.floats(-0.3, 0.3))
def test_less_is_better_mirrors_the_verdict(worthwhile, a, b):
    """The same interval turned round, with the good direction turned round, is judged alike."""
    low, high = min(a, b), max(a, b)
    up = verdicts(draft("on_time_rate", low, high, worthwhile=worthwhile))["on_time_rate"].judgement
    down = verdicts(draft("on_time_rate", -high, -low, better=-1, worthwhile=worthwhile))["on_time_rate"].judgement

    assert up.verdict == down.verdict
    assert up.qualification.startswith("compatible") == down.qualification.startswith("compatible")


@given(a=st.floats(-50, 50), b=st.floats(-50, 50))
def test_without_an_agreed_change_nothing_is_called_worthwhile(a, b):
    """Nor is a wide interval called too little data: nobody said how narrow it has to be."""
    found = verdicts(draft("on_time_rate", min(a, b), max(a, b), worthwhile=None))["on_time_rate"].judgement

    assert "worthwhile" not in found.qualification
    assert found.verdict != "too little data"
