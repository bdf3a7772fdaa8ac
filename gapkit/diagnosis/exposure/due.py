"""The programs a comparison may speak of: committed, fallen due, and judged on the date promised first.

Everything that relates an outcome to a condition under which programs began (attribution, claims) counts these programs and
no others. Each has had the same chance to succeed: its date, grace included, has passed. Cancelled programs and those that
never started are failures, not gaps in the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.execution import NO_DELIVERIES
from gapkit.labels import label_count, label_period, label_share
from gapkit.stats.resample import MOST_UNITS

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.engagement import Engagement

OTIF: Final = "on time and to spec"
ON_TIME: Final = "on time"


@dataclass(frozen=True, slots=True)
class Due:
    """Committed programs that fell due, and what became of them.

    Attributes
    ----------
    programs : DataFrame
        Indexed by program_id, in that order: type, team, quarter (whose frozen plan held it), status, size (points, else
        budget), committed_at, frozen_on, start_on (planned start in force at the freeze, else the day of the freeze),
        actual_start, actual_end, cancelled_at, due_on (planned end plus grace), is_success (nullable boolean; missing =
        unknown), is_decided_away (cancelled by decision before its planned start).
    outcome : str
        What counts as success, in words: `OTIF`, or `ON_TIME` where the specification of too many is unknown.
    period : str
        From the first planned end to the day the data was read at.
    why_not : str
        Why nothing can be judged; empty where it can.
    caveats : tuple of str
        What a reader must know of all comparisons made with these programs.
    """

    programs: pd.DataFrame
    outcome: str
    period: str
    why_not: str
    caveats: tuple[str, ...]

    @property
    def result_name(self) -> str:
        """Result name of the outcome's rate."""
        return "otif_rate" if self.outcome == OTIF else "on_time_rate"

    @property
    def known(self) -> pd.DataFrame:
        """The programs whose outcome is known, is_success as plain truth."""
        known = self.programs.loc[self.programs["is_success"].notna()]
        return known.assign(is_success=known["is_success"].astype(bool))


def programs_due(eng: Engagement, baseline: Baseline) -> Due:
    """Return the committed programs that have fallen due, with their outcome.

    Parameters
    ----------
    eng : Engagement
        Supplies the day of reading, the grace, and whether deliveries are recorded at all.
    baseline : Baseline
        Its `judged` programs.

    Returns
    -------
    Due
        All quarters with a frozen plan count, not the baseline quarters alone: a comparison within one organisation gains
        from every program it can have.

    Notes
    -----
    Where the specification is unknown for more than `large_unknown_share` of the delivered programs, success is delivery on
    time alone, and every figure says so.
    """
    settings, grace = eng.config.settings, pd.Timedelta(days=eng.config.grace_days)
    judged = baseline.judged
    due_on = judged["frozen_end"] + grace
    fell_due = judged.loc[(judged["group"] == "committed") & due_on.le(pd.Timestamp(eng.as_of))].sort_index()
    delivered = fell_due.loc[fell_due["is_delivered"].fillna(False)]
    unknown = float(delivered["is_to_spec"].isna().mean()) if len(delivered) else 0.0
    outcome = ON_TIME if unknown > settings.large_unknown_share else OTIF
    by_decision = (fell_due["status"] == "cancelled") & (fell_due["cancel_reason"] == "decision")
    start_on = fell_due["frozen_start"].fillna(fell_due["frozen_on"])
    kept = ["type", "team", "quarter", "status", "committed_at", "frozen_on", "actual_start", "actual_end", "cancelled_at"]
    programs = fell_due[kept].assign(
        size=fell_due["size_points"] if fell_due["size_points"].notna().any() else fell_due["budget"],
        start_on=start_on,
        due_on=due_on.loc[fell_due.index],
        is_success=fell_due["is_otif" if outcome == OTIF else "is_on_time"],
        is_decided_away=by_decision & fell_due["cancelled_at"].lt(start_on),
    )
    why_not = "" if eng.records_delivery else NO_DELIVERIES
    why_not = why_not if len(programs) else "No program with a frozen plan has fallen due yet."
    period = label_period(fell_due["frozen_end"].min().date(), eng.as_of) if len(programs) else ""
    return Due(programs, outcome, period, why_not, tuple(_caveats(programs, outcome, unknown)))


def _caveats(programs: pd.DataFrame, outcome: str, unknown: float) -> list[str]:
    """Return what the choice of outcome and the unknown outcomes mean for the reader."""
    said = []
    if outcome == ON_TIME:
        said.append(
            f"The specification of {label_share(unknown)} of the delivered programs is unknown, so success here is "
            "delivery on time alone."
        )
    missing = int(programs["is_success"].isna().sum())
    if missing:
        said.append(f"{label_count(missing, 'program')} of {len(programs)} left out: the outcome is unknown.")
    return said


def undecided(programs: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the programs without those cancelled by decision before their planned start, and words for that.

    Such a cancellation may be good management and no failure; the reader sees what changes without it. Programs cancelled
    later stay: whether they were is a consequence of how they went.
    """
    kept = programs.loc[~programs["is_decided_away"]]
    left_out = label_count(len(programs) - len(kept), "program")
    return kept, f"Without {left_out} cancelled by decision before the planned start."


def drawn(programs: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, str]:
    """Return the programs, or so many drawn at random that a model is fitted in seconds, and what to say about that.

    Parameters
    ----------
    programs : DataFrame
        One row per program.
    seed : int
        Seed of the draw.

    Returns
    -------
    programs : DataFrame
        At most `MOST_UNITS` of them, in their order.
    caveat : str
        Empty where all were kept.
    """
    if len(programs) <= MOST_UNITS:
        return programs, ""
    chosen = np.sort(np.random.default_rng(seed).choice(len(programs), MOST_UNITS, replace=False))
    return programs.iloc[chosen], f"Computed on {MOST_UNITS:,} of {len(programs):,} programs, drawn at random."
