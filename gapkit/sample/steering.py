"""How work is steered: goals, priorities and what is tied to them, measures of results and their readings."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gapkit.calendar import quarter_start
from gapkit.sample import catalogue
from gapkit.sample.clock import HOURS, OPENS_AT
from gapkit.sample.exposure import uniforms
from gapkit.sample.plan import WORKDAYS_PER_DAY
from gapkit.sample.record import Record
from gapkit.sample.story import Story

LOWER_PRIORITIES: Final = 3
EXPIRED_SHARE: Final = 0.4
LATE_TARGET_SHARE: Final = 0.3


def goals_table() -> pd.DataFrame:
    """Return the table goals."""
    return pd.DataFrame({"goal_id": [f"G{k + 1}" for k in range(len(catalogue.GOALS))], "label": catalogue.GOALS})


def priorities_table(story: Story) -> pd.DataFrame:
    """Return the table priorities.

    As many official ones at a time as suit the scale, some dropped at the turn of a quarter, and a few lower ones that are
    always there.
    """
    quarters = story.arguments.told_quarters
    top = story.frame.size.live_priorities
    rng = story.streams.organisation("priorities")
    labels = list(rng.permutation(np.array(catalogue.PRIORITIES)))
    draws = rng.random((len(quarters), top))
    rows: list[dict[str, object]] = []
    standing: list[dict[str, object]] = []
    for k, quarter in enumerate(quarters):
        for place in range(top):
            dropped = k > 0 and draws[k, place] < story.parameters["priority_dropped"] and len(labels) > LOWER_PRIORITIES
            if k == 0 or dropped:
                if dropped:
                    standing[place]["to"] = pd.Timestamp(quarter_start(quarter)) - pd.Timedelta(days=1)
                row: dict[str, object] = {
                    "label": labels.pop(0),
                    "official_rank": place + 1,
                    "from": quarter_start(quarter),
                }
                standing[place : place + 1] = [row]
                rows.append(row)
    rows += [{"label": labels.pop(0), "official_rank": top + 1 + k, "from": quarter_start(quarters[0])}
             for k in range(min(LOWER_PRIORITIES, len(labels)))]  # fmt: skip
    table = pd.DataFrame(rows, columns=["label", "official_rank", "from", "to"])
    table["to"] = pd.to_datetime(table["to"])
    table["from"] = pd.to_datetime(table["from"])
    table.insert(0, "priority_id", [f"PR{k + 1:02d}" for k in range(len(table))])
    return table


def link_programs(story: Story, record: Record, priorities: pd.DataFrame) -> pd.DataFrame:
    """Return goal_id and priority_id of each program of the record.

    A linked program serves a goal and a priority that is live at its planned start; an unlinked one serves neither, or a
    priority that has run out.
    """
    rows = record.rows
    draws = uniforms(story.plan, story.streams, "links", 4)[rows]
    # Priorities change at the turn of a quarter only.
    quarters = story.clock.dates(story.plan["start_h"].to_numpy()[rows]).dt.to_period("Q").dt.start_time
    unlinked = story.exposed["is_unlinked"].to_numpy()[rows]
    on_day = {start: _priorities_on(start, priorities, story.frame.size.live_priorities) for start in quarters.unique()}
    goals, chosen = [], []
    for start, is_unlinked, (u, v, w, x) in zip(quarters, unlinked.tolist(), draws.tolist(), strict=True):
        top, lower, gone = on_day[start]
        pool = lower if u < story.parameters["outside_top"] and lower else top
        expired = gone[int(v * len(gone))] if gone and w < EXPIRED_SHARE else None
        chosen.append(expired if is_unlinked else pool[int(v * len(pool))])
        goals.append(None if is_unlinked else f"G{1 + int(x * len(catalogue.GOALS))}")
    return pd.DataFrame({"goal_id": pd.Series(goals, dtype="str"), "priority_id": pd.Series(chosen, dtype="str")})


def _priorities_on(day: pd.Timestamp, priorities: pd.DataFrame, n_top: int) -> tuple[list[str], list[str], list[str]]:
    """Return the ids of the top priorities live on a day, of the lower ones, and of those that have run out."""
    gone = priorities["to"] < day
    live = (priorities["from"] <= day) & ~gone
    # What began before the first quarter told of counts as tied to what was official then.
    live = live if live.any() else priorities["from"] == priorities["from"].min()
    is_top = priorities["official_rank"] <= n_top
    groups = (live & is_top, live & ~is_top, gone)
    return tuple(priorities.loc[group, "priority_id"].tolist() for group in groups)


def kpis_table(story: Story, record: Record) -> pd.DataFrame:
    """Return the table kpis.

    One lagging measure per goal with leading ones below it, targets set before the first quarter; and one brand measure
    whose target is set only afterwards.
    """
    rng = story.streams.organisation("kpis")
    people = story.frame.people
    owners = people.loc[people["level"] <= 2, "person_id"].to_numpy()
    early = pd.Timestamp(quarter_start(story.arguments.first_quarter)) - pd.Timedelta(days=200)
    rows: list[dict[str, object]] = []
    for g, goal in enumerate(catalogue.GOALS, start=1):
        lag = f"K{g}0"
        shared = {"goal_id": f"G{g}", "target_set_at": early}
        rows.append({"kpi_id": lag, "name": goal.lower(), "kind": "lagging", "unit": "index", "target": 110.0,
                     "cadence": "monthly", "controllable": "no", **shared})  # fmt: skip
        for j in range(1, 3):
            control = ("yes", "partly", "no")[int(rng.random() * 2.4)]
            rows.append({"kpi_id": f"K{g}{j}", "name": f"{catalogue.LEADING[(g + j) % 4]} ({goal.split()[-1]})",
                         "kind": "leading", "parent_kpi_id": lag, "unit": "count", "target": 10.0 + 2 * j,
                         "cadence": "weekly", "controllable": control, **shared})  # fmt: skip
    rows.append({"kpi_id": "K90", "name": "brand recall", "kind": "lagging", "unit": "percent", "cadence": "quarterly",
                 "controllable": "no", "target": 30.0, "target_set_at": pd.Timestamp(story.arguments.read_on)})  # fmt: skip
    table = pd.DataFrame(rows)
    table["direction"] = "up"
    table["owner_id"] = owners[rng.integers(len(owners), size=len(table))]
    table["program_ids"] = _measured_by(story, record, table["kpi_id"])
    return table


def _measured_by(story: Story, record: Record, kpis: pd.Series) -> pd.Series:
    """Return the programs of each measure.

    Those with a target are under one that had it early, some of the others under the one whose target came late, the rest
    under none.
    """
    draws = uniforms(story.plan, story.streams, "kpi links", 2)[record.rows]
    has_target = story.exposed["has_target"].to_numpy()[record.rows]
    choice = np.floor(draws[:, 0] * (len(kpis) - 1)).astype(np.int64)
    kpi = np.where(has_target, choice, np.where(draws[:, 1] < LATE_TARGET_SHARE, len(kpis) - 1, -1))
    ids = record.ids[record.rows]
    return pd.Series([";".join(ids[kpi == k]) or None for k in range(len(kpis))], dtype="str")


def kpi_values_table(story: Story, record: Record, kpis: pd.DataFrame) -> pd.DataFrame:
    """Return the table kpi_values: one reading per period, known some time after the period's end."""
    first, last = quarter_start(story.arguments.first_quarter), story.arguments.read_on
    rng = story.streams.organisation("kpi values")
    latency = story.parameters["kpi_latency_days"]
    frames = []
    for kpi, cadence, target in zip(kpis["kpi_id"], kpis["cadence"], kpis["target"], strict=True):
        step = {"weekly": "W-MON", "monthly": "MS", "quarterly": "QS"}[cadence]
        starts = pd.Series(pd.date_range(first, last, freq=step)).dt.as_unit("us")
        ends = pd.Series(pd.date_range(first, last + pd.Timedelta(days=100), freq=step)[1 : len(starts) + 1]).dt.as_unit(
            "us"
        )
        own = np.exp(0.3 * rng.standard_normal())
        days = latency * own * np.exp(0.3 * rng.standard_normal(len(starts)))
        walk = target * (0.9 + 0.05 * rng.standard_normal(len(starts)) + 0.002 * np.arange(len(starts)))
        at = np.array([story.clock.day_index(end.date()) for end in ends]) * HOURS + days * WORKDAYS_PER_DAY * HOURS + 1
        frames.append(pd.DataFrame({"kpi_id": kpi, "period_start": starts, "value": np.round(walk, 1), "at": at}))
    table = pd.concat(frames, ignore_index=True)
    table = table.loc[table["at"] <= record.now_h].reset_index(drop=True)
    table["available_at"] = story.clock.moments(table["at"].to_numpy()).dt.floor("D") + pd.Timedelta(hours=OPENS_AT)
    return table.drop(columns="at")
