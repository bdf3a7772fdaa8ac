from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from gapkit.config import Settings
from gapkit.redesign.slas.attainment import attainment


def waits(*rows):
    return pd.DataFrame(rows, columns=["wait_bdays", "is_open", "follow_up_bdays"])


def kept(rows, days=3):
    return attainment(waits(*rows), days, Settings(), period="2026")


def test_recent_waits_do_not_flatter():
    """Ten old waits, half kept; five of yesterday, done at once, do not count: the slow ones are still running."""
    found = kept([(2, False, 30)] * 5 + [(9, False, 30)] * 5 + [(0, False, 1)] * 5)

    assert (0.5, 5, 10) == (found.value, found.events, found.n)


def test_a_wait_still_running_beyond_its_time_is_a_breach():
    """Open since 30 days with 3 agreed."""
    found = kept([(2, False, 30)] * 9 + [(30, True, 30)])

    assert (9, 10) == (found.events, found.n)


def test_the_time_itself_is_kept():
    """Three days of three are in time."""
    assert 1.0 == kept([(3, False, 30)] * 10).value


def test_a_handful_shows_counts_only():
    """Nine waits: too few for a share; none: not measured."""
    few = kept([(2, False, 30)] * 9)

    assert ("thin", None, 9) == (few.status, few.value, few.events)
    assert "not_assessable" == kept([(0, False, 1)]).status


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=10, max_size=60), st.integers(1, 19))
def test_a_longer_time_is_kept_no_less_often(lengths, days):
    """Of waits watched long enough, a day more can only help."""
    rows = [(length, is_open, 60) for length, is_open in lengths]

    assert kept(rows, days).events <= kept(rows, days + 1).events
