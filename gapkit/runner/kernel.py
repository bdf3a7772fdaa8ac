"""One Jupyter kernel for one engagement: started once, asked between notebooks, emptied from one notebook to the next.

The kernel runs the interpreter gapkit itself runs in, whatever kernels are installed on the machine. It talks over local
sockets in a private folder where the system has them, keeps no history and reads no personal start-up files, so a run
depends on the engagement alone.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Iterable
from pathlib import Path
from queue import Empty
from types import TracebackType
from typing import Any, Final

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync

# Linear algebra on one thread: our tables are small, and the threads of several kernels would only wait for each other.
# Not OMP_NUM_THREADS, which would take the threads of Arrow too, and those make reading large files fast.
ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "VECLIB_MAXIMUM_THREADS": "1"}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class KernelDiedError(Exception):
    """The kernel's process ended while something was asked of it; the message holds the last it wrote."""


class _ThisInterpreter(KernelSpecManager):
    """Answers every request for a kernel with the running interpreter."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return a kernel of this interpreter, whatever name is asked for."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--HistoryManager.enabled=False"]
        return KernelSpec(argv=command, display_name=kernel_name, language="python")


def _transport(home: Path) -> str:
    """Return how to talk to the kernel: by socket files in our folder, else by TCP, open to all users."""
    longest_path = 90  # of a socket file, with some room; the systems allow 104 to 108
    return "tcp" if os.name == "nt" or len(str(home / "k.json-ipc-5")) > longest_path else "ipc"


def _environment(home: Path) -> dict[str, str]:
    # Without the debugger's file check Python 3.11 prints a timed warning into the first cell's output.
    return {**ONE_THREAD, **os.environ, "IPYTHONDIR": str(home / "ipython"), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def _call(function: str, arguments: Iterable[str | None]) -> str:
    """Return the expression that calls one of our functions and leaves no name behind for the notebooks to find."""
    return f"__import__('gapkit.runner.inside', fromlist=['']).{function}({', '.join(map(repr, arguments))})"


class Kernel:
    """A running kernel. Use as a context manager; the process is gone when the block ends.

    Starting returns at once; the kernel makes itself ready while the caller goes on.

    Attributes
    ----------
    manager, client
        jupyter_client's asynchronous manager and client, as nbclient expects them.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="gapkit-", ignore_cleanup_errors=True)
        home = Path(self._folder.name)
        self._log = home / "kernel.log"
        self.manager = AsyncKernelManager(
            transport=_transport(home),
            connection_file=str(home / "k.json"),
            kernel_spec_manager=_ThisInterpreter(),
        )
        with self._log.open("wb") as log:
            run_sync(self.manager.start_kernel)(cwd=Path.cwd(), env=_environment(home), stdout=log, stderr=log)
        self.client = self.manager.client()
        self.client.start_channels(hb=False)  # the manager knows whether its process lives
        self.client.allow_stdin = False
        self._is_heard = False

    def __enter__(self) -> Kernel:
        """Return the kernel itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the kernel, however the block ended."""
        self.client.stop_channels()
        run_sync(self.manager.shutdown_kernel)(now=True)
        self._folder.cleanup()

    def send(self, function: str, *arguments: str | None) -> str:
        """Queue a call of a function of `gapkit.runner.inside`; return the question's id without waiting."""
        call = _call(function, arguments)
        identifier: str = self.client.execute("", silent=True, store_history=False, user_expressions={"answer": call})
        return identifier

    def answer(self, question: str) -> Any:
        """Wait for the answer to a question sent, and return it read from its JSON.

        Questions must be answered in the order sent; an answer passed over is lost.

        Raises
        ------
        KernelDiedError
            When the kernel ends before it has answered.
        RuntimeError
            When the function fails; the message is its traceback.
        """
        answer = run_sync(self._reply)(question)["user_expressions"]["answer"]
        if answer["status"] != "ok":
            raise RuntimeError(_COLOUR.sub("", "\n".join(answer["traceback"])))
        return json.loads(ast.literal_eval(answer["data"]["text/plain"]))

    def ask(self, function: str, *arguments: str | None) -> Any:
        """Send a question and return its answer."""
        return self.answer(self.send(function, *arguments))

    def listen(self) -> None:
        """Wait until the kernel's outputs are heard; before that, the outputs of a cell may be lost."""
        if not self._is_heard:
            run_sync(self._first_output)()
            self._is_heard = True

    async def _reply(self, question: str) -> dict[str, Any]:
        """Wait for the reply to one message, passing over replies to others."""
        while True:
            try:
                reply = await _awaited(self.client.get_shell_msg(timeout=1))
            except Empty:
                if not await _awaited(self.manager.is_alive()):
                    raise self.died() from None
                continue
            if reply["parent_header"].get("msg_id") == question:
                content: dict[str, Any] = reply["content"]
                return content

    async def _first_output(self) -> None:
        """Repeat an empty question until the kernel's notice that it is done with one arrives."""
        while True:
            await self._reply(self.client.execute("", silent=True, store_history=False))
            try:
                await _awaited(self.client.get_iopub_msg(timeout=0.2))
            except Empty:
                continue
            return

    def died(self) -> KernelDiedError:
        """Return the error that says the kernel ended, with the last lines it wrote."""
        last = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-5:]
        return KernelDiedError("the kernel ended by itself" + (": " + " / ".join(last) if last else ""))


async def _awaited(answer: Awaitable[Any]) -> Any:
    return await answer
