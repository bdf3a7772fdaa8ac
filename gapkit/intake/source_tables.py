"""The sheets of one source to its tables: cells read, gaps settled, history followed.

A file that is a table already gives that table. A tracker's export gives several, and is read leniently: a word nobody has
mapped is no mistake of the file, so its row stays and the word is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from gapkit.intake.finding.find import Plan
from gapkit.intake.history.follow import follow_stages
from gapkit.intake.history.settle import (
    describe_gaps,
    set_aside_crossed,
    settle_dates,
    settle_ends,
    settle_levels,
    settle_series,
)
from gapkit.intake.history.snapshots import build_history
from gapkit.intake.joining.links import with_prefix
from gapkit.intake.joining.merge import merge_copies
from gapkit.intake.mapping import Mapped, word_mappings
from gapkit.intake.opening import Opened, types_seen
from gapkit.intake.reading.events import tidy_event_values
from gapkit.intake.reading.parse import Reading, Typed, parse_table
from gapkit.intake.reading.records import Sheet, ValueCount
from gapkit.intake.reading.words import count_words, fill_blanks
from gapkit.labels import label_count, label_number

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig, Source
    from gapkit.errors import Problem


class Told(NamedTuple):
    """The cells of one table of a source as read, and how they were read."""

    typed: Typed
    reading: Reading


class SourceTables(NamedTuple):
    """What one source tells.

    Attributes
    ----------
    frames : mapping of str to DataFrame
        Typed rows per canonical table, those that follow from others included.
    notes : mapping of str to tuple of str
        Per table what a reader should know.
    unmapped : mapping of str to mapping
        Per table and column, words that settling and following found without a meaning.
    problems : tuple of Problem
        What must be mended in its history.
    """

    frames: Mapping[str, pd.DataFrame]
    notes: Mapping[str, tuple[str, ...]]
    unmapped: Mapping[str, Mapping[str, tuple[ValueCount, ...]]]
    problems: tuple[Problem, ...]


def read_cells(opened: Opened, plan: Plan, source: Source, config: EngagementConfig) -> dict[str, Told]:
    """Return the typed rows of every table of a source, its prefix before their ids.

    Parameters
    ----------
    opened : Opened
        Its sheets.
    plan : Plan
        What was read.
    source : Source
        Its entry in engagement.yml, with what the files themselves say of their statuses.
    config : EngagementConfig
        The engagement's settings.
    """
    told = {table: _typed(table, parts, plan, source, config) for table, parts in opened.sheets.items()}
    return {
        table: each._replace(typed=each.typed._replace(frame=with_prefix(each.typed.frame, table, source.prefix)))
        for table, each in told.items()
    }


def _typed(table: str, parts: Sequence[tuple[Sheet, Mapped]], plan: Plan, source: Source, config: EngagementConfig) -> Told:
    mapped = [part for _, part in parts]
    raw = pd.concat([part.cells for part in mapped], ignore_index=True) if len(mapped) > 1 else mapped[0].cells
    reading = Reading(
        tz=config.tz,
        currency=config.currency,
        dates=source.dates,
        delimiter=";" if any(sheet.delimiter == ";" for sheet, _ in parts) else "",
        words=word_mappings(table, source),
        mapped=frozenset(source.fields),
        zone=source.tz,
        is_lenient=plan.format is not None,
    )
    return Told(parse_table(raw, table, spelled(mapped), reading), reading)


def spelled(mapped: Sequence[Mapped]) -> dict[str, str]:
    """Return canonical column to its name in the files; where they differ, in the first."""
    return {name: column for part in reversed(mapped) for name, column in part.spelled.items()}


def as_given(
    told: Mapping[str, Told], opened: Opened, plan: Plan, source: Source, config: EngagementConfig
) -> SourceTables:
    """Return the table of a source that is one already, or what its dated exports tell."""
    table, (typed, reading) = next(iter(told.items()))
    frame, notes = typed.frame, {}
    if source.levels and table == "programs":
        leveled = settle_levels(frame, types_seen(opened), source.levels)
        frame, notes = leveled.programs, {table: leveled.notes}
    if plan.is_series:
        if "program_id" not in frame:
            return SourceTables({table: frame.iloc[:0]}, {}, {}, ())  # said already: the column is missing
        history = build_history(date_present(frame, config), reading.words, config.tz)
        frames = {"programs": history.programs, "status_events": history.events}
        return SourceTables(frames, {"programs": (*notes.get("programs", ()), *history.notes)}, {}, history.problems)
    frame = fill_blanks(frame, reading.words)
    if table == "status_events":
        frame = tidy_event_values(frame, source, reading)
    if table == "programs" and source.fields:  # a client's export; in a table of ours the mistake is ours to mend
        uncrossed = set_aside_crossed(frame)
        frame, notes = uncrossed.programs, {table: (*notes.get(table, ()), *uncrossed.notes)}
    return SourceTables({table: frame}, notes, {}, ())


def settled(told: Mapping[str, Told], opened: Opened, plan: Plan, source: Source, config: EngagementConfig) -> SourceTables:
    """Return the tables of a tracker's export: copies merged, gaps settled, its log followed."""
    frames = {table: fill_blanks(_latest(each.typed.frame, table), each.reading.words) for table, each in told.items()}
    unmapped: dict[str, Mapping[str, tuple[ValueCount, ...]]] = {}
    notes: dict[str, tuple[str, ...]] = {}
    problems: tuple[Problem, ...] = ()
    log = None
    if "status_events" in frames:
        log = tidy_event_values(frames["status_events"], source, told["status_events"].reading)
        frames["status_events"] = log
    if "programs" in frames:
        programs, events, notes["programs"], problems = _programs(frames["programs"], log, opened, plan, source, config)
        if log is not None and events is not None:
            followed = follow_stages(programs, events, source.statuses, config.tz, config.settings.max_unknown_share)
            programs, events = followed.programs, followed.events
            if "stage_visits" not in frames:
                frames["stage_visits"] = followed.visits
                notes["stage_visits"] = followed.notes
                unmapped["stage_visits"] = {"kind": followed.no_kind} if followed.no_kind else {}
        dated = settle_dates(programs, config.tz)
        notes["programs"] = tuple(dict.fromkeys([*notes["programs"], *dated.notes, *describe_gaps(dated.programs)]))
        frames["programs"] = dated.programs
        frames |= {"status_events": events} if events is not None else {}
    if "stage_visits" in told:
        kept, lacking, said = _with_kind(frames["stage_visits"], config)
        frames["stage_visits"], unmapped["stage_visits"], notes["stage_visits"] = kept, lacking, said
    return SourceTables(frames, notes, unmapped, problems)


def _programs(
    rows: pd.DataFrame, log: pd.DataFrame | None, opened: Opened, plan: Plan, source: Source, config: EngagementConfig
) -> tuple[pd.DataFrame, pd.DataFrame | None, tuple[str, ...], tuple[Problem, ...]]:
    """Return one row per program of a tracker, the changes its log and its dated exports tell, notes and problems."""
    assert plan.format is not None
    ended = settle_ends(rows, stamps_ends=plan.format.stamps_ends)
    levels = settle_levels(ended, types_seen(opened), source.levels, has_parts=plan.format.has_parts)
    copies = merge_copies(levels.programs, ("program_id", "_on") if plan.is_series else ("program_id",))
    notes = (*levels.notes, *copies.notes)
    if not plan.is_series:
        return copies.rows, log, notes, ()
    logged = () if log is None else log.loc[log["field"].isin(["start", "end"]), "program_id"].dropna().unique()
    dated = settle_series(date_present(copies.rows, config))
    history = build_history(dated, {}, config.tz, logged)
    return history.programs, _joined(log, history.events), (*notes, *history.notes), history.problems


def _latest(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return what the last export says: a change as the last file that has it, of a program's stays those of the last."""
    if table == "programs":
        return rows
    if "_on" in rows:
        on = rows["_on"].fillna(pd.Timestamp("2262-01-01"))  # the present export is the last
        rows = rows.drop(columns="_on").loc[on.sort_values(ascending=False, kind="stable").index]
        if table != "status_events" and "program_id" in rows:
            rows = rows.loc[on == on.groupby(rows["program_id"], dropna=False).transform("max")]
    if table == "status_events":
        rows = rows.loc[~rows.duplicated(["event_id", "program_id", "field"]) | rows["event_id"].isna()]
    return rows.sort_index()


def _joined(log: pd.DataFrame | None, seen: pd.DataFrame) -> pd.DataFrame:
    """Return a log with what dated exports tell besides: of programs and fields the log says nothing of."""
    if log is None:
        return seen
    pairs = log[["program_id", "field"]].drop_duplicates()
    by_stage = pairs.loc[pairs["field"] == "stage"].assign(field="status")  # follows from the stages, and is added later
    logged = pd.MultiIndex.from_frame(pd.concat([pairs, by_stage]))
    is_told = pd.MultiIndex.from_frame(seen[["program_id", "field"]]).isin(logged)
    return pd.concat([log, seen.loc[~is_told]], ignore_index=True)


def _with_kind(
    visits: pd.DataFrame, config: EngagementConfig
) -> tuple[pd.DataFrame, dict[str, tuple[ValueCount, ...]], tuple[str, ...]]:
    """Return the stays whose kind is known, or none when too many are not; and the stages that lack one, with counts."""
    lacking = visits["kind"].isna() if "kind" in visits else pd.Series(True, index=visits.index)
    no_kind = count_words(visits.loc[lacking, "stage"])
    if not no_kind:
        return visits, {}, ()
    too_many = lacking.sum() > config.settings.max_unknown_share * len(visits)
    said = f"{label_number(int(lacking.sum()))} of {label_count(len(visits), 'stay')} are in stages without a kind"
    kept = visits.iloc[:0] if too_many else visits.loc[~lacking]
    note = f"No stay in a stage is counted: {said}." if too_many else f"{said}; they are left out."
    return kept, {"kind": no_kind}, (note,)


def date_present(rows: pd.DataFrame, config: EngagementConfig) -> pd.DataFrame:
    """Return rows of exports with the present one dated by the day of reading; it replaces one filed under that day."""
    as_of = pd.Timestamp(config.as_of)
    is_present = rows["_on"].isna()
    on = max(as_of, rows["_on"].max()) if rows["_on"].notna().any() else as_of
    replaced = (rows["_on"] == on) & rows["program_id"].isin(rows.loc[is_present, "program_id"])
    return rows.assign(_on=rows["_on"].fillna(on).dt.as_unit("us")).loc[~replaced].reset_index(drop=True)
