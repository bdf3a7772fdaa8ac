from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from gapkit.errors import InputError
from gapkit.runner import all_engagements, find_notebooks, run
from gapkit.runner.orders import NOTEBOOKS


@pytest.mark.usefixtures("lent")
def test_phases_run_in_the_order_of_the_roadmap(acme: Path, notebooks: Path, tmp_path: Path) -> None:
    """Whatever order they are asked in, and an engagement named twice runs once."""
    for name in NOTEBOOKS.values():
        shutil.copy(notebooks / "shows_phase_data.ipynb", tmp_path / name)
    ended = list(run([str(acme), str(acme)], phases=["redesign", "diagnose"], out=tmp_path / "reports", notebooks=tmp_path))

    assert [["diagnose", "redesign"]] == [[phase for phase, _ in one.reports] for one in ended]


def test_engagements_are_those_of_the_working_folder(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder counts when it has an engagement.yml."""
    (acme.parent / "notes").mkdir()
    monkeypatch.chdir(acme.parents[1])

    assert ("acme",) == all_engagements()


def test_nothing_to_run_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither notebooks nor engagements: the places looked at are named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("gapkit.runner.WORKING_TREE", tmp_path)

    with pytest.raises(InputError, match="no folder of notebooks"):
        find_notebooks()
    with pytest.raises(InputError, match="no engagement to run"):
        all_engagements()


def test_nothing_outlives_a_run_that_is_killed(
    acme: Path, notebooks: Path, tmp_path: Path, wait_for: Callable[..., list[Path]]
) -> None:
    """Killed outright, a run side by side leaves neither workers nor kernels behind."""
    shutil.copytree(acme, acme.parent / "other")
    (tmp_path / "notebooks").mkdir()
    shutil.copy(notebooks / "waits_to_be_killed.ipynb", tmp_path / "notebooks" / NOTEBOOKS["diagnose"])
    command = [sys.executable, "-m", "gapkit", "run", "--all", "--jobs", "2", "--phase", "diagnose"]
    killed = psutil.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)
    wait_for(lambda: list(tmp_path.glob("reports/acme/.staging-*")))
    started = killed.children(recursive=True)
    killed.kill()
    killed.wait()

    assert len(started) >= 4
    assert [] == psutil.wait_procs(started, timeout=20)[1]
