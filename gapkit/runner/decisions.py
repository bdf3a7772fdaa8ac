"""The file of decisions: written into the engagement folder once, with the first published redesign, and never again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

FILE: Final = "decisions.yml"
WRITTEN: Final = (
    "the proposals are written to {place}: edit them there, or in the workbook; gapkit will not overwrite the file."
)
REHEARSED: Final = (
    "decisions.yml is not written, as the data was read at another day with --as-of; a run without it writes the proposals."
)


def is_due(record: Mapping[str, Any], folder: Path) -> bool:
    """Return whether the redesign has proposals and the engagement no file of decisions yet.

    Parameters
    ----------
    record : mapping
        Content of `redesign.json` of this run; empty without one.
    folder : Path
        The engagement folder.
    """
    return any(record.get("decisions", {}).get("entries", {}).values()) and not (folder / FILE).exists()


def describe(folder: Path, as_of: str | None) -> str:
    """Return what is said when the file is due: where it is written, or why a reading of another day does not write it."""
    return WRITTEN.format(place=folder / FILE) if as_of is None else REHEARSED


def staged(stage: Path, folder: Path) -> dict[str, Path]:
    """Return the place of the proposals if they wait in the staging folder, unless somebody wrote such a file meanwhile."""
    return {FILE: folder / FILE} if (stage / FILE).is_file() and not (folder / FILE).exists() else {}
