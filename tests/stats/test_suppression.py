"""Nobody can be worked out: every way of subtracting is tried, by a second method, on small surveys."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gapkit.stats.suppression import figures_to_hide, groups_to_hide, isolated_group, table_to_hide

COUNTS = st.lists(st.integers(0, 15), min_size=1, max_size=8)
TABLE = arrays(np.int64, st.tuples(st.integers(2, 4), st.integers(2, 3)), elements=st.integers(0, 12))
SIZES = arrays(np.int64, 5, elements=st.integers(0, 8))
FIGURES = st.integers(1, 5).flatmap(lambda n: st.tuples(arrays(np.bool_, (n, 5)), SIZES))


def smallest_by_trying(groups: np.ndarray, sizes: np.ndarray) -> int | None:
    """Size of the smallest set of fewer than five people that is a linear combination of figures, signs tried one by one.

    Sets that no figure tells apart are one set.
    """
    kinds, kind = np.unique(np.asarray(groups, dtype=float), axis=1, return_inverse=True)
    people = np.bincount(kind, weights=sizes)
    rank, found = np.linalg.matrix_rank(kinds), []
    # What is in nobody is in every combination already.
    known = np.eye(len(people))[people == 0]
    base = np.vstack([kinds, known]) if len(kinds) else known
    rank = np.linalg.matrix_rank(base)
    small = np.flatnonzero((people > 0) & (people < 5))
    for count in range(1, 5):
        for members in combinations(small, count):
            if people[list(members)].sum() >= 5:
                continue
            for signs in product([1, -1], repeat=count - 1):
                left = np.zeros(len(people))
                left[list(members)] = [1, *signs]
                if np.linalg.matrix_rank(np.vstack([base, left])) == rank:
                    found.append(int(people[list(members)].sum()))
    return min(found, default=None)


def table_figures(counts: np.ndarray) -> np.ndarray:
    """Whole, cells, rows and columns of a table, as groups of cells."""
    row, column = (part.ravel() for part in np.indices(counts.shape))
    parts = [np.ones((1, counts.size)), np.eye(counts.size)]
    parts += [codes == np.arange(size)[:, None] for codes, size in zip((row, column), counts.shape, strict=True)]
    return np.vstack(parts).astype(bool)


def test_what_is_left_of_the_whole() -> None:
    """Twenty people, groups of eight and nine shown: the three others follow, from all three figures."""
    leak = isolated_group([[1, 1, 1], [1, 0, 0], [0, 1, 0]], [8, 9, 3])

    assert (3, (2,), (0, 1, 2)) == leak


def test_the_difference_of_two_editions() -> None:
    """Forty respondents, and the same with one more: the newcomer is isolated; five more are not."""
    members = np.ones((2, 41), dtype=bool)
    members[0, 40] = False
    later = np.ones((2, 45), dtype=bool)
    later[0, 40:] = False

    assert (1, (40,), (0, 1)) == isolated_group(members, np.ones(41))
    assert isolated_group(later, np.ones(45)) is None


def test_one_gone_and_one_come_is_two_people() -> None:
    """Editions of equal size that differ in two people leave the difference of just those two."""
    members = np.ones((2, 42), dtype=bool)
    members[0, 41] = members[1, 40] = False

    leak = isolated_group(members, np.ones(42))

    assert (2, (40, 41)) == (leak.size, leak.members)


@settings(deadline=None)
@given(FIGURES)
def test_the_search_finds_what_trying_finds(case: tuple[np.ndarray, np.ndarray]) -> None:
    """The smallest isolated set has the size that enumeration of all signed sets finds, or there is none."""
    groups, sizes = case
    leak = isolated_group(groups, sizes)

    assert smallest_by_trying(groups, sizes) == (leak.size if leak else None)


def test_one_way_by_hand() -> None:
    """A single small group takes the next smallest along; two that hold five together do not; empty ones do not count."""
    assert [0, 1, 1, 0] == groups_to_hide([12, 3, 7, 9]).astype(int).tolist()
    assert [1, 1, 0] == groups_to_hide([4, 1, 20]).astype(int).tolist()
    assert [1, 1, 1, 0] == groups_to_hide([2, 1, 6, 20]).astype(int).tolist()
    assert [1, 0, 0] == groups_to_hide([0, 6, 7]).astype(int).tolist()
    assert [1, 1, 1] == groups_to_hide([0, 3, 7]).astype(int).tolist()


@given(COUNTS)
def test_one_way_cuts_give_nobody_away(counts: list[int]) -> None:
    """With the whole and the groups that stay, nobody is isolated, and no group under five stays."""
    hidden = groups_to_hide(counts)
    figures = np.vstack([np.ones((1, len(counts))), np.eye(len(counts))[~hidden]])
    if sum(counts) < 5:
        figures = figures[1:]

    assert (np.array(counts)[~hidden] >= 5).all()
    assert isolated_group(figures, counts) is None


def test_table_by_hand() -> None:
    """Only the 3 is small; the cheapest block that hides it is 7, 3, 8, 6 with 24 people, and all margins stay."""
    counts = np.array([[12, 7, 3], [9, 8, 6], [10, 5, 11]])

    hidden = table_to_hide(counts)

    assert [3, 6, 7, 8] == sorted(counts[hidden.cells].tolist())
    assert not hidden.rows.any()
    assert not hidden.columns.any()


def test_a_row_within_a_column_hides_a_margin() -> None:
    """Row 1 is six people, all in column 1, which has one more: no choice of cells helps, so a margin goes."""
    hidden = table_to_hide([[6, 0], [1, 20]])

    assert hidden.rows.any() or hidden.columns.any()


@settings(deadline=None, max_examples=40)
@given(TABLE)
def test_tables_give_nobody_away(counts: np.ndarray) -> None:
    """Whatever is shown of a table, trying every combination isolates nobody."""
    hidden = table_to_hide(counts)
    figures = table_figures(counts)
    shown = ~np.concatenate([[counts.sum() < 5], hidden.cells.ravel(), hidden.rows, hidden.columns])

    assert smallest_by_trying(figures[shown], counts.ravel()) is None
    assert (figures[shown] @ counts.ravel() >= 5).all()


@settings(deadline=None, max_examples=25)
@given(arrays(np.int64, (2, 2), elements=st.integers(0, 9)))
def test_no_cheaper_choice_is_safe(counts: np.ndarray) -> None:
    """All 2**8 choices of a two-by-two table: none that hides fewer people isolates nobody."""
    if counts.sum() < 5:
        return
    figures, people = table_figures(counts), counts.ravel()
    covered = figures @ people
    hidden = figures_to_hide(figures, people, shown=[0])

    for choice in product([False, True], repeat=8):
        tried = np.array([False, *choice])
        if covered[tried].sum() < covered[hidden].sum() and (covered[~tried] >= 5).all():
            assert smallest_by_trying(figures[~tried], people) is not None


def test_a_second_edition_gives_nobody_away() -> None:
    """Three teams and the whole are out; one person joins team A: the new whole and the new team A must wait."""
    team = np.repeat([0, 1, 2], [9, 8, 12])
    first = np.vstack([np.ones(29), team == np.arange(3)[:, None]])
    before = np.hstack([first, np.zeros((4, 1))])
    after = np.hstack([first, [[1], [1], [0], [0]]])
    both = np.vstack([before, after]).astype(bool)

    hidden = figures_to_hide(both, np.ones(30), shown=range(4))

    assert isolated_group(both, np.ones(30)) is not None
    assert [4, 5] == np.flatnonzero(hidden).tolist()
    assert isolated_group(both[~hidden], np.ones(30)) is None


def test_what_is_out_cannot_be_taken_back() -> None:
    """Both editions are out already: said plainly, as nothing can be hidden any more."""
    members = np.ones((2, 41), dtype=bool)
    members[0, 40] = False

    with pytest.raises(ValueError, match="out already and isolate a group of 1"):
        figures_to_hide(members, np.ones(41), shown=[0, 1])


def test_a_survey_of_four_shows_nothing() -> None:
    """Fewer than five in all: every cell and margin is hidden."""
    hidden = table_to_hide([[2, 1], [1, 0]])

    assert hidden.cells.all()
    assert hidden.rows.all()
    assert hidden.columns.all()


def test_nonsense_is_refused() -> None:
    """A minimum below five, counts that are none, shapes that do not fit."""
    with pytest.raises(ValueError, match="must be 5 or more"):
        groups_to_hide([3, 9], minimum=4)
    with pytest.raises(ValueError, match="whole numbers, 0 or more"):
        groups_to_hide([2.5, 9])
    with pytest.raises(ValueError, match="must be a table"):
        table_to_hide([5, 6])
    with pytest.raises(ValueError, match="one size per set"):
        isolated_group([[1, 1]], [5])
