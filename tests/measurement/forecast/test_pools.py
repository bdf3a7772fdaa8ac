from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.config import Settings
from gapkit.measurement.forecast.fates import ANY, CANCELLED, DELIVERED, NOT_STARTED, OPEN, STARTED
from gapkit.measurement.forecast.pools import count_pools, cover_counts, find_spans, nearest_pool, past_promises, share_of

# Promised 90 days ago, due 10 days ago, started 60 days ago: delivered on time, late, cancelled, and still open.
PAST = pd.DataFrame({
    "promised": -90.0, "limit": -10.0, "begun": -60.0, "ended": [-20.0, -5.0, -30.0, np.inf],
    "fate": [DELIVERED, DELIVERED, CANCELLED, OPEN], "is_promise": True, "is_open": [False, False, False, True],
})  # fmt: skip


@pytest.fixture
def pools():
    """Counts of the four programs above."""
    return count_pools(PAST, 100)


def test_a_program_counts_while_it_was_open(pools):
    """Due 10 days ago: with 15 days left the one cancelled at 20 days left is gone, with 5 the early one too."""
    assert [2, 3, 4, 4, 0] == pools.n[ANY, [5, 15, 30, 80, 81]].tolist()


def test_a_program_changes_its_state_on_the_day_it_starts(pools):
    """Started 50 days before the last day on time: with 50 left it runs, with 51 it waits."""
    assert [4, 0] == pools.n[STARTED, [50, 51]].tolist()
    assert [0, 4] == pools.n[NOT_STARTED, [50, 51]].tolist()


def test_only_what_came_in_time_is_on_time(pools):
    """One of four open with 30 days left made it, one was cancelled; the late and the open one did neither."""
    assert (1, 1) == (pools.on_time[ANY, 30], pools.cancelled[ANY, 30])


def test_with_no_day_left_nothing_can_be_on_time(pools):
    """Whoever was open at the end of the last day was late."""
    assert 0 == pools.on_time[:, 0].sum()


def test_cancelled_on_an_unknown_day_stays_a_promise_not_kept():
    """It counts as open until its date, and as cancelled by then."""
    pools = count_pools(PAST.iloc[[2]].assign(ended=np.inf), 100)

    assert (1, 1, 0) == (pools.n[ANY, 1], pools.cancelled[ANY, 1], pools.on_time[ANY, 1])


def test_unknown_start_counts_whatever_the_state():
    """It tells of all programs, not of those that run or those that wait."""
    pools = count_pools(PAST.assign(begun=np.nan), 100)

    assert [0, 0, 4] == pools.n[:, 40].tolist()


def test_what_is_not_due_yet_teaches_nothing():
    """Equal follow-up: only programs whose last day has passed, and none older than two years."""
    fates = PAST.assign(limit=[1.0, 0.0, -730.0, -731.0])

    assert [1, 2] == past_promises(fates, Settings()).index.tolist()


def test_the_nearest_pool_is_taken():
    """Enough as it is; else nearest by days; else whatever the state; else nothing."""
    counts = np.zeros((3, 60), dtype=np.int64)
    counts[STARTED, 30] = counts[ANY, 10] = 10

    assert (30, STARTED) == nearest_pool(counts, 30, STARTED, 10, 14)
    assert (30, STARTED) == nearest_pool(counts, 40, STARTED, 10, 14)
    assert (10, ANY) == nearest_pool(counts, 5, NOT_STARTED, 10, 14)
    assert nearest_pool(counts, 50, STARTED, 10, 14) is None


def test_too_few_give_no_share(pools):
    """Four programs are no pool of ten."""
    assert 0 == share_of(pools, 30, STARTED, Settings()).n


@given(st.lists(st.tuples(st.integers(-5, 25), st.integers(-5, 25)), max_size=20))
def test_counts_equal_counting_one_by_one(intervals):
    """The differences at both ends give what looking at every day would."""
    low, high = (np.array([pair[side] for pair in intervals], dtype=float) for side in (0, 1))
    by_hand = [int(((low <= day) & (day <= high)).sum()) for day in range(21)]

    assert by_hand == cover_counts(low, high, 0, 20).tolist()


def test_spans_of_an_open_program_end_where_watching_does():
    """Nobody knows what a program open today will do tomorrow."""
    spans = find_spans(PAST.iloc[[3]], np.array([-1.0]))

    assert (-9.0, 80.0) == (spans.low[ANY, 0], spans.high[ANY, 0])
