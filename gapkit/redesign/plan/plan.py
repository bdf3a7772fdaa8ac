"""The 90-day plan: which actions answer what was found, who takes them, when, and which measure each should move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from gapkit.plain import plain
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.decisions.rules import NOTE, Rule
from gapkit.redesign.plan import wording as words
from gapkit.redesign.plan.actions import ACTIONS
from gapkit.redesign.plan.choosing import Chosen, active, checked, choose, doubtful
from gapkit.redesign.plan.days import PlanDays, plan_days
from gapkit.redesign.plan.expected import Expected, expect, measured
from gapkit.redesign.plan.scheduling import Task, in_order, schedule

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.redesign.what_if import Prediction

FIELDS: Final[Mapping[str, Rule]] = MappingProxyType({
    "who": Rule("text", "the role that answers for the action, never a team"),
    "starts_on": Rule("date", "the day it begins; empty while it has to wait until after day 90", may_be_empty=True),
    "ends_on": Rule("date", "the day it is in force", may_be_empty=True),
    "note": NOTE,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One action in the plan.

    Attributes
    ----------
    id, name, do : str
        Its id, short name, and what to do.
    finding, finding_name, verdict : str
        The most active finding it answers, with what was said of it.
    also : tuple of str
        Names of other active findings it answers.
    who : str
        The role that answers for it.
    effort_days : float
        Person-days of all who take part.
    lasts_bdays : int
        Business days it takes.
    needs : tuple of str
        Ids of the actions of this plan that must be done before.
    phase : {"diagnose", "redesign", "launch"}
        ``diagnose`` for a check.
    starts_on, ends_on : date or None
        Its first and last day; None for what finds no place within the 90 days.
    shows_on : date or None
        From when on its measure can show it.
    expected : Expected
        The measure it should move, and by how much.
    standing : {"proposed", "agreed"}
        What was decided.
    note : str
        The client's words; empty for none.
    remarks : tuple of str
        What a reader must know of it, one sentence each.
    """

    id: str
    name: str
    do: str
    finding: str
    finding_name: str
    verdict: str
    also: tuple[str, ...]
    who: str
    effort_days: float
    lasts_bdays: int
    needs: tuple[str, ...]
    phase: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    shows_on: dt.date | None
    expected: Expected
    standing: str
    note: str
    remarks: tuple[str, ...] = ()

    @property
    def is_check(self) -> bool:
        """Whether it only settles if there is a finding."""
        return self.phase == "diagnose"


@dataclass(frozen=True)
class Plan:
    """The plan of days 31 to 90.

    Attributes
    ----------
    days : PlanDays
        Its first and last day.
    today : date
        The day the data is read.
    items : tuple of PlanItem
        What is done within the 90 days, by start, then by importance.
    later : tuple of PlanItem
        What ends after day 90, or has no place before it.
    declined : tuple of str
        Names of the actions the client declined.
    unmeasured : tuple of str
        Names of active findings of which no measure its actions should move has a figure today.
    unanswered : tuple of str
        Names of active findings without an action, because the client declined what was proposed.
    unchecked : tuple of str
        Names of possible findings for whose check there is no time yet.
    active : int
        Findings that are active.
    proposed : mapping
        Id to the fields today's data propose, decisions aside.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    days: PlanDays
    today: dt.date
    items: tuple[PlanItem, ...]
    later: tuple[PlanItem, ...]
    declined: tuple[str, ...]
    unmeasured: tuple[str, ...]
    unanswered: tuple[str, ...]
    unchecked: tuple[str, ...]
    active: int
    proposed: Mapping[str, Mapping[str, Any]] = field(repr=False)
    caveats: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """How many actions answer how many findings, and what they take."""
        return words.sentence(self)

    def proposals(self) -> dict[str, dict[str, Any]]:
        """Return what today's data propose: who, starts_on and ends_on by action."""
        return {name: dict(fields) for name, fields in self.proposed.items()}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `plan` of `redesign.json` holds it."""
        return {
            "sentence": self.sentence,
            "begins_on": plain(self.days.begins_on),
            "day_60": plain(self.days.day_60),
            "ends_on": plain(self.days.ends_on),
            "items": [plain(one) for one in self.items],
            "later": [plain(one) for one in self.later],
            "declined": list(self.declined),
            "without_measure": list(self.unmeasured),
            "without_action": list(self.unanswered),
            "not_checked_yet": list(self.unchecked),
            "caveats": list(self.caveats),
        }


def plan_actions(eng: Engagement, d: Diagnosis, decided: Decided, *, parts: Mapping[str, Any]) -> Plan:
    """Plan the actions that answer what was found.

    Parameters
    ----------
    eng : Engagement
        Supplies scale, start, calendar and the measure it is judged by.
    d : Diagnosis
        Supplies the findings.
    decided : Decided
        Its section ``plan``: who, starts_on, ends_on and note by action.
    parts : mapping
        Of the redesign: ``what_if``, whose predictions are quoted where they may be promised; it may be missing.

    Returns
    -------
    Plan
        Without items where nothing is active or possible.

    Notes
    -----
    Actions are placed in order of importance, each as early as its prerequisites, its phase and its owner allow: one owner
    has at most `Settings.actions_at_once` actions on a day. Dates the client decided are kept, and what follows from them
    is said. See docs/method.md.
    """
    what_if = parts.get("what_if")
    predictions = () if what_if is None else tuple(what_if.levers)
    entries, library = decided.sections.get("plan", {}), ACTIONS[eng.scale]
    agreed, declined = (
        [name for name in entries if name in library and decided.standing("plan", name) == standing]
        for standing in ("agreed", "declined")
    )
    chosen = choose(d.findings, eng.scale, agreed=agreed, declined=declined)
    days = plan_days(eng.config, eng.as_of)
    fresh = _dated(choose(d.findings, eng.scale), Decided(), days, eng, predictions)
    placed = words.with_remarks(_dated(chosen, decided, days, eng, predictions), chosen, eng.scale, declined)
    acted = active(d.findings)
    answers = {one.id: [each.action for each in chosen if one.id in each.action.findings] for one in acted}
    plan = Plan(
        days=days,
        today=eng.as_of,
        items=tuple(sorted((one for one in placed if _is_inside(one, days)), key=_start)),
        later=tuple(sorted((one for one in placed if not _is_inside(one, days)), key=_start)),
        declined=tuple(library[name].name for name in declined),
        unmeasured=tuple(
            one.name for one in acted if answers[one.id] and not any(measured(action, one) for action in answers[one.id])
        ),
        unanswered=tuple(one.name for one in acted if not answers[one.id]),
        unchecked=tuple(one.name for one in doubtful(d.findings) if one not in checked(d.findings, eng.scale)),
        active=len(acted),
        proposed={one.id: _proposal(one) for one in sorted(fresh, key=_start)},
        caveats=(),
    )
    unknown = [name for name in entries if name not in library]
    return replace(plan, caveats=words.caveats(plan, d.findings, unknown, eng))


def _dated(
    chosen: Sequence[Chosen], decided: Decided, days: PlanDays, eng: Engagement, predictions: Sequence[Prediction]
) -> list[PlanItem]:
    """Return the chosen actions with owner and dates, in order of importance."""
    entries = {one.action.id: decided.entry("plan", one.action.id) for one in chosen}
    owners = {one.action.id: str(entries[one.action.id].get("who") or one.action.who) for one in chosen}
    put = {one.action.id: days.fixed(entries[one.action.id], one.action.lasts_bdays) for one in chosen}
    tasks = [
        Task(
            id=name,
            owner=owners[name].strip().casefold(),
            days=one.action.lasts_bdays,
            needs=one.action.needs,
            earliest=days.earliest(one.action.phase),
            fixed=days.span(dates) if (dates := put[name]) else None,
        )
        for one in chosen
        for name in (one.action.id,)
    ]
    spans = schedule(tasks, days.horizon, eng.config.settings.actions_at_once)
    ids = {task.id for task in tasks}
    by_id = {one.action.id: one for one in chosen}
    found = []
    for task in in_order(tasks):
        one, span = by_id[task.id], spans[task.id]
        dates = put[task.id] or (span and (days.day(span[0]), days.day(span[1])))
        starts, ends = dates or (None, None)
        found.append(
            PlanItem(
                id=task.id, name=one.action.name, do=one.action.do, finding=one.finding.id,
                finding_name=one.finding.name, verdict=one.finding.verdict,
                also=tuple(other.name for other in one.also if other.name != one.finding.name), who=owners[task.id],
                effort_days=one.action.effort_days, lasts_bdays=one.action.lasts_bdays,
                needs=tuple(need for need in one.action.needs if need in ids), phase=one.action.phase,
                starts_on=starts, ends_on=ends,
                shows_on=None if ends is None else ends + dt.timedelta(days=one.action.shows_after_days),
                expected=expect(one.action, one.finding, predictions, eng.config.primary),
                standing=decided.standing("plan", task.id), note=str(entries[task.id].get("note") or ""),
            )
        )  # fmt: skip
    return found


def _proposal(item: PlanItem) -> dict[str, Any]:
    return {"who": item.who, "starts_on": plain(item.starts_on), "ends_on": plain(item.ends_on), "note": None}


def _start(item: PlanItem) -> dt.date:
    """Return what an action is sorted by: its start, those without one last."""
    return item.starts_on or dt.date.max


def _is_inside(item: PlanItem, days: PlanDays) -> bool:
    return item.ends_on is not None and item.ends_on <= days.ends_on
