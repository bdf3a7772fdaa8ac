"""Roles: how their critical skills are covered, what they have of what they need, and what their gaps do to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.labels import label_count, label_list, label_number, label_share, sentence_case
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, TEXT_WIDTH_MM

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ROWS: Final = 12
NAME_WIDTH: Final = 26
STATES: Final = {"covered": "delivered", "hangs on one person": "waiting", "held by nobody": "bad"}


def plot_roles(roles: pd.DataFrame, skills: pd.DataFrame) -> tuple[Axes, Axes, Axes]:
    """Draw roles in three columns: critical skills by how they are covered, adequacy, and damage to others.

    Parameters
    ----------
    roles, skills : DataFrame
        `Capability.roles` and `Capability.skills`. At most twelve roles are drawn, in their order.

    Returns
    -------
    tuple of Axes
        Skills: one container of bars per state. Adequacy: one interval and one dot per role, and a hollow dot for what is
        left of it given what the role waits for. Damage: one bar per role, words where nobody waits for it.
    """
    from matplotlib.figure import Figure

    rows = roles.head(MOST_ROWS)
    names = [wrap_name(sentence_case(str(role)), NAME_WIDTH) for role in rows["role"]]
    height = 30 + row_mm(names, 10.0) * len(rows)
    figure = Figure(figsize=(TEXT_WIDTH_MM / 25.4, height / 25.4))
    skill_axes, own_axes, harm_axes = figure.subplots(1, 3, sharey=True, width_ratios=(1.0, 1.3, 0.8))
    _draw_skills(skill_axes, rows, skills)
    _draw_adequacy(own_axes, rows)
    _draw_damage(harm_axes, rows)
    figure.legend(*skill_axes.get_legend_handles_labels(), loc="outside lower left", ncols=3, handlelength=0.9)
    skill_axes.set_yticks(range(len(rows)), names)
    skill_axes.set_ylim(len(rows) - 0.4, -0.6)
    return skill_axes, own_axes, harm_axes


def counts_by_state(rows: pd.DataFrame, skills: pd.DataFrame) -> pd.DataFrame:
    """Return critical skills by role, in the order of `rows`, and state."""
    counted = pd.crosstab(skills["role"].astype(str), skills["state"].astype(str))
    return counted.reindex(index=rows["role"].astype(str), columns=list(STATES), fill_value=0)


def _draw_skills(axes: Axes, rows: pd.DataFrame, skills: pd.DataFrame) -> None:
    counted, left = counts_by_state(rows, skills), np.zeros(len(rows))
    for state, meaning in STATES.items():
        widths = counted[state].to_numpy(float)
        bars = axes.barh(range(len(rows)), widths, left=left, height=0.55, color=PALETTE[meaning], label=state)
        colour = PALETTE["ink" if meaning == "waiting" else "paper"]
        axes.bar_label(bars, [label_number(width) if width else "" for width in widths], label_type="center", color=colour)
        left = left + widths
    axes.set_title("Critical skills", pad=8)
    axes.set_xticks([])
    axes.grid(visible=False)


def _draw_adequacy(axes: Axes, rows: pd.DataFrame) -> None:
    for place, row in enumerate(rows.to_dict(orient="records")):
        limits = [100 * row["low"], 100 * row["high"]]
        axes.plot(limits, [place, place], color=PALETTE["delivered"], linewidth=5, alpha=0.35, solid_capstyle="butt")
        axes.plot(100 * row["adequacy"], place, "o", color=PALETTE["delivered"], markersize=6.5)
        if row["effective"] == row["effective"] and abs(row["effective"] - row["adequacy"]) > 0.005:
            axes.plot(
                100 * row["effective"], place, "o", color=PALETTE["bad"], markersize=6, markerfacecolor=PALETTE["paper"]
            )
        axes.annotate(f"{label_share(row['adequacy'])}", (100 * row["adequacy"], place), xytext=(0, 6),
                      textcoords="offset points", ha="center", va="bottom")  # fmt: skip
    axes.set_title("Has of what it needs, %\n● itself   ○ given what it waits for", pad=8)
    axes.set_xlim(0, 105)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")


def _draw_damage(axes: Axes, rows: pd.DataFrame) -> None:
    harm = (100 * rows["damage"]).to_numpy(float)
    axes.barh(range(len(rows)), np.nan_to_num(harm), height=0.55, color=PALETTE["bad"])
    for place, points in enumerate(harm):
        words = "no link known" if np.isnan(points) else label_number(points)
        axes.annotate(words, (np.nan_to_num(points), place), xytext=(4, 0), textcoords="offset points", va="center",
                      color=PALETTE["muted" if np.isnan(points) else "ink"])  # fmt: skip
    axes.set_title("Others would gain,\npoints, were it whole", pad=8)
    axes.set_xlim(0, max(1.0, float(np.nanmax(np.append(harm, 0.0)))) * 1.3)
    axes.set_xticks([])
    axes.grid(visible=False)


def describe_roles(roles: pd.DataFrame, skills: pd.DataFrame) -> str:
    """Return the alt text: every role in words."""
    rows = roles.head(MOST_ROWS)
    said = []
    for row, counted in zip(rows.to_dict(orient="records"), counts_by_state(rows, skills).to_dict("records"), strict=True):
        states = [f"{label_count(int(number), 'critical skill')} {state}" for state, number in counted.items() if number]
        harm = row["damage"]
        others = "no link known" if harm != harm else f"others would gain {label_number(100 * harm)} points"
        said.append(f"{row['role']}: {label_list(states)}; has {label_share(row['adequacy'])} of what it needs; {others}")
    return "Roles by critical skills, adequacy and what their gaps do to others. " + ". ".join(said) + "."
