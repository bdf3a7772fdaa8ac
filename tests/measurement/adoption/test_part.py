from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from gapkit.config import Settings
from gapkit.measurement.adoption.part import share, word_of
from gapkit.measurement.adoption.wording import side_words
from gapkit.results import Result, not_assessable


def test_a_share_has_wilsons_interval_at_ninety_percent():
    """Nineteen of 23, as statsmodels' proportion_confint gives it."""
    found = share(19, 23, "meeting", Settings(), period="2026Q3", missing="")

    assert (found.low, found.high) == pytest.approx(proportion_confint(19, 23, alpha=0.1, method="wilson"))
    assert (found.level, found.status) == (0.9, "ok")


def test_too_few_and_none_are_told_apart():
    """Below ten the counts alone; nothing counted says what would switch it on."""
    few = share(3, 4, "meeting", Settings(), period="", missing="")
    none = share(0, 0, "meeting", Settings(), period="", missing="The table reviews would switch this on.")

    assert (few.status, few.events, few.caveats) == ("thin", 3, ("4 meetings; 10 are needed for a share.",))
    assert (none.status, none.caveats) == ("not_assessable", ("The table reviews would switch this on.",))
    assert (word_of(few, 0.8), word_of(none, 0.8)) == ("too little data", "not measured")


@pytest.mark.parametrize(
    ("low", "high", "mark", "word"),
    [
        (0.80, 0.95, 0.8, "in place"),
        (0.79, 0.95, 0.8, "partly in place"),
        (0.79, 0.95, 0.7, "in place"),
        (0.30, 0.50, 0.8, "partly in place"),
        (0.30, 0.49, 0.8, "missing"),
    ],
)
def test_the_word_goes_by_the_limits(low, high, mark, word):
    """Method §6.3: in place by the lower limit, missing by the upper one, with the share agreed as the mark."""
    assert word_of(Result("x", (low + high) / 2, low, high, level=0.9, n=40, events=20), mark) == word


@given(st.integers(10, 200), st.data())
def test_more_kept_is_never_a_worse_word(n, data):
    """Missing, partly in place, in place: in this order."""
    kept = data.draw(st.integers(0, n - 1))
    order = ["missing", "partly in place", "in place"]
    ranks = [
        order.index(word_of(share(found, n, "wait", Settings(), period="", missing=""), 0.8)) for found in (kept, kept + 1)
    ]

    assert ranks[0] <= ranks[1]


def test_a_side_without_a_figure_has_no_interval():
    """It says so."""
    assert side_words(not_assessable("x", "No.")) == "not measured"
