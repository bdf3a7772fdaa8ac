"""Hand-made engagements: two baseline quarters from 1 January 2026, read on 15 July 2026."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from gapkit import schema
from gapkit.baseline.cohorts import counted_programs
from gapkit.baseline.outcomes import judge_programs
from gapkit.config import EngagementConfig
from gapkit.diagnosis.indicators import Basis
from gapkit.engagement import Engagement

Row = dict[str, Any]


@pytest.fixture
def engage(config: EngagementConfig) -> Callable[..., Engagement]:
    """An engagement made of rows given as dicts, by table; moments are local."""

    def build(changes: Row | None = None, **rows: list[Row]) -> Engagement:
        settled = replace(config, **{"scale": "mid", **(changes or {})})
        tables = {name: _table(name, given, settled.tz) for name, given in rows.items() if given}
        return Engagement(
            "acme", Path("nowhere"), settled, settled.as_of, tables, (), (), (), pd.DataFrame(), True, ""
        )  # fmt: skip

    return build


def _table(name: str, rows: list[Row], tz: str) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    if name == "programs":
        frame = pd.DataFrame([{"type": "campaign", "team": "Brand", "status": "not_started", **row} for row in rows])
    if name == "status_events" and "event_id" not in frame:
        frame["event_id"] = [f"E{number:03d}" for number in range(len(frame))]
    for field in schema.TABLES[name].fields():
        if field.kind == "timestamp" and field.name in frame:
            frame[field.name] = pd.to_datetime(frame[field.name]).dt.tz_localize(tz).astype(f"datetime64[us, {tz}]")
    return schema.conform(name, frame, tz)


@pytest.fixture
def basis(engage: Callable[..., Engagement]) -> Callable[..., Basis]:
    """What the indicators of such an engagement read."""

    def build(changes: Row | None = None, **rows: list[Row]) -> Basis:
        eng = engage(changes, **rows)
        judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
        programs = counted_programs(eng.programs)[0].set_index("program_id")
        return Basis(eng, programs, judged, pd.Timestamp("2026-01-01"), pd.Timestamp(eng.as_of), None)

    return build


@pytest.fixture
def planned() -> Callable[..., Row]:
    """A program committed before 2026 began, planned from 1 to 31 March unless said otherwise, started as planned."""

    def build(program: str, start: str = "2026-03-01", end: str = "2026-03-31", **more: Any) -> Row:
        return {
            "program_id": program, "committed_at": "2025-12-20", "baseline_start": start, "baseline_end": end,
            "actual_start": start, "status": "in_progress", **more,
        }  # fmt: skip

    return build


@pytest.fixture
def shown() -> Callable[..., dict[str, tuple[float, int] | str]]:
    """Value and number of units of each indicator, or why it is missing."""

    def show(measured: Any) -> dict[str, tuple[float, int] | str]:
        return {
            one.about.id: (round(one.sample.value, 6), one.sample.n) if one.sample is not None else one.why
            for one in measured
        }

    return show
