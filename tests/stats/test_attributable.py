"""Shares of lost execution against a worked example and the axioms that define them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.attributable import attributable_shares, shapley_shares

WORTH = st.integers(1, 5).flatmap(lambda k: st.lists(st.floats(-5, 5), min_size=2**k, max_size=2**k))


def portfolio(n: int = 120, seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Three flags, failures that go with the first two, and a term to adjust for."""
    rng = np.random.default_rng(seed)
    flags = rng.random((n, 3)) < 0.4
    risk = 0.2 + 0.3 * flags[:, 0] + 0.2 * flags[:, 1]
    return flags, rng.random(n) < risk, (rng.random((n, 1)) < 0.5).astype(float)


def test_shapley_of_two_flags() -> None:
    """Four equal cells with risks .1 .2 .3 .6: singly 1/3 and 1/2, jointly 2/3, shares .25 and .4167, by hand."""
    risk = np.array([0.1, 0.2, 0.3, 0.6])
    flags = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    predicted = [sum(risk[a * (not off & 1) + 2 * b * (not off & 2)] for a, b in flags) for off in range(4)]
    fractions = 1 - np.array(predicted) / predicted[0]

    assert [0, 1 / 3, 1 / 2, 2 / 3] == pytest.approx(fractions)
    assert [0.25, 0.4167] == pytest.approx(shapley_shares(fractions), abs=1e-4)


def test_shapley_of_the_glove_game() -> None:
    """Shapley (1953), two left gloves and one right: a pair is worth 1, and the right glove gets 2/3."""
    worth = [0, 0, 0, 0, 0, 1, 1, 1]

    assert [1 / 6, 1 / 6, 2 / 3] == pytest.approx(shapley_shares(worth))


@given(WORTH)
def test_shares_add_up_to_the_whole(worth: list[float]) -> None:
    """Nothing is left over and nothing counted twice."""
    assert worth[-1] - worth[0] == pytest.approx(shapley_shares(worth).sum(), abs=1e-9)


@given(WORTH, st.floats(-3, 3))
def test_a_player_who_adds_the_same_everywhere_gets_just_that(worth: list[float], extra: float) -> None:
    """A further player worth `extra` to every coalition gets it, and the others keep their shares."""
    larger = shapley_shares([*worth, *(value + extra for value in worth)])

    assert [*shapley_shares(worth), extra] == pytest.approx(larger, abs=1e-9)


def test_shapley_needs_every_coalition() -> None:
    """Three values are no game."""
    with pytest.raises(ValueError, match="power of two"):
        shapley_shares([0, 1, 2])


def test_one_flag_is_the_attributable_fraction() -> None:
    """2,000 units each with risks .2 and .5: 1 - .2 / .35 = .4286 of failures go with the flag, singly and jointly."""
    flags = np.repeat([[0], [1]], 2000, axis=0)
    failed = np.tile(np.arange(2000) % 10, 2) < np.repeat([2, 5], 2000)

    result = attributable_shares(flags, failed, seed=1, replicates=200)

    assert (0.4286, 0.4286, 0.4286) == pytest.approx(
        (result.joint.value, result.shares[0].value, result.singles[0]), abs=1e-3
    )
    assert result.joint == result.shares[0]
    assert (4000, 1400, 200) == (result.n, result.failures, result.replicates)


def test_the_bootstrap_has_the_standard_error_of_the_fraction() -> None:
    """The same fraction 1 - q0 / q: simulated spread of 4,000 samples of the same size, to 10 %."""
    rng, n = np.random.default_rng(5), 200
    flags = np.repeat([[0], [1]], n, axis=0)
    failed = np.tile(np.arange(n) % 10, 2) < np.repeat([2, 5], n)
    flagged = rng.binomial(2 * n, 0.5, 4000)
    x0, x1 = rng.binomial(2 * n - flagged, 0.2), rng.binomial(flagged, 0.5)
    simulated = np.std(1 - x0 / (2 * n - flagged) / ((x0 + x1) / (2 * n)))

    result = attributable_shares(flags, failed, seed=1, replicates=2000)

    assert 2 * 1.96 * simulated == pytest.approx(result.joint.high - result.joint.low, rel=0.1)


def test_shares_add_up_and_lie_in_their_intervals() -> None:
    """The shares of the estimate add up to the joint fraction, and a flag without effect may have a negative one."""
    result = attributable_shares(*portfolio(), seed=1, replicates=300)

    assert result.joint.value == pytest.approx(sum(share.value for share in result.shares))
    assert all(share.low < share.value < share.high for share in (result.joint, *result.shares))


def test_order_of_units_changes_nothing() -> None:
    """The same programs in another order give the same figures, bootstrap included."""
    backward = attributable_shares(*(column[::-1] for column in portfolio()), seed=7, replicates=50)

    assert attributable_shares(*portfolio(), seed=7, replicates=50) == backward


def test_a_flag_nobody_has_gets_nothing() -> None:
    """An empty column adds no share, and leaves the others as they are."""
    flags, failed, adjust = portfolio()
    empty = np.column_stack([flags, np.zeros(len(flags))])

    with_it, without = (attributable_shares(table, failed, adjust, seed=2, replicates=50) for table in (empty, flags))

    assert (0, 0, 0) == with_it.shares[3]
    assert [share.value for share in without.shares] == pytest.approx([share.value for share in with_it.shares[:3]])


def test_flags_that_always_occur_together_share_equally() -> None:
    """Nothing in the data tells two copies apart, so they get the same share of the same whole."""
    flags, failed, adjust = portfolio()
    copied = np.column_stack([flags, flags[:, 0]])

    result = attributable_shares(copied, failed, adjust, seed=2, replicates=50)
    single = attributable_shares(flags, failed, adjust, seed=2, replicates=50)

    assert result.shares[0].value == pytest.approx(result.shares[3].value)
    assert single.joint.value == pytest.approx(result.joint.value, abs=1e-6)
    assert single.shares[0].value == pytest.approx(2 * result.shares[0].value, abs=0.01)


def test_replicates_without_a_failure_are_left_out() -> None:
    """One failure among eight units is missing from a third of the resamples; the count says how many were used."""
    result = attributable_shares([[1], [0]] * 4, [1] + [0] * 7, seed=1, replicates=400)

    assert 400 * (1 - (7 / 8) ** 8) == pytest.approx(result.replicates, rel=0.1)


@pytest.mark.parametrize(
    ("flags", "failed", "message"),
    [
        ([[1], [0]], [0, 0], "must have failed"),
        ([[1] * 7, [0] * 7], [0, 1], "7 flags, must be 1 to 6"),
        ([[1], [0]], [0, 1, 1], "need a row for each of 3 units"),
        ([[2], [0]], [0, 1], "neither true nor false"),
    ],
)
def test_impossible_questions_are_refused(flags: list[list[int]], failed: list[int], message: str) -> None:
    """No failure, too many flags, lengths that differ, and flags that are none."""
    with pytest.raises(ValueError, match=message):
        attributable_shares(flags, failed, seed=1)
