from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake.finding.export import Export
from gapkit.intake.formats.mapped import mapped_fields, read_mapped

NAMES = {"name": ("Title",), "current_end": ("Due", "Due date")}
TEXT = "Plan of June\nTitle,Due,Termin,Label,Label\nSpring,2026-03-01,2026-03-08,a,b\n"


def test_the_header_is_found_by_mapped_names(write: Callable[..., Path]) -> None:
    """A file in a language nobody foresaw is read once its columns are named."""
    folder = write({"data/a.csv": "Bericht\nTitel;Termin\nSpring;2026-03-08\n"})
    export = Export(folder / "data/a.csv", "data/a.csv")

    with pytest.raises(InputError, match="no header"):
        read_mapped(export, NAMES, Source())

    assert ("Titel", "Termin") == read_mapped(export, NAMES, Source(fields={"name": "Titel"})).columns


def test_the_mapping_goes_before_the_names_known(write: Callable[..., Path]) -> None:
    """A column it names and the file lacks is left to the common check; repeated columns are one."""
    folder = write({"data/a.csv": TEXT})
    source = Source(fields={"current_end": "Termin", "team": "Squad"})
    sheet = read_mapped(Export(folder / "data/a.csv", "data/a.csv"), NAMES, source)

    assert ("Title", "Due", "Termin", "Label") == sheet.columns
    assert {"name": "Title", "current_end": "Termin"} == mapped_fields(sheet, NAMES, source)
