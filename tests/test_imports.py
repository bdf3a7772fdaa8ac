"""Imports point one way, and asking for gapkit asks for little."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import gapkit

PACKAGE = Path(gapkit.__file__).parent

# A room imports from its own storey and from those above it in this list, never from below.
STOREYS = (
    {"errors", "vocabulary", "instrument", "interview", "results", "labels"},
    {"stats"},
    {"schema", "config", "calendar"},
    {"intake"},
    {"engagement", "sample"},
    {"plain"},
    {"baseline"},
    {"cost"},
    {"survey"},
    {"scaffold"},
    {"diagnosis"},
    {"redesign"},
    {"measurement"},
    {"plots"},
    {"report"},
    {"runner"},
    {"cli"},
    {"__main__"},
)
STOREY = {room: number for number, rooms in enumerate(STOREYS) for room in rooms}
LATER = {
    *("IPython", "ipykernel", "jupyter_client", "jupyter_core", "nbconvert", "nbformat", "papermill"),
    *("matplotlib", "seaborn", "typst"),
}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms_imported(path: Path) -> set[str]:
    """Rooms named in any import of a module, also inside functions and under TYPE_CHECKING."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert 0 == node.level, f"{path}: a relative import hides its room"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("gapkit.")}


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
IMPORTS = {path: rooms_imported(path) - {room_of(path)} for path in MODULES}


def test_every_room_has_its_storey() -> None:
    """A new room must be given a place in the house."""
    assert {room_of(path) for path in MODULES} <= set(STOREY)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_imports_only_upwards(path: Path) -> None:
    """No module knows of a room below its own."""
    below = {room for room in IMPORTS[path] if STOREY[room] > STOREY[room_of(path)]}

    assert set() == below


def test_rooms_do_not_import_in_circles() -> None:
    """Rooms of one storey may use each other, one way."""
    graph: dict[str, set[str]] = {}
    for path, imported in IMPORTS.items():
        graph.setdefault(room_of(path), set()).update(imported)

    assert set(graph) <= set(TopologicalSorter(graph).static_order())


def loaded_by(statement: str) -> set[str]:
    """Top-level modules that a fresh interpreter holds after a statement."""
    code = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("statement", ["import gapkit", "import gapkit.cli", "import gapkit; gapkit.load"])
def test_heavy_libraries_wait_until_asked(statement: str) -> None:
    """The front door, the command and loading data need neither Jupyter nor a typesetter nor plotting."""
    assert set() == loaded_by(statement) & LATER


def test_function_is_not_hidden_by_its_room() -> None:
    """Importing the room redesign leaves gapkit.redesign the function it is, whichever comes first."""
    code = "import gapkit.redesign.redesign, gapkit; gapkit.redesign.__call__"

    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode


def test_front_door_is_complete() -> None:
    """Every name that gapkit lists can be fetched; any other is refused."""
    missing = [name for name in gapkit.__all__ if getattr(gapkit, name, None) is None]

    assert [] == missing
    with pytest.raises(AttributeError, match="no attribute 'diagnosed'"):
        gapkit.diagnosed  # noqa: B018
