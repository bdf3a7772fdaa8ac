from __future__ import annotations

from gapkit.diagnosis.claims import Figure
from gapkit.plots.groups import LABEL_WIDTH, describe_groups, plot_groups
from gapkit.plots.theme import theme
from gapkit.results import Result

RATES = (Figure("Programs without an owner", Result("r", 0.25, 0.125, 0.5, n=40, events=10)),
         Figure("those with one", Result("r", n=7, events=3, status="thin")))  # fmt: skip
PER_WEEK = (Figure("after", Result("r", 0.5, 0.25, 2.0, n=90, events=6, unit="per_week")),)


def draw(groups, **options):
    with theme():
        return plot_groups(groups, **options)


def test_shares_are_drawn_in_percent_and_thin_groups_are_words():
    """One interval and one marker for two groups; counts stand for the other."""
    axes = draw(RATES)

    assert [(12.5, 50.0), (25.0,)] == [tuple(map(float, line.get_xdata())) for line in axes.get_lines()]
    assert ["25 %  (12 to 50 %;\nn = 40)", "3 of 7 (n = 7)"] == [text.get_text() for text in axes.texts]


def test_other_units_keep_theirs():
    """Rates a week are not percent; the axis ends beyond the longest interval."""
    axes = draw(PER_WEEK)

    assert [(0.25, 2.0), (0.5,)] == [tuple(map(float, line.get_xdata())) for line in axes.get_lines()]
    assert 2.0 < axes.get_xlim()[1] < 3


def test_the_reference_is_a_line():
    """One half, where a claim says "unlikely"."""
    assert 50.0 == float(draw(RATES, reference=0.5).get_lines()[-1].get_xdata()[0])


def test_long_names_are_broken_into_lines():
    """What a group is takes sixty characters and more."""
    label = "Programs without exactly one named owner at their planned start"
    ticks = draw((RATES[0]._replace(label=label),)).get_yticklabels()

    assert max(map(len, ticks[0].get_text().split("\n"))) <= LABEL_WIDTH


def test_the_alt_text_holds_every_group():
    """Values, intervals and n."""
    assert ("What was found in each group, with 95 % intervals. Programs without an owner: 25 % (12 to 50 %), n = 40; "
            "those with one: 3 of 7, n = 7.") == describe_groups(RATES)  # fmt: skip
