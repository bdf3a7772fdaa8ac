"""Money: what programs are to cost and bring, what was spent, what an hour costs, what functions are paid for."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gapkit.sample import catalogue
from gapkit.sample.exposure import normals, uniforms
from gapkit.sample.plan import WORKDAYS_PER_DAY
from gapkit.sample.record import Record
from gapkit.sample.story import Story

MEDIAN_BUDGET: Final = {
    "campaign": 40000, "content": 6000, "event": 25000, "launch": 50000, "web": 15000, "email": 4000, "paid_media": 30000,
    "brand": 35000, "research": 18000, "ops": 9000,
}  # fmt: skip
PROFILES: Final = ("durable", "perishable", "seasonal")
# Shares of a budget that go to outside work at the start, to media at the end, and to other things half-way.
SPENDING: Final = (("external", 0.35, 0.1), ("media", 0.45, 0.9), ("other", 0.2, 0.5))
POINTS: Final = np.array([1, 2, 3, 5, 8, 13])
RATES: Final = {"leader": 140, "team lead": 100, "partner": 90}


def money_columns(story: Story, record: Record) -> pd.DataFrame:
    """Return size_points, budget_planned, budget_spent, value_per_week and value_profile of each program of the record."""
    plan, rows = story.plan, record.rows
    draws, sizes = uniforms(plan, story.streams, "money", 2)[rows], normals(plan, story.streams, "budget", 2)[rows]
    days = plan["needed_hours"].to_numpy()[rows] / 8 / WORKDAYS_PER_DAY
    median = np.array([MEDIAN_BUDGET[name] for name in story.frame.types])[plan["type"].to_numpy()[rows]]
    budget = np.round(median * (days / 45) ** 0.7 * np.exp(0.4 * sizes[:, 0]), -2).clip(500)
    points = POINTS[np.abs(np.subtract.outer(days / 10, POINTS)).argmin(axis=1)]
    return pd.DataFrame({
        "size_points": points.astype(float),
        "budget_planned": budget,
        "budget_spent": np.round(budget * _progress(story, record) * np.exp(0.15 * sizes[:, 1]), -1),
        "value_per_week": np.round(budget * (0.03 + 0.07 * draws[:, 0]), -1),
        "value_profile": np.array(PROFILES)[np.floor(draws[:, 1] * 3).astype(np.int64)],
    })  # fmt: skip


def _progress(story: Story, record: Record) -> np.ndarray:
    """Return how far each program is, 0 to 1, by the share of its work done up to the day of reading or its end."""
    done, total = np.zeros(len(story.plan)), np.full(len(story.plan), 1e-9)
    for visit in story.flow.visits:
        total[visit.program] += visit.worked_h()
        done[visit.program] += visit.worked_h(record.now_h)
    # A cancelled program leaves work undone that its visits do not show: half of it, on average.
    whole = np.where(story.flow.is_cancelled, total * 2, total)
    return np.asarray(np.minimum(done / whole, 1.0)[record.rows])


def costs_table(story: Story, record: Record, programs: pd.DataFrame) -> pd.DataFrame:
    """Return the table costs: what was spent on each program, by category, and what the tools cost each quarter."""
    rows = record.rows
    start = story.flow.started_h[rows]
    over = np.minimum(np.minimum(story.flow.finished_h, story.flow.cancelled_h)[rows], record.now_h)
    spent = programs["budget_spent"].to_numpy()
    recoverable = np.round(uniforms(story.plan, story.streams, "recoverable")[rows] * 0.4, 1)
    parts = []
    for category, share, when in SPENDING:
        amount = np.round(spent * share, -1)
        paid = np.isfinite(start) & (start <= record.now_h) & (amount > 0)
        at = np.full(len(rows), np.nan)
        at[paid] = start[paid] + when * (over[paid] - start[paid])
        parts.append(pd.DataFrame({"program_id": programs["program_id"], "category": category, "amount": amount,
                                   "incurred_at": story.clock.dates(at), "recoverable": recoverable})[paid])  # fmt: skip
    costs: pd.DataFrame = pd.concat([*parts, _tool_costs(story)], ignore_index=True)
    return costs.sort_values(["incurred_at", "program_id", "category"], kind="stable", ignore_index=True)


def _tool_costs(story: Story) -> pd.DataFrame:
    quarters = pd.PeriodIndex(story.arguments.told_quarters, freq="Q").start_time
    yearly = sum(tool[2] for tool in catalogue.TOOLS)
    return pd.DataFrame(
        {"category": "tool", "amount": round(yearly / 4, -1), "incurred_at": pd.Series(quarters).dt.as_unit("us")}
    )


def rates_table(story: Story) -> pd.DataFrame:
    """Return the table rates."""
    roles = sorted(story.frame.people["role"].unique())
    mode = np.array([float(RATES.get(role, 70)) for role in roles])
    return pd.DataFrame({"role": roles, "low": mode * 0.8, "mode": mode, "high": mode * 1.3})


def incentives_table(story: Story) -> pd.DataFrame:
    """Return the table incentives: functions share outcomes, the less so the worse their incentives are aligned."""
    rng = story.streams.organisation("incentives")
    n_functions, n_outcomes = len(story.frame.functions), len(catalogue.OUTCOMES)
    shared = np.array([0.35, 0.25, 0.2, 0.1, 0.1, 0.0])
    own = np.eye(n_outcomes)[rng.permutation(np.arange(n_functions) % n_outcomes)]
    divergence = min(1.0, story.parameters["incentive_divergence"])
    weights = np.floor(20 * ((1 - divergence) * shared + divergence * own)) / 20
    place, outcome = np.nonzero(weights)
    return pd.DataFrame({
        "function": np.array(story.frame.functions)[place],
        "outcome": np.array(catalogue.OUTCOMES)[outcome],
        "weight": weights[place, outcome],
    })  # fmt: skip


def outcome_conflicts_table() -> pd.DataFrame:
    """Return the table outcome_conflicts."""
    return pd.DataFrame(catalogue.CONFLICTS, columns=["outcome_a", "outcome_b", "conflict"])
