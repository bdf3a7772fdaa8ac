"""Consensus orders against the textbook election, complete enumeration, and fairness to options."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.ranking import borda, kemeny, rank_correlation

# Capital of Tennessee: Memphis, Nashville, Chattanooga, Knoxville, as voters near each would rank them.
TENNESSEE = [[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]], [42, 26, 15, 17]
RANKINGS = st.integers(2, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(1, 4), min_size=n, max_size=n), min_size=1, max_size=6)
)


def test_borda_of_tennessee() -> None:
    """Memphis 126, Nashville 194, Chattanooga 173, Knoxville 107."""
    assert [126, 194, 173, 107] == borda(*TENNESSEE).tolist()


def test_kemeny_of_tennessee() -> None:
    """Nashville, Chattanooga, Knoxville, Memphis: 393 preferences respected."""
    assert ((1, 2, 3, 0), 393) == kemeny(*TENNESSEE)


def respected(order: tuple[int, ...], rankings: list[list[int]]) -> int:
    """Preferences of all voters that an order respects."""
    return sum(row[a] < row[b] for row in rankings for a, b in combinations(order, 2))


@given(RANKINGS)
def test_kemeny_respects_the_most_preferences(rankings: list[list[int]]) -> None:
    """No order of the options, tried one by one, respects more; and the score is that of the order given."""
    best = max(respected(order, rankings) for order in permutations(range(len(rankings[0]))))

    consensus = kemeny(rankings)

    assert best == consensus.score == respected(consensus.order, rankings)


@given(RANKINGS)
def test_borda_counts_options_put_behind(rankings: list[list[int]]) -> None:
    """Each voter hands out n (n - 1) / 2 points, an option gets one for each put behind it and half for each tie."""
    table = np.array(rankings)
    behind = [(table > column[:, None]).sum() for column in table.T]
    beside = [(table == column[:, None]).sum() - len(table) for column in table.T]

    assert np.array(behind) + np.array(beside) / 2 == pytest.approx(borda(rankings))


def test_votes_are_repeated_rankings() -> None:
    """Three votes for a ranking are the ranking three times."""
    rankings = [[1, 2, 3], [3, 1, 2]]
    repeated = [rankings[0]] * 3 + [rankings[1]] * 2

    assert borda(repeated).tolist() == borda(rankings, [3, 2]).tolist()
    assert kemeny(repeated) == kemeny(rankings, [3, 2])


def test_a_circle_is_cut_where_borda_would() -> None:
    """A before B, B before C, C before A, five votes each way round: three orders are equally good, Borda's is taken."""
    rankings, votes = [[1, 2, 3], [3, 1, 2], [2, 3, 1], [1, 3, 2], [3, 1, 2], [3, 2, 1]], [2, 2, 2, 1, 0, 1]

    consensus = kemeny(rankings, votes)

    assert tuple(np.argsort(-borda(rankings, votes), kind="stable")) == consensus.order


def test_options_left_out_come_last() -> None:
    """Nobody names C: it loses to both, and A and B are in the order all agree on."""
    assert (1, 0, 2) == kemeny([[2, 1, np.nan], [2, 1, np.nan]]).order


def test_fifteen_options_are_quick_and_more_are_refused() -> None:
    """Fifteen options and one clear order come back in it; sixteen are too many."""
    order = np.random.default_rng(3).permutation(15)
    ranks = np.argsort(order) + 1

    assert tuple(order) == kemeny([ranks, ranks]).order
    with pytest.raises(ValueError, match="16 options, must be at most 15"):
        kemeny([range(16)])


@pytest.mark.parametrize("votes", [[0, 0], [1, -1], [0.5, 1]])
def test_votes_must_be_counts(votes: list[float]) -> None:
    """None at all, fewer than none, and parts of a vote."""
    with pytest.raises(ValueError, match="votes must be whole numbers"):
        borda([[1, 2], [2, 1]], votes)


def test_rank_correlation_by_hand() -> None:
    """One of six pairs turned round: (5 - 1) / 6. A tie in one of two orders of three: 2 / sqrt(2 * 3)."""
    assert 4 / 6 == pytest.approx(rank_correlation([1, 2, 3, 4], [1, 3, 2, 4]))
    assert 2 / np.sqrt(6) == pytest.approx(rank_correlation([1, 1, 2], [1, 2, 3]))
    assert -1 == pytest.approx(rank_correlation([1, 2, 3], [9, 8, 7]))


def test_an_order_that_ties_everything_correlates_with_nothing() -> None:
    """Nothing to compare is missing, not 0."""
    assert rank_correlation([1, 1, 1], [1, 2, 3]) is None
