from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gapkit.measurement.verdict import Judgement, judge_effect


def test_the_worked_example_of_the_method():
    """31 of 62 before, 23 of 30 after: +27 pp (5 to 43) is improved, size uncertain."""
    judged = judge_effect(0.05, 0.43, 0.10, is_primary=True)

    assert Judgement("improved", "size uncertain") == judged


@pytest.mark.parametrize(
    ("low", "high", "verdict", "qualification"),
    [
        (0.12, 0.30, "improved", "by a worthwhile amount"),
        (0.01, 0.30, "improved", "size uncertain"),
        (-0.30, -0.01, "worsened", ""),
        (-0.05, 0.09, "no detectable change", "any improvement is smaller than agreed as worthwhile"),
        (-0.05, 0.20, "no detectable change", "compatible with none and with up to +20 pp"),
        (-0.25, 0.20, "too little data", ""),
    ],
)
def test_each_row_of_the_verdict_table(low, high, verdict, qualification):
    """The words follow from the limits and the worthwhile change alone."""
    judged = judge_effect(low, high, 0.10, is_primary=True, upper_words="+20 pp")

    assert Judgement(verdict, qualification) == judged


def test_a_secondary_measure_needs_its_adjusted_p():
    """An interval above zero does not make a secondary measure improved when the adjusted p-value does not."""
    judged = judge_effect(0.01, 0.30, 0.10, is_primary=False, adjusted_p=0.08, upper_words="+30 pp")

    assert judged.verdict == "no detectable change"


def test_thin_periods_are_too_little_data_whatever_the_interval():
    """Below the minimum n no verdict is given."""
    assert judge_effect(0.2, 0.3, 0.1, is_primary=True, enough=False).verdict == "too little data"


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0.01, 0.5))
def test_improved_and_worsened_never_include_zero(a, b, worthwhile):
    """A directional verdict is given only when the interval excludes zero."""
    low, high = min(a, b), max(a, b)
    assume(high > low)

    verdict = judge_effect(low, high, worthwhile, is_primary=True).verdict

    assert verdict not in {"improved", "worsened"} or low > 0 or high < 0
