from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.config import Settings
from gapkit.redesign.slas.percentile import fewest_for_bound, measure_lasting


def waits(done, running=()):
    return pd.DataFrame({"wait_bdays": [float(x) for x in [*done, *running]],
                         "is_open": [False] * len(done) + [True] * len(running)})  # fmt: skip


def lasting(done, running=()):
    return measure_lasting(waits(done, running), Settings(), period="2026")


@pytest.mark.parametrize(("share", "expected"), [(0.80, 14), (0.85, 19), (0.90, 29)])
def test_an_upper_bound_needs_so_many_waits(share, expected):
    """From share^n <= .05, as the method tabulates it: 14 for the 80th percentile, 19 for the 85th, 29 for the 90th."""
    assert expected == fewest_for_bound(share)
    assert share**expected <= 0.05 < share ** (expected - 1)


def test_nineteen_waits_are_bounded_by_the_longest_and_eighteen_by_nothing():
    """The boundary itself: the longest of nineteen bounds the percentile, eighteen give no figure."""
    few = lasting(range(1, 19)).late

    assert 19.0 == lasting(range(1, 20)).late.high
    assert ("thin", None, 18) == (few.status, few.value, few.n)


def test_waits_still_running_lengthen_the_percentile():
    """Eighteen done after 2 days, two after 8, five running since 5: of those done 90 % took 2 days, but S(2) is 7/25."""
    found = lasting([2] * 18 + [8] * 2, [5] * 5)

    assert (8.0, 25, 20) == (found.late.value, found.late.n, found.late.events)
    assert 2.0 == found.median.value


def test_waits_just_begun_change_nothing():
    """Ten asked for today tell nothing about how long they will take."""
    assert 8.0 == lasting([2] * 12 + [8] * 8, [0] * 10).late.value


def test_a_percentile_not_reached_says_how_long_at_least():
    """Twenty done after 2 days and twenty running since 9: half have not ended."""
    found = lasting([2] * 20, [9] * 20).late

    assert (None, None, 9.0) == (found.value, found.high, found.low)
    assert found.caveats == ("Not reached in the time observed: more than 9 days.",)


@given(st.lists(st.integers(0, 40), min_size=19, max_size=80))
def test_the_time_is_kept_by_at_least_the_share_it_promises(lengths):
    """Of completed waits at least 85 % end within the percentile, and it lies within its bounds."""
    found = lasting(lengths).late

    assert sum(max(length, 0.5) <= found.value for length in lengths) >= 0.85 * len(lengths)
    assert found.low <= found.value <= found.high
