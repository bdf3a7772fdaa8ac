"""The weakest link: how a gap in one place spreads to whatever waits for it.

A chain of work is limited by its weakest part, not by its average (Kremer's O-ring). What follows from a gap is a what-if
with a coupling that was chosen, not an estimate from data.
"""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from gapkit.stats.intervals import FloatArray, check_numbers

COUPLING = 0.5


class WeakestLink(NamedTuple):
    """Adequacy along a network of dependencies.

    Attributes
    ----------
    effective : numpy.ndarray
        What is left of each node's adequacy (0..1) given what it waits for.
    damage : numpy.ndarray
        How much the effective adequacy of all other nodes would rise, added up, if this node's own were 1.
    cycles : tuple of tuple of int
        Groups of nodes that wait for each other in a circle. Each group is treated as one node, as adequate as its weakest
        member.
    """

    effective: FloatArray
    damage: FloatArray
    cycles: tuple[tuple[int, ...], ...]


def weakest_link(adequacy: ArrayLike, dependencies: Sequence[tuple[int, int]], coupling: float = COUPLING) -> WeakestLink:
    """Return the effective adequacy of each node, and the damage each does to the others.

    Parameters
    ----------
    adequacy : array_like
        Own adequacy of each node (0..1).
    dependencies : sequence of tuple of int
        Pairs (from, to) of node positions: the second waits for the first.
    coupling : float
        How much a node depends on what it waits for: 0 not at all, 1 entirely.

    Returns
    -------
    WeakestLink
        Effective adequacy, damage, and circles found.

    Raises
    ------
    ValueError
        If adequacy or coupling lies outside 0..1, or a dependency names a node that is not there.

    Notes
    -----
    ``e = a * (1 - coupling + coupling * min(e of what it waits for))``, and e = a for a node that waits for nothing. What
    the members of a circle lose by waiting for each other is not counted.

    References
    ----------
    Kremer, M. (1993). The O-ring theory of economic development. Q J Econ 108, 551-575.

    Examples
    --------
    >>> chain = weakest_link([0.5, 1, 1], [(0, 1), (1, 2)])
    >>> chain.effective.tolist(), chain.damage.tolist()
    ([0.5, 0.75, 0.875], [0.375, 0.0, 0.0])
    """
    own = check_numbers(adequacy, "adequacy")
    edges = np.asarray(dependencies, dtype=np.intp).reshape(-1, 2)
    _check(own, edges, coupling)
    circle_of, waits_for, cycles = _condensed(own.size, edges)
    # One scenario as it is and, for each node, one in which that node is adequate.
    scenarios = np.vstack([own, np.where(np.eye(own.size, dtype=bool), 1.0, own)])
    spread = _spread(scenarios, circle_of, waits_for, coupling)
    gain = spread[1:] - spread[0]
    return WeakestLink(spread[0], gain.sum(axis=1) - np.diag(gain), cycles)


def _check(own: FloatArray, edges: NDArray[np.intp], coupling: float) -> None:
    """Refuse shares outside 0..1 and dependencies on nodes that are not there."""
    if not ((own >= 0) & (own <= 1)).all() or not 0 <= coupling <= 1:
        raise ValueError(f"adequacy and coupling == {coupling} must lie between 0 and 1")
    if edges.size and not (edges.min() >= 0 and edges.max() < own.size):
        raise ValueError(f"dependencies name nodes outside 0 to {own.size - 1}")


def _condensed(
    nodes: int, edges: NDArray[np.intp]
) -> tuple[NDArray[np.intp], dict[int, set[int]], tuple[tuple[int, ...], ...]]:
    """Return the circle each node belongs to, what each circle waits for, and the circles of more than one step."""
    links = sparse.coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(nodes, nodes))
    count, label = sparse.csgraph.connected_components(links.tocsr(), directed=True, connection="strong")
    waits_for: dict[int, set[int]] = {number: set() for number in range(count)}
    for start, end in label[edges]:
        if start != end:
            waits_for[int(end)].add(int(start))
    itself = {int(start) for start, end in edges if start == end}
    members = [tuple(np.flatnonzero(label == number).tolist()) for number in range(count)]
    cycles = tuple(sorted(group for group in members if len(group) > 1 or group[0] in itself))
    return label.astype(np.intp), waits_for, cycles


def _spread(
    scenarios: FloatArray, circle_of: NDArray[np.intp], waits_for: dict[int, set[int]], coupling: float
) -> FloatArray:
    """Return effective adequacy of every node in every scenario."""
    effective = np.empty((len(scenarios), len(waits_for)))
    for number in TopologicalSorter(waits_for).static_order():
        own = scenarios[:, circle_of == number].min(axis=1)
        before = effective[:, sorted(waits_for[number])].min(axis=1, initial=1.0)
        effective[:, number] = own * (1 - coupling + coupling * before)
    return effective[:, circle_of]
