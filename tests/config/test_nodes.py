from __future__ import annotations

from pathlib import Path

import pytest

from gapkit.config import files_named


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An engagement folder with exports, a lock file and a hidden file."""
    for name in ("b.json", "a.json", "a [1].json", "~$a.json", ".a.json", "old/c.json"):
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / name).write_text("{}")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("data/a.json", ["a.json"]),
        ("data/none.json", ["none.json"]),
        ("data/a [1].json", ["a [1].json"]),
        ("data", ["a [1].json", "a.json", "b.json"]),
        ("data/", ["a [1].json", "a.json", "b.json"]),
        ("data/*.json", ["a [1].json", "a.json", "b.json"]),
        ("data/a [1]*", ["a [1].json"]),
        ("data/?.json", ["a.json", "b.json"]),
        ("data/**/*.json", ["a [1].json", "a.json", "b.json", "c.json"]),
        ("data/*.csv", []),
    ],
)
def test_a_file_a_folder_and_a_pattern_name_their_files(folder: Path, file: str, names: list[str]) -> None:
    """In order of name, lock files and hidden ones left out; brackets are part of a name; a file need not exist."""
    assert names == [path.name for path in files_named(folder, file)]
