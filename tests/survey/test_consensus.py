from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gapkit.survey.consensus import consensus, shown_pairs
from gapkit.survey.rankings import complete_ranks


def found(make: Any, *orders: tuple[tuple[float | None, ...], int], **more: Any) -> Any:
    people = [make.Person(ranks=ranks) for ranks, n in orders for _ in range(n)]
    rows, gate, _ = make.gated(people)
    return consensus(gate, rows.priorities, complete_ranks(rows), **{"least_share": 0.4, "seed": 1, **more})


def test_tennessee(make: Any) -> None:
    """The capital of Tennessee, a known example: Nashville first by both ways; Borda gives 126, 194, 173 and 107 points."""
    # Memphis, Nashville, Chattanooga, Knoxville
    asked = found(make, ((1, 2, 3, 4), 42), ((4, 1, 2, 3), 26), ((4, 3, 1, 2), 15), ((4, 3, 2, 1), 17))

    assert {"PR1": 194, "PR2": 173, "PR0": 126, "PR3": 107} == asked.points
    assert ("PR1", "PR2", "PR3", "PR0") == asked.kemeny
    assert (("PR0", "PR3"),) == asked.flips
    assert 100 == asked.n


def test_near_even_pairs_come_most_even_first(make: Any) -> None:
    """Memphis is first for 42 of 100 against each other city, 58 the other way: shown, with both sides counted."""
    asked = found(make, ((1, 2, 3, 4), 42), ((4, 1, 2, 3), 26), ((4, 3, 1, 2), 15), ((4, 3, 2, 1), 17))

    assert {("PR0", "PR1", 42, 58, 0), ("PR0", "PR2", 42, 58, 0), ("PR0", "PR3", 42, 58, 0)} == set(
        asked.splits[["one_id", "other_id", "n_one_first", "n_other_first", "n_alike"]].itertuples(index=False, name=None)
    )


def test_a_side_of_four_is_not_shown(make: Any) -> None:
    """Five against four is near even, and four people are too few to be counted."""
    assert 0 == len(found(make, ((1, 2), 5), ((2, 1), 4)).splits)
    assert 1 == len(found(make, ((1, 2), 5), ((2, 1), 5)).splits)


def test_few_who_put_both_alike_are_not_shown(make: Any) -> None:
    """Three who left both out would be counted by a split of the others."""
    assert 0 == len(found(make, ((1, 2, 3), 6), ((2, 1, 3), 6), ((None, None, 1), 3)).splits)


def test_four_rankings_give_no_order(make: Any) -> None:
    """Fewer than five who ranked: no order, whatever it would be."""
    assert found(make, ((1, 2), 4), ((), 6)) is None


def test_nobody_ranked(make: Any) -> None:
    """Without rankings there is no order."""
    assert found(make, ((), 6)) is None


def test_everybody_alike_has_no_p_value(make: Any) -> None:
    """All options left tied by everybody: equal points, no test."""
    asked = found(make, ((1, 1, 1), 6))

    assert asked.p_value is None
    assert 1 == len(set(asked.points.values()))
    assert () == asked.flips


@given(st.integers(3, 5), st.data())
def test_no_hidden_split_can_be_worked_out(options: int, data: Any) -> None:
    """No sum and difference of mean ranks and splits shown is a delicate split, by linear algebra."""
    pairs = list(combinations(range(options), 2))
    delicate = {pair for pair in pairs if data.draw(st.booleans())}
    shown = shown_pairs(data.draw(st.permutations(pairs)), delicate, pairs)

    each = np.eye(len(pairs))
    means = [[1 if place == one else -1 if place == other else 0 for one, other in pairs] for place in range(options)]
    known = np.vstack([means, *(each[[pairs.index(pair)]] for pair in shown)])
    rank = np.linalg.matrix_rank(known)
    told = {pair for number, pair in enumerate(pairs) if np.linalg.matrix_rank(np.vstack([known, each[number]])) == rank}

    assert set() == told & delicate
    assert set(shown) <= told


def test_two_options_hide_nothing_by_mean_ranks() -> None:
    """Between two options the mean ranks tell the split already; a delicate one is still not counted out."""
    assert [] == shown_pairs([(0, 1)], {(0, 1)}, [(0, 1)])
    assert [(0, 1)] == shown_pairs([(0, 1)], set(), [(0, 1)])


def test_sixteen_options_have_no_kemeny_order(make: Any) -> None:
    """Beyond fifteen options the integer program is not asked."""
    asked = found(make, (tuple(range(1, 17)), 6))

    assert ((), ()) == (asked.kemeny, asked.flips)
    assert 16 == len(asked.borda)


def test_unanimous_pairs_are_no_split(make: Any) -> None:
    """Where nobody stands on the other side, there is nothing to settle."""
    assert found(make, ((1, 2, 3), 8)).splits.empty
