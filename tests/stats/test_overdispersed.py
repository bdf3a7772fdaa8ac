from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.overdispersed import quasi_rate_ratio

LUMPS = [0, 8, 1, 9, 0, 7, 12, 0, 3, 0], [2, 0, 9, 0, 8, 1, 0, 11, 0, 6]


def test_against_a_quasi_poisson_regression():
    """The log ratio and its error are those of statsmodels' Poisson GLM with scale X2."""
    after, before = LUMPS
    found = quasi_rate_ratio(sum(after), 10, sum(before), 10, after, before)
    design = np.column_stack([np.ones(20), np.repeat([1, 0], 10)])
    fit = sm.GLM(np.array(after + before), design, family=sm.families.Poisson()).fit(scale="X2", use_t=True)

    assert found.value == pytest.approx(np.exp(fit.params[1]))
    assert found.dispersion == pytest.approx(fit.scale)
    assert (found.low, found.high) == pytest.approx(tuple(np.exp(fit.conf_int()[1])))
    assert found.p_value == pytest.approx(fit.pvalues[1])


@pytest.mark.parametrize("counts", [([2] * 4, [2] * 3), ([2, 3] * 5, [3, 2] * 5), ([0] * 10, [0, 9] * 5)])
def test_few_weeks_regular_weeks_and_no_event_keep_the_exact_ratio(counts):
    """Then nothing says that weeks scatter more than chance."""
    after, before = counts

    assert quasi_rate_ratio(sum(after), 10, sum(before), 10, after, before) is None


@given(st.integers(1, 50))
def test_the_sides_may_be_exchanged(time):
    """The ratio turns round, the p-value stays."""
    there = quasi_rate_ratio(40, time, 37, 10, *LUMPS)
    back = quasi_rate_ratio(37, 10, 40, time, *LUMPS[::-1])

    assert there.value == pytest.approx(1 / back.value)
    assert (there.low, there.p_value) == pytest.approx((1 / back.high, back.p_value))
