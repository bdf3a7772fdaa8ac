from __future__ import annotations

import pytest

from gapkit.diagnosis.pitfalls.tool_first import EARLY, assess
from gapkit.labels import sentence_case

PROGRAM = {"program_id": "P"}


def tool(number, adopted="2025-09-01", agreed=False, **more):
    return {"tool_id": f"T{number}", "name": "x", "category": "x", "adopted_at": adopted, "process_defined_before": agreed,
            **more}  # fmt: skip


def option(number, is_tool):
    return {"option_id": f"O{number}", "workaround_ids": "W1", "is_tool": is_tool}


def sign(finding, number):
    return finding.indicators[number - 1]


def test_tools_adopted_before_the_way_of_working_are_counted(told):
    """Of ten of the last two years eight came first; one of 2024 before 15 July, and one without a word, do not count."""
    tools = [*(tool(k) for k in range(8)), tool(8, agreed=True), tool(9, agreed=True, adopted="2024-07-15"),
             tool(10, adopted="2024-07-14"), tool(11, agreed=None)]  # fmt: skip
    found = sign(assess(told(programs=[PROGRAM], tools=tools)), 1)

    assert (0.8, 10, True, False) == (found.value, found.n, found.is_beyond, found.is_clear)
    # Wilson 8 of 10 (Newcombe 1998): .4902 to .9433
    assert (0.4902, 0.9433) == (round(found.low, 4), round(found.high, 4))


@pytest.mark.parametrize(
    ("n", "words"), [(9, "Only 9 tools, 9 of them so; 10 are needed."), (4, "Only 4 tools; 10 are needed.")]
)
def test_few_tools_are_thin(told, n, words):
    """Nine are told as a count, four are too few even for that."""
    found = sign(assess(told(programs=[PROGRAM], tools=[tool(k) for k in range(n)])), 1)

    assert ("thin", None, (words,)) == (found.status, found.value, found.caveats)


def test_relief_cannot_be_told_from_hours_without_a_day(told):
    """One reading of a workaround is neither before nor after."""
    rows = [{"workaround_id": "W1", "step": "x", "hours_low": 1, "hours_mode": 2, "hours_high": 3, "tool_id": "T1"}]
    found = sign(assess(told(programs=[PROGRAM], tools=[tool(1)], workarounds=rows)), 2)

    assert "not_assessable" == found.status


def test_proposals_that_are_tools_are_counted(told):
    """Nine of ten, one a change of process; a blank means a change of process."""
    options = [*(option(k, True) for k in range(9)), option(9, None)]
    found = sign(assess(told(programs=[PROGRAM], tool_options=options)), 3)

    # Wilson 9 of 10: .5958 to .9821
    assert (0.9, 0.5958, True, False) == (found.value, round(found.low, 4), found.is_beyond, found.is_clear)


def test_seats_are_added_up_over_tools_in_use(told):
    """30 + 10 of 50 + 50 seats; one tool is retired, one has no seats, of one nobody counts users."""
    tools = [tool(1, seats=50, active_users=30), tool(2, seats=50, active_users=10),
             tool(3, seats=50, active_users=0, retired_at="2026-01-01"), tool(4, seats=0, active_users=0),
             tool(5, seats=50)]  # fmt: skip
    found = sign(assess(told(programs=[PROGRAM], tools=tools)), 4)

    assert (0.4, 2, True) == (found.value, found.n, found.is_clear)


def test_two_signs_are_enough_to_judge(told):
    """Unused seats and people who say so: present. People alone: not assessable."""
    said = {"tool_first": (65, 55, 75)}
    both = assess(told(said=said, programs=[PROGRAM], tools=[tool(1, seats=50, active_users=10)]))
    alone = assess(told(said=said, programs=[PROGRAM]))

    assert ("present", "not assessable") == (both.verdict, alone.verdict)
    assert f"{sentence_case(EARLY.name)}: left out. Only 1 tool; 10 are needed." in both.caveats
