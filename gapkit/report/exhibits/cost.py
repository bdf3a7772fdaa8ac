"""Exhibits of what the gap costs: the invisible tax, delay apart from it, and the assumptions behind both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.cost.wording import (
    delay_sentence,
    label_amount,
    label_amount_range,
    label_cents,
    rounded,
    tax_reading,
    tax_title,
)
from gapkit.labels import label_number, label_share, sentence_case
from gapkit.plots.cost import describe_cost, plot_cost
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, facts_of_table, source_of, unmeasured
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.cost import Bucket, Cost
    from gapkit.diagnosis import Diagnosis

TABLES: Final = ("costs", "stage_visits", "rates", "people", "workarounds", "programs")


def tax(d: Diagnosis) -> Exhibit | Callout:
    """Return how many cents of each unit of money bring nothing, bucket by bucket."""
    cost = d.cost
    title = tax_title(cost)
    if not any(bucket.result.is_ok or bucket.hours for bucket in cost.buckets):
        return unmeasured(f"{title}. {cost.tax.caveats[0]}", cost.tax)
    table = _buckets(cost)
    figure = draw(d.eng, plot_cost, cost) if any(bucket.result.is_ok for bucket in cost.buckets) else None
    return Exhibit(
        "tax", title, figure, alt=describe_cost(cost), table=table, reading=tax_reading(cost),
        foot="Each hour and each unit of money in one bucket, in this order · medians of parts need not add up to that of "
             f"their sum · n = {label_number(cost.tax.n)} programs that ran · {cost.period} · 90 % range: draws, programs "
             f"resampled · assumptions in the appendix · {source_of(d.eng, *TABLES)}",
        facts=(*_facts(cost), *facts_of_table(table)),
    )  # fmt: skip


def _buckets(cost: Cost) -> Table:
    """Return the buckets in cents and hours, with what is in each, or what would switch it on."""
    columns = (
        Column("Bucket", width=0.2), Column("What is in it, or what would switch it on", width=0.46),
        Column(f"Cents of each {cost.currency}", "right", 0.14), Column("Hours (90 % range)", "right", 0.2),
    )  # fmt: skip
    return Table(columns, tuple(_bucket(bucket, cost) for bucket in cost.buckets))


def _bucket(bucket: Bucket, cost: Cost) -> tuple[str, ...]:
    result, total = bucket.result, cost.total.value
    cents = label_cents(result.value / total) if result.value is not None and total else "–"
    about = f"{sentence_case(bucket.about)}. {' '.join(result.caveats)}" if result.is_ok else result.caveats[0]
    return f"{bucket.id} {name_of(result.name)}", about, cents, _hours(bucket)


def _hours(bucket: Bucket) -> str:
    if bucket.hours is None:
        return "not known"
    value, low, high = (label_number(rounded(number)) for number in bucket.hours)
    return f"{value} ({low} to {high})"


def _facts(cost: Cost) -> tuple[str, ...]:
    amounts = [result for result in (cost.amount, cost.total, cost.delay, *(bucket.result for bucket in cost.buckets))
               if result.value is not None]  # fmt: skip
    words = [label_amount(result.value or 0.0, cost.currency) for result in amounts]
    words += [label_amount_range(result, cost.currency) for result in amounts]
    words += [label_cents(share) for share in (cost.tax.value, cost.tax.low, cost.tax.high) if share is not None]
    words += [label_share(driver.share) for driver in cost.drivers]
    return ("90 %", *words, *facts_of(cost.tax))


def delay(d: Diagnosis) -> Callout:
    """Return the cost of delay, apart from the tax."""
    said = delay_sentence(d.cost)
    return Callout("note", said) if d.cost.delay.is_ok else unmeasured(said, d.cost.delay)


def assumption_rows(d: Diagnosis) -> tuple[tuple[str, str, str, str], ...]:
    """Return the ledger of assumptions: what is assumed, its value, its source, who answers for it."""
    return tuple((one.name, one.value, one.source, one.owner) for one in d.cost.assumptions)


def assumptions(d: Diagnosis) -> Table | None:
    """Return the ledger of assumptions for the appendix; None where no cost is measured, which `tax` says."""
    rows = assumption_rows(d)
    if not rows:
        return None
    columns = (Column("Assumption", width=0.36), Column("Value", width=0.28), Column("Source", width=0.2),
               Column("Who can correct it", width=0.16))  # fmt: skip
    return Table(columns, rows, title="What the cost rests on",
                 foot="Ranges are lowest to highest around the most likely value")  # fmt: skip
