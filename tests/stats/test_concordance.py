"""Kendall's W against published examples, tables of its exact distribution, and its invariances."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gapkit.stats.concordance import average_ranks, kendall_w

# Ten projects ranked by four judges, a row per project.
PROJECTS = [
    *([1, 2, 3, 4], [3, 1, 2, 2], [4, 4, 1, 3], [5, 5, 5, 1], [2, 6, 7, 6]),
    *([8, 3, 4, 7], [6, 8, 6, 5], [7, 7, 8, 9], [10, 10, 9, 8], [9, 9, 10, 10]),
]
# Anxiety of 20 people rated 1 to 6 by three raters: the data `anxiety` of R's package irr.
ANXIETY = [
    [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
    [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
    [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
]
TABLE = st.tuples(st.integers(2, 5), st.integers(2, 6)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(1, 6), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


def test_ten_projects() -> None:
    """Four judges: S = 1048, W = 12 * 1048 / (16 * 990) = .7939, chi-square 28.58."""
    concordance = kendall_w(np.array(PROJECTS).T, seed=1)

    assert (0.7939, 28.58) == (round(concordance.value, 4), round(concordance.chi_square, 2))
    assert ("permutation", 4, 10) == (concordance.method, concordance.judges, concordance.options)
    assert concordance.p_value < 0.001


def test_ties_match_r() -> None:
    """R irr::kendall(anxiety, correct = TRUE): W .540, chi-square 30.8, p .0429."""
    concordance = kendall_w(ANXIETY, seed=1)

    assert (0.5397, 30.76, 0.0429) == (
        round(concordance.value, 4),
        round(concordance.chi_square, 2),
        round(concordance.p_value, 4),
    )
    assert "chi-square" == concordance.method


def test_permutation_matches_the_exact_table() -> None:
    """Friedman's exact table, three judges and three options: the same order from all has p = 6/216 = .028."""
    concordance = kendall_w([[1, 2, 3]] * 3, seed=1)

    assert 1 == concordance.value
    assert 6 / 216 == pytest.approx(concordance.p_value, abs=0.004)


def test_permutation_counts_what_ties_with_the_data() -> None:
    """Four judges and four options: exact p by enumerating all 24**3 orders of three judges beside the first."""
    rankings = np.array([[1, 2, 3, 4], [1, 3, 2, 4], [2, 1, 3, 4], [1, 4, 3, 2]])
    orders = np.array(list(permutations([1, 2, 3, 4])))
    sums = rankings[0] + orders[:, None, None] + orders[None, :, None] + orders[None, None, :]
    exact = np.mean(((sums - 10) ** 2).sum(axis=-1) >= ((rankings.sum(axis=0) - 10) ** 2).sum())

    assert exact == pytest.approx(kendall_w(rankings, seed=2).p_value, abs=0.006)


@given(TABLE)
def test_w_is_a_mean_of_rank_correlations(table: list[list[int]]) -> None:
    """Without ties the mean Spearman correlation of judges is (m W - 1) / (m - 1); judges in any order."""
    ranks = stats.rankdata(np.array(table) + np.arange(len(table[0])) / 10, axis=1)
    judges = len(ranks)
    pairs = [stats.spearmanr(ranks[i], ranks[j]).statistic for i in range(judges) for j in range(i)]

    value = kendall_w(ranks, seed=1).value

    assert (judges * value - 1) / (judges - 1) == pytest.approx(np.mean(pairs))
    assert value == pytest.approx(kendall_w(ranks[::-1], seed=1).value)


@given(TABLE)
def test_w_lies_between_none_and_all(table: list[list[int]]) -> None:
    """Ties or not, W is a share, and missing where everyone ties everything."""
    concordance = kendall_w(table, seed=1)

    assert (concordance.value is None) == all(len(set(row)) == 1 for row in table)
    assert concordance.value is None or -1e-12 <= concordance.value <= 1 + 1e-12


def test_options_left_out_are_tied_last() -> None:
    """Naming two of four puts the others at 3.5 each."""
    assert [[1, 2, 3.5, 3.5]] == average_ranks([[1, 2, np.nan, np.nan]]).tolist()


def test_one_judge_agrees_with_nobody() -> None:
    """One ranking, or one option, is nothing to agree on."""
    with pytest.raises(ValueError, match="1 judge"):
        kendall_w([[1, 2, 3]], seed=1)
    with pytest.raises(ValueError, match="two or more options"):
        kendall_w([[1], [1]], seed=1)
