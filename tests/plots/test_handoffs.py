from __future__ import annotations

import itertools
import math

import pandas as pd
import pytest

from gapkit.plots.handoffs import HEIGHT_MM, MOST_EDGES, describe_handoffs, plot_handoffs, ring_of
from gapkit.plots.theme import TEXT_WIDTH_MM, theme

LONG = "Department of regional field marketing and partner programmes"


def edges(*pairs):
    return pd.DataFrame(
        [(sender, receiver, 50.0 - 3 * k) for k, (sender, receiver) in enumerate(pairs)],
        columns=["from_team", "to_team", "lost_days"],
    )


def drawn(frame, first=3):
    with theme():
        return plot_handoffs(frame, first)


def arrows(axes):
    return [text.arrow_patch for text in axes.texts if text.arrow_patch is not None]


def words(axes):
    return [text.get_text() for text in axes.texts if text.get_text()]


def test_one_arrow_a_pair_and_one_dot_a_team():
    """There and back are two arrows; each says its days, each team its name."""
    axes = drawn(edges(("Web", "Brand"), ("Brand", "Web"), ("Brand", "Legal")))

    assert (3, 3) == (len(arrows(axes)), len(axes.lines))
    assert {"Web", "Brand", "Legal", "50", "47", "44"} == set(words(axes))


def test_the_costliest_arrow_is_the_widest():
    """Width follows lost days."""
    widths = [arrow.get_linewidth() for arrow in arrows(drawn(edges(("A", "B"), ("B", "C"), ("C", "A"))))]

    assert sorted(widths) == widths  # drawn last, so that it lies on top


def test_a_drawing_holds_twelve_arrows():
    """The table beside it holds the rest."""
    pairs = list(itertools.permutations("ABCDE", 2))

    assert MOST_EDGES == len(arrows(drawn(edges(*pairs))))


def test_days_do_not_lie_on_each_other():
    """With twelve arrows among six teams every number can be read."""
    pairs = [pair for pair in itertools.permutations("ABCDEF", 2) if ord(pair[0]) < ord(pair[1])][:12]
    spots = [text.xy for text in drawn(edges(*pairs)).texts if text.get_text().isdigit()]

    assert 12 == len(spots)
    assert min(math.dist(*two) for two in itertools.combinations(spots, 2)) > 4  # a figure is 3 mm high


@pytest.mark.parametrize("teams", [2, 3, 5, 8, 12])
def test_long_names_stay_on_the_page_and_apart(teams):
    """Names of sixty characters, up to twelve of them, are neither clipped nor on top of each other."""
    names = [f"{LONG} {k}" for k in range(teams)]
    pairs = list(itertools.pairwise(names))
    axes = drawn(edges(*pairs))
    figure = axes.get_figure(root=True)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts if "Department" in text.get_text()]
    page = figure.bbox

    assert teams == len(boxes)
    assert all(page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1 for box in boxes)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_teams_stand_on_a_ring_inside_the_page():
    """All at the same distance from each other in angle, none off the page."""
    for x, y in ring_of([str(k) for k in range(7)]).values():
        assert abs(x) < TEXT_WIDTH_MM / 2
        assert abs(y) < HEIGHT_MM / 2


def test_the_alt_text_says_who_waits_for_whom():
    """The direction of an arrow in words."""
    assert "Web waits for Brand: 50; Brand waits for Legal: 47." in describe_handoffs(
        edges(("Web", "Brand"), ("Brand", "Legal"))
    )
