"""Hand-made portfolios, read on 15 July 2026."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from gapkit.baseline.outcomes import judge_programs
from gapkit.config import EngagementConfig
from gapkit.diagnosis.evidence import Finding, Indicator
from gapkit.engagement import Engagement
from gapkit.engagement.dates import date_ends
from gapkit.engagement.rewind import rewind
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.owners.owners import Owners, plan_owners
from gapkit.sample import synthetic_organisation
from gapkit.stats.intervals import Interval
from gapkit.vocabulary import CAUSES, FRACTURES, KILLERS, LEVERS, PITFALLS, name_of

Row = dict[str, Any]


@pytest.fixture
def program() -> Callable[..., Row]:
    """A program of the Web team, started in June and due in September."""

    def build(program_id: str, owners_now: str | None = None, **more: Any) -> Row:
        return {
            "program_id": program_id, "name": program_id.lower(), "team": "Web", "functions": "Marketing",
            "status": "in_progress", "committed_at": "2026-05-20", "baseline_start": "2026-06-01",
            "baseline_end": "2026-09-01", "actual_start": "2026-06-02", "owners_now": owners_now, **more,
        }  # fmt: skip

    return build


@pytest.fixture
def person() -> Callable[..., Row]:
    """A person of the Web team in the function Marketing who can carry two programs."""

    def build(person_id: str, **more: Any) -> Row:
        return {"person_id": person_id, "role": "writer", "team": "Web", "function": "Marketing", "level": 3,
                "leadership": False, "capacity": 2.0, **more}  # fmt: skip

    return build


@pytest.fixture
def owners(engage: Callable[..., Engagement]) -> Callable[..., Owners]:
    """The owners part of such a portfolio."""

    def build(programs: list[Row], people: list[Row] = (), decided: Row | None = None, **rows: Any) -> Owners:
        eng = engage(rows.pop("changes", None), programs=programs, people=people, **rows)
        judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
        diagnosis = SimpleNamespace(baseline=SimpleNamespace(judged=judged))
        return plan_owners(eng, diagnosis, Decided({"owners": decided or {}}))

    return build


@pytest.fixture(scope="session")
def synthetic() -> Callable[[str], Engagement]:
    """A troubled organisation of a scale, as its redesign reads it, without writing files; each made once."""

    @cache
    def read(scale: str) -> Engagement:
        org = synthetic_organisation(
            seed=5,
            scale=scale,
            killers=dict.fromkeys(("misalignment", "unclear_ownership", "poor_tooling"), "strong"),
            conditions={"tool_first": "strong"},
        )
        config = EngagementConfig(**org.config)
        day = config.as_of_for("redesign")
        known = date_ends(rewind({name: table for name, table in org.tables.items() if len(table)}, day))
        tables = {name: table for name, table in known.items() if len(table)}
        return Engagement("synthetic", Path("nowhere"), config, day, tables, (), (), (), pd.DataFrame(), True, "")

    return read


@pytest.fixture
def sign() -> Callable[..., Indicator]:
    """A counted indicator with its score, at a value between its anchors of 10 and 50 %."""

    def build(name: str, score: float | None = 60.0, **more: Any) -> Indicator:
        value = None if score is None else 0.1 + 0.004 * score
        n, status, caveats = (0, "not_assessable", ("Nobody recorded it.",)) if score is None else (40, "ok", ())
        return Indicator(name, f"of programs show {name}", value, None, None, n, "share", 0.1, 0.5, score, status,
                         ("programs",), "", caveats, **more)  # fmt: skip

    return build


@pytest.fixture
def findings(sign: Callable[..., Indicator]) -> Callable[..., tuple[Finding, ...]]:
    """All findings of a diagnosis, none of them shown, but for those given as id = (verdict, activity, indicators)."""
    families = {"killer": KILLERS, "fracture": FRACTURES, "cause": CAUSES, "pitfall": PITFALLS, "lever": LEVERS}
    absent = {"cause": "not shown to be lacking", "lever": "in place"}

    def build(**given: tuple[str, float, tuple[Indicator, ...]]) -> tuple[Finding, ...]:
        found = []
        for family, names in families.items():
            for name in names:
                verdict, level, signs = given.get(name, (absent.get(family, "not shown"), 10.0, ()))
                score = Interval(level, level - 5, level + 5)
                found.append(Finding(name, family, name_of(name), verdict, score, score, None, None, None, None,
                                     ("behaviour",), "B", "A sentence.", indicators=signs))  # fmt: skip
        return tuple(found)

    return build
