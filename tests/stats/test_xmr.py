from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view

from gapkit.stats.xmr import RUN, Run, find_runs, find_signals, xmr_limits

NIST = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
NHS = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
SERIES = st.lists(st.integers(-1000, 1000), min_size=2, max_size=40)


def test_limits_are_those_of_the_nist_handbook():
    """Flow rates of section 6.3.2.2: mean 50.81, mean range 1.8778, limits 45.815 to 55.805."""
    found = xmr_limits(NIST)

    assert [50.81, 1.8778] == [round(found.mean, 2), round(found.mean_range, 4)]
    assert [45.815, 55.805] == [round(found.low, 3), round(found.high, 3)]
    assert (10, 0) == (found.n, found.n_screened)


def test_screening_is_that_of_plot_the_dots():
    """One wild point: 1.944, -.716 to 4.604 with one pass of screening (NHSRplotthedots), -3.063 to 6.952 without."""
    screened, plain = xmr_limits(NHS), xmr_limits(NHS, screen=False)

    assert [1.944, -0.716, 4.604] == [round(number, 3) for number in (screened.mean, screened.low, screened.high)]
    assert [-3.063, 6.952] == [round(plain.low, 3), round(plain.high, 3)]
    assert (2, 3.267) == (screened.n_screened, round(screened.range_limit, 3))


def test_limits_are_cut_at_what_is_possible():
    """No share lies below none or above all; the spread stays what it was, so the inner zones do not move."""
    found = xmr_limits([0.1, 0.9, 0.2, 0.8], least=0, most=1)

    assert (0, 1) == (found.low, found.high)
    assert found.spread == xmr_limits([0.1, 0.9, 0.2, 0.8]).spread > 1


def test_a_series_that_never_varies_has_limits_of_no_width():
    """Any other value lies outside; a screening that left nothing would do the same to a series with one wild point."""
    flat, wild = xmr_limits([3, 3, 3]), xmr_limits([1, 1, 1, 1, 10, 1, 1, 1, 1, 1])

    assert (3, 3, 3) == (flat.mean, flat.low, flat.high)
    assert [frozenset(), {"outside"}] == list(find_signals([3, 4], flat))
    assert wild.mean_range > 0
    assert 0 == wild.n_screened


@pytest.mark.parametrize("values", [[], [1.0], [1.0, float("nan")], [[1.0, 2.0]]])
def test_limits_of_too_little_or_of_something_missing_are_refused(values):
    """A gap is not a value."""
    with pytest.raises(ValueError, match="values"):
        xmr_limits(values)


@given(SERIES, st.integers(-500, 500))
def test_adding_a_constant_moves_the_limits_by_it(values, constant):
    """The same noise around another mean."""
    one, other = xmr_limits(values), xmr_limits([value + constant for value in values])

    assert other.low == pytest.approx(one.low + constant)
    assert other.high == pytest.approx(one.high + constant)


@given(SERIES)
def test_the_order_reversed_gives_the_same_limits(values):
    """Ranges do not know in which direction time runs."""
    one, other = xmr_limits(values), xmr_limits(values[::-1])

    assert other.low == pytest.approx(one.low)
    assert other.high == pytest.approx(one.high)


def test_seven_on_one_side_are_a_shift_and_six_are_not():
    """A point on the mean ends a run."""
    assert (Run(1, 8, 1),) == find_runs([0, *[2] * 7, 0], 1)
    assert (Run(0, 9, -1),) == find_runs([0] * 9, 1)
    assert () == find_runs([2] * 6 + [1] + [2] * 6, 1)
    assert () == find_runs([], 1)


def test_each_signal_is_seen_by_itself():
    """Limits 0 ± 3: outside, seven on one side, seven going up, and two of three near a limit on one side."""
    limits = xmr_limits([0.0, 1.0], screen=False)._replace(mean=0.0, low=-3.0, high=3.0, spread=3.0)
    cases = {
        "outside": [0.1, 3.1, -0.1],
        "shift": [-0.5, 1, 0.4, 1, 0.4, 1, 0.4, 1, -0.5],
        "trend": [-1.5, -1.0, -0.5, 0.1, 0.5, 1.0, 1.5],
        "two_of_three": [0.1, 2.5, 0.5, 2.5, -0.1],
    }
    hits = {
        "outside": [1], "shift": list(range(1, 8)), "trend": list(range(7)), "two_of_three": [1, 3],
    }  # fmt: skip

    found = {name: find_signals(values, limits) for name, values in cases.items()}

    assert all(mark <= {name} for name, marks in found.items() for mark in marks)
    assert hits == {name: [place for place, mark in enumerate(marks) if mark] for name, marks in found.items()}


def test_two_near_opposite_limits_are_no_signal():
    """The third neighbour must lie on their side too."""
    limits = xmr_limits([0.0, 1.0], screen=False)._replace(mean=0.0, low=-3.0, high=3.0, spread=3.0)

    assert {frozenset()} == set(find_signals([2.5, -2.5, 2.5], limits))


def test_false_alarms_are_as_rare_as_the_method_says():
    """8 new points against 12 stable ones: the run in 4 %, any signal in 18 %; a 2-sigma shift is caught in 86 %."""
    charts = np.random.default_rng(12).normal(size=(2500, 20))
    alarms = [_fires(chart[:12], chart[12:]) for chart in charts]
    caught = [_fires(chart[:12], chart[12:] + 2)[0] for chart in charts]

    shift, anything = np.mean(alarms, axis=0)

    assert 0.04 == pytest.approx(shift, abs=0.015)
    assert 0.18 == pytest.approx(anything, abs=0.03)
    assert 0.86 == pytest.approx(np.mean(caught), abs=0.03)


def _fires(before, after):
    found = find_signals(after, xmr_limits(before))
    return any("shift" in mark for mark in found), any(found)


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), max_size=30))
def test_a_run_is_found_wherever_seven_windows_agree(values):
    """Against the plain definition: some window of seven lies all on one side."""
    windows = sliding_window_view(np.array(values), RUN) if len(values) >= RUN else np.empty((0, RUN))

    assert bool((abs(windows.sum(axis=1)) == RUN).any()) == bool(find_runs(values, 0.0))
