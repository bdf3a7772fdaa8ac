from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.diagnosis.claims.association import associate, can_be_split
from gapkit.diagnosis.claims.complexity import ABOUT


@pytest.fixture
def associated(case, fleet):
    known = case(programs=fleet(1, 1))

    def find(pairs):
        return associate(known, ABOUT, "x", pd.DataFrame(pairs, columns=["first", "second"]).assign(type="web"))

    return find


def test_shares_of_pairs_are_those_counted_one_by_one(associated):
    """Every pair that differs in the first is looked at by hand: rising, falling, or alike in the second."""
    units = [(0, 1), (0, 2), (1, 2), (1, 0), (2, 2), (2, 3)]
    pairs = [(a, b) for a, b in combinations(sorted(units), 2) if a[0] != b[0]]
    rises, falls = (sum(sign * (b[1] - a[1]) > 0 for a, b in pairs) / len(pairs) for sign in (1, -1))
    found = associated(units)

    assert (round(rises, 9), round(falls, 9)) == (round(found.rises, 9), round(found.falls, 9))
    assert round(rises - falls, 9) == round(found.effect.value, 9)


@settings(max_examples=20)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=60), st.integers(1, 20))
def test_a_split_exists_exactly_where_some_cut_leaves_enough_on_both_sides(values, least):
    """Checked against every cut."""
    cuts = [sum(value <= cut for value in values) for cut in set(values)]
    possible = any(lower >= least and len(values) - lower >= least for lower in cuts)

    assert possible == can_be_split(pd.Series(values), least)
