from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.measurement.effects.restricted import alone, compare_restricted

# Freireich et al. (1963): weeks of remission, 6-MP and placebo.
MP = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
MP_EVENT = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def units(exits, events, entry=0.0):
    return pd.DataFrame({"exit": [float(x) for x in exits], "is_event": [bool(e) for e in events], "entry": entry})


DRUG, NONE = units(MP, MP_EVENT), units(PLACEBO, [1] * 21)


def test_the_difference_of_freireichs_remissions():
    """RMST to 21 weeks: 16.744 and 8.524, difference 8.220 (4.526 to 11.915; survRM2)."""
    found = compare_restricted(NONE, DRUG, 21)

    assert (round(found.after.value, 3), round(found.before.value, 3)) == (16.744, 8.524)
    assert [round(x, 3) for x in found.difference[:3]] == [8.220, 4.526, 11.915]


def test_the_horizon_is_lowered_to_what_both_sides_were_watched_for():
    """One side watched for 30 days only: 30, not 90."""
    found = compare_restricted(units([10, 30], [1, 0]), units([20, 80], [1, 0]), 90)

    assert found.tau == 30


def test_both_curves_start_where_the_later_one_can():
    """Few were watched when young on one side: the means speak of the same stretch of life."""
    young, old = units([40.0] * 6, [1] * 6), units([50.0] * 6, [1] * 6, entry=20.0)
    found = compare_restricted(young, old, 60, start_at_risk=5)

    assert found.start == 20
    assert found.difference.value == pytest.approx(10)


def test_nothing_in_common_gives_nothing():
    """Watched from day 60 on one side and until day 30 on the other."""
    assert (
        compare_restricted(units([30.0] * 6, [0] * 6), units([90.0] * 6, [1] * 6, entry=60.0), 90, start_at_risk=5) is None
    )


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=5, max_size=30))
def test_swapping_sides_flips_the_sign(pairs):
    """After less before, one way or the other."""
    frame = units(*zip(*pairs, strict=True))
    there, back = compare_restricted(frame, DRUG, 20), compare_restricted(DRUG, frame, 20)

    assert there.difference.value == pytest.approx(-back.difference.value)
    assert there.p_value == pytest.approx(back.p_value)


def test_a_side_alone_is_its_own_restricted_mean():
    """6-MP to 21 weeks: 16.744."""
    assert round(alone(DRUG, 21).after.value, 3) == 16.744
