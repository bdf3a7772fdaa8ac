"""Who answers for each program: at its planned start, after every change, and today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from gapkit.sample.exposure import uniforms
from gapkit.sample.record import Record
from gapkit.sample.story import Story

OWN_TEAM_FIRST: Final = 2.0
COMMITTEE: Final = "Steering committee"
NOBODY: Final = ""
# Owner changes later in the run, and in programs that are overdue: change follows lateness there, it does not cause it.
LATER_SHARE, OVERDUE_SHARE = 0.4, 0.15


class OwnerChange(NamedTuple):
    """One change of owner: program (position in the story), moment, owners before and after."""

    program: int
    at_h: float
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class Owners:
    """Ownership of every program, by position in the story.

    Attributes
    ----------
    at_start : array of str or None
        Owners at planned start as a list cell; None where there was none.
    kind : array of str
        person, team, committee or none.
    now : array of str or None
        Owners on the day the tracker is read.
    changes : tuple of OwnerChange
        In order of time, up to that day.
    """

    at_start: np.ndarray
    kind: np.ndarray
    now: np.ndarray
    changes: tuple[OwnerChange, ...]


def assign_owners(story: Story, record: Record) -> Owners:
    """Return who answers for what.

    Programs are dealt out in proportion to a weight per person; the more concentrated ownership is, the more unequal the
    weights.
    """
    dealt = _deal(story)
    kinds = story.exposed["owner_kind"].to_numpy()
    teams = np.array(story.frame.teams)[story.plan["team"]]
    several = np.array([";".join(dict.fromkeys(people[:2])) for people in dealt], dtype=object)
    first = np.array([people[0] for people in dealt], dtype=object)
    cases = [kinds == "one", kinds == "several", kinds == "team", kinds == "committee"]
    at_start = np.select(cases, [first, several, teams, np.full(len(first), COMMITTEE)], default=NOBODY)
    at_start[at_start == NOBODY] = None
    # Two draws of the same person are one person after all; someone from outside the team then shares the program.
    doubled = (kinds == "several") & (several == first)
    at_start[doubled] = [f"{one};{_other(story, one)}" for one in first[doubled]]
    kind = np.select([cases[0] | cases[1], cases[2], cases[3]], ["person", "team", "committee"], default="none")
    changes = _changes(story, record, at_start, [people[2] for people in dealt])
    now = at_start.copy()
    for change in changes:
        now[change.program] = change.new
    return Owners(at_start, kind, now, changes)


def _deal(story: Story) -> list[list[str]]:
    """Return three people per program: the owner, one who may share it, one who may take it over.

    Each goes to whoever has the fewest programs of the quarter for their weight; people of the program's own team come
    first until they have several times as many as others.
    """
    frame = story.frame
    normal = story.streams.organisation("owners").standard_normal(len(frame.owners))
    weight = np.exp(story.parameters["owner_concentration"] * normal)
    home = frame.people.set_index("person_id")["team"].reindex(frame.owners).to_numpy()
    at_home = np.array([np.where(home == team, OWN_TEAM_FIRST, 1.0) for team in frame.teams])
    turn = np.zeros(len(weight))
    before, dealt = None, []
    for team, quarter in zip(story.plan["team"].tolist(), story.plan["quarter"].tolist(), strict=True):
        if quarter != before:
            before, turn = quarter, np.zeros(len(weight))
        nearest = np.argsort((turn + 1) / (weight * at_home[team]), kind="stable")[:3].tolist()
        turn[nearest[0]] += 1
        dealt.append([str(frame.owners[k]) for k in (nearest * 3)[:3]])
    return dealt


def _other(story: Story, person: str) -> str:
    """Return somebody else who may own programs."""
    owners = story.frame.owners.tolist()
    return str(owners[(owners.index(person) + 1) % len(owners)])


def _next_owner(story: Story, old: str | None, taker: str) -> str:
    """Return who has a program after those who had it: the taker, or somebody else if the taker was among them."""
    had = [] if old is None else old.split(";")
    while taker in had:
        taker = _other(story, taker)
    # A program shared by two stays shared: one of them is replaced.
    return f"{had[0]};{taker}" if len(had) > 1 else taker


def _changes(story: Story, record: Record, at_start: np.ndarray, takers: list[str]) -> tuple[OwnerChange, ...]:
    plan = story.plan
    start, end = plan["start_h"].to_numpy(), plan["end_h"].to_numpy()
    draws = uniforms(plan, story.streams, "owner changes", 6)
    early = story.parameters["owner_changed_early"]
    wanted = [
        (draws[:, 0] < early, start + draws[:, 1] * (end - start) / 2),
        (draws[:, 2] < LATER_SHARE * early, start + (0.5 + draws[:, 3] / 2) * (end - start)),
        (draws[:, 4] < OVERDUE_SHARE, end + draws[:, 5] * 80),
    ]
    over = np.minimum(story.flow.finished_h, story.flow.cancelled_h)
    owner = at_start.copy()
    found = []
    for happens, at in wanted:
        for i in np.flatnonzero(happens & (at < over) & (at <= record.now_h)).tolist():
            old = owner[i]
            new = _next_owner(story, old, takers[i])
            owner[i] = new
            found.append(OwnerChange(i, float(at[i]), old, new))
    return tuple(found)
