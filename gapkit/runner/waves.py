"""The record of which survey answers were counted in a report that was published: `survey.json` in the engagement folder.

Every report closes the waves it shows, wherever it is written to and whatever day it is read at: whether it is handed out
later nobody here can know, and two reports of one wave with different answers would give the answers between them away. A
rehearsal is undone by deleting the file, which the run says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from gapkit.labels import label_count
from gapkit.runner.export import to_json

FILE: Final = "survey.json"


@dataclass(frozen=True, slots=True)
class Waves:
    """The waves shown by the reports of one run.

    Attributes
    ----------
    folder : Path
        The engagement folder.
    closed : mapping of str to mapping
        By wave, which answers were counted, as plain data; waves closed before among them.
    notes : tuple of (str, str)
        Phase, and the wave its report closes, in words.
    """

    folder: Path
    closed: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()

    def shown_in(self, phase: str, record: Mapping[str, Any]) -> Waves:
        """Return the waves with those of one more report.

        Parameters
        ----------
        phase : str
            Whose report it is.
        record : mapping
            What `Survey.closing_record` says of it; waves closed before stand in it as they were.
        """
        before = _read(self.folder / FILE)
        more = {wave: one for wave, one in record["waves"].items() if wave not in self.closed}
        told = tuple((phase, _describe(wave, one, self.folder)) for wave, one in more.items() if wave not in before)
        return replace(self, closed={**self.closed, **more}, notes=(*self.notes, *told))

    def stage(self, stage: Path) -> dict[str, Path]:
        """Write the record into the staging folder where it differs from the one there is; return its place, if so."""
        content = to_json({"waves": dict(sorted(self.closed.items()))}).encode()
        place = self.folder / FILE
        if not self.closed or (place.is_file() and place.read_bytes() == content):
            return {}
        (stage / FILE).write_bytes(content)
        return {FILE: place}

    def path(self, stage: Path) -> Path | None:
        """Return where the record stands that holds after the run: staged, else as it was; None without one."""
        return next((path for path in (stage / FILE, self.folder / FILE) if path.is_file()), None)


def _read(path: Path) -> Mapping[str, Any]:
    """Return the waves closed before; the notebooks have refused a record that cannot be read."""
    if not path.is_file():
        return {}
    waves: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["waves"]
    return waves


def _describe(wave: str, one: Mapping[str, Any], folder: Path) -> str:
    many = label_count(len(one["counted"]), "respondent")
    return (
        f"wave {wave} of the survey is closed with this report: {many} counted, later answers will not be. If nobody gets "
        f"to see the report, delete {folder / FILE} before more answers come in."
    )
