from __future__ import annotations

import numpy as np
import pytest

from gapkit.sample import Arguments, Levers
from gapkit.sample.story import Story, tell

BLOCKED = {"structural_bottlenecks": "strong", "unclear_ownership": "strong"}


def told(**levers: object) -> Story:
    return tell(Arguments(seed=14, killers=BLOCKED, levers=Levers(**levers)))


@pytest.fixture(scope="module")
def usual() -> Story:
    return told()


def approvals(story: Story) -> np.ndarray:
    """Days each sign-off took, and whether it came back."""
    own = [
        (v.left_h - v.entered_h, v.works_from_h - v.entered_h, v.is_returned)
        for v in story.flow.visits
        if v.kind == "approval"
    ]
    return np.array(own, dtype=float)


def test_no_lever_changes_nothing(usual: Story) -> None:
    """Levers at their defaults give the same story, visit by visit."""
    assert usual.flow.visits == told(adherence=0.5).flow.visits


def test_a_cap_is_kept(usual: Story) -> None:
    """With a cap of two days nobody waits longer to be taken up; without, many do."""
    assert approvals(usual)[:, 1].max() > 16.0
    assert approvals(told(approval_wait_cap_bdays=2.0))[:, 1].max() <= 16.0 + 1e-6


def test_a_cap_is_kept_as_often_as_people_adhere() -> None:
    """Half adherence leaves about half of the long waits."""
    over = [(approvals(told(approval_wait_cap_bdays=2.0, adherence=a))[:, 1] > 16.0 + 1e-6).mean() for a in (0.0, 0.5, 1.0)]

    assert over[2] < over[1] < over[0]


def test_a_dropped_approval_is_gone(usual: Story) -> None:
    """Nobody asks for it any more; everything else is asked for as before."""
    stages = {v.stage for v in told(drop_approval="legal review").flow.visits}

    assert "legal review" in {v.stage for v in usual.flow.visits}
    assert "legal review" not in stages
    assert "brand approval" in stages


def test_fewer_rounds_mean_fewer_returns(usual: Story) -> None:
    """With no return allowed nothing comes back."""
    assert approvals(usual)[:, 2].sum() > 0
    assert 0 == approvals(told(max_returns=0))[:, 2].sum()


def test_more_capacity_shortens_the_queue(usual: Story) -> None:
    """A quarter more capacity cuts the mean wait for an approver."""
    assert approvals(told(approver_capacity=1.25))[:, 1].mean() < approvals(usual)[:, 1].mean()


def test_parallel_approvals_run_at_once(usual: Story) -> None:
    """Two sign-offs after the same stage begin at the same moment, and programs finish earlier in the median."""
    parallel = told(parallel_approvals=True)
    begins = [(v.program, v.entered_h) for v in parallel.flow.visits if v.kind == "approval"]
    both = np.isfinite(parallel.flow.finished_h) & np.isfinite(usual.flow.finished_h)

    assert len(set(begins)) < len(begins)
    assert np.median(parallel.flow.finished_h[both] - usual.flow.finished_h[both]) < 0


def test_a_single_owner_everywhere_delivers_more(usual: Story) -> None:
    """Nobody is exposed any more, and more commitments are delivered by the end of their quarter."""
    owned = told(single_owner=True)
    cohort = usual.is_cohort

    assert usual.exposed["unclear_ownership"].mean() > 0.2
    assert not owned.exposed["unclear_ownership"].any()
    assert owned.is_delivered_by_quarter_end[cohort].mean() > usual.is_delivered_by_quarter_end[cohort].mean()


@pytest.mark.parametrize("lever", [{"approval_wait_cap_bdays": 1.0}, {"max_returns": 0}, {"approver_capacity": 1.5}])
def test_levers_on_approvals_help(lever: dict[str, float], usual: Story) -> None:
    """Each delivers at least as much as the organisation did without it."""
    cohort = usual.is_cohort
    gain = told(**lever).is_delivered_by_quarter_end[cohort].mean() - usual.is_delivered_by_quarter_end[cohort].mean()

    assert gain > 0.01


def in_progress_at_most(story: Story) -> int:
    """Programs in progress at once on the busiest moment."""
    left = np.minimum(story.flow.finished_h, story.flow.cancelled_h)
    began = np.isfinite(story.flow.started_h)
    begins, ends = np.sort(story.flow.started_h[began]), np.sort(left[began])
    return int((np.arange(1, len(begins) + 1) - np.searchsorted(ends, begins, side="right")).max())


def test_a_limit_on_work_in_progress_is_kept(usual: Story) -> None:
    """Never more than the limit at once; a limit nobody reaches changes nothing."""
    assert in_progress_at_most(usual) > 30
    assert in_progress_at_most(told(wip_limit=30)) == 30
    assert (told(wip_limit=1000).flow.finished_h == usual.flow.finished_h).all()


def test_a_weekly_forum_caps_the_wait_at_a_week(usual: Story) -> None:
    """Nobody waits longer than five days; how long depends on the day of asking."""
    waits = approvals(told(weekly_forum=True))[:, 1]

    assert approvals(usual)[:, 1].max() > 40.0
    assert waits.max() <= 40.0 + 1e-6
