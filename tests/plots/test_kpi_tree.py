from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from gapkit.plots.kpi_tree import GOAL, INPUT, RESULT, describe_kpi_tree, lay_out, plot_kpi_tree
from gapkit.plots.theme import theme

BOXES = pd.DataFrame({
    "id": ["g", "r", "i", "j"], "label": ["Grow", "Sales", "Calls a week " * 5, "Tests"],
    "kind": [GOAL, RESULT, INPUT, INPUT],
    "is_measured": [True, True, True, False],
})  # fmt: skip
EDGES = [("g", "r"), ("r", "i"), ("r", "j")]


def test_results_stand_left_of_what_feeds_them_and_in_its_middle():
    """Three columns, two rows."""
    spots = lay_out(list(BOXES["id"]), EDGES)

    assert {"g": (0, 0.5), "r": (1, 0.5), "i": (2, 0.0), "j": (2, 1.0)} == {one: tuple(spot) for one, spot in spots.items()}


def test_a_circle_is_cut_where_it_is_entered():
    """Two that feed each other both find a place."""
    assert {"a": (0, 0.0), "b": (1, 0.0)} == {one: tuple(at) for one, at in lay_out("ab", [("a", "b"), ("b", "a")]).items()}


@given(st.lists(st.integers(-1, 7), min_size=1, max_size=8))
def test_no_two_boxes_share_a_place(above):
    """Whatever hangs on what, circles and measures that feed themselves among them."""
    ids = [str(number) for number in range(len(above))]
    edges = [(str(parent), ids[number]) for number, parent in enumerate(above) if 0 <= parent < len(above)]
    spots = lay_out(ids, edges)

    assert set(ids) == set(spots)
    assert len(ids) == len(set(spots.values()))


def test_every_box_is_drawn_and_those_not_read_are_dashed():
    """Four boxes, four names, one of them dashed."""
    with theme():
        axes = plot_kpi_tree(BOXES, EDGES)

    assert 4 == len(axes.patches) == len(axes.texts)
    assert 1 == sum(patch.get_linestyle() not in ("-", "solid") for patch in axes.patches)
    assert 3 == len(axes.get_lines())
    assert "not read lately" in [text.get_text() for text in axes.get_legend().get_texts()]


def test_alt_text_says_what_feeds_what():
    """Goal, result, inputs."""
    text = describe_kpi_tree(BOXES, EDGES)

    assert "Grow (goal) fed by Sales" in text
    assert "Tests (input the team controls, not read lately)" in text
