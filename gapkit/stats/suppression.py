"""Small groups stay hidden, also from subtraction: which figures to hold back, and whether what is shown gives one away.

A figure for fewer than five people is never shown. That is not enough: the whole less the groups shown is a figure too, and
so is the difference of two overlapping groups. So further groups are hidden until no difference isolates fewer than five.

People are described by `groups`, a table of which figure covers whom: one row per figure, one column per person, or per set
of people that no figure tells apart, with the size of each set beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from gapkit.stats.intervals import FloatArray

MIN_GROUP = 5
BoolArray = NDArray[np.bool_]


class IsolatedGroup(NamedTuple):
    """People who can be isolated by adding and subtracting figures.

    Attributes
    ----------
    size : int
        How many they are.
    members : tuple of int
        Columns of the table that hold them.
    figures : tuple of int
        Rows of the table from which they follow.
    """

    size: int
    members: tuple[int, ...]
    figures: tuple[int, ...]


def isolated_group(groups: ArrayLike, sizes: ArrayLike, minimum: int = MIN_GROUP) -> IsolatedGroup | None:
    """Return the smallest set of people that the figures shown isolate, if it is smaller than allowed.

    Parameters
    ----------
    groups : array_like of bool
        Shape (figures, sets of people): whom each figure shown covers.
    sizes : array_like of int
        People in each set; empty ones hide nobody and are known to be empty.
    minimum : int
        Smallest group that may be known, at least five.

    Returns
    -------
    IsolatedGroup or None
        Some smallest set, or None if nobody is isolated.

    Raises
    ------
    ValueError
        If the table and the sizes disagree, or `minimum` is below five.

    Notes
    -----
    A set is isolated if sums and differences of figures, each taken any number of times, leave its members once, with plus
    or minus, and nobody else: what is left of a whole is of this kind, and the difference of two editions one person apart.
    The smallest such set solves an integer program.

    Examples
    --------
    Twenty people in all, and two groups of eight and nine shown: the other three can be worked out.

    >>> isolated_group([[1, 1, 1], [1, 0, 0], [0, 1, 0]], [8, 9, 3])
    IsolatedGroup(size=3, members=(2,), figures=(0, 1, 2))
    """
    table, people = _checked(groups, sizes, minimum)
    # People whom no figure tells apart are one set, and a set large enough cannot be part of an isolated one.
    kinds, kind = np.unique(table, axis=1, return_inverse=True)
    together = np.bincount(kind, weights=people, minlength=kinds.shape[1])
    small = np.flatnonzero((together > 0) & (together < minimum))
    large = np.flatnonzero(together >= minimum)
    if not small.size or not len(table):
        return None
    # Unknowns: how often each figure is taken, then for each small set whether it is left over with plus, or with minus.
    covers, each = kinds.T.astype(np.float64), np.eye(small.size)
    none = np.zeros((large.size, small.size))
    left = np.hstack([covers[small], -each, each])
    elsewhere = np.hstack([covers[large], none, none])
    weight = np.concatenate([np.zeros(len(table)), together[small], together[small]])
    signs = np.hstack([np.zeros((small.size, len(table))), each, each])
    solution = optimize.milp(
        weight,
        integrality=(weight > 0).astype(np.int64),
        bounds=optimize.Bounds(np.where(weight > 0, 0, -np.inf), np.where(weight > 0, 1, np.inf)),
        constraints=[
            optimize.LinearConstraint(np.vstack([left, elsewhere]), 0, 0),
            optimize.LinearConstraint(signs, 0, 1),
            optimize.LinearConstraint(weight[None], 1, minimum - 1),
        ],
    )
    if solution.x is None:
        return None
    taken, plus, minus = np.split(solution.x, [len(table), len(table) + small.size])
    members = np.flatnonzero(np.isin(kind, small[np.rint(plus + minus) > 0]) & (people > 0))
    figures = np.flatnonzero(np.abs(taken) > 1e-6)
    return IsolatedGroup(int(people[members].sum()), tuple(members.tolist()), tuple(figures.tolist()))


def figures_to_hide(
    groups: ArrayLike, sizes: ArrayLike, *, shown: Sequence[int] = (), minimum: int = MIN_GROUP
) -> BoolArray:
    """Return which figures to hide so that none shown covers, and no difference isolates, fewer people than allowed.

    Parameters
    ----------
    groups, sizes : array_like
        As for `isolated_group`, all figures that one would like to show.
    shown : sequence of int
        Rows that are out already, such as an earlier edition, and cannot be hidden.
    minimum : int
        Smallest group that may be known, at least five.

    Returns
    -------
    numpy.ndarray of bool
        Whether to hide each figure; those hidden cover as few people as possible, added up.

    Raises
    ------
    ValueError
        As `isolated_group`, or if what is out already isolates a group: nothing hidden now can undo that.

    Notes
    -----
    The integer program starts with small groups hidden. While something is isolated, one of the figures it follows from has
    to be hidden as well, and the program is solved again.

    Examples
    --------
    >>> figures_to_hide([[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [8, 9, 3], shown=[0]).tolist()
    [False, True, False, True]
    """
    table, people = _checked(groups, sizes, minimum)
    covered = table.astype(np.int64) @ people
    fixed = np.isin(np.arange(len(table)), np.asarray(shown, dtype=np.int64))
    lowest = np.where(fixed, 0.0, covered < minimum)
    highest = np.where(fixed, 0.0, 1.0)
    # Of two choices that cost the same people, the one with fewer figures.
    cost = covered.astype(np.float64) + 1 / (len(table) + 1)
    hidden, cuts = lowest > 0, np.empty((0, len(table)))
    while (leak := isolated_group(table & ~hidden[:, None], people, minimum)) is not None:
        cut = np.isin(np.arange(len(table)), leak.figures) & ~fixed
        if not cut.any():
            raise ValueError(f"figures {list(leak.figures)} are out already and isolate a group of {leak.size}")
        cuts = np.vstack([cuts, cut])
        hidden = _cheapest(cost, lowest, highest, cuts)
    return hidden


def _cheapest(cost: FloatArray, lowest: FloatArray, highest: FloatArray, cuts: FloatArray) -> BoolArray:
    """Return the cheapest choice of figures with at least one of every cut."""
    solution = optimize.milp(
        cost,
        integrality=np.ones(len(cost), dtype=np.int64),
        bounds=optimize.Bounds(lowest, highest),
        constraints=[optimize.LinearConstraint(cuts, 1, np.inf)],
        options={"mip_rel_gap": 0},
    )
    return np.asarray(solution.x, dtype=np.float64) > 0.5


def groups_to_hide(counts: ArrayLike, minimum: int = MIN_GROUP) -> BoolArray:
    """Return which groups of a one-way cut to hide when the whole is shown.

    Parameters
    ----------
    counts : array_like of int
        Responses in each group.
    minimum : int
        Smallest group that may be known, at least five.

    Returns
    -------
    numpy.ndarray of bool
        Whether to hide each group.

    Raises
    ------
    ValueError
        If a count is negative or not whole, or `minimum` is below five.

    Notes
    -----
    All groups below the minimum are hidden. While only one group with responses is hidden, or those hidden together hold
    fewer than the minimum, the next smallest is hidden too.

    Examples
    --------
    >>> groups_to_hide([12, 3, 7, 9]).tolist()
    [False, True, True, False]
    """
    people = _counts(counts, minimum)
    hidden = people < minimum
    for group in np.argsort(people, kind="stable"):
        inside = people[hidden & (people > 0)]
        if not inside.size or (inside.size > 1 and inside.sum() >= minimum):
            break
        hidden[group] = True
    return hidden


class HiddenTable(NamedTuple):
    """What to hide of a two-way table whose overall figure is shown.

    Attributes
    ----------
    cells : numpy.ndarray of bool
        Whether to hide each cell.
    rows, columns : numpy.ndarray of bool
        Whether to hide the figure for each whole row and each whole column.
    """

    cells: BoolArray
    rows: BoolArray
    columns: BoolArray


def table_to_hide(counts: ArrayLike, minimum: int = MIN_GROUP) -> HiddenTable:
    """Return which cells, rows and columns of a two-way table to hide.

    Parameters
    ----------
    counts : array_like of int
        Responses in each cell.
    minimum : int
        Smallest group that may be known, at least five.

    Returns
    -------
    HiddenTable
        What to hide; everything if the whole table holds fewer than the minimum.

    Raises
    ------
    ValueError
        If `counts` is no table of counts, or `minimum` is below five.

    Notes
    -----
    The cheapest choice by `figures_to_hide`. No row or column that is shown has exactly one hidden cell with people in it,
    nor hidden cells of fewer than five people together.

    Examples
    --------
    >>> table_to_hide([[12, 7, 3], [9, 8, 6], [10, 5, 11]]).cells.astype(int).tolist()
    [[0, 1, 1], [0, 1, 1], [0, 0, 0]]
    """
    people = _counts(counts, minimum)
    if people.ndim != 2:
        raise ValueError(f"counts of shape {people.shape}, must be a table")
    if people.sum() < minimum:
        return HiddenTable(*(np.ones(shape, dtype=bool) for shape in (people.shape, people.shape[0], people.shape[1])))
    row, column = (part.ravel() for part in np.indices(people.shape))
    by_row, by_column = (code == np.arange(size)[:, None] for code, size in zip((row, column), people.shape, strict=True))
    figures = np.vstack([np.ones(people.size, dtype=bool), np.eye(people.size, dtype=bool), by_row, by_column])
    hidden = figures_to_hide(figures, people.ravel(), shown=[0], minimum=minimum)
    cells, rows, columns = np.split(hidden[1:], np.cumsum([people.size, people.shape[0]]))
    return HiddenTable(cells.reshape(people.shape), rows, columns)


def _counts(counts: ArrayLike, minimum: int) -> NDArray[np.int64]:
    """Return counts, refusing what cannot be one and a minimum that protects nobody."""
    given = np.asarray(counts)
    if minimum < MIN_GROUP:
        raise ValueError(f"minimum == {minimum}, must be {MIN_GROUP} or more")
    if (given != np.rint(given)).any() or (given < 0).any():
        raise ValueError("counts must be whole numbers, 0 or more")
    return given.astype(np.int64)


def _checked(groups: ArrayLike, sizes: ArrayLike, minimum: int) -> tuple[BoolArray, NDArray[np.int64]]:
    """Return whom each figure covers and the size of each set."""
    table, people = np.asarray(groups, dtype=bool), _counts(sizes, minimum)
    if table.ndim != 2 or people.ndim != 1 or table.shape[1] != people.size:
        raise ValueError(f"groups {table.shape} and sizes {people.shape}: must be figures by sets, and one size per set")
    return table, people
