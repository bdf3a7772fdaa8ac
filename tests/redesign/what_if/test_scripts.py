from __future__ import annotations

import numpy as np
import pytest

from gapkit.redesign.what_if import Pull
from gapkit.redesign.what_if.edits import Chance
from gapkit.redesign.what_if.paths import lay_out
from gapkit.redesign.what_if.scripts import NEVER, Part, Request, Script, ScriptWriter


@pytest.fixture
def written(stay):
    """The script of: two days of draft, legal sent back once, brand, half a day later launch."""
    trace = (
        stay("draft", "work", 0, 2),
        stay("legal", "approval", 2, 5, 1.0, returned=True, lying=1.5),
        stay("draft", "rework", 5, 6),
        stay("legal", "approval", 6, 8, 1.0, lying=0.0),
        stay("brand", "approval", 8, 10, lying=float("nan")),
        stay("launch", "work", 10.5, 11),
    )
    paths = lay_out([trace])
    shape = (1, *paths.length.shape)

    def write(*pulls: Pull, lying: float = 1.0) -> Script:
        chance = Chance(np.zeros(shape), np.full(shape, 0.5))
        return ScriptWriter([trace], paths, pulls, chance, 0.25).write(0, 0, lying)

    return write


def test_a_script_tells_the_trace(written):
    """Other days lead to each request; what was recorded as lying there is its delay; unknown handling is the usual one."""
    expected = Script(
        (
            Part(2.0, ((Request(0.0, 1.5, 1.0, NEVER), Request(1.0, 0.0, 1.0, NEVER)),)),
            Part(0.0, ((Request(0.0, 1.0, 0.25, NEVER),),)),
        ),
        1.0,
    )

    assert expected == written()


def test_at_twice_lying_nothing_is_left_to_the_queue(written):
    """Every recorded wait is a delay."""
    delays = [r.delay for part in written(lying=2.0).parts for chain in part.chains for r in chain]

    assert [2.0, 1.0, 2.0] == delays


def test_levers_change_the_script(written):
    """At once makes one part; a dropped sign-off is gone with its rework; twice the capacity halves the time it takes."""
    assert [2] == [len(part.chains) for part in written(Pull("parallel_approvals")).parts]
    assert [Part(2.0, ((Request(0.0, 1.0, 0.25, NEVER),),))] == list(written(Pull("drop_approval", stage="legal")).parts)
    assert 0.5 == written(Pull("capacity", 2.0)).parts[0].chains[0][0].service
    assert 1 == len(written(Pull("fewer_rounds", 0)).parts[0].chains[0])


def test_agreed_times_are_caps(written):
    """An agreed time for one sign-off caps that one; a forum in half a week caps all at two and a half days."""

    def caps(pull: Pull) -> list[float]:
        return [r.cap for part in written(pull).parts for chain in part.chains for r in chain]

    assert [2.0, 2.0, NEVER] == caps(Pull("sla", 2.0, "legal"))
    assert [2.5, 2.5, 2.5] == caps(Pull("weekly_forum"))
