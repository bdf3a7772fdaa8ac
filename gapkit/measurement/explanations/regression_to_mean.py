"""A return to normal: what would have followed bad quarters anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.baseline.execution import committed, complete_quarters
from gapkit.labels import label_count, label_list, label_number, label_share
from gapkit.measurement.effects.delivery import OUTCOME
from gapkit.measurement.explanations.explanation import UNKNOWN, Explanation
from gapkit.measurement.explanations.ways import GUARD_LEVEL, Counts, guard_standing, is_rate
from gapkit.measurement.explanations.wording import NAMES, RATES_ONLY, TOO_LITTLE, figure, one_way
from gapkit.results import Result
from gapkit.stats.shrinkage import MIN_EARLIER, ShrunkenBaseline, change_from_shrunken, shrunken_baseline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect

ID = "regression_to_mean"
MOST_QUARTERS = 20
CALLED_AFTER_BAD = (
    "Engagements start after bad quarters. Of six like quarters of 40 programs, the one after the worst shows 11 pp more "
    "with nothing changed, and is called improved in 18 % of cases (10 % against two quarters pooled)."
)


def regression_to_mean(comparison: Comparison, primary: Effect) -> Explanation:
    """Return whether the return to normal after bad quarters may explain the change.

    Parameters
    ----------
    comparison : Comparison
        The quarters before the baseline are those known on the day of the freeze.
    primary : Effect
        The measure agreed at day 30.
    """
    if primary.measure not in OUTCOME:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, f"{CALLED_AFTER_BAD} {RATES_ONLY}")
    before, after = primary.before, primary.after
    if not is_rate(primary) or before.events is None or after.events is None or before.value is None:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, TOO_LITTLE)
    earlier = earlier_quarters(comparison, primary.measure)
    if len(earlier) < MIN_EARLIER:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, _too_short(earlier, before.value))
    sizes = [counts.n for counts in earlier.values()]
    base = shrunken_baseline(before.events, before.n, [counts.x for counts in earlier.values()], sizes)
    change = change_from_shrunken(after.events, after.n, base, before.n, sizes)
    result = Result(f"{primary.measure}_difference_shrunken", *change, n=after.n, unit="pp", period=after.period,
                    method="against the baseline drawn towards earlier quarters, normal limits")  # fmt: skip
    asked = change_from_shrunken(after.events, after.n, base, before.n, sizes, level=GUARD_LEVEL)
    standing = guard_standing(primary.difference, result, asked)
    sentence = _sentence(earlier, base, result) + one_way(primary.difference, result, standing)
    return Explanation(ID, NAMES[ID], standing, result, sentence, guards=True)


def earlier_quarters(comparison: Comparison, measure: str) -> dict[str, Counts]:
    """Return the counts of every complete quarter before the baseline, as known at the freeze.

    Quarters with fewer programs than a rate needs are left out: the first one on record often holds a part of its plan.
    """
    side = comparison.before
    quarters = complete_quarters(side.judged, pd.Timestamp(side.eng.as_of), count=MOST_QUARTERS)
    found = {}
    for quarter in quarters:
        cohort = committed(side.judged, (quarter,))
        if quarter < comparison.frozen.quarters[0] and len(cohort) >= comparison.config.settings.min_n_rate:
            found[quarter] = Counts(int(cohort[OUTCOME[measure]].fillna(False).sum()), len(cohort))
    return found


def _too_short(earlier: Mapping[str, Counts], baseline: float) -> str:
    """Return the standing caveat, and whether the baseline was the worst seen."""
    needed = f"With {MIN_EARLIER} quarters before the baseline the baseline is drawn towards them; on record:"
    said = f"{CALLED_AFTER_BAD} {needed} {label_count(len(earlier), 'quarter') if earlier else 'none'}."
    return f"{said} {_worst(earlier, baseline)}" if earlier else said


def _worst(earlier: Mapping[str, Counts], baseline: float) -> str:
    shown = label_list([f"{quarter} {label_share(counts.rate)}" for quarter, counts in earlier.items()])
    is_worst = baseline < min(counts.rate for counts in earlier.values())
    verdict = "The baseline was the worst seen" if is_worst else "The baseline was not the worst seen"
    return f"{verdict}: {label_share(baseline)}, before it {shown}."


def _sentence(earlier: Mapping[str, Counts], base: ShrunkenBaseline, result: Result) -> str:
    spread = label_number(100 * base.between_variance**0.5)
    varies = f"vary by {spread} pp beyond chance" if base.between_variance else "differ no more than chance explains"
    return (
        f"The {label_count(len(earlier), 'quarter')} before the baseline stood at {label_share(base.mean)} and {varies}. "
        f"Drawn towards them the baseline is {label_share(base.value)} in place of {label_share(base.observed)}; against "
        f"that the change is {figure(result)}."
    )
