from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from gapkit.baseline.frozen import freeze, from_record
from gapkit.measurement.comparison import Comparison, Side, compare_windows
from gapkit.results import Result

FROZEN_ON = dt.date(2026, 4, 30)
WINDOW = dt.date(2026, 7, 1), dt.date(2026, 9, 30)
AS_OF = dt.date(2026, 10, 31)


def counted(name, events, n):
    """A frozen rate."""
    return Result(name, events / n, 0.0, 1.0, n=n, events=events, period="2025Q4 and 2026Q1")


@pytest.fixture
def frozen(changed):
    """A baseline of 2025Q4 and 2026Q1, frozen on 30 April 2026: 31 of 62 on time, 52 deliveries in 26 weeks."""

    def build(primary="on_time_rate", on_time=(31, 62), executed=(31, 62), deliveries=52):
        results = {
            "execution_rate": counted("execution_rate", *executed),
            "on_time_rate": counted("on_time_rate", *on_time),
            "otif_rate": Result("otif_rate", n=on_time[1], status="not_assessable", caveats=("No acceptance recorded.",)),
            "velocity_per_week": Result("velocity_per_week", deliveries / 26, 0.0, 9.0, n=deliveries, events=deliveries,
                                        unit="per_week", period="2025Q4 and 2026Q1"),
        }  # fmt: skip
        config = changed(primary=primary, measure_start=WINDOW[0], measure_end=WINDOW[1])
        record = freeze(results, config, quarters=("2025Q4", "2026Q1"), working_weeks=26.0, as_of=FROZEN_ON)
        return from_record(record)

    return build


@pytest.fixture
def compared(engage, frozen) -> Callable[..., Comparison]:
    """Both sides of hand-made tables, the measure window the third quarter of 2026, read on 31 October 2026."""

    def build(*, as_of=AS_OF, baseline=None, changes=None, records_delivery=True, **rows) -> Comparison:
        entries = {"measure_start": WINDOW[0], "measure_end": WINDOW[1], "as_of": as_of, **(changes or {})}
        eng = replace(engage(entries, **rows), records_delivery=records_delivery)
        return compare_windows(eng, baseline or frozen(), WINDOW)

    return build


@pytest.fixture
def swapped() -> Callable[[Comparison], Comparison]:
    """The same comparison with its sides exchanged."""

    def build(comparison: Comparison) -> Comparison:
        before: Side = comparison.after
        return replace(comparison, before=before, after=comparison.before)

    return build


def programs(prefix, *, due, on_time=0, late=0, cancelled=0, open_ones=0, committed=None, took=0, **more):
    """Rows of programs due on a day: delivered on it, twenty days late, cancelled, or open."""
    committed = committed or (dt.date.fromisoformat(due) - dt.timedelta(days=45)).isoformat()
    base = {"committed_at": committed, "baseline_end": due, "baseline_start": committed, **more}
    late_on = (dt.date.fromisoformat(due) + dt.timedelta(days=20)).isoformat()
    kinds = (
        [{"status": "delivered", "actual_end": due}] * on_time
        + [{"status": "delivered", "actual_end": late_on}] * late
        + [{"status": "cancelled", "cancelled_at": due}] * cancelled
        + [{"status": "in_progress"}] * open_ones
    )
    return [{"program_id": f"{prefix}{number:03d}", **base, **kind} for number, kind in enumerate(kinds)]


@pytest.fixture
def rows():
    """The function that makes rows of programs."""
    return programs
