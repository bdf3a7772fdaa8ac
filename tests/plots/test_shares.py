from __future__ import annotations

from types import SimpleNamespace

from gapkit.diagnosis.attribution.attribution import share_words
from gapkit.plots.shares import TOGETHER, describe_shares, plot_shares
from gapkit.plots.theme import PALETTE, theme
from gapkit.results import Result

CLEAR = Result("failure_share", 0.25, 0.125, 0.5, n=90)
OPEN = Result("failure_share", -0.125, -0.25, 0.125, n=90)
THIN = Result("failure_share", n=90, status="thin", caveats=("Known for 40 of 90 programs only.",))


def attribution(*, is_ordered=False):
    shares = {"misalignment": CLEAR, "unclear_ownership": OPEN, "poor_tooling": THIN}
    killers = tuple(SimpleNamespace(killer=name, share=share, words=share_words(share)) for name, share in shares.items())
    joint = Result("joint_share", 0.5, 0.25, 0.75, n=90, events=60)
    return SimpleNamespace(joint=joint, killers=killers, is_ordered=is_ordered)


def lines(found):
    with theme():
        axes = plot_shares(found)
    return [line for line in axes.get_lines() if line.get_marker() == "o"], axes


def test_below_the_number_that_allows_an_order_only_the_joint_share_has_a_marker():
    """A marker invites a ranking: the killers are ranges."""
    markers, _ = lines(attribution())

    assert [50.0] == [float(line.get_xdata()[0]) for line in markers]


def test_with_programs_enough_a_clear_share_has_one_and_a_negative_one_never():
    """A share below zero is not shown as a point."""
    markers, _ = lines(attribution(is_ordered=True))

    assert [50.0, 25.0] == [float(line.get_xdata()[0]) for line in markers]


def test_a_share_that_may_be_zero_is_grey_and_said_to_be():
    """Colour and words agree."""
    _, axes = lines(attribution())
    ranges = {tuple(map(float, line.get_xdata())): line.get_color() for line in axes.get_lines()}

    assert (PALETTE["delivered"], PALETTE["before"]) == (ranges[12.5, 50.0], ranges[-25.0, 12.5])
    assert "not distinguishable from 0" in [text.get_text() for text in axes.texts]


def test_a_killer_without_a_share_keeps_its_row_and_its_reason():
    """Rows stand in the order given, all together first."""
    _, axes = lines(attribution())

    assert [TOGETHER, "Misalignment", "Unclear ownership", "Poor tooling"] == [t.get_text() for t in axes.get_yticklabels()]
    assert "Known for 40 of 90 programs only." == axes.texts[-1].get_text().replace("\n", " ")


def test_the_alt_text_holds_every_range():
    """Words of every row."""
    text = describe_shares(attribution())

    assert "all together 50 % (25 to 75 %); misalignment: 12 to 50 % of the misses; unclear ownership: not disting" in text
