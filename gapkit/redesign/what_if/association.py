"""One named owner: what past programs with and without one differ by. An association, never a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gapkit.diagnosis.attribution.adjustment import HELD_EQUAL, held_equal
from gapkit.diagnosis.exposure.due import drawn, programs_due
from gapkit.diagnosis.exposure.exposures import SWITCHES_ON, expose
from gapkit.labels import label_count, label_share
from gapkit.redesign.what_if.prediction import LEVEL
from gapkit.results import Result
from gapkit.stats.attributable import attributable_shares

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.baseline import Baseline
    from gapkit.config import Settings
    from gapkit.engagement import Engagement

OWNERSHIP: Final = "unclear_ownership"
CAVEAT: Final = (
    "Programs with one named owner are compared with those without; nobody gave them their owners at random, so this is an "
    "association and no promise."
)


def named_owner(eng: Engagement, baseline: Baseline) -> tuple[dict[str, Result], str, tuple[str, ...]]:
    """Estimate how much more often programs would succeed if all did as well as those with one owner.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    baseline : Baseline
        Its judged programs.

    Returns
    -------
    changes : dict of str to Result
        The change of the OTIF rate (of the on-time rate where specifications are unknown); empty where refused.
    refused : str
        Why nothing can be said; empty where something can.
    caveats : tuple of str

    Notes
    -----
    Firth's logistic regression of failure on the ownership flag, the other flags that can enter, type, size tercile and
    quarter; the change is the share of failures that goes with the flag alone, times the failure rate. Program bootstrap.
    """
    due, settings = programs_due(eng, baseline), eng.config.settings
    if due.why_not:
        return {}, due.why_not, ()
    exposures = expose(eng, due.known["start_on"])
    if OWNERSHIP not in exposures.flags:
        return {}, SWITCHES_ON[OWNERSHIP], ()
    flags = exposures.frame(due.known.index)
    fit = [name for name in flags if _is_fit(flags[name], settings)]
    if OWNERSHIP not in fit:
        share = float(flags[OWNERSHIP].astype("float64").mean())
        why = f"{label_share(share)} of programs begin without one named owner: too few, or too many, to compare them."
        return {}, why, ()
    units = due.known.loc[flags[fit].notna().all(axis=1)]
    why = _too_little(units, settings)
    if why:
        return {}, why, ()
    chosen, said = drawn(units, eng.config.seed)
    others = flags.loc[chosen.index, [name for name in fit if name != OWNERSHIP]].to_numpy(float)
    failed = ~chosen["is_success"].to_numpy(bool)
    found = attributable_shares(
        flags.loc[chosen.index, [OWNERSHIP]].to_numpy(float), failed, np.column_stack([others, held_equal(chosen)]),
        replicates=settings.model_replicates, level=LEVEL, seed=eng.config.seed,
    ).joint  # fmt: skip
    name, rate = due.result_name, float(failed.mean())
    method = f"Firth logistic regression, other killers, {HELD_EQUAL} held equal; program bootstrap"
    result = Result(f"{name}_change", found.value * rate, found.low * rate, found.high * rate, level=LEVEL, n=len(chosen),
                    events=int(failed.sum()), unit="pp", period=due.period, method=method, grade="B")  # fmt: skip
    return {name: result}, "", (CAVEAT, *due.caveats, *([said] if said else []))


def _is_fit(flag: pd.Series, settings: Settings) -> bool:
    """Return whether a flag is known of enough programs and neither rare nor general."""
    if flag.isna().mean() > settings.large_unknown_share:
        return False
    share = float(flag.astype("float64").mean())
    return settings.min_exposed_share <= share <= 1 - settings.min_exposed_share


def _too_little(units: pd.DataFrame, settings: Settings) -> str:
    n, failures = len(units), int((~units["is_success"]).sum())
    if n < settings.min_n_attribution:
        return f"Only {label_count(n, 'program')} that fell due; {settings.min_n_attribution} are needed for a model."
    if min(failures, n - failures) < settings.min_outcomes_attribution:
        counts = f"{label_count(failures, 'failure')} and {label_count(n - failures, 'success', 'successes')}"
        return f"Only {counts}; {settings.min_outcomes_attribution} of each are needed for a model."
    return ""
