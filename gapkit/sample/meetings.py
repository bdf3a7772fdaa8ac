"""Where people talk and decide: reviews held or not, decisions asked for and taken."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gapkit.calendar import quarter_start
from gapkit.sample.clock import HOURS, Floats
from gapkit.sample.exposure import uniforms
from gapkit.sample.history import decider_level
from gapkit.sample.plan import UNPLANNED
from gapkit.sample.record import Record, brief_done
from gapkit.sample.story import Story

OFF_BY_DAYS_SHARE: Final = 0.05
UNRECORDED_SHARE: Final = 0.04
OTHER_DECISIONS_PER_QUARTER: Final = 12
# Working days between the morning of a meeting series and the next.
SERIES: Final = {
    "smb": (("weekly", 5), ("monthly", 21)),
    "mid": (("weekly", 5), ("monthly", 21)),
    "enterprise": (("weekly", 5), ("fortnightly", 10), ("monthly", 21)),
}
COLUMNS: Final = ["series", "scheduled_h", "held_h", "program_ids"]


def reviews_table(story: Story, record: Record) -> pd.DataFrame:
    """Return the table reviews: regular meetings, planning of each quarter per team, and reviews of results."""
    parts = [_regular(story, record), _planning(story, record), _results(story, record)]
    table = pd.concat([part for part in parts if len(part)], ignore_index=True)
    table = table.loc[table["scheduled_h"] <= record.now_h].sort_values(
        ["scheduled_h", "series"], kind="stable", ignore_index=True
    )
    rng = story.streams.history("minutes")
    draws, opened = rng.random((len(table), 3)), rng.poisson(3.0, len(table)) + 1
    held = table["held_h"].notna().to_numpy()
    decisions = np.where(draws[:, 0] < story.parameters["empty_review"], 0, 1 + np.floor(draws[:, 1] * 4)).astype(np.int64)
    on_time = rng.binomial(opened, 1 - story.parameters["action_late"])
    recorded = held & (draws[:, 2] >= UNRECORDED_SHARE)
    return pd.DataFrame({
        "review_id": [f"R{k:04d}" for k in range(1, len(table) + 1)],
        "series": table["series"],
        "scheduled_at": story.clock.moments(table["scheduled_h"].to_numpy(dtype=float)),
        "held_at": story.clock.moments(table["held_h"].to_numpy(dtype=float)),
        "decisions": pd.Series(decisions, dtype="Int64").where(recorded),
        "actions_opened": pd.Series(opened, dtype="Int64").where(held),
        "actions_closed_on_time": pd.Series(on_time, dtype="Int64").where(held),
        "program_ids": table["program_ids"].astype("str"),
    })  # fmt: skip


def _regular(story: Story, record: Record) -> pd.DataFrame:
    """Return the regular series; a program in flight is on the agenda unless it is skipped."""
    rng = story.streams.history("regular reviews")
    first = story.clock.day_index(quarter_start(story.arguments.first_quarter))
    last = int(record.now_h // HOURS)
    flow, rows = story.flow, record.rows
    started = flow.started_h[rows]
    over = np.minimum(flow.finished_h, flow.cancelled_h)[rows]
    parts = []
    for place, (series, step) in enumerate(SERIES[story.arguments.scale]):
        for day in range(first + place, last, step):
            at = day * HOURS + 1.0
            u, v, days = rng.random(3)
            shift = (2 + int(days * 3)) * HOURS if v < OFF_BY_DAYS_SHARE else 0.0
            held = at + shift + 0.1 if u >= story.parameters["review_missed"] else np.nan
            held = held if held <= record.now_h else np.nan
            seen = rng.random(len(rows)) >= story.parameters["review_skips_program"]
            listed = record.ids[rows[(started <= at) & (at < over) & seen]] if held == held else np.array([])
            parts.append((series, at, held, ";".join(listed) or None))
    return pd.DataFrame(parts, columns=COLUMNS)


def _planning(story: Story, record: Record) -> pd.DataFrame:
    """Return one planning meeting per team and quarter, before the commitments; teams are left out of some of it."""
    plan, rows = story.plan, record.rows
    commit = plan["commit_h"].to_numpy()
    took_part = uniforms(plan, story.streams, "planning") >= story.parameters["left_out_of_planning"]
    promised = rows[(plan["origin"].to_numpy()[rows] != UNPLANNED) & took_part[rows]]
    parts = []
    for (_, _), group in plan.loc[promised].groupby(["quarter", "team"]):
        at = (commit[group.index].min() // HOURS - 4) * HOURS + 5.0
        parts.append(("quarterly", at, at + 0.1, ";".join(record.ids[group.index])))
    return pd.DataFrame(parts, columns=COLUMNS)


def _results(story: Story, record: Record) -> pd.DataFrame:
    """Return reviews of results: within a month of delivery, or too late, or never."""
    draws = uniforms(story.plan, story.streams, "results review", 3)
    finished = story.flow.finished_h
    parts = []
    for i in record.rows[record.status[record.rows] == "delivered"].tolist():
        missed = draws[i, 0] < story.parameters["no_results_review"]
        if missed and draws[i, 1] < 0.7:
            continue
        # Working days after delivery: 6 to 17 is within 30 calendar days, 32 and more is not.
        days = 32 + int(draws[i, 2] * 20) if missed else 6 + int(draws[i, 2] * 12)
        at = (finished[i] // HOURS + days) * HOURS + 6.0
        parts.append(("program", at, at + 0.1 if at + 0.1 <= record.now_h else np.nan, record.ids[i]))
    return pd.DataFrame(parts, columns=COLUMNS)


def decisions_table(story: Story, record: Record) -> pd.DataFrame:
    """Return the table decisions: the brief of each promised program, and others that concern no single program."""
    table = pd.concat([_brief_decisions(story, record), _other_decisions(story, record)], ignore_index=True)
    table = table.sort_values(["asked_h", "program_id"], kind="stable", ignore_index=True)
    rng = story.streams.history("decisions")
    draws = rng.random((len(table), 3))
    share = 0.85 if story.arguments.setting.has_criteria else 0.2
    decided = table["decided_h"].where(table["decided_h"] <= record.now_h).to_numpy(dtype=float)
    reversed_h = decided + HOURS * (2 + 40 * draws[:, 1])
    reversed_h = np.where(
        (draws[:, 0] < story.parameters["decision_reversed"]) & (reversed_h <= record.now_h), reversed_h, np.nan
    )
    return pd.DataFrame({
        "decision_id": [f"D{k:04d}" for k in range(1, len(table) + 1)],
        "program_id": table["program_id"].astype("str"),
        "asked_at": story.clock.moments(table["asked_h"].to_numpy(dtype=float)),
        "decided_at": story.clock.moments(decided),
        "level": table["level"].astype("Int64"),
        "criteria_recorded": draws[:, 2] < share,
        "reversed_at": story.clock.moments(reversed_h),
    })  # fmt: skip


def _brief_decisions(story: Story, record: Record) -> pd.DataFrame:
    plan, rows = story.plan, record.rows
    asked: Floats = story.flow.started_h[rows]
    chosen = (plan["origin"].to_numpy()[rows] != UNPLANNED) & (asked <= record.now_h)
    return pd.DataFrame({
        "program_id": record.ids[rows[chosen]],
        "asked_h": asked[chosen],
        "decided_h": brief_done(story)[rows[chosen]],
        "level": [decider_level(int(d)) for d in story.exposed["distance"].to_numpy()[rows[chosen]]],
    })  # fmt: skip


def _other_decisions(story: Story, record: Record) -> pd.DataFrame:
    rng = story.streams.history("other decisions")
    n = OTHER_DECISIONS_PER_QUARTER * len(story.arguments.told_quarters)
    first = story.clock.day_index(quarter_start(story.arguments.first_quarter)) * HOURS
    asked = np.sort(first + rng.random(n) * (record.now_h - first))
    days = story.parameters["decision_days"] * np.exp(0.7 * rng.standard_normal(n))
    return pd.DataFrame(
        {"program_id": None, "asked_h": asked, "decided_h": asked + HOURS * days, "level": rng.integers(0, 3, n)}
    )
