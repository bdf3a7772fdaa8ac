from __future__ import annotations

import pytest

from gapkit.baseline.replanning import moves_by_team, plan_moves, replanning_results


@pytest.fixture
def moves(table):
    """Thirty programs whose planned end moved by the days given for each."""

    def build(days):
        import pandas as pd

        rows = [
            {"program_id": f"P{i:03d}", "baseline_end": "2026-03-01",
             "current_end": (pd.Timestamp("2026-03-01") + pd.Timedelta(days=day)).date().isoformat()}
            for i, day in enumerate(days)
        ]  # fmt: skip
        return plan_moves(table("programs", *rows), table("status_events"))

    return build


def test_later_share_and_median_by_hand(moves, config):
    """Of 30 programs 20 moved 10 days later, 5 stayed and 5 came 3 days earlier."""
    found = replanning_results(moves([10] * 20 + [0] * 5 + [-3] * 5), config.settings, period="")

    assert (found["replanned_later_share"].events, found["replanned_later_share"].n) == (20, 30)
    assert found["replanned_median_days"].value == 10.0


def test_dates_that_never_differ_are_not_evidence_of_stability(moves, config):
    """A tracker that keeps one date only shows no move; that is not measured, not zero."""
    found = replanning_results(moves([0] * 30), config.settings, period="")

    assert {"not_assessable"} == {result.status for result in found.values()}


def test_only_moves_from_one_date_to_another_count(table):
    """Setting a first date is planning, not re-planning; writing the same date again is nothing."""
    programs = table("programs", {"program_id": "A", "current_end": "2026-04-01"})
    events = table(
        "status_events",
        {"program_id": "A", "at": "2026-01-01", "field": "end", "new": "2026-03-01"},
        {"program_id": "A", "at": "2026-01-02", "field": "end", "old": "2026-03-01", "new": "2026-03-01"},
        {"program_id": "A", "at": "2026-01-03", "field": "end", "old": "2026-03-01", "new": "2026-04-01"},
    )

    found = plan_moves(programs, events)

    assert (found["moves"].item(), found["moved_days"].item()) == (1, 31)


def test_teams_below_the_minimum_are_gathered(table, config):
    """Twelve programs of Web have a row; six teams of two stand together as other teams, last."""
    rows = [{"program_id": f"P{i:02d}", "team": "Web" if i < 12 else f"Team {i // 2}", "baseline_end": "2026-03-01",
             "current_end": "2026-03-31" if i % 2 else "2026-03-01"} for i in range(24)]  # fmt: skip
    moves = plan_moves(table("programs", *rows), table("status_events"))

    found = moves_by_team(moves, config.settings)

    assert [("Web", 12, 6, 30.0), ("other teams", 12, 6, 30.0)] == list(
        found[["team", "programs", "later", "later_days"]].itertuples(index=False, name=None)
    )
