from __future__ import annotations

from pathlib import Path

import pytest

from gapkit.diagnosis.indicators import (
    cadence,
    feedback_loop_failure,
    handoffs,
    incentives,
    misalignment,
    ownership,
    poor_tooling,
    structural_bottlenecks,
    unclear_ownership,
)
from gapkit.diagnosis.indicators.anchors import ANCHORS, NORMS, anchor_of
from gapkit.diagnosis.indicators.measured import About
from gapkit.labels import label_value
from gapkit.sample.frame import SIZES
from gapkit.vocabulary import SCALES

METHOD = (Path(__file__).parents[3] / "docs" / "method.md").read_text(encoding="utf-8")
MODULES = (misalignment, structural_bottlenecks, unclear_ownership, poor_tooling, feedback_loop_failure, ownership, cadence,
           incentives, handoffs)  # fmt: skip
ABOUTS = [about for module in MODULES for about in vars(module).values() if isinstance(about, About)]


@pytest.mark.parametrize("about", ABOUTS, ids=lambda about: about.id)
def test_the_method_page_describes_every_indicator(about):
    """Appendix A of docs/method.md: numerator and denominator, healthy and severe value, tables."""
    anchors = "by scale"
    if about.id in ANCHORS:
        anchors = ", ".join(label_value(anchor, about.unit) for anchor in ANCHORS[about.id])

    assert f"| {about.id} | {about.definition} | {anchors} | {', '.join(about.source)} |" in METHOD


@pytest.mark.parametrize(
    ("indicator", "anchors"),
    [("M1", (0.10, 0.50)), ("B1", (0.50, 0.85)), ("O4", (0.05, 0.35)), ("T1", (0.03, 0.15)), ("F3", (7, 45)),
     ("Cadence 3", (0.25, 1.0)), ("Incentives 3", (0.50, 0.95)), ("Hand-off 2", (0.10, 0.50))],
)  # fmt: skip
def test_anchors_are_those_of_the_method(indicator, anchors):
    """As in docs/method.md, appendix A, one of each killer and fracture."""
    assert anchors == anchor_of(indicator, "mid")


@pytest.mark.parametrize(
    ("scale", "norms"),
    [("smb", (2, 4, (1, 3), (0.10, 0.35))), ("mid", (4, 5, (2, 5), (0.10, 0.40))),
     ("enterprise", (6, 5, (3, 7), (0.15, 0.50)))],
)  # fmt: skip
def test_norms_depend_on_scale(scale, norms):
    """Docs/method.md, section 6.4."""
    assert norms == NORMS[scale]
    assert norms[3] == anchor_of("B2", scale)


def test_healthy_lies_below_severe():
    """More is worse for every indicator."""
    assert all(anchor.healthy < anchor.severe for anchor in ANCHORS.values())


def test_the_synthetic_organisation_lives_by_the_same_norms():
    """What it calls healthy is what the diagnosis calls healthy."""
    for scale in SCALES:
        size, norms = SIZES[scale], NORMS[scale]

        assert size.healthy_approvals == norms.approvals.healthy
        assert (size.live_priorities, size.load_limit) == (norms.live_priorities, norms.programs_per_owner)
