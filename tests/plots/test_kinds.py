from __future__ import annotations

import pandas as pd
import pytest

from gapkit.plots.kinds import ORDER, describe_kinds, plot_kinds
from gapkit.plots.theme import theme
from gapkit.vocabulary import STAGE_KINDS

SHARES = pd.DataFrame(
    [("all", "all programs", 30, "wait", 0.7), ("all", "all programs", 30, "work", 0.3), ("type", "web", 12, "work", 0.5),
     ("type", "web", 12, "approval", 0.5), ("team", "Legal", 20, "approval", 1.0)],
    columns=["cut", "name", "n", "kind", "share"],
)  # fmt: skip


@pytest.fixture
def axes():
    with theme():
        return plot_kinds(SHARES)


def test_every_kind_has_a_colour_and_a_place():
    """No kind of stage is left out of the bars."""
    assert set(STAGE_KINDS) == set(ORDER)


def test_bars_add_up_to_everything_in_the_order_given(axes):
    """Each row is one bar of 100 %, all programs on top."""
    ends = [sum(bars[row].get_width() for bars in axes.containers) for row in range(3)]

    assert ["all programs", "web", "Legal"] == [label.get_text() for label in axes.get_yticklabels()]
    assert [100.0] * 3 == pytest.approx(ends)
    assert axes.get_ylim()[0] > axes.get_ylim()[1]


def test_cuts_are_named_and_programs_counted(axes):
    """Types and teams stand apart under their names; each bar says how many programs it rests on."""
    texts = [text.get_text() for text in axes.texts]

    assert {"by type", "by team", "n = 30", "n = 12", "n = 20"} <= set(texts)


def test_long_names_are_wrapped():
    """Sixty characters take lines, not the chart's width."""
    with theme():
        axes = plot_kinds(SHARES.assign(name="a department with a name of sixty characters, more or less it is"))

    assert max(len(line) for label in axes.get_yticklabels() for line in label.get_text().split("\n")) <= 30


def test_the_alt_text_tells_every_bar():
    """Names with their kinds and shares."""
    assert (
        "all programs waiting 70 % and work 30 %; web work 50 % and approval 50 %; Legal approval 100 %."
        in describe_kinds(SHARES)
    )
