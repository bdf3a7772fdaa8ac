from __future__ import annotations

import pytest

from gapkit.errors import InputError
from gapkit.redesign.what_if import LEVERS, Pull
from gapkit.redesign.what_if.levers import ASSOCIATION, QUEUE, RESAMPLING, check_pulls


def test_every_lever_says_what_it_is():
    """Each has words for what it edits and needs, an engine that exists, and an id of its own."""
    assert all(lever.edits and lever.needs and lever.name for lever in LEVERS)
    assert {lever.engine for lever in LEVERS} == {RESAMPLING, QUEUE, ASSOCIATION}
    assert len({lever.id for lever in LEVERS}) == len(LEVERS)


def test_adherence_is_seven_in_ten_unless_said():
    """docs/method.md: an agreed time is met in 70 % of cases by default."""
    assert 0.70 == Pull("sla", 2.0).adherence


def test_all_wrong_settings_are_refused_at_once():
    """One problem for each: unknown lever, missing number, number where none belongs, stage missing or out of place."""
    wrong = [
        Pull("magic"),
        Pull("sla"),
        Pull("weekly_forum", 3.0),
        Pull("drop_approval"),
        Pull("capacity", 1.5, "legal review"),
        Pull("fewer_rounds", 0.5),
        Pull("sla", 2.0, adherence=1.2),
    ]

    with pytest.raises(InputError) as caught:
        check_pulls(wrong)

    assert len(wrong) == len(caught.value.problems)


def test_a_lever_pulled_twice_is_refused():
    """The same lever in the same way would count twice in nothing, so it is a slip."""
    with pytest.raises(InputError, match="twice"):
        check_pulls([Pull("parallel_approvals")] * 2)
