"""What `gapkit status` says once the 90 days are over: editions there are, and the next one."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gapkit.cli.standing import EDITIONS, Edition, Report, describe, read_editions, read_unfrozen
from gapkit.config import EngagementConfig
from gapkit.measurement import editions as measured
from gapkit.runner import editions as published
from gapkit.runner.yardstick import BASELINE
from gapkit.vocabulary import PHASES

CONFIG = EngagementConfig("Acme", dt.date(2026, 6, 30), "UTC", "USD", started_on=dt.date(2026, 4, 1))
REPORTS = tuple(Report(phase, dt.date(2026, 6, 29), None) for phase in PHASES)


def entry(look: str, verdict: str, qualification: str = "") -> dict[str, Any]:
    """An entry of the record, as far as it is shown."""
    return {
        "look": look,
        "definitions": {"window": ["2026-05-01", "2026-07-31"], "primary": "on_time_rate"},
        "effects": {"on_time_rate": {"verdict": verdict, "qualification": qualification}},
    }


def last_lines(today: dt.date, *days: str) -> list[str]:
    editions = tuple(Edition(dt.date.fromisoformat(day), "improved") for day in days)
    return describe("acme", CONFIG, REPORTS, today, editions)[4:]


def test_all_mean_the_same_file() -> None:
    """What the runner writes the measurement and the command read."""
    assert {EDITIONS} == {measured.FILE, published.FILE}


@pytest.mark.parametrize(
    ("days", "today", "expected"),
    [
        (("2026-08-31",), "2026-09-18", "the edition of September, due on 30 September 2026 (in 12 days)"),
        (("2026-08-31", "2026-09-30"), "2026-09-30", "the edition of October, due on 31 October 2026 (in 31 days)"),
        (("2026-10-15",), "2026-10-31", "the edition of October, due on 31 October 2026 (today)"),
        (("2026-12-31",), "2027-03-01", "the edition of January, due on 31 January 2027 (29 days overdue)"),
        ((), "2026-07-10", "the edition of June, due on 30 June 2026 (10 days overdue)"),
        ((), "2026-06-29", "nothing is due, all reports are there"),
    ],
)
def test_an_edition_is_due_every_month_after_day_90(days: tuple[str, ...], today: str, expected: str) -> None:
    """The first month's end after the last edition, or after day 90; nothing more within the 90 days."""
    assert f"  next: {expected}" == last_lines(dt.date.fromisoformat(today), *days)[-1]


def test_editions_are_counted_with_their_last_verdict(tmp_path: Path) -> None:
    """How many, the last one's day, and what it says; before the window is over, until when it is watched."""
    entries = {
        "2026-08-31": entry("verdict", "improved", "size uncertain"),
        "2026-06-30": entry("monitoring", "monitoring"),
    }
    (tmp_path / EDITIONS).write_text(json.dumps({"editions": entries}), encoding="utf-8")
    editions = read_editions(tmp_path)
    assert editions is not None
    lines = describe("acme", CONFIG, REPORTS, dt.date(2026, 9, 1), editions)

    assert "  editions  2, the last as of 31 August 2026: improved, size uncertain" == lines[4]
    assert "monitoring until 31 July 2026" == editions[0].verdict


def test_without_editions_nothing_is_said_of_them(tmp_path: Path) -> None:
    """Before the first one there is no line."""
    assert () == read_editions(tmp_path)
    assert 1 == len(last_lines(dt.date(2026, 9, 1)))


@pytest.mark.parametrize("text", ["", "[]", '{"editions": {"2026-08-31": {}}}', '{"editions": {"yesterday": {}}}'])
def test_a_damaged_record_is_named(tmp_path: Path, text: str) -> None:
    """Status says so and goes on."""
    (tmp_path / EDITIONS).write_text(text, encoding="utf-8")

    lines = describe("acme", CONFIG, REPORTS, dt.date(2026, 9, 1), read_editions(tmp_path))

    assert "  editions  editions.json cannot be read: restore it from your backup" == lines[4]


WAITING = (*REPORTS[:2], Report("measure", None, dt.date(2026, 6, 29)))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-07-05", "the measure report, once the measure window has begun on 1 August 2026 (in 27 days)"),
        ("2026-08-01", "the measure report, due on 1 August 2026 (today)"),
        ("2026-08-05", "the measure report, due on 1 August 2026 (4 days overdue)"),
    ],
)
def test_a_measurement_is_not_due_before_its_window_has_begun(today: str, expected: str) -> None:
    """Day 90 was on 29 June; the window agreed begins after it."""
    later = replace(CONFIG, measure_start=dt.date(2026, 8, 1), measure_end=dt.date(2026, 10, 31))

    assert f"  next: {expected}" == describe("acme", later, WAITING, dt.date.fromisoformat(today))[-1]


def test_a_diagnosis_that_froze_nothing_is_named(tmp_path: Path) -> None:
    """With the measure and why it has no data; not once a baseline stands, nor where there is no diagnosis."""
    config, reports = replace(CONFIG, primary="otif_rate"), tmp_path / "reports"
    without = read_unfrozen(reports, config, tmp_path)
    reports.mkdir()
    results = {"otif_rate": {"status": "not_assessable", "caveats": ["No source records it."]}}
    (reports / "diagnose.json").write_text(json.dumps({"baseline": None, "results": results}), encoding="utf-8")
    told = read_unfrozen(reports, config, tmp_path)
    lines = describe("acme", config, REPORTS, dt.date(2026, 6, 29), unfrozen=told)
    (tmp_path / BASELINE).write_text("{}", encoding="utf-8")

    assert lines[-2] == (
        "  baseline  nothing was frozen: the measure agreed on, otif_rate, has no data: No source records it. Choose "
        "another primary in engagement.yml or supply what is missing, and run the diagnosis again."
    )
    assert () == without == read_unfrozen(reports, config, tmp_path)
