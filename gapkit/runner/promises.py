"""The promises of a redesign: put on record in the engagement folder while nothing has been measured against them.

Until then every published redesign says anew what it promises. From the first published measurement on the record stands,
whatever a later redesign would promise: a promise that follows the result is none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from gapkit.report.atomic import write_atomically

FILE: Final = "promises.json"
EDITIONS: Final = "editions.json"
STANDS: Final = (
    "what this redesign promises differs from the promises on record, which stand, as a measurement has been published: "
    "changed after the promise ({place})."
)
TOO_LATE: Final = (
    "its promises are not put on record: a measurement has been published already, and a promise after the result is none."
)


def keep(folder: Path, content: str) -> tuple[str, ...]:
    """Put what a redesign promises on record, unless a measurement has been published.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    content : str
        The record as JSON text.

    Returns
    -------
    tuple of str
        What is to be said: that the record stands though the redesign has changed, or that there will be none.
    """
    path, new = folder / FILE, content.encode()
    is_there = path.is_file()
    if is_there and path.read_bytes() == new:
        return ()
    if is_measured(folder):
        return (STANDS.format(place=path) if is_there else TOO_LATE,)
    write_atomically(path, new)
    return ()


def is_measured(folder: Path) -> bool:
    """Return whether a measurement of the engagement has been published; a record that cannot be read counts as one."""
    try:
        record: Mapping[str, Any] = json.loads((folder / EDITIONS).read_text(encoding="utf-8"))
        return bool(record["editions"])
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError):
        return True
