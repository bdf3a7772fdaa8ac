from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.diagnosis.claims.claim import ENDED_ALIKE
from gapkit.diagnosis.claims.functions_crossed import ABOUT, LABELS
from gapkit.diagnosis.claims.trend import follow


def steps_of(case, column="functions"):
    return case.programs[column].str.count(";").add(1).astype("Int64")


@pytest.fixture
def oracle(case, fleet):
    """Agresti's layout: successes and failures (20, 10), (15, 15), (8, 22) on three ordered steps."""
    return case(programs=[*fleet(20, 30, functions="a"), *fleet(15, 30, functions="a;b"), *fleet(8, 30, functions="a;b;c")])


def test_the_trend_test_is_linear_by_linear(oracle):
    """Agresti (2013), 3.4.1: z² = (N − 1) r² = 9.512, p .00204; the rate falls by (20 − 8) / 30 / 2 per step."""
    found = follow(oracle, ABOUT, "", steps_of(oracle), LABELS)

    assert 0.00204 == round(found.p_value, 5)
    assert -0.2 == round(found.effect.value, 6)
    assert found.effect.low < -0.2 < found.effect.high < 0


def test_three_and_more_are_one_step(case, fleet):
    """Five functions count as three or more."""
    rows = [*fleet(20, 30, functions="a"), *fleet(15, 30, functions="a;b"), *fleet(8, 30, functions="a;b;c;d;e")]
    known = case(programs=rows)

    assert -0.2 == round(follow(known, ABOUT, "", steps_of(known), LABELS).effect.value, 6)


def test_the_groups_are_named_with_their_counts(oracle):
    """The sentence begins with every count."""
    found = follow(oracle, ABOUT, "", steps_of(oracle), LABELS)

    assert (
        "20 of 30 programs of one function, 15 of 30 of two and 8 of 30 of three or more were on time and to spec"
        == found.facts
    )


def test_programs_below_the_first_step_are_shown_and_not_followed(case, fleet):
    """Nobody in charge is no step between none and one."""
    known = case(programs=[*fleet(5, 20), *fleet(20, 30), *fleet(10, 20)])
    steps = pd.Series(np.repeat([0, 1, 2], [20, 30, 20]), index=known.due.programs.index, dtype="Int64")
    found = follow(known, ABOUT, "", steps, {0: "none", **LABELS})

    assert (5, 20) == (found.groups[0].result.events, found.groups[0].result.n)
    assert (50, round(0.5 - 2 / 3, 6)) == (found.effect.n, round(found.effect.value, 6))


def test_the_first_step_and_the_higher_ones_need_ten_each(case, fleet):
    """Nine programs above the first step show no trend."""
    known = case(programs=[*fleet(20, 30, functions="a"), *fleet(1, 9, functions="a;b")])
    found = follow(known, ABOUT, "", steps_of(known), LABELS)

    assert "thin" == found.effect.status
    assert "30 programs of one function, 9 with more; 10 are needed of each." == found.effect.caveats[0]


def test_programs_whose_step_is_unknown_are_counted_as_left_out(case, fleet):
    """Nothing is dropped silently."""
    known = case(programs=[*fleet(20, 30, functions="a"), *fleet(15, 30, functions="a;b"), *fleet(1, 3)])

    assert ("3 programs left out: not recorded.",) == follow(known, ABOUT, "", steps_of(known), LABELS).caveats


def test_decided_cancellations_are_set_aside_beside_it(case, fleet):
    """Ten decided cancellations on the second step make the slope −.30; without them it is −.05."""
    gone = {"status": "cancelled", "cancelled_at": "2026-01-09", "cancel_reason": "decision", "actual_end": None}
    rows = [*fleet(24, 30, functions="a"), *fleet(15, 20, functions="a;b"), *fleet(0, 10, functions="a;b", **gone)]
    known = case(programs=rows)
    found = follow(known, ABOUT, "", steps_of(known), LABELS)

    assert (-0.3, -0.05) == (round(found.effect.value, 6), round(found.sensitivity.value, 6))


def test_all_successes_leave_no_trend_to_read(case, fleet):
    """Where nothing varies, an interval of no width around 0 would read as certainty."""
    known = case(programs=[*fleet(20, 20, functions="a"), *fleet(20, 20, functions="a;b")])
    found = follow(known, ABOUT, "", steps_of(known), LABELS)

    assert ("thin", None) == (found.effect.status, found.effect.value)
    assert (ENDED_ALIKE,) == found.effect.caveats
