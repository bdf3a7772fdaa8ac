from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import openpyxl
import pytest

from gapkit.report.manifest import sha256
from gapkit.runner import Ended
from gapkit.runner.kernel import Kernel
from gapkit.runner.orders import NOTEBOOKS

Run = Callable[..., Ended]


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_phase_gives_four_files_and_a_manifest(run_acme: Run, tmp_path: Path) -> None:
    """PDF, HTML, executed notebook and numbers of each phase; nothing else is left but the lock."""
    ended = run_acme(diagnose="shows_phase_data", redesign="shows_phase_data")

    expected = {f"{phase}.{suffix}" for phase in ("diagnose", "redesign") for suffix in ("pdf", "html", "ipynb", "json")}
    assert ("", ()) == (ended.failure, ended.problems)
    assert {*expected, "manifest.json", "workbook.xlsx", ".lock"} == set(files_in(tmp_path / "reports" / "acme"))
    assert (tmp_path / "reports" / "acme" / "diagnose.pdf").read_bytes().startswith(b"%PDF")


def test_the_workbook_holds_the_evidence_and_is_listed(run_acme: Run, tmp_path: Path) -> None:
    """One file for all phases, for the consultant only, with its hash in the manifest."""
    reports = tmp_path / "reports" / "acme"
    run_acme(diagnose="shows_phase_data")
    outputs = json.loads((reports / "manifest.json").read_text())["outputs"]
    book = openpyxl.load_workbook(reports / "workbook.xlsx")
    sources = list(book["Sources"].iter_rows(values_only=True))

    assert {
        "workbook.xlsx": {
            "audience": "internal",
            "bytes": (reports / "workbook.xlsx").stat().st_size,
            "sha256": sha256(reports / "workbook.xlsx"),
        }
    } == outputs
    assert ("data/programs.csv", "csv", "programs", 2, 2) == sources[1][:5]
    evidence = ["Reliability", "Sources", "Switched off", "Not mapped", "Columns", "Checks", "Plans"]
    assert ["Contents", *evidence] == book.sheetnames


def test_findings_stand_beside_the_evidence_and_stay_for_later_phases(run_acme: Run, tmp_path: Path) -> None:
    """A run of the redesign alone keeps what the published diagnosis found, with the day it was read at."""
    path = tmp_path / "reports" / "acme" / "workbook.xlsx"
    for phase, notebook in (("diagnose", "shows_findings"), ("redesign", "shows_phase_data")):
        run_acme(**{phase: notebook})
        book = openpyxl.load_workbook(path)
        listed = {row[0]: row[3] for row in book["Contents"].iter_rows(min_row=2, values_only=True)}
        row = next(book["Observations"].iter_rows(min_row=2, values_only=True))

        assert ("Misalignment", "supports", 3, 1, 2, 0, 2) == row
        assert [dt.datetime(2026, 3, 30), dt.datetime(2026, 3, 31)] == [listed["Observations"], listed["Sources"]]


def test_findings_of_another_version_are_left_out(run_acme: Run, tmp_path: Path) -> None:
    """A record built otherwise could be misread, so the workbook holds the evidence alone."""
    reports = tmp_path / "reports" / "acme"
    run_acme(diagnose="shows_findings")
    record = reports / "diagnose.json"
    record.write_text(record.read_text().replace(f'"gapkit": "{version("gapkit")}"', '"gapkit": "0.0.1"'))
    run_acme(redesign="shows_phase_data")

    assert "Observations" not in openpyxl.load_workbook(reports / "workbook.xlsx").sheetnames


def test_two_runs_give_the_same_bytes(run_acme: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in a report depends on the hour or the process that made it."""
    monkeypatch.setattr("gapkit.runner.phases.Kernel", Kernel)  # each run its own
    reports = tmp_path / "reports" / "acme"
    run_acme(diagnose="freezes_a_baseline", measure="reads_the_baseline")
    first = files_in(reports)
    run_acme(diagnose="freezes_a_baseline", measure="reads_the_baseline")

    assert first == files_in(reports)


def test_failed_cell_is_told_and_the_reports_stay(run_acme: Run, tmp_path: Path) -> None:
    """The message names engagement, phase, cell, code and error; what was published before is untouched."""
    reports = tmp_path / "reports" / "acme"
    run_acme(diagnose="shows_phase_data", redesign="shows_phase_data")
    before = files_in(reports)
    ended = run_acme(diagnose="freezes_a_baseline", redesign="fails_in_third_cell")

    for expected in ("acme, redesign, cell 3", "ZeroDivisionError: division by zero", "numerator / 0", "redesign.ipynb"):
        assert expected in ended.failure
    kept = files_in(reports)
    assert "ZeroDivisionError" in kept.pop("failed/redesign.ipynb").decode()
    assert before == kept


def test_success_forgets_the_failure_before(run_acme: Run, tmp_path: Path) -> None:
    """The notebook kept of a failed run is gone once the phase has succeeded."""
    run_acme(diagnose="fails_in_third_cell")
    failed = tmp_path / "reports" / "acme" / "failed" / "diagnose.ipynb"
    assert failed.exists()
    run_acme(diagnose="shows_phase_data")

    assert not failed.exists()


def test_phase_without_data_is_skipped_and_the_others_run(run_acme: Run, tmp_path: Path) -> None:
    """What is absent is told in one line, and is no failure."""
    ended = run_acme(diagnose="shows_phase_data", measure="has_nothing_to_measure")

    assert (("measure", "No measure window is set."),) == ended.skipped
    assert ["diagnose"] == [phase for phase, _ in ended.reports]
    assert ("", ()) == (ended.failure, ended.problems)
    assert not (tmp_path / "reports" / "acme" / "measure.pdf").exists()


def test_input_refused_in_a_notebook_is_a_problem_list(run_acme: Run) -> None:
    """Bad input found late reads like bad input found early, not like a failed cell."""
    ended = run_acme(diagnose="refuses_the_input")

    assert ["data/programs.csv, row 7: unknown word", "data/programs.csv, row 9: no end"] == [
        p.what for p in ended.problems
    ]
    assert "" == ended.failure


def test_bad_input_is_found_before_any_notebook_runs(run_acme: Run, acme: Path) -> None:
    """All problems of the folder come at once, with their places."""
    (acme / "data" / "programs.csv").write_text(
        "program_id,type,team,status\np1,campaign,Brand,Finito\np1,event,,delivered\n"
    )
    ended = run_acme(diagnose="fails_in_third_cell")

    assert "" == ended.failure
    assert {"status", "program_id", "team"} <= {problem.column for problem in ended.problems}


def test_words_that_differ_from_data_are_not_published(run_acme: Run, tmp_path: Path) -> None:
    """A report whose title says another number than its exhibit is a failed run."""
    ended = run_acme(diagnose="says_another_number")

    assert "37 %" in ended.failure
    assert not (tmp_path / "reports" / "acme" / "diagnose.pdf").exists()


def test_notebook_without_data_of_its_phase_fails(run_acme: Run) -> None:
    """A report whose numbers nobody could check is not made."""
    assert "does not show the data of its phase" in run_acme(diagnose="shows_no_data").failure


def test_ended_kernel_is_told_with_its_cell(run_acme: Run) -> None:
    """A kernel killed for lack of memory is a failed run, not a hang."""
    ended = run_acme(diagnose="ends_its_kernel")

    assert "acme, diagnose, cell" in ended.failure
    assert "the kernel ended by itself" in ended.failure


def test_baseline_is_frozen_before_the_measurement_reads_it(run_acme: Run, acme: Path, tmp_path: Path) -> None:
    """In the very first run the measurement already finds the baseline of the diagnosis."""
    run_acme(diagnose="freezes_a_baseline", measure="reads_the_baseline")

    assert {"frozen_on": "2026-03-31", "quarters": ["2026Q1"]} == json.loads((acme / "baseline.json").read_text())
    assert json.loads((tmp_path / "reports" / "acme" / "measure.json").read_text())["was_frozen"] is True


def test_manifest_keeps_the_phases_that_were_not_run(run_acme: Run, acme: Path, tmp_path: Path) -> None:
    """Running one phase again describes that one anew and leaves the others described as they are."""
    run_acme(diagnose="shows_phase_data", redesign="shows_phase_data")
    before = json.loads((tmp_path / "reports" / "acme" / "manifest.json").read_text())["phases"]
    (acme / "commentary" / "diagnose").mkdir(parents=True)
    (acme / "commentary" / "diagnose" / "summary.md").write_text("Well done.")
    run_acme(diagnose="shows_phase_data")
    after = json.loads((tmp_path / "reports" / "acme" / "manifest.json").read_text())["phases"]

    assert before["redesign"] == after["redesign"]
    assert {"engagement.yml", "data/programs.csv"} == set(before["diagnose"]["inputs"])
    assert "commentary/diagnose/summary.md" in after["diagnose"]["inputs"]
    assert "client" == after["diagnose"]["outputs"]["diagnose.pdf"]["audience"]


def test_killed_run_leaves_the_reports_and_the_next_clears_up(
    run_acme: Run, acme: Path, notebooks: Path, tmp_path: Path, wait_for: Callable[..., list[Path]]
) -> None:
    """Killed in the middle of a notebook, a run has changed nothing, and what it left lying about goes with the next."""
    reports = tmp_path / "reports" / "acme"
    run_acme(diagnose="shows_phase_data")
    before = files_in(reports)
    shutil.copy(notebooks / "waits_to_be_killed.ipynb", tmp_path / "notebooks" / NOTEBOOKS["redesign"])
    killed = subprocess.Popen([sys.executable, "-m", "gapkit", "run", str(acme)], cwd=tmp_path)
    staged = wait_for(lambda: list(reports.glob(".staging-*/diagnose.pdf")))
    killed.kill()
    killed.wait()

    assert before == {name: content for name, content in files_in(reports).items() if not name.startswith(".staging-")}
    run_acme(diagnose="shows_phase_data")
    assert not staged[0].parent.exists()
    assert before == files_in(reports)


def test_fault_of_the_machine_does_not_stop_the_others(run_acme: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk, say, ends one engagement's run with what happened, not the whole command."""

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gapkit.runner.pipeline.publish", full)

    assert "No space left on device" in run_acme(diagnose="shows_phase_data").failure
