"""Other explanations in words: their names, what was looked at, and how a figure of the same change is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_list, label_number, label_share
from gapkit.measurement.explanations.explanation import DOES_NOT
from gapkit.measurement.explanations.ways import way_of
from gapkit.measurement.wording import change_words, interval_words
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapkit.measurement.explanations.ways import Counts
    from gapkit.results import Result

# In the order in which they are considered.
NAMES: Final = {
    "case_mix": "Another mix of work",
    "regression_to_mean": "A return to normal after bad quarters",
    "comparison_group": "Something that reached every team",
    "time_series": "A trend that was running already",
    "follow_up": "Longer time to finish",
    "plan_record": "Promises overwritten later",
    "unknown_outcomes": "Outcomes nobody recorded",
    "fewer_promises": "Less was promised",
    "season": "The season",
    "between": "A rise before the window",
    "yardstick": "A yardstick that changed",
    "other_changes": "Other things that happened",
}
LOOKED_AT: Final = {
    "case_mix": "The rate with the mix of types held equal, standardised and by Mantel–Haenszel",
    "regression_to_mean": "The baseline drawn towards the quarters before it",
    "comparison_group": "Teams under the new model against teams not yet under it",
    "time_series": "The weeks before carried on as a straight line",
    "follow_up": "The days left to finish on either side",
    "plan_record": "Where the promised dates come from",
    "unknown_outcomes": "The change among programs whose outcome is recorded",
    "fewer_promises": "How much was promised, how large and how long, before and after",
    "season": "The same quarter a year earlier",
    "between": "The quarters between baseline and window",
    "yardstick": "Rules, frozen counts, and the same counts computed anew",
    "other_changes": "What the record shows besides the redesign",
}
# What follows a verdict that falls; "no detectable change, …".
QUALIFICATIONS: Final = {
    "case_mix": "once the mix of work is held equal",
    "regression_to_mean": "once the baseline is drawn towards earlier quarters",
    "places": "once the mix of places is held equal",
    "plan_record": "as long as promised dates may have been overwritten",
    "yardstick": "once the baseline is computed anew from today's records",
    "unknown_outcomes": "as long as so many outcomes are not recorded",
}
RATES_ONLY: Final = "This is worked out for rates of the frozen plan, and the primary measure is none."
TOO_LITTLE: Final = "The primary measure has too little data for a change, so there is nothing to explain yet."


def qualification(ids: Iterable[str]) -> str:
    """Return why a verdict fell, ready to follow it.

    Examples
    --------
    >>> qualification(["case_mix"])
    'once the mix of work is held equal'
    """
    return label_list([QUALIFICATIONS[name] for name in ids])


def figure(result: Result) -> str:
    """Return a change with its interval.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> figure(Result("x", 0.02, -0.09, 0.14, unit="pp"))
    '+2 pp, 95 % interval −9 to +14 pp'
    """
    return f"{change_words(result)}, 95 % interval {interval_words(result)}"


def one_way(found: Result, other: Result, standing: str) -> str:
    """Return, where the 95 % interval of a guard holds zero and the finding stands all the same, by what it stands.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> found, other = Result("x", 0.2, 0.05, 0.35), Result("x", 0.15, -0.01, 0.31)
    >>> one_way(found, other, "does not explain it")
    ' Asked one way only, at 5 %, a gain is left.'
    >>> one_way(found, Result("x", 0.15, 0.01, 0.31), "does not explain it")
    ''
    """
    way = way_of(found.low, found.high)
    if standing != DOES_NOT or way == 0 or way_of(other.low, other.high) == way:
        return ""
    return f" Asked one way only, at 5 %, a {'gain' if way > 0 else 'loss'} is left."


def share_words(counts: Counts) -> str:
    """Return a share with its counts.

    Examples
    --------
    >>> from gapkit.measurement.explanations.ways import Counts
    >>> share_words(Counts(23, 30))
    '77 % (23 of 30)'
    """
    return f"{label_share(counts.rate, counts.n)} ({label_number(counts.x)} of {label_number(counts.n)})"


def measure_words(measure: str) -> str:
    """Return the plain name of a measure with its article."""
    return f"the {name_of(measure)}"
