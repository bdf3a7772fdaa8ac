from __future__ import annotations

import numpy as np
import pytest

from gapkit.diagnosis.indicators.incentives import mean_conflict, measure


def weights(**functions: tuple[float, ...]) -> list[dict[str, object]]:
    return [
        {"function": function, "outcome": "abcd"[k], "weight": weight}
        for function, given in functions.items()
        for k, weight in enumerate(given)
        if weight
    ]


ORACLE = weights(sales=(0.6, 0.4, 0, 0), brand=(0, 0.2, 0.8, 0), product=(0, 0.2, 0.3, 0.5))


def test_overlap_is_that_of_the_method(basis, planned, shown):
    """Pairs overlap by .2, .2 and .5, .30 on the mean (a worked example); only outcome b is shared by all."""
    found = shown(measure(basis(programs=[planned("P1")], incentives=ORACLE)))

    assert (0.7, 3) == found["Incentives 1"]
    assert (round(1 - (0.4 + 0.2 + 0.2) / 3, 6), 3) == found["Incentives 3"]
    assert "outcome_conflicts" in found["Incentives 2"]


def test_conflict_is_read_in_both_directions_and_help_counts_as_none(basis, planned, shown):
    """Two functions paid for a and for b alone, in conflict by .5: .5, whichever is named first; mutual help is 0."""
    pay = weights(sales=(1, 0), brand=(0, 1))
    rows = [{"outcome_a": "b", "outcome_b": "a", "conflict": 0.5}]

    found = shown(measure(basis(programs=[planned("P1")], incentives=pay, outcome_conflicts=rows)))

    assert (0.5, 2) == found["Incentives 2"]
    assert 0.0 == mean_conflict(np.eye(2), np.array([[0, -1.0], [-1.0, 0]]))


def test_incentives_have_no_sampling_error(basis, planned):
    """All functions were seen, so every draw of functions gives the same value."""
    overlap = measure(basis(programs=[planned("P1")], incentives=ORACLE))[0]
    sums = np.array([[1.0], [0.3], [2.0]])

    assert [0.7] * 3 == pytest.approx(overlap.sample.read(sums).tolist())
    assert overlap.about.is_census


def test_one_function_has_nobody_to_be_compared_with(basis, planned, shown):
    """Overlap needs two functions."""
    found = shown(measure(basis(programs=[planned("P1")], incentives=weights(sales=(1, 0)))))

    assert all("incentives" in why for why in found.values())
