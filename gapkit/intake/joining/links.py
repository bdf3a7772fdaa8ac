"""Ids of programs over several sources: a prefix that keeps equal ids apart, and links that make different ids one.

Both reach every column that holds ids of programs, so that a table and what refers to it never come apart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from gapkit.intake.reading.cells import Mask, is_among, on_distinct
from gapkit.labels import label_list
from gapkit.schema import TABLES

PROGRAM_ID: Final = "programs.program_id"
# Ids of programs, roles or functions: `level` says which, and blank means programs.
DEPENDENCIES: Final = ("from_id", "to_id")
LISTED: Final = 8


def with_prefix(frame: pd.DataFrame, table: str, prefix: str) -> pd.DataFrame:
    """Return a table with a prefix before every id of a program, and before the ids of its changes.

    Parameters
    ----------
    frame : pandas.DataFrame
        Typed rows of one source.
    table : str
        Name of the canonical table.
    prefix : str
        What is put before; empty to change nothing.

    Examples
    --------
    >>> reviews = pd.DataFrame({"review_id": ["1"], "program_ids": ["7;8"]}, dtype="str")
    >>> with_prefix(reviews, "reviews", "WEB-").to_dict("records")
    [{'review_id': '1', 'program_ids': 'WEB-7;WEB-8'}]
    """
    if not prefix:
        return frame
    columns = {name: is_list for name, is_list in _id_columns(table).items() if name in frame}
    columns |= {"event_id": False} if table == "status_events" and "event_id" in frame else {}
    changed = {}
    for name, is_list in columns.items():
        ids = frame[name].str.replace(";", f";{prefix}", regex=False) if is_list else frame[name]
        changed[name] = (prefix + ids).where(_is_program(frame, name), frame[name])
    return frame.assign(**changed)


def with_links(
    tables: Mapping[str, pd.DataFrame], links: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, pd.DataFrame], tuple[str, ...]]:
    """Return the tables with every linked id replaced by the one that is kept, and a note on ids no source has.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Canonical tables, typed.
    links : mapping of str to tuple of str
        The id that is kept to the ids of the same program in other sources; one that stands in its own list only confirms
        that several sources mean the same program by it.

    Notes
    -----
    A program whose parent became itself has no parent any more. Rows are neither dropped nor merged.
    """
    kept = {other: program for program, others in links.items() for other in others if other != program}
    changed = {name: _relinked(frame, name, kept) if kept else frame for name, frame in tables.items()}
    if "programs" not in tables or not links:
        return changed, ()
    named = pd.Series([*links, *kept], dtype="str").drop_duplicates()
    lost = named[~is_among(named, tables["programs"]["program_id"])].tolist()
    return changed, (_unknown(lost),) if lost else ()


def _id_columns(table: str) -> dict[str, bool]:
    """Return the columns that hold ids of programs, with whether they hold lists of them."""
    found = {field.name: field.kind == "list" for field in TABLES[table].fields() if field.refers == PROGRAM_ID}
    return (
        found
        | ({"program_id": False} if table == "programs" else {})
        | (dict.fromkeys(DEPENDENCIES, False) if table == "dependencies" else {})
    )


def _is_program(frame: pd.DataFrame, column: str) -> Mask:
    """Return in which rows a column of ids speaks of programs."""
    if column not in DEPENDENCIES or "level" not in frame:
        return pd.Series(True, index=frame.index).to_numpy()
    is_program: Mask = (frame["level"].isna() | frame["level"].eq("program").fillna(False)).to_numpy(dtype=bool)
    return is_program


def _relinked(frame: pd.DataFrame, table: str, kept: Mapping[str, str]) -> pd.DataFrame:
    changed = {
        name: _relinked_lists(frame[name], kept) if is_list else _relinked_ids(frame, name, kept)
        for name, is_list in _id_columns(table).items()
        if name in frame
    }
    relinked = frame.assign(**changed)
    if table != "programs" or "parent_id" not in frame:
        return relinked
    was_itself, is_itself = (_is_own_parent(rows) for rows in (frame, relinked))
    return relinked.assign(parent_id=relinked["parent_id"].mask(is_itself & ~was_itself))


def _relinked_ids(frame: pd.DataFrame, column: str, kept: Mapping[str, str]) -> pd.Series:
    ids = frame[column]
    hit = is_among(ids, pd.Series(list(kept), dtype="str")) & _is_program(frame, column)
    return ids.mask(hit, ids.where(hit).map(kept).astype("str")) if hit.any() else ids


def _relinked_lists(lists: pd.Series, kept: Mapping[str, str]) -> pd.Series:
    def relink(text: str) -> str:
        return ";".join(dict.fromkeys(kept.get(program, program) for program in text.split(";")))

    return on_distinct(lists, lambda distinct: [relink(text) for text in distinct], "str")


def _is_own_parent(programs: pd.DataFrame) -> Mask:
    own: Mask = (programs["parent_id"] == programs["program_id"]).fillna(False).to_numpy(dtype=bool)
    return own


def _unknown(ids: Collection[str]) -> str:
    shown = [f'"{program}"' for program in list(ids)[:LISTED]]
    more = [f"{len(ids) - LISTED} more"] if len(ids) > LISTED else []
    return f"No program has these ids, which links: in engagement.yml names: {label_list([*shown, *more])}."
