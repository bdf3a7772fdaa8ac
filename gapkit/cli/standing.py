"""Where an engagement stands on its 90 days and after: the day, reports and editions there are, what is due next."""

from __future__ import annotations

import calendar
import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gapkit.labels import MONTHS, label_count, label_date
from gapkit.runner.yardstick import why_not_frozen
from gapkit.vocabulary import PHASE_DAYS, PHASES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.config import EngagementConfig

LAST_DAY = max(last for _, last in PHASE_DAYS.values())
EDITIONS = "editions.json"


class Report(NamedTuple):
    """One phase's report.

    Attributes
    ----------
    phase : str
        Its phase.
    as_of : date or None
        The day it was read at; None when there is no report.
    due : date or None
        Last day of the phase; None when the engagement has no first day.
    """

    phase: str
    as_of: dt.date | None
    due: dt.date | None


class Edition(NamedTuple):
    """One published edition of the measurement.

    Attributes
    ----------
    as_of : date
        The day it was read at.
    verdict : str
        What it says of the primary measure.
    """

    as_of: dt.date
    verdict: str


def read_editions(folder: Path) -> tuple[Edition, ...] | None:
    """Return the editions of an engagement, oldest first; None when their record cannot be read.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    """
    path = folder / EDITIONS
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["editions"] if path.exists() else {}
        return tuple(sorted(Edition(dt.date.fromisoformat(day), _verdict(one)) for day, one in entries.items()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _verdict(entry: Mapping[str, Any]) -> str:
    """Return the verdict on the primary measure, until its day what it waits for."""
    if entry["look"] == "monitoring":
        return f"monitoring until {label_date(dt.date.fromisoformat(entry['definitions']['window'][1]))}"
    primary = entry["effects"][entry["definitions"]["primary"]]
    return ", ".join(filter(None, (primary["verdict"], primary["qualification"])))


def read_reports(folder: Path, started_on: dt.date | None) -> tuple[Report, ...]:
    """Return the reports of all phases, with the day each is or was due.

    Parameters
    ----------
    folder : Path
        ``reports/NAME``; need not exist.
    started_on : date or None
        Day 1 of the engagement.
    """
    return tuple(Report(phase, _read_as_of(folder / f"{phase}.json"), _due(phase, started_on)) for phase in PHASES)


def _read_as_of(path: Path) -> dt.date | None:
    """Return the day a phase was read at; a file that is absent or not ours is no report."""
    try:
        return dt.date.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_unfrozen(reports: Path, config: EngagementConfig, folder: Path) -> tuple[str, ...]:
    """Return why the diagnosis published froze nothing; nothing where it did, or there is none that can be read.

    Parameters
    ----------
    reports : Path
        ``reports/NAME``; need not exist.
    config : EngagementConfig
        Names the measure agreed on.
    folder : Path
        The engagement folder.
    """
    try:
        record = json.loads((reports / "diagnose.json").read_text(encoding="utf-8"))
        return why_not_frozen(record, config, folder)
    except (OSError, ValueError, AttributeError, TypeError):
        return ()


def _due(phase: str, started_on: dt.date | None) -> dt.date | None:
    return started_on and started_on + dt.timedelta(days=PHASE_DAYS[phase][1] - 1)


def describe(
    name: str,
    config: EngagementConfig,
    reports: tuple[Report, ...],
    today: dt.date,
    editions: tuple[Edition, ...] | None = (),
    unfrozen: tuple[str, ...] = (),
) -> list[str]:
    """Return the lines that say where an engagement stands; `unfrozen` says why the diagnosis froze nothing, if so."""
    return [
        f"{name}: {config.client}, {describe_day(config.started_on, today)}",
        *(f"  {report.phase:<10}{_state(report)}" for report in reports),
        *_editions(editions),
        *(f"  baseline  {why}" for why in unfrozen),
        f"  next: {_next(reports, config, today, editions or ())}",
    ]


def _editions(editions: tuple[Edition, ...] | None) -> list[str]:
    """Return the line on the editions; none before the first."""
    if editions is None:
        return [f"  editions  {EDITIONS} cannot be read: restore it from your backup"]
    if not editions:
        return []
    last = editions[-1]
    return [f"  editions  {len(editions)}, the last as of {label_date(last.as_of)}: {last.verdict}"]


def describe_day(started_on: dt.date | None, today: dt.date) -> str:
    """Return the day of the engagement in words.

    Examples
    --------
    >>> describe_day(dt.date(2026, 4, 1), dt.date(2026, 5, 10))
    'day 40 of 90 (redesign)'
    >>> describe_day(dt.date(2026, 4, 1), dt.date(2026, 3, 30))
    'begins on 1 April 2026'
    >>> describe_day(None, dt.date(2026, 3, 30))
    'no first day set (started_on in engagement.yml)'
    """
    if started_on is None:
        return "no first day set (started_on in engagement.yml)"
    day = (today - started_on).days + 1
    if day < 1:
        return f"begins on {label_date(started_on)}"
    phase = next((phase for phase, (first, last) in PHASE_DAYS.items() if first <= day <= last), None)
    return f"day {day} of {LAST_DAY} ({phase})" if phase else f"day {day}, the {LAST_DAY} days are over"


def _state(report: Report) -> str:
    return f"report as of {label_date(report.as_of)}" if report.as_of else "no report yet"


def _next(reports: tuple[Report, ...], config: EngagementConfig, today: dt.date, editions: tuple[Edition, ...]) -> str:
    """Return the first report that is not there and when it is due; a measurement not before its window has begun.

    With all reports there and the 90 days over, the next monthly edition.
    """
    missing = next((report for report in reports if report.as_of is None), None)
    if missing is None:
        return _next_edition(reports, config.started_on, today, editions)
    if missing.phase == "measure" and config.measure_start is None:
        return "agree on the measure window (measure_start and measure_end in engagement.yml)"
    begins = config.measure_start if missing.phase == "measure" else None
    if begins is not None and begins > today:
        return f"the measure report, once the measure window has begun on {label_date(begins)} ({_away(begins, today)})"
    if missing.due is None:
        return f"the {missing.phase} report"
    due = max(missing.due, begins or missing.due)
    return f"the {missing.phase} report, due on {label_date(due)} ({_away(due, today)})"


def _next_edition(
    reports: tuple[Report, ...], started_on: dt.date | None, today: dt.date, editions: tuple[Edition, ...]
) -> str:
    """Return the edition of the first month that ends after the last one; nothing is due within the 90 days."""
    if started_on is None or (today - started_on).days < LAST_DAY:
        return "nothing is due, all reports are there"
    days = [one.as_of for one in editions] or [report.as_of for report in reports if report.as_of is not None]
    last = max(*days, started_on + dt.timedelta(days=LAST_DAY - 1)) + dt.timedelta(days=1)
    due = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return f"the edition of {MONTHS[due.month - 1]}, due on {label_date(due)} ({_away(due, today)})"


def _away(due: dt.date, today: dt.date) -> str:
    left = (due - today).days
    if left > 0:
        return f"in {label_count(left, 'day')}"
    return "today" if left == 0 else f"{label_count(-left, 'day')} overdue"
