"""Reliability of scales against the psych manual's data, the factor model and published limits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gapkit.stats.reliability import cronbach_alpha, feldt_limits, mcdonald_omega, scale_reliability

REVERSED = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}
# R psych, data bfi: alpha over complete cases with their number, and over the pairwise covariance matrix.
BFI = {
    "A": (0.703756, 2709, 0.703018),
    "C": (0.729277, 2707, 0.726735),
    "E": (0.760933, 2713, 0.761733),
    "N": (0.813303, 2694, 0.813963),
    "O": (0.602546, 2726, 0.600173),
}


@pytest.fixture(scope="module")
def bfi() -> pd.DataFrame:
    """Answers of 2,800 people to 25 items on six points, reverse-keyed items recoded."""
    path = Path(__file__).parents[3] / "shared" / "data" / "likert-bfi" / "bfi.csv"
    if not path.exists():
        pytest.skip(f"the bfi data are not at {path}")
    answers = pd.read_csv(path).astype(float)
    return answers.assign(**{item: 7 - answers[item] for item in REVERSED})


@pytest.mark.parametrize("scale", BFI)
def test_alpha_of_the_big_five(bfi: pd.DataFrame, scale: str) -> None:
    """R psych prints .70, .73, .76, .81 and .60; here to six decimals, with people who skipped an item left out."""
    alpha, n, pairwise = BFI[scale]
    items = bfi[[f"{scale}{number}" for number in range(1, 6)]]

    reliability = scale_reliability(items.to_numpy())

    assert (alpha, n, 5) == (round(reliability.alpha.value, 6), reliability.n, reliability.items)
    assert pairwise == round(cronbach_alpha(items.cov()), 6)
    assert reliability.alpha.value < reliability.omega < reliability.alpha.value + 0.02


def test_alpha_and_omega_of_a_known_factor() -> None:
    """Loadings .9 .8 .7 .6 and unit variances: alpha 4/3 (1 - 4/10.70) = .8349, omega 9 / (9 + 1.70) = .8411."""
    loadings = np.array([0.9, 0.8, 0.7, 0.6])
    correlations = np.outer(loadings, loadings) + np.diag(1 - loadings**2)

    assert (0.8349, 0.8411) == (round(cronbach_alpha(correlations), 4), round(mcdonald_omega(correlations), 4))


def test_omega_is_in_the_units_of_the_items() -> None:
    """An item on a scale ten times as wide dominates the sum: omega 12.1**2 / (12.1**2 + 100 * .19 + 1.51) by hand."""
    loadings, scale = np.array([0.9, 0.8, 0.7, 0.6]), np.array([10, 1, 1, 1])
    covariance = (np.outer(loadings, loadings) + np.diag(1 - loadings**2)) * np.outer(scale, scale)

    assert 11.1**2 / (11.1**2 + 19 + 1.51) == pytest.approx(mcdonald_omega(covariance), abs=1e-6)


def test_feldt_limits_match_statpsych() -> None:
    """R statpsych::ci.cronbach(.05, .85, 7, 89): .7971 to .8932."""
    limits = feldt_limits(0.85, 7, 89)

    assert (0.7971, 0.8932) == (round(limits[0], 4), round(limits[1], 4))


def test_feldt_limits_cover() -> None:
    """Forty people, four equally good items, alpha .8: at least 92 % of 500 intervals hold it."""
    rng = np.random.default_rng(12)
    intervals = [scale_reliability(rng.normal(size=(40, 1)) + rng.normal(size=(40, 4))).alpha for _ in range(500)]

    assert np.mean([interval.low <= 0.8 <= interval.high for interval in intervals]) >= 0.92


@given(arrays(np.int64, st.tuples(st.integers(3, 12), st.integers(2, 5)), elements=st.integers(1, 5)))
def test_reliability_of_any_answers(answers: np.ndarray) -> None:
    """Any table gives figures in their ranges or none, the same in any order of rows and items."""
    reliability, turned = scale_reliability(answers), scale_reliability(answers[::-1, ::-1])

    assert (reliability.alpha is None) == (np.ptp(answers.sum(axis=1)) == 0)
    if reliability.alpha is not None:
        assert reliability.alpha.low <= reliability.alpha.value <= reliability.alpha.high <= 1
        assert reliability.alpha.value == pytest.approx(turned.alpha.value)
    assert reliability.omega is None or 0 <= reliability.omega <= 1


def test_omega_needs_a_factor() -> None:
    """Two items, an item all answered alike, and correlations no single factor gives have no omega."""
    impossible = [[1, 0.9, 0.9], [0.9, 1, 0.1], [0.9, 0.1, 1]]

    assert mcdonald_omega([[1, 0.5], [0.5, 1]]) is None
    assert mcdonald_omega([[1, 0, 0.5], [0, 0, 0], [0.5, 0, 1]]) is None
    assert mcdonald_omega(impossible) is None


def test_copies_of_one_item_are_perfectly_reliable() -> None:
    """The same answer three times: alpha and omega are 1, with no room for doubt."""
    reliability = scale_reliability(np.repeat([[1], [4], [2], [5]], 3, axis=1))

    assert [1, 1, 1, 1] == pytest.approx([*reliability.alpha, reliability.omega])


@pytest.mark.parametrize("answers", [[[1], [2]], [[1, 2], [3, np.nan]], [1, 2, 3]])
def test_too_few_answers_are_refused(answers: list[object]) -> None:
    """One item, one complete respondent, no table."""
    with pytest.raises(ValueError, match="2 or more complete respondents"):
        scale_reliability(answers)
