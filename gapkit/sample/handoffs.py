"""Work passed from team to team."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gapkit.sample.flow import Visit
from gapkit.sample.record import Record
from gapkit.sample.story import Story

INFORMAL, FORMAL = ("meeting", "chat", "email"), ("ticket", "form")
SLA_BDAYS: Final = (2.0, 3.0, 5.0)


def handoffs_table(story: Story, record: Record, visits: list[Visit]) -> pd.DataFrame:
    """Return the table handoffs: one row whenever the next stage is another team's."""
    passed = _passed_on(story, record, visits)
    table = pd.DataFrame(passed, columns=["program", "from", "to", "requested_h", "accepted_h", "completed_h"])
    draws = story.streams.history("handoffs").random((len(table), 5))
    share = story.parameters
    informal = np.array(INFORMAL)[np.floor(draws[:, 1] * 3).astype(np.int64)]
    formal = np.array(FORMAL)[np.floor(draws[:, 1] * 2).astype(np.int64)]
    sla = np.array(SLA_BDAYS)[np.floor(draws[:, 3] * 3).astype(np.int64)]
    teams = np.array(story.frame.teams)
    return pd.DataFrame({
        "program_id": record.ids[table["program"].to_numpy()],
        "from_team": teams[table["from"]],
        "to_team": teams[table["to"]],
        "requested_at": story.clock.moments(table["requested_h"].to_numpy(dtype=float)),
        "accepted_at": _seen(story, record, table["accepted_h"]),
        "completed_at": _seen(story, record, table["completed_h"]),
        "sla_days": np.where(draws[:, 2] < share["no_handoff_sla"], np.nan, sla),
        "returned": draws[:, 4] < share["handoff_returned"],
        "channel": np.where(draws[:, 0] < share["informal_handoff"], informal, formal),
    }).sort_values(["requested_at", "program_id"], kind="stable", ignore_index=True)  # fmt: skip


def _seen(story: Story, record: Record, hours: pd.Series) -> pd.Series:
    return story.clock.moments(hours.where(hours <= record.now_h).to_numpy(dtype=float))


def _passed_on(story: Story, record: Record, visits: list[Visit]) -> list[tuple[int, int, int, float, float, float]]:
    """Return who passed what to whom: asked when the wait for the stage begins, accepted when work on it does."""
    outside = story.exposed["is_outside_record"].to_numpy()
    holder: dict[int, int] = {}
    found: list[tuple[int, int, int, float, float, float]] = []
    asked: dict[tuple[int, str], float] = {}
    for visit in visits:
        i = visit.program
        if visit.team < 0 or not record.ids[i] or outside[i] or visit.entered_h > record.now_h:
            continue
        before = holder.get(i, visit.team)
        if visit.kind == "wait" and before != visit.team:
            asked.setdefault((i, visit.stage), visit.entered_h)
        if visit.kind in ("work", "external"):
            if before != visit.team and (i, visit.stage) in asked:
                found.append((i, before, visit.team, asked.pop((i, visit.stage)), visit.entered_h, visit.left_h))
            holder[i] = visit.team
    # Asked for and not yet taken up.
    found += [(i, holder[i], _team_of(story, i, stage), at, np.inf, np.inf) for (i, stage), at in asked.items()
              if story.flow.cancelled_h[i] > record.now_h]  # fmt: skip
    return found


def _team_of(story: Story, program: int, stage: str) -> int:
    names = [step.name for step in story.exposed["path"].iloc[program]]
    specialist = story.exposed["path"].iloc[program][names.index(stage)].team
    return story.frame.teams.index(specialist) if specialist in story.frame.teams else int(story.plan["team"].iloc[program])
