from __future__ import annotations

import pandas as pd

from gapkit.plots.load import describe_velocity, describe_wip, plot_velocity, plot_wip
from gapkit.plots.theme import theme
from gapkit.results import Result

DAILY = pd.Series([3, 5, 4], index=pd.date_range("2026-04-01", periods=3))
WEEKLY = pd.DataFrame({
    "week_on": pd.date_range("2026-03-30", periods=3, freq="7D"), "deliveries": [1, 4, 2], "is_full": [False, True, True],
})  # fmt: skip
PACE = Result("v", 2.3, 1.1, 4.2, n=7, events=7, unit="per_week")


def test_work_in_progress_starts_at_zero():
    """A cut axis would exaggerate every wave."""
    with theme():
        axes = plot_wip(DAILY)

    assert 0 == axes.get_ylim()[0]
    assert [3, 5, 4] == axes.get_lines()[0].get_ydata().tolist()


def test_every_week_has_its_bar_and_the_mean_its_line():
    """Weeks cut by the window are there, in another shade."""
    with theme():
        axes = plot_velocity(WEEKLY, PACE)

    heights = {bar.get_height() for container in axes.containers for bar in container}
    assert {1, 4, 2} == heights
    assert "2.3 a week" in [text.get_text() for text in axes.texts]


def test_alt_texts_carry_the_figures():
    """First, last, lowest and highest in words."""
    assert "3 on the first day, 4 on the last, between 3 and 5." in describe_wip(DAILY)
    assert "between 1 and 4; mean 2.3 a week." in describe_velocity(WEEKLY, PACE)
