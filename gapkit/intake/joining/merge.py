"""Copies of one program made one: the same task in several lists of a tracker, in several exports, in several trackers.

The copy changed last is kept, and what it leaves blank is taken from the others. Where two trackers use one id for two
different things nothing is merged: that is said, and a prefix keeps them apart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

import pandas as pd

from gapkit.errors import Problem
from gapkit.intake.history.settle import ASSUMED, ENDED, OPEN
from gapkit.intake.mapping import ORIGIN
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.header import name_key
from gapkit.labels import label_count, label_list

# Columns in which copies naturally differ, or whose difference says nothing.
UNCOMPARED: Final = (*ORIGIN, "updated_at", "first_seen_on", "program_id", ASSUMED)


class Merged(NamedTuple):
    """One row per program, and what was merged, one sentence each."""

    rows: pd.DataFrame
    notes: tuple[str, ...]


def merge_copies(rows: pd.DataFrame, key: Sequence[str] = ("program_id",)) -> Merged:
    """Return one row per key: the copy changed last, its blanks filled from the others.

    Parameters
    ----------
    rows : DataFrame
        Typed rows of programs; `updated_at` may be absent. Rows without an id are left as they are.
    key : sequence of str
        Columns that make two rows copies of each other.

    Notes
    -----
    Of copies changed at the same moment, or at unknown ones, the first by name of file and by content counts, so that the
    order of sources and of rows changes nothing.
    """
    keys = list(key)
    copied = rows.duplicated(keys, keep=False) & rows["program_id"].notna()
    if not copied.any():
        return Merged(rows, ())
    copies = _newest_first(rows.loc[copied], keys)
    grouped = copies.groupby(keys, sort=True, dropna=False)  # the present export has no day
    stated = grouped.first().reset_index(drop=True)
    kept = copies.loc[~copies.duplicated(keys)].reset_index(drop=True)
    # Where a row came from is that of the copy that counts, even where that is blank.
    filled = {name: kept[name].fillna(stated[name]) for name in stated.columns if name not in ORIGIN}
    if "first_seen_on" in rows:  # the earliest of all copies, not that of the newest
        filled["first_seen_on"] = grouped["first_seen_on"].min().reset_index(drop=True)
    together = pd.concat([rows.loc[~copied], kept.assign(**filled)], ignore_index=True)
    return Merged(together, (_told(copies, keys),))


def _newest_first(copies: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return copies in order of their key, the one that counts first; work called open stands where another copy says."""
    unknown = pd.Series(pd.NaT, index=copies.index)
    content = {f"_{name}_": as_text(copies[name]) for name in copies.columns if name not in (*ORIGIN, *keys)}
    by = ["_at", "_source", *content, "_row"]
    sorting = pd.DataFrame({**{name: copies[name] for name in (*keys, "_source", "_row")}, **content}, index=copies.index)
    sorting = sorting.assign(_at=copies.get("updated_at", unknown), _source=as_text(copies["_source"]))
    order = sorting.sort_values([*keys, *by], ascending=[*[True] * len(keys), False, *[True] * (len(by) - 1)]).index
    ordered = copies.loc[order]
    if "status" not in ordered or not ordered["status"].eq(OPEN).any():
        return ordered
    status, is_open = ordered["status"], ordered["status"].eq(OPEN)
    other = status.mask(is_open).groupby([ordered[key] for key in keys], dropna=False).transform("first")
    return ordered.assign(status=status.mask(is_open & other.notna() & ~other.isin(ENDED), other))


def _told(copies: pd.DataFrame, keys: list[str]) -> str:
    """Say how many programs stand several times, and in what their copies differ."""
    grouped = copies.groupby(keys, dropna=False)
    compared = [name for name in copies.columns if name not in (*UNCOMPARED, *keys, "_on")]
    differing = {name: int(grouped[name].nunique().gt(1).sum()) for name in compared}
    words = [f"{name} {count}" for name, count in sorted(differing.items()) if count]
    differ = f"; copies differ in {', '.join(words)}: the one changed last counts" if words else ""
    n_programs = copies["program_id"].nunique()
    stand = "stands" if n_programs == 1 else "stand"
    return f"{label_count(n_programs, 'program')} {stand} in {len(copies)} rows{differ}."


def clashing_ids(rows: pd.DataFrame, kinds: pd.Series, confirmed: Collection[str]) -> list[Problem]:
    """Return a problem for every id that two kinds of source use for programs of different names.

    Parameters
    ----------
    rows : DataFrame
        Programs of all sources.
    kinds : Series of str
        The format of each row's source.
    confirmed : collection of str
        Ids that `links:` of engagement.yml confirms.
    """
    if "name" not in rows:
        return []
    shared = rows["program_id"].duplicated(keep=False) & ~rows["program_id"].isin(list(confirmed)) & rows["name"].notna()
    frame = rows.loc[shared & rows["program_id"].notna(), ["program_id", "name", *ORIGIN]]
    frame = frame.assign(_kind=kinds, _key=as_text(frame["name"]).map(name_key, "ignore"))
    grouped = frame.groupby("program_id")
    clashing = frame.loc[(grouped["_kind"].transform("nunique") > 1) & (grouped["_key"].transform("nunique") > 1)]
    return [_clash(str(program), group) for program, group in clashing.groupby("program_id", sort=True)]


def _clash(program: str, group: pd.DataFrame) -> Problem:
    group = group.sort_values(["_source", "_row"]).drop_duplicates("_key")
    where = label_list([f"{row['_source']} row {row['_row']} ({row['name']})" for row in group.to_dict("records")])
    first = group.iloc[0]
    return Problem(
        f"two sources use this id for programs of different names: {where}",
        str(first["_source"]), str(first["_sheet"]), int(first["_row"]), "program_id", program,
        "one program per id",
        f'If they differ, add prefix: to one of the sources; if they are one program, confirm it under links: '
        f'"{program}": ["{program}"].',
        "programs",
    )  # fmt: skip
