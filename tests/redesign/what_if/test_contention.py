from __future__ import annotations

import numpy as np
import pytest

from gapkit.redesign.what_if.contention import count_people, read_handling
from gapkit.sample import Arguments
from gapkit.sample.story import Story, tell


def handling_of(story: Story):
    """Sign-offs of a story as a log without errors would hold them, in business days."""
    own = [v for v in story.flow.visits if v.kind == "approval" and v.left_h > v.works_from_h]
    asked, done, taken = (np.array([getattr(v, name) / 8 for v in own]) for name in ("entered_h", "left_h", "works_from_h"))
    return read_handling(asked, done, done - taken)


def test_people_are_counted_by_what_they_do_at_once():
    """Two overlap, a third begins when the first is done: two people, though three handlings."""
    assert 2 == count_people(np.array([0.0, 1.0, 2.0]), np.array([2.0, 3.0, 4.0]))


def test_too_few_hours_are_no_basis():
    """With the time of handling known for less than half nothing is said."""
    handled = np.where(np.arange(100) < 45, 0.1, np.nan)

    assert read_handling(np.arange(100.0), np.arange(100.0) + 1, handled) is None


@pytest.mark.parametrize(("scale", "seed"), [("mid", 3), ("smb", 3), ("enterprise", 4)])
def test_the_approvers_of_the_generator_are_counted(scale, seed):
    """As many as there truly are."""
    story = tell(Arguments(seed=seed, scale=scale, killers={"structural_bottlenecks": "strong"}))

    assert story.approvers.servers == handling_of(story).people


def test_contention_rises_with_the_bottleneck():
    """Busier approvers mean longer spells in which all are busy; what merely lies there is no queue."""
    calm, busy = (
        handling_of(tell(Arguments(seed=4, scale="enterprise", killers={"structural_bottlenecks": severity})))
        for severity in (0.0, 1.0)
    )

    assert calm.contention.mean() * 3 < busy.contention.mean()


def test_the_two_parts_make_up_the_wait():
    """Contention and extraneous waiting add up to the wait, neither below nothing."""
    found = handling_of(tell(Arguments(seed=4)))

    assert found.wait == pytest.approx(found.contention + found.extraneous)
    assert min(found.contention.min(), found.extraneous.min()) >= -1e-9
