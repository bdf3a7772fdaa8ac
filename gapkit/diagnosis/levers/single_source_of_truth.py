"""Single source of truth: whether all that matters about running work is in one place, fresh, and right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.gap_map import last_activity
from gapkit.baseline.plans import local_day
from gapkit.diagnosis.indicators.draws import draw_values
from gapkit.diagnosis.indicators.measured import About, Sample, over, share_of
from gapkit.diagnosis.levers.lever import lever
from gapkit.diagnosis.scoring.verdicts import interval_of
from gapkit.diagnosis.signs.signs import Sign, missing, resampled
from gapkit.schema import list_size
from gapkit.stats.intervals import Interval
from gapkit.vocabulary import OPEN_STATUSES

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding
    from gapkit.diagnosis.indicators import Basis
    from gapkit.stats.intervals import FloatArray

ID: Final = "single_source_of_truth"
COMPLETE: Final = About(
    "Source 1", "open programs with plan, owner, date and goal on record",
    "open programs with a commitment or plan quarter, an owner, a planned end, a goal or priority (and a status, which all "
    "have) / open programs",
    ("programs",),
    clause="{} of open programs have plan, owner, date and goal on record",
)  # fmt: skip
FRESH: Final = About(
    "Source 2", "programs in flight updated in the last 14 days",
    "programs in flight with an entry in the log, a change of stage or an update in the 14 days up to the last / programs "
    "in flight",
    ("programs", "status_events"),
    clause="{} of programs in flight were updated in the last 14 days",
)  # fmt: skip
RIGHT: Final = About(
    "Source 3", "entries that agree with a second source",
    "comparisons that match / comparisons, all fields", ("record_checks",),
    clause="{} of entries agree with a second source",
)  # fmt: skip
FRESH_DAYS: Final = 14
NO_CHANGES: Final = (
    "A change log (status_events), or the moment of each program's last change (updated_at), would switch this on."
)
NO_CHECKS: Final = "Entries compared with a second source (table record_checks) would switch this on."


def assess(basis: Basis) -> Finding:
    """Judge whether there is a single source of truth.

    Parameters
    ----------
    basis : Basis
        Supplies programs, the change log and record checks.

    Notes
    -----
    ``100 · (completeness · freshness · agreement) ** (1/3)``: what is not in it, old, or wrong spoils the whole. Programs
    are drawn again together with their checks.
    """
    parts = [_complete(basis), _fresh(basis), _right(basis)]
    signs = [_sign(about, part, basis) for about, part in zip((COMPLETE, FRESH, RIGHT), parts, strict=True)]
    samples = [part for part in parts if isinstance(part, Sample)]
    is_known = len(samples) == len(parts) and all(sign.status == "ok" for sign in signs)
    score = _score(samples, basis) if is_known else None
    return lever(ID, score, signs, basis.eng.config.settings)


def _sign(about: About, part: Sample | str, basis: Basis) -> Sign:
    return missing(about, part) if isinstance(part, str) else resampled(about, part, basis)


def _complete(basis: Basis) -> Sample | str:
    is_open = basis.judged["status"].isin(OPEN_STATUSES)
    programs, judged = basis.programs.loc[is_open], basis.judged.loc[is_open]
    has_plan = programs[["committed_at", "plan_quarter"]].notna().any(axis=1)
    has_goal = programs[["goal_id", "priority_id"]].notna().any(axis=1)
    has_owner = list_size(programs["owners_now"]) > 0
    hit = has_plan & has_goal & has_owner & judged["latest_end"].notna()
    return share_of("program", programs.index.to_series(), hit)


def _fresh(basis: Basis) -> Sample | str:
    eng = basis.eng
    if not eng.has("status_events") and basis.programs["updated_at"].isna().all():
        return NO_CHANGES
    recorded = last_activity(eng.status_events, eng.stage_visits).reindex(basis.programs.index)
    latest = pd.concat([recorded, local_day(basis.programs["updated_at"])], axis=1).max(axis=1)
    since = basis.as_of - pd.Timedelta(days=FRESH_DAYS)
    flying = basis.is_in_flight
    return share_of("program", flying.index[flying].to_series(), (latest > since)[flying])


def _right(basis: Basis) -> Sample | str:
    checks = basis.eng.record_checks
    if checks.empty:
        return NO_CHECKS
    return share_of("program", checks["program_id"], checks["match"].astype(bool))


def _score(samples: list[Sample], basis: Basis) -> Interval:
    """Return the geometric mean of the three shares with its interval, programs drawn again together."""
    everyone = {"program": basis.eng.programs["program_id"].to_numpy(dtype=object)}
    settings, whole = basis.eng.config.settings, joined(samples)
    draws = draw_values([whole], settings.bootstrap_replicates, basis.eng.config.seed, everyone)[:, 0]
    limits = interval_of(draws)
    return Interval(whole.value, limits.low, limits.high)


def joined(samples: list[Sample]) -> Sample:
    """Return three shares of programs as one sample of their geometric mean, 0 to 100.

    Examples
    --------
    >>> from gapkit.diagnosis.indicators.measured import share_of
    >>> ids = pd.Series(["P1", "P2"])
    >>> halves = [share_of("program", ids, pd.Series([True, False]))] * 2
    >>> round(joined([*halves, share_of("program", ids, pd.Series([True, True]))]).value, 6)
    62.996052
    """
    keys = pd.Index(np.concatenate([sample.keys for sample in samples])).unique().sort_values()
    columns = [pd.DataFrame(sample.table, index=sample.keys).reindex(keys, fill_value=0.0) for sample in samples]

    def read(sums: FloatArray) -> FloatArray:
        shares = [over(sums[:, 2 * k], sums[:, 2 * k + 1]) for k in range(len(samples))]
        return np.asarray(100 * np.prod(shares, axis=0) ** (1 / len(samples)))

    return Sample("program", keys.to_numpy(dtype=object), pd.concat(columns, axis=1).to_numpy(float), read)
