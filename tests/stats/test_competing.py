"""Aalen-Johansen against worked examples, its identities, and its bootstrap."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.competing import cumulative_incidence, estimate_incidence, incidence_at
from gapkit.stats.kaplan_meier import kaplan_meier, survival_at

HISTORIES = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 2), st.integers(0, 20)), min_size=1, max_size=60)
Rows = list[tuple[int, int, int]]


def arrays(rows: Rows) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return time, cause and entry of (days watched, cause, entry)."""
    watched, cause, entry = (np.array(column) for column in zip(*rows, strict=True))
    return entry + watched, cause, entry


@pytest.mark.parametrize(
    ("time", "cause", "first", "second", "left"),
    [
        ([1, 2, 3, 4, 5, 6], [0, 1, 1, 2, 2, 0], 0.4, 0.4, 0.2),
        ([1, 1, 2, 2, 2, 3, 4, 4], [1, 2, 1, 1, 0, 2, 1, 0], 0.5417, 0.2917, 0.1667),
    ],
)
def test_worked_examples(time: list[int], cause: list[int], first: float, second: float, left: float) -> None:
    """Two examples worked by hand, the second with ties between causes and censoring."""
    curves = cumulative_incidence(time, cause)

    assert [first, second] == pytest.approx(curves.incidence[:, -1], abs=5e-5)
    assert left == pytest.approx(curves.survival[-1], abs=5e-5)


@given(HISTORIES)
def test_fates_and_survival_add_up_to_one(rows: Rows) -> None:
    """At every time each unit is delivered, cancelled or still open."""
    curves = cumulative_incidence(*arrays(rows), start_at_risk=1)

    assert np.ones_like(curves.times) == pytest.approx(curves.incidence.sum(axis=0) + curves.survival)
    assert (np.diff(curves.incidence, axis=1) >= 0).all()


@given(HISTORIES)
def test_one_cause_is_one_minus_kaplan_meier(rows: Rows) -> None:
    """Without a competing event the two estimators are the same, delayed entry and start rule included."""
    time, cause, entry = arrays(rows)
    curves = cumulative_incidence(time, cause > 0, entry, causes=(1,), start_at_risk=3)
    curve = kaplan_meier(time, cause > 0, entry, start_at_risk=3)

    assert curve.times.tolist() == curves.times.tolist()
    assert 1 - curve.survival == pytest.approx(curves.incidence[0], abs=1e-9)
    assert (curve.n, curve.start, curve.last) == (curves.n, curves.start, curves.last)


@given(HISTORIES, st.randoms(use_true_random=False))
def test_row_order_changes_nothing(rows: Rows, random: Random) -> None:
    """The same units in another order give the same curves and the same bootstrap."""
    shuffled = rows.copy()
    random.shuffle(shuffled)
    first, second = (
        estimate_incidence(*arrays(order), horizons=[1], start_at_risk=1, replicates=20, seed=1)
        for order in (rows, shuffled)
    )

    assert first == second


def test_without_censoring_it_is_the_share_of_each_fate() -> None:
    """Fully observed: by day 4, two of six delivered and one cancelled."""
    curves = cumulative_incidence([2, 3, 4, 6, 7, 9], [1, 2, 1, 1, 2, 1])

    assert [2 / 6, 1 / 6] == pytest.approx(incidence_at(curves, [4])[:, 0])
    assert [0, 0] == incidence_at(curves, [1])[:, 0].tolist()


def test_censoring_cancellations_would_overstate_delivery() -> None:
    """1 - Kaplan-Meier with cancelled work censored answers another question and is never smaller."""
    rng = np.random.default_rng(3)
    time, cause = np.ceil(rng.exponential(50, 300)), rng.choice([0, 1, 2], 300, p=[0.1, 0.6, 0.3])
    days = [30, 60, 90]

    delivered = incidence_at(cumulative_incidence(time, cause), days)[0]

    assert (delivered < 1 - survival_at(kaplan_meier(time, cause == 1), days).value).all()


@pytest.mark.parametrize("n", [500, 20_000])
def test_bootstrap_error_without_censoring_is_binomial(n: int) -> None:
    """The share delivered by day 30 of n fully observed units has standard error sqrt(p q / n), units or hands."""
    rng = np.random.default_rng(9)
    time, cause = rng.integers(1, 100, n), rng.choice([1, 2], n, p=[0.7, 0.3])

    delivered, cancelled = estimate_incidence(time, cause, horizons=[30], seed=1, replicates=4000)

    for estimate, code in ((delivered, 1), (cancelled, 2)):
        share = np.mean((time <= 30) & (cause == code))
        error = np.sqrt(share * (1 - share) / n)
        assert (code, pytest.approx(share)) == (estimate.cause, estimate.value)
        assert error == pytest.approx(estimate.standard_error, rel=0.05)
        assert 2 * 1.96 * error == pytest.approx(estimate.high - estimate.low, rel=0.06)


def test_bootstrap_covers_the_truth_under_censoring_and_delayed_entry() -> None:
    """Constant hazards .02 and .005, entries and exits in a window: intervals hold the true probabilities."""
    rng, covered = np.random.default_rng(14), []
    truth = 0.8 * (1 - np.exp(-0.025 * 60))
    for seed in range(200):
        start, duration = rng.uniform(-150, 180, 160), rng.exponential(40, 160)
        cause = rng.choice([1, 2], 160, p=[0.8, 0.2])
        seen = start + duration > 0
        end = np.minimum(start + duration, 180)
        fate = np.where(start + duration <= 180, cause, 0)[seen]
        estimate, *_ = estimate_incidence(
            (end - start)[seen], fate, np.maximum(0, -start)[seen], horizons=[60], replicates=200, seed=seed
        )
        covered.append(estimate.low <= truth <= estimate.high)

    assert np.mean(covered) >= 0.89


def test_estimates_come_by_cause_and_horizon() -> None:
    """Every cause with every horizon, in that order, also a cause that never happened."""
    estimates = estimate_incidence([3, 5, 8, 13, 21, 34], [1, 1, 0, 1, 1, 0], horizons=[10, 20], seed=1)

    assert [(1, 10), (1, 20), (2, 10), (2, 20)] == [(item.cause, item.horizon) for item in estimates]
    assert [0, 0] == [item.high for item in estimates[2:]]


def test_no_event_at_all_is_measured_as_zero() -> None:
    """Six units watched for 30 days without an event: nothing delivered, nothing cancelled by day 20."""
    estimates = estimate_incidence([30] * 6, [0] * 6, horizons=[20], seed=1)

    assert [(0, 0, 0), (0, 0, 0)] == [item[2:5] for item in estimates]


def test_horizon_beyond_the_data_is_refused() -> None:
    """What was not watched is unknown; once nobody is left the rest is known."""
    with pytest.raises(ValueError, match="at most 6"):
        incidence_at(cumulative_incidence([1, 2, 3, 4, 5, 6], [0, 1, 1, 2, 2, 0]), [7])
    settled = incidence_at(cumulative_incidence([1, 2, 3, 4, 5], [1, 1, 2, 2, 1]), [99])

    assert [0.6, 0.4] == pytest.approx(settled[:, 0])


def test_undeclared_code_is_refused() -> None:
    """A third fate cannot be dropped silently."""
    with pytest.raises(ValueError, match="code 3 not declared"):
        cumulative_incidence([1, 2, 3], [0, 1, 3])
