from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings

from gapkit import schema
from gapkit.config import EngagementConfig

TZ = "America/New_York"

# A busy machine must not fail a test by its clock.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture
def config() -> EngagementConfig:
    """An engagement of two baseline quarters, 2026Q1 and 2026Q2, read on 15 July 2026."""
    return EngagementConfig("Acme", dt.date(2026, 7, 15), TZ, "USD", given_baseline_quarters=("2026Q1", "2026Q2"))


@pytest.fixture
def changed(config: EngagementConfig) -> Callable[..., EngagementConfig]:
    """The same engagement with some entries changed."""
    return lambda **entries: replace(config, **entries)


@pytest.fixture
def table() -> Callable[..., pd.DataFrame]:
    """A canonical table made from rows given as dicts; required columns not given get a harmless value."""
    harmless: dict[str, dict[str, Any]] = {
        "programs": {"type": "campaign", "team": "Brand", "status": "not_started"},
        "status_events": {"field": "status"},
        "stage_visits": {"kind": "work"},
    }

    def build(name: str, *rows: dict[str, Any]) -> pd.DataFrame:
        if not rows:
            return schema.empty(name, TZ)
        frame = pd.DataFrame([{**harmless.get(name, {}), **row} for row in rows])
        if name == "status_events" and "event_id" not in frame:
            frame["event_id"] = [f"E{number:03d}" for number in range(len(frame))]
        for column in ("at", "entered_at", "left_at"):
            if column in frame:
                frame[column] = pd.to_datetime(frame[column]).dt.tz_localize(TZ).astype(f"datetime64[us, {TZ}]")
        return schema.conform(name, frame, TZ)

    return build
