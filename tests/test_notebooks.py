"""The notebooks as they are kept: what a reader sees who opens one without running it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def test_there_are_three() -> None:
    """One a phase."""
    assert ["1_diagnose.ipynb", "2_redesign.ipynb", "3_measure.ipynb"] == [path.name for path in NOTEBOOKS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_cell_failed_or_warned(path: Path) -> None:
    """Every code cell was run, in order, and none left an error or a line of a library's log."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]

    assert list(range(1, len(cells) + 1)) == [cell.execution_count for cell in cells]
    assert [] == [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
