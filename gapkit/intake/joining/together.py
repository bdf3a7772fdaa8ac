"""The tables of several sources brought together: one row per program, every change once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from gapkit.intake.history.settle import ASSUMED, settle_dates, settle_gaps
from gapkit.intake.history.snapshots import SEEN_LATER
from gapkit.intake.joining.merge import clashing_ids, merge_copies
from gapkit.intake.mapping import ORIGIN
from gapkit.intake.reading.cells import is_among
from gapkit.intake.reading.records import SourceRead

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig
    from gapkit.errors import Problem


class Programs(NamedTuple):
    """Programs of all sources, what was merged in them, and ids that cannot be merged."""

    rows: pd.DataFrame
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def one_row_each(programs: pd.DataFrame, sources: Sequence[SourceRead], config: EngagementConfig) -> Programs:
    """Merge the copies of a program that several sources have, and fill what no copy of a tracker's program says.

    Parameters
    ----------
    programs : DataFrame
        Programs of all sources, links applied.
    sources : sequence of SourceRead
        The accounts of those sources.
    config : EngagementConfig
        Its links confirm that several sources mean one program.

    Notes
    -----
    Two rows of one sheet stay two, for the check to name the slip, unless `links:` confirms that they are one program.
    """
    source = programs["_source"].astype("str")
    formats = {file: read.format for read in sources for file in (*read.files, read.file)}
    clashes = tuple(clashing_ids(programs, source.map(formats).fillna(source), config.links))
    slips = programs.duplicated(["program_id", *ORIGIN[:2]], keep=False) & ~programs["program_id"].isin(list(config.links))
    copied = programs.duplicated("program_id", keep=False) & programs["program_id"].notna() & ~slips
    merged = merge_copies(programs.loc[copied])
    together = pd.concat([programs.loc[~copied], merged.rows], ignore_index=True) if copied.any() else programs
    if ASSUMED in together:
        trackers = {file for read in sources if read.title for file in (*read.files, read.file)}
        together = settle_gaps(together, together["_source"].astype("str").isin(trackers).to_numpy())
    if not copied.any():
        return Programs(together, (), clashes)
    # Dates of two copies may contradict each other, and what one calls ended the other may call open.
    is_copy = is_among(together["program_id"], programs.loc[copied, "program_id"])
    dated = settle_dates(together.loc[is_copy], config.tz)
    rows = pd.concat([together.loc[~is_copy], dated.programs], ignore_index=True)
    if ASSUMED in rows:
        rows = rows.assign(**{ASSUMED: rows[ASSUMED].eq(True).fillna(False).astype(bool)})
    return Programs(rows, (*merged.notes, *dated.notes), clashes)


def each_change_once(events: pd.DataFrame) -> pd.DataFrame:
    """Return status_events without doubles.

    Parameters
    ----------
    events : DataFrame
        Typed status_events of all sources, links applied.

    Returns
    -------
    DataFrame
        A change that several files hold once, as the first of them by name has it; changes of two trackers under one id
        told apart by their program; and nothing dated exports tell of a field that a change log tells of, too.
    """
    events = _once(events)
    is_seen = events["event_id"].str.startswith(SEEN_LATER).fillna(False).to_numpy(dtype=bool)
    if not is_seen.any() or is_seen.all():
        return events
    pairs = pd.MultiIndex.from_frame(events[["program_id", "field"]])
    return events.loc[~(is_seen & pairs.isin(pairs[~is_seen]))].reset_index(drop=True)


def _once(events: pd.DataFrame) -> pd.DataFrame:
    shared = events.loc[events.duplicated("event_id", keep=False) & events["event_id"].notna()]
    if shared["_source"].nunique() < 2:
        return events
    source = shared["_source"].astype("str")
    first = source.groupby([shared["event_id"], shared["program_id"], shared["field"]], dropna=False).transform("min")
    kept = events.drop(index=shared.index[source.ne(first)])
    others = shared.loc[source.eq(first)]
    of_two = others["program_id"].groupby(others["event_id"]).transform("nunique").gt(1)
    apart = (others["event_id"] + " " + others["program_id"])[of_two]
    return kept.assign(event_id=apart.reindex(kept.index).fillna(kept["event_id"])).reset_index(drop=True)
