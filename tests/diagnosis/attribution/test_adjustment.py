from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.diagnosis.attribution.adjustment import held_equal, size_tercile


def frame(kinds, sizes=None, quarters=None):
    n = len(kinds)
    return pd.DataFrame(
        {"type": kinds, "size": sizes if sizes is not None else [None] * n, "quarter": quarters or ["2026Q1"] * n}
    )


def test_one_column_per_level_but_the_most_frequent():
    """Seven campaigns, six emails, five events: two columns, the campaigns are zero in both."""
    columns = held_equal(frame(["campaign"] * 7 + ["email"] * 6 + ["event"] * 5))

    assert (18, 2) == columns.shape
    assert [0, 6, 5] == [int(part.sum()) for part in np.split(columns, [7, 13])]


def test_levels_of_fewer_than_five_stand_together():
    """Four emails and two events are one level."""
    columns = held_equal(frame(["campaign"] * 7 + ["email"] * 4 + ["event"] * 2))

    assert [[6.0]] == [columns.sum(axis=0).tolist()]


def test_quarters_and_sizes_are_levels_too():
    """Three thirds of size and two quarters: two columns and one."""
    sizes = [1.0, 2.0, 3.0] * 10
    columns = held_equal(frame(["web"] * 30, sizes, ["2025Q4"] * 10 + ["2026Q1"] * 20))

    assert [10, 10, 10] == sorted(columns.sum(axis=0).astype(int).tolist())


def test_terciles_by_hand():
    """Nine sizes in threes; equal sizes are never parted; an unknown size is a level of its own."""
    assert ["small"] * 3 + ["medium"] * 3 + ["large"] * 3 == size_tercile(pd.Series(np.arange(9.0))).tolist()
    assert ["small"] * 4 == size_tercile(pd.Series([5.0] * 4)).tolist()
    assert ["unknown"] * 2 == size_tercile(pd.Series([None, None])).tolist()


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["web", "email", "event"]), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_rows_decides_nothing(kinds, random):
    """Shuffled programs get the same columns, shuffled alike."""
    order = list(range(len(kinds)))
    random.shuffle(order)
    given_order = held_equal(frame(kinds))[order]

    assert np.array_equal(given_order, held_equal(frame([kinds[place] for place in order])))
