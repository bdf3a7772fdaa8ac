"""C1b: without a single owner success is unlikely, taken at its word: less likely than not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scipy import stats

from gapkit.diagnosis.claims.claim import About, Trial
from gapkit.diagnosis.claims.clear_owner import CONDITION, without_single_owner
from gapkit.diagnosis.claims.compare import exposed_units
from gapkit.diagnosis.exposure.due import undecided
from gapkit.diagnosis.exposure.exposures import SWITCHES_ON
from gapkit.labels import label_count, label_number
from gapkit.results import Result
from gapkit.stats.rates import wilson

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.diagnosis.claims.case import Case

EVEN: Final = 0.5
# The limits of a two-sided 90 % interval are both one-sided 95 % bounds.
LEVEL: Final = 0.90
ABOUT: Final = About(
    "C1b",
    "Without one clear owner, success is unlikely",
    "programs without exactly one named owner at their planned start are {outcome} in less than half of all cases",
    "one-sided 95 % Wilson bounds, one-sided binomial test against one half",
    -1,
    no_effect=EVEN,
    unit="share",
)


def trial(case: Case) -> Trial:
    """Return the trial of C1b."""
    without = without_single_owner(case)
    if without.isna().all():
        return case.missing(ABOUT, SWITCHES_ON["unclear_ownership"], CONDITION.exposure)
    units = exposed_units(case, without).loc[lambda frame: frame["is_exposed"]]
    groups = (case.rate(CONDITION.exposed, units["is_success"], units["team"]),)
    least, caveats = case.settings.min_n_compared, case.due.caveats
    if len(units) < least:
        why = f"{label_count(len(units), 'program')} without a single owner; {least} are needed."
        return case.thin(ABOUT, why, CONDITION.exposure, len(units), groups, caveats)
    effect = bounded_rate(case, units["is_success"])
    p_value = float(stats.binomtest(effect.events or 0, effect.n, EVEN, alternative="less").pvalue)
    counted = f"{label_number(effect.events or 0)} of {label_number(effect.n)}"
    facts = f"{CONDITION.exposed} were {case.due.outcome} in {counted} cases"
    kept, words = undecided(units)
    is_shown = least <= len(kept) < len(units)
    sensitivity = bounded_rate(case, kept["is_success"]).with_caveats(words) if is_shown else None
    return Trial(ABOUT, case.due.outcome, CONDITION.exposure, groups, effect, p_value, facts, sensitivity=sensitivity,
                 is_exploratory=case.are_owners_known_late, caveats=caveats)  # fmt: skip


def bounded_rate(case: Case, is_success: pd.Series) -> Result:
    """Return a success rate with its two one-sided 95 % bounds: for 12 of 40, at most 42.9 %."""
    n, events = len(is_success), int(is_success.sum())
    return Result(case.due.result_name, *wilson(events, n, LEVEL), level=LEVEL, n=n, events=events,
                  period=case.due.period, method=ABOUT.method, grade="B")  # fmt: skip
