from __future__ import annotations

import pytest

from gapkit.diagnosis.indicators.anchors import NORMS
from gapkit.diagnosis.scale import CONTEXT, FIRST_REMEDY, scale_context
from gapkit.vocabulary import SCALES

PROGRAM = {"program_id": "P", "committed_at": "2026-02-01"}


def people(n, functions):
    return [
        {"person_id": f"p{k}", "role": "r", "team": "t", "function": f"f{k % functions}", "level": 1, "leadership": False}
        for k in range(n)
    ]


@pytest.mark.parametrize(
    ("n", "functions", "scale", "remedy"),
    [
        (12, 3, "smb", "cut to one or two priorities that are not negotiable, and stop the rest"),
        (30, 4, "mid", "one owner per program, and a weekly rhythm"),
        (70, 4, "enterprise",
         "a program office or revenue operations, and an operating manual: cadence, owners, hand-offs, source of truth"),
    ],
)  # fmt: skip
def test_the_first_remedy_depends_on_the_scale(engage, n, functions, scale, remedy):
    """People and functions tell the scale, and the scale where to begin (docs/method.md, section 6.4)."""
    context = scale_context(engage({"scale": None}, programs=[PROGRAM], people=people(n, functions)))

    assert (scale, scale, remedy) == (context.scale, context.derived, context.here(FIRST_REMEDY))
    assert context.sentence.endswith(f"{remedy}.")
    assert f"{n} people" in context.sentence


def test_what_the_consultant_sets_counts_and_is_said(engage):
    """Seventy people read as an enterprise; the consultant says mid-sized."""
    context = scale_context(engage({"scale": "mid"}, programs=[PROGRAM], people=people(70, 4)))

    assert ("mid", "enterprise") == (context.scale, context.derived)
    assert "The consultant set it to a mid-sized organisation, and that counts." in context.sentence


def test_the_table_shows_the_norms_the_scores_use(engage):
    """One figure in two places is one figure."""
    context = scale_context(engage(programs=[PROGRAM]))

    for scale in SCALES:
        shown = {row.topic: getattr(row, scale) for row in CONTEXT}
        assert shown["live priorities, at most"].startswith(str(NORMS[scale].live_priorities))
        assert shown["programs in flight per owner, at most"] == str(NORMS[scale].programs_per_owner)
    assert len(CONTEXT) == len(context.to_dict()["rows"])


def test_an_unknown_topic_is_an_error(engage):
    """A misspelled topic must not read as nothing."""
    with pytest.raises(KeyError):
        scale_context(engage(programs=[PROGRAM])).here("colour")
