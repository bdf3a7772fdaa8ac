"""The records of the three phases for the workbook: those of this run, or the ones published before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from gapkit.runner.export import to_json

STAGED: Final = {"diagnose": "findings.json", "redesign": "proposals.json", "measure": "effects.json"}


def published_record(reports: Path, phase: str) -> dict[str, Any]:
    """Return the record of a phase published before, so that a run of another phase keeps it in the workbook.

    Parameters
    ----------
    reports : Path
        ``reports/NAME``.
    phase : {"diagnose", "redesign", "measure"}
        Whose record.

    Returns
    -------
    dict
        Empty where there is none that can be read, or one of another version of gapkit, which may be built otherwise.
    """
    try:
        record = json.loads((reports / f"{phase}.json").read_text(encoding="utf-8"))
        return dict(record) if record["gapkit"] == version("gapkit") else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def stage_record(record: Mapping[str, Any], stage: Path, phase: str) -> str:
    """Write the record of a phase where the kernel can read it, beside what will be published, and return the path."""
    path = stage / STAGED[phase]
    path.write_text(to_json(record), encoding="utf-8")
    return str(path)
