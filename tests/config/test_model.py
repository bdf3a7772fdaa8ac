from __future__ import annotations

import datetime as dt
import pickle
import re
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

import gapkit
from gapkit.config import EngagementConfig, Settings, derive_scale, describe_settings


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_phases_read_the_data_on_their_last_day() -> None:
    """Diagnose reads as of day 30, redesign as of day 60, measure as of the export; never later than the export."""
    config = EngagementConfig("Acme", on("2026-05-15"), "UTC", "EUR", started_on=on("2026-04-01"))

    assert [on("2026-04-30"), on("2026-05-15"), on("2026-05-15")] == [
        config.as_of_for(phase) for phase in ("diagnose", "redesign", "measure")
    ]


def test_without_a_first_day_every_phase_reads_the_export() -> None:
    """Before the engagement has begun there is no day 30."""
    config = EngagementConfig("Acme", on("2026-05-15"), "UTC", "EUR")

    assert {on("2026-05-15")} == {config.as_of_for(phase) for phase in ("diagnose", "redesign", "measure")}


def test_baseline_is_fixed_by_the_diagnosis_not_by_later_exports() -> None:
    """With a first day, a later export moves as_of and leaves the baseline quarters where they were."""
    config = EngagementConfig("Acme", on("2026-04-30"), "UTC", "EUR", started_on=on("2026-04-01"))

    later = replace(config, as_of=on("2026-09-30"))

    assert ("2025Q4", "2026Q1") == config.baseline_quarters == later.baseline_quarters


def test_given_baseline_quarters_are_kept() -> None:
    """The consultant's choice wins."""
    config = EngagementConfig("Acme", on("2026-04-30"), "UTC", "EUR", given_baseline_quarters=("2025Q1", "2025Q2"))

    assert ("2025Q1", "2025Q2") == config.baseline_quarters


def test_changed_thresholds_are_listed_with_their_default(changed: Callable[..., EngagementConfig]) -> None:
    """The report can name each deviation, from wherever in the file it comes, and nothing else."""
    config = changed(
        min_group=8, holidays=(on("2026-01-01"),), settings=Settings(min_n_rate=12),
        min_change={"execution_rate": 0.1, "ttm": -0.3, "velocity": 0.15},
    )  # fmt: skip

    assert (
        ("min_group", 5, 8),
        ("min_change.ttm", -0.15, -0.3),
        ("settings.min_n_rate", 10, 12),
    ) == config.changed_settings()


def test_defaults_change_nothing(config: EngagementConfig) -> None:
    """An engagement on the method's defaults has no deviation to report."""
    assert () == config.changed_settings()


def test_configuration_travels_between_processes(config: EngagementConfig) -> None:
    """Runs of many engagements hand it to other processes."""
    assert config == pickle.loads(pickle.dumps(config))


@pytest.mark.parametrize(
    ("people", "functions", "commitments", "expected"),
    [
        (15, 3, 20, "smb"),
        (16, 3, 20, "mid"),
        (15, 4, 20, "mid"),
        (59, 5, 79, "mid"),
        (60, 3, 20, "enterprise"),
        (20, 6, 20, "enterprise"),
        (20, 4, 80, "enterprise"),
        (10, 2, 200, "smb"),
        (None, None, None, "mid"),
        (None, None, 80, "enterprise"),
        (10, None, 20, "mid"),
    ],
)
def test_scale_follows_the_methods_bounds(
    people: int | None, functions: int | None, commitments: float | None, expected: str
) -> None:
    """Both small bounds make an smb, any large one an enterprise; what is unknown decides nothing."""
    assert expected == derive_scale(people, functions, commitments)


def test_minimum_numbers_are_those_of_the_method() -> None:
    """Counts from 5, rates from 10, medians from 20 programs and 10 deliveries, 85th percentiles from 40 and 30."""
    settings = Settings()

    assert (5, 10, 20, 10, 40, 30, 5) == (
        settings.min_n_counts, settings.min_n_rate, settings.min_n_median, settings.min_deliveries_median,
        settings.min_n_p85, settings.min_deliveries_p85, settings.min_at_risk,
    )  # fmt: skip


def test_every_setting_explains_itself() -> None:
    """Each has a meaning, a unit and an origin, and a default not below its own lowest value."""
    for name, _, meaning, unit, origin in describe_settings():
        assert meaning.endswith("."), name
        assert unit
        assert origin
    assert all(item.default >= item.metadata["low"] for item in fields(Settings))


def test_every_setting_is_read_somewhere() -> None:
    """A threshold nothing rests on would be a promise the product does not keep."""
    package = Path(gapkit.__file__).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py") if path.parent.name != "config")
    # A three-point estimate is read by the name of its middle value.
    threes = re.findall(r'three_point\([\w.]+, f?"(?:\{\w+\})?(\w+)"\)', source)
    read = tuple(f"{name}{end}" for name in threes for end in ("_low", "", "_high"))

    assert [] == [item.name for item in fields(Settings) if not (f".{item.name}" in source or item.name.endswith(read))]
