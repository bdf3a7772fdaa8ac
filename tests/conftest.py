from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings

import gapkit as gk
from gapkit import schema
from gapkit.baseline import Baseline
from gapkit.config import EngagementConfig
from gapkit.diagnosis import Diagnosis
from gapkit.engagement import Engagement
from gapkit.redesign import Redesign
from gapkit.sample import synthetic_organisation, write_engagement
from gapkit.sample.arguments import CONDITIONS
from gapkit.vocabulary import KILLERS

TZ = "America/New_York"
SYNTHETIC: dict[str, dict[str, Any]] = {
    "all killers": {"seed": 5, "scale": "enterprise", "killers": dict.fromkeys(KILLERS, "strong")},
    "small": {"seed": 3, "scale": "smb", "killers": {"unclear_ownership": "strong"}},
    "strategy": {"seed": 2, "world": "strategy_limited"},
    "sound": {"seed": 4, "world": "neither"},
    "all causes": {"seed": 5, "scale": "enterprise", "conditions": dict.fromkeys(CONDITIONS, "strong")},
}

# A busy machine must not fail a test by its clock.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture
def config() -> EngagementConfig:
    """An engagement of two baseline quarters, 2026Q1 and 2026Q2, read on 15 July 2026."""
    quarters = ("2026Q1", "2026Q2")
    return EngagementConfig(
        "Acme", dt.date(2026, 7, 15), TZ, "USD", given_baseline_quarters=quarters, primary="execution_rate"
    )


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
        moments = [field.name for field in schema.TABLES[name].fields() if field.kind == "timestamp"]
        for column in frame.columns.intersection(moments):
            stamps = pd.to_datetime(frame[column])
            here = stamps.dt.tz_localize(TZ) if stamps.dt.tz is None else stamps.dt.tz_convert(TZ)
            frame[column] = here.astype(f"datetime64[us, {TZ}]")
        return schema.conform(name, frame, TZ)

    return build


@pytest.fixture
def engage(table: Callable[..., pd.DataFrame], changed: Callable[..., EngagementConfig]) -> Callable[..., Engagement]:
    """An engagement of hand-made tables, each given as rows; entries of engagement.yml are changed by `changes`."""

    def build(changes: dict[str, Any] | None = None, **rows: list[dict[str, Any]]) -> Engagement:
        config = changed(**{"scale": "mid", **(changes or {})})
        tables = {name: table(name, *given) for name, given in rows.items() if given}
        return Engagement(
            "acme", Path("nowhere"), config, config.as_of, tables, (), (), (), pd.DataFrame(), True, ""
        )  # fmt: skip

    return build


@pytest.fixture(scope="session")
def northwind() -> Engagement:
    """The synthetic example engagement, read as at the end of its diagnosis."""
    return gk.load("northwind", phase="diagnose")


@pytest.fixture(scope="session")
def diagnosed(northwind: Engagement, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Diagnosis]:
    """The diagnosis of an example, of the engagement `bare`, or of a synthetic organisation named above; each made once."""

    @cache
    def diagnose(name: str) -> Diagnosis:
        if name == "northwind":
            return gk.diagnose(northwind)
        if name == "bare":
            return gk.diagnose(gk.load(write_bare(tmp_path_factory.mktemp("programs alone") / name)))
        if name in SYNTHETIC:
            folder = tmp_path_factory.mktemp("synthetic") / name
            write_engagement(synthetic_organisation(client=name, **SYNTHETIC[name]), folder)
            return gk.diagnose(gk.load(folder, phase="diagnose"))
        return gk.diagnose(gk.load(name, phase="diagnose"))

    return diagnose


@pytest.fixture(scope="session")
def northwind_baseline(diagnosed: Callable[[str], Diagnosis]) -> Baseline:
    """The baseline of the synthetic example engagement."""
    return diagnosed("northwind").baseline


@pytest.fixture(scope="session")
def northwind_day_60() -> Engagement:
    """The synthetic example engagement, read as at the end of its redesign."""
    return gk.load("northwind", phase="redesign")


@pytest.fixture(scope="session")
def northwind_redesign(northwind_day_60: Engagement) -> Redesign:
    """Its redesign, with the diagnosis of the same day."""
    return gk.redesign(northwind_day_60, gk.diagnose(northwind_day_60))


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """An engagement with nothing but programs: twelve planned, six delivered in time."""
    return write_bare(tmp_path / "bare")


def write_bare(folder: Path) -> Path:
    rows = ["program_id,type,team,status,committed_at,baseline_end,actual_end"]
    rows += [f"P{i},web,Web,delivered,2026-01-02,2026-02-20,2026-02-{10 + i}" for i in range(6)]
    rows += [f"P{i},email,Web,in_progress,2026-01-02,2026-02-20," for i in range(6, 11)]
    rows += ["P11,email,Web,cancelled,2026-01-02,2026-02-20,"]
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "programs.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "engagement.yml").write_text(
        f"client: Bare\nas_of: 2026-07-15\ntz: {TZ}\ncurrency: USD\nbaseline_quarters: [2026Q1, 2026Q2]\n"
        "measure_start: 2026-07-01\nmeasure_end: 2026-07-14\n",
        encoding="utf-8",
    )
    return folder
