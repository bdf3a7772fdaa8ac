from __future__ import annotations

import numpy as np
import pytest

from gapkit.sample import Arguments
from gapkit.sample.story import Story, tell


def services(story: Story) -> np.ndarray:
    """Begin and end of every sign-off's handling, in order."""
    spans = [(v.works_from_h, v.left_h) for v in story.flow.visits if v.kind == "approval" and v.works_from_h < v.left_h]
    return np.array(sorted(spans))


@pytest.mark.parametrize("scale", ["smb", "mid", "enterprise"])
def test_no_approver_handles_two_sign_offs_at_once(scale: str) -> None:
    """At the busiest moment as many sign-offs are handled as there are approvers, never more."""
    story = tell(Arguments(seed=2, scale=scale, killers={"structural_bottlenecks": "strong"}))
    spans = services(story)
    begins, ends = np.sort(spans[:, 0]), np.sort(spans[:, 1])
    at_once = np.arange(1, len(begins) + 1) - np.searchsorted(ends, begins + 1e-6)

    assert story.approvers.servers == at_once.max()


def test_a_severe_bottleneck_keeps_approvers_busier() -> None:
    """Utilisation rises with severity, towards .95 less what cancelled programs no longer ask for."""
    busy = {}
    for level in (0.0, 1.0):
        stories = [tell(Arguments(seed=seed, killers={"structural_bottlenecks": level})) for seed in range(6)]
        spans = [services(story) for story in stories]
        busy[level] = np.mean(
            [
                np.diff(s, axis=1).sum() / (s.max() - s.min()) / story.approvers.servers
                for s, story in zip(spans, stories, strict=True)
            ]
        )

    assert busy[0.0] < 0.75
    assert busy[0.0] + 0.1 < busy[1.0] < 1.0
