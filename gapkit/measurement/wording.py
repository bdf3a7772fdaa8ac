"""Before–after findings in words. Every sentence carries both counts, both periods and the interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import (
    NOT_REACHED,
    label_count,
    label_interval,
    label_number,
    label_pp,
    label_result,
    label_value,
    sentence_case,
)
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.measurement.verdict import Judgement
    from gapkit.results import Result

STANDING_CAVEAT: Final = "Before–after comparison; other causes possible."


def change_words(difference: Result) -> str:
    """Return a difference in words: percentage points for rates, a percentage for velocity.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> change_words(Result("x", 0.27, unit="pp")), change_words(Result("x", -0.1, unit="ratio"))
    ('+27 pp', '−10 %')
    """
    if difference.value is None:
        return ""
    return label_pp(difference.value) if difference.unit == "pp" else _percent_change(difference.value)


def _percent_change(share: float) -> str:
    points = round(share * 100)
    return f"{'+' if points > 0 else ''}{label_number(points)} %"


def upper_limit_words(difference: Result) -> str:
    """Return the upper limit of a difference in words."""
    if difference.high is None:
        return NOT_REACHED
    return label_pp(difference.high) if difference.unit == "pp" else _percent_change(difference.high)


def interval_words(difference: Result) -> str:
    """Return the interval of a difference in words, e.g. ``+5 to +43 pp``."""
    if difference.unit == "pp":
        return label_interval(difference.low, difference.high, "pp")
    low = NOT_REACHED if difference.low is None else _percent_change(difference.low).removesuffix(" %")
    return f"{low} to {upper_limit_words(difference)}"


def _counts(result: Result) -> str:
    if result.unit == "share" and result.events is not None and result.status != "not_assessable":
        return f"{label_number(result.events)} of {label_number(result.n)}"
    if result.unit == "per_week" and result.is_ok:
        return f"{label_value(result.value, 'per_week')} ({label_count(result.events or 0, 'delivery', 'deliveries')})"
    return label_result(result)


def effect_sentence(measure: str, before: Result, after: Result, difference: Result, judgement: Judgement) -> str:
    """Return one finding as one sentence and its standing caveat.

    Examples
    --------
    >>> from gapkit.measurement.verdict import Judgement
    >>> from gapkit.results import Result
    >>> before = Result("on_time_rate", 0.5, n=62, events=31, period="2025Q4 and 2026Q1")
    >>> after = Result("on_time_rate", 23 / 30, n=30, events=23, period="1 July 2026 to 30 September 2026")
    >>> gap = Result("on_time_rate_difference", 0.27, 0.05, 0.43, unit="pp")
    >>> print(effect_sentence("on_time_rate", before, after, gap, Judgement("improved", "size uncertain")))
    On-time rate: 31 of 62 before (2025Q4 and 2026Q1), 23 of 30 after (1 July 2026 to 30 September 2026), +27 pp, 95 % CI +5 to +43 pp: improved, size uncertain. Before–after comparison; other causes possible.
    """  # noqa: E501
    subject = sentence_case(name_of(measure))
    verdict = ", ".join(part for part in (judgement.verdict, judgement.qualification) if part)
    facts = f"{_counts(before)} before ({before.period}), {_counts(after)} after ({after.period})"
    if difference.is_ok:
        facts += f", {change_words(difference)}, 95 % CI {interval_words(difference)}"
        return f"{subject}: {facts}: {verdict}. {STANDING_CAVEAT}"
    telling = next((result for result in (after, before, difference) if not result.is_ok and result.caveats), None)
    reason = f" {telling.caveats[0]}" if telling else ""
    return f"{subject}: {facts}: {verdict}.{reason}"
