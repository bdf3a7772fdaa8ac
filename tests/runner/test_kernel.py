from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from gapkit.runner.kernel import ONE_THREAD, Kernel, KernelDiedError

FOREVER = """
import time
from gapkit.runner.kernel import Kernel

with Kernel() as kernel:
    kernel.ask("fresh")
    print(kernel.manager.provisioner.pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(("own", "expected"), [(None, "1"), ("3", "3")])
def test_linear_algebra_has_one_thread_unless_asked_otherwise(
    monkeypatch: pytest.MonkeyPatch, own: str | None, expected: str
) -> None:
    """The kernel starts with one thread; a number the user has set stays; Arrow's threads are left alone."""
    for name in (*ONE_THREAD, "OMP_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    if own:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", own)
    with Kernel() as kernel:
        seen = psutil.Process(kernel.manager.provisioner.pid).environ()

    assert [expected, "1", "1"] == [seen[name] for name in ONE_THREAD]
    assert "OMP_NUM_THREADS" not in seen


def test_question_that_fails_says_why(kernel: Kernel) -> None:
    """The traceback of the kernel reaches the caller."""
    with pytest.raises(RuntimeError, match="positional argument") as failure:
        kernel.ask("fresh", "one argument too many")

    assert "\x1b" not in str(failure.value)


def test_kernel_that_ended_is_noticed() -> None:
    """A question to a dead kernel is an error within seconds, not a wait without end."""
    with Kernel() as kernel:
        kernel.ask("fresh")
        os.kill(kernel.manager.provisioner.pid, signal.SIGKILL)

        with pytest.raises(KernelDiedError, match="ended by itself"):
            kernel.ask("fresh")


def test_nothing_is_left_when_the_block_ends() -> None:
    """Neither the process nor its folder outlives the block."""
    with Kernel() as kernel:
        pid, folder = kernel.manager.provisioner.pid, Path(kernel.manager.connection_file).parent
        assert folder.exists()

    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_kernel_ends_when_its_owner_is_killed() -> None:
    """A run killed outright leaves no kernel behind."""
    owner = psutil.Popen([sys.executable, "-c", FOREVER], stdout=subprocess.PIPE, text=True)
    with owner.stdout:
        kernel = psutil.Process(int(owner.stdout.readline()))
    assert kernel.is_running() and owner.poll() is None
    owner.kill()
    owner.wait()

    assert [] == psutil.wait_procs([kernel], timeout=20)[1]


def test_kernel_works_where_socket_files_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary folder with a path too long for a socket file is no obstacle."""
    deep = tmp_path / ("deep" * 20)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    with Kernel() as kernel:
        kernel.ask("fresh")

        assert "tcp" == kernel.manager.transport
