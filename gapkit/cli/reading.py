"""What `gapkit check` says: what was read and how it was understood, what the checks found, how far each figure carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gapkit.labels import label_count, label_date, label_number
from gapkit.schema import TABLES

if TYPE_CHECKING:
    from gapkit.engagement import Engagement
    from gapkit.intake import SourceRead


def describe_reading(eng: Engagement) -> Iterator[str]:
    """Yield the lines that describe what was read of an engagement."""
    yield f"{eng.name}: {eng.config.client}, read as of {label_date(eng.as_of)}"
    yield from ("", "Read")
    for source in eng.sources:
        yield from _describe_source(source)
    yield from ("", "Checks")
    yield from _describe_checks(eng)
    yield from ("", "How far the data carries each figure")
    yield from _describe_reliability(eng)
    yield from _describe_absent(eng)


def _describe_source(source: SourceRead) -> Iterator[str]:
    sheet = f', sheet "{source.sheet}"' if source.sheet else ""
    how = ", ".join(filter(None, (source.format, source.encoding, source.delimiter and f"delimiter {source.delimiter!r}")))
    rows = f"{label_number(source.rows_used)} of {label_count(source.rows_read, 'row')} used"
    yield f"  {source.file}{sheet} ({how}) → {source.table}, {rows}"
    renamed = [f"{ours} ← {theirs}" for ours, theirs in source.columns_mapped.items() if ours != theirs]
    if renamed:
        yield f"      mapped: {', '.join(renamed)}"
    if source.columns_unknown:
        yield f"      columns without use: {', '.join(source.columns_unknown)}"
    yield from _describe_values("values not known", source.unmapped)
    yield from _describe_values("values caught by *", source.caught)
    if source.history != "none":
        yield f"      history: from {'a change log' if source.history == 'events' else 'repeated exports'}"
    yield from (f"      {note}" for note in source.notes)


def _describe_values(what: str, columns: Mapping[str, tuple[tuple[str, int], ...]]) -> Iterator[str]:
    for column, values in columns.items():
        yield f"      {what}: {column} " + ", ".join(f"{value!r} ({label_number(count)})" for value, count in values)


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
    absent = [table for name, table in TABLES.items() if table.switches_on and not eng.has(name)]
    if absent:
        yield from ("", "Tables that are not there, and what each would switch on")
        yield from (f"  {table.name}: {table.switches_on}" for table in absent)
