from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from gapkit.errors import InputError
from gapkit.runner.kernel import Kernel, KernelDiedError
from gapkit.runner.notebook import CellFailedError, execute, phase_data


def ignore(cell: int, count: int) -> None:
    """Watch nothing."""


def results(notebook: nbformat.NotebookNode) -> list[str]:
    return [output.data["text/plain"] for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output]


def test_parameters_reach_the_notebook(kernel: Kernel, notebooks: Path) -> None:
    """What is given replaces the default, None included."""
    executed = execute(notebooks / "shows_parameters.ipynb", {"engagement": "acme", "as_of": None}, kernel, ignore)

    assert ["('acme', None)"] == results(executed)


def test_unknown_parameter_is_refused(kernel: Kernel, notebooks: Path) -> None:
    """A misspelt parameter would silently run with the default."""
    with pytest.raises(InputError) as refusal:
        execute(notebooks / "shows_parameters.ipynb", {"as_off": "2026-03-31"}, kernel, ignore)

    assert ["as_off"] == [problem.column for problem in refusal.value.problems]
    assert "engagement, as_of" == refusal.value.problems[0].allowed


def test_notebook_without_parameters_takes_none(kernel: Kernel, notebooks: Path) -> None:
    """A notebook that declares no parameters runs, and refuses any that is given."""
    assert ["2"] == results(execute(notebooks / "no_parameters.ipynb", {}, kernel, ignore))
    with pytest.raises(InputError, match="no cell tagged parameters"):
        execute(notebooks / "no_parameters.ipynb", {"engagement": "acme"}, kernel, ignore)


def test_unreadable_notebook_is_an_input_problem(kernel: Kernel, tmp_path: Path) -> None:
    """Neither a missing nor a broken notebook file ends in a traceback."""
    broken = tmp_path / "1_diagnose.ipynb"
    broken.write_text("{", encoding="utf-8")

    for path in (broken, tmp_path / "absent.ipynb"):
        with pytest.raises(InputError, match="cannot be read"):
            execute(path, {}, kernel, ignore)


def test_failing_cell_is_named_as_the_analyst_sees_it(kernel: Kernel, notebooks: Path) -> None:
    """The number counts the cells of the notebook as written, without the one papermill adds."""
    with pytest.raises(CellFailedError) as failure:
        execute(notebooks / "fails_in_third_cell.ipynb", {"engagement": "acme"}, kernel, ignore)

    assert 3 == failure.value.cell
    assert "numerator = 1\nnumerator / 0" == failure.value.source
    assert ("ZeroDivisionError", "division by zero") == (failure.value.kind, failure.value.message)


def test_half_run_notebook_holds_what_ran(kernel: Kernel, notebooks: Path) -> None:
    """The notebook of a failed run shows the error, and nothing for cells that did not run."""
    with pytest.raises(CellFailedError) as failure:
        execute(notebooks / "fails_in_third_cell.ipynb", {"engagement": "acme"}, kernel, ignore)

    code = [cell for cell in failure.value.notebook.cells if cell.cell_type == "code"]
    assert "ZeroDivisionError" == code[-2].outputs[0].ename
    assert [] == code[-1].outputs


def test_notebooks_do_not_lean_on_each_other(kernel: Kernel, notebooks: Path) -> None:
    """Names, open figures and plot settings end with the notebook that made them."""
    execute(notebooks / "names_and_figures.ipynb", {}, kernel, ignore)
    kernel.ask("fresh")
    after = execute(notebooks / "looks_for_leftovers.ipynb", {}, kernel, ignore)

    assert ["False", "(1.5, 0)"] == results(after)


def test_leftovers_would_be_seen(kernel: Kernel, notebooks: Path) -> None:
    """Without emptying the kernel the same two notebooks do lean, so the test above can fail."""
    execute(notebooks / "names_and_figures.ipynb", {}, kernel, ignore)
    after = execute(notebooks / "looks_for_leftovers.ipynb", {}, kernel, ignore)

    assert "True" == results(after)[0]


def test_executed_notebook_is_the_same_twice(kernel: Kernel, notebooks: Path) -> None:
    """No time, path or random name is left, and counting starts at 1 in every notebook."""
    texts = []
    for _ in range(2):
        kernel.ask("fresh")
        executed = execute(notebooks / "shows_parameters.ipynb", {"engagement": "acme"}, kernel, ignore)
        texts.append(nbformat.writes(executed))

    assert texts[0] == texts[1]
    assert [1, 2, 3] == [cell.execution_count for cell in executed.cells]
    assert "papermill" not in texts[0]


def test_every_cell_is_announced(kernel: Kernel, notebooks: Path) -> None:
    """Progress is told the number of each cell and how many there are."""
    heard: list[tuple[int, int]] = []
    execute(notebooks / "shows_parameters.ipynb", {}, kernel, lambda cell, count: heard.append((cell, count)))

    assert [(1, 2), (2, 2)] == heard


def test_phase_data_is_what_the_notebook_shows(kernel: Kernel, notebooks: Path) -> None:
    """The phase's data is found by its type; a notebook that shows none has none."""
    shown = execute(notebooks / "shows_phase_data.ipynb", {"engagement": "acme"}, kernel, ignore)
    none = execute(notebooks / "no_parameters.ipynb", {}, kernel, ignore)

    assert "diagnose" == phase_data(shown)["phase"]  # type: ignore[index]
    assert phase_data(none) is None
    assert json.dumps(phase_data(shown), allow_nan=False)


def test_kernel_that_ends_in_a_cell_is_noticed(notebooks: Path) -> None:
    """A kernel killed from outside, by lack of memory say, ends the run with an error."""
    with Kernel() as kernel, pytest.raises(KernelDiedError, match="ended by itself"):
        execute(notebooks / "ends_its_kernel.ipynb", {}, kernel, ignore)
