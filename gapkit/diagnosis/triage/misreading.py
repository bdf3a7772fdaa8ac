"""What it would cost to read strategy or execution wrongly, on either of its two axes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gapkit.labels import NOT_MEASURED, TOO_LITTLE, label_count, label_money

if TYPE_CHECKING:
    from gapkit.cost import Cost
    from gapkit.diagnosis.triage.criteria import Criteria
    from gapkit.diagnosis.triage.sound_work import SoundWork
    from gapkit.results import Result

# Which readings take criteria as given, and which take work as sound.
WITH_CRITERIA: Final = ("execution", "neither")
SOUND: Final = ("strategy", "neither")
EFFORT: Final = "effort, not priced"


@dataclass(frozen=True)
class Misreading:
    """One way to be wrong.

    Attributes
    ----------
    axis : str
        ``"criteria"`` or ``"work"``.
    probability : float
        Probability that the reading is wrong on this axis.
    sentence : str
        What would follow.
    at_stake : Result or None
        Money a quarter that would go on being lost, or be spent without anybody able to judge it; None where it is not
        measured, or nothing is at stake but effort.
    stakes : str
        The same in words, with its range; which of the two it is where there is no money.
    """

    axis: str
    probability: float
    sentence: str
    at_stake: Result | None
    stakes: str


def misreadings(
    cell: str | None, criteria: Criteria, work: SoundWork, cost: Cost | None, quarters: int
) -> tuple[Misreading, ...]:
    """Return what would follow if the reading were wrong, axis by axis.

    Parameters
    ----------
    cell : str or None
        The reading; None where there is none, then nothing can be misread.
    criteria, work
        The two axes.
    cost : Cost or None
        Prices what is at stake.
    quarters : int
        Baseline quarters behind the counts of `work`.
    """
    if cell is None or criteria.probability is None or work.probability is None:
        return ()
    return (
        _about_criteria(cell in WITH_CRITERIA, criteria.probability, cost),
        _about_work(cell in SOUND, work, work.probability, cost, quarters),
    )


def _about_criteria(taken_as_there: bool, probability: float, cost: Cost | None) -> Misreading:
    if taken_as_there:
        spent = _per_quarter(cost, "total_cost")
        price = f": about {_money(spent, cost)} of spend and labour a quarter" if spent else ""
        said = f"If there are no agreed criteria after all, work would be sped up that nobody can judge{price}."
        return Misreading("criteria", 1 - probability, said, spent, _stakes(spent, cost))
    lost = _per_quarter(cost, "gap_cost")
    said = f"If criteria are agreed after all, a quarter would go into agreeing on them again{_meanwhile(lost, cost)}."
    return Misreading("criteria", probability, said, lost, _stakes(lost, cost))


def _about_work(taken_as_sound: bool, work: SoundWork, probability: float, cost: Cost | None, quarters: int) -> Misreading:
    if not taken_as_sound:
        said = "If the work is sound after all, owners, approvals and hand-offs that do their job would be rebuilt."
        return Misreading("work", probability, said, None, EFFORT)
    lost = _per_quarter(cost, "gap_cost")
    missed = label_count(round((work.n - work.met - work.unknown) / quarters), "program")
    said = f"If the work is not sound after all, about {missed} a quarter would go on missing date or specification"
    return Misreading("work", 1 - probability, f"{said}{_meanwhile(lost, cost)}.", lost, _stakes(lost, cost))


def _per_quarter(cost: Cost | None, name: str) -> Result | None:
    """Return a sum of money of the window as money a quarter, None where it is not measured."""
    result = cost.results[name] if cost else None
    if cost is None or result is None or result.value is None or result.low is None or result.high is None:
        return None
    value, low, high = (amount / cost.quarters for amount in (result.value, result.low, result.high))
    return replace(result, name=f"{name}_per_quarter", value=value, low=low, high=high)


def _stakes(result: Result | None, cost: Cost | None) -> str:
    """Return money a quarter with its range, or why there is none."""
    if result is None or cost is None:
        return TOO_LITTLE if cost is not None and cost.results["total_cost"].status == "thin" else NOT_MEASURED
    low, high = (label_money(limit or 0.0, cost.currency) for limit in (result.low, result.high))
    return f"{_money(result, cost)} ({low} to {high})"


def _meanwhile(lost: Result | None, cost: Cost | None) -> str:
    return f", while the gap goes on costing about {_money(lost, cost)} a quarter" if lost else ""


def _money(result: Result, cost: Cost | None) -> str:
    return label_money(result.value or 0.0, cost.currency if cost else "")
