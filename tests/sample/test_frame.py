from __future__ import annotations

import pytest

from gapkit.config import derive_scale
from gapkit.sample.frame import SIZES, make_frame
from gapkit.sample.streams import Streams


@pytest.mark.parametrize("scale", list(SIZES))
def test_organisations_are_of_the_scale_asked_for(scale: str) -> None:
    """People, functions and commitments lead back to the scale by the method's own rule."""
    frames = [make_frame(scale, Streams(seed)) for seed in range(25)]
    derived = {derive_scale(len(f.people), len(f.functions), f.size.commitments) for f in frames}

    assert {scale} == derived


@pytest.mark.parametrize("scale", list(SIZES))
def test_everybody_has_a_place(scale: str) -> None:
    """Ids are unique, one person is at the top, every team has people, and three or more may own programs."""
    for seed in range(10):
        frame = make_frame(scale, Streams(seed))
        people = frame.people

        assert people["person_id"].is_unique
        assert 1 == (people["level"] == 0).sum()
        assert set(frame.teams) <= set(people["team"])
        assert len(frame.owners) >= 3
        assert set(frame.owners) <= set(people["person_id"])


def test_shares_of_types_add_up() -> None:
    """The type mix is a distribution."""
    assert 1 == pytest.approx(make_frame("mid", Streams(1)).type_mix.sum())
