from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from gapkit.cost import Bucket
from gapkit.plots.cost import describe_cost, plot_cost
from gapkit.plots.theme import theme
from gapkit.results import Result, not_assessable
from gapkit.stats.intervals import Interval


@pytest.fixture
def cost():
    money = Result("sunk_spend", 360_478.0, 248_299.0, 492_784.0, level=0.9, n=132, unit="money")
    off = not_assessable("workarounds", "A list would switch this on.", unit="money")
    buckets = (Bucket("K1", "spend of what was cancelled", money, Interval(1654.5, 935.0, 2503.7)),
               Bucket("K4", "manual work", off, None))  # fmt: skip
    return SimpleNamespace(buckets=buckets, amount=replace(money, name="gap_cost"), currency="USD")


def test_one_bar_for_each_amount_and_their_sum(cost):
    """What is not measured keeps its row without a bar: it is no zero."""
    with theme():
        axes = plot_cost(cost)

    assert [360_478.0, 360_478.0] == [bars[0].get_width() for bars in axes.containers]
    assert ["Sunk spend", "Workarounds", "Together"] == [label.get_text() for label in axes.get_yticklabels()]
    assert "Not measured" in [text.get_text() for text in axes.texts]


def test_amounts_are_rounded_to_what_their_range_allows(cost):
    """Three figures, money and hours, each with its range."""
    text = describe_cost(cost)

    assert "sunk spend USD 360,000 (248,000 to 493,000), 1,650 hours (935 to 2,500)" in text
    assert "workarounds Not measured, hours not known" in text
