from __future__ import annotations

import os
from pathlib import Path

import pytest

import gapkit as gk
from gapkit.engagement import reading

PROGRAMS = "program_id,type,team,status\nP1,web,Web,in_progress\nP2,web,Web,delivered\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "engagement.yml").write_text("client: A\nas_of: 2026-06-30\ntz: UTC\ncurrency: USD\n", encoding="utf-8")
    (tmp_path / "data" / "programs.csv").write_text(PROGRAMS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were really read."""
    seen: list[Path] = []
    real = reading.read_tables
    monkeypatch.setattr(reading, "read_tables", lambda folder, config: (seen.append(folder), real(folder, config))[1])
    return seen


def test_three_phases_read_the_files_once(folder: Path, reads: list[Path]) -> None:
    """The same untouched folder is read a single time, and each load gives the same tables."""
    first, second = gk.load(folder), gk.load(folder)

    assert 1 == len(reads)
    assert first.programs.equals(second.programs)


def test_a_changed_file_is_read_again(folder: Path, reads: list[Path]) -> None:
    """Even a change that keeps the size of the file is seen."""
    gk.load(folder)
    path = folder / "data" / "programs.csv"
    path.write_text(PROGRAMS.replace("P2", "P9"), encoding="utf-8")
    os.utime(path, ns=(1, 1))

    assert ["P1", "P9"] == gk.load(folder).programs["program_id"].tolist()
    assert 2 == len(reads)


def test_what_an_analyst_writes_into_a_table_stays_with_the_analyst(folder: Path) -> None:
    """A later load gives the data as it is in the files."""
    mine = gk.load(folder).programs
    mine["team"] = "Changed"
    mine.loc[0, "status"] = "cancelled"

    fresh = gk.load(folder).programs
    assert ["Web", "Web"] == fresh["team"].tolist()
    assert ["in_progress", "delivered"] == fresh["status"].tolist()
