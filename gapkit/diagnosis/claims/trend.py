"""Success over an ordered scale, and whether it falls with every further step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gapkit.diagnosis.claims.claim import ENDED_ALIKE, Trial
from gapkit.diagnosis.exposure.due import undecided
from gapkit.labels import label_count, label_list, label_number
from gapkit.stats.ordinal import rate_trend
from gapkit.stats.resample import percentile_interval, resampled_totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from gapkit.diagnosis.claims.case import Case
    from gapkit.diagnosis.claims.claim import About
    from gapkit.results import Result
    from gapkit.stats.intervals import FloatArray, Interval

# The highest step holds all higher ones too.
LAST_STEP = 3


def follow(case: Case, about: About, exposure: str, steps: pd.Series, labels: Mapping[int, str]) -> Trial:
    """Return the trial of a claim about success over steps 1, 2 and 3 or more.

    Parameters
    ----------
    case : Case
        Supplies outcome, settings and period.
    about : About
        The claim; its effect is the change of the success rate per step.
    exposure : str
        What the steps are, and when they were read.
    steps : Series of Int64
        Step of each program due, by program_id; missing where unknown. Steps below 1 are shown and not part of the trend.
    labels : mapping of int to str
        The group of each step in words that can follow "59 of 102": "programs with one owner".
    """
    known = case.due.known
    units = known.assign(step=steps.reindex(known.index).clip(upper=LAST_STEP))
    absent, units = int(units["step"].isna().sum()), units.dropna(subset="step").astype({"step": "int64"})
    parts = ((label, units.loc[units["step"] == step]) for step, label in labels.items())
    groups = tuple(case.rate(label, part["is_success"], part["team"]) for label, part in parts)
    unknown = (f"{label_count(absent, 'program')} left out: not recorded.",) if absent else ()
    caveats = (*case.due.caveats, *unknown)
    units = units.loc[units["step"] >= 1]
    first, further, least = int((units["step"] == 1).sum()), int((units["step"] > 1).sum()), case.settings.min_n_compared
    if min(first, further) < least:
        why = f"{first} {labels[1]}, {further} with more; {least} are needed of each."
        return case.thin(about, why, exposure, len(units), groups, caveats)
    if units["is_success"].eq(units["is_success"].iloc[0]).all():
        return case.thin(about, ENDED_ALIKE, exposure, len(units), groups, caveats)
    effect = case.effect(about, f"{case.due.result_name}_per_step", rate_slope(case, about, units), len(units))
    by_step = units.groupby("step")["is_success"].agg(["sum", "size"])
    p_value = rate_trend(by_step["sum"].to_numpy(), by_step["size"].to_numpy()).p_value
    counted = label_list(
        [f"{label_number(x)} of {label_number(n)} {labels[int(step)]}" for step, x, n in by_step.itertuples()]
    )
    return Trial(about, case.due.outcome, exposure, groups, effect, p_value, f"{counted} were {case.due.outcome}",
                 sensitivity=_sensitivity(case, about, effect, units), caveats=caveats)  # fmt: skip


def rate_slope(case: Case, about: About, units: pd.DataFrame) -> Interval:
    """Return the change of the success rate per step (least squares) with its program bootstrap interval."""
    x, y = units["step"].to_numpy(float), units["is_success"].to_numpy(float)
    amounts = np.column_stack([np.ones(len(x)), x, y, x * y, x * x])
    draws = resampled_totals(amounts, case.settings.bootstrap_replicates, case.rng(about))
    return percentile_interval(float(_slopes(amounts.sum(axis=0)[None])[0]), _slopes(draws))


def _slopes(totals: FloatArray) -> FloatArray:
    """Return slopes from rows of sums of 1, x, y, xy and xx; nan where x does not vary."""
    n, x, y, xy, xx = totals.T
    spread = n * xx - x**2
    slopes: FloatArray = np.divide(n * xy - x * y, spread, out=np.full(len(totals), np.nan), where=spread > 0)
    return slopes


def _sensitivity(case: Case, about: About, effect: Result, units: pd.DataFrame) -> Result | None:
    """Return the effect without programs cancelled by decision before their planned start; None where there are none."""
    kept, words = undecided(units)
    if len(kept) == len(units) or kept["step"].nunique() < 2:
        return None
    return case.effect(about, effect.name, rate_slope(case, about, kept), len(kept)).with_caveats(words)
