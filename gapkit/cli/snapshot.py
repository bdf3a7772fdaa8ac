"""What `gapkit snapshot` says: where an export was filed, and what changed since the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.intake.history.compare import WATCHED
from gapkit.labels import label_count, label_date, label_number
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.engagement.snapshot import Filed
    from gapkit.intake.history.compare import Changes

SHOWN: Final = 8


def describe_filed(filed: Filed, as_of: dt.date) -> Iterator[str]:
    """Yield the lines that tell of one export filed."""
    yield f"Filed {', '.join(filed.files)} (the day is {filed.dated_by})"
    if not filed.source:
        how = "put one export into data/, then gapkit check NAME --write-mapping."
        yield f"  No source in engagement.yml reads it yet: {how}"
    if filed.on > as_of:
        yield f"  It counts once as_of in engagement.yml, now {as_of.isoformat()}, is {filed.on.isoformat()} or later."
    if filed.before is None:
        yield "  The first export of this source: from the next one on, changes are history."
    elif filed.changes is None:
        yield f"  It cannot be compared with that of {label_date(filed.before)}: gapkit check NAME says what is missing."
    else:
        yield f"  Since {label_date(filed.before)}:"
        yield from (f"    {line}" for line in _describe_changes(filed.changes))


def _describe_changes(changes: Changes) -> Iterator[str]:
    if not (changes.added or changes.gone or len(changes.changed)):
        yield f"nothing changed in {label_count(changes.same, 'program')}"
        return
    for ids, what in ((changes.added, "new"), (changes.gone, "no longer listed, kept as last seen")):
        if ids:
            yield f"{label_count(len(ids), 'program')} {what}: {_listed(ids)}"
    for column, rows in changes.changed.groupby("column", sort=False):
        yield from _describe_column(str(column), rows, changes.moved_days)
    yield f"{label_count(changes.same, 'program')} unchanged"


def _describe_column(column: str, rows: pd.DataFrame, moved_days: pd.Series) -> Iterator[str]:
    extra = _how_far(moved_days) if column == "current_end" and len(moved_days) else ""
    yield f"{WATCHED[column]} changed in {label_count(len(rows), 'program')}{extra}"
    for row in rows.head(SHOWN).to_dict("records"):
        old, new = ("blank" if pd.isna(row[side]) else _shown(column, row[side]) for side in ("old", "new"))
        name = "" if pd.isna(row["name"]) else f" {row['name']}"
        yield f"  {row['program_id']}{name}: {old} → {new}"
    if len(rows) > SHOWN:
        yield f"  and {len(rows) - SHOWN} more"


def _shown(column: str, value: str) -> str:
    """Return a value as people read it: our words in plain language, the client's own as they are."""
    return name_of(value) if column == "status" else value


def _how_far(moved_days: pd.Series) -> str:
    later, earlier = moved_days[moved_days > 0], moved_days[moved_days < 0]
    parts = []
    if len(later):
        median = label_count(round(float(later.median())), "day")
        parts.append(f"{label_number(len(later))} later (median {median})")
    if len(earlier):
        parts.append(f"{label_number(len(earlier))} earlier")
    return f", {' and '.join(parts)}"


def _listed(ids: tuple[str, ...]) -> str:
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return ", ".join(ids[:SHOWN]) + more
