"""The gate between the tables and the first figure: named checks, each with its count.

Blocking checks stop a run while the files are read (`canonical.read_tables` lists every breach); tables that exist have
passed them, and they are listed here so that a reader sees what was checked. The others are caveats: the figures survive
them, and the report names them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from gapkit.calendar import midnight
from gapkit.config import Settings
from gapkit.intake.judging.observations import observe
from gapkit.intake.reading.cells import is_among
from gapkit.labels import label_list
from gapkit.schema import TABLES, split_list
from gapkit.vocabulary import OPEN_STATUSES

Severity = Literal["blocking", "caveat"]
DEFAULTS: Final = Settings()

BLOCKING: Final = {
    "unique_ids": "Rows whose id occurs more than once.",
    "ends_after_starts": "Rows whose end lies before their start, or that break another rule across columns.",
    "known_words": "Cells with a word outside the vocabulary.",
    "readable_cells": "Cells that could not be read.",
    "required_filled": "Required cells that are empty.",
}
# Facts of programs that figures rest on, and the programs that should have them. (A missing day of delivery is a rule of
# the table itself.)
EXPECTED: Final = {
    "committed_at": "all",
    "actual_start": "under way",
    "owners_at_start": "all",
    "owners_now": "open",
    "goal_id": "all",
    "budget_planned": "all",
    "size_points": "all",
}


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """One check of the data.

    Attributes
    ----------
    name : str
        Short name, one word in code, report and JSON.
    table : str
        The canonical table checked; ``"all"`` for all of them.
    severity : {"blocking", "caveat"}
        Whether a breach stops the run.
    count : int
        Rows (or cells) concerned; 0 when the check found nothing.
    of : int
        Rows (or cells) checked.
    message : str
        What was checked and found, one sentence.
    """

    name: str
    table: str
    severity: Severity
    count: int
    of: int
    message: str

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return self.count == 0


def check_quality(
    tables: Mapping[str, pd.DataFrame],
    as_of: dt.date,
    references: Mapping[str, pd.DataFrame] | None = None,
    settings: Settings = DEFAULTS,
) -> tuple[QualityCheck, ...]:
    """Return all checks of the data, blocking ones first, then caveats by table.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Canonical tables that passed `read_tables` without problems, before anything later than `as_of` is set aside.
    as_of : date
        The day the data is said to show.
    references : mapping of str to DataFrame, optional
        The tables in which ids are looked up, where more is known than `tables` hold: a KPI may list a program that was
        committed only after the day asked about.
    settings : Settings
        From when on closings count as one action.
    """
    rows = sum(len(frame) for frame in tables.values())
    passed = [QualityCheck(name, "all", "blocking", 0, rows, message) for name, message in BLOCKING.items()]
    programs = tables["programs"].loc[tables["programs"]["level"].ne("deliverable")]
    events = tables.get("status_events")
    found = [
        *_later_than(tables, as_of),
        *_undated(programs),
        *_missing_facts(programs),
        *_observed({**tables, "programs": programs}, settings),
        *_history(programs, events),
        *(_broken_chains(events) if events is not None else ()),
        *_rules(tables),
        *_dangling(tables, tables if references is None else references),
    ]
    return (*passed, *found)


def _caveat(name: str, table: str, count: int, of: int, message: str) -> QualityCheck:
    return QualityCheck(name, table, "caveat", int(count), int(of), message)


def _observed(tables: Mapping[str, pd.DataFrame], settings: Settings) -> Iterator[QualityCheck]:
    for seen in observe(tables, settings):
        yield _caveat(seen.name, "programs", seen.count, seen.of, seen.message)


def _later_than(tables: Mapping[str, pd.DataFrame], as_of: dt.date) -> Iterator[QualityCheck]:
    """Yield the facts dated after the day the data shows: typing slips, or an as_of that is too early."""
    programs = tables["programs"]
    cutoff = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    late = pd.concat([programs[fact] >= cutoff for fact in ("actual_start", "actual_end", "cancelled_at")], axis=1)
    late_programs = late.any(axis=1).sum()
    yield _caveat("future_actuals", "programs", late_programs, len(programs),
                  f"Programs with an actual date after {as_of.isoformat()}; it counts as not known yet.")  # fmt: skip
    for table, column in {"status_events": "at", "stage_visits": "entered_at", "costs": "incurred_at"}.items():
        if table in tables:
            moments = tables[table][column]
            count = (moments >= midnight(cutoff.date(), moments.dt.tz)).sum()
            said = f"Rows dated after {as_of.isoformat()}; set aside."
            yield _caveat(f"future_{table}", table, count, len(moments), said)


def _undated(programs: pd.DataFrame) -> Iterator[QualityCheck]:
    planned = programs.loc[~programs["origin"].eq("unplanned").fillna(False)]
    undated = planned[["baseline_end", "current_end"]].isna().all(axis=1).sum()
    yield _caveat("undated", "programs", undated, len(planned), "Programs without any planned end; they enter no rate.")


def _missing_facts(programs: pd.DataFrame) -> Iterator[QualityCheck]:
    """Yield, per fact, how many of the programs that should have it lack it."""
    open_now = programs["status"].isin(OPEN_STATUSES)
    groups = {
        "all": pd.Series(True, index=programs.index),
        "open": open_now,
        "under way": programs["status"].eq("in_progress"),
    }
    for column, group in EXPECTED.items():
        facts = programs.loc[groups[group], column]
        whose = "Programs" if group == "all" else f"Programs that are {group}"
        yield _caveat(f"missing_{column}", "programs", facts.isna().sum(), len(facts), f"{whose} without {column}.")
    ended = programs.loc[programs["status"].eq("delivered")]
    unknown = (ended["spec_planned"].isna() | ended["spec_accepted"].isna()) & ~ended["to_spec"].isin(["yes", "no"])
    yield _caveat("missing_spec", "programs", unknown.sum(), len(ended),
                  "Delivered programs for which nothing says whether they met their specification.")  # fmt: skip


def _history(programs: pd.DataFrame, events: pd.DataFrame | None) -> Iterator[QualityCheck]:
    """Yield how many programs have no recorded history."""
    without = len(programs) if events is None else (~is_among(programs["program_id"], events["program_id"])).sum()
    fields = [] if events is None else sorted(events["field"].unique())
    said = f"recorded: {label_list(fields)}" if fields else "no change log and no repeated exports"
    yield _caveat("no_history", "programs", without, len(programs),
                  f"Programs without any recorded change ({said}); they are known only as of today.")  # fmt: skip


def _broken_chains(events: pd.DataFrame) -> Iterator[QualityCheck]:
    """Yield the changes whose old value is not the new value of the change before."""
    ordered = events.sort_values(["at", "event_id"], kind="stable")
    before = ordered.groupby(["program_id", "field"], sort=False)["new"].shift()
    broken = (before.notna() & ordered["old"].notna() & (before != ordered["old"])).sum()
    yield _caveat("event_order", "status_events", broken, len(events),
                  "Changes whose old value is not what the change before set: some are missing or misdated.")  # fmt: skip
    dates = pd.to_datetime(ordered.loc[ordered["field"].isin(["start", "end"]), "new"], format="%Y-%m-%d", errors="coerce")
    odd = (dates.dt.year.gt(2100) | dates.dt.year.lt(1970)).sum()
    yield _caveat("implausible_plan_dates", "status_events", odd, len(dates),
                  "Planned dates in the history outside 1970 to 2100, kept as recorded: typing slips?")  # fmt: skip


def _rules(tables: Mapping[str, pd.DataFrame]) -> Iterator[QualityCheck]:
    """Yield the doubts the tables declare about themselves."""
    for name, frame in tables.items():
        for rule in TABLES[name].caveats:
            broken = (~rule.holds(frame)).sum()
            yield _caveat(rule.name, name, broken, len(frame), f"{rule.what[0].upper()}{rule.what[1:]}.")


def _dangling(tables: Mapping[str, pd.DataFrame], references: Mapping[str, pd.DataFrame]) -> Iterator[QualityCheck]:
    """Yield the ids that point to no row of a table that is there."""
    for name, frame in tables.items():
        for field in TABLES[name].fields():
            other, _, column = field.refers.partition(".")
            if other not in references or field.name not in frame or frame[field.name].isna().all():
                continue
            ids, targets = frame[field.name], references[other][column]
            lost = (
                _lost_in_lists(ids, targets) if field.kind == "list" else int((ids.notna() & ~is_among(ids, targets)).sum())
            )
            yield _caveat(
                f"unknown_{field.name}", name, lost, len(ids), f"Rows whose {field.name} the table {other} does not have."
            )


def _lost_in_lists(ids: pd.Series, targets: Iterable[str]) -> int:
    known = set(targets)
    return sum(not known.issuperset(items) for items in split_list(ids))
