"""Organisations of hand-made commitments, five a week, read on any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from gapkit.baseline.frozen import from_record
from gapkit.config import EngagementConfig
from gapkit.engagement import Engagement
from gapkit.measurement.comparison import Comparison, compare_windows

MONDAY = dt.date(2026, 1, 5)
WINDOW = (dt.date(2026, 10, 1), dt.date(2026, 12, 31))
# On time of five, week after week: mean 3, no run of seven.
USUAL = (3, 2, 4, 3, 2, 4, 4, 2, 3, 4, 2, 3, 3)


def week(number: int, met: int, each: int = 5) -> list[dict[str, Any]]:
    """Commitments due on the Wednesday of a week after the first of January 2026, so many of them on time."""
    due = MONDAY + dt.timedelta(days=7 * number + 2)
    months = (due.month - 1) // 3 * 3 + 1
    committed = dt.date(due.year, months, 1) - dt.timedelta(days=10)
    return [
        {"program_id": f"P{number:03d}-{k}", "committed_at": committed.isoformat(), "baseline_end": due.isoformat(),
         "status": "delivered", "actual_end": (due if k < met else due + dt.timedelta(days=30)).isoformat()}
        for k in range(each)
    ]  # fmt: skip


@pytest.fixture
def compared(engage: Callable[..., Engagement], changed: Callable[..., EngagementConfig]) -> Callable[..., Comparison]:
    """Both sides of weekly commitments: two quarters of the usual, then as many on time a week as are given."""

    def build(since: Sequence[int], as_of: dt.date, target: Any = None, each: int = 5, **changes: Any) -> Comparison:
        met = [*USUAL, *USUAL, *since]
        rows = [row for number, count in enumerate(met) for row in week(number, count, each)]
        config = {"measure_start": WINDOW[0], "measure_end": WINDOW[1], **changes}
        eng = replace(engage(config, programs=rows), as_of=as_of)
        record = {
            "frozen_on": "2026-07-15", "quarters": ["2026Q1", "2026Q2"], "primary": "on_time_rate", "results": {},
            "rules": {}, "min_change": {}, "target": target, "working_weeks": 25.8,
        }  # fmt: skip
        return compare_windows(eng, from_record(record), WINDOW)

    return build
