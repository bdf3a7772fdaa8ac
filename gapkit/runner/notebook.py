"""One notebook through papermill, in a kernel that is already running.

The executed notebook is the same to the byte for the same input: papermill's times and paths, and the one cell name drawn
at random, are taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.exceptions import PapermillExecutionError, strip_color

from gapkit.errors import InputError, Problem
from gapkit.runner.kernel import Kernel

ENGINE = "gapkit"
INJECTED = "injected-parameters"
PHASE_DATA = "application/vnd.gapkit.phase+json"

Watch = Callable[[int, int], None]
"""Called before each cell with its number, counted from 1, and the number of cells."""


class CellFailedError(Exception):
    """A cell of the notebook raised.

    Parameters
    ----------
    cell : int
        Its number in the notebook as written, counted from 1 over all cells.
    source : str
        Its code.
    kind, message : str
        Class name and text of the exception raised in it.
    traceback : str
        The traceback, without terminal colours.
    notebook : NotebookNode
        The notebook as far as it ran.
    """

    def __init__(self, cell: int, source: str, kind: str, message: str, traceback: str, notebook: NotebookNode) -> None:
        self.cell, self.source, self.kind, self.message, self.traceback = cell, source, kind, message, traceback
        self.notebook = notebook
        super().__init__(f"cell {cell}: {kind}: {message}")


class _RunningKernelEngine(Engine):  # type: ignore[misc]
    """papermill's engine on a kernel that it neither starts nor ends."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, kernel: Kernel, watch: Watch, seen: list[NotebookNode], **_: Any
    ) -> None:
        seen.append(nb_man.nb)  # papermill does not hand back a notebook that failed
        count = len(nb_man.nb.cells)
        client = PapermillNotebookClient(
            nb_man,
            km=kernel.manager,
            kernel_name=kernel_name,
            iopub_timeout=60,  # a busy machine may keep a cell's last output waiting
            on_cell_start=lambda cell, cell_index: watch(cell_index + 1, count),
        )
        client.kc = kernel.client
        client.execute()


papermill_engines.register(ENGINE, _RunningKernelEngine)


def execute(path: Path, parameters: Mapping[str, Any], kernel: Kernel, watch: Watch) -> NotebookNode:
    """Return the notebook at `path`, executed with the parameters.

    Raises
    ------
    InputError
        When the notebook declares no such parameter, or is no notebook.
    CellFailedError
        When a cell raises; the cells after it have not run.
    KernelDiedError
        When the kernel ends by itself.
    """
    notebook = _read(path)
    _refuse_unknown(notebook, parameters, path)
    seen: list[NotebookNode] = []
    kernel.listen()
    try:
        executed = papermill.execute_notebook(
            notebook,
            None,
            parameters=dict(parameters),
            engine_name=ENGINE,
            progress_bar=False,
            kernel=kernel,
            watch=watch,
            seen=seen,
        )
    except DeadKernelError:
        raise kernel.died() from None
    except PapermillExecutionError as error:
        raise CellFailedError(
            cell=_number_as_written(error.cell_index, notebook),
            source=error.source,
            kind=error.ename,
            message=error.evalue,
            traceback=strip_color("\n".join(error.traceback)),
            notebook=without_traces(seen[0]),
        ) from None
    return without_traces(executed)


def _read(path: Path) -> NotebookNode:
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        remedy = "Restore the notebook, or name another folder of notebooks."
        raise InputError([Problem(f"the notebook cannot be read ({error})", str(path), remedy=remedy)]) from error
    # The kernel is ours in any case; papermill only wants to know that the language is Python.
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return notebook


def _refuse_unknown(notebook: NotebookNode, parameters: Mapping[str, Any], path: Path) -> None:
    """Raise for parameters the notebook does not declare; papermill would only warn."""
    declared = papermill.inspect_notebook(notebook)
    problems = [
        Problem(
            "the notebook has no such parameter",
            str(path),
            column=name,
            allowed=", ".join(declared) or "none, the notebook has no cell tagged parameters",
            remedy='Give it a default in the cell tagged "parameters".',
        )
        for name in parameters
        if name not in declared
    ]
    if problems:
        raise InputError(problems)


def _number_as_written(index: int, notebook: NotebookNode) -> int:
    """Return the cell's number from 1 in the notebook as written, where papermill's injected cell does not exist."""
    tagged = [number for number, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    return index if tagged and index > tagged[0] else index + 1


def without_traces(notebook: NotebookNode) -> NotebookNode:
    """Return a copy without what differs from run to run: times, paths, and the random name of the injected cell."""
    clean = deepcopy(notebook)
    clean.metadata.pop("papermill", None)
    for cell in clean.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = INJECTED
    return clean


def to_text(notebook: NotebookNode) -> str:
    """Return a notebook as the text of its file."""
    return str(nbformat.writes(notebook)) + "\n"  # type: ignore[no-untyped-call]


def phase_data(notebook: NotebookNode) -> dict[str, Any] | None:
    """Return the plain data of the phase that the notebook shows last, None when it shows none."""
    shown = [
        output.data[PHASE_DATA]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if PHASE_DATA in output.get("data", {})
    ]
    return dict(shown[-1]) if shown else None
