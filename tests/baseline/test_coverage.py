from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd

from gapkit.baseline.coverage import records_begin, uncovered


def test_records_begin_with_the_first_thing_that_happened(table: Callable[..., pd.DataFrame]) -> None:
    """A planned date, however early, is no record of anything."""
    programs = table(
        "programs",
        {"program_id": "a", "first_seen_on": pd.Timestamp("2026-03-02"), "baseline_start": pd.Timestamp("2025-01-01")},
        {"program_id": "b", "actual_start": pd.Timestamp("2026-03-09")},
    )
    events = table("status_events", {"program_id": "b", "at": "2026-02-27 10:00", "new": "in_progress"})

    assert dt.date(2026, 3, 2) == records_begin(programs, table("status_events"))
    assert dt.date(2026, 2, 27) == records_begin(programs, events)
    assert records_begin(table("programs", {"program_id": "a"}), table("status_events")) is None


def test_a_window_is_covered_from_a_fortnight_after_its_start() -> None:
    """Records that begin a few days late lose little; records that begin after the window say nothing about it."""
    start = dt.date(2026, 1, 1)

    assert "" == uncovered(None, start)
    assert "" == uncovered(dt.date(2026, 1, 15), start)
    assert "not known, which is not zero" in uncovered(dt.date(2026, 1, 16), start)
