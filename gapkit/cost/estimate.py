"""The cost of the gap: the invisible tax with its buckets, what moves it, the cost of delay beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gapkit.cost.delay import estimate_delay
from gapkit.cost.draws import BUCKETS, Inputs, draw_costs
from gapkit.cost.fates import judge_fates
from gapkit.cost.figures import Bucket, Driver, Figures
from gapkit.cost.labour import read_labour
from gapkit.cost.ledger import Assumption, ThreePoint, list_assumptions
from gapkit.cost.spend import read_spend
from gapkit.labels import label_list, label_money, label_number, label_period
from gapkit.plain import plain
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from gapkit.baseline import Baseline
    from gapkit.engagement import Engagement
    from gapkit.results import Result

QUARTER_DAYS: Final = 365.25 / 4


@dataclass(frozen=True)
class Cost:
    """What the gap costs.

    Attributes
    ----------
    period : str
        The window: from the first baseline quarter to the day the data is read at.
    quarters : float
        Length of the window in quarters.
    currency : str
        Currency of all amounts.
    tax : Result
        ``invisible_tax``: all buckets / (spend + labour), a share.
    amount : Result
        ``gap_cost``: all buckets that are measured, in money.
    total : Result
        ``total_cost``: spend and labour of the window.
    buckets : tuple of Bucket
        K1 to K5, measured or not.
    delay : Result
        ``delay_cost``: margin lost by delay. Never part of the tax.
    drivers : tuple of Driver
        What moves the figure most, the strongest first.
    assumptions : tuple of Assumption
        The ledger.
    imputed_share : float
        Share of programs that ran whose spend had to be estimated.
    is_order_of_magnitude : bool
        Whether that is too many for more than an order of magnitude.
    sentence : str
        What the gap costs, in one sentence.
    """

    period: str
    quarters: float
    currency: str
    tax: Result
    amount: Result
    total: Result
    buckets: tuple[Bucket, ...]
    delay: Result
    drivers: tuple[Driver, ...]
    assumptions: tuple[Assumption, ...]
    imputed_share: float
    is_order_of_magnitude: bool
    sentence: str

    @property
    def results(self) -> Mapping[str, Result]:
        """Every figure by result name."""
        named = (self.tax, self.amount, self.total, *(bucket.result for bucket in self.buckets), self.delay)
        return {result.name: result for result in named}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `cost` of `diagnose.json` holds it."""
        data: dict[str, Any] = plain(self)
        return data


def estimate_cost(eng: Engagement, baseline: Baseline, tied: pd.Series | None = None) -> Cost:
    """Estimate what the gap costs.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    baseline : Baseline
        Of the same engagement.
    tied : Series of bool, optional
        Whether each program, at its planned start, served an approved priority or goal, by program_id; left out, work
        outside priorities is not measured.

    Returns
    -------
    Cost
        Deterministic. What cannot be measured says what would switch it on; what is known of its hours is there all the
        same.

    Notes
    -----
    Money and hours between the start of the first baseline quarter and the day the data is read at. See docs/method.md for
    the buckets, `draws` for how they are drawn. Limits are the 5 % and 95 % points of the draws.
    """
    settings = eng.config.settings
    period = label_period(baseline.start, eng.as_of)
    labour = read_labour(eng, baseline.judged, baseline.start)
    spend = read_spend(eng, baseline.judged, baseline.start, counts_labour=not labour.is_priced)
    hours = eng.workarounds[["hours_low", "hours_mode", "hours_high"]].sum().tolist()
    workarounds = ThreePoint(*hours) if eng.has("workarounds") else None
    fates = judge_fates(baseline, eng.config)
    inputs = Inputs(spend, labour, fates, tied, workarounds)
    found = Figures(inputs, draw_costs(inputs, settings, eng.config.seed), settings, period)
    delay = estimate_delay(eng.programs, baseline, eng.config, period=period)
    buckets = tuple(found.bucket(number, name) for number, name in enumerate(BUCKETS, start=1))
    tax = found.tax(buckets)
    return Cost(
        period=period,
        quarters=((eng.as_of - baseline.start).days + 1) / QUARTER_DAYS,
        currency=eng.config.currency,
        tax=tax,
        amount=found.amount(buckets),
        total=found.total(),
        buckets=buckets,
        delay=delay.result,
        drivers=found.drivers(buckets, tax),
        assumptions=(*list_assumptions(eng.config, spend, labour, fates, workarounds), *delay.assumptions),
        imputed_share=found.imputed_share,
        is_order_of_magnitude=found.is_rough,
        sentence=_sentence(tax, buckets, eng.config.currency, is_rough=found.is_rough),
    )


def _sentence(tax: Result, buckets: tuple[Bucket, ...], currency: str, *, is_rough: bool) -> str:
    measured = [bucket.result for bucket in buckets if bucket.result.value is not None]
    largest = max(measured, key=lambda result: result.value or 0.0, default=None)
    if tax.value is None or tax.low is None or tax.high is None or largest is None:
        known = f" Known is {name_of(largest.name)}: {label_money(largest.value or 0.0, currency)}." if largest else ""
        return f"The invisible tax is not measured.{known} {tax.caveats[0]}"
    value, low, high = (label_number(100 * share, 1) for share in (tax.value, tax.low, tax.high))
    return (
        f"{'Very roughly, ' if is_rough else ''}{value} cents of each {currency} of spend and labour (90 % range {low} to "
        f"{high}) go into {label_list([name_of(result.name) for result in measured])}; the largest part is "
        f"{name_of(largest.name)}."
    )
