"""Which programs served something that was approved: what the cost of work outside priorities rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.diagnosis.indicators.at_start import is_live, priority_at_start

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.baseline import Baseline
    from gapkit.engagement import Engagement


def tied_programs(eng: Engagement, baseline: Baseline) -> pd.Series | None:
    """Return whether each program, at its planned start, served an approved priority or, naming none, a goal.

    Parameters
    ----------
    eng : Engagement
        Supplies programs, priorities and their history.
    baseline : Baseline
        Supplies the frozen plan; a program nobody planned is asked about on the day it began.

    Returns
    -------
    Series of bool or None
        Indexed like `baseline.judged`; None where no program names a goal or a priority: then nothing is known, which is
        not the same as nothing being tied. A goal stands in where no priority is named, not for one that has run out.
    """
    start_on = baseline.judged["frozen_start"].fillna(baseline.judged["actual_start"])
    priority = priority_at_start(eng, start_on)
    goal = eng.programs.set_index("program_id")["goal_id"].reindex(start_on.index)
    if not (priority.notna() | goal.notna()).any():
        return None
    return is_live(eng.priorities, priority, start_on) | (priority.isna() & goal.notna())
