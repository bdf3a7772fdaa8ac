"""A client that never changes: promises of 60 days, started after some, delivered or cancelled by known chances."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gapkit import schema
from gapkit.config import EngagementConfig
from gapkit.engagement import Engagement, known_on

TZ = "America/New_York"
FIRST, LAST = dt.date(2024, 7, 1), dt.date(2026, 7, 15)


@pytest.fixture(scope="session")
def steady() -> Callable[..., pd.DataFrame]:
    """Programs as they would turn out: committed_at, actual_start, actual_end, cancelled_at, due 60 days on."""

    def make(n: int, seed: int = 1) -> pd.DataFrame:
        rng = np.random.default_rng(seed)
        day = np.sort(rng.integers(0, (LAST - FIRST).days, n))
        wait, work = rng.integers(1, 30, n), 5 + rng.gamma(4.0, 9.0, n).astype(int)
        ended, dropped = day + wait + work, day + rng.exponential(300.0, n).astype(int) + 1
        is_dropped = dropped < ended
        start = pd.Timestamp(FIRST)

        def on(days: np.ndarray, where: np.ndarray) -> pd.Series:
            return pd.Series(start + pd.to_timedelta(days, unit="D")).where(where)

        return pd.DataFrame({
            "program_id": [f"P{number:05d}" for number in range(n)],
            "committed_at": on(day, np.ones(n, bool)),
            "actual_start": on(day + wait, ~is_dropped | (day + wait < dropped)),
            "actual_end": on(ended, ~is_dropped),
            "cancelled_at": on(dropped, is_dropped),
            "baseline_end": on(day + 60, np.ones(n, bool)),
        })  # fmt: skip

    return make


@pytest.fixture(scope="session")
def as_known() -> Callable[[pd.DataFrame, dt.date], pd.DataFrame]:
    """Programs judged as on a day, without the calendar of quarters: each is held to the date promised first."""

    def cut(programs: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
        day = pd.Timestamp(as_of)
        known = programs.loc[programs["committed_at"] <= day].set_index("program_id")
        past = {name: known[name].where(known[name] <= day) for name in ("actual_start", "actual_end", "cancelled_at")}
        status = pd.Series("not_started", index=known.index, dtype="str")
        status = status.mask(past["actual_start"].notna(), "in_progress").mask(past["actual_end"].notna(), "delivered")
        status = status.mask(past["cancelled_at"].notna(), "cancelled")
        due = known["baseline_end"]
        return pd.DataFrame({
            "group": "committed", "quarter": due.dt.to_period("Q").astype(str), "committed_at": known["committed_at"],
            "frozen_on": known["committed_at"], "frozen_start": known["committed_at"], "frozen_end": due,
            "status": status, **past, "name": known.index, "team": "Web", "size_points": 1.0,
            "is_delivered": status.eq("delivered").astype("boolean"),
        })  # fmt: skip

    return cut


@pytest.fixture(scope="session")
def client(steady: Callable[..., pd.DataFrame]) -> Callable[..., Engagement]:
    """The same client as an engagement, as known on a day; everything that comes later is in its tables before."""

    @cache
    def build(as_of: dt.date = LAST) -> Engagement:
        programs = steady(260).assign(type="web", team="Web")
        programs["status"] = np.where(programs["actual_end"].notna(), "delivered", "cancelled")
        tables = {"programs": schema.conform("programs", programs, TZ)}
        config = EngagementConfig("Steady", dt.date(2027, 6, 30), TZ, "USD", scale="mid", freeze_bdays=20)
        whole = Engagement(
            "steady", Path("nowhere"), config, config.as_of, tables, (), (), (), pd.DataFrame(), True, ""
        )  # fmt: skip
        return known_on(whole, as_of)

    return build
