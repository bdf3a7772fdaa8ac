from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from gapkit.redesign.owners.assignment import UNASSIGNED, Line, assign

FITS = ((9, 2, 5), (8, 7, 3), (4, 9, 6), (7, 3, 8), (6, 6, 6))


def lines_of(fits):
    return [Line(f"p{p}", f"o{o}", float(fit)) for p, row in enumerate(fits) for o, fit in enumerate(row)]


def test_five_programs_go_to_three_people_of_two_places_each():
    """The example of docs/method.md, 11.3: 9 + 8 + 9 + 8 + 6 is 40, and it can be had with two programs each."""
    found = assign([f"p{p}" for p in range(5)], dict.fromkeys(["o0", "o1", "o2"], 2), lines_of(FITS))

    assert 40.0 == found.fit
    assert {"p0": "o0", "p1": "o0", "p2": "o1", "p3": "o2"}.items() <= found.person.items()
    assert found.person["p4"] in {"o1", "o2"}
    assert () == found.unassigned


def test_nobody_is_dropped_silently():
    """Four places for five programs: as many as fit are taken, and the one left over is named."""
    found = assign([f"p{p}" for p in range(5)], {"o0": 2, "o1": 2, "o2": 0}, lines_of(FITS))

    assert 4 == len(found.person)
    assert 1 == len(found.unassigned)
    assert {*found.person, *found.unassigned} == {"p0", "p1", "p2", "p3", "p4"}


def test_more_programs_go_before_better_fit():
    """The only person for one program gives up one they fit far better, as another can take that."""
    found = assign(["a", "b"], {"x": 1, "y": 1}, [Line("a", "x", 40.0), Line("a", "y", 0.0), Line("b", "x", 0.0)])

    assert {"a": "y", "b": "x"} == found.person


def test_equals_share_the_work():
    """Of two who fit alike the one with less takes the next: four programs, two each."""
    found = assign(["a", "b", "c", "d"], {"x": 9, "y": 9}, [], [Line(p, "pool", 2.0) for p in "abcd"],
                   [Line("pool", "x", 0.5), Line("pool", "y", 0.5)])  # fmt: skip

    assert ["x", "x", "y", "y"] == sorted(found.person.values())
    assert 10.0 == found.fit


def test_one_name_may_be_a_program_a_pool_and_a_person():
    """Ids of programs, pools and persons are kept apart."""
    found = assign(["P1"], {"P1": 1}, [], [Line("P1", "P1", 1.0)], [Line("P1", "P1", 0.5)])

    assert ({"P1": "P1"}, 1.5) == (found.person, found.fit)


@pytest.mark.parametrize("lines", [[], [Line("a", "x", 1.0)]])
def test_nothing_to_share_out_or_nobody_to_take_it(lines):
    """Neither is an error."""
    assert ({}, ()) == assign([], {"x": 1}, [])[:2]
    assert ({}, ("a",)) == assign(["a"], {"x": 0}, lines)[:2]


@given(st.integers(1, 6), st.integers(1, 4), st.integers(0, 2), st.randoms(use_true_random=False))
def test_it_is_the_assignment_problem_with_a_column_for_each_place(n_programs, n_people, places, random):
    """Total fit equals that of scipy.optimize.linear_sum_assignment on places, with slack at the same cost."""
    fits = np.array([[random.randint(0, 9) for _ in range(n_people)] for _ in range(n_programs)], dtype=float)
    table = np.hstack([np.repeat(fits, places, axis=1), np.full((n_programs, n_programs), -UNASSIGNED)])
    best = table[linear_sum_assignment(table, maximize=True)].sum()
    found = assign([f"p{p}" for p in range(n_programs)], {f"o{o}": places for o in range(n_people)}, lines_of(fits))

    assert best == pytest.approx(found.fit - UNASSIGNED * len(found.unassigned))


@given(st.permutations(lines_of(FITS)))
def test_the_order_of_lines_does_not_matter(lines):
    """The same data in another order gives the same answer."""
    capacity = {"o0": 2, "o1": 1, "o2": 1}
    programs = [f"p{p}" for p in range(5)]

    assert assign(programs, capacity, lines_of(FITS)) == assign(programs[::-1], capacity, lines)


def test_pools_give_what_lines_to_each_member_would():
    """A pool is a shorter way to write the lines of all its members."""
    programs, people = [f"p{p}" for p in range(8)], {f"o{o}": 2 for o in range(3)}
    skill = {"o0": 0.2, "o1": 0.9, "o2": 0.5}
    pooled = assign(programs, people, [], [Line(p, "team", 2.0) for p in programs],
                    [Line("team", o, fit) for o, fit in skill.items()])  # fmt: skip
    direct = assign(programs, people, [Line(p, o, 2.0 + fit) for p in programs for o, fit in skill.items()])

    assert direct.fit == pytest.approx(pooled.fit)
    assert (2, 2) == (len(direct.unassigned), len(pooled.unassigned))


def test_a_large_portfolio_is_shared_out():
    """2,000 programs and 400 people in twenty teams, places for 1,600 of them: exactly those are filled."""
    programs, people = [f"p{p:04d}" for p in range(2000)], {f"o{o:03d}": 4 for o in range(400)}
    pooled = [Line(p, f"team {k % 20}", 2.0) for k, p in enumerate(programs)] + [Line(p, "all", 1.0) for p in programs]
    members = [Line(f"team {k % 20}", o, 0.5) for k, o in enumerate(people)] + [Line("all", o, 0.5) for o in people]
    found = assign(programs, people, [], pooled, members)

    assert 400 == len(found.unassigned)
    assert 1600 * 2.5 == found.fit
