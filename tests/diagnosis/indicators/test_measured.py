from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.diagnosis.indicators.measured import About, Sample, mean_of_ratios, median_of, ratio, share_of

ABOUT = About("X1", "of things", "some / all", ("programs",))


def test_a_share_adds_up_rows_of_one_unit():
    """Three visits of one program and one of another: 2 of 4 visits, on 2 programs."""
    sample = share_of("program", pd.Series(["P2", "P1", "P2", "P2"]), pd.Series([True, True, False, False]))

    assert (["P1", "P2"], 0.5) == (sample.keys.tolist(), sample.value)


def test_units_without_a_denominator_are_no_units():
    """A program with nothing to count is not one of the units."""
    sample = share_of("program", pd.Series(["P1", "P2"]), pd.Series([1.0, 0.0]), pd.Series([2.0, 0.0]))

    assert (1, 0.5) == (sample.n, sample.value)


def test_nothing_to_count_is_not_measured():
    """A zero denominator is not zero percent."""
    found = ABOUT.measured(share_of("program", pd.Series([], dtype="str"), pd.Series([], dtype=float)))

    assert found.sample is None
    assert "No programs to count in the window." == found.why


def test_empty_caveats_are_dropped():
    """Callers pass what may or may not apply."""
    found = ABOUT.measured(share_of("program", pd.Series(["P1"]), pd.Series([1.0])), "", "Mind this.")

    assert ("Mind this.",) == found.caveats


def test_a_ratio_without_denominator_does_not_exist():
    """NaN, so that a replicate without any unit is recognised."""
    assert np.isnan(ratio(np.array([[0.0, 0.0]]))[0])
    assert np.isnan(mean_of_ratios(np.zeros((1, 4)))[0])
    assert np.isnan(median_of(np.array([1.0, 2.0]))(np.zeros((1, 2)))[0])


@given(st.lists(st.integers(0, 20), min_size=1, max_size=40))
def test_the_median_of_counts_is_the_median(days):
    """The same as numpy's, for odd and even numbers of readings."""
    values, counts = np.unique(np.array(days, dtype=float), return_counts=True)

    assert np.median(days) == median_of(values)(counts[None, :].astype(float))[0]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=20),
    st.floats(0.01, 100, allow_nan=False),
)
def test_a_clean_unit_never_raises_a_share_and_weights_may_be_scaled(rows, factor):
    """A program with nothing wrong lowers the share or leaves it; multiplying all sums changes nothing."""
    table = np.array([(min(hit, base), base) for hit, base in rows], dtype=float)
    sample = Sample("program", np.arange(len(table)), table, ratio)
    cleaner = Sample("program", np.arange(len(table) + 1), np.vstack([table, [0.0, 1.0]]), ratio)

    assert cleaner.value <= sample.value
    assert sample.value == pytest.approx(ratio(factor * table.sum(axis=0)[None, :])[0])
