from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.diagnosis.indicators.measured import About
from gapkit.diagnosis.pitfalls.rule import VERDICTS, pitfall, verdict_of
from gapkit.diagnosis.signs.signs import missing, sign_of
from gapkit.results import Result

UNPLANNED = About("Quarter 1", "unplanned starts", "", (), clause="{} of starts were unplanned")


def signs(clear, beyond=0, well=0, off=0):
    """Signs that are clear, merely beyond, well within, and not measured."""
    limits = [(0.40, 0.31, 0.50)] * clear + [(0.31, 0.20, 0.45)] * beyond + [(0.10, 0.05, 0.20)] * well
    judged = [sign_of(UNPLANNED, Result("x", *each, n=50)) for each in limits]
    return [*judged, *[missing(UNPLANNED, "Programs would switch this on.")] * off]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"clear": 2, "well": 1}, "present"), ({"clear": 4, "well": 2}, "present"),
        ({"clear": 3, "well": 2}, "partly present"), ({"clear": 1, "well": 2}, "partly present"),
        ({"clear": 1, "well": 3}, "not shown"),
        ({"clear": 1, "beyond": 3}, "not shown"), ({"clear": 2}, "present"), ({"clear": 2, "off": 4}, "present"),
        ({"clear": 1, "off": 5}, "not assessable"), ({"clear": 0, "off": 6}, "not assessable"),
    ],
)  # fmt: skip
def test_two_thirds_make_it_present_and_one_third_partly(counts, expected):
    """Of the signs that could be assessed; one that is beyond by chance does not count, one not measured is left out."""
    assert expected == verdict_of(signs(**counts), fewest=2)


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6))
def test_one_more_clear_sign_never_weakens_a_verdict(clear, well, off):
    """Turning a sign that is well into a clear one moves the verdict up or leaves it."""
    before, after = (verdict_of(signs(clear + more, well=well + 1 - more, off=off), 2) for more in (0, 1))

    assert VERDICTS.index(after) <= VERDICTS.index(before)


def test_the_sentence_counts_signs_and_names_the_clear_ones(told):
    """A reader learns how many, of how many, and which."""
    basis = told(said={"ivory_tower": (60, 55, 65)}, programs=[{"program_id": "P"}])
    found = pitfall("campaign_of_the_quarter", Result("x", 60, 55, 65, n=40, unit="points"), signs(1, well=2), basis)

    assert found.sentence.startswith(
        "Campaign of the quarter is partly present: 1 of the 3 signs read is clearly beyond its mark. 40 % of starts"
    )
    assert ("pitfall", "partly present") == (found.family, found.verdict)


def test_the_sentence_of_the_unknown_says_what_would_switch_it_on(told):
    """One sign is not enough to judge by."""
    basis = told(programs=[{"program_id": "P"}])
    found = pitfall("tool_first", Result("x", status="not_assessable", caveats=("No.",)), signs(1, off=4), basis)

    assert "Tool-first is not assessable: of 5 signs 1 could be read. Programs would switch this on." == found.sentence


def test_a_sign_that_may_be_chance_is_counted_apart(told):
    """None is clear, two lie beyond by their value: the sentence says both and shows no figure that carries nothing."""
    basis = told(programs=[{"program_id": "P"}])
    unasked = Result("x", status="not_assessable", caveats=("No.",))
    found = pitfall("campaign_of_the_quarter", unasked, signs(0, beyond=2, well=1), basis)

    assert (
        "Campaign of the quarter is not shown: none of the 3 signs read is clearly beyond its mark. 2 are beyond by the "
        "value alone, which may be chance." == found.sentence
    )
