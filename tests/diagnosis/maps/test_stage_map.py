from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from gapkit.baseline import estimate_baseline
from gapkit.baseline.flow import NO_VISITS
from gapkit.diagnosis.maps.stage_map import map_stages


@pytest.fixture(scope="module")
def northwind_map(diagnosed):
    return diagnosed("northwind").stage_map


def program(number, **more):
    return {
        "program_id": f"P{number:02d}", "committed_at": "2025-12-20", "baseline_start": "2026-01-05",
        "baseline_end": "2026-02-20", "actual_start": "2026-01-05", "status": "in_progress", **more,
    }  # fmt: skip


def test_days_divide_by_type_and_by_team(engage):
    """Twelve programs of one day of work and three of review: a quarter is active, in each cut that has enough programs."""
    programs = [program(k, type="web") for k in range(12)]
    visits = [
        row for k in range(12) for row in (
            {"program_id": f"P{k:02d}", "stage": "draft", "kind": "work", "team": "Web",
             "entered_at": "2026-02-02 00:00", "left_at": "2026-02-03 00:00"},
            {"program_id": f"P{k:02d}", "stage": "legal", "kind": "approval", "team": "Legal",
             "entered_at": "2026-02-03 00:00", "left_at": "2026-02-06 00:00"},
        )
    ]  # fmt: skip
    eng = engage(programs=programs, stage_visits=visits)
    found = map_stages(eng, estimate_baseline(eng))

    assert [("web", 12, "approval", 0.75), ("web", 12, "work", 0.25)] == list(
        found.by_type[["type", "n", "kind", "share"]].itertuples(index=False, name=None)
    )
    assert [("Legal", "approval", 1.0), ("Web", "work", 1.0)] == list(
        found.by_team[["team", "kind", "share"]].itertuples(index=False, name=None)
    )


def test_a_cut_of_few_programs_is_left_out_and_named(engage):
    """Two programs of one type are no cut of their own: they are gathered, and even then too few to be shown."""
    kinds = ["web"] * 11 + ["email"] * 2
    programs = [program(k, type=kind) for k, kind in enumerate(kinds)]
    visits = [{"program_id": f"P{k:02d}", "stage": "draft", "kind": "work", "team": "Web",
               "entered_at": "2026-02-02 00:00", "left_at": "2026-02-03 00:00"} for k in range(13)]  # fmt: skip
    eng = engage(programs=programs, stage_visits=visits)
    found = map_stages(eng, estimate_baseline(eng))

    assert ["web"] == found.by_type["type"].unique().tolist()
    assert found.caveats == ()  # nothing waited
    assert "No transition stands out" in found.sentence


def test_the_sentence_names_the_three_costliest_transitions(northwind_map):
    """What the sentence says is what the table holds."""
    top = northwind_map.transitions.head(3)

    assert f"{round(100 * top['share'].sum())} %" in northwind_map.sentence
    assert all(f"{row.from_stage} → {row.to_stage}" in northwind_map.sentence for row in top.itertuples())
    assert northwind_map.lost_days == pytest.approx(northwind_map.transitions["lost_days"].sum())


def test_planted_bottlenecks_lose_days_before_approvals(northwind_map):
    """Where approvals were made the bottleneck, the two costliest transitions lead into an approval."""
    into = northwind_map.transitions.loc[northwind_map.transitions["rank"].isin([1, 2]), "to_stage"]

    assert into.str.contains("approval").all()


def test_plain_data_is_json(northwind_map):
    """What goes to diagnose.json holds every table as rows, null where nothing is known, never NaN."""
    data = json.loads(json.dumps(northwind_map.to_dict(), allow_nan=False))

    assert len(northwind_map.transitions) == len(data["transitions"])
    assert northwind_map.sentence == data["sentence"]
    assert {"sla_breach_share", "round_trip_share"} == set(data["results"])


def test_no_person_is_in_the_map(northwind, northwind_map):
    """No pseudonym of a person or owner stands in any table."""
    people = set(northwind.people["person_id"])
    cells = {
        str(cell) for frame in vars(northwind_map).values() if isinstance(frame, pd.DataFrame)
        for cell in frame.astype("str").to_numpy().ravel()
    }  # fmt: skip

    assert set() == people & cells


def test_teams_of_few_people_are_not_shown(northwind, northwind_baseline, northwind_map):
    """With a larger smallest group the teams of five are gathered: none of them is named any more."""
    strict = replace(northwind, config=replace(northwind.config, min_group=6))
    sizes = northwind.people.groupby("team").size()
    small = set(sizes[sizes < 6].index)
    found = map_stages(strict, northwind_baseline)

    assert small & set(northwind_map.by_team["team"])
    assert set() == small & set(found.by_team["team"])


def test_without_stage_history_the_map_says_what_would_switch_it_on(engage):
    """Programs alone: empty tables, no figure, and the one thing to ask for."""
    eng = engage(programs=[program(k) for k in range(12)])
    found = map_stages(eng, estimate_baseline(eng))

    assert NO_VISITS == found.sentence
    assert {"not_assessable"} == {result.status for result in found.results.values()}
    assert all(frame.empty for frame in (found.by_type, found.by_team, found.transitions, found.rework, found.breaches))
