"""What the gap costs, in words for a leader: cents of each unit of money, what moves the figure, what is not in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_list, label_money, label_number, label_share
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.cost.estimate import Cost
    from gapkit.results import Result

DIGITS: Final = 3  # figures of an amount that its range leaves any meaning
SMALL_DRIVER: Final = 0.05


def label_amount(amount: float, currency: str) -> str:
    """Return an amount rounded to three figures: the others lie far inside its range.

    Examples
    --------
    >>> label_amount(640_077.12, "USD"), label_amount(7_045_612, "EUR"), label_amount(0, "EUR")
    ('USD 640,000', 'EUR 7.0 million', 'EUR 0')
    """
    return label_money(rounded(amount), currency)


def rounded(amount: float) -> float:
    """Return a number rounded to three figures.

    Examples
    --------
    >>> rounded(1654.496), rounded(238.8), rounded(7.123)
    (1650.0, 239.0, 7.12)
    """
    if not amount:
        return 0.0
    return round(amount, DIGITS - 1 - math.floor(math.log10(abs(amount))))


def label_amount_range(result: Result, currency: str) -> str:
    """Return the 90 % range of an amount with its currency said once.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> label_amount_range(Result("gap_cost", 640_077, 507_234, 795_855, unit="money"), "USD")
    'USD 507,000 to 796,000'
    """
    low, high = (label_amount(limit, currency) for limit in (result.low or 0.0, result.high or 0.0))
    return f"{low} to {high.removeprefix(currency).strip()}"


def label_cents(share: float) -> str:
    """Return a share of a unit of money in hundredths of it.

    Examples
    --------
    >>> label_cents(0.0909)
    '9.1'
    """
    return label_number(100 * share, 1)


def tax_title(cost: Cost) -> str:
    """Return the invisible tax as a sentence with its range; where it is not measured, what is known of it."""
    tax, amount = cost.tax, cost.amount
    if tax.value is not None and tax.low is not None and tax.high is not None:
        value, low, high = map(label_cents, (tax.value, tax.low, tax.high))
        said = f"{value} cents of each {cost.currency} of spend and labour (90 % range {low} to {high})"
        return f"The invisible tax is {'of the order of ' if cost.is_order_of_magnitude else ''}{said}"
    if amount.value is None:
        return (
            "The invisible tax is too little measured to show"
            if tax.status == "thin"
            else "The invisible tax is not measured"
        )
    known = label_list([name_of(bucket.result.name) for bucket in cost.buckets if bucket.result.value is not None])
    money = f"{label_amount(amount.value, cost.currency)} (90 % range {label_amount_range(amount, cost.currency)})"
    return f"Known of the invisible tax: {money} for {known}; its share of all spend is not measured"


def tax_reading(cost: Cost) -> str:
    """Return what the tax amounts to, what moves it most, what is not counted."""
    said = []
    if cost.tax.value is not None and cost.amount.value is not None and cost.total.value is not None:
        part, whole = (label_amount(amount, cost.currency) for amount in (cost.amount.value, cost.total.value))
        said.append(f"Together {part} of {whole}; the largest part is {largest(cost)}.")
    said += [drivers_words(cost), *_not_counted(cost)]
    return " ".join(filter(None, said))


def largest(cost: Cost) -> str:
    """Return the name of the bucket that holds most money; empty where none is measured."""
    measured = [bucket.result for bucket in cost.buckets if bucket.result.value is not None]
    return name_of(max(measured, key=lambda result: result.value or 0.0).name) if measured else ""


def drivers_words(cost: Cost) -> str:
    """Return what moves the figure most; empty where nothing does."""
    told = [driver for driver in cost.drivers if driver.share >= SMALL_DRIVER][:2]
    if not told:
        return ""
    first, *others = [f"{driver.name} ({label_share(driver.share)} of its spread)" for driver in told]
    return f"What moves the figure most: {first}{f', then {others[0]}' if others else ''}."


def _not_counted(cost: Cost) -> Sequence[str]:
    words = {"not_assessable": "Not measured", "thin": "Too little data"}
    named = {word: [name_of(one.result.name) for one in cost.buckets if one.result.status == word] for word in words}
    said = [f"{words[word]}, so not counted: {label_list(names)}." for word, names in named.items() if names]
    said += [caveat for caveat in cost.tax.caveats if not caveat.startswith("At least")] if cost.tax.is_ok else []
    return [*said, "The cost of delay stands apart."]


def delay_sentence(cost: Cost) -> str:
    """Return the cost of delay with its range, never added to the tax; what would switch it on where it is missing."""
    delay = cost.delay
    if delay.value is None:
        is_thin = delay.status == "thin"
        why = "There is too little data on the cost of delay." if is_thin else "The cost of delay is not measured."
        return " ".join([why, *delay.caveats[:1]])
    if not delay.n:
        return "No program of which the margin a week is known was late, so no margin was lost to delay."
    amount = f"{label_amount(delay.value, cost.currency)} of margin (90 % range {label_amount_range(delay, cost.currency)})"
    return (
        f"Beside the tax, and never added to it: delay cost {amount}, over {label_count(delay.n, 'late program')} of which "
        f"the margin a week is known. {' '.join(delay.caveats)}"
    )
