"""Two exports of one source compared: what came, what went, what moved."""

from __future__ import annotations

from typing import Final, NamedTuple

import pandas as pd

from gapkit.intake.reading.cells import as_text

# Column of programs to what a change of it is called.
WATCHED: Final = {
    "status": "status",
    "current_end": "planned end",
    "current_start": "planned start",
    "owners_now": "owner",
    "name": "name",
}


class Changes(NamedTuple):
    """What differs between two exports.

    Attributes
    ----------
    added, gone : tuple of str
        Programs only the later, or only the earlier export lists, by id.
    changed : DataFrame
        Columns program_id, name, column (of programs), old, new: one row per changed cell, blanks as missing.
    same : int
        Programs in both exports without a change in what is watched.
    moved_days : Series
        By program_id, how many days a planned end moved (positive = later), where it moved from one day to another.
    """

    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: pd.DataFrame
    same: int
    moved_days: pd.Series


def compare_exports(before: pd.DataFrame, after: pd.DataFrame) -> Changes:
    """Compare the programs of two exports.

    Parameters
    ----------
    before, after : DataFrame
        Typed rows of programs, one per program_id.
    """
    old, new = (frame.dropna(subset=["program_id"]).set_index("program_id") for frame in (before, after))
    both = new.index.intersection(old.index)
    names = as_text(new["name"]).reindex(both) if "name" in new else pd.Series(None, index=both, dtype="str")
    pieces = []
    for column in WATCHED:
        if column not in old or column not in new:
            continue
        was, now = as_text(old[column]).reindex(both), as_text(new[column]).reindex(both)
        differs = (was != now) & ~(was.isna() & now.isna())
        pieces.append(
            pd.DataFrame({"name": names, "column": column, "old": was, "new": now})
            .loc[differs]
            .rename_axis("program_id")
            .reset_index()
        )
    changed = (
        pd.concat(pieces, ignore_index=True)
        if pieces
        else pd.DataFrame(columns=["program_id", "name", "column", "old", "new"])
    )
    moved = pd.Series(dtype="float64")
    if "current_end" in old and "current_end" in new:
        days = (new["current_end"].reindex(both) - old["current_end"].reindex(both)).dt.days
        moved = days[days.notna() & (days != 0)]
    return Changes(
        tuple(sorted(new.index.difference(old.index))), tuple(sorted(old.index.difference(new.index))), changed,
        len(both) - changed["program_id"].nunique(), moved,
    )  # fmt: skip
