"""The weakest link along chains, forks and circles, by hand and by what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.weakest_link import weakest_link

NODES = 6
ADEQUACY = st.lists(st.floats(0, 1), min_size=NODES, max_size=NODES)
EDGE = st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1))
UPWARDS = EDGE.map(sorted).map(tuple).filter(lambda edge: edge[0] < edge[1])


def test_chain_of_three() -> None:
    """Own adequacy .5, 1, 1 and coupling .5: .5, .75, .875; mending the first gains .25 and .125 further on."""
    chain = weakest_link([0.5, 1, 1], [(0, 1), (1, 2)])

    assert [0.5, 0.75, 0.875] == chain.effective.tolist()
    assert [0.375, 0, 0] == chain.damage.tolist()


def test_the_weakest_input_counts_and_not_the_mean() -> None:
    """A node that waits for .4 and 1 stands at .5 + .5 * .4; mending the better input gains nothing."""
    fork = weakest_link([0.4, 1, 1], [(0, 2), (1, 2)])

    assert 0.7 == pytest.approx(fork.effective[2])
    assert [0.3, 0, 0] == pytest.approx(fork.damage)


def test_a_circle_is_as_adequate_as_its_weakest_member() -> None:
    """B and C wait for each other: both stand at the worse of them, it is reported, and what follows feels it."""
    ring = weakest_link([1, 0.6, 0.9, 1], [(0, 1), (1, 2), (2, 1), (2, 3)])

    assert [1, 0.6, 0.6, 0.8] == pytest.approx(ring.effective)
    assert ((1, 2),) == ring.cycles
    # With B mended C limits the ring: .9 for C, and .95 for D.
    assert 0.3 + 0.15 == pytest.approx(ring.damage[1])
    assert 0 == pytest.approx(ring.damage[2])


def test_waiting_for_oneself_is_a_circle_of_one() -> None:
    """It is reported and has no effect."""
    loop = weakest_link([0.5, 1], [(0, 0), (0, 1)])

    assert (((0,),), [0.5, 0.75]) == (loop.cycles, loop.effective.tolist())


def test_nothing_to_wait_for() -> None:
    """Without dependencies, or without coupling, everyone stands at their own adequacy."""
    own = [0.2, 0.7, 1]

    assert own == weakest_link(own, []).effective.tolist()
    assert own == weakest_link(own, [(0, 1), (1, 2)], coupling=0).effective.tolist()
    assert [0, 0, 0] == weakest_link(own, []).damage.tolist()


def as_defined(own: list[float], edges: list[tuple[int, int]], coupling: float) -> list[float]:
    """Recursive definition on edges that point upwards, so that there is no circle."""
    effective: list[float] = []
    for node in range(NODES):
        before = [effective[a] for a, b in edges if b == node]
        effective.append(own[node] * (1 - coupling + coupling * min(before, default=1)))
    return effective


@given(ADEQUACY, st.lists(UPWARDS), st.floats(0, 1))
def test_spread_and_damage_follow_the_definition(own: list[float], edges: list[tuple[int, int]], coupling: float) -> None:
    """Effective adequacy is the recursion; damage is what the others gain when one node is mended."""
    link = weakest_link(own, edges, coupling)
    base = as_defined(own, edges, coupling)
    mended = [as_defined([*own[:v], 1.0, *own[v + 1 :]], edges, coupling) for v in range(NODES)]

    assert base == pytest.approx(link.effective)
    assert [sum(row) - row[v] - sum(base) + base[v] for v, row in enumerate(mended)] == pytest.approx(link.damage, abs=1e-9)
    assert () == link.cycles


@given(ADEQUACY, st.lists(UPWARDS), UPWARDS)
def test_a_further_dependency_never_helps(own: list[float], edges: list[tuple[int, int]], extra: tuple[int, int]) -> None:
    """Waiting for one more leaves nobody better off."""
    before, after = weakest_link(own, edges), weakest_link(own, [*edges, extra])

    assert (after.effective <= before.effective + 1e-12).all()


@given(ADEQUACY, st.lists(EDGE))
def test_nobody_exceeds_their_own_adequacy(own: list[float], edges: list[tuple[int, int]]) -> None:
    """Circles included, waiting never adds to what one can do, and mending one node never harms another."""
    link = weakest_link(own, edges)

    assert (link.effective <= np.array(own) + 1e-12).all()
    assert (link.damage >= -1e-12).all()


@pytest.mark.parametrize(
    ("own", "edges", "coupling"), [([1.2], [], 0.5), ([1], [], 1.5), ([1, 1], [(0, 2)], 0.5), ([1, 1], [(-1, 0)], 0.5)]
)
def test_impossible_networks_are_refused(own: list[float], edges: list[tuple[int, int]], coupling: float) -> None:
    """Shares above 1, and dependencies on nodes that are not there."""
    with pytest.raises(ValueError, match=r"must lie between|name nodes outside"):
        weakest_link(own, edges, coupling)
