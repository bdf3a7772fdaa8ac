"""Who takes what within capacity: as many programs as can be taken, with the best fit among those ways.

People who fit a program equally well form a pool. A program asks its pools and the persons that fit it for reasons of their
own; so the model has a line per pool, not one per program and person, and thousands of programs are shared out in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Final, NamedTuple

import numpy as np
from scipy import optimize, sparse

from gapkit.stats.intervals import FloatArray

UNASSIGNED: Final = 100.0  # what a program without anybody costs, far above any difference of fit
# Of two who fit alike, the one with less to do: each further program costs this much more, up to so many steps.
SPREAD: Final = 0.01
SPREAD_STEPS: Final = 10
_STEP_COSTS: Final = tuple(SPREAD * step for step in range(SPREAD_STEPS))


class Line(NamedTuple):
    """One way from a program to a person, to a pool, or from a pool to one of its members.

    Attributes
    ----------
    source : str
        Program, or pool.
    target : str
        Person, or pool.
    fit : float
        How well they fit; the fit of a way over a pool is the sum of its two lines.
    """

    source: str
    target: str
    fit: float


class Assignment(NamedTuple):
    """Who takes what.

    Attributes
    ----------
    person : dict of str to str
        Program to person, for the programs somebody takes.
    unassigned : tuple of str
        Programs nobody takes, in ascending order.
    fit : float
        Sum of the fit of what was taken.
    """

    person: dict[str, str]
    unassigned: tuple[str, ...]
    fit: float


def assign(
    programs: Sequence[str],
    capacity: Mapping[str, int],
    direct: Sequence[Line],
    pooled: Sequence[Line] = (),
    members: Sequence[Line] = (),
) -> Assignment:
    """Share programs out among persons.

    Parameters
    ----------
    programs : sequence of str
        Ids, each once.
    capacity : mapping of str to int
        Person to the number of programs they can take. Every person named in `direct` and `members` is in it.
    direct : sequence of Line
        From programs to persons.
    pooled : sequence of Line
        From programs to pools.
    members : sequence of Line
        From pools to persons.

    Returns
    -------
    Assignment
        The same whatever the order of programs and lines.

    Notes
    -----
    Integer program: with x = 1 for each line taken, every program leaves on one line or on a slack that costs
    `UNASSIGNED`, a pool passes on what it receives, and a person takes at most their capacity; the sum of fit is maximised.
    All loads being 1 it is a flow in a network: the linear relaxation is integral already, nothing is left to branch on.

    Examples
    --------
    >>> rows = ((9, 2, 5), (8, 7, 3), (4, 9, 6), (7, 3, 8), (6, 6, 6))
    >>> lines = [Line(f"p{p}", f"o{o}", fit) for p, row in enumerate(rows) for o, fit in enumerate(row)]
    >>> assign(["p0", "p1", "p2", "p3", "p4"], {"o0": 2, "o1": 2, "o2": 2}, lines).fit
    40.0
    >>> assign(["p0", "p1"], {"o0": 1}, lines[:1] + lines[3:4])
    Assignment(person={'p0': 'o0'}, unassigned=('p1',), fit=9.0)
    """
    asked = sorted(programs)
    ways = _Ways(sorted(set(direct)), sorted(set(pooled)), sorted(set(members)))
    if not asked or not any(ways):
        return Assignment({}, tuple(asked), 0.0)
    taken = _solve(asked, capacity, ways)
    person = {line.source: line.target for line, n in zip(ways.direct, taken.direct, strict=True) if n}
    person |= _out_of_pools(ways, taken)
    fit = sum(line.fit * n for line, n in zip(chain(*ways), chain(*taken), strict=True))
    return Assignment(person, tuple(program for program in asked if program not in person), float(fit))


class _Ways(NamedTuple):
    """The lines of each kind."""

    direct: list[Line]
    pooled: list[Line]
    members: list[Line]


class _Taken(NamedTuple):
    """How often each line is taken, as in `_Ways`."""

    direct: list[int]
    pooled: list[int]
    members: list[int]


def _solve(programs: Sequence[str], capacity: Mapping[str, int], ways: _Ways) -> _Taken:
    pools = sorted({line.target for line in ways.pooled} | {line.source for line in ways.members})
    people = sorted({line.target for line in chain(ways.direct, ways.members)})
    row_of_program = {name: row for row, name in enumerate(programs)}
    row_of_pool = {name: row for row, name in enumerate(pools, len(programs))}
    row_of_person = {name: row for row, name in enumerate(people, len(programs) + len(pools))}
    from_program = [row_of_program[line.source] for line in chain(ways.direct, ways.pooled)]
    leaving = [*from_program, *(row_of_pool[line.source] for line in ways.members)]
    entering = [
        *(row_of_person[line.target] for line in ways.direct),
        *(row_of_pool[line.target] for line in ways.pooled),
        *(row_of_person[line.target] for line in ways.members),
    ]
    steps = _steps([capacity[person] for person in people])
    cost = np.r_[
        [-line.fit for line in chain(*ways)], np.full(len(programs), UNASSIGNED), np.tile(_STEP_COSTS, len(people))
    ]
    slack, load = [*row_of_program.values()], [row for row in row_of_person.values() for _ in _STEP_COSTS]
    # What leaves a node, less what enters it, is what begins there: one program, and nothing at pools and persons.
    balance = sparse.csr_array(
        (np.r_[np.ones(len(cost)), -np.ones(len(entering))],
         (np.r_[leaving, slack, load, entering].astype(np.int64), np.r_[np.arange(len(cost)), np.arange(len(entering))])),
        shape=(len(programs) + len(pools) + len(people), len(cost)),
    )  # fmt: skip
    begins = np.r_[np.ones(len(programs)), np.zeros(len(pools) + len(people))]
    most = np.r_[
        np.ones(len(from_program)), [capacity[line.target] for line in ways.members], np.ones(len(programs)), steps
    ]
    solution = optimize.milp(
        cost,
        integrality=np.ones(len(cost), dtype=np.int64),
        bounds=optimize.Bounds(0, most),
        constraints=[optimize.LinearConstraint(balance, begins, begins)],
        options={"mip_rel_gap": 0},
    )
    taken = [round(x) for x in np.asarray(solution.x, dtype=np.float64)]
    first, second = len(ways.direct), len(from_program)
    return _Taken(taken[:first], taken[first:second], taken[second : len(entering)])


def _steps(capacities: Sequence[int]) -> FloatArray:
    """Return how many programs each step of each person's load holds: one, and the last the rest of the capacity."""
    last = SPREAD_STEPS - 1
    rows = [[*(float(step < most) for step in range(last)), float(max(0, most - last))] for most in capacities]
    return np.array(rows).ravel()


def _out_of_pools(ways: _Ways, taken: _Taken) -> dict[str, str]:
    """Return who of each pool takes which program; all of a pool fit alike, so both are taken in the order of their ids."""
    gives: dict[str, list[str]] = {}
    for line, n in zip(ways.members, taken.members, strict=True):
        gives.setdefault(line.source, []).extend(repeat(line.target, n))
    person: dict[str, str] = {}
    for line, n in zip(ways.pooled, taken.pooled, strict=True):
        if n:
            person[line.source] = gives[line.target].pop(0)
    return person
