from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.measurement.promised.judging import AS_PROMISED, LESS, MORE, UNTOLD, at_level, difference, hold_against
from gapkit.stats.differences import newcombe_difference
from gapkit.stats.intervals import Interval
from gapkit.stats.rates import wilson

PROMISE = Interval(0.15, 0.06, 0.24)


@st.composite
def intervals(draw):
    """Any interval around its value."""
    value = draw(st.floats(-1, 1))
    return Interval(value, value - draw(st.floats(0.001, 1)), value + draw(st.floats(0.001, 1)))


def test_the_difference_of_two_rates_is_newcombes():
    """For Wilson intervals the rule is method 10 of Newcombe (1998): 56 of 70 less 48 of 80, 5.24 to 33.39 points."""
    found = difference(wilson(56, 70), wilson(48, 80))

    assert found == pytest.approx(newcombe_difference(56, 70, 48, 80))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


def test_a_promise_is_brought_to_the_level_of_the_measurement():
    """Arms of a 90 % interval grow by 1.95996 / 1.64485 = 1.19158 (quantiles of the normal distribution)."""
    found = at_level(PROMISE, 0.90)

    assert found == pytest.approx((0.15, 0.15 - 0.09 * 1.19158, 0.15 + 0.09 * 1.19158), abs=1e-6)


@pytest.mark.parametrize(
    ("measured", "word"),
    [
        (Interval(0.12, 0.02, 0.22), AS_PROMISED),  # inside the promise, and told from none
        (Interval(0.12, -0.08, 0.32), UNTOLD),  # inside, and none is possible
        (Interval(0.27, 0.08, 0.42), UNTOLD),  # above the promise, by no more than chance
        (Interval(0.45, 0.38, 0.52), MORE),
        (Interval(-0.05, -0.12, 0.02), LESS),
        (Interval(0.02, -0.20, 0.25), UNTOLD),
    ],
)
def test_each_word_has_its_case(measured, word):
    """Promised 15 points, 6 to 24 at 90 %."""
    assert hold_against(PROMISE, measured, level=0.90, better=1).word == word


def test_a_narrow_measurement_inside_a_promise_that_holds_none_is_as_promised():
    """A lever that was to do next to nothing and did is no riddle."""
    found = hold_against(Interval(0.01, -0.05, 0.07), Interval(0.005, -0.02, 0.03), level=0.90, better=1)

    assert (found.word, found.held) == (AS_PROMISED, True)


@pytest.mark.parametrize(
    ("value", "reach", "word"), [(0.12, 0.05, AS_PROMISED), (0.08, 0.05, UNTOLD), (0.2, 0.05, MORE), (0.02, 0.05, LESS)]
)
def test_an_amount_agreed_is_reached_or_not(value, reach, word):
    """Without an interval of its own it holds as promised from the amount on; nothing is said about holding."""
    found = hold_against(Interval(0.1, 0.1, 0.1), Interval(value, value - reach, value + reach), level=None, better=1)

    assert (found.word, found.held) == (word, None)


def test_a_level_kept_before_is_no_achievement():
    """Reaching it proves nothing where it was so before."""
    goal, seen = Interval(0.7, 0.7, 0.7), Interval(0.78, 0.65, 0.88)

    assert hold_against(goal, seen, level=None, better=1, is_clear=False).word == UNTOLD
    assert hold_against(goal, seen, level=None, better=1, is_clear=True).word == AS_PROMISED


@given(intervals(), intervals(), st.sampled_from([0.8, 0.9, 0.95]))
def test_the_same_in_the_other_direction(predicted, measured, level):
    """Days saved are judged as points gained are: turning both over changes no word and turns the shortfall over."""
    turned = [Interval(-one.value, -one.high, -one.low) for one in (predicted, measured)]
    up = hold_against(predicted, measured, level=level, better=1)
    down = hold_against(turned[0], turned[1], level=level, better=-1)

    assert (up.word, up.held) == (down.word, down.held)
    assert down.shortfall.value == pytest.approx(-up.shortfall.value)


@given(intervals(), intervals(), st.floats(1, 5))
def test_less_knowledge_never_makes_a_shortfall(predicted, measured, wider):
    """What cannot be told, or came as promised, is not called less or more because the measurement is vaguer."""
    value, low, high = measured
    vague = Interval(value, value - (value - low) * wider, value + (high - value) * wider)
    sharp = hold_against(predicted, measured, level=0.90, better=1).word
    blurred = hold_against(predicted, vague, level=0.90, better=1).word

    assert blurred in (sharp, UNTOLD) or sharp in (LESS, MORE)
    assert not (sharp in (UNTOLD, AS_PROMISED) and blurred in (LESS, MORE))


@given(intervals(), intervals())
def test_words_agree_with_the_shortfall(predicted, measured):
    """Less and more leave zero out on their side; as promised holds it, and the measured value lies in the promise."""
    found = hold_against(predicted, measured, level=0.95, better=1)

    assert (found.word == LESS) == (found.shortfall.high < 0)
    assert (found.word == MORE) == (found.shortfall.low > 0)
    assert found.word != AS_PROMISED or (found.held and found.shortfall.low <= 0 <= found.shortfall.high)
