from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from gapkit.sample.story import Story


@pytest.fixture(scope="module")
def visits(story: Story) -> pd.DataFrame:
    return pd.DataFrame(story.flow.visits)


def test_every_visit_takes_time(visits: pd.DataFrame) -> None:
    """Left is after entered, and whoever works on it begins within the visit."""
    assert (visits["left_h"] > visits["entered_h"]).all()
    assert (visits["works_from_h"] >= visits["entered_h"]).all()


def test_a_program_is_in_one_stage_at_a_time_without_gaps(visits: pd.DataFrame) -> None:
    """Each visit begins where the one before ended."""
    for _, own in visits.groupby("program"):
        ends, begins = own["left_h"].to_numpy()[:-1], own["entered_h"].to_numpy()[1:]

        assert begins.tolist() == ends.tolist()


def test_first_and_last_visit_are_start_and_end(story: Story, visits: pd.DataFrame) -> None:
    """A finished program's visits run from its start to its end, a cancelled one's to the cancellation at the latest."""
    first, last = visits.groupby("program")["entered_h"].min(), visits.groupby("program")["left_h"].max()
    over = np.minimum(story.flow.finished_h, story.flow.cancelled_h)

    assert story.flow.started_h[first.index].tolist() == first.tolist()
    assert over[last.index].tolist() == last.tolist()


def test_every_program_ends_once(story: Story) -> None:
    """Finished and cancelled exclude each other, and to the very end it is one of them."""
    assert (np.isfinite(story.flow.finished_h) ^ np.isfinite(story.flow.cancelled_h)).all()


def test_a_return_is_followed_by_rework_and_the_same_sign_off(story: Story) -> None:
    """What is sent back is worked on and asked for again."""
    by_program: dict[int, list[object]] = {}
    for visit in story.flow.visits:
        by_program.setdefault(visit.program, []).append(visit)
    returned = [(first, then) for own in by_program.values() for first, then in pairwise(own) if first.is_returned]

    assert len(returned) > 50
    assert {"rework"} == {then.kind for _, then in returned}


def test_pauses_begin_with_surprise_work_of_the_same_team(story: Story) -> None:
    """A committed program is held up at the moment unplanned work of its team starts."""
    plan = story.plan
    unplanned = plan.loc[plan["origin"] == "unplanned"]
    starts = set(zip(unplanned["team"], unplanned["start_h"], strict=True))
    pauses = [(plan["team"][v.program], v.entered_h) for v in story.flow.visits if v.is_pause]

    assert pauses
    assert set(pauses) <= starts
