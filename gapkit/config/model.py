"""What engagement.yml says, as one frozen object."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, Final, Literal

from gapkit.calendar import WEEKMASK, last_complete_quarters
from gapkit.config.settings import Settings
from gapkit.vocabulary import PHASE_DAYS

# Smallest change worth having, as a difference of shares (rate) or a ratio minus one (time, velocity).
MIN_CHANGE: Final[Mapping[str, float]] = MappingProxyType({"execution_rate": 0.10, "ttm": -0.15, "velocity": 0.15})
PRIMARY_MEASURES: Final = ("execution_rate", "on_time_rate", "otif_rate", "velocity_per_week")
MIN_GROUP: Final = 5

# Fields of the engagement that are thresholds of the method: a change of one is named in the report.
_AGREED: Final = ("grace_days", "freeze_bdays", "late_horizon_days", "stall_days", "ttm_clock", "ttm_horizon_days",
           "otif_target", "min_group")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brand:
    """How the report is dressed.

    Attributes
    ----------
    accent : str or None
        Accent colour, ``#rrggbb``; None for the theme's own.
    logo : str
        Path of an SVG, PNG or JPEG file, relative to the engagement folder; empty for none.
    firm : str
        The consultant's firm as printed on the cover; empty for none.
    """

    accent: str | None = None
    logo: str = ""
    firm: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One export and how its columns and words map to a canonical table.

    Attributes
    ----------
    file : str
        A file, a folder or a pattern (``data/jira/*.json``), relative to the engagement folder; empty when `sql` is given.
    sql : str
        Query that returns the rows; empty when `file` is given.
    format : str
        Name of the export format; empty to have it detected.
    table : str
        Canonical table the rows belong to; empty when the format or the file name says it.
    sheet : str
        Sheet of an Excel file; empty for the first that fits.
    fields : mapping of str to str
        Canonical column to the column of the file.
    statuses : mapping of str to mapping
        Status as written in the file to the keys ``status``, ``stage`` and ``kind`` (those that were given).
    levels : mapping of str to {"program", "deliverable"}
        Type as written in the file to what an item of it is; left out, a subtask is a deliverable of its parent.
    types, teams : mapping of str to str
        Type or team as written in the file to the word to use.
    dates : {"dmy", "mdy"} or None
        Order of day and month in numeric dates; None when the file leaves no doubt.
    tz : str
        IANA time zone of the moments in this file that have none; empty for the organisation's.
    prefix : str
        Put before every id of this source, for trackers whose ids are numbers that mean something else next door.
    url_env : str
        Name of the environment variable that holds the database address, for `sql`.
    snapshots : bool or None
        Whether ``data/snapshots/<date>/`` holds the same export, so that history can be read off the differences. None:
        where dated exports of that name exist. False: never.
    wave : str
        Wave of the survey this file holds; empty where the file says it.
    items : mapping of str to str
        Item of the survey to the column of the file.
    answers : mapping of str to float
        Answer as written in the file to its point on the scale.
    scale : int
        Points of the client's own scale, 2 to 11; 0 for answers that are from 1 to 5 already.
    line : int
        Line of engagement.yml on which the entry begins, for messages.
    """

    file: str = ""
    sql: str = ""
    format: str = ""
    table: str = ""
    sheet: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    dates: Literal["dmy", "mdy"] | None = None
    tz: str = ""
    prefix: str = ""
    url_env: str = ""
    snapshots: bool | None = None
    wave: str = ""
    items: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, float] = field(default_factory=dict)
    scale: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Owners:
    """Who the owners named in the data are, as the consultant has confirmed it.

    Attributes
    ----------
    same : mapping of str to tuple of str
        Name to use to the other spellings, e-mail addresses and accounts of the same person.
    not_persons : mapping of str to {"team", "committee", "external"}
        Names that stand for something else than one person.
    left : tuple of str
        People who have left: nobody answers for what is only theirs.
    """

    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_persons: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rebaseline:
    """A decision that the standing charts take new limits.

    Attributes
    ----------
    from_on : date
        The day on which what changed the process began.
    because : str
        What that was.
    line : int
        Line of engagement.yml on which the entry begins, for messages.
    """

    from_on: dt.date
    because: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class EngagementConfig:
    """One engagement's facts, agreements and sources.

    Attributes
    ----------
    client : str
        Name as printed on the cover.
    as_of : date
        The data is read as it stood at the end of this day.
    tz : str
        IANA time zone of the organisation; moments become dates there.
    currency : str
        ISO 4217 code of all amounts.
    started_on : date or None
        Day 1 of the 90 days; None before the engagement has begun.
    scale : {"smb", "mid", "enterprise"} or None
        As set by the consultant; None to have it derived by `derive_scale`.
    weekmask : str
        Seven digits from Monday, 1 for a working day.
    holidays : tuple of date
        Days off.
    fiscal_start_month : int
        Month in which the fiscal year begins, 1 to 12.
    given_baseline_quarters : tuple of str
        The two quarters named in the file; empty when none are. Read `baseline_quarters` instead.
    measure_start, measure_end : date or None
        The measure window; None while it is not agreed.
    rebaseline : tuple of Rebaseline
        Decisions that the standing charts take new limits, by day; the frozen baseline stays what it is.
    primary : str
        The one measure the engagement is judged by.
    min_change : mapping of str to float
        Smallest change worth having: ``execution_rate`` in shares, ``ttm`` and ``velocity`` relative.
    grace_days : int
        Calendar days after the planned end that still count as on time.
    freeze_bdays : int
        Business days after the start of a quarter at which its plan counts as fixed.
    late_horizon_days : int
        Calendar days after the planned end within which late delivery is still counted as "within the horizon".
    stall_days : int
        Calendar days without any event after which an open program counts as stalled.
    ttm_clock : {"commitment", "brief"}
        What starts the clock of time-to-market: the commitment, or the approved brief. Fixed for the whole engagement.
    ttm_horizon_days : int
        Horizon of the restricted mean time-to-market, fixed in advance: 90 or 120 days.
    otif_target : float
        Share on time and to spec that counts as sound work.
    min_group : int
        Smallest group of people any output may show; never below 5.
    seed : int
        Seed of every random draw.
    sources : tuple of Source
        Exports to read besides canonical tables found in data/.
    links : mapping of str to tuple of str
        Program id that is kept to the ids of the same program in other sources.
    owners : Owners
        Spellings of one person, and names that are no person.
    brand : Brand
        Colours, logo, firm.
    paper : {"a4", "letter"}
        Paper of the PDF.
    settings : Settings
        Thresholds of the method.
    """

    client: str
    as_of: dt.date
    tz: str
    currency: str
    started_on: dt.date | None = None
    scale: Literal["smb", "mid", "enterprise"] | None = None
    weekmask: str = WEEKMASK
    holidays: tuple[dt.date, ...] = ()
    fiscal_start_month: int = 1
    given_baseline_quarters: tuple[str, ...] = ()
    measure_start: dt.date | None = None
    measure_end: dt.date | None = None
    rebaseline: tuple[Rebaseline, ...] = ()
    primary: str = "on_time_rate"
    min_change: Mapping[str, float] = field(default_factory=lambda: dict(MIN_CHANGE))
    grace_days: int = 0
    freeze_bdays: int = 5
    late_horizon_days: int = 30
    stall_days: int = 14
    ttm_clock: Literal["commitment", "brief"] = "commitment"
    ttm_horizon_days: int = 90
    otif_target: float = 0.70
    min_group: int = MIN_GROUP
    seed: int = 1
    sources: tuple[Source, ...] = ()
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    owners: Owners = field(default_factory=Owners)
    brand: Brand = field(default_factory=Brand)
    paper: Literal["a4", "letter"] = "a4"
    settings: Settings = field(default_factory=Settings)

    def as_of_for(self, phase: str) -> dt.date:
        """Return the day at which a phase reads the data: the last day of the phase, or `as_of` if that is earlier.

        Without `started_on` every phase reads as of `as_of`; so does the measure phase always.

        Examples
        --------
        >>> config = EngagementConfig("Acme", dt.date(2026, 6, 30), "UTC", "EUR", started_on=dt.date(2026, 4, 1))
        >>> [config.as_of_for(phase).isoformat() for phase in ("diagnose", "redesign", "measure")]
        ['2026-04-30', '2026-05-30', '2026-06-30']
        """
        if self.started_on is None or phase == "measure":
            return self.as_of
        last_day = self.started_on + dt.timedelta(days=PHASE_DAYS[phase][1] - 1)
        return min(self.as_of, last_day)

    @property
    def baseline_quarters(self) -> tuple[str, ...]:
        """The two baseline quarters, oldest first: as given, or the last two complete when the diagnosis is read."""
        as_of = self.as_of_for("diagnose")
        return self.given_baseline_quarters or last_complete_quarters(as_of, 2, self.fiscal_start_month)

    def changed_settings(self) -> tuple[tuple[str, Any, Any], ...]:
        """Return name, default and value of every threshold that differs from the method's default, for the report.

        Examples
        --------
        >>> EngagementConfig("Acme", dt.date(2026, 6, 30), "UTC", "EUR", grace_days=3).changed_settings()
        (('grace_days', 0, 3),)
        """
        defaults = {item.name: item.default for item in fields(self)}
        agreed = [(name, defaults[name], getattr(self, name)) for name in _AGREED]
        worthwhile = [(f"min_change.{name}", MIN_CHANGE[name], value) for name, value in self.min_change.items()]
        method = [(f"settings.{item.name}", item.default, getattr(self.settings, item.name)) for item in fields(Settings)]
        return tuple(change for change in [*agreed, *worthwhile, *method] if change[1] != change[2])


def derive_scale(
    people: int | None, functions: int | None, commitments_per_quarter: float | None
) -> Literal["smb", "mid", "enterprise"]:
    """Return the scale of an organisation.

    Parameters
    ----------
    people : int or None
        People in and around marketing; None if unknown.
    functions : int or None
        Functions that take part; None if unknown.
    commitments_per_quarter : float or None
        Programs committed per quarter, on average; None if unknown.

    Notes
    -----
    At most 15 people in at most 3 functions is ``smb``, however much they commit to. Else 60 people, 6 functions or 80
    commitments a quarter make it ``enterprise``. Everything else, and what cannot be told, is ``mid``.

    Examples
    --------
    >>> derive_scale(12, 3, 90), derive_scale(40, 6, 30), derive_scale(None, None, 40)
    ('smb', 'enterprise', 'mid')
    """
    if people is not None and functions is not None and people <= 15 and functions <= 3:
        return "smb"
    if (people or 0) >= 60 or (functions or 0) >= 6 or (commitments_per_quarter or 0) >= 80:
        return "enterprise"
    return "mid"
