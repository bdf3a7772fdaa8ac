"""The back of every report: what could not be measured, how far the data carries, definitions, settings, provenance."""

from __future__ import annotations

import platform
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

from gapkit.baseline.frozen import DEFINITIONS
from gapkit.labels import (
    NOT_MEASURED,
    TOO_LITTLE,
    label_count,
    label_date,
    label_list,
    label_number,
    sentence_case,
)
from gapkit.report import registers
from gapkit.report.blocks import Callout, Column, PhaseData, Table
from gapkit.report.exhibits.common import commentary
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gapkit.engagement import Engagement
    from gapkit.report.registers import Cell, Register
    from gapkit.results import Result

__all__ = [
    "commentary", "definitions", "not_mapped", "plan_levels", "provenance", "quality", "record", "reliability", "settings",
    "source_reliability", "sources", "switched_off", "table_of_unknowns", "unknowns",
]  # fmt: skip

# Words without a meaning listed in a report; the workbook has all.
LISTED = 30

LIBRARIES = ("gapkit", "pandas", "numpy", "scipy", "statsmodels", "matplotlib", "typst")
FURTHER_DEFINITIONS = {
    "to_spec_rate": "accepted in full / delivered programs with a recorded acceptance",
    "within_horizon_rate": "delivered by the frozen date plus the horizon / programs whose horizon has passed",
    "execution_rate_latest_plan": "delivered by the end of the quarter of the latest planned end / programs whose latest "
                                  "quarter is over",
    "redating_flattery": "execution rate against the latest plan − execution rate",
    "time_to_market_median_days": "calendar days from commitment to market by which half are delivered, if not cancelled",
    "slip_median_days": "calendar days from the frozen date to delivery, median, open programs censored",
    "velocity_points_per_week": "size points delivered / working weeks",
    "undated_share": "commitments without a planned date in force at the freeze / all commitments",
    "time_to_market_restricted_mean_days": "mean days to market within the first days fixed in engagement.yml",
    "slip_late_share": "not delivered by the frozen date / planned programs not cancelled",
    "flow_efficiency": "stage days in which work was done / all stage days",
    "wip": "programs started and neither delivered nor cancelled, mean over days",
    "replanned_later_share": "programs whose latest planned end is later than their first / programs with both dates",
}  # fmt: skip


class Phase(Protocol):
    """What the appendix needs of a diagnosis, a redesign or a measurement."""

    @property
    def eng(self) -> Engagement:
        """The engagement it was computed from."""
        ...

    @property
    def results(self) -> Mapping[str, Result]:
        """The figures of the phase."""
        ...

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        ...


def unknowns(phase: Phase) -> Table | Callout:
    """Return the figures that could not be given, and what would switch each on."""
    return table_of_unknowns(
        (name_of(name), TOO_LITTLE if result.status == "thin" else NOT_MEASURED, _first(result.caveats))
        for name, result in phase.results.items()
        if not result.is_ok
    )


def table_of_unknowns(unknown: Iterable[tuple[str, str, str]]) -> Table | Callout:
    """Return what is not known as a table, one row a reason.

    Parameters
    ----------
    unknown : iterable of (str, str, str)
        What is not known, the answer given instead, and why.
    """
    gathered: dict[tuple[str, str], list[str]] = {}
    for name, answer, why in unknown:
        gathered.setdefault((answer, why), []).append(name)
    if not gathered:
        return Callout("note", "Every figure of this report rests on enough data to be shown.")
    rows = tuple((sentence_case(label_list(names)), answer, why) for (answer, why), names in gathered.items())
    columns = (
        Column("Figures", width=0.36),
        Column("Answer", width=0.16),
        Column("Why, and what would switch it on", width=0.48),
    )
    count = sum(map(len, gathered.values()))
    return Table(columns, rows, title=f"{label_count(count, 'figure')} not given here")


def _first(caveats: Sequence[str]) -> str:
    return caveats[0] if caveats else ""


def reliability(eng: Engagement) -> Table:
    """Return how far the data carries each figure."""
    return _table(registers.reliability(eng), (0, 2, 3), (0.2, 0.45, 0.35), "How far the data can be trusted")


def source_reliability(eng: Engagement) -> Table:
    """Return what each source of programs is good for, and what not."""
    judged = [row for row in registers.source_reliability(eng).rows if row[5]]
    columns = (Column("Source", width=0.26), Column("How far it carries", width=0.44), Column("What is known", width=0.3))
    rows = tuple((f"{row[0]} ({row[1]})", str(row[5]), str(row[6])) for row in judged)
    return Table(columns, rows, title="How far each source carries")


def switched_off(eng: Engagement) -> Table | Callout:
    """Return what is not measured, and the one thing that would switch it on."""
    register = registers.switched_off(eng)
    if not register.rows:
        return Callout("note", "Everything this report can measure is measured.")
    return _table(register, (0, 1, 2), (0.26, 0.3, 0.44), "What is not measured, and what would switch it on")


def not_mapped(eng: Engagement) -> Table | Callout:
    """Return the words of the sources nobody has given a meaning."""
    register = registers.words_not_mapped(eng)
    if not register.rows:
        return Callout("note", "Every status, type and team of the sources has a meaning.")
    foot = _rest(len(register.rows))
    table = _table(register, (1, 2, 3, 4), (0.14, 0.34, 0.1, 0.42), "Words without a meaning; their rows are kept")
    return replace(table, rows=table.rows[:LISTED], foot=foot)


def _rest(count: int) -> str:
    return f"{label_count(count - LISTED, 'more word')} in the workbook, sheet Not mapped." if count > LISTED else ""


def plan_levels(eng: Engagement) -> Table:
    """Return how well plans are known, and how often they moved."""
    register = registers.plan_levels(eng)
    table = _table(register, (0, 1, 2), (0.1, 0.72, 0.18), "What is known of each program's plan")
    return replace(table, foot="Original, last approved and current plan of every program: workbook, sheet Plans.")


def _table(register: Register, places: tuple[int, ...], widths: tuple[float, ...], title: str) -> Table:
    """Return chosen columns of a register as a table of the report."""
    columns = tuple(
        Column(register.headings[place].name, "right" if register.headings[place].kind == "number" else "left", width)
        for place, width in zip(places, widths, strict=True)
    )
    rows = tuple(tuple(_shown(row[place]) for place in places) for row in register.rows)
    return Table(columns, rows, title=title)


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return label_number(cell) if isinstance(cell, (int, float)) else str(cell)


def quality(eng: Engagement) -> Table | Callout:
    """Return the checks of the data that found something."""
    rows = tuple(
        (name_of(check.table), f"{label_number(check.count)} of {label_number(check.of)}", check.message)
        for check in eng.quality
        if check.count
    )
    if not rows:
        return Callout("note", "All data checks passed without a remark.")
    columns = (Column("Table", width=0.2), Column("Rows", "right", 0.16), Column("What was found", width=0.64))
    return Table(columns, rows, title="Remarks of the data checks")


def sources(eng: Engagement) -> Table:
    """Return the files that were read."""
    columns = (Column("File", width=0.4), Column("Table", width=0.26), Column("Format", width=0.1),
               Column("Rows read", "right", 0.12), Column("Rows used", "right", 0.12))  # fmt: skip
    rows = tuple(
        (read.file, name_of(read.table), read.format, label_number(read.rows_read), label_number(read.rows_used))
        for read in eng.sources
    )
    return Table(columns, rows, title="What was read")


def definitions(phase: Phase) -> Table:
    """Return how each figure of a phase is defined, with the agreed days of this engagement."""
    config = phase.eng.config
    agreed = {
        "frozen plan": f"programs committed within {label_count(config.freeze_bdays, 'business day')} of the start of the "
                       "quarter, with their planned end then in force inside it",
        "grace": label_count(config.grace_days, "day"),
        "horizon": label_count(config.late_horizon_days, "day"),
        "stalled": f"started, unfinished and without any record for {label_count(config.stall_days, 'day')}",
    }  # fmt: skip
    figures = {name: text for name, text in {**DEFINITIONS, **FURTHER_DEFINITIONS}.items() if name in phase.results}
    rows = [(sentence_case(name_of(name)), text) for name, text in {**agreed, **figures}.items()]
    return Table((Column("Term", width=0.28), Column("Definition", width=0.72)), tuple(rows), title="Definitions")


def settings(eng: Engagement) -> Table | None:
    """Return the thresholds that differ from the method's defaults; None when none does."""
    changed = eng.config.changed_settings()
    if not changed:
        return None
    columns = (Column("Threshold"), Column("Default", "right"), Column("Here", "right"))
    rows = tuple((name.replace("_", " "), str(default), str(value)) for name, default, value in changed)
    return Table(columns, rows, title="Thresholds changed for this engagement")


def provenance(eng: Engagement) -> Table:
    """Return what this report was made from: data fingerprint, seed, versions."""
    changed = len(eng.config.changed_settings())
    libraries = label_list([f"{name} {version(name)}" for name in LIBRARIES])
    rows = (
        ("Read as of", label_date(eng.as_of)),
        ("Scale", f"{eng.scale}, {'as set' if eng.config.scale else 'read off people, functions and commitments'}"),
        ("Data fingerprint", eng.fingerprint[:16]),
        ("Seed", str(eng.config.seed)),
        (
            "Thresholds",
            f"{label_count(changed, 'threshold')} changed, listed above" if changed else "all as the method has them",
        ),
        ("Software", f"{libraries}, Python {platform.python_version()}"),
    )
    return Table((Column("Provenance", width=0.28), Column("", width=0.72)), rows)


def record(phase: Phase) -> PhaseData:
    """Return every number of the phase as plain data; it becomes the phase's JSON file."""
    return PhaseData(phase.to_dict())
