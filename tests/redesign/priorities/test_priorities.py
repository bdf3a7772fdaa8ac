from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from gapkit.baseline.outcomes import judge_programs
from gapkit.engagement import Engagement
from gapkit.redesign.decisions.decided import SECTIONS, Decided
from gapkit.redesign.priorities.dispute import EVEN, OPPOSITE
from gapkit.redesign.priorities.effort import BEYOND, ENDED, NO_TIE
from gapkit.redesign.priorities.priorities import FIELDS, Priorities, align_priorities
from gapkit.survey import read_survey

Rows = list[dict[str, Any]]


def read(eng: Engagement) -> Any:
    """What the priorities read of a diagnosis: the judged programs and the survey."""
    judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
    return SimpleNamespace(baseline=SimpleNamespace(judged=judged), survey=read_survey(eng))


def align(eng: Engagement, entries: dict[str, Any] | None = None) -> Priorities:
    return align_priorities(eng, read(eng), Decided({"priorities": entries or {}}))


def ranked(*orders: tuple[tuple[float, ...], int, str]) -> dict[str, Rows]:
    """Survey tables of people of some levels who rank priorities PR0, PR1, …"""
    people = [(ranks, level) for ranks, n, level in orders for _ in range(n)]
    tokens = [f"t{number:03d}" for number in range(len(people))]
    return {
        "survey_respondents": [
            {"respondent_id": token, "wave": "2026-04", "group": "Brand", "level_band": level, "duration_s": 400.0}
            for token, (_, level) in zip(tokens, people, strict=True)
        ],
        "survey_answers": [{"respondent_id": token, "item_id": item, "value": 2.0 + k}
                           for token in tokens for k, item in enumerate(("MIS1", "BOT1"))],
        "priority_rankings": [
            {"respondent_id": token, "priority_id": f"PR{k}", "rank": float(rank)}
            for token, (ranks, _) in zip(tokens, people, strict=True) for k, rank in enumerate(ranks)
        ],
    }  # fmt: skip


def official(count: int, **more: Any) -> Rows:
    return [{"priority_id": f"PR{k}", "label": f"Priority {k}", "official_rank": k + 1.0, **more} for k in range(count)]


def program(number: int, priority: str | None = None, **more: Any) -> dict[str, Any]:
    return {"program_id": f"P{number}", "name": f"Program {number}", "status": "in_progress", "priority_id": priority,
            "actual_start": "2026-06-01", "current_end": "2026-08-01", "size_points": 1.0, **more}  # fmt: skip


def test_one_order_from_everybody_may_be_approved(engage: Callable[..., Engagement]) -> None:
    """Twelve people with one order: W 1, tau 1, nothing in dispute, and the order may be put forward."""
    part = align(engage(priorities=official(3), programs=[program(1, "PR0")],
                        **ranked(((1, 2, 3), 5, "leadership"), ((1, 2, 3), 7, "contributor"))))  # fmt: skip

    assert "strong" == part.verdict
    assert 1 == pytest.approx(part.agreement.value)
    assert 1 == part.leaders_and_teams.value
    assert part.disputes.empty
    assert "The order may be put forward for approval." == part.advice
    assert part.sentence.startswith("People agree on the order of priorities (Kendall's W 1.00")
    assert ["PR0", "PR1", "PR2"] == part.order["priority_id"].tolist()


def test_leaders_and_teams_of_opposite_order(engage: Callable[..., Engagement]) -> None:
    """Six leaders one way, six others the reverse: W 0, tau −1, and every pair is in dispute, the widest apart first."""
    part = align(engage(priorities=official(3), programs=[program(1, "PR0")],
                        **ranked(((1, 2, 3), 6, "leadership"), ((3, 2, 1), 6, "contributor"))))  # fmt: skip

    assert "none" == part.verdict
    assert -1 == part.leaders_and_teams.value
    assert {OPPOSITE} == set(part.disputes["why"])
    assert {"PR0", "PR2"} == {part.disputes["one_id"].iloc[0], part.disputes["other_id"].iloc[0]}
    assert [2, 1, 1] == part.disputes["distance"].tolist()
    assert "Discuss the 3 pairs in dispute before the order is approved, the most contested first." == part.advice


def test_numbers_of_respondents_only_from_five_on_each_side(engage: Callable[..., Engagement]) -> None:
    """Six against six is counted; six against four is in dispute between the sides, and stays uncounted."""
    told = [align(engage(priorities=official(2), programs=[program(1, "PR0")],
                         **ranked(((1, 2), 6, "leadership"), ((2, 1), n, "contributor"), ((1, 2), rest, "contributor"))))
            for n, rest in ((6, 0), (4, 1))]  # fmt: skip

    assert [(6, 6)] == list(told[0].disputes[["n_one_first", "n_other_first"]].itertuples(index=False, name=None))
    assert [OPPOSITE] == told[1].disputes["why"].tolist()
    assert told[1].disputes[["n_one_first", "n_other_first", "n_alike"]].isna().all(axis=None)


def test_even_splits_follow_opposite_orders(engage: Callable[..., Engagement]) -> None:
    """Both sides put two priorities alike on average: nobody is opposed, and ten against ten are still to be settled."""
    orders = ((1, 2), 5, "leadership"), ((2, 1), 5, "leadership"), ((1, 2), 5, "contributor"), ((2, 1), 5, "contributor")
    part = align(engage(priorities=official(2), programs=[program(1, "PR0")], **ranked(*orders)))

    row = part.disputes.iloc[0]
    assert (EVEN, 10, 10) == (row["why"], row["n_one_first"], row["n_other_first"])
    assert pd.isna(row["leaders_first"])


def test_borda_and_kemeny_of_tennessee(engage: Callable[..., Engagement]) -> None:
    """Memphis, Nashville, Chattanooga, Knoxville: Borda 126, 194, 173, 107; Kemeny N>C>K>M flips Memphis and Knoxville."""
    crowd = ranked(((1, 2, 3, 4), 42, "contributor"), ((4, 1, 2, 3), 26, "contributor"), ((4, 3, 1, 2), 15, "contributor"),
                   ((4, 3, 2, 1), 17, "contributor"))  # fmt: skip
    part = align(engage(priorities=official(4), programs=[program(1, "PR0")], **crowd))
    order = part.order.set_index("priority_id")

    assert [194, 173, 126, 107] == part.order["borda_points"].tolist()
    assert {"PR1": 1, "PR2": 2, "PR3": 3, "PR0": 4} == order["kemeny_place"].to_dict()
    assert (("PR0", "PR3"),) == part.flips
    assert any("it puts Priority 3 before Priority 0" in one for one in part.caveats)


def test_equal_points_leave_the_official_order(engage: Callable[..., Engagement]) -> None:
    """Two camps of opposite order cancel out: all share the first place, and the official order stands between them."""
    priorities = [{**row, "official_rank": 3.0 - k} for k, row in enumerate(official(3))]
    crowd = ranked(((1, 2, 3), 6, "contributor"), ((3, 2, 1), 6, "contributor"))
    part = align(engage(priorities=priorities, programs=[program(1, "PR0")], **crowd))

    assert [1, 1, 1] == part.order["borda_place"].tolist()
    assert ["PR2", "PR1", "PR0"] == part.order["priority_id"].tolist()


def test_one_respondent_leaves_the_official_order(engage: Callable[..., Engagement]) -> None:
    """One ranking is nobody's consensus: not known, said plainly, with effort and what to stop still there."""
    part = align(engage({"scale": "smb"}, priorities=official(3), programs=[program(1, "PR0"), program(2, "PR2")],
                        **ranked(((3, 2, 1), 1, "contributor"))))  # fmt: skip

    assert "" == part.verdict
    assert part.sentence.startswith("How far people agree on priorities is not known: ")
    assert ["PR0", "PR1", "PR2"] == part.order["priority_id"].tolist()
    assert 0.5 == part.top_effort.value
    assert ["P2"] == part.stops["program_id"].tolist()
    assert "Discuss the order before it is approved." == part.advice


def test_effort_and_what_to_stop(engage: Callable[..., Engagement]) -> None:
    """Of 10 points in flight 4 serve the two priorities a small organisation keeps; the reason to stop is named."""
    programs = [
        program(1, "PR0", size_points=4.0),
        program(2, "PR2", size_points=3.0),
        program(3, "PR9", size_points=2.0),
        program(4, None, size_points=1.0, status="blocked"),
        program(5, "PR1", size_points=8.0, status="not_started", actual_start=None),
        program(6, "PR2", status="delivered", actual_end="2026-07-01"),
        program(7, None, goal_id="G1", status="not_started", actual_start=None),
    ]
    gone = {"priority_id": "PR9", "label": "Old", "official_rank": 1.0, "to": "2026-06-30"}
    part = align(engage({"scale": "smb"}, priorities=[*official(3), gone], programs=programs))

    assert 0.4 == pytest.approx(part.top_effort.value)
    assert [("P2", BEYOND), ("P3", ENDED), ("P4", NO_TIE)] == list(zip(part.stops["program_id"], part.stops["reason"],
                                                                       strict=True))  # fmt: skip
    assert [1, 0, 1] == part.order["in_flight"].tolist()
    assert [0, 1, 0] == part.order["waiting"].tolist()
    assert any("1 open program names a goal and no priority" in one for one in part.caveats)
    assert part.sentence.endswith(
        "40 % of the effort in flight serves the 2 priorities to keep; 3 open programs serve none of these."
    )


def test_what_others_wait_for_is_not_stopped_unasked(engage: Callable[..., Engagement]) -> None:
    """A program a kept one waits for, through another, is named with who waits, and is not proposed to stop."""
    programs = [program(1, "PR0"), program(2, None), program(3, None), program(4, "PR0")]
    waits = [{"from_id": "P2", "to_id": "P3"}, {"from_id": "P3", "to_id": "P1"}, {"from_id": "P1", "to_id": "P2"}]
    part = align(engage(priorities=official(1), programs=programs, dependencies=waits))

    assert {"P2": ("P1",), "P3": ("P1",)} == part.stops.set_index("program_id")["needed_by"].to_dict()
    assert [] == [one for one in part.proposals() if one.startswith("stop")]


def test_decisions_hold(engage: Callable[..., Engagement]) -> None:
    """A rank moves a priority up, a keep keeps it, a declined one goes, and programs to stop follow."""
    programs = [program(k, f"PR{k}") for k in range(4)]
    eng = engage({"scale": "smb"}, priorities=official(4), programs=programs)
    part = align(eng, {"PR3": {"rank": 1, "keep": True, "status": "agreed"}, "PR0": {"status": "declined"},
                       "stop P2": {"status": "agreed"}})  # fmt: skip

    assert [("PR3", True), ("PR1", True), ("PR0", False), ("PR2", False)] == list(
        zip(part.order["priority_id"], part.order["keep"], strict=True)
    )
    assert {"P0": "proposed", "P2": "agreed"} == part.stops.set_index("program_id")["standing"].to_dict()
    assert (1, True) == tuple(part.proposals()["PR0"][name] for name in ("rank", "keep"))


def test_to_decline_a_drop_keeps_it(engage: Callable[..., Engagement]) -> None:
    """What was to be dropped, and is declined, stays; three kept where two are the most is said."""
    part = align(engage({"scale": "smb"}, priorities=official(3), programs=[program(1, "PR2")]),
                 {"PR2": {"status": "declined", "keep": False, "rank": 3}})  # fmt: skip

    assert [True, True, True] == part.order["keep"].tolist()
    assert part.stops.empty
    assert "3 priorities are kept; 2 are the most for this scale." in part.caveats


def test_without_priorities(engage: Callable[..., Engagement]) -> None:
    """No register of priorities, nothing tied: one plain sentence and no proposal."""
    part = align(engage(programs=[program(1)]))

    assert "The table priorities would switch this on." in part.sentence
    assert {} == part.proposals()
    assert "" == part.advice
    assert "not_assessable" == part.top_effort.status
    json.dumps(part.to_dict(), allow_nan=False)


def test_programs_that_name_no_priority_are_not_stopped(engage: Callable[..., Engagement]) -> None:
    """Where no program names a priority nothing is known, which is no reason to stop everything."""
    part = align(engage(priorities=official(2), programs=[program(1), program(2)]))

    assert part.stops.empty
    assert any("priority_id" in one for one in part.caveats)
    assert "not_assessable" == part.top_effort.status


def test_without_any_order_none_is_dropped(engage: Callable[..., Engagement]) -> None:
    """Five priorities nobody ranked and the register leaves unordered: which to drop is not for us to say."""
    part = align(engage({"scale": "smb"}, priorities=official(5, official_rank=None), programs=[program(1, "PR4")]))

    assert part.order["proposed_keep"].all()
    assert part.stops.empty
    assert any("Neither people nor the register" in one for one in part.caveats)


def test_proposals_keep_to_their_fields(engage: Callable[..., Engagement]) -> None:
    """Every field proposed may be edited, ids are the same in every run, and the section exists."""
    eng = engage({"scale": "smb"}, priorities=official(3), programs=[program(1, "PR2"), program(2, "PR0")])
    first, second = align(eng).proposals(), align(eng).proposals()

    assert first == second
    assert "stop P1" in first
    assert {name for fields in first.values() for name in fields} <= set(FIELDS)
    assert "priorities" in SECTIONS


@pytest.mark.parametrize("scale", ["smb", "mid", "enterprise"])
def test_synthetic_organisations_of_every_size(scale: str, synthetic: Callable[[str], Engagement]) -> None:
    """At every scale no more are proposed to be kept than it can carry, shares stay within 1, and the data is plain."""
    eng = synthetic(scale)
    part = align(eng)

    assert int(part.order["proposed_keep"].sum()) <= part.limit
    assert 0 <= part.top_effort.value <= 1
    assert set(part.stops["program_id"]) <= set(eng.programs["program_id"])
    assert 1 >= part.order["share"].sum()
    json.dumps(part.to_dict(), allow_nan=False)


def test_northwind(northwind: Engagement) -> None:
    """The example: strong agreement, so the order may be approved, and open programs outside it are named."""
    part = align(northwind)

    assert "strong" == part.verdict
    assert part.order["borda_place"].tolist() == part.order["kemeny_place"].tolist()
    assert len(part.stops) > 0
    assert "of the effort in flight serves the 4 priorities to keep" in part.sentence
