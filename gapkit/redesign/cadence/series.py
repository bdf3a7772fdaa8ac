"""The meetings an organisation of each scale runs on: how often, when, how long, who, and what is asked each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from gapkit.diagnosis.indicators.anchors import NORMS
from gapkit.diagnosis.killers.remedies import OFFICE, OPERATIONS, OWNERS, SPONSOR
from gapkit.diagnosis.teams import OTHER_TEAMS

Rhythm = Literal["weekly", "fortnightly", "monthly", "quarterly"]
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Every quarter of an hour of a working day.
TIMES: Final = tuple(f"{hour:02d}:{minute:02d}" for hour in range(7, 19) for minute in (0, 15, 30, 45))
WHEN: Final[Mapping[str, str]] = MappingProxyType({
    "weekly": "every {}",
    "fortnightly": "every second {}",
    "monthly": "on the first {} of the month",
    "quarterly": "on a {} two weeks before the quarter begins",
})  # fmt: skip
EVERYONE: Final = "everyone in marketing"
TEAM_LEADS: Final = "team leads"
UNIT_LEADS: Final = "leads of all units"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A series of meetings as the method proposes it.

    Attributes
    ----------
    id : str
        Its word in decisions.yml and in the calendar.
    name : str
        As people say it; braces stand for the weekday.
    rhythm : {"weekly", "fortnightly", "monthly", "quarterly"}
        How often.
    weekday : str
        Day of the week.
    time : str
        ``HH:MM`` where the organisation is.
    length_minutes : int
        How long.
    attendance : tuple of str
        Roles, as a reader sees them.
    seats : frozenset of str
        The same, one by one: two series that share a seat may not overlap.
    questions : tuple of str
        What is asked each time.
    """

    id: str
    name: str
    rhythm: Rhythm
    weekday: str
    time: str
    length_minutes: int
    attendance: tuple[str, ...]
    seats: frozenset[str]
    questions: tuple[str, ...]


WEEK: Final = (
    "What was due last week, and what was delivered?",
    "What waits longer than its agreed time, and who decides it today?",
    "What is due in the next two weeks, and what would stop it?",
    "Which actions of last week are still open?",
)
MONTH: Final = (
    "Execution rate, on-time rate and velocity: a signal, or the usual variation?",
    "Results of what was delivered last month against its target: go on, change or stop?",
    "Which weekly inputs moved, and which did not?",
    "Which agreed times are not kept, and what is changed about it?",
)


def _quarter(priorities: int) -> tuple[str, ...]:
    return (
        f"Which priorities hold next quarter, in which order, at most {priorities}?",
        "What stops?",
        "Who answers for each program, and do they have time for it?",
        "Which agreed times and which meetings change?",
    )


ACROSS: Final = (
    "Which programs need another unit in the next four weeks, and has it agreed?",
    "Which hand-offs are over their agreed time, oldest first?",
    "Which priorities of two units collide, and who decides?",
)
CHECK_IN: Final = (
    "What was due last week, and what was delivered?",
    "What is stuck on each priority, and who decides it until when?",
    "What does each of us finish by Friday?",
    "What came up, and what stops if it starts?",
)
LOOK_BACK: Final = (
    "How much of what we planned was delivered, and when?",
    "What did the results of last month tell us: go on, change or stop?",
    "Do the priorities still hold?",
)


def _meeting(
    id: str, name: str, rhythm: Rhythm, at: tuple[str, str, int], attendance: tuple[str, ...], questions: tuple[str, ...],
    *, seats: Sequence[str] = (),
) -> Meeting:  # fmt: skip
    weekday, time, length = at
    return Meeting(id, name, rhythm, weekday, time, length, attendance, frozenset(seats or attendance), questions)


SMALL: Final = (
    _meeting("weekly", "{} check-in", "weekly", ("Monday", "09:30", 30), (EVERYONE,), CHECK_IN),
    _meeting("monthly", "Monthly look-back", "monthly", ("Thursday", "15:00", 60), (EVERYONE,), LOOK_BACK),
)
MIDDLE: Final = (
    _meeting("weekly", "Weekly review", "weekly", ("Monday", "10:00", 45), (OWNERS, TEAM_LEADS, OPERATIONS), WEEK),
    _meeting("monthly", "Monthly review", "monthly", ("Thursday", "13:00", 90), (SPONSOR, TEAM_LEADS, OPERATIONS), MONTH),
    _meeting("quarterly", "Quarterly reset", "quarterly", ("Tuesday", "13:00", 180),
             (SPONSOR, TEAM_LEADS, OWNERS, OPERATIONS), _quarter(NORMS["mid"].live_priorities)),
)  # fmt: skip


def meetings(scale: str, units: Sequence[str]) -> tuple[Meeting, ...]:
    """Return the series an organisation runs on.

    Parameters
    ----------
    scale : {"smb", "mid", "enterprise"}
        Its size.
    units : sequence of str
        Names of the units of an enterprise, each with a weekly review of its own; those gathered under "other teams" have
        one each, without their names. Without any name the review of each unit is one series.

    Examples
    --------
    >>> [one.id for one in meetings("enterprise", ["Brand", "Web"])]
    ['weekly Brand', 'weekly Web', 'fortnightly', 'monthly', 'quarterly']
    >>> [(one.name, one.length_minutes) for one in meetings("smb", [])]
    [('{} check-in', 30), ('Monthly look-back', 60)]
    """
    if scale != "enterprise":
        return SMALL if scale == "smb" else MIDDLE
    called = {OTHER_TEAMS: "each smaller team"}
    own = {f"weekly {unit}": called.get(unit, unit) for unit in units} or {"weekly": "each unit"}
    leads = tuple(f"lead of {unit}" for unit in own.values())
    weekly = tuple(
        _meeting(id, f"Weekly review, {unit}", "weekly", ("Monday", "10:00", 45),
                 (f"lead of {unit}", f"{OWNERS} of {unit}"), WEEK)
        for id, unit in own.items()
    )  # fmt: skip
    return (
        *weekly,
        _meeting("fortnightly", "Cross-function review", "fortnightly", ("Wednesday", "13:00", 60), (UNIT_LEADS, OFFICE),
                 ACROSS, seats=(*leads, OFFICE)),
        _meeting("monthly", "Monthly performance review", "monthly", ("Thursday", "13:00", 90),
                 (SPONSOR, UNIT_LEADS, OFFICE), MONTH, seats=(SPONSOR, *leads, OFFICE)),
        _meeting("quarterly", "Quarterly strategy review", "quarterly", ("Tuesday", "13:00", 180),
                 (SPONSOR, UNIT_LEADS, OFFICE), _quarter(NORMS["enterprise"].live_priorities),
                 seats=(SPONSOR, *leads, OFFICE)),
    )  # fmt: skip
