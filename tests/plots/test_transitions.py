from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from gapkit.plots.theme import PALETTE, theme
from gapkit.plots.transitions import describe_transitions, plot_transitions


def losses(count, name="stage"):
    share = [1 / (k + 2) for k in range(count)]
    return pd.DataFrame({
        "from_stage": [f"{name} {k}" for k in range(count)], "to_stage": [f"{name} {k + 1}" for k in range(count)],
        "lost_days": [60.0 - k for k in range(count)], "share": share, "share_low": [x / 2 for x in share],
        "share_high": [x * 1.5 for x in share],
    })  # fmt: skip


def test_one_bar_and_one_interval_a_transition():
    """In the order of the table, the costliest on top, the interval twice: a light line under a dark one."""
    with theme():
        axes = plot_transitions(losses(4), 3)

    assert ["stage 0 → stage 1", "stage 1 → stage 2"] == [label.get_text() for label in axes.get_yticklabels()][:2]
    assert (4, 8) == (len(axes.patches), len(axes.lines))
    assert [50.0, 33.3] == pytest.approx([axes.patches[0].get_width(), axes.patches[1].get_width()], abs=0.05)
    assert ["60 days", "59 days", "58 days", "57 days"] == [text.get_text() for text in axes.texts]


def test_those_the_title_speaks_of_are_darker():
    """The first three of four."""
    with theme():
        axes = plot_transitions(losses(4), 3)

    dark, light = PALETTE["delivered"], PALETTE["before"]
    assert [dark, dark, dark, light] == [to_hex(bar.get_facecolor()) for bar in axes.patches]


def test_no_interval_or_label_leaves_the_chart():
    """Room is left on the right of the longest interval."""
    with theme():
        axes = plot_transitions(losses(4), 3)

    assert axes.get_xlim()[1] > 100 * losses(4)["share_high"].max()


def test_two_names_of_sixty_characters_are_shortened():
    """At most two lines of 36 characters, with both ends of the transition to be seen."""
    with theme():
        axes = plot_transitions(losses(3, "a stage with a name of nearly sixty characters in all of it"), 3)

    lines = [label.get_text().split("\n") for label in axes.get_yticklabels()]
    assert {2} == set(map(len, lines))
    assert all("a stage" in rows[0] and "a stage" in rows[1] for rows in lines)
    assert max(len(line) for rows in lines for line in rows) <= 36


def test_the_alt_text_tells_every_bar():
    """Names, days and shares."""
    assert "stage 0 → stage 1 60 days, 50 %; stage 1 → stage 2 59 days, 33 %." in describe_transitions(losses(2))
