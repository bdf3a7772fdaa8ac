"""Difference in differences with clusters."""

from __future__ import annotations

import numpy as np
import pytest

from gapkit.stats.diff_in_diff import ClusterCounts, difference_in_differences

UP = [ClusterCounts(4, 10, 8, 10), ClusterCounts(6, 12, 9, 12), ClusterCounts(3, 8, 7, 8)]
SAME = [ClusterCounts(5, 10, 6, 10), ClusterCounts(7, 12, 7, 12), ClusterCounts(2, 8, 2, 8)]


def test_by_hand() -> None:
    """Treated 13/30 to 24/30 (+.3667), others 14/30 to 15/30 (+.0333): a difference of a third."""
    found = difference_in_differences(UP, SAME, seed=1)

    assert (13 / 30, 0.8) == pytest.approx(found.treated)
    assert 1 / 3 == pytest.approx(found.difference.value)
    assert found.difference.low < 1 / 3 < found.difference.high
    assert (3, 3) == (found.n_treated, found.n_comparison)


def test_what_happens_to_both_arms_falls_out() -> None:
    """The same arm twice: no difference, whatever happened to it."""
    assert 0 == pytest.approx(difference_in_differences(UP, UP, seed=1).difference.value)


def test_arms_exchanged_turn_the_sign() -> None:
    """Treated and comparison are told apart by order alone."""
    there, back = difference_in_differences(UP, SAME, seed=1), difference_in_differences(SAME, UP, seed=1)

    assert there.difference.value == pytest.approx(-back.difference.value)


def test_the_interval_covers_with_few_clusters() -> None:
    """Four clusters in each arm that drift apart by themselves (sd 5 points), no effect: it holds zero nearly always."""
    rng = np.random.default_rng(19)
    held = 0
    for _ in range(200):
        arms = []
        for _ in range(2):
            drift = rng.normal(0, 0.05, 4)
            before, after = rng.binomial(20, 0.5, 4), rng.binomial(20, 0.5 + drift)
            arms.append([ClusterCounts(x, 20, y, 20) for x, y in zip(before, after, strict=True)])
        interval = difference_in_differences(*arms, seed=1, replicates=200).difference
        held += interval.low <= 0 <= interval.high

    assert held >= 0.92 * 200


@pytest.mark.parametrize(
    ("treated", "message"),
    [
        (UP[:2], "at least 3"),
        ([*UP[:2], ClusterCounts(9, 8, 1, 8)], "0 <= x <= n"),
        ([ClusterCounts(0, 0, 1, 2)] * 3, "without any unit"),
    ],
)
def test_impossible_arms_are_refused(treated: list[ClusterCounts], message: str) -> None:
    """Two clusters, counts above their group, and a period without units."""
    with pytest.raises(ValueError, match=message):
        difference_in_differences(treated, SAME, seed=1)
