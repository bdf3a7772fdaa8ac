"""The record of promises: anew with every redesign until a measurement is published, and never after it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from gapkit.measurement import editions
from gapkit.redesign.targets import promises_file
from gapkit.runner import Ended, promises, run
from gapkit.runner.export import READ_BY
from gapkit.runner.orders import NOTEBOOKS

Run = Callable[..., Ended]
FIRST, LATER = '{\n "made_on": "2026-06-04"\n}\n', '{\n "made_on": "2026-06-05"\n}\n'


def measure(folder: Path, *days: str) -> None:
    """Stand for measurements published on some days."""
    text = json.dumps({"editions": {day: {} for day in days}})
    (folder / promises.EDITIONS).write_text(text, encoding="utf-8")


def on_record(folder: Path) -> str:
    return (folder / promises.FILE).read_text(encoding="utf-8")


def test_runner_redesign_and_measurement_mean_the_same_files() -> None:
    """What the one writes the other reads, and the manifest of the measurement names it."""
    assert promises_file.FILE == promises.FILE
    assert editions.FILE == promises.EDITIONS
    assert ("measure",) == READ_BY[promises.FILE]


def test_promises_follow_the_redesign_until_a_measurement_is_published(tmp_path: Path) -> None:
    """A later redesign replaces what an earlier one promised, without a word."""
    assert () == promises.keep(tmp_path, FIRST)
    assert () == promises.keep(tmp_path, LATER)
    assert LATER == on_record(tmp_path)


def test_the_same_promise_again_leaves_the_file_alone(tmp_path: Path) -> None:
    """Not even its time changes."""
    promises.keep(tmp_path, FIRST)
    moment = (tmp_path / promises.FILE).stat().st_mtime_ns

    assert () == promises.keep(tmp_path, FIRST)
    assert moment == (tmp_path / promises.FILE).stat().st_mtime_ns


def test_once_measured_a_promise_stands(tmp_path: Path) -> None:
    """A redesign that promises otherwise afterwards is told so, and changes nothing; the same one is not."""
    promises.keep(tmp_path, FIRST)
    measure(tmp_path, "2026-10-15")
    (said,) = promises.keep(tmp_path, LATER)

    assert "changed after the promise" in said
    assert FIRST == on_record(tmp_path)
    assert () == promises.keep(tmp_path, FIRST)


def test_there_is_no_promise_after_the_result(tmp_path: Path) -> None:
    """Where a measurement came first, nothing is put on record any more."""
    measure(tmp_path, "2026-10-15")

    assert (promises.TOO_LATE,) == promises.keep(tmp_path, FIRST)
    assert not (tmp_path / promises.FILE).exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [('{"editions": {}}', False), ('{"editions": {"2026-10-15": {}}}', True), ("[]", True), ("{", True)],
)
def test_a_record_of_editions_that_cannot_be_read_counts_as_one(tmp_path: Path, text: str, expected: bool) -> None:
    """In doubt nothing is overwritten."""
    (tmp_path / promises.EDITIONS).write_text(text, encoding="utf-8")

    assert expected == promises.is_measured(tmp_path)


@pytest.fixture
def promising(notebooks: Path, tmp_path: Path) -> Path:
    """A notebook of the redesign that promises something."""
    folder = tmp_path / "promising"
    folder.mkdir()
    notebook = nbformat.read(notebooks / "shows_phase_data.ipynb", 4)
    notebook.cells[-1].source = (
        "from gapkit.report.blocks import PhaseData\n"
        'PhaseData({"engagement": engagement, "phase": "redesign", "as_of": "2026-03-31", "seed": 1,'
        ' "promises": {"made_on": "2026-03-31"}})'
    )
    nbformat.write(notebook, folder / NOTEBOOKS["redesign"])
    return folder


def test_a_published_redesign_puts_its_promises_on_record(acme: Path, promising: Path, tmp_path: Path) -> None:
    """Not with --as-of, which is a rehearsal; else as the redesign gives them."""
    (rehearsed,) = run([str(acme)], phases=["redesign"], as_of="2026-02-28", out=tmp_path / "out", notebooks=promising)

    assert ("", ()) == (rehearsed.failure, rehearsed.problems)
    assert not (acme / promises.FILE).exists()
    (ended,) = run([str(acme)], phases=["redesign"], out=tmp_path / "out", notebooks=promising)
    assert ("", ()) == (ended.failure, ended.problems)
    assert {"made_on": "2026-03-31"} == json.loads(on_record(acme))
