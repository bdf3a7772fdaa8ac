"""A small engagement whose commitments are easily counted: ten of twenty on time before, a window of July to September."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gapkit.baseline.frozen import Frozen, from_record
from gapkit.engagement import Engagement
from gapkit.measurement.comparison import Comparison, compare_windows
from gapkit.measurement.editions import Edition, Moved, edition_record, what_moved
from gapkit.measurement.effects import Effect
from gapkit.measurement.effects.conclude import conclude
from gapkit.measurement.effects.delivery import delivery_rates
from gapkit.measurement.effects.velocity import velocity

WINDOW = dt.date(2026, 7, 1), dt.date(2026, 9, 30)
Row = dict[str, Any]


def program(number: int, due: str, done: str | None, **more: Any) -> Row:
    """A program committed before its quarter and due on a day, delivered on another or not at all."""
    quarter = {"01": "2025-12-20", "02": "2025-12-20", "03": "2025-12-20"}.get(due[5:7], "2026-06-20")
    done_or_not = {"status": "delivered", "actual_end": done} if done else {"status": "in_progress"}
    return {"program_id": f"P{number:03d}", "team": f"T{number % 6}", "committed_at": quarter, "actual_start": quarter,
            "baseline_end": due, **done_or_not, **more}  # fmt: skip


# Due on the fifteenth of a month; the first of each pair is on time, the second a week late.
BEFORE = [program(k, "2026-02-15", "2026-02-10" if k % 2 else "2026-02-22") for k in range(20)]
JULY = [program(100 + k, "2026-07-15", "2026-07-10" if k < 12 else "2026-07-22") for k in range(20)]
SEPTEMBER = [program(200 + k, "2026-09-15", "2026-09-10" if k < 11 else None) for k in range(21)]


class Rows(NamedTuple):
    """The programs told above, and how one more is made."""

    before: list[Row] = BEFORE
    july: list[Row] = JULY
    september: list[Row] = SEPTEMBER
    program: Callable[..., Row] = program


@pytest.fixture
def rows() -> Rows:
    """Programs due before, in July and in September."""
    return Rows()


@pytest.fixture
def frozen() -> Frozen:
    """A baseline of 2026Q1, frozen on 5 May 2026."""
    side = {"value": 0.5, "low": 0.3, "high": 0.7, "level": 0.95, "n": 20, "events": 10, "unit": "share",
            "period": "2026Q1", "method": "", "status": "ok", "grade": "B", "caveats": []}  # fmt: skip
    return from_record({
        "frozen_on": "2026-05-05", "quarters": ["2026Q1"], "primary": "on_time_rate",
        "rules": {"freeze_bdays": 5, "grace_days": 0, "late_horizon_days": 30},
        "min_change": {"execution_rate": 0.1, "ttm": -0.15, "velocity": 0.15}, "target": None,
        "results": {"on_time_rate": side}, "working_weeks": 12.4,
    })  # fmt: skip


@pytest.fixture
def publish(
    engage: Callable[..., Engagement], frozen: Frozen, tmp_path: Path
) -> Callable[..., tuple[dict[str, Any], Moved]]:
    """Measure hand-made programs on a day against earlier entries; return the entry and what moved."""

    def build(
        day: str, rows: Sequence[Row], *entries: dict[str, Any], yardstick: Frozen = frozen,
        window: tuple[dt.date, dt.date] = WINDOW, **changes: Any,
    ) -> tuple[dict[str, Any], Moved]:  # fmt: skip
        known = {"as_of": dt.date.fromisoformat(day), "measure_start": window[0], "measure_end": window[1], **changes}
        eng = replace(engage(known, programs=list(rows)), folder=tmp_path)
        comparison, effects = read(eng, yardstick, window)
        editions = [Edition.of(entry["as_of"], entry) for entry in entries]
        return edition_record(comparison, effects), what_moved(eng, comparison, effects, editions)

    return build


def read(eng: Engagement, frozen: Frozen, window: tuple[dt.date, dt.date]) -> tuple[Comparison, tuple[Effect, ...]]:
    """Return both sides and the effects of the delivery measures, which are the ones split."""
    comparison = compare_windows(eng, frozen, window)
    drafts = [*delivery_rates(comparison), *velocity(comparison)]
    return comparison, conclude(drafts, frozen.primary, comparison.look)
