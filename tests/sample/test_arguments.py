from __future__ import annotations

import datetime as dt

import pytest

from gapkit.errors import InputError
from gapkit.sample import Arguments, Levers


def test_the_usual_dates_are_those_of_a_ninety_day_engagement() -> None:
    """Five quarters before and one after; day 1 is the first Monday of the last quarter before."""
    arguments = Arguments()

    assert ("2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3") == arguments.told_quarters
    assert (dt.date(2026, 4, 6), dt.date(2026, 10, 15)) == (arguments.day_one, arguments.read_on)


def test_everything_wrong_is_said_at_once() -> None:
    """Unknown words, severities and numbers out of range are one error with one problem each."""
    with pytest.raises(InputError) as caught:
        Arguments(scale="tiny", world="mars", killers={"gremlins": "strong", "misalignment": 2.0}, improvement=3.0, seed=-1)

    assert {"tiny", "mars", "gremlins", "2.0", "3.0", "-1"} == {problem.value for problem in caught.value.problems}


@pytest.mark.parametrize("world", ["no_killer", "discontent", "strategy_limited", "neither"])
def test_worlds_without_killers_refuse_them(world: str) -> None:
    """A killer is never dropped in silence."""
    with pytest.raises(InputError, match=f"world {world} takes no killers"):
        Arguments(world=world, killers={"misalignment": "strong"})


def test_dates_that_make_no_sense_are_refused() -> None:
    """The tables cannot be read before the last quarter is over, nor the engagement begin outside the story."""
    with pytest.raises(InputError) as caught:
        Arguments(as_of=dt.date(2026, 9, 1), started_on=dt.date(2024, 1, 1))

    assert 2 == len(caught.value.problems)


def test_plain_arguments_make_the_same_organisation() -> None:
    """Only what differs from the defaults is written down, and it is enough."""
    arguments = Arguments(seed=4, scale="smb", killers={"misalignment": "strong"}, observation="mild")

    assert arguments == Arguments(**arguments.plain())
    assert {"seed", "scale", "killers", "observation"} == set(arguments.plain())


def test_levers_out_of_range_are_refused_together() -> None:
    """A lever names what it would take."""
    with pytest.raises(InputError) as caught:
        Levers(adherence=1.5, drop_approval="royal assent", max_returns=-1, approver_capacity=0, approval_wait_cap_bdays=-2)

    assert 5 == len(caught.value.problems)
