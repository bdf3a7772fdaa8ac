"""The record of published editions of the measurement: `editions.json` in the engagement folder.

Every published measurement is an edition, wherever it is written to and whatever day it is read at: monthly editions are
run with --as-of, and whether one was handed out nobody here can know. The latest edition is replaced when it is run again;
one before the latest stands as it was published, since what moved after it was told against it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gapkit.errors import InputError, Problem
from gapkit.labels import label_date
from gapkit.runner.export import to_json

FILE: Final = "editions.json"


@dataclass(frozen=True, slots=True)
class Editions:
    """The edition published by one run.

    Attributes
    ----------
    folder : Path
        The engagement folder.
    entries : mapping of str to mapping
        By day, the editions there are after the run, as plain data; empty where the run measures nothing.
    note : str
        What is said of the edition published; empty when the record stays as it was.
    """

    folder: Path
    entries: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""

    def published(self, entry: Mapping[str, Any]) -> Editions:
        """Return the editions with that of a measurement.

        Parameters
        ----------
        entry : mapping
            Its entry, as ``measure.json`` holds it under ``edition``.

        Raises
        ------
        InputError
            When the record there is cannot be read.
        """
        before = _read(self.folder / FILE)
        day = str(entry["as_of"])
        if before and day < max(before):
            return Editions(self.folder, before, _standing(day, is_published=day in before))
        note = "" if before.get(day) == entry else _describe(day, self.folder / FILE, is_replaced=day in before)
        return Editions(self.folder, {**before, day: dict(entry)}, note)

    def stage(self, stage: Path) -> dict[str, Path]:
        """Write the record into the staging folder where it differs from the one there is; return its place, if so."""
        content = to_json({"editions": dict(sorted(self.entries.items()))}).encode()
        place = self.folder / FILE
        if not self.entries or (place.is_file() and place.read_bytes() == content):
            return {}
        (stage / FILE).write_bytes(content)
        return {FILE: place}

    def path(self, stage: Path) -> Path | None:
        """Return where the record stands that holds after the run: staged, else as it was; None without one."""
        return next((path for path in (stage / FILE, self.folder / FILE) if path.is_file()), None)


def _read(path: Path) -> dict[str, Any]:
    """Return the editions published before, by day."""
    if not path.is_file():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))["editions"])
    except (ValueError, KeyError, TypeError) as error:
        remedy = "Restore it from your backup."
        raise InputError([Problem("not a record of editions gapkit can read", FILE, remedy=remedy)]) from error


def _describe(day: str, place: Path, *, is_replaced: bool) -> str:
    said = label_date(dt.date.fromisoformat(day))
    what = f"the edition of {said} takes the place of the one published for that day" if is_replaced else (
        f"the edition of {said} is recorded: the next one says what moved since"
    )  # fmt: skip
    return f"{what}. If nobody gets to see it, delete its entry in {place}."


def _standing(day: str, *, is_published: bool) -> str:
    said = label_date(dt.date.fromisoformat(day))
    if is_published:
        return f"this is a re-reading of {said}: its edition stands as it was published, as a later one refers to it."
    return f"this reading of {said} is not recorded as an edition, as a later one has been published."
