"""The radical cut of a small organisation: one or two priorities, what stops, and half an hour on Monday."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from gapkit.labels import label_count, label_list
from gapkit.plain import plain, plain_rows

if TYPE_CHECKING:
    from gapkit.engagement import Engagement
    from gapkit.redesign.cadence.cadence import Cadence, Series
    from gapkit.redesign.priorities.priorities import Priorities

CHECK_IN: Final = "weekly"
# How the time of the check-in is shared among its four questions: what is stuck and what gets finished take most of it.
SHARES: Final = (1, 2, 2, 1)
UNKNOWN: Final = "Which one or two priorities to keep is not known: no official priority holds today"


class Item(NamedTuple):
    """One point of the check-in's agenda.

    Attributes
    ----------
    minutes : int
        Time for it.
    question : str
        What is asked.
    """

    minutes: int
    question: str


@dataclass(frozen=True)
class Simplification:
    """What a small organisation keeps and what it stops, on one page.

    Attributes
    ----------
    limit : int
        Priorities it can carry.
    keep, drop : tuple of str
        Priorities that stay, in order, and those that do not.
    programs : DataFrame
        Open programs that serve none of those that stay, without the ones the client declined to stop; columns as
        `priorities.effort.STOP_COLUMNS`, with standing.
    meetings : tuple of str
        Today's meetings that stop.
    when : str
        Name and time of the check-in; empty where it was declined.
    agenda : tuple of Item
        Its points; the minutes sum to its length.
    sentence : str
        What is kept, what stops, and the check-in.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    limit: int
    keep: tuple[str, ...]
    drop: tuple[str, ...]
    programs: pd.DataFrame = field(repr=False)
    meetings: tuple[str, ...]
    when: str
    agenda: tuple[Item, ...]
    sentence: str
    caveats: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `simplification` of `redesign.json` holds it."""
        parts = {name: plain(getattr(self, name)) for name in self.__dataclass_fields__ if name != "programs"}
        return {**parts, "programs": plain_rows(self.programs)}


def simplify(eng: Engagement, priorities: Priorities, cadence: Cadence) -> Simplification | None:
    """Put on one page what a small organisation keeps, what it stops, and how it runs its week.

    Parameters
    ----------
    eng : Engagement
        Supplies the scale.
    priorities : Priorities
        Of the same engagement, decisions counted: what is kept and which programs stop.
    cadence : Cadence
        Likewise: the check-in, and the meetings that stop.

    Returns
    -------
    Simplification or None
        None for any other scale. It proposes nothing of its own: it is decided with priorities and cadence.
    """
    if eng.scale != "smb":
        return None
    order = priorities.order
    keep, drop = (tuple(order.loc[order["keep"].astype(bool) == kept, "label"]) for kept in (True, False))
    programs = priorities.stops.loc[priorities.stops["standing"] != "declined"].reset_index(drop=True)
    meetings = tuple(cadence.to_stop["name"])
    check_in = next((one for one in cadence.held if one.id == CHECK_IN), None)
    when = f"{check_in.name}, {check_in.when}" if check_in else ""
    return Simplification(
        limit=priorities.limit,
        keep=keep,
        drop=drop,
        programs=programs,
        meetings=meetings,
        when=when,
        agenda=agenda(check_in) if check_in else (),
        sentence=_sentence(keep, _stopped(drop, len(programs), meetings), check_in, priorities.limit),
        caveats=_caveats(keep, programs, check_in, priorities.limit),
    )


def agenda(check_in: Series) -> tuple[Item, ...]:
    """Return the points of the check-in with their minutes."""
    total, ends = sum(SHARES), [0]
    for share in SHARES:
        ends.append(ends[-1] + share)
    minutes = [round(check_in.length_minutes * end / total) for end in ends]
    spans = [after - before for before, after in pairwise(minutes)]
    return tuple(Item(*pair) for pair in zip(spans, check_in.questions, strict=True))


def _stopped(drop: tuple[str, ...], programs: int, meetings: tuple[str, ...]) -> list[str]:
    """Return what stops, in words."""
    said = [label_count(len(drop), "other priority", "other priorities")] if drop else []
    said += [label_count(programs, "open program")] if programs else []
    return [*said, *(f"the {name}" for name in meetings)]


def _sentence(keep: tuple[str, ...], stopped: list[str], check_in: Series | None, limit: int) -> str:
    if not keep:
        said = UNKNOWN
    elif len(keep) > limit:
        said = f"Cut {label_count(len(keep), 'priority', 'priorities')} to {label_count(limit, 'priority', 'priorities')}"
    else:
        said = f"Keep {label_count(len(keep), 'priority', 'priorities')} ({label_list(keep)})"
    said += f"; stop {label_list(stopped)}" if stopped else ""
    if check_in is None:
        return f"{said}."
    return f"{said}; run the week on a {check_in.name} of {label_count(check_in.length_minutes, 'minute')}."


def _caveats(keep: tuple[str, ...], programs: pd.DataFrame, check_in: Series | None, limit: int) -> tuple[str, ...]:
    found = []
    if not keep:
        found.append(f"Agree on at most {label_count(limit, 'priority', 'priorities')} before anything else.")
    waited = int(programs["needed_by"].astype(bool).sum())
    if waited:
        found.append(f"Programs that are kept wait for {label_count(waited, 'program')} to stop: settle that first.")
    if check_in is None:
        found.append("The weekly check-in was declined; then nothing keeps the priorities from growing again.")
    return tuple(found)
