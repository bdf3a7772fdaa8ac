"""The written way of working, the tools, and the manual work around them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gapkit.calendar import quarter_start
from gapkit.sample import catalogue
from gapkit.sample.exposure import uniforms
from gapkit.sample.owners import Owners
from gapkit.sample.record import Record
from gapkit.sample.story import Story

HOURS_PER_WEEK: Final = 38
CHECKED_PROGRAMS: Final = 40
FIELDS: Final = ("owner", "end", "status", "budget")
# The tracker's other statuses, for a second source that sees it differently.
OTHER_STATUS: Final = {"delivered": "in_progress", "in_progress": "paused"}


def process_steps_table(story: Story) -> pd.DataFrame:
    """Return the table process_steps: the written steps of all types but one in six."""
    rng = story.streams.organisation("documented")
    written = rng.random(len(catalogue.TYPES)) >= 1 / 6
    parts = []
    for name in story.frame.types:
        if not written[catalogue.TYPES.index(name)]:
            continue
        steps = [catalogue.BRIEF, *catalogue.STAGES[name], catalogue.LAUNCH]
        parts.append(pd.DataFrame({
            "type": name,
            "step": [step.name for step in steps],
            "order": range(1, len(steps) + 1),
            "mandatory": [not step.is_optional for step in steps],
            "max_wait_bdays": [0.0, *[3.0] * (len(steps) - 1)],
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["type", "step", "order"])


def tools_table(story: Story) -> pd.DataFrame:
    """Return the table tools; the first is the system of record."""
    rng = story.streams.organisation("tools")
    n = len(catalogue.TOOLS)
    seats = np.maximum(3, np.round(len(story.frame.people) * rng.uniform(0.3, 1.1, n)).astype(np.int64))
    adopted = pd.Timestamp(quarter_start(story.arguments.first_quarter)) + pd.to_timedelta(rng.integers(-1500, 300, n), "D")
    early = rng.random(n) >= story.parameters["tool_before_process"]
    active = np.round(seats * (1 - story.parameters["seat_unused"] * rng.uniform(0.6, 1.3, n))).clip(0, seats)
    return pd.DataFrame({
        "tool_id": [f"T{k}" for k in range(1, n + 1)],
        "name": [tool[0] for tool in catalogue.TOOLS],
        "category": [tool[1] for tool in catalogue.TOOLS],
        "annual_cost": [float(tool[2]) for tool in catalogue.TOOLS],
        "adopted_at": pd.Series(adopted).dt.as_unit("us"),
        "process_defined_before": early,
        "system_of_record": [tool[3] for tool in catalogue.TOOLS],
        "seats": seats,
        "active_users": active.astype(np.int64),
    })  # fmt: skip


def workarounds_table(story: Story) -> pd.DataFrame:
    """Return the table workarounds: one per stage with re-entry and a few without; together the share of hours planted."""
    rng = story.streams.organisation("workarounds")
    stages = sorted({stage.name for kind in story.frame.types for stage in catalogue.STAGES[kind]})
    key = dict(zip(stages, rng.permutation(len(stages)), strict=True))
    plain = sorted(set(stages) - story.re_entry, key=lambda name: key[name])[:3]
    steps = [*sorted(story.re_entry), *plain]
    weight = np.array([1.0 + key[name] % 5 for name in steps])
    total = story.parameters["workaround_share"] * HOURS_PER_WEEK * story.frame.people["fte"].sum()
    mode = np.maximum(0.5, np.round(2 * total * weight / weight.sum()) / 2)
    return pd.DataFrame({
        "workaround_id": [f"W{k:02d}" for k in range(1, len(steps) + 1)],
        "step": steps,
        "hours_low": np.round(mode * 0.6, 1),
        "hours_mode": mode,
        "hours_high": np.round(mode * 1.5, 1),
        "people": np.maximum(1, np.round(mode / 3)).astype(np.int64),
        "re_entry": [name in story.re_entry for name in steps],
        "tool_id": [f"T{1 + key[name] % len(catalogue.TOOLS)}" for name in steps],
    })  # fmt: skip


def tool_options_table(story: Story, workarounds: pd.DataFrame) -> pd.DataFrame:
    """Return the table tool_options: for each of the larger workarounds a tool or a change of process."""
    rng = story.streams.organisation("tool options")
    largest = workarounds.sort_values(["hours_mode", "workaround_id"], ascending=[False, True]).head(6)
    is_tool = rng.random(6) < 0.4 + 0.5 * story.severities.shown["tool_first"]
    ready = rng.random(6) >= story.parameters["tool_before_process"]
    cost = rng.uniform(0.5, 1.5, 6)
    saved = largest["hours_mode"].to_numpy() * 0.6
    n = len(largest)
    return pd.DataFrame({
        "option_id": [f"O{k}" for k in range(1, n + 1)],
        "workaround_ids": largest["workaround_id"].to_numpy(),
        "one_off_cost": np.round(np.where(is_tool, 12000, 3000)[:n] * cost[:n], -2),
        "annual_cost": np.round(np.where(is_tool, 9000, 0)[:n] * cost[:n], -2),
        "saved_low": np.round(saved * 0.5, 1),
        "saved_mode": np.round(saved, 1),
        "saved_high": np.round(saved * 1.4, 1),
        "weeks": np.where(is_tool, 10.0, 4.0)[:n],
        "is_tool": is_tool[:n],
        "process_ready": ready[:n],
    })  # fmt: skip


def record_checks_table(
    story: Story, record: Record, programs: pd.DataFrame, owners: Owners, second_source_error: float
) -> pd.DataFrame:
    """Return the table record_checks: programs drawn at random, compared field by field with a second source.

    Parameters
    ----------
    programs : DataFrame
        The table programs as the tracker shows it.
    owners : Owners
        Who really answers for what: where the tracker is wrong about it, the second source knows better.
    second_source_error : float
        Share of comparisons in which the second source is the one that is wrong.
    """
    draws = uniforms(story.plan, story.streams, "record checks", 2 + 2 * len(FIELDS))[record.rows]
    chosen = np.sort(np.argsort(draws[:, 0])[: min(CHECKED_PROGRAMS, len(programs))])
    parts = [
        _check(story, record, programs, owners, field, chosen, draws[chosen, 2 + 2 * k : 4 + 2 * k], second_source_error)
        for k, field in enumerate(FIELDS)
    ]
    return pd.concat(parts, ignore_index=True).sort_values("program_id", kind="stable", ignore_index=True)


def _check(
    story: Story, record: Record, programs: pd.DataFrame, owners: Owners, field: str, chosen: np.ndarray, draws: np.ndarray,
    second_source_error: float,
) -> pd.DataFrame:  # fmt: skip
    rows = programs.iloc[chosen]
    column = {"owner": "owners_now", "end": "current_end", "status": "status", "budget": "budget_planned"}[field]
    seen = _written(rows[column])
    share = story.parameters["owner_mismatch" if field == "owner" else "mismatch"]
    differs = (draws[:, 0] < share) | (draws[:, 1] < second_source_error)
    truly = pd.Series(owners.now[record.rows[chosen]], index=rows.index, dtype="str") if field == "owner" else seen
    other = truly.where(~differs, _otherwise(story, rows, field))
    match = (seen == other) | (seen.isna() & other.isna())
    return pd.DataFrame({"program_id": rows["program_id"], "field": field, "tracker_value": seen, "other_value": other,
                         "match": match.to_numpy(dtype=bool)})  # fmt: skip


def _written(column: pd.Series) -> pd.Series:
    """Return dates and amounts as text."""
    if column.dtype.kind == "M":
        column = column.dt.strftime("%Y-%m-%d")
    elif column.dtype.kind == "f":
        column = column.map("{:.0f}".format)
    return column.astype("str")


def _otherwise(story: Story, rows: pd.DataFrame, field: str) -> pd.Series:
    """Return what a second source says that sees it differently."""
    if field == "owner":
        people = story.frame.owners
        place = rows["owners_now"].map({str(name): k for k, name in enumerate(people)}).fillna(-1).astype(int)
        return pd.Series(people[(place.to_numpy() + 1) % len(people)], index=rows.index, dtype="str")
    if field == "end":
        return _written(rows["current_end"] + pd.Timedelta(days=14)).fillna(f"{story.arguments.read_on}")
    if field == "status":
        other = rows["status"].map(OTHER_STATUS).fillna("cancelled")
        return pd.Series(other.where(rows["status"] != "cancelled", "paused"))
    return _written((rows["budget_planned"] * 1.2).round(-2) + 100)
