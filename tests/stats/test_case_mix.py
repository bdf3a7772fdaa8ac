"""Standardisation against a worked example, and the shift it must not be fooled by."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.case_mix import mantel_haenszel_difference, standardised_difference

EXAMPLE = (["email", "content", "event"], [45, 20, 3], [50, 40, 10], [18, 21, 14], [20, 40, 40])
SIZES = st.lists(st.tuples(st.integers(5, 80), st.integers(5, 80)), min_size=1, max_size=6)


def test_worked_example() -> None:
    """email 45/50 to 18/20, content 20/40 to 21/40, event 3/10 to 14/40: crude falls, standardised rises by 2.25 pp."""
    result = standardised_difference(*EXAMPLE, seed=1)

    assert (0.68, 0.53) == pytest.approx((result.crude_before, result.crude_after))
    assert (0.59, 0.6125, 0.0225) == pytest.approx((result.before, result.after, result.difference.value))
    assert 0.0213 == round(result.mantel_haenszel, 4)
    assert result.signs_differ


def test_bootstrap_has_the_stratified_standard_error() -> None:
    """Within strata a rate has variance p q / n, weighted by the squared share of the stratum."""
    _, *counts = EXAMPLE
    x0, n0, x1, n1 = (np.array(column) for column in counts)
    weights = (n0 + n1) / (n0 + n1).sum()
    variance = weights**2 @ (x0 / n0 * (1 - x0 / n0) / n0 + x1 / n1 * (1 - x1 / n1) / n1)

    result = standardised_difference(*EXAMPLE, seed=1, replicates=20_000)

    assert 2 * 1.96 * np.sqrt(variance) == pytest.approx(result.difference.high - result.difference.low, rel=0.04)


@given(SIZES)
def test_a_pure_shift_of_mix_is_no_change(sizes: list[tuple[int, int]]) -> None:
    """Every kind of work keeps its rate: the crude rate may move with the mix, the standardised one may not."""
    before, after = [10 * n for n, _ in sizes], [10 * n for _, n in sizes]
    x_before, x_after = ([n * i // 10 for i, n in enumerate(column)] for column in (before, after))
    names = [f"kind {i}" for i in range(len(sizes))]

    result = standardised_difference(names, x_before, before, x_after, after, seed=1, replicates=50)

    assert (0, 0) == pytest.approx((result.difference.value, result.mantel_haenszel), abs=1e-12)


def test_small_strata_are_put_together() -> None:
    """Fewer than five units in either period join "other", which keeps their counts and their names."""
    result = standardised_difference(
        ["email", "web", "brand"], [8, 2, 1], [10, 3, 9], [6, 4, 2], [10, 6, 4], seed=1, replicates=50
    )

    assert ("email", "other") == tuple(stratum.name for stratum in result.strata)
    assert (3, 12, 6, 10, ("brand", "web")) == result.strata[1][1:]


def test_other_grows_until_it_is_large_enough() -> None:
    """A kind of work absent before takes the smallest remaining kind with it; a kind called "other" is one of them."""
    result = standardised_difference(
        ["email", "content", "other", "event"],
        [5, 6, 1, 0],
        [10, 20, 2, 0],
        [5, 6, 0, 3],
        [10, 20, 1, 8],
        seed=1,
        replicates=50,
    )

    assert ("content", "other") == tuple(stratum.name for stratum in result.strata)
    assert ("email", "event", "other") == result.strata[1].members


def test_one_stratum_is_the_crude_comparison() -> None:
    """If the mix cannot be separated, the standardised rates are the crude ones."""
    result = standardised_difference(["web", "brand"], [1, 2], [3, 4], [2, 2], [4, 3], seed=1, replicates=50)

    assert 1 == len(result.strata)
    assert (result.crude_before, result.crude_after) == pytest.approx((result.before, result.after))


def test_order_of_strata_changes_nothing() -> None:
    """The same strata in another order give the same result, bootstrap included."""
    backward = standardised_difference(*(column[::-1] for column in EXAMPLE), seed=7)

    assert standardised_difference(*EXAMPLE, seed=7) == backward


@pytest.mark.parametrize(
    ("strata", "message"),
    [
        ((["a", "a"], [1, 1], [5, 5], [1, 1], [5, 5]), "all be different"),
        ((["a"], [6], [5], [1], [5]), "0 <= x <= n"),
        ((["a"], [1], [5], [0], [0]), "nothing to compare"),
    ],
)
def test_impossible_strata_are_refused(strata: tuple[list[str], ...], message: str) -> None:
    """Names twice, counts above their group, and a period without units."""
    with pytest.raises(ValueError, match=message):
        standardised_difference(*strata, seed=1)  # type: ignore[arg-type]


def test_mantel_haenszel_over_one_stratum_is_the_plain_difference() -> None:
    """Its variance (Sato, Greenland and Robins 1989) is then p(1 - p)/n of both periods."""
    found = mantel_haenszel_difference(["web"], [20], [40], [30], [40])
    error = (0.25 / 40 + 0.75 * 0.25 / 40) ** 0.5

    assert found == pytest.approx((0.25, 0.25 - 1.959964 * error, 0.25 + 1.959964 * error))


def test_mantel_haenszel_keeps_small_strata_apart() -> None:
    """Kinds of two programs that do always or never: another mix of them is no change."""
    found = mantel_haenszel_difference(["a", "b", "c"], [2, 0, 2], [2, 2, 2], [1, 0, 3], [1, 5, 3])

    assert found is not None
    assert 0 == found.value


def test_mantel_haenszel_covers_with_many_small_strata() -> None:
    """Twenty kinds of three programs on either side, rates from .2 to .8, nothing changed: about 95 % hold zero."""
    rng = np.random.default_rng(29)
    names, rates = [f"kind {k}" for k in range(20)], np.linspace(0.2, 0.8, 20)
    held = 0
    for _ in range(400):
        n_after = rng.integers(1, 6, 20)
        found = mantel_haenszel_difference(names, rng.binomial(3, rates), [3] * 20, rng.binomial(n_after, rates), n_after)
        held += found is not None and found.low <= 0 <= found.high

    assert 0.92 * 400 <= held <= 0.985 * 400


def test_without_a_kind_on_both_sides_there_is_no_mantel_haenszel_difference() -> None:
    """Nothing was done twice."""
    assert mantel_haenszel_difference(["a", "b"], [1, 0], [2, 0], [0, 1], [0, 2]) is None


def test_a_difference_without_variance_is_no_certainty() -> None:
    """One unit that failed before and one that did not after, in the only stratum both share."""
    assert mantel_haenszel_difference(["a", "b", "c"], [12, 0, 0], [30, 1, 0], [0, 1, 35], [0, 1, 39]) is None
