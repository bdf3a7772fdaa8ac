"""What `gapkit check` says: what was read and how it was understood, what the checks found, how far each figure carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gapkit.baseline.frozen import read_frozen
from gapkit.baseline.plan_history import LEVELS, describe_moves, plan_history
from gapkit.config import load_config
from gapkit.config.window import window_notes
from gapkit.engagement import load
from gapkit.engagement.reading import read_once
from gapkit.errors import InputError, Problem
from gapkit.intake import judge_sources
from gapkit.intake.canonical import NO_PROGRAMS
from gapkit.labels import label_count, label_date, label_number, sentence_case
from gapkit.redesign.decisions.file import read_decisions
from gapkit.redesign.sections import RULES
from gapkit.report.registers import absent_tables

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig
    from gapkit.engagement import Engagement
    from gapkit.intake import SourceRead


def describe_check(folder: Path) -> Iterator[str]:
    """Yield the lines on an engagement folder; where something must be mended first, those on what could be read.

    A folder without any data is one to be filled, not one with a mistake.

    Raises
    ------
    InputError
        With all that must be mended, in the data, in `decisions.yml` or in `baseline.json`, after the lines on the rest.
    """
    misread = _misread(folder)
    try:
        eng = load(folder)
    except InputError as error:
        config = load_config(folder)
        intake = read_once(folder, config)
        if not intake.tables and {NO_PROGRAMS} == {problem.what for problem in error.problems}:
            yield f"{folder.name}: {config.client}, nothing to read yet"
            yield from (f"  {note}" for note in intake.notes)
            yield from _describe_window(config, folder)
            yield f"  Put the client's exports into {folder / 'data'}; data-request.md says what to ask for."
            return
        if intake.sources:
            yield f"{folder.name}: {config.client}, as far as it could be read"
            yield from describe_sources(intake.sources, intake.notes)
            yield ""
        raise InputError([*error.problems, *misread]) from error
    yield from describe_reading(eng)
    if misread:
        raise InputError(misread)


def _misread(folder: Path) -> Sequence[Problem]:
    """Return what is wrong with the decisions and the frozen baseline, which no command reads before it needs them."""
    problems: list[Problem] = []
    for read in (partial(read_decisions, folder, RULES), partial(read_frozen, folder)):
        try:
            read()
        except InputError as error:
            problems += error.problems
    return problems


def describe_reading(eng: Engagement) -> Iterator[str]:
    """Yield the lines that describe what was read of an engagement."""
    yield f"{eng.name}: {eng.config.client}, read as of {label_date(eng.as_of)}"
    yield from describe_sources(eng.sources, eng.notes)
    yield from _describe_window(eng.config, eng.folder)
    yield from ("", "How far each source carries")
    yield from _describe_sources(eng)
    yield from ("", "What is known of the plans")
    yield from _describe_plans(eng)
    yield from ("", "Checks")
    yield from _describe_checks(eng)
    yield from ("", "How far the data carries each figure")
    yield from _describe_reliability(eng)
    yield from _describe_absent(eng)


def _describe_window(config: EngagementConfig, folder: Path) -> Iterator[str]:
    """Yield what is wrong with the measure window while it can still be moved, under a heading; else nothing."""
    try:
        frozen = read_frozen(folder)
    except InputError:  # said with all that must be mended
        frozen = None
    notes = list(window_notes(config, frozen.frozen_on if frozen is not None else None))
    if notes:
        yield from ("", "To settle in engagement.yml")
        yield from (f"  {note}" for note in notes)


def describe_sources(sources: Sequence[SourceRead], notes: Sequence[str]) -> Iterator[str]:
    """Yield the lines that say what was read from where, and how it was understood."""
    yield from ("", "Read")
    # An empty table of ours is said in one note with the others.
    told = [source for source in sources if source.rows_read or source.title]
    for before, source in zip((None, *told), told, strict=False):
        yield from _describe_source(source, is_first=before is None or before.file != source.file)
    yield from (f"  {note}" for note in notes)


def _describe_source(source: SourceRead, *, is_first: bool) -> Iterator[str]:
    sheet = f', sheet "{source.sheet}"' if source.sheet else ""
    how = ", ".join(
        filter(
            None, (source.title or source.format, source.encoding, source.delimiter and f"delimiter {source.delimiter!r}")
        )
    )
    rows = f"{label_number(source.rows_used)} of {label_count(source.rows_read, 'row')} used"
    yield f"  {source.file}{sheet} ({how}) → {source.table}, {rows}"
    if source.reason and is_first:
        yield f"      {source.reason}"
    if not source.is_verified and is_first:
        yield "      reading this format was not verified on a real export: compare a few rows with the tracker"
    renamed = [f"{ours} ← {theirs}" for ours, theirs in source.columns_mapped.items() if ours != theirs]
    if renamed:
        yield f"      mapped: {', '.join(renamed)}"
    if source.columns_unknown:
        yield f"      columns without use: {', '.join(source.columns_unknown)}"
    yield from _describe_values("not mapped, kept and counted", source.unmapped)
    yield from _describe_values("values caught by *", source.caught)
    if source.history != "none":
        yield f"      history: from {'a change log' if source.history == 'events' else 'repeated exports'}"
    yield from (f"      {note}" for note in source.notes)


def _describe_values(what: str, columns: Mapping[str, tuple[tuple[str, int], ...]]) -> Iterator[str]:
    for column, values in columns.items():
        yield f"      {what}: {column} " + ", ".join(f"{value!r} ({label_number(count)})" for value, count in values)


def _describe_sources(eng: Engagement) -> Iterator[str]:
    for verdict in judge_sources(eng.programs, eng.status_events, eng.stage_visits, eng.sources, eng.config.settings):
        yield f"  {verdict.file} ({label_count(verdict.programs, 'program')}): {verdict.statement}"
        yield f"      {'; '.join(verdict.facts)}"


def _describe_plans(eng: Engagement) -> Iterator[str]:
    programs = eng.programs.loc[eng.programs["level"].ne("deliverable")]
    history = plan_history(programs, eng.status_events, eng.signed_plan, eng.sources)
    levels = history["level"].value_counts()
    for level, meaning in LEVELS.items():
        if levels.get(level, 0):
            yield f"  {level} {meaning}: {label_count(int(levels[level]), 'program')}"
    unplanned = int(history["level"].isna().sum())
    if unplanned:
        yield f"  no planned end at all: {label_count(unplanned, 'program')}"
    yield f"  {sentence_case(describe_moves(history))}"


def _describe_checks(eng: Engagement) -> Iterator[str]:
    found = [check for check in eng.quality if check.count]
    for check in found:
        yield f"  {check.table}: {check.message} ({label_number(check.count)} of {label_number(check.of)})"
    passed = len(eng.quality) - len(found)
    yield f"  {label_count(passed, 'check')} passed without a remark"


def _describe_reliability(eng: Engagement) -> Iterator[str]:
    for row in eng.reliability.itertuples():
        yield f"  {row.metric!s}: {row.level!s}. {row.statement!s} Because: {row.because!s}"
        if row.switch_on:
            yield f"      better with: {row.switch_on!s}"


def _describe_absent(eng: Engagement) -> Iterator[str]:
    absent = absent_tables(eng)
    if absent:
        yield from ("", "Tables that are not there, and what each would switch on")
        yield from (f"  {table.name}: {table.switches_on}" for table in absent)
