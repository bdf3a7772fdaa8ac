from __future__ import annotations

import json
from pathlib import Path

import pytest

from gapkit.errors import InputError, RunError
from gapkit.runner.publish import keep_failed, publish, staging


def test_staging_is_gone_afterwards(tmp_path: Path) -> None:
    """Published or not, nothing is left but the reports and the lock."""
    reports = tmp_path / "acme"
    with staging(reports) as stage:
        (stage / "a.json").write_text("new")
        (stage / "b.json").write_text("never published")
        publish(stage, reports, ["a.json"], [])

    assert {".lock", "a.json"} == {path.name for path in reports.iterdir()}


def test_failure_leaves_the_reports(tmp_path: Path) -> None:
    """An error before the publication changes nothing."""
    reports = tmp_path / "acme"
    reports.mkdir()
    (reports / "a.json").write_text("old")
    with pytest.raises(ZeroDivisionError), staging(reports) as stage:
        (stage / "a.json").write_text("new")
        raise ZeroDivisionError

    assert "old" == (reports / "a.json").read_text()


def test_leftovers_of_killed_runs_are_cleared(tmp_path: Path) -> None:
    """A staging folder without a run belongs to nobody."""
    left = tmp_path / "acme" / ".staging-killed"
    left.mkdir(parents=True)
    with staging(tmp_path / "acme"):
        assert not left.exists()


def test_publication_cut_short_is_finished_before_clearing(tmp_path: Path) -> None:
    """Files that were committed but not yet moved are moved, not cleared away."""
    reports = tmp_path / "acme"
    (reports / ".staging-killed").mkdir(parents=True)
    (reports / ".staging-killed" / "a.json").write_text("committed")
    (reports / ".publish.json").write_text(json.dumps({"staging": ".staging-killed", "names": ["a.json"]}))
    with staging(reports):
        assert "committed" == (reports / "a.json").read_text()


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    """The second is told to wait; it would take the first one's files for leftovers."""
    with staging(tmp_path / "acme") as stage:
        with pytest.raises(RunError, match="another run is writing"), staging(tmp_path / "acme"):
            pass
        assert stage.exists()


def test_folder_that_cannot_be_written_is_an_input_problem(tmp_path: Path) -> None:
    """A file where the folder should be is told as such, with what to do."""
    (tmp_path / "reports").write_text("a file")

    with pytest.raises(InputError, match="--out"), staging(tmp_path / "reports" / "acme"):
        pass


def test_failed_notebook_is_kept_until_the_phase_succeeds(tmp_path: Path) -> None:
    """Only the phases published now are forgiven."""
    reports = tmp_path / "acme"
    with staging(reports) as stage:
        kept = [keep_failed("{}", reports, phase) for phase in ("diagnose", "redesign")]
        publish(stage, reports, [], ["diagnose"])

    assert [False, True] == [path.exists() for path in kept]
