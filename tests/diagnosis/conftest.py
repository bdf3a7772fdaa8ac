"""Hand-made engagements for everything that relates an outcome to a condition; read on 15 July 2026."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from gapkit import schema
from gapkit.baseline.cohorts import counted_programs
from gapkit.baseline.outcomes import judge_programs
from gapkit.config import EngagementConfig, Settings
from gapkit.diagnosis.claims.case import Case
from gapkit.diagnosis.exposure.due import programs_due
from gapkit.diagnosis.indicators import Basis
from gapkit.engagement import Engagement
from gapkit.engagement.dates import date_ends
from gapkit.engagement.rewind import rewind
from gapkit.results import Result, not_assessable
from gapkit.sample import SyntheticOrganisation
from gapkit.survey.responses import CONSTRUCTS

Row = dict[str, Any]


@pytest.fixture
def engage(config: EngagementConfig) -> Callable[..., Engagement]:
    """An engagement made of rows given as dicts, by table; moments are local."""

    def build(changes: Row | None = None, *, records_delivery: bool = True, **rows: list[Row]) -> Engagement:
        settled = replace(config, **{"scale": "mid", **(changes or {})})
        tables = {name: _table(name, given, settled.tz) for name, given in rows.items() if given}
        return Engagement("acme", Path("nowhere"), settled, settled.as_of, tables, (), (), (), pd.DataFrame(),
                          records_delivery, "")  # fmt: skip

    return build


def _table(name: str, rows: list[Row], tz: str) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    if name == "programs":
        frame = pd.DataFrame([{"type": "campaign", "team": "Brand", "status": "not_started", **row} for row in rows])
    if name == "status_events" and "event_id" not in frame:
        frame["event_id"] = [f"E{number:05d}" for number in range(len(frame))]
    for field in schema.TABLES[name].fields():
        if field.kind == "timestamp" and field.name in frame:
            frame[field.name] = pd.to_datetime(frame[field.name]).dt.tz_localize(tz).astype(f"datetime64[us, {tz}]")
    return schema.conform(name, frame, tz)


@pytest.fixture
def judged() -> Callable[[Engagement], SimpleNamespace]:
    """What the functions under test read of a baseline: the judged programs."""

    def judge(eng: Engagement) -> SimpleNamespace:
        return SimpleNamespace(judged=judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)[0])

    return judge


@pytest.fixture
def case(engage, judged) -> Callable[..., Case]:
    """What the claims are tested on, from rows."""

    def build(changes: Row | None = None, **rows: list[Row]) -> Case:
        eng = engage(changes, **rows)
        baseline = judged(eng)
        return Case(eng, baseline.judged, programs_due(eng, baseline))

    return build


@pytest.fixture
def fleet() -> Callable[..., list[Row]]:
    """So many programs due on 10 March 2026, the first of them on time and to spec, the others ten days late."""
    number = count(1)

    def build(successes: int, n: int, **more: Any) -> list[Row]:
        return [
            {
                "program_id": f"P{next(number):04d}", "committed_at": "2025-12-20", "baseline_start": "2026-01-10",
                "baseline_end": "2026-03-10", "actual_start": "2026-01-10", "status": "delivered", "to_spec": "yes",
                "actual_end": "2026-03-10" if place < successes else "2026-03-20", **more,
            }
            for place in range(n)
        ]  # fmt: skip

    return build


@pytest.fixture(scope="session")
def as_engagement() -> Callable[[SyntheticOrganisation], Engagement]:
    """A synthetic organisation as its diagnosis reads it, without writing files."""

    def read(org: SyntheticOrganisation) -> Engagement:
        # Fewer replicates than usual: what is tested here does not hang on the last point of an interval.
        config = EngagementConfig(**org.config, settings=Settings(bootstrap_replicates=400, model_replicates=200))
        day = config.as_of_for("diagnose")
        known = date_ends(rewind({name: table for name, table in org.tables.items() if len(table)}, day))
        tables = {name: table for name, table in known.items() if len(table)}
        return Engagement("synthetic", Path("nowhere"), config, day, tables, (), (), (), pd.DataFrame(), True, "")

    return read


@pytest.fixture
def told(engage, judged) -> Callable[..., Basis]:
    """What causes, pitfalls and levers read, from rows, with a survey that says what it is told to.

    `said` gives constructs a score with its limits, `gap` how much worse the others see them than leadership.
    """

    def build(changes: Row | None = None, *, said: Row | None = None, gap: Row | None = None, **rows: list[Row]) -> Basis:
        eng = engage(changes, **rows)
        programs = counted_programs(eng.programs)[0].set_index("program_id")
        wave = _wave(said or {}, gap or {}) if said or gap else None
        return Basis(eng, programs, judged(eng).judged, pd.Timestamp("2026-01-01"), pd.Timestamp(eng.as_of), wave)

    return build


def _wave(said: Row, gap: Row) -> SimpleNamespace:
    """A wave of 40 answers by half of those invited or more."""
    results = {f"perceived_{name}": not_assessable("perceived", "Not asked.", unit="points") for name in CONSTRUCTS}
    results |= {f"perception_gap_{name}": not_assessable("gap", "Not compared.", unit="ratio") for name in CONSTRUCTS}
    results |= {f"perceived_{name}": Result("perceived", *limits, n=40, unit="points") for name, limits in said.items()}
    results |= {f"perception_gap_{name}": Result("gap", *limits, n=40, unit="ratio") for name, limits in gap.items()}
    rows = [{"delta": delta, "low": low, "high": high, "first": "leadership", "others": "contributors", "n_first": 10,
             "n_others": 30} for delta, low, high in gap.values()]  # fmt: skip
    return SimpleNamespace(
        results={**results, "response_rate": Result("response_rate", 0.8, 0.7, 0.9, n=50)},
        participation=pd.DataFrame({"cut": ["all"], "response_rate": [0.8]}),
        gap_on=lambda *_: pd.DataFrame(rows),
    )
