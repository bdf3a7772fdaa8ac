"""Parts of programs that are promised on their own: judged like programs, each against its own planned end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.baseline.cohorts import assign_cohorts

if TYPE_CHECKING:
    from gapkit.engagement import Engagement


def judge_parts(eng: Engagement, judged: pd.DataFrame) -> pd.DataFrame:
    """Judge the parts of committed programs (rows of level deliverable) against their frozen plan.

    Parameters
    ----------
    eng : Engagement
        As known on the day of reading; grace and calendar are those of its configuration.
    judged : DataFrame
        Its programs, from `outcomes.judge_programs`.

    Returns
    -------
    DataFrame
        Indexed by program_id of the part: the columns of `cohorts.assign_cohorts`, then status, is_on_time (nullable:
        missing where the day of delivery is not known) and program (the one it belongs to). A part without a commitment of
        its own was committed with its program. Left out: parts of programs never committed, and merged ones, which their
        program carries.
    """
    programs = eng.programs
    is_part = programs["level"].eq("deliverable") & programs["status"].ne("merged")
    parts = programs.loc[is_part & ~programs["parent_id"].isin(judged.index[judged["group"].eq("unplanned")])]
    parts = parts.sort_values("program_id", ignore_index=True)
    with_program = judged["committed_at"].reindex(parts["parent_id"]).set_axis(parts.index)
    parts["committed_at"] = parts["committed_at"].fillna(with_program)
    placed = assign_cohorts(parts, eng.status_events, eng.config)
    by_id = parts.set_index("program_id")
    latest = placed["frozen_end"] + pd.Timedelta(days=eng.config.grace_days)
    delivered = by_id["status"].eq("delivered").astype("boolean")
    in_time = by_id["actual_end"].le(latest).astype("boolean").mask(by_id["actual_end"].isna())
    return placed.assign(
        status=by_id["status"],
        is_on_time=(delivered & in_time).mask(latest.isna()),
        program=by_id["parent_id"].fillna(by_id.index.to_series()),
    )
