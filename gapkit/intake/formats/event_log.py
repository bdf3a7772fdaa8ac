"""Event logs as CSV or as a sheet: one row per event, with case, activity and moment.

Process mining tools write the names of the XES standard (``case:concept:name``); databases and other tools write plain
words (``Case ID``). A row may hold one moment, or the start and the end of an activity.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse
from gapkit.intake.formats.columns import fields_of
from gapkit.intake.formats.mapped import read_mapped
from gapkit.intake.formats.trace import read_log
from gapkit.intake.formats.trace_events import NAMES, NEEDED

if TYPE_CHECKING:
    from gapkit.config import Source


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give an event log away: those of case, activity and moment, all in one row."""
    rows = [row for rows in glimpse.rows.values() for row in rows]
    found = [fields_of(row, NAMES) for row in rows]
    whole = [fields for fields in found if set(NEEDED) <= set(fields)]
    return tuple(dict.fromkeys(max(whole, key=len).values())) if whole else ()


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read event logs of one row per event; cases may run on from file to file."""
    return read_log([read_mapped(export, NAMES, source) for export in exports], source)


EVENT_LOG: Final = Format("event-log-csv", "event log CSV", "event-log", recognise, read, history=True, is_verified=True)
