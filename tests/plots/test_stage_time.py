from __future__ import annotations

import pandas as pd

from gapkit.plots.stage_time import MOST_ROWS, describe_stage_time, plot_stage_time
from gapkit.plots.theme import theme


def stages(count):
    return pd.DataFrame({
        "stage": [f"stage {i}" for i in range(count)], "kind": ["approval", "work"] * (count // 2) + ["wait"] * (count % 2),
        "share": [1 / count] * count, "low": [0.5 / count] * count, "high": [1.5 / count] * count,
        "days_per_program": [2.0] * count,
    })  # fmt: skip


def test_one_bar_a_stage_longest_on_top():
    """Rows keep the order of the table."""
    with theme():
        axes = plot_stage_time(stages(3))

    assert ["stage 0", "stage 1", "stage 2"] == [label.get_text() for label in axes.get_yticklabels()]
    assert axes.get_ylim()[0] > axes.get_ylim()[1]


def test_long_tables_are_cut_in_the_chart_only():
    """Beyond twelve rows the table beside the chart holds the rest."""
    with theme():
        axes = plot_stage_time(stages(20))

    assert MOST_ROWS == sum(len(container) for container in axes.containers)


def test_the_alt_text_names_stage_kind_and_share():
    """Each drawn bar in words."""
    assert "stage 0 (approval) 50 %; stage 1 (work) 50 %." in describe_stage_time(stages(2))
