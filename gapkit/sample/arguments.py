"""What may be asked of the generator, checked as a whole before anything is drawn."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pandas.tseries.holiday import USFederalHolidayCalendar

from gapkit.calendar import WEEKMASK, next_quarter, quarter_end, quarter_start
from gapkit.errors import InputError, Problem
from gapkit.sample.levers import Levers
from gapkit.sample.worlds import WORLDS, World
from gapkit.vocabulary import KILLERS, SCALES

# Severity 0..1 by word: what a healthy organisation has of it, and what an injected one has.
LEVELS: Final = {"none": (0.0, 0.25), "moderate": (0.55, 0.75), "strong": (0.75, 1.0)}
CONDITIONS: Final = (
    "cadence", "incentives", "handoffs", "capability", "leadership_direction", "execution_discipline", "ivory_tower",
    "tool_first", "campaign_of_the_quarter",
)  # fmt: skip
OBSERVATIONS: Final = ("full", "mild", "none")
# Quarters simulated before the first one told of, so that queues are as full as they will be.
WARM_UP_QUARTERS: Final = 2


@dataclass(frozen=True, slots=True)
class Arguments:
    """Everything that fixes a synthetic organisation. Equal arguments give equal tables, to the byte.

    Attributes
    ----------
    seed, replicate : int
        The organisation, and which of its possible histories.
    scale : str
        ``smb``, ``mid`` or ``enterprise``.
    killers : mapping of str to str or float
        Killer to ``none``, ``moderate``, ``strong`` or a severity from 0 to 1. Those not named are ``none``.
    conditions : mapping of str to str or float
        The same for the fractures, causes and pitfalls in `CONDITIONS` that are not killers. Not named: ``none``, but
        campaign_of_the_quarter (surprise work) anywhere from 0 to 1.
    world : str
        A name of `WORLDS`.
    improvement : float
        How much the execution rate of the programs under the redesign rises, as a share (0.2 is 20 points). Those are the
        promised ones of the last quarter, in all teams but those held back.
    held_back : float
        Share of teams that are not under the redesign yet: a comparison group.
    levers : Levers
        Levers pulled from the first quarter on.
    observation : str
        Errors of recording: ``full`` as found in the field, ``mild``, or ``none``.
    first_quarter : str
        The first quarter told of.
    quarters : int
        How many; the last is the quarter after, all others before.
    started_on : date or None
        Day 1 of the engagement; None is the first Monday of the last quarter before.
    as_of : date or None
        Day the tables are read at; None is 15 days after the last quarter, later still if the world says so.
    client, tz, currency : str
        As in engagement.yml.
    """

    seed: int = 1
    replicate: int = 0
    scale: str = "mid"
    killers: Mapping[str, str | float] = field(default_factory=dict)
    conditions: Mapping[str, str | float] = field(default_factory=dict)
    world: str = "default"
    improvement: float = 0.0
    held_back: float = 0.0
    levers: Levers = field(default_factory=Levers)
    observation: str = "full"
    first_quarter: str = "2025Q2"
    quarters: int = 6
    started_on: dt.date | None = None
    as_of: dt.date | None = None
    client: str = "Synthetic organisation"
    tz: str = "America/New_York"
    currency: str = "USD"

    def __post_init__(self) -> None:
        """Refuse what cannot be made, all problems at once."""
        problems = [*self._word_problems(), *self._severity_problems(), *self._number_problems()]
        if not problems:
            problems = self._date_problems()
        if problems:
            raise InputError(problems)

    @property
    def setting(self) -> World:
        """The world asked for."""
        return WORLDS[self.world]

    @property
    def told_quarters(self) -> tuple[str, ...]:
        """The quarters told of, the one after last."""
        return tuple(next_quarter(self.first_quarter, k) for k in range(self.quarters))

    @property
    def after_quarter(self) -> str:
        """The quarter after the redesign."""
        return self.told_quarters[-1]

    @property
    def day_one(self) -> dt.date:
        """Day 1 of the engagement."""
        if self.started_on is not None:
            return self.started_on
        first = quarter_start(self.told_quarters[-2])
        return first + dt.timedelta(days=-first.weekday() % 7)

    @property
    def read_on(self) -> dt.date:
        """The day the tables are read at."""
        usual = quarter_end(self.after_quarter) + dt.timedelta(days=15 + self.setting.follow_up_days)
        return self.as_of or usual

    @property
    def holidays(self) -> tuple[dt.date, ...]:
        """US federal holidays of all the years told of."""
        years = (quarter_start(self.first_quarter).year, max(self.read_on.year, quarter_end(self.after_quarter).year))
        return _federal_holidays(*years)

    @property
    def weekmask(self) -> str:
        """Monday to Friday."""
        return WEEKMASK

    def but(self, **changes: Any) -> Arguments:
        """Return the same arguments with some changed."""
        return replace(self, **changes)

    def plain(self) -> dict[str, Any]:
        """Return the arguments that differ from their defaults, as plain data."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        plain |= {"levers": self.levers.pulled(), "killers": dict(self.killers), "conditions": dict(self.conditions)}
        plain |= {name: plain[name] and plain[name].isoformat() for name in ("started_on", "as_of")}
        usual: dict[str, Any] = {name: about.default for name, about in self.__dataclass_fields__.items()}
        usual |= {"levers": {}, "killers": {}, "conditions": {}}
        return {name: value for name, value in plain.items() if name == "seed" or value != usual[name]}

    def _word_problems(self) -> list[Problem]:
        asked = (
            ("scale", self.scale, SCALES),
            ("world", self.world, tuple(WORLDS)),
            ("observation", self.observation, OBSERVATIONS),
        )
        found = [
            Problem(what=f"unknown {name}", value=str(word), allowed=", ".join(allowed))
            for name, word, allowed in asked
            if word not in allowed
        ]
        if not _is_zone(self.tz):
            found.append(Problem(what="unknown time zone", value=self.tz, allowed="a name such as America/New_York"))
        if not re.fullmatch(r"\d{4}Q[1-4]", self.first_quarter):
            found.append(Problem(what="first_quarter is not a quarter", value=self.first_quarter, allowed="YYYYQn"))
        return found

    def _severity_problems(self) -> list[Problem]:
        found = []
        for name, asked, allowed in (("killer", self.killers, KILLERS), ("condition", self.conditions, CONDITIONS)):
            unknown = [key for key in asked if key not in allowed]
            found += [Problem(what=f"unknown {name}", value=key, allowed=", ".join(allowed)) for key in unknown]
            found += [
                Problem(what=f"unknown severity of {key}", value=repr(value), allowed=f"{', '.join(LEVELS)}, or 0 to 1")
                for key, value in asked.items()
                if not _is_severity(value)
            ]
        planted = [key for key, value in self.killers.items() if value not in ("none", 0)]
        if self.world in WORLDS and planted and not self.setting.takes_killers:
            found.append(
                Problem(
                    what=f"world {self.world} takes no killers",
                    value=", ".join(planted),
                    remedy="Leave the killers out, or choose another world.",
                )
            )
        return found

    def _number_problems(self) -> list[Problem]:
        checks = (
            ("improvement", self.improvement, "0 to 0.5", 0 <= self.improvement <= 0.5),
            ("held_back", self.held_back, "0 to 0.8", 0 <= self.held_back <= 0.8),
            ("quarters", self.quarters, "3 to 20", 3 <= self.quarters <= 20),
            ("seed", self.seed, "a whole number from 0", isinstance(self.seed, int) and self.seed >= 0),
            ("replicate", self.replicate, "a whole number from 0", isinstance(self.replicate, int) and self.replicate >= 0),
        )
        return [
            Problem(what=f"{name} is out of range", value=repr(value), allowed=allowed)
            for name, value, allowed, holds in checks
            if not holds
        ]

    def _date_problems(self) -> list[Problem]:
        first, last = quarter_start(self.told_quarters[0]), quarter_end(self.after_quarter)
        found = []
        if self.read_on < last:
            allowed = f"{last} or later"
            found.append(
                Problem(what="as_of lies before the end of the last quarter", value=str(self.read_on), allowed=allowed)
            )
        if not first < self.day_one <= last:
            allowed = f"after {first}, up to {last}"
            found.append(
                Problem(what="started_on lies outside the quarters told of", value=str(self.day_one), allowed=allowed)
            )
        return found


@lru_cache(maxsize=32)
def _federal_holidays(first_year: int, last_year: int) -> tuple[dt.date, ...]:
    days = USFederalHolidayCalendar().holidays(f"{first_year}-01-01", f"{last_year}-12-31")
    return tuple(day.date() for day in days)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_severity(value: object) -> bool:
    if isinstance(value, str):
        return value in LEVELS
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
