"""Before–after findings in words. Every sentence carries both counts, both periods and the interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import (
    NOT_REACHED,
    label_count,
    label_days,
    label_interval,
    label_number,
    label_pp,
    label_result,
    label_value,
    sentence_case,
)
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.measurement.verdict import Better, Judgement
    from gapkit.results import Result

STANDING_CAVEAT: Final = "Before–after comparison; other causes possible."


def measure_name(measure: str) -> str:
    """Return the plain name of a measure, with the place of a detail.

    Examples
    --------
    >>> measure_name("on_time_rate"), measure_name("otif_rate:legal review")
    ('on-time rate', 'on time and to spec (OTIF), legal review')
    """
    name, _, place = measure.partition(":")
    return f"{name_of(name)}, {place}" if place else name_of(name)


def change_words(difference: Result) -> str:
    """Return a difference in words: percentage points for rates, a percentage for velocity, days, points of a score.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> change_words(Result("x", 0.27, unit="pp")), change_words(Result("x", -0.1, unit="ratio"))
    ('+27 pp', '−10 %')
    >>> change_words(Result("x", -4.5, unit="days")), change_words(Result("x", 3.2, unit="points"))
    ('−4.5 days', '+3 points')
    """
    return "" if difference.value is None else _signed(difference.value, difference)


def _signed(number: float | None, difference: Result) -> str:
    """Return one number of a difference with its sign and unit."""
    if number is None:
        return NOT_REACHED
    if difference.unit == "pp":
        return label_pp(number)
    if difference.unit == "ratio":
        text = f"{label_number(round(number * 100))} %"
    elif difference.unit == "points":
        text = f"{label_number(number)} {'point' if abs(round(number)) == 1 else 'points'}"
    else:
        text = label_days(number)
    is_above = number > 0 and any(digit in text for digit in "123456789")
    return f"+{text}" if is_above else text


def good_limit_words(difference: Result, better: Better, *, is_bad: bool = False) -> str:
    """Return the limit of a difference on its good side in words, or on its bad side.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> good_limit_words(Result("x", -2.0, -6.0, 1.0, unit="days"), -1)
    '−6 days'
    """
    return _signed(difference.high if (better > 0) != is_bad else difference.low, difference)


def interval_words(difference: Result) -> str:
    """Return the interval of a difference in words, the unit said once.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> interval_words(Result("x", 0.2, 0.05, 0.43, unit="pp")), interval_words(Result("x", -4, -9, 1, unit="days"))
    ('+5 to +43 pp', '−9 to +1 day')
    """
    if difference.unit == "pp":
        return label_interval(difference.low, difference.high, "pp")
    low, high = _signed(difference.low, difference), _signed(difference.high, difference)
    if high == NOT_REACHED:
        return f"{low} to {high}"
    for tail in (" %", " days", " day", " points", " point"):
        low = low.removesuffix(tail)
    return f"{low} to {high}"


def side_words(result: Result) -> str:
    """Return one side of a comparison with its count.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> side_words(Result("on_time_rate", 0.5, n=62, events=31)), side_words(Result("x", 41.0, n=80, unit="days"))
    ('31 of 62', '41 days (n = 80)')
    """
    if result.unit == "share" and result.events is not None and result.status != "not_assessable":
        return f"{label_number(result.events)} of {label_number(result.n)}"
    if result.unit == "per_week" and result.is_ok:
        return f"{label_value(result.value, 'per_week')} ({label_count(result.events or 0, 'delivery', 'deliveries')})"
    if result.is_ok:
        points = " points" if result.unit == "points" else ""
        return f"{label_value(result.value, result.unit)}{points} (n = {label_number(result.n)})"
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
    subject = sentence_case(measure_name(measure))
    verdict = verdict_words(judgement)
    facts = f"{side_words(before)} before ({before.period}), {side_words(after)} after ({after.period})"
    if difference.is_ok:
        facts += f", {change_words(difference)}, 95 % CI {interval_words(difference)}"
        facts += f": {verdict}" if verdict else ""
        return f"{subject}: {facts}. {STANDING_CAVEAT}"
    telling = next((result for result in (after, before, difference) if not result.is_ok and result.caveats), None)
    reason = f" {telling.caveats[0]}" if telling else ""
    return f"{subject}: {facts}: {verdict}.{reason}"


def verdict_words(judgement: Judgement) -> str:
    """Return a verdict with its qualification as a sentence says it; a detail has none.

    Examples
    --------
    >>> from gapkit.measurement.verdict import Judgement
    >>> verdict_words(Judgement("monitoring", "not judged until 30 September 2026")), verdict_words(Judgement("not judged"))
    ('watched, not judged until 30 September 2026', '')
    """
    if judgement.verdict == "not judged":
        return ""
    verdict = "watched" if judgement.verdict == "monitoring" else judgement.verdict
    return ", ".join(part for part in (verdict, judgement.qualification) if part)
