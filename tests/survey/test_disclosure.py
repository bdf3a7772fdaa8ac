from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gapkit.stats.suppression import groups_to_hide, isolated_group
from gapkit.survey.disclosure import has_moved, is_safe, left_over, shown_rows

Attack = Callable[..., int | None]
TABLES = st.integers(1, 3).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 6), min_size=columns, max_size=columns), min_size=1, max_size=4)
)


def sums(table: np.ndarray, rows: np.ndarray) -> list[np.ndarray]:
    """One vector per sum shown: everybody, each column, each of the rows; people stand cell by cell."""
    row, column = (place.ravel().repeat(table.ravel()) for place in np.indices(table.shape))
    return [
        np.ones(len(row)), *(column == k for k in range(table.shape[1])), *(row == k for k in np.flatnonzero(rows)),
    ]  # fmt: skip


def test_a_leader_missing_from_a_group_of_leaders(fewest_isolated: Attack) -> None:
    """Six people of whom five are all the leaders: the group less leadership is the sixth."""
    table = np.array([[5, 1], [0, 9]])

    assert [1, 0] == left_over(table, 5).tolist()
    assert not is_safe(table, 5)
    assert 1 == fewest_isolated(sums(table, np.array([True, True])))


@given(TABLES)
def test_what_is_called_safe_withstands_every_combination(fewest_isolated: Attack, rows: list[list[int]]) -> None:
    """Safe and unsafe are told apart exactly as by trying all combinations, factors of any size included."""
    table = np.array(rows)
    assume(0 < table.sum() <= 15)

    assert is_safe(table, 5) == (fewest_isolated(sums(table, np.ones(len(table), bool))) is None)


@given(TABLES)
def test_what_is_called_safe_leaves_no_isolated_group(rows: list[list[int]]) -> None:
    """The integer program of `gapkit.stats.suppression`, made independently, finds nobody in it either."""
    table = np.array(rows)
    cells = np.arange(table.size).reshape(table.shape)
    figures = [np.isin(cells.ravel(), part) for part in (*cells, *cells.T)]

    assert not is_safe(table, 5) or isolated_group(figures, table.ravel()) is None


@given(TABLES, st.integers(5, 7))
def test_rows_shown_isolate_nobody(fewest_isolated: Attack, rows: list[list[int]], minimum: int) -> None:
    """Whatever the table, the rows let through hold enough people and no combination is about fewer."""
    table = np.array(rows)
    columns = table.sum(axis=0)
    table = table[:, columns >= minimum] if (columns >= minimum).any() else table.sum(axis=1, keepdims=True)
    assume(minimum <= table.sum() <= 16)

    shown = shown_rows(table, minimum)

    assert (table[shown].sum(axis=1) >= minimum).all()
    assert fewest_isolated(sums(table, shown), minimum) is None


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8))
def test_one_cut_hides_what_the_method_hides(counts: list[int]) -> None:
    """With a single cut the rule is the known one: the next smallest goes while one is hidden, or fewer than five."""
    assert (~groups_to_hide(counts)).tolist() == shown_rows(np.array(counts)[:, None], 5).tolist()


def test_a_group_nobody_answered_for_is_not_given_away() -> None:
    """That all of a group kept silent would follow from the others adding up to everybody."""
    assert [False, False, True] == shown_rows(np.array([[0], [6], [9]]), 5).tolist()


def test_people_without_a_group_are_no_group() -> None:
    """Enough people who gave no group may be what is left; too few take the next smallest group with them."""
    nobody = np.array([True, False, False])

    assert [False, True, True] == shown_rows(np.array([[5], [6], [9]]), 5, hidden=nobody, nobody=nobody).tolist()
    assert [False, False, True] == shown_rows(np.array([[2], [6], [9]]), 5, hidden=nobody, nobody=nobody).tolist()


def test_what_is_hidden_together_must_not_move_by_a_few() -> None:
    """Two groups of 10 hidden after 9: their sum grew by one, so a third goes too, and 26 after 25 tell nothing."""
    table, before = np.array([[4], [6], [16], [30]]), np.array([5, 4, 16, 30])
    hidden = np.array([True, True, False, False])

    assert [False, False, True, True] == shown_rows(table, 5, hidden=hidden).tolist()
    assert [False, False, False, True] == shown_rows(table, 5, hidden=hidden, before=[before], enough=20).tolist()


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (7, 8, True),
        (8, 7, True),
        (7, 11, True),
        (7, 12, False),
        (7, 7, False),
        (0, 3, False),
        (20, 21, False),
        (19, 20, True),
    ],
)
def test_moved_by_a_few(before: int, now: int, expected: bool) -> None:
    """Between one and four people more or less, of fewer than twenty; a group nobody was shown of has not moved."""
    assert expected is has_moved(before, now, 5, 20)
