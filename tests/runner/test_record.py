from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from gapkit.runner.record import DIAGNOSIS, published_diagnosis, stage_record


def test_the_record_published_before_is_found(tmp_path: Path) -> None:
    """What was staged reads back as it was."""
    record = {"gapkit": version("gapkit"), "as_of": "2026-03-31", "observations": [{"id": "Ürsprung"}]}
    Path(stage_record(record, tmp_path)).rename(tmp_path / DIAGNOSIS)

    assert record == published_diagnosis(tmp_path)


@pytest.mark.parametrize("text", [None, "{", "[]", "3", "{}", json.dumps({"gapkit": "0.0.1"})])
def test_what_cannot_be_read_or_was_built_otherwise_is_no_record(tmp_path: Path, text: str | None) -> None:
    """No file, a broken one, another kind of file, another version: the workbook is made without findings."""
    if text is not None:
        (tmp_path / DIAGNOSIS).write_text(text)

    assert {} == published_diagnosis(tmp_path)
