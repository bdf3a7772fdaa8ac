"""From a name to an engagement: find the folder, read it, set it back to a day, say how far it can be trusted."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

import gapkit
from gapkit.calendar import quarter_of
from gapkit.config import EngagementConfig, derive_scale, load_config
from gapkit.engagement.dates import date_ends
from gapkit.engagement.reading import read_once
from gapkit.engagement.rewind import rewind
from gapkit.errors import InputError, Problem
from gapkit.intake import (
    Evidence,
    Intake,
    QualityCheck,
    SourceRead,
    check_quality,
    judge_reliability,
    records_delivery,
)
from gapkit.intake.history.signed import with_signed_plan
from gapkit.schema import TABLES, empty
from gapkit.vocabulary import PHASES

FILE = "engagement.yml"


@dataclass(frozen=True, eq=False)
class Engagement:
    """One engagement as known on one day: everything the figures are computed from.

    Every canonical table is an attribute of its name (``eng.programs``, ``eng.stage_visits``): a typed frame, without rows
    when the table is absent. Frames are shared, not copied; no function of the package changes them.

    Attributes
    ----------
    name : str
        Name of the folder.
    folder : Path
        The engagement folder.
    config : EngagementConfig
        What engagement.yml says; with a day given to `load`, its `as_of` is that day.
    as_of : date
        The day the data is read at: nothing later is in the tables.
    tables : mapping of str to DataFrame
        The canonical tables that hold rows.
    sources : tuple of SourceRead
        What was read from where.
    notes : tuple of str
        What concerns no single source.
    quality : tuple of QualityCheck
        The data-quality gate, on all that was read.
    reliability : DataFrame
        Columns name, metric, level, statement, because, switch_on; one row per metric.
    records_delivery : bool
        Whether any source could tell that a program was delivered; if not, deliveries are not measured, which is not zero.
    fingerprint : str
        SHA-256 over engagement.yml, every file read and the rows of every query.
    """

    name: str
    folder: Path
    config: EngagementConfig
    as_of: dt.date
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    sources: tuple[SourceRead, ...] = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    quality: tuple[QualityCheck, ...] = field(repr=False)
    reliability: pd.DataFrame = field(repr=False)
    records_delivery: bool
    fingerprint: str

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return a canonical table by name."""
        if name not in TABLES:
            raise AttributeError(f"an engagement has no attribute or table {name!r}")
        return self.tables[name] if name in self.tables else empty(name, self.config.tz)

    def __dir__(self) -> list[str]:
        """List the tables too, for completion."""
        return sorted({*super().__dir__(), *TABLES})

    @property
    def scale(self) -> str:
        """Size of the organisation: as the consultant set it, else read off people, functions and commitments a quarter."""
        if self.config.scale is not None:
            return self.config.scale
        people, committed = self.people, self.programs["committed_at"].dropna()
        quarters = quarter_of(committed, self.config.fiscal_start_month).nunique()
        return derive_scale(
            len(people) or None,
            int(people["function"].nunique()) or None,
            len(committed) / quarters if quarters else None,
        )

    def has(self, table: str) -> bool:
        """Return whether a canonical table holds any row on the day asked about."""
        return len(self.tables.get(table, ())) > 0


def load(engagement: str | Path, *, as_of: dt.date | str | None = None, phase: str | None = None) -> Engagement:
    """Load an engagement.

    Parameters
    ----------
    engagement : str or Path
        A folder, or the name of one under ``engagements/``.
    as_of : date or str, optional
        The day to read the data at (YYYY-MM-DD as text); overrides what engagement.yml and the phase say.
    phase : {"diagnose", "redesign", "measure"}, optional
        Read the data as at the end of that phase.

    Returns
    -------
    Engagement

    Raises
    ------
    InputError
        With everything that is wrong: the name, engagement.yml, every file.
    """
    folder = find_folder(engagement)
    config = load_config(folder)
    day = _day(as_of) if as_of is not None else None
    if phase is not None and phase not in PHASES:
        raise InputError(
            [Problem("unknown phase", value=phase, allowed=", ".join(PHASES), remedy="Choose one of the phases.")]
        )
    intake = read_once(folder, config)
    if intake.problems:
        raise InputError(intake.problems)
    known_on = day or (config.as_of_for(phase) if phase else config.as_of)
    return _engagement(folder, replace(config, as_of=day) if day else config, intake, known_on, shown_on=config.as_of)


def _engagement(folder: Path, config: EngagementConfig, intake: Intake, as_of: dt.date, *, shown_on: dt.date) -> Engagement:
    read = with_signed_plan(intake.tables, config.tz, as_of)
    known = _as_known(read, as_of)
    tables = {name: frame for name, frame in known.items() if len(frame)}
    if "programs" not in tables:
        what, remedy = f"no program was known on {as_of.isoformat()}", "Choose a later day."
        raise InputError([Problem(what, value=as_of.isoformat(), remedy=remedy, table="programs")])
    words = [to["status"] for source in config.sources for to in source.statuses.values() if "status" in to]
    delivery = records_delivery(intake.tables["programs"], intake.sources, words, config.settings)
    evidence = Evidence.of(tables, intake.sources, delivery=delivery, tz=config.tz, settings=config.settings)
    return Engagement(
        name=folder.name,
        folder=folder,
        config=config,
        as_of=as_of,
        tables=tables,
        sources=intake.sources,
        notes=intake.notes,
        # A phase read at an earlier day is checked on what was known then, so that later exports do not change its report.
        quality=check_quality(tables if as_of < shown_on else read, min(as_of, shown_on), intake.tables, config.settings),
        reliability=judge_reliability(evidence),
        records_delivery=delivery,
        fingerprint=fingerprint(
            folder,
            (file for source in intake.sources for file in source.files),
            ((source.file, source.digest) for source in intake.sources if source.digest),
        ),
    )


def known_on(eng: Engagement, day: dt.date) -> Engagement:
    """Return an engagement as it was known on an earlier day.

    Parameters
    ----------
    eng : Engagement
        As known on its own day.
    day : date
        That day or an earlier one.

    Returns
    -------
    Engagement
        With the tables of that day; what was read from where and how far it carries stays that of `eng`.
    """
    if day >= eng.as_of:
        return eng
    known = _as_known(eng.tables, day)
    return replace(eng, as_of=day, tables={name: frame for name, frame in known.items() if len(frame)})


def _as_known(tables: Mapping[str, pd.DataFrame], day: dt.date) -> dict[str, pd.DataFrame]:
    """Return the tables as known on a day, ends dated by the history.

    Dated before as well as after: a program whose end only the history tells was not accepted either before it came.
    """
    return date_ends(rewind(date_ends(tables), day))


def find_folder(engagement: str | Path) -> Path:
    """Return the folder an engagement's name stands for.

    Parameters
    ----------
    engagement : str or Path
        An existing path, else a name looked for under ``engagements/`` of the current directory, then of the repository the
        package is installed from.

    Raises
    ------
    InputError
        When there is none; the message names the places looked at and the engagements that exist.
    """
    home = Path(gapkit.__file__).parent.parent
    shelves = list(dict.fromkeys(root / "engagements" for root in (Path.cwd(), home)))
    places = [Path(engagement), *(shelf / engagement for shelf in shelves)]
    # A folder that merely carries the name must not stand before an engagement of that name.
    found = [place for place in places if (place / FILE).is_file()] or [place for place in places if place.is_dir()]
    if found:
        return found[0].resolve()
    known = sorted({path.parent.name for shelf in shelves for path in shelf.glob(f"*/{FILE}")})
    raise InputError([
        Problem(
            "there is no such engagement; looked at " + ", ".join(str(place) for place in places),
            value=str(engagement),
            allowed="a folder, or one of " + ", ".join(known) if known else "an engagement folder",
            remedy=f"Check the name, or create it with: gapkit new {Path(engagement).name}",
        )
    ])  # fmt: skip


def fingerprint(folder: Path, files: Iterable[str], queries: Iterable[tuple[str, str]] = ()) -> str:
    """Return the SHA-256 over engagement.yml and what was read: names and contents, in order of name.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    files : iterable of str
        Every file read, relative to it.
    queries : iterable of (str, str)
        Name of every query run and SHA-256 of the rows it returned.
    """
    contents = list(queries)
    for file in {FILE, *files}:
        with (folder / file).open("rb") as stream:
            contents.append((file, hashlib.file_digest(stream, "sha256").hexdigest()))
    lines = "".join(f"{name}\0{content}\n" for name, content in sorted(contents))
    return hashlib.sha256(lines.encode()).hexdigest()


def _day(as_of: dt.date | str) -> dt.date:
    if isinstance(as_of, dt.date):
        return as_of
    try:
        return dt.date.fromisoformat(as_of)
    except ValueError:
        problem = Problem("not a date", value=str(as_of), allowed="YYYY-MM-DD", remedy="Write the day as 2026-03-31.")
        raise InputError([problem]) from None
