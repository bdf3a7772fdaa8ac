"""A tiny engagement, tiny notebooks each named for its one behaviour, and a kernel to run them in."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from jupyter_core.utils import run_sync

from gapkit.runner import Ended, run
from gapkit.runner.kernel import Kernel
from gapkit.runner.orders import NOTEBOOKS

SETTINGS = "client: Acme\nas_of: 2026-03-31\ntz: Europe/Berlin\ncurrency: EUR\n"
PROGRAMS = "program_id,type,team,status\np1,campaign,Brand,delivered\np2,event,Brand,in_progress\n"


@pytest.fixture
def wait_for() -> Callable[..., list[Path]]:
    """Look until something is there."""

    def look_until(look: Callable[[], list[Path]]) -> list[Path]:
        deadline = time.monotonic() + 60
        while not (found := look()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return found

    return look_until


@pytest.fixture(scope="session")
def notebooks() -> Path:
    return Path(__file__).parent / "notebooks"


@pytest.fixture(scope="session")
def lend_kernel() -> Iterator[Callable[[], AbstractContextManager[Kernel]]]:
    """One kernel for all tests, emptied before each use; starting it is what takes time. One that ended is replaced."""
    running: list[Kernel] = []

    @contextmanager
    def lend() -> Iterator[Kernel]:
        if running and not run_sync(running[0].manager.is_alive)():
            running.pop().__exit__(None, None, None)
        if not running:
            running.append(Kernel())
        running[0].ask("fresh")
        yield running[0]

    yield lend
    for kernel in running:
        kernel.__exit__(None, None, None)


@pytest.fixture
def kernel(lend_kernel: Callable[[], AbstractContextManager[Kernel]]) -> Iterator[Kernel]:
    """The kernel of all tests, emptied."""
    with lend_kernel() as kernel:
        yield kernel


@pytest.fixture
def lent(lend_kernel: Callable[[], AbstractContextManager[Kernel]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of engagements borrow the kernel of all tests instead of starting their own."""
    monkeypatch.setattr("gapkit.runner.phases.Kernel", lend_kernel)


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """The smallest engagement that can be read."""
    folder = tmp_path / "engagements" / "acme"
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "data" / "programs.csv").write_text(PROGRAMS, encoding="utf-8")
    return folder


@pytest.fixture
def run_acme(lent: None, acme: Path, notebooks: Path, tmp_path: Path) -> Callable[..., Ended]:
    """Run the engagement with a notebook of the fixtures standing in for each phase."""

    def run_it(*, refreeze: bool = False, **phases: str) -> Ended:
        folder = tmp_path / "notebooks"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for phase, name in phases.items():
            shutil.copy(notebooks / f"{name}.ipynb", folder / NOTEBOOKS[phase])
        (ended,) = run([str(acme)], phases=list(phases), out=tmp_path / "reports", notebooks=folder, refreeze=refreeze)
        return ended

    return run_it
