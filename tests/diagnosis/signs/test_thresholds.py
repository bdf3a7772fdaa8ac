from __future__ import annotations

from itertools import chain

import pytest

from gapkit.diagnosis.causes import capability, execution_discipline, leadership_direction
from gapkit.diagnosis.indicators.measured import About
from gapkit.diagnosis.pitfalls import campaign_of_the_quarter, ivory_tower, tool_first
from gapkit.diagnosis.signs.thresholds import THRESHOLDS, Threshold
from gapkit.schema import TABLES

MODULES = (capability, leadership_direction, execution_discipline, ivory_tower, tool_first, campaign_of_the_quarter)
SHOWN_ONLY = {"Capability 5", "Discipline 5"}
DECLARED = list(
    chain.from_iterable(filter(lambda one: isinstance(one, About), vars(module).values()) for module in MODULES)
)


def test_every_sign_has_a_threshold_and_every_threshold_a_sign():
    """A sign without a threshold could not count, unless it is only shown; a threshold nobody reads would mislead."""
    ids = [about.id for about in DECLARED]

    assert len(set(ids)) == len(ids)
    assert set(THRESHOLDS) == set(ids) - SHOWN_ONLY


def test_every_sign_names_real_tables():
    """What would switch it on can be sent."""
    for about in DECLARED:
        assert set(about.source) <= set(TABLES), about.id


@pytest.mark.parametrize(
    ("side", "value", "expected"),
    [
        ("at least", 0.3, True),
        ("more than", 0.3, False),
        ("more than", 0.31, True),
        ("under", 0.3, False),
        ("under", 0.29, True),
    ],
)
def test_the_limit_itself_counts_only_for_at_least(side, value, expected):
    """ "≥ 30 %" holds at 30 %; "> 10 days" and "< 40 %" do not hold at the limit."""
    assert expected == Threshold(side, 0.3).is_beyond(value)


def test_a_sign_is_clear_when_the_near_limit_is_beyond():
    """Under 40 %: the upper limit must be below; from 30 % on: the lower limit must reach it."""
    assert Threshold("under", 0.4).is_clear(0.3, 0.2, 0.39)
    assert not Threshold("under", 0.4).is_clear(0.3, 0.2, 0.41)
    assert Threshold("at least", 0.3).is_clear(0.4, 0.3, 0.5)
    assert not Threshold("at least", 0.3).is_clear(0.4, 0.29, 0.5)


def test_a_difference_need_only_be_clear_of_none():
    """Cliff's delta of .33 and more with an interval above 0; a large one that may be nothing is not clear."""
    gap = THRESHOLDS["Ivory 2"]

    assert gap.is_clear(0.35, 0.05, 0.6)
    assert not gap.is_clear(0.35, -0.05, 0.6)
    assert not gap.is_clear(0.30, 0.05, 0.5)
