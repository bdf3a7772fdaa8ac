"""Firth's regression against the published output of R's logistf, and by its symmetries."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from gapkit.stats.firth import firth_logistic, firth_odds_ratio, independent_columns

# Foxman et al. (1997), Epidemiology 8, 637-641: first urinary tract infection by age and contraception (flags age, oral,
# condom, lubricated condom, spermicide, diaphragm), as cases/women of each pattern. It is `sex2` in R's package logistf.
FOXMAN = """
000010:1/2 001000:14/16 001010:3/4 001100:10/18 001110:12/30 001111:1/1 010000:44/86 010001:3/3 010010:0/1 011000:15/16
011001:1/1 011010:2/2 011100:7/12 011110:3/9 101000:2/2 101010:1/1 101011:1/1 101100:1/3 101110:0/4 101111:1/1 110000:5/19
110010:0/1 111000:3/4 111110:0/2
"""
# summary(logistf(case ~ age + oc + vic + vicl + vis + dia, data = sex2)): coefficient, 95 % limits, p-value.
LOGISTF = [
    (-1.10598131, -1.9737884, -0.30742514, 6.143472e-03),
    (-0.06881673, -0.9414363, 0.78920202, 8.751911e-01),
    (2.26887464, 1.2730216, 3.43543273, 1.678877e-06),
    (-2.11140817, -3.2608611, -1.11773495, 1.237805e-05),
    (-0.78831694, -1.6080879, 0.01518468, 5.449701e-02),
    (3.09601166, 0.7745682, 8.03029352, 4.951873e-03),
]


@pytest.fixture(scope="module")
def foxman() -> tuple[np.ndarray, np.ndarray]:
    """Flags and outcome of the 239 women."""
    rows, outcome = [], []
    for entry in FOXMAN.split():
        pattern, counts = entry.split(":")
        cases, women = map(int, counts.split("/"))
        rows += [[int(flag) for flag in pattern]] * women
        outcome += [1] * cases + [0] * (women - cases)
    return np.array(rows), np.array(outcome)


def test_five_of_five_against_none_of_five() -> None:
    """Half a unit is added to every cell: log odds ratio ln(5.5**2 / 0.5**2) = 4.7958."""
    fit = firth_logistic([[1]] * 5 + [[0]] * 5, [1] * 5 + [0] * 5)

    assert 4.7958 == round(float(fit.coefficients[0]), 4)
    assert (10, 5, True) == (fit.n, fit.events, fit.is_converged)


@pytest.mark.parametrize("column", range(6))
def test_odds_ratios_match_logistf(foxman: tuple[np.ndarray, np.ndarray], column: int) -> None:
    """R logistf on sex2, six flags of which one separates: coefficients, profile limits and likelihood ratio tests."""
    ratio = firth_odds_ratio(*foxman, column)

    assert LOGISTF[column] == pytest.approx(ratio, rel=2e-6)


def test_ninety_per_cent_limits_match_logistf(foxman: tuple[np.ndarray, np.ndarray]) -> None:
    """R logistf with alpha = 0.1, diaphragm: 1.0835108 to 6.8752016."""
    ratio = firth_odds_ratio(*foxman, 5, level=0.9)

    assert (1.0835108, 6.8752016) == pytest.approx((ratio.low, ratio.high), rel=1e-6)


def test_the_intercept_alone_is_refitted(foxman: tuple[np.ndarray, np.ndarray]) -> None:
    """FLIC: predictions add up to the 130 cases, and slopes are those of the penalised fit."""
    design, outcome = foxman
    fit = firth_logistic(design, outcome)

    assert [row[0] for row in LOGISTF] == pytest.approx(fit.coefficients, rel=1e-6)
    assert 130 == pytest.approx(special.expit(fit.intercept + design @ fit.coefficients).sum())


def test_turning_the_outcome_round_turns_the_signs(foxman: tuple[np.ndarray, np.ndarray]) -> None:
    """Success and failure are the same question asked twice."""
    design, outcome = foxman
    forward, backward = firth_odds_ratio(design, outcome, 3), firth_odds_ratio(design, 1 - outcome, 3)

    assert (-forward.value, -forward.high, -forward.low) == pytest.approx(backward[:3])
    assert forward.p_value == pytest.approx(backward.p_value)


def test_limits_and_test_agree(foxman: tuple[np.ndarray, np.ndarray]) -> None:
    """A limit at the level 1 - p lies at 0: interval and p-value are read off one curve."""
    ratio = firth_odds_ratio(*foxman, 4)

    limits = firth_odds_ratio(*foxman, 4, level=1 - ratio.p_value)

    assert 0 == pytest.approx(limits.high, abs=1e-6)


@given(st.integers(0, 8), st.integers(1, 8), st.integers(0, 8), st.integers(1, 8), st.floats(0.5, 0.98))
def test_limits_contain_the_estimate_and_widen(x1: int, n1: int, x2: int, n2: int, level: float) -> None:
    """Whatever the counts, limits are finite, lie around the estimate and widen with the level."""
    design = [[1]] * n1 + [[0]] * n2
    outcome = [i < x1 for i in range(n1)] + [i < x2 for i in range(n2)]
    narrow, wide = firth_odds_ratio(design, outcome, 0, level), firth_odds_ratio(design, outcome, 0, level + 0.01)

    assert -math.inf < wide.low < narrow.low < narrow.value < narrow.high < wide.high < math.inf


def test_an_outcome_that_never_varies_has_an_infinite_intercept() -> None:
    """All failed: predictions can only add up if each is one, and the odds ratio is still finite."""
    fit = firth_logistic([[1]] * 3 + [[0]] * 6, [1] * 9)

    assert math.inf == fit.intercept
    assert np.log(3.5 / 0.5) - np.log(6.5 / 0.5) == pytest.approx(fit.coefficients[0], abs=1e-6)


def test_columns_without_an_odds_ratio_are_named() -> None:
    """A column that adds up others and a constant one are refused by position, and the rest can be kept."""
    design = np.array([[1, 0, 1, 2], [0, 1, 1, 2], [0, 0, 0, 2], [1, 0, 1, 2]])

    with pytest.raises(ValueError, match=r"columns \[2, 3\] are constant or sums"):
        firth_logistic(design, [1, 0, 1, 0])
    assert (0, 1) == independent_columns(design)
    assert firth_logistic(design[:, :2], [1, 0, 1, 0]).is_converged


def test_a_design_that_does_not_fit_is_refused() -> None:
    """Rows must match the outcome, and none may be missing."""
    with pytest.raises(ValueError, match="one row of finite numbers"):
        firth_logistic([[1], [0]], [1, 0, 1])
    with pytest.raises(ValueError, match="one row of finite numbers"):
        firth_logistic([[1], [float("nan")]], [1, 0])


def test_a_column_that_is_not_there_is_refused() -> None:
    """Counting from the end would mean the intercept."""
    with pytest.raises(ValueError, match="column == -1, must be 0 to 0"):
        firth_odds_ratio([[1], [0]], [1, 0], -1)
