from __future__ import annotations

import pandas as pd
import pytest

from gapkit.config.settings import Settings
from gapkit.measurement.effects.shares import compare_shares, share_of


def share(outcomes, programs=None):
    outcome = pd.Series(outcomes, dtype="boolean")
    program = pd.Series(programs or [f"P{i}" for i in range(len(outcomes))], dtype="str")
    return share_of("x", outcome, program, Settings(), noun="wait", period="2026Q3", missing="None due."), (
        outcome,
        program,
    )


def test_none_few_and_enough_are_three_answers():
    """Not measured, too little data with or without its count, and a share."""
    found = [share([True] * n)[0] for n in (0, 4, 7, 12)]

    assert [result.status for result in found] == ["not_assessable", "thin", "thin", "ok"]
    assert [result.events for result in found] == [None, None, 7, 12]


def test_unknown_outcomes_count_as_not_met_and_are_said():
    """Two of twelve unknown."""
    result, _ = share([True] * 10 + [None] * 2)

    assert (result.events, result.n) == (10, 12)
    assert result.caveats == ("2 unknown outcomes of 12 counted as not met.",)


def test_the_difference_allows_for_programs():
    """The same counts, six to a program: a wider interval, and the method names the design effect."""
    flags, later = [True] * 12 + [False] * 12, [True] * 18 + [False] * 6
    alike = [f"P{i // 6}" for i in range(24)]
    single, grouped = (
        compare_shares(*(side[0] for side in sides), *(side[1] for side in sides), noun="wait")[0]
        for sides in ((share(flags), share(later)), (share(flags, alike), share(later, alike)))
    )

    assert single.value == grouped.value == pytest.approx(0.25)
    assert grouped.high - grouped.low > single.high - single.low
    assert "waits of one program alike" in grouped.method


def test_one_program_alone_cannot_be_compared():
    """How programs differ is not known from one."""
    one, other = share([True] * 12, ["P"] * 12), share([True] * 12)
    difference, p_value = compare_shares(one[0], other[0], one[1], other[1], noun="wait")

    assert (difference.status, p_value) == ("thin", None)
    assert "belong to one program" in difference.caveats[0]
