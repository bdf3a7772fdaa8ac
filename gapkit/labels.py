"""Number to text, once.

Shares stay in 0..1 and durations in days until one of these functions turns them into words, so every report rounds alike
and rounding never reaches the maths. Intervals read "38 to 61 %", missing limits read "not reached", negative numbers carry
a true minus sign.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence

from gapkit.results import Result, Unit

NOT_MEASURED = "not measured"
TOO_LITTLE = "too little data"
NOT_REACHED = "not reached"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def label_number(number: float, digits: int = 0) -> str:
    """Return a number with a comma as thousands separator, a true minus sign and a fixed count of decimals.

    Examples
    --------
    >>> label_number(-1234.56, 1)
    '−1,234.6'
    >>> label_number(-0.04, 1)
    '0.0'
    """
    rounded = round(float(number), digits) + 0.0
    return f"{rounded:,.{digits}f}".replace("-", "−")


def label_share(share: float, n: int | None = None) -> str:
    """Return a share as a percentage; whole numbers when fewer than 100 units were counted (the digits mean nothing there).

    Examples
    --------
    >>> label_share(0.5234, n=42), label_share(0.5234, n=400), label_share(0.5234)
    ('52 %', '52.3 %', '52 %')
    """
    return f"{label_number(share * 100, 1 if n is not None and n >= 100 else 0)} %"


def label_pp(difference: float) -> str:
    """Return a difference of two shares in percentage points, with its sign.

    Examples
    --------
    >>> label_pp(0.27), label_pp(-0.031), label_pp(0.001)
    ('+27 pp', '−3 pp', '0 pp')
    """
    points = round(difference * 100)
    return f"{'+' if points > 0 else ''}{label_number(points)} pp"


def label_days(days: float) -> str:
    """Return a duration in days: whole days from 10 up, one decimal below.

    Examples
    --------
    >>> label_days(45.4), label_days(3.25), label_days(1)
    ('45 days', '3.2 days', '1 day')
    """
    text = label_number(days, 0 if abs(days) >= 10 or float(days).is_integer() else 1)
    return f"{text} day" if text in {"1", "−1"} else f"{text} days"


def label_count(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun in the right number.

    Examples
    --------
    >>> label_count(1, "program"), label_count(1200, "program"), label_count(2, "delivery", "deliveries")
    ('1 program', '1,200 programs', '2 deliveries')
    """
    return f"{label_number(count)} {one if count == 1 else many or one + 's'}"


def label_money(amount: float, currency: str) -> str:
    """Return an amount of money, shortened to thousands or millions where that loses nothing a leader needs.

    Examples
    --------
    >>> label_money(1_234_000, "USD"), label_money(12_300, "EUR"), label_money(950, "EUR")
    ('USD 1.2 million', 'EUR 12,300', 'EUR 950')
    """
    if abs(amount) >= 1e9:
        return f"{currency} {label_number(amount / 1e9, 1)} billion"
    if abs(amount) >= 1e6:
        return f"{currency} {label_number(amount / 1e6, 1)} million"
    return f"{currency} {label_number(amount)}"


def label_date(day: dt.date) -> str:
    """Return a date as leaders write it, the same in every language setting of the machine.

    Examples
    --------
    >>> label_date(dt.date(2026, 3, 1))
    '1 March 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def label_period(start: dt.date, end: dt.date) -> str:
    """Return a period from its first to its last day, the year said once; one day is said as such.

    Examples
    --------
    >>> label_period(dt.date(2026, 7, 1), dt.date(2026, 9, 30)), label_period(dt.date(2025, 7, 1), dt.date(2026, 6, 30))
    ('1 July to 30 September 2026', '1 July 2025 to 30 June 2026')
    >>> label_period(dt.date(2026, 7, 1), dt.date(2026, 7, 1))
    '1 July 2026'
    """
    first = label_date(start)
    if start == end:
        return first
    return f"{first.removesuffix(f' {start.year}') if start.year == end.year else first} to {label_date(end)}"


def label_list(words: Sequence[str]) -> str:
    """Return words joined for reading.

    Examples
    --------
    >>> label_list(["2025Q4", "2026Q1"]), label_list(["a", "b", "c"]), label_list([])
    ('2025Q4 and 2026Q1', 'a, b and c', '')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def sentence_case(words: str) -> str:
    """Return words with a capital first letter and the rest as it was.

    Examples
    --------
    >>> sentence_case("on time and to spec (OTIF)")
    'On time and to spec (OTIF)'
    """
    return words[:1].upper() + words[1:]


def label_value(number: float | None, unit: Unit, n: int | None = None) -> str:
    """Return one figure in the words of its unit; a missing one is "not reached".

    Examples
    --------
    >>> label_value(0.5, "share", 40), label_value(None, "days"), label_value(1.25, "per_week")
    ('50 %', 'not reached', '1.2 a week')
    """
    if number is None or not math.isfinite(number):
        return NOT_REACHED
    writers: dict[str, Callable[[float], str]] = {
        "share": lambda x: label_share(x, n),
        "days": label_days,
        "per_week": lambda x: f"{label_number(x, 1 if x == 0 or abs(x) >= 0.95 else 2)} a week",
        "pp": label_pp,
        "count": lambda x: label_number(x, 0 if float(x).is_integer() else 1),
        "points": lambda x: label_number(x, 0),
        "money": lambda x: label_number(x, 0),
        "ratio": lambda x: label_number(x, 2),
    }
    return writers[unit](number)


def label_interval(low: float | None, high: float | None, unit: Unit, n: int | None = None) -> str:
    """Return an interval with its unit written once.

    Examples
    --------
    >>> label_interval(0.38, 0.61, "share", 40), label_interval(13, None, "days"), label_interval(-0.05, 0.43, "pp")
    ('38 to 61 %', '13 days to not reached', '−5 to +43 pp')
    >>> label_interval(1, 2, "days"), label_interval(1, 1, "days")
    ('1 to 2 days', '1 to 1 day')
    """
    left, right = label_value(low, unit, n), label_value(high, unit, n)
    if right.endswith((" day", " days")):
        left = left.removesuffix(" day")
    for tail in (" %", " pp", " days", " a week"):
        if left.endswith(tail) and right.endswith(tail):
            left = left.removesuffix(tail)
    return f"{left} to {right}"


def label_result(result: Result) -> str:
    """Return a result as a table cell: its value, "x of n", "too little data", "not measured".

    Zero, thin and not measured never look alike.

    Examples
    --------
    >>> label_result(Result("on_time_rate", 0.5, 0.38, 0.61, n=64, events=32))
    '50 %'
    >>> label_result(Result("on_time_rate", n=7, events=3, status="thin"))
    '3 of 7'
    >>> label_result(Result("on_time_rate", n=0, status="not_assessable"))
    'not measured'
    """
    if result.status == "not_assessable":
        return NOT_MEASURED
    if result.status == "thin":
        if result.unit == "share" and result.events is not None and result.n >= 5:
            return f"{label_number(result.events)} of {label_number(result.n)}"
        return TOO_LITTLE
    return label_value(result.value, result.unit, result.n)


def label_result_interval(result: Result) -> str:
    """Return a result's interval as a table cell, empty where no figure is shown.

    Examples
    --------
    >>> label_result_interval(Result("on_time_rate", 0.5, 0.38, 0.61, n=64, events=32))
    '38 to 61 %'
    >>> label_result_interval(Result("on_time_rate", n=7, events=3, status="thin"))
    ''
    """
    if not result.is_ok or (result.low is None and result.high is None):
        return ""
    return label_interval(result.low, result.high, result.unit, result.n)
