"""The plan in words: what it holds and takes, what follows from decisions, what it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.evidence import NOT_ASSESSABLE
from gapkit.labels import label_count, label_list, label_number, label_period
from gapkit.redesign.plan.actions import ACTIONS

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding
    from gapkit.engagement import Engagement
    from gapkit.redesign.plan.choosing import Chosen
    from gapkit.redesign.plan.plan import Plan, PlanItem

NOTHING: Final = "There is nothing to plan: no finding is active or possible."
NOTHING_KNOWN: Final = (
    "There is nothing to plan: no finding could be assessed. What each of them needs is listed with the diagnosis."
)
NO_START: Final = (
    "The engagement has no start (started_on in engagement.yml), so the day the data was read counts as day 31."
)


def sentence(plan: Plan) -> str:
    """Return what the plan holds, and what it takes.

    Parameters
    ----------
    plan : Plan
        Its caveats need not be there yet.
    """
    if not plan.items and not plan.later:
        return plan.caveats[0] if plan.caveats[:1] == (NOTHING_KNOWN,) else NOTHING
    days = sum(item.effort_days for item in plan.items)
    checks = sum(item.is_check for item in plan.items)
    parts = []
    if plan.active:
        answered = label_count(plan.active - len(plan.unanswered), "active finding")
        parts.append(f"{label_count(len(plan.items) - checks, 'action')} against {answered}")
    if checks:
        parts.append(f"{label_count(checks, 'check')} of what is only possible")
    period = label_period(plan.days.begins_on, plan.days.ends_on)
    planned = f"From {period}: {label_list(parts)}, {label_count(round(days), 'person-day')} in all" if plan.items else (
        f"Nothing ends within the 90 days ({period})"
    )  # fmt: skip
    later = f"; {label_count(len(plan.later), 'action')} {_come(plan.later)} after day 90" if plan.later else ""
    return f"{planned}{later}."


def _come(items: Sequence[PlanItem]) -> str:
    return "comes" if len(items) == 1 else "come"


def with_remarks(
    items: Sequence[PlanItem], chosen: Sequence[Chosen], scale: str, declined: Sequence[str]
) -> list[PlanItem]:
    """Return the items with what a reader must know of each: why it is here, what it counts on, what decisions broke.

    Parameters
    ----------
    items : sequence of PlanItem
        With their dates.
    chosen : sequence of Chosen
        Why each is here.
    scale : str
        Of the organisation.
    declined : sequence of str
        Ids of the actions the client declined.
    """
    by_id, reasons = {item.id: item for item in items}, {one.action.id: one for one in chosen}
    return [
        replace(item, remarks=(*_reasons(reasons[item.id], scale, declined), *_too_early(item, by_id))) for item in items
    ]


def _reasons(one: Chosen, scale: str, declined: Sequence[str]) -> list[str]:
    known, found = ACTIONS[scale], []
    if one.is_kept:
        found.append("It was agreed to; what it answers is not active in today's data.")
    if one.asked_by:
        found.append(f"It is here because other actions need it: {_named(one.asked_by, scale)}.")
    if one.assumes:
        found.append(f"It counts on this being in place: {_named(one.assumes, scale)}.")
    missing = [known[name].name for name in one.action.needs if name in declined]
    if missing:
        found.append(f"It needs what was declined: {label_list(missing)}.")
    return found


def _named(names: Sequence[str], scale: str) -> str:
    return label_list([ACTIONS[scale][name].name for name in names])


def _too_early(item: PlanItem, by_id: dict[str, PlanItem]) -> list[str]:
    """Return what must be done before and, by the dates decided, is not."""
    if item.starts_on is None:
        return []
    before = [by_id[name] for name in item.needs]
    late = [one.name for one in before if one.ends_on is None or one.ends_on >= item.starts_on]
    return [f"By the dates decided it begins before this is done: {label_list(late)}."] if late else []


def caveats(plan: Plan, findings: Sequence[Finding], unknown: Sequence[str], eng: Engagement) -> tuple[str, ...]:
    """Return what a reader of the plan must know.

    Parameters
    ----------
    plan : Plan
        Complete but for this.
    findings : sequence of Finding
        All findings of the diagnosis.
    unknown : sequence of str
        Ids in the decisions that are no actions.
    eng : Engagement
        Supplies the start and how many actions one owner may have.
    """
    blind = [one for one in findings if one.verdict == NOT_ASSESSABLE]
    said = [NOTHING_KNOWN] if len(blind) == len(findings) and not plan.items and not plan.later else []
    if eng.config.started_on is None:
        said.append(NO_START)
    said += [_overloaded(who, most, eng) for who, most in _loads(plan) if most > eng.config.settings.actions_at_once]
    if plan.declined:
        said.append(f"Declined, and left out: {label_list(plan.declined)}.")
    if unknown:
        said.append(f"Entries of the plan in decisions.yml that are no actions, and left out: {label_list(unknown)}.")
    if plan.unanswered:
        said.append(f"Active findings without an action, because all were declined: {label_list(plan.unanswered)}.")
    if plan.unmeasured:
        said.append(
            f"Active findings of which nothing the plan should move is measured today: {label_list(plan.unmeasured)}. "
            "Whether their actions worked will not be seen."
        )
    if plan.unchecked:
        said.append(f"Possible as well, to be checked when the others are settled: {label_list(plan.unchecked)}.")
    if blind and plan.items:
        said.append(f"No action is planned for what could not be assessed: {label_list([one.name for one in blind])}.")
    if plan.items or plan.later:
        said.append(
            "Efforts and durations are working defaults for an organisation of this size; change them with the owners."
        )
    return tuple(said)


def _loads(plan: Plan) -> list[tuple[str, int]]:
    """Return the most actions each owner has on one day."""
    own: dict[str, list[PlanItem]] = {}
    for item in (*plan.items, *plan.later):
        if item.starts_on is not None:
            own.setdefault(item.who.strip().casefold(), []).append(item)
    return [(items[0].who.strip(), max(_beside(one, items) for one in items)) for items in own.values()]


def _beside(one: PlanItem, items: Sequence[PlanItem]) -> int:
    """Return how many actions run on the first day of one, itself counted in."""
    day = one.starts_on
    return sum(
        other.starts_on <= day <= other.ends_on for other in items if other.starts_on and other.ends_on and day
    )  # fmt: skip


def _overloaded(who: str, most: int, eng: Engagement) -> str:
    limit = label_number(eng.config.settings.actions_at_once)
    return f"By the dates decided {who} has {label_number(most)} actions at once; {limit} is the limit."
