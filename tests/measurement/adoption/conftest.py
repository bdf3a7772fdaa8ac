"""Two weeks-long windows of a hand-made engagement: 5 January to 29 March before, 29 June to 20 September 2026 after."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.baseline.outcomes import judge_programs

BEFORE = dt.date(2026, 1, 5), dt.date(2026, 3, 29)
AFTER = dt.date(2026, 6, 29), dt.date(2026, 9, 20)


def mondays(window, count=12):
    """Return the Mondays of a window as ISO dates."""
    return [(window[0] + dt.timedelta(days=7 * week)).isoformat() for week in range(count)]


@pytest.fixture
def comparison(engage):
    """Both sides, read on 15 October 2026."""

    def build(**rows):
        rows.setdefault("programs", [{"program_id": "P1", "committed_at": "2025-12-20", "baseline_end": "2026-03-20"}])
        eng = engage({"as_of": dt.date(2026, 10, 15), "weekmask": "1111100"}, **rows)
        judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
        sides = [
            SimpleNamespace(eng=eng, judged=judged, start=start, end=end, period=name)
            for (start, end), name in ((BEFORE, "before"), (AFTER, "after"))
        ]
        return SimpleNamespace(before=sides[0], after=sides[1], config=eng.config, look="verdict")

    return build


@pytest.fixture
def reviews():
    """Weekly reviews on the Mondays of both windows, in the second only so many of them held."""

    def build(held_after, programs="P1"):
        rows = []
        for window, held in ((BEFORE, 12), (AFTER, held_after)):
            for week, day in enumerate(mondays(window)):
                rows.append({"review_id": f"R{day}", "series": "weekly", "scheduled_at": f"{day} 10:00",
                             "held_at": f"{day} 10:05" if week < held else None, "program_ids": programs})  # fmt: skip
        return rows

    return build


@pytest.fixture
def day():
    """A moment so many days after a date."""
    return lambda text, days: (pd.Timestamp(text) + pd.Timedelta(days=days)).strftime("%Y-%m-%d %H:%M")
