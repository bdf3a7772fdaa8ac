from __future__ import annotations

from gapkit.diagnosis.indicators.measured import About
from gapkit.diagnosis.signs.signs import missing, sign_of
from gapkit.plots.signs import MARK, SignGroup, describe_signs, plot_signs
from gapkit.plots.theme import PALETTE, theme
from gapkit.results import Result

UNPLANNED = About("Quarter 1", "unplanned starts", "", (), clause="{} of starts were unplanned")
SAID = About("Quarter 6", "survey score", "", (), unit="points")
LONG = About("Ivory 1", "a name of sixty characters that no chart of this report may cut off", "", ())


def group(*signs):
    return SignGroup("Campaign of the quarter: present", signs)


CLEAR = sign_of(UNPLANNED, Result("x", 0.41, 0.33, 0.50, n=96))
CHANCE = sign_of(UNPLANNED, Result("x", 0.31, 0.20, 0.45, n=50))
WELL = sign_of(SAID, Result("x", 17.0, 12.0, 22.0, n=35, unit="points"))
THIN = sign_of(UNPLANNED, Result("x", n=7, status="thin", caveats=("Only 7.",)))


def drawn(*groups):
    with theme():
        return plot_signs(groups)


def dots(axes):
    return [line for line in axes.lines if line.get_marker() == "o"]


def test_right_of_the_mark_is_a_sign_and_hollow_may_be_chance():
    """Clear: filled and right. By its value alone: hollow and right. Well: left of the mark."""
    places = [(float(dot.get_xdata()[0]) > MARK, dot.get_markerfacecolor() == PALETTE["paper"])
              for dot in dots(drawn(group(CLEAR, CHANCE, WELL)))]  # fmt: skip

    assert [(True, False), (True, True), (False, False)] == places


def test_what_has_no_figure_keeps_its_row_and_gets_no_dot():
    """Too little data and not measured are words, in rows of their own."""
    axes = drawn(group(THIN, missing(SAID, "A survey would switch this on.")))
    words = [text.get_text() for text in axes.texts]

    assert [] == dots(axes)
    assert "Too little data (n = 7)" in words
    assert "Not measured" in words
    assert 3 == len(axes.get_yticklabels())


def test_a_group_that_was_never_measured_says_why():
    """One line in place of its rows."""
    axes = drawn(SignGroup("Tool-first: not assessable", (), "The table tools would switch this on."), group(CLEAR))

    assert "The table tools would switch this on." in [text.get_text() for text in axes.texts]


def test_long_names_are_wrapped_not_cut():
    """Sixty characters stand in two lines, whole."""
    axes = drawn(group(sign_of(LONG, Result("x", 0.41, 0.33, 0.50, n=96))))
    label = axes.get_yticklabels()[1].get_text()

    assert "\n" in label
    assert "…" not in label


def test_headings_stand_out():
    """A group's name is set apart from its signs."""
    weights = [label.get_fontweight() for label in drawn(group(CLEAR)).get_yticklabels()]

    assert 600 == weights[0] != weights[1]


def test_the_alt_text_holds_every_figure():
    """Value, interval, n and mark of each sign."""
    text = describe_signs([group(CLEAR, THIN)])

    assert "unplanned starts: 41 % (33 to 50 %), n = 96 · a sign: 30 % or more" in text
    assert "Too little data (n = 7)" in text
