from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gapkit.config import Settings
from gapkit.instrument import ITEMS
from gapkit.survey.quality import FLAGS, is_counted, longest_mixed_run, quality_flags

# Someone who sees no problem answers healthy statements with 4 or 5 and reversed ones with 1 or 2, in turns.
HONEST = {item.id: float((2, 1)[k % 2] if item.is_reversed else (4, 5)[k % 2]) for k, item in enumerate(ITEMS)}
HONEST["ATT1"] = 2


def flags_of(make: Any, **given: Any) -> list[str]:
    person = make.Person(**{"answers": HONEST, **given})
    flags = quality_flags(make.rows([person]), Settings()).iloc[0]
    return [name for name in FLAGS if flags[name]]


def test_an_honest_answer_has_no_flag(make: Any) -> None:
    """Nothing is held against somebody who reads, nor against a blank time or a blank check."""
    assert [] == flags_of(make)
    assert [] == flags_of(make, seconds=None)
    assert [] == flags_of(make, answers=HONEST | {"ATT1": None})


@pytest.mark.parametrize(("seconds", "expected"), [(79.9, ["is_speeder"]), (80, [])])
def test_forty_statements_in_less_than_eighty_seconds(make: Any, seconds: float, expected: list[str]) -> None:
    """Two seconds a statement is the limit (Huang et al. 2012)."""
    assert expected == flags_of(make, seconds=seconds)


def test_a_short_form_takes_less_time(make: Any) -> None:
    """Twenty statements asked in 50 seconds are no rush."""
    asked = {item.id: HONEST[item.id] if k < 20 else None for k, item in enumerate(ITEMS)}

    assert [] == flags_of(make, answers=asked, seconds=50)


@pytest.mark.parametrize(("answer", "expected"), [(2, []), (1.8, []), (3, ["is_check_failed"]), (1, ["is_check_failed"])])
def test_check_answered_otherwise(make: Any, answer: float, expected: list[str]) -> None:
    """Only "disagree" is right, wherever a longer scale has it."""
    assert expected == flags_of(make, answers=HONEST | {"ATT1": answer})


def test_the_same_answer_throughout(make: Any) -> None:
    """All "agree" is a straight line, and contradicts itself on every construct asked both ways."""
    same = {item.id: 4.0 for item in ITEMS} | {"ATT1": 2}

    assert ["is_straight_liner", "is_contradictory"] == flags_of(make, answers=same)


def test_all_neither_is_a_straight_line_only(make: Any) -> None:
    """Nothing is agreed with, so nothing is contradicted: one flag, and the answer counts."""
    same = {item.id: 3.0 for item in ITEMS} | {"ATT1": 2}

    assert ["is_straight_liner"] == flags_of(make, answers=same)


def test_ten_equal_answers_of_both_directions_are_even(make: Any) -> None:
    """Ten answers to statements of both directions without any difference are flagged, nine are not."""
    items = ["MIS1", "MIS2", "MIS3", "OWN1", "OWN2", "OWN3", "INC1", "INC2", "BOT1", "BOT2"]
    ten = dict.fromkeys((item.id for item in ITEMS), None) | dict.fromkeys(items, 3.0)

    assert ["is_straight_liner"] == flags_of(make, answers=ten)
    assert [] == flags_of(make, answers=ten | {"BOT2": None})


def test_runs_hold_both_directions() -> None:
    """A run counts from its first answer once it holds both directions; a run of one direction is agreement."""
    reverse = np.array([False, True, False, False, True, True])
    answers = np.array([[3, 3, 3, 3, 3, 3], [4, 2, 5, 5, 1, 1], [3, 3, np.nan, 3, 4, 3.0]])

    assert [6, 0, 3] == longest_mixed_run(answers, reverse).tolist()


@pytest.mark.parametrize(("constructs", "expected"), [(2, []), (3, ["is_contradictory"])])
def test_three_contradictions(make: Any, constructs: int, expected: list[str]) -> None:
    """Agreeing with a statement and its opposite on three constructs is flagged; two pairs of one construct count once."""
    against = {"MIS2": 5.0, "OWN2": 5.0, "BOT2": 5.0}

    assert expected == flags_of(make, answers=HONEST | dict(list(against.items())[:constructs]))


def test_two_flags_leave_out(make: Any) -> None:
    """A speeder who fails the check is left out; either alone counts."""
    rows = make.rows([
        make.Person(answers=HONEST | {"ATT1": 5}, seconds=40), make.Person(answers=HONEST | {"ATT1": 5}),
        make.Person(answers=HONEST, seconds=40),
    ])  # fmt: skip

    assert [False, True, True] == is_counted(rows, Settings()).tolist()
