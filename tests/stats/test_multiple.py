"""Adjusted p-values against the papers' own example."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from gapkit.stats.multiple import benjamini_hochberg, holm

# Benjamini & Hochberg (1995), section 3.2: fifteen hypotheses on a thrombolytic treatment.
PAPER = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_rejections_match_the_paper() -> None:
    """At .05 the false discovery rate rejects four hypotheses, the familywise procedures three."""
    assert (4, 3) == ((benjamini_hochberg(PAPER) <= 0.05).sum(), (holm(PAPER) <= 0.05).sum())


def test_holm_is_statsmodels() -> None:
    """statsmodels.stats.multitest.multipletests on the paper's p-values, in another order and with a tie."""
    p_values = [*PAPER[::-1], 0.0095]

    assert multipletests(p_values, method="holm")[1] == pytest.approx(holm(p_values))


def test_adjusted_values_by_hand() -> None:
    """Three p-values: Holm multiplies by 3, 2, 1 and never falls; Benjamini-Hochberg by 3, 3/2, 1 and never rises."""
    assert [0.06, 0.03, 0.06] == pytest.approx(holm([0.04, 0.01, 0.03]))
    assert [0.04, 0.03, 0.04] == pytest.approx(benjamini_hochberg([0.04, 0.01, 0.03]))


@given(P_VALUES)
def test_adjusting_keeps_order_and_never_flatters(p_values: list[float]) -> None:
    """Raw <= false discovery rate <= familywise <= 1, in the same order; a single test is left alone."""
    raw, discovery, family = np.array(p_values), benjamini_hochberg(p_values), holm(p_values)

    assert (raw <= discovery + 1e-12).all()
    assert (discovery <= family + 1e-12).all()
    assert (family <= 1).all()
    assert (np.diff(family[np.argsort(raw)]) >= -1e-12).all()
    assert p_values[:1] == holm(p_values[:1]).tolist() == benjamini_hochberg(p_values[:1]).tolist()


def test_no_tests_need_no_adjusting() -> None:
    """An empty list stays empty: nothing could be tested."""
    assert [] == holm([]).tolist() == benjamini_hochberg([]).tolist()


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_what_is_no_p_value_is_refused(adjust: object) -> None:
    """Above 1, or missing."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjust([0.1, 1.2])
    with pytest.raises(ValueError, match="missing"):
        adjust([0.1, np.nan])
