from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.diagnosis.exposure.tied import tied_programs

PRIORITIES = [
    {"priority_id": "LIVE", "label": "x", "official_rank": 1, "from": "2025-01-01"},
    {"priority_id": "OVER", "label": "x", "official_rank": 2, "from": "2025-01-01", "to": "2025-12-31"},
]


@pytest.fixture
def tied(engage):
    """Whether programs planned to start on 1 February 2026, each with what it names, are tied."""

    def build(*named, priorities=PRIORITIES, started=True, **more):
        ids = [f"P{k}" for k in range(len(named))]
        eng = engage(programs=[{"program_id": program, **row} for program, row in zip(ids, named, strict=True)],
                     priorities=list(priorities), **more)  # fmt: skip
        day = pd.Series(pd.Timestamp("2026-02-01"), index=ids, dtype="datetime64[us]")
        judged = pd.DataFrame({"frozen_start": day if started else day.mask(day.notna()), "actual_start": day})
        found = tied_programs(eng, SimpleNamespace(judged=judged))
        return None if found is None else found.tolist()

    return build


def test_a_live_priority_ties_and_one_that_has_run_out_does_not(tied):
    """Live: tied. Run out: not, whatever its goal. No priority but a goal: tied. Neither: not."""
    named = ({"priority_id": "LIVE"}, {"priority_id": "OVER", "goal_id": "G"}, {"goal_id": "G"}, {})

    assert [True, False, True, False] == tied(*named)


def test_unplanned_work_is_asked_about_on_the_day_it_began(tied):
    """Nobody planned it, so its actual start decides."""
    assert [True, False] == tied({"priority_id": "LIVE"}, {"priority_id": "OVER"}, started=False)


def test_what_was_so_at_the_start_counts_not_what_is_so_today(tied):
    """Moved to a live priority in March, planned for February: it began outside priorities."""
    event = {"program_id": "P0", "at": "2026-03-01 09:00", "field": "priority", "old": "OVER", "new": "LIVE"}

    assert [False] == tied({"priority_id": "LIVE"}, status_events=[event])


def test_where_nobody_names_anything_nothing_is_known(tied):
    """No goal and no priority anywhere: not measured, rather than all work outside priorities."""
    assert None is tied({}, {})


def test_without_a_register_every_priority_counts(tied):
    """No table of priorities: a named one is taken as approved."""
    assert [True, False] == tied({"priority_id": "ANY"}, {}, priorities=())
