from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from gapkit.runner.record import published_record, stage_record


@pytest.mark.parametrize("phase", ["diagnose", "redesign"])
def test_the_record_published_before_is_found(tmp_path: Path, phase: str) -> None:
    """What was staged reads back as it was."""
    record = {"gapkit": version("gapkit"), "as_of": "2026-03-31", "observations": [{"id": "Ürsprung"}]}
    Path(stage_record(record, tmp_path, phase)).rename(tmp_path / f"{phase}.json")

    assert record == published_record(tmp_path, phase)


@pytest.mark.parametrize("text", [None, "{", "[]", "3", "{}", json.dumps({"gapkit": "0.0.1"})])
def test_what_cannot_be_read_or_was_built_otherwise_is_no_record(tmp_path: Path, text: str | None) -> None:
    """No file, a broken one, another kind of file, another version: the workbook is made without findings."""
    if text is not None:
        (tmp_path / "diagnose.json").write_text(text)

    assert {} == published_record(tmp_path, "diagnose")
