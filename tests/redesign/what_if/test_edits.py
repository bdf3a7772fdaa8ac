from __future__ import annotations

import numpy as np
import pytest

from gapkit.redesign.what_if import Pull
from gapkit.redesign.what_if.edits import Chance, draw_chance, edit
from gapkit.redesign.what_if.paths import Paths, lay_out


@pytest.fixture
def paths(stay) -> Paths:
    """Six days in legal review, one of them work, sent back once; then two days waiting for build."""
    return lay_out([(
        stay("legal", "approval", 0, 6, 1.0, returned=True),
        stay("draft", "rework", 6, 7),
        stay("legal", "approval", 7, 8, 1.0),
        stay("build", "wait", 8, 10),
        stay("build", "work", 10, 12),
    )])  # fmt: skip


def lengths(paths: Paths, *pulls: Pull, kept: float = 0.0, slot: float = 0.5) -> list[float]:
    shape = (1, *paths.length.shape)
    return edit(paths, pulls, Chance(np.full(shape, kept), np.full(shape, slot)))[1][0, 0].tolist()


def test_a_cap_shortens_the_wait_and_not_the_work(paths):
    """Five days of wait become two; the day of work stays; a wait of nothing stays nothing."""
    assert [3.0, 1.0, 1.0, 2.0, 2.0] == lengths(paths, Pull("sla", 2.0))


def test_a_cap_that_is_not_kept_changes_nothing(paths):
    """Where chance lies above the adherence the wait is as long as it was."""
    assert paths.length[0].tolist() == lengths(paths, Pull("sla", 2.0, adherence=0.7), kept=0.7)


def test_a_cap_acts_where_it_is_named(paths):
    """Named, it acts on the waits of that stage, whatever their kind; work in it stays."""
    assert [6.0, 1.0, 1.0, 0.5, 2.0] == lengths(paths, Pull("sla", 0.5, "build"))


def test_a_dropped_sign_off_goes_with_what_it_sent_back(paths):
    """Legal review and its rework take no time any more."""
    assert [0.0, 0.0, 0.0, 2.0, 2.0] == lengths(paths, Pull("drop_approval", stage="legal"))


def test_fewer_rounds_drop_the_later_ones(paths):
    """With no return allowed the first request stays; with one all stays."""
    assert [6.0, 0.0, 0.0, 2.0, 2.0] == lengths(paths, Pull("fewer_rounds", 0))
    assert paths.length[0].tolist() == lengths(paths, Pull("fewer_rounds", 1))


def test_a_forum_meets_weekly(paths):
    """Asked for in the middle of the week a sign-off is taken up two and a half business days later at the latest."""
    assert [3.5, 1.0, 1.0, 2.0, 2.0] == lengths(paths, Pull("weekly_forum"), slot=0.5)


def test_levers_add_up_without_undoing_each_other(paths):
    """Of two caps the shorter holds, and a dropped sign-off needs none."""
    both = lengths(paths, Pull("sla", 2.0), Pull("weekly_forum"), slot=0.2)

    assert [2.0, 1.0, 1.0, 2.0, 2.0] == both
    assert [0.0, 0.0, 0.0, 2.0, 2.0] == lengths(paths, Pull("sla", 2.0), Pull("drop_approval", stage="legal"))


def test_seven_in_ten_are_kept(paths):
    """Over many draws the cap is kept in the share of cases asked for."""
    chance = draw_chance(paths, 4000, np.random.default_rng(1))
    length = edit(paths, [Pull("sla", 2.0, adherence=0.7)], chance)[1]

    assert 0.7 == pytest.approx((length[:, 0, 0] == 3.0).mean(), abs=0.03)


def test_capacity_cannot_be_read_off_traces(paths):
    """Editing a trace knows nothing of queues: more capacity changes nothing in it, which is why it is simulated."""
    assert paths.length[0].tolist() == lengths(paths, Pull("capacity", 1.25))
