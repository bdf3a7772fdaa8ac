from __future__ import annotations

from types import SimpleNamespace

import pytest

from gapkit.baseline import estimate_baseline
from gapkit.diagnosis.maps.handoff_map import map_handoffs
from gapkit.diagnosis.maps.stage_map import map_stages
from gapkit.report.blocks import Callout, Exhibit
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits import where_days_go

EXHIBITS = ("kinds_of_time", "lost_days", "rework", "sla_breaches", "handoff_map")


def mapped(eng):
    """What these exhibits read of a diagnosis."""
    base = estimate_baseline(eng)
    return SimpleNamespace(
        eng=eng, results=base.results, stage_map=map_stages(eng, base), handoff_map=map_handoffs(eng, base)
    )


@pytest.fixture(scope="module")
def northwind_map(diagnosed):
    return diagnosed("northwind")


@pytest.mark.parametrize("name", EXHIBITS)
def test_every_number_of_an_exhibit_is_in_its_data(northwind_map, name):
    """Titles and readings use no number that the tables behind them do not hold; charts have words."""
    block = getattr(where_days_go, name)(northwind_map)

    assert isinstance(block, Exhibit)
    assert [] == disagreements([block.to_dict()])
    assert bool(block.svg) == bool(block.alt)
    assert "Source: data/" in block.foot


@pytest.mark.parametrize("organisation", ["all killers", "small", "sound"])
@pytest.mark.parametrize("name", EXHIBITS)
def test_exhibits_hold_for_organisations_of_all_kinds(diagnosed, organisation, name):
    """Small and large, healthy and not: an exhibit, or one line, and never a number from nowhere."""
    block = getattr(where_days_go, name)(diagnosed(organisation))

    assert block is None or isinstance(block, Exhibit | Callout)
    assert block is None or [] == disagreements([block.to_dict()])


def test_what_is_missing_is_said_once(diagnosed):
    """Programs alone: stage history and hand-offs are missing, one line each."""
    found = diagnosed("bare")
    blocks = [getattr(where_days_go, name)(found) for name in EXHIBITS]

    assert [None, Callout, None, None, Callout] == [block and type(block) for block in blocks]
    assert ["missing", "missing"] == [block.tone for block in blocks if block]
    assert "stage_visits" in blocks[1].text
    assert "handoffs" in blocks[4].text


def program(number, **more):
    return {"program_id": f"P{number:02d}", "committed_at": "2025-12-20", "baseline_start": "2026-01-05",
            "baseline_end": "2026-02-20", "actual_start": "2026-01-05", "status": "in_progress", "type": "web",
            **more}  # fmt: skip


def visit(number, stage, kind, entered, left, **more):
    return {"program_id": f"P{number:02d}", "stage": stage, "kind": kind, "team": "Web", "entered_at": entered,
            "left_at": left, **more}  # fmt: skip


@pytest.fixture
def by_hand(engage):
    """Twelve programs: one day of drafting, then legal for three days in six of them and for eight in the others; five of
    these come back to the draft for a day."""
    visits = []
    for k in range(12):
        visits.append(visit(k, "draft", "work", "2026-02-02 00:00", "2026-02-03 00:00"))
        end = "2026-02-06 00:00" if k < 6 else "2026-02-13 00:00"
        visits.append(visit(k, "legal", "approval", "2026-02-03 00:00", end, sla_days=5))
        if k >= 7:
            visits.append(visit(k, "draft", "rework", "2026-02-13 00:00", "2026-02-14 00:00"))
    return mapped(engage(programs=[program(k) for k in range(12)], stage_visits=visits))


def test_titles_can_be_counted_by_hand(by_hand):
    """Days: 12 of work, 6·3 + 6·10 = 78 of approval, 5 of rework; 17 of 95 are worked on. Six waits of 8 business days lose
    3 each. Five of twelve programs went draft, legal, draft."""
    titles = [getattr(where_days_go, name)(by_hand).title for name in EXHIBITS[:4]]

    assert "Programs are worked on in 18 % of their stage days; approval takes 82 %" == titles[0]
    assert "1 transition holds 100 % of the 18 business days lost in waiting: draft → legal" == titles[1]
    assert titles[2].startswith("5 of 12 programs (42 %; 95 % interval ")
    assert titles[3].startswith("6 of 12 stays (50 %; 95 % interval ")
    assert "Stays took 18 business days more than agreed." == where_days_go.sla_breaches(by_hand).reading


def test_the_order_of_the_first_three_is_told_with_its_doubt(northwind_map):
    """The place of each could be another, and the reading says which."""
    rows = northwind_map.stage_map.transitions.head(3).to_dict(orient="records")
    reading = where_days_go.lost_days(northwind_map).reading

    for word, row in zip(("first", "second", "third"), rows, strict=True):
        assert f"the {word} could take place {row['rank_low']} to {row['rank_high']}" in reading


def test_long_names_leave_the_title(by_hand, engage):
    """With stages of sixty characters the title keeps its numbers and leaves the names to the table."""
    long = {
        "draft": "the first draft of the text by the agency and its partners",
        "legal": "review by the legal department",
    }
    visits = [
        visit(k, f"{long[stage]} {part}", kind, f"2026-02-{day:02d} 00:00", f"2026-02-{day + 12:02d} 00:00")
        for k in range(8) for part, day in (("one", 2), ("two", 14))
        for stage, kind in (("draft", "wait"), ("legal", "approval"))
    ]  # fmt: skip
    block = where_days_go.lost_days(mapped(engage(programs=[program(k) for k in range(8)], stage_visits=visits)))

    assert block.title.endswith("business days lost in waiting")
    assert "review by the legal department" in block.table.to_text()
    assert [] == disagreements([block.to_dict()])


def test_no_person_and_no_small_team_is_named(northwind, northwind_map):
    """Teams of fewer people than may be shown, and everybody's pseudonym, are in no text of any exhibit."""
    sizes = northwind.people.groupby("team").size()
    hidden = {*sizes[sizes < northwind.config.min_group].index, *northwind.people["person_id"]}
    shown = " ".join(getattr(where_days_go, name)(northwind_map).to_text() for name in EXHIBITS)

    assert not [name for name in hidden if f"{name} →" in shown or f"→ {name} " in shown or f"; {name} " in shown]


def test_agreed_times_need_agreed_times(engage):
    """Stage history without an agreed time: one line says which column would switch it on."""
    visits = [visit(k, "legal", "approval", "2026-02-03 00:00", "2026-02-06 00:00") for k in range(12)]
    block = where_days_go.sla_breaches(mapped(engage(programs=[program(k) for k in range(12)], stage_visits=visits)))

    assert "missing" == block.tone
    assert "sla_days" in block.text
