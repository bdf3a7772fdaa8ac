"""The record of editions: written with the measurement or not at all; the latest is replaced, those before it stand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gapkit.errors import InputError
from gapkit.report import atomic
from gapkit.report.manifest import sha256
from gapkit.runner import Ended, editions

Run = Callable[..., Ended]
AUGUST = {"as_of": "2026-08-31", "effects": {"on_time_rate": {"verdict": "monitoring"}}}
OCTOBER = {"as_of": "2026-10-15", "effects": {"on_time_rate": {"verdict": "improved"}}}


def record(folder: Path) -> dict[str, Any]:
    entries: dict[str, Any] = json.loads((folder / editions.FILE).read_text(encoding="utf-8"))["editions"]
    return entries


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    (tmp_path / "stage").mkdir()
    return tmp_path / "stage"


def keep(folder: Path, stage: Path, entry: dict[str, Any]) -> str:
    """Publish one edition; return what is said of it."""
    published = editions.Editions(folder).published(entry)
    for name, place in published.stage(stage).items():
        (stage / name).replace(place)
    return published.note


def test_a_measurement_is_recorded(run_acme: Run, acme: Path, tmp_path: Path) -> None:
    """With its report, listed with its hash, told once; run again it is the same file, and nothing is told."""
    first = run_acme(measure="shows_an_edition")
    manifest = json.loads((tmp_path / "reports" / "acme" / "manifest.json").read_text(encoding="utf-8"))
    content, moment = (acme / editions.FILE).read_bytes(), (acme / editions.FILE).stat().st_mtime_ns
    again = run_acme(measure="shows_an_edition")

    assert ("", ()) == (first.failure, first.problems)
    assert {"2026-03-31": {"as_of": "2026-03-31", "look": "verdict"}} == record(acme)
    assert [("measure", True)] == [
        (phase, "the edition of 31 March 2026 is recorded" in note) for phase, note in first.notes
    ]
    assert sha256(acme / editions.FILE) == manifest["outputs"][editions.FILE]["sha256"]
    assert ("", ()) == (again.failure, again.notes)
    assert (content, moment) == ((acme / editions.FILE).read_bytes(), (acme / editions.FILE).stat().st_mtime_ns)
    assert [] == list(acme.glob(".editions*"))


def test_a_failed_run_records_nothing(run_acme: Run, acme: Path) -> None:
    """No report, no edition."""
    ended = run_acme(diagnose="fails_in_third_cell", measure="shows_an_edition")

    assert "ZeroDivisionError" in ended.failure
    assert not (acme / editions.FILE).exists()


def test_a_run_that_measures_nothing_leaves_the_record(run_acme: Run, acme: Path) -> None:
    """The other phases are no editions."""
    ended = run_acme(diagnose="shows_phase_data")

    assert ("", ()) == (ended.failure, ended.notes)
    assert not (acme / editions.FILE).exists()


class Killed(BaseException):
    """Stands for the end of the process: nothing may catch it."""


def test_killed_before_the_commit_the_record_is_as_it_was(
    run_acme: Run, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything was ready and the journal not written: no report, no edition."""

    def die(path: Path, content: bytes) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_atomically", die)
        with pytest.raises(Killed):
            run_acme(measure="shows_an_edition")

    assert not (acme / editions.FILE).exists()


def test_a_later_edition_is_added(tmp_path: Path, stage: Path) -> None:
    """In order of days, the earlier one as it was."""
    keep(tmp_path, stage, AUGUST)
    said = keep(tmp_path, stage, OCTOBER)

    assert [("2026-08-31", AUGUST), ("2026-10-15", OCTOBER)] == list(record(tmp_path).items())
    assert "delete its entry" in said


def test_the_latest_edition_is_replaced(tmp_path: Path, stage: Path) -> None:
    """Run again with other data for the same day, it says what is true of that day now, and the run says so."""
    keep(tmp_path, stage, AUGUST)
    keep(tmp_path, stage, OCTOBER)
    said = keep(tmp_path, stage, {**OCTOBER, "effects": {}})

    assert {"2026-08-31": AUGUST, "2026-10-15": {**OCTOBER, "effects": {}}} == record(tmp_path)
    assert "takes the place of the one published for that day" in said


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-08-31", "stands as it was published"), ("2026-09-30", "not recorded")]
)
def test_an_edition_before_the_latest_stands(tmp_path: Path, stage: Path, day: str, expected: str) -> None:
    """What was told against it would not add up any more; neither is one put in between afterwards."""
    keep(tmp_path, stage, AUGUST)
    keep(tmp_path, stage, OCTOBER)
    before = (tmp_path / editions.FILE).read_bytes()
    said = keep(tmp_path, stage, {"as_of": day, "effects": {}})

    assert before == (tmp_path / editions.FILE).read_bytes()
    assert expected in said


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"editions": 3}'])
def test_a_damaged_record_is_refused(tmp_path: Path, text: str) -> None:
    """It is neither overwritten nor passed over."""
    (tmp_path / editions.FILE).write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match="not a record of editions"):
        editions.Editions(tmp_path).published(AUGUST)
    assert text == (tmp_path / editions.FILE).read_text(encoding="utf-8")
