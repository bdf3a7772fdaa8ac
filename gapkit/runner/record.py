"""The record of the diagnosis for the workbook: that of this run, or the one published before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from gapkit.runner.export import to_json

DIAGNOSIS: Final = "diagnose.json"
STAGED: Final = "findings.json"


def published_diagnosis(reports: Path) -> dict[str, Any]:
    """Return the record of the diagnosis published before, so that a later phase keeps its findings in the workbook.

    Parameters
    ----------
    reports : Path
        ``reports/NAME``.

    Returns
    -------
    dict
        Empty where there is none that can be read, or one of another version of gapkit, which may be built otherwise.
    """
    try:
        record = json.loads((reports / DIAGNOSIS).read_text(encoding="utf-8"))
        return dict(record) if record["gapkit"] == version("gapkit") else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def stage_record(record: Mapping[str, Any], stage: Path) -> str:
    """Write a record where the kernel can read it, beside what will be published, and return the path."""
    path = stage / STAGED
    path.write_text(to_json(record), encoding="utf-8")
    return str(path)
