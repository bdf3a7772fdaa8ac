"""The assumptions behind cost: each with its value, where it comes from and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from gapkit.errors import InputError, Problem
from gapkit.labels import label_count, label_money, label_number, label_share

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig, Settings
    from gapkit.cost.fates import Fates
    from gapkit.cost.labour import Labour
    from gapkit.cost.spend import Spend

FINANCE, TEAM, PEOPLE_TEAM, CONSULTANT = "client, finance", "client, marketing", "client, people team", "consultant"
DEFAULT = "working default of the method"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One figure that cost rests on and that somebody could dispute.

    Attributes
    ----------
    name : str
        What is assumed.
    value : str
        The value used, with its range where it has one.
    source : str
        Where the value comes from: a table of the client, or a working default.
    owner : str
        Who can confirm or correct it, by role.
    """

    name: str
    value: str
    source: str
    owner: str


class ThreePoint(NamedTuple):
    """A three-point estimate.

    Attributes
    ----------
    low, mode, high : float
        Lowest, most likely and highest value, in this order.
    """

    low: float
    mode: float
    high: float


def three_point(settings: Settings, name: str) -> ThreePoint:
    """Return a three-point estimate kept as three settings: name_low, name, name_high.

    Raises
    ------
    InputError
        When the engagement changed them so that they are not in order.

    Examples
    --------
    >>> from gapkit.config import Settings
    >>> three_point(Settings(), "idle_share")
    ThreePoint(low=0.0, mode=0.1, high=0.25)
    """
    low, mode, high = (float(getattr(settings, key)) for key in (f"{name}_low", name, f"{name}_high"))
    if low <= mode <= high:
        return ThreePoint(low, mode, high)
    seen = f"{low:g}, {mode:g}, {high:g}"
    raise InputError([
        Problem(f"{name}_low, {name} and {name}_high are not in order", "engagement.yml", column=f"settings.{name}",
                value=seen, allowed="lowest, most likely, highest", remedy="Put the three in order.")
    ])  # fmt: skip


def list_assumptions(
    config: EngagementConfig, spend: Spend | None, labour: Labour, fates: Fates, workaround_hours: ThreePoint | None
) -> tuple[Assumption, ...]:
    """Return the assumptions behind the buckets that could be measured, in the order of the buckets."""
    found = [*_about_spend(config, spend, fates), *_about_labour(config, labour)]
    if workaround_hours is not None:
        found += [
            Assumption("Hours of workarounds a week, all people together", _range(workaround_hours, ""),
                       "table workarounds", TEAM),
            Assumption("Hours of workarounds that other buckets hold already",
                       "as large a share as of all hours logged", DEFAULT, CONSULTANT),
        ]  # fmt: skip
    if labour.is_logged and labour.programs["held_days"].sum() > 0:
        idle = three_point(config.settings, "idle_share")
        per_day = labour.programs["hours"].sum() / max(labour.programs["active_days"].sum(), 1.0)
        hours = f"{label_number(per_day, 1)} a calendar day, as on a day of work"
        found += [
            Assumption("Hours held up while somebody else has a program", hours, "table stage_visits", CONSULTANT),
            Assumption("Share of them people cannot use elsewhere",
                       f"{label_share(idle.mode)} ({label_share(idle.low)} to {label_share(idle.high)})",
                       DEFAULT, CONSULTANT),
        ]  # fmt: skip
    return tuple(found)


def _about_spend(config: EngagementConfig, spend: Spend | None, fates: Fates) -> list[Assumption]:
    if spend is None:
        return []
    total = label_money(float(spend.programs["amount"].sum()) + spend.other, config.currency)
    table = f"table costs ({label_count(spend.entries, 'entry', 'entries')})"
    source = table if spend.entries else "column budget_spent, spread evenly over the days each program ran"
    found = [Assumption("Spend in the window", total, source, FINANCE)]
    imputed = int(spend.programs["is_imputed"].sum())
    if imputed:
        value = f"{label_count(imputed, 'program')} of {int(spend.programs['ran'].sum())} that ran"
        found.append(Assumption("Spend not recorded, taken as the median of its type", value, DEFAULT, FINANCE))
    if spend.entries:
        kept = "as recorded; nothing where it is not"
        found.append(Assumption("Share of sunk spend that could be got back", kept, "table costs", FINANCE))
    if fates.delivery.notna().any():
        days = config.settings.stalled_horizon_days
        value = label_share(float(fates.delivery.mean())) + ", mean over stalled programs"
        found.append(Assumption(f"Chance of delivery within {days} days once stalled", value,
                                "time-to-market of this client", CONSULTANT))  # fmt: skip
    return found


def _about_labour(config: EngagementConfig, labour: Labour) -> list[Assumption]:
    found = []
    if labour.rate is not None:
        rate = ThreePoint(labour.rate.low, labour.rate.mode, labour.rate.high)
        found.append(Assumption("Cost of an hour, all rates moving together", _range(rate, config.currency), "table rates",
                                FINANCE))  # fmt: skip
    if labour.paid_hours is not None:
        value = (
            f"{label_number(labour.people, 1)} full-time people × {config.settings.hours_per_week:g} hours × "
            f"{label_number(labour.weeks, 1)} weeks"
        )
        found.append(Assumption("Hours paid", value, "table people", PEOPLE_TEAM))
    return found


def _range(points: ThreePoint, currency: str) -> str:
    """Return a three-point estimate in words: most likely, lowest to highest."""
    low, mode, high = (label_number(point, 0 if point >= 10 else 1) for point in points)
    return f"{currency} {mode} ({low} to {high})".strip()
