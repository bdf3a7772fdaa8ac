"""JupyterLab for one engagement: the analyst's own copies of the notebooks, kept with the client's folder."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FOLDER = "lab"


def copy_notebooks(notebooks: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Copy notebooks into the engagement's ``lab`` folder, set to that engagement and without outputs.

    Parameters
    ----------
    notebooks : sequence of Path
        The notebooks to copy.
    folder : Path
        The engagement folder.

    Returns
    -------
    tuple of Path
        The copies written now. A copy that is already there is the analyst's work and stays as it is.
    """
    lab = folder / FOLDER
    lab.mkdir(exist_ok=True)
    missing = [path for path in notebooks if not (lab / path.name).exists()]
    for path in missing:
        _copy(path, lab / path.name)
    return tuple(lab / path.name for path in missing)


def _copy(source: Path, target: Path) -> None:
    import nbformat

    notebook = nbformat.read(source, as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if "parameters" in cell.metadata.get("tags", []):
            # Relative to the copy, so that the folder can be moved or renamed.
            cell.source = re.sub(
                "^engagement = .*", 'engagement = ".."  # the folder this one lies in', cell.source, flags=re.M
            )
    nbformat.write(notebook, target)  # type: ignore[no-untyped-call]


def open_lab(folder: Path, options: Sequence[str]) -> int:
    """Run JupyterLab in a folder until it is closed; return its exit status.

    Parameters
    ----------
    folder : Path
        What JupyterLab shows.
    options : sequence of str
        Passed to JupyterLab as they are, e.g. ``--no-browser``.
    """
    command = [sys.executable, "-m", "jupyterlab", *options]
    try:
        return subprocess.run(command, cwd=folder, check=False).returncode
    except KeyboardInterrupt:  # JupyterLab has heard it too and closes by itself
        return 0
