"""Restricted means against published figures and the area they stand for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.kaplan_meier import SurvivalCurve, kaplan_meier
from gapkit.stats.rmst import restricted_mean, restricted_mean_difference


@pytest.fixture(scope="module")
def curves(freireich: Any) -> tuple[SurvivalCurve, SurvivalCurve]:
    """Return the curves of 6-MP and placebo."""
    first, second = (freireich.group == group for group in ("6-MP", "placebo"))
    return kaplan_meier(freireich.time[first], freireich.event[first]), kaplan_meier(
        freireich.time[second], freireich.event[second]
    )


def test_freireich(curves: tuple[SurvivalCurve, SurvivalCurve]) -> None:
    """Freireich et al. (1963), tau = 21 weeks, R survRM2: 16.744 (SE 1.355) and 8.524 (SE 1.310)."""
    treated, placebo = (restricted_mean(curve, 21) for curve in curves)

    assert (16.744, 1.355) == pytest.approx((treated.value, treated.standard_error), abs=5e-4)
    assert (8.524, 1.310) == pytest.approx((placebo.value, placebo.standard_error), abs=5e-4)


def test_freireich_difference(curves: tuple[SurvivalCurve, SurvivalCurve]) -> None:
    """Freireich et al. (1963), tau = 21 weeks: difference 8.220 (4.526 to 11.915)."""
    difference = restricted_mean_difference(*curves, 21)

    assert (8.220, 4.526, 11.915) == pytest.approx(difference[:3], abs=1e-3)


def test_waltons(waltons: pd.DataFrame) -> None:
    """R survRM2, waltons miR-137, tau = 10: 9.794, SE .1232."""
    rows = waltons[waltons["group"] == "miR-137"]
    mean = restricted_mean(kaplan_meier(rows["T"], rows["E"]), 10)

    assert (9.794, 0.1232) == (round(mean.value, 3), round(mean.standard_error, 4))


@given(st.lists(st.integers(1, 30), min_size=5, max_size=50), st.integers(1, 40))
def test_without_censoring_it_is_the_mean_cut_at_tau(days: list[int], tau: int) -> None:
    """Fully observed durations: the mean of min(days, tau), with the standard error of that mean."""
    mean = restricted_mean(kaplan_meier(days, np.ones(len(days))), tau)
    cut = np.minimum(days, tau)

    assert pytest.approx(cut.mean()) == mean.value
    assert pytest.approx(cut.std() / np.sqrt(len(days)), abs=1e-9) == mean.standard_error


def test_tau_beyond_the_data_is_refused(curves: tuple[SurvivalCurve, SurvivalCurve]) -> None:
    """The area under a curve that was not watched is unknown; a curve at zero has no more area."""
    treated, placebo = curves

    with pytest.raises(ValueError, match="at most 35"):
        restricted_mean(treated, 36)
    with pytest.raises(ValueError, match="must be above 0"):
        restricted_mean(treated, 0)
    assert pytest.approx(restricted_mean(placebo, 23).value) == restricted_mean(placebo, 100).value
