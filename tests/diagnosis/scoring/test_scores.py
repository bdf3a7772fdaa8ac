from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.config import Settings
from gapkit.diagnosis.evidence import Indicator
from gapkit.diagnosis.indicators import Source
from gapkit.diagnosis.indicators.anchors import Anchor
from gapkit.diagnosis.indicators.draws import stream
from gapkit.diagnosis.indicators.measured import About, Drawn, Measured, share_of
from gapkit.diagnosis.scoring.scores import draw_scores, redraw_scores, score_of, scored
from gapkit.results import Result
from gapkit.survey.responses import STATEMENTS

TOOLING = [place for place, item in enumerate(STATEMENTS) if item.block == "poor_tooling"]


@pytest.fixture
def basis(config):
    """An engagement of forty programs, and a survey in which every tooling item scores 80 unless said otherwise."""

    def build(perceived: Result | None = None, items: float = 80.0):
        eng = SimpleNamespace(config=config, programs=pd.DataFrame({"program_id": [f"P{k:02d}" for k in range(40)]}))
        wave = SimpleNamespace(results={"perceived_poor_tooling": perceived}) if perceived else None

        def figures(rows: int):
            return SimpleNamespace(items=np.full((rows, len(STATEMENTS)), items)) if wave else None

        drawn = figures(config.settings.bootstrap_replicates)
        return SimpleNamespace(eng=eng, scale="mid", wave=wave, answers=figures(1), resampled_answers=drawn)

    return build


def shares(**hits: tuple[int, int]) -> tuple[Measured, ...]:
    """Indicators as "x of n programs"."""

    def one(name: str, x: int, n: int) -> Measured:
        ids = pd.Series([f"P{k:02d}" for k in range(n)])
        return About(name, "of things", "some / all", ("programs",)).measured(
            share_of("program", ids, pd.Series([1.0] * x + [0.0] * (n - x)))
        )

    return tuple(one(name, x, n) for name, (x, n) in hits.items())


def tooling(*measured: Measured) -> list[Source]:
    return [Source("poor_tooling", "poor_tooling", lambda basis: measured)]


ASKED = Result("perceived_poor_tooling", 80, 75, 85, n=20)


def test_a_score_runs_from_the_healthy_to_the_severe_anchor():
    """Zero below, a hundred above, in proportion between."""
    assert [0, 0, 50, 100, 100] == [score_of(x, Anchor(0.1, 0.5)) for x in (0.0, 0.1, 0.3, 0.5, 0.9)]


def indicator(value: float | None, low: float | None, high: float | None, score: float | None) -> Indicator:
    return Indicator("O1", "of programs", value, low, high, 40, "share", 0.1, 0.5, score, "ok", (), "")


def test_limits_are_scored_like_the_value():
    """Beyond an anchor they end at it; a census has no limits; what is not counted has no score."""
    assert (50, 0, 100) == scored(indicator(0.3, 0.05, 0.6, 50.0))
    assert (50, 50, 50) == scored(indicator(0.3, None, None, 50.0))
    assert scored(indicator(None, None, None, None)) is None


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted))
def test_a_scored_interval_keeps_its_order(values):
    """Whatever the value and its limits are."""
    low, value, high = values
    found = scored(indicator(value, low, high, score_of(value, Anchor(0.1, 0.5))))

    assert 0 <= found.low <= found.value <= found.high <= 100


def test_redrawn_anchors_never_cross_and_are_centred_on_the_score():
    """A value half-way scores 50 on the middle of the draws, and every draw is a score."""
    values = np.full((4000, 2), 0.3)
    scores = redraw_scores(values, [Anchor(0.1, 0.5), Anchor(0.25, 0.35)], Settings(), stream(1, "test"))

    assert ((scores >= 0) & (scores <= 100)).all()
    assert 50 == pytest.approx(np.median(scores[:, 0]), abs=2)
    assert scores[:, 1].std() > scores[:, 0].std()


def test_activity_joins_behaviour_and_perception(basis):
    """All indicators beyond severe and all items at 80: 100·w + 80·(1 − w), w from .45 to .75."""
    score = draw_scores(tooling(*shares(T3=(40, 40), T4=(40, 40))), basis(ASKED))[0]

    assert {100.0} == set(score.behaviour.round(9))
    assert {80.0} == set(score.perception.round(9))
    assert 20 == score.n_answers
    assert (89 <= score.activity).all() and (score.activity <= 95).all()
    assert 92 == pytest.approx(score.activity.mean(), abs=0.1)


def test_behaviour_needs_two_indicators_of_ten_units(basis):
    """One thin indicator leaves one, which is not enough; the thin one says why and has no value."""
    score = draw_scores(tooling(*shares(T3=(20, 40), T4=(5, 9))), basis(ASKED))[0]
    enough, thin = score.indicators

    assert score.behaviour is None
    assert score.activity.tolist() == score.perception.tolist()
    assert ("ok", 0.5, 40) == (enough.status, enough.value, enough.n)
    assert ("thin", None, None, 9) == (thin.status, thin.value, thin.score, thin.n)
    assert ("Only 9 programs; 10 are needed.",) == thin.caveats


def test_perception_is_left_out_where_too_few_answered(basis):
    """The survey's gate decides; behaviour then stands alone."""
    few = Result("perceived_poor_tooling", n=0, status="thin", caveats=("Fewer than 5 answered its statements.",))
    measured = shares(T3=(20, 40), T4=(5, 40))

    for without in (basis(few), basis(None)):
        score = draw_scores(tooling(*measured), without)[0]

        assert score.perception is None
        assert 0 == score.n_answers
        assert score.activity.tolist() == score.behaviour.tolist()


def test_an_indicator_carries_its_bootstrap_interval(basis):
    """20 of 40: the percentile interval is near .5 ± 1.96·sqrt(.25 / 40)."""
    found = draw_scores(tooling(*shares(T3=(20, 40), T4=(5, 40))), basis(None))[0].indicators[0]

    assert (0.5 - 0.155, 0.5 + 0.155) == pytest.approx((found.low, found.high), abs=0.03)
    assert score_of(0.5, Anchor(0.10, 0.50)) == found.score


def test_what_is_not_measured_says_what_would_switch_it_on(basis):
    """The reason is the first caveat, and no number stands beside it."""
    missing = About("T1", "of hours", "some / all", ("workarounds",)).missing("The table workarounds would switch this on.")
    found = draw_scores(tooling(missing), basis(ASKED))[0].indicators[0]

    assert ("not_assessable", None, 0) == (found.status, found.value, found.n)
    assert ("The table workarounds would switch this on.",) == found.caveats


def test_a_census_needs_no_minimum_and_has_no_interval(basis):
    """Three functions are all there are."""
    about = About("T1", "of pay", "some / all", ("incentives",), is_census=True)
    census = about.measured(share_of("function", pd.Series(["a", "b", "c"]), pd.Series([1.0, 0.0, 0.0])))
    found = draw_scores(tooling(census), basis(None))[0].indicators[0]

    assert ("ok", 1 / 3, None, None, 3) == (found.status, found.value, found.low, found.high, found.n)


def test_figures_of_people_come_with_their_draws(basis, config):
    """Where a draw does not exist, the measured value stands in."""
    draws = np.tile([0.2, np.nan], config.settings.bootstrap_replicates // 2)
    about = About("M4", "of pairs", "some / all", ("priority_rankings",), units="respondents")
    found = draw_scores(tooling(about.measured(Drawn(24, 0.4, draws))), basis(None))[0].indicators[0]

    assert (0.4, 0.2, 0.4, 24) == (found.value, found.low, found.high, found.n)


def test_scores_do_not_depend_on_the_other_members_of_the_family(basis):
    """Judged alone or beside another, the same."""
    measured = shares(T3=(20, 40), T4=(9, 40))
    other = Source("cadence", "cadence", lambda basis: shares(**{"Cadence 1": (3, 30), "Cadence 4": (8, 30)}))

    alone, (_, beside) = (
        draw_scores(tooling(*measured), basis(None)),
        draw_scores([other, *tooling(*measured)], basis(None)),
    )

    assert alone[0].activity.tolist() == beside.activity.tolist()
