"""Risk and odds ratios against SciPy's and R's documentation, and where a cell is empty."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.exposure import mantel_haenszel, relative_risk

MEN = [512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373]
WOMEN = [89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341]
GROUP = st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))


def test_relative_risk_matches_scipy_documentation() -> None:
    """scipy.stats.contingency.relative_risk, 27 of 122 against 44 of 487: 2.4495 (1.5837 to 3.7887)."""
    ratio = relative_risk(27, 122, 44, 487)

    assert (2.4495, 1.5837, 3.7887) == pytest.approx(ratio, abs=1e-4)


@given(GROUP, GROUP)
def test_relative_risk_inverts_when_groups_are_swapped(first: tuple[int, int], second: tuple[int, int]) -> None:
    """Twice the risk one way is half the other, limits included."""
    forward, backward = relative_risk(*first, *second), relative_risk(*second, *first)

    assert (1 / forward.value, 1 / forward.high, 1 / forward.low) == pytest.approx(backward)


def test_relative_risk_with_an_empty_cell_has_no_limits() -> None:
    """No failure in one group: the ratio is 0 or infinite, and nothing is claimed about its limits."""
    assert (0, 0, math.inf) == relative_risk(0, 10, 3, 10)
    assert (math.inf, 0, math.inf) == relative_risk(3, 10, 0, 10)
    with pytest.raises(ValueError, match="ratio of two zeros"):
        relative_risk(0, 10, 0, 10)


def test_mantel_haenszel_matches_r() -> None:
    """R mantelhaen.test(UCBAdmissions): X-squared 1.4269, p .2323, odds ratio .9046968 (.7719074 to 1.0603298)."""
    ratio = mantel_haenszel(*MEN, *WOMEN)

    assert (0.9046968, 0.7719074, 1.0603298) == pytest.approx(ratio[:3], abs=1e-7)
    assert (1.4269, 0.2323, 6) == (round(ratio.chi_square, 4), round(ratio.p_value, 4), ratio.informative)


def test_one_stratum_is_the_plain_odds_ratio() -> None:
    """R mantelhaen.test needs strata; with one the common odds ratio is a d / (b c)."""
    assert 12 * 9 / (8 * 4) == pytest.approx(mantel_haenszel([12], [20], [4], [13]).value)


def test_strata_that_say_nothing_change_nothing() -> None:
    """A stratum with one group, one with no unit and one in which all failed add no information."""
    (x1, n1), (x2, n2) = MEN, WOMEN

    more = mantel_haenszel([*x1, 4, 0, 5], [*n1, 9, 0, 5], [*x2, 0, 0, 3], [*n2, 0, 0, 3])

    assert mantel_haenszel(*MEN, *WOMEN) == more


def test_no_difference_is_not_corrected_into_one() -> None:
    """Equal rates in a small stratum: chi-square 0 and p 1, where an unbounded correction would make it 0.64."""
    ratio = mantel_haenszel([1], [2], [1], [2])

    assert (1, 0, 1) == (ratio.value, ratio.chi_square, ratio.p_value)


def test_one_sided_strata_have_an_infinite_odds_ratio() -> None:
    """All exposed failed and no other: the test still stands, the limits do not exist."""
    ratio = mantel_haenszel([5, 4], [5, 4], [0, 0], [5, 4])
    mirrored = mantel_haenszel([0, 0], [5, 4], [5, 4], [5, 4])

    assert (math.inf, 0, math.inf) == ratio[:3]
    assert (0, 0, math.inf) == mirrored[:3]
    assert ratio.p_value == mirrored.p_value < 0.001


@given(st.lists(st.tuples(GROUP, GROUP), min_size=1, max_size=5))
def test_order_of_strata_changes_nothing(strata: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Departments in another order give the same figures, and the odds ratio lies in its interval."""
    columns = np.array([[*first, *second] for first, second in [((1, 3), (1, 2)), *strata]]).T
    forward, backward = mantel_haenszel(*columns), mantel_haenszel(*columns[:, ::-1])

    assert forward == pytest.approx(backward)
    assert forward.low < forward.value < forward.high


def test_impossible_strata_are_refused() -> None:
    """Counts above their group, and strata none of which compares anything."""
    with pytest.raises(ValueError, match="0 <= x <= n"):
        mantel_haenszel([3], [2], [1], [2])
    with pytest.raises(ValueError, match="nothing to compare"):
        mantel_haenszel([2], [5], [0], [0])
