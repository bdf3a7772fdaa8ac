"""What can be worked out from figures that are shown side by side: counts in, and which of them must go.

Whoever holds several figures can add and subtract them. What is shown of one wave are sums over groups, over levels, and
over everybody; each combination of these gives every cell (a group's people of a level) one factor, that of its group plus
that of its level. A combination isolates somebody when the cells whose factor is not 0 hold fewer people than the smallest
group allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


def left_over(table: Counts, minimum: int) -> Counts | None:
    """Return how a combination of row sums and column sums can be left with too few people.

    Parameters
    ----------
    table : numpy.ndarray
        People by row and column. Rows and columns hold nobody, or at least `minimum`.
    minimum : int
        Smallest group allowed.

    Returns
    -------
    numpy.ndarray or None
        People of each row the worst combination is left with, 1 to ``minimum - 1`` in all; None where there is none.

    Notes
    -----
    A cell vanishes when its row's factor is minus its column's. Fewest people remain when there are two values only: the
    columns fall into two sides, and each row goes with the side that holds more of it. What remains is, over all rows, the
    smaller side. Trying every way of parting the columns is therefore exact.

    Examples
    --------
    Five leaders, all in one team with an assistant: team less leadership is the assistant.

    >>> left_over(np.array([[5, 1], [0, 9]]), 5).tolist()
    [1, 0]
    """
    found = None
    for side in _sides(table.shape[1]):
        apart = np.minimum(table[:, side].sum(axis=1), table[:, ~side].sum(axis=1))
        if 0 < apart.sum() < minimum and (found is None or apart.sum() < found.sum()):
            found = apart
    return found


def _sides(columns: int) -> Iterator[Mask]:
    """Yield every way of parting columns in two, each once."""
    for number in range(1, 2 ** (columns - 1)):
        yield np.array([number >> place & 1 for place in range(columns)], dtype=bool)


def is_safe(table: Counts, minimum: int) -> bool:
    """Return whether sums over rows and over columns isolate nobody.

    Examples
    --------
    >>> is_safe(np.array([[5, 1], [0, 9]]), 5), is_safe(np.array([[5, 5], [0, 9]]), 5), is_safe(np.array([[4], [9]]), 5)
    (False, True, False)
    """
    sums = np.concatenate([table.sum(axis=0), table.sum(axis=1)])
    return not ((sums > 0) & (sums < minimum)).any() and left_over(table, minimum) is None


def shown_rows(
    table: Counts, minimum: int, *, hidden: Mask | None = None, nobody: Mask | None = None, before: Sequence[Counts] = (),
    enough: int = 0,
) -> Mask:  # fmt: skip
    """Return which rows may be shown beside the sums of all rows and of all columns.

    Parameters
    ----------
    table : numpy.ndarray
        People by group (row) and level (column); columns hold nobody, or at least `minimum`.
    minimum : int
        Smallest group allowed.
    hidden : numpy.ndarray of bool, optional
        Rows hidden anyway.
    nobody : numpy.ndarray of bool, optional
        Hidden rows that are no group: people who gave none. Alone among the hidden they give no group away.
    before : sequence of numpy.ndarray
        People by row in each wave already shown.
    enough : int
        Answers from which on two waves may differ by a few.

    Returns
    -------
    numpy.ndarray of bool
        Rows below `minimum` are hidden. Then the next smallest is hidden as long as those hidden are one group only, or
        together fewer than `minimum`, or have changed by a few since a wave shown before, or a combination of what is shown
        would leave too few people.
    """
    size = table.sum(axis=1)
    gone = size < minimum if hidden is None else hidden | (size < minimum)
    no_group = np.zeros(len(table), dtype=bool) if nobody is None else nobody
    # The smallest goes first; among equals the first as rows stand.
    order = np.argsort(size, kind="stable")
    while not gone.all():
        pooled = table[gone].sum(axis=0)
        lone = gone.sum() == 1 and not no_group[gone].any()
        moved = any(has_moved(int(then[gone].sum()), int(pooled.sum()), minimum, enough) for then in before)
        is_short = bool(gone.any()) and (lone or moved or int(pooled.sum()) < minimum)
        apart = None if is_short else left_over(np.vstack([table[~gone], pooled]), minimum)
        if not is_short and apart is None:
            break
        loose = np.zeros(len(table), dtype=bool)
        if apart is not None:
            loose[~gone] = apart[:-1] > 0
        choice = loose if loose.any() else ~gone
        gone[next(place for place in order if choice[place])] = True
    shown: Mask = ~gone
    return shown


def has_moved(before: int, now: int, minimum: int, enough: int) -> bool:
    """Return whether a group has changed by so few people that the difference of two waves would be about them.

    The others answer anew each time, so what a newcomer said drowns in a large group: from `enough` answers on the
    difference says next to nothing.

    Examples
    --------
    >>> has_moved(7, 8, 5, 20), has_moved(7, 7, 5, 20), has_moved(7, 12, 5, 20), has_moved(30, 31, 5, 20)
    (True, False, False, False)
    """
    return 0 < before != now and abs(now - before) < minimum and min(before, now) < enough
