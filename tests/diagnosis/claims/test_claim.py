from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.diagnosis.claims.claim import About, judge
from gapkit.results import Result, not_assessable

WORSE = About("C1", "", "", "", -1)
MORE = About("C5", "", "", "", 1, no_effect=1.0)


def effect(low: float | None, high: float | None) -> Result:
    return Result("x", 0.0, low, high, unit="pp", n=100)


@pytest.mark.parametrize(
    ("about", "low", "high", "p_value", "verdict"),
    [
        (WORSE, -0.4, -0.1, 0.01, "supported on your data"),
        (WORSE, -0.4, -0.1, 0.05, "not shown"),
        (WORSE, -0.4, 0.1, 0.01, "not shown"),
        (WORSE, 0.1, 0.4, 0.01, "contradicted"),
        (WORSE, 0.1, 0.4, 0.60, "contradicted"),
        (MORE, 1.2, 3.0, 0.01, "supported on your data"),
        (MORE, 1.2, None, 0.01, "supported on your data"),
        (MORE, 0.8, 3.0, 0.01, "not shown"),
        (MORE, 0.2, 0.8, 0.01, "contradicted"),
    ],
)
def test_the_verdict_follows_from_interval_side_and_corrected_p(about, low, high, p_value, verdict):
    """Supported needs both; contradicted the interval alone; a limit that was not reached lies at infinity."""
    assert verdict == judge(effect(low, high), about, p_value)


def test_no_figure_is_no_verdict():
    """Too little data and not measured stay apart."""
    assert "too little data" == judge(Result("x", status="thin", n=4), WORSE, None)
    assert "not assessable" == judge(not_assessable("x", "Nothing."), WORSE, None)


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1))
def test_a_claim_and_its_opposite_are_never_both_supported(one, other, p_value):
    """Whatever the data, at most one direction is supported."""
    found = effect(min(one, other), max(one, other))
    verdicts = [judge(found, About("C", "", "", "", direction), p_value) for direction in (1, -1)]

    assert verdicts.count("supported on your data") <= 1
    assert ("not shown" in verdicts) or ("contradicted" in verdicts)
