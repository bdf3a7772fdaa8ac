"""Many penalised fits at once give what one at a time gives, and survive columns that say nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from gapkit.stats import penalised
from gapkit.stats.penalised import penalised_fits, refitted_intercepts

CELL = st.integers(0, 12)


def design(n: int = 60, flags: int = 3, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Random flags behind an intercept, and an outcome that goes with the first."""
    rng = np.random.default_rng(seed)
    columns = np.column_stack([np.ones(n), rng.random((n, flags)) < 0.4])
    return columns, (rng.random(n) < special.expit(columns[:, 1] - 0.5)).astype(float)


def test_a_fit_with_weights_is_a_fit_of_repeated_units() -> None:
    """Counting a unit three times is having it three times, and leaving it out is not having it."""
    columns, outcome = design()
    weights = np.random.default_rng(2).integers(0, 4, (5, len(outcome)))

    together = penalised_fits(columns, outcome, weights.astype(float))
    alone = [
        penalised_fits(np.repeat(columns, row, axis=0), np.repeat(outcome, row), np.ones((1, row.sum()))) for row in weights
    ]

    assert np.vstack([fit.coefficients for fit in alone]) == pytest.approx(together.coefficients, abs=1e-6)
    assert together.is_converged.all()


@given(st.tuples(CELL, CELL, CELL, CELL).filter(lambda cells: cells[0] + cells[1] and cells[2] + cells[3]))
def test_a_saturated_model_adds_half_to_every_cell(cells: tuple[int, int, int, int]) -> None:
    """Firth (1993): with one flag the estimates are log odds of the cells plus one half, empty cells included."""
    a, b, c, d = cells
    columns = np.array([[1.0, 1], [1, 1], [1, 0], [1, 0]])

    fit = penalised_fits(columns, np.array([1.0, 0, 1, 0]), np.array([cells], dtype=float))

    base, flagged = np.log((c + 0.5) / (d + 0.5)), np.log((a + 0.5) / (b + 0.5))
    assert [base, flagged - base] == pytest.approx(fit.coefficients[0], abs=1e-5)


def test_copies_of_a_column_share_its_effect() -> None:
    """A flag that occurs twice has half the effect each time, and every prediction stays."""
    columns, outcome = design()
    once = penalised_fits(columns, outcome, np.ones((1, len(outcome)))).coefficients[0]
    twice = penalised_fits(np.column_stack([columns, columns[:, 1]]), outcome, np.ones((1, len(outcome)))).coefficients[0]

    assert once[1] / 2 == pytest.approx(twice[1], abs=1e-6)
    assert (twice[1], once[2:]) == (pytest.approx(twice[-1]), pytest.approx(twice[2:-1], abs=1e-6))


def test_a_column_absent_from_a_reweighting_stays_at_its_start() -> None:
    """Without a flagged unit nothing is learnt about the flag."""
    columns, outcome = design()
    weights = (columns[:, 3] == 0).astype(float)[None]
    without = penalised_fits(columns[:, :3], outcome, weights).coefficients[0]

    fit = penalised_fits(columns, outcome, weights, start=np.array([0, 0, 0, 0.7]))

    assert 0.7 == fit.coefficients[0, 3]
    assert without == pytest.approx(fit.coefficients[0, :3], abs=1e-6)


def test_held_terms_stay_and_the_best_of_them_is_the_fit() -> None:
    """With a term held at its estimate the others come out as before, and elsewhere the likelihood is lower."""
    columns, outcome = design()
    weights = np.ones((1, len(outcome)))
    best = penalised_fits(columns, outcome, weights)
    others = np.array([0, 2, 3])

    held = penalised_fits(columns, outcome, weights, best.coefficients[0], others)
    moved = penalised_fits(columns, outcome, weights, best.coefficients[0] + [0, 0.5, 0, 0], others)

    assert best.coefficients == pytest.approx(held.coefficients, abs=1e-6)
    assert best.coefficients[0, 1] + 0.5 == moved.coefficients[0, 1]
    assert moved.likelihood[0] < best.likelihood[0] == pytest.approx(held.likelihood[0])


def test_a_fit_cut_short_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """One step is not enough, and is not passed off as the answer."""
    monkeypatch.setattr(penalised, "MAX_ITERATIONS", 1)
    columns, outcome = design()

    assert not penalised_fits(columns, outcome, np.ones((1, len(outcome)))).is_converged.any()


@given(st.lists(st.tuples(st.floats(-8, 8), st.booleans(), st.integers(1, 5)), min_size=2, max_size=20))
def test_refitted_intercepts_make_predictions_add_up(units: list[tuple[float, bool, int]]) -> None:
    """Predicted events equal observed events; where all or none had the event the intercept is infinite."""
    linear, outcome, weights = (np.array(column, dtype=float) for column in zip(*units, strict=True))

    intercept = refitted_intercepts(linear[None], outcome, weights[None])

    assert weights @ outcome == pytest.approx(float(weights @ special.expit(intercept[0] + linear)), abs=1e-8)
    assert np.isfinite(intercept[0]) == (0 < outcome.sum() < len(outcome))
