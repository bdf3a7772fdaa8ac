from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from gapkit import schema

SOUND = {
    "program_id": "P1", "type": "email", "team": "CRM", "status": "delivered", "actual_start": "2026-01-05",
    "actual_end": "2026-02-01",
}  # fmt: skip


def doubts(table: str, **row: Any) -> list[str]:
    """Names of the caveats a single row gives rise to."""
    frame = schema.conform(table, pd.DataFrame([row]))

    return [rule.name for rule in schema.TABLES[table].caveats if not rule.holds(frame).all()]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"status": "cancelled", "actual_end": None}, ["cancelled_without_date"]),
        ({"cancelled_at": "2026-01-10"}, ["cancel_date_without_cancellation"]),
        ({"actual_end": None}, ["delivered_without_date"]),
        ({"status": "in_progress"}, ["end_without_delivery"]),
        ({"actual_start": None}, []),
        ({"parent_id": "P1"}, ["parent_of_itself"]),
        ({"status": "merged", "cancelled_at": "2026-01-10", "parent_id": "P2"}, []),
    ],
)
def test_contradictions_of_a_program_are_doubts_not_errors(change: dict[str, Any], expected: list[str]) -> None:
    """Each contradiction is noticed once, and none of them stops a run."""
    program = SOUND | change

    assert expected == doubts("programs", **program)
    assert [] == schema.validate({"programs": schema.conform("programs", pd.DataFrame([program]))})


def test_waiting_for_itself_is_a_doubt() -> None:
    """A dependency joins two different things."""
    assert ["waits_for_itself"] == doubts("dependencies", from_id="P1", to_id="P1")
    assert [] == doubts("dependencies", from_id="P1", to_id="P2")


@pytest.mark.parametrize(
    ("field", "new", "is_sound"),
    [
        ("status", "delivered", True),
        ("status", "Done", False),
        ("status", None, True),
        ("stage", "Done", True),
        ("end", "2026-03-31", True),
        ("start", "31/03/2026", False),
        ("end", None, True),
    ],
)
def test_history_speaks_our_words(field: str, new: str | None, is_sound: bool) -> None:
    """A new status must be one of ours and a new date must be readable; a cleared value is sound."""
    at = pd.Timestamp("2026-01-05", tz="UTC")
    event = pd.DataFrame([{"event_id": "1", "program_id": "P1", "at": at, "field": field, "new": new}])

    assert is_sound == (not schema.validate({"status_events": schema.conform("status_events", event)}))
