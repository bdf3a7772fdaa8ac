"""What may be said of the draws: which figures are measured, which rest on enough programs, which are rough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import stats

from gapkit.baseline.flow import NO_VISITS
from gapkit.cost.draws import FEWEST_DAYS
from gapkit.labels import label_count, label_list, label_number, label_share
from gapkit.results import Result, not_assessable
from gapkit.stats.intervals import Interval
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.config import Settings
    from gapkit.cost.draws import Draws, Inputs
    from gapkit.results import Unit
    from gapkit.stats.intervals import FloatArray

LEVEL: Final = 0.90
# Figures that rest on spend, so that estimated spend makes them rough.
ON_SPEND: Final = ("sunk_spend", "total_cost", "gap_cost", "invisible_tax")
ABOUT: Final = {
    "sunk_spend": "spend and hours of programs that were cancelled, and of stalled ones as far as they will hardly arrive",
    "work_outside_priorities": "hours of work tied to no approved priority or goal",
    "rework": "hours of rework and of visits that sent work back, spend booked as rework",
    "workarounds": "hours of manual work around tools that do not fit",
    "idle_waiting": "hours people could not use elsewhere while somebody else held a program up",
}
NO_SPEND: Final = "Spend per program (table costs, or the column budget_spent of programs) would switch this on."
NO_RATES: Final = "Hourly rates (table rates) would switch this on."
NO_HOURS: Final = "Hours worked per stage visit (column work_hours of stage_visits) would switch this on."
NO_PAID: Final = "Everybody's working time (table people), or hours logged on stage visits, would switch this on."
NO_TIE: Final = "No program names a goal or a priority; goal_id and priority_id would switch this on."
NO_WORKAROUNDS: Final = "A list of workarounds with their hours (table workarounds) would switch this on."


@dataclass(frozen=True)
class Bucket:
    """One part of the invisible tax.

    Attributes
    ----------
    id : str
        ``K1`` to ``K5``, in the order in which hours and money are given to them.
    about : str
        What is in it.
    result : Result
        Money: P50 with P5 and P95.
    hours : Interval or None
        The hours in it, P50 with P5 and P95; known also without hourly rates. None where no hours are known.
    """

    id: str
    about: str
    result: Result
    hours: Interval | None


@dataclass(frozen=True)
class Driver:
    """One source of uncertainty and how much it moves the figure.

    Attributes
    ----------
    name : str
        What is uncertain.
    share : float
        Squared rank correlation with the invisible tax (0..1); where that is not measured, with the sum of the buckets.
    """

    name: str
    share: float


@dataclass(frozen=True)
class Figures:
    """Results from draws.

    Attributes
    ----------
    inputs : Inputs
        What was drawn from.
    draws : Draws
        The draws.
    settings : Settings
        Minimum n, and the share of estimated spend beyond which figures are rough.
    period : str
        The window in words.
    """

    inputs: Inputs
    draws: Draws
    settings: Settings
    period: str

    @property
    def ran(self) -> int:
        """Programs that ran in the window, as far as spend or hours tell."""
        spend, work = self.inputs.spend, self.inputs.labour.programs
        return int((spend.programs["ran"] if spend else work["hours"].gt(0)).sum())

    @property
    def has_few(self) -> bool:
        """Whether too few programs ran to resample them."""
        return self.ran < self.settings.min_n_rate

    @property
    def imputed_share(self) -> float:
        """Share of the programs that ran whose spend was estimated."""
        return self.inputs.spend.imputed_share if self.inputs.spend else 0.0

    @property
    def is_rough(self) -> bool:
        """Whether that is too many for more than an order of magnitude."""
        return self.imputed_share > self.settings.max_imputed_share

    def why_not(self, name: str) -> str:
        """Return what is missing for the money of a bucket, empty where it can be measured."""
        inputs, labour = self.inputs, self.inputs.labour
        no_price = "" if labour.rate else NO_RATES
        no_hours = ("" if labour.is_logged else NO_HOURS) or no_price
        booked = inputs.spend is not None and bool(inputs.spend.programs["rework"].gt(0).any())
        return {
            "sunk_spend": no_hours and ("" if inputs.spend else NO_SPEND),
            "work_outside_priorities": NO_TIE if inputs.tied is None else no_hours,
            "rework": "" if booked else no_hours,
            "workarounds": ("" if inputs.workarounds else NO_WORKAROUNDS) or no_price,
            "idle_waiting": ("" if labour.programs["active_days"].sum() >= FEWEST_DAYS else NO_VISITS) or no_hours,
        }[name]

    def has_hours(self, name: str) -> bool:
        """Return whether the hours of a bucket are known."""
        if name == "workarounds":
            return bool(self.inputs.workarounds)
        if name == "work_outside_priorities" and self.inputs.tied is None:
            return False
        return self.inputs.labour.is_logged

    def bucket(self, number: int, name: str) -> Bucket:
        """Return one bucket."""
        why = self.why_not(name)
        caveats = self._caveats(name)
        result = (not_assessable(name, why, unit="money", period=self.period, n=self.ran) if why
                  else self.summary(name, self.draws.money[name], caveats=caveats))  # fmt: skip
        enough = self.has_hours(name) and not (self.has_few and name != "workarounds")
        hours = percentiles(self.draws.hours[name]) if enough else None
        return Bucket(f"K{number}", ABOUT[name], result, hours)

    def _caveats(self, name: str) -> tuple[str, ...]:
        inputs = self.inputs
        found = []
        if name == "sunk_spend":
            if not inputs.spend:
                found.append("Hours only: spend per program is not recorded.")
            elif not (inputs.labour.is_logged and inputs.labour.rate):
                found.append("Spend only: hours worked, or their rates, are not recorded.")
            if not inputs.fates.is_estimated:
                found.append("Stalled programs are not counted: how likely they are to arrive cannot be estimated.")
        if name == "work_outside_priorities":
            found.append("Hours only: what was spent on such work is not counted as lost.")
        if name == "rework" and not (inputs.labour.is_logged and inputs.labour.rate):
            found.append("Spend booked as rework only: hours worked, or their rates, are not recorded.")
        return tuple(found)

    def summary(self, name: str, draws: FloatArray, *, unit: Unit = "money", caveats: tuple[str, ...] = ()) -> Result:
        """Return the result of one sum of money, or of a share of it; workarounds are listed, not read off programs."""
        is_rough = self.is_rough and name in ON_SPEND
        if self.has_few and name != "workarounds":
            words = f"Only {label_count(self.ran, 'program')} ran in the window; {self.settings.min_n_rate} are needed."
            return Result(name, n=self.ran, unit=unit, period=self.period, status="thin", grade="C", caveats=(words,))
        if is_rough:
            caveats += (
                f"Order of magnitude: the spend of {label_share(self.imputed_share)} of the programs is estimated.",
            )
        found = percentiles(draws)
        return Result(name, found.value, found.low, found.high, level=LEVEL, n=self.ran, unit=unit, period=self.period,
                      method=f"P50 with P5 and P95 of {label_number(len(draws))} draws, program bootstrap",
                      grade="C" if is_rough else "B", caveats=caveats)  # fmt: skip

    def total_is_known(self) -> str:
        """Return what is missing for the total, empty where both spend and labour are known."""
        spend, labour = self.inputs.spend, self.inputs.labour
        if spend is None:
            return NO_SPEND
        if labour.is_priced or spend.labour > 0:
            return ""
        return NO_RATES if labour.rate is None else NO_PAID

    def total(self) -> Result:
        """Return spend and labour of the window."""
        why = self.total_is_known()
        if why:
            return not_assessable("total_cost", why, unit="money", period=self.period, n=self.ran)
        return self.summary("total_cost", self.draws.total, caveats=self._overpaid())

    def all_buckets(self, buckets: tuple[Bucket, ...]) -> FloatArray:
        """Return the sum of the buckets that are measured, draw by draw."""
        measured = [self.draws.money[bucket.result.name] for bucket in buckets if bucket.result.is_ok]
        return np.sum(measured, axis=0) if measured else np.zeros(len(self.draws.total))

    def amount(self, buckets: tuple[Bucket, ...]) -> Result:
        """Return all measured buckets in money."""
        name, missing = "gap_cost", self._missing(buckets)
        if all(bucket.result.status == "not_assessable" for bucket in buckets):
            why = " ".join(dict.fromkeys(bucket.result.caveats[0] for bucket in buckets))
            return not_assessable(name, why, unit="money", period=self.period, n=self.ran)
        return self.summary(name, self.all_buckets(buckets), caveats=missing)

    def tax(self, buckets: tuple[Bucket, ...]) -> Result:
        """Return all measured buckets as a share of the total."""
        name, why = "invisible_tax", self.total_is_known()
        if why or all(bucket.result.status == "not_assessable" for bucket in buckets):
            why = why or " ".join(dict.fromkeys(bucket.result.caveats[0] for bucket in buckets))
            return not_assessable(name, why, period=self.period, n=self.ran)
        total = self.draws.total
        share = np.divide(self.all_buckets(buckets), total, out=np.zeros_like(total), where=total > 0)
        return self.summary(
            name, share, unit="share", caveats=(*self._missing(buckets), *self._unlogged(), *self._overpaid())
        )

    def _missing(self, buckets: tuple[Bucket, ...]) -> tuple[str, ...]:
        missing = [name_of(bucket.result.name) for bucket in buckets if not bucket.result.is_ok]
        if not missing:
            return ()
        return (f"At least: {label_list(missing)} {'is' if len(missing) == 1 else 'are'} not measured and not included.",)

    def _unlogged(self) -> tuple[str, ...]:
        worked, logged = self.draws.worked.mean(), self.inputs.labour.programs["hours"].sum()
        if self.inputs.labour.paid_hours is None or logged >= worked:
            return ()
        share = label_share(logged / worked)
        return (
            f"Hours logged are {share} of the hours paid; the others are in no bucket but workarounds and idle waiting.",
        )

    def _overpaid(self) -> tuple[str, ...]:
        back = self.inputs.spend.overpaid if self.inputs.spend else 0.0
        if not back:
            return ()
        return (f"Money paid back beyond what had been spent in the window ({label_number(back)}) lowers no other spend.",)

    def drivers(self, buckets: tuple[Bucket, ...], tax: Result) -> tuple[Driver, ...]:
        """Return what moves the tax, or the sum of the buckets, most."""
        outcome = self.all_buckets(buckets)
        if tax.is_ok:
            outcome = outcome / np.maximum(self.draws.total, 1e-9)
        if self.has_few or np.ptp(outcome) == 0:
            return ()
        moving = {name: values for name, values in self.draws.inputs.items() if np.ptp(values) > 0}
        shares = {name: float(stats.spearmanr(values, outcome).statistic) ** 2 for name, values in moving.items()}
        return tuple(Driver(name, share) for name, share in sorted(shares.items(), key=lambda pair: (-pair[1], pair[0])))


def percentiles(draws: FloatArray) -> Interval:
    """Return P50 with P5 and P95."""
    low, middle, high = np.quantile(draws, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2])
    return Interval(float(middle), float(low), float(high))
