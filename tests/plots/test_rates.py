from __future__ import annotations

from gapkit.plots.rates import describe_rates, plot_rates
from gapkit.plots.theme import theme
from gapkit.results import Result

RATES = {
    "measured": Result("a", 0.45, 0.35, 0.55, n=80, events=36),
    "thin": Result("a", n=7, events=3, status="thin"),
    "not measured": Result("a", status="not_assessable"),
}


def draw(**options):
    with theme():
        return plot_rates(RATES, **options)


def test_an_interval_and_a_marker_only_where_there_is_a_number():
    """Thin and unmeasured rows are words, never marks at zero."""
    lines = draw().get_lines()

    assert [(35.0, 55.0), (45.0,)] == [tuple(round(float(x), 6) for x in line.get_xdata()) for line in lines]


def test_every_row_says_its_value_or_why_not():
    """Value with interval and n, counts, or not measured: three different texts."""
    texts = [text.get_text() for text in draw().texts]

    assert ["45 %  (35 to 55 %; n = 80)", "3 of 7 (n = 7)", "not measured (n = 0)"] == texts


def test_the_reference_is_drawn_and_named():
    """A target stands as a line with its name."""
    axes = draw(reference=0.55, reference_label="target")

    assert 55.0 == round(float(axes.get_lines()[-1].get_xdata()[0]), 6)
    assert "target" in [text.get_text() for text in axes.texts]


def test_the_alt_text_holds_every_row():
    """Who cannot see the chart reads the same figures."""
    assert (
        "Delivery rates with intervals. measured 45 % (95 % interval 35 to 55 %); thin 3 of 7; not measured not measured."
        == describe_rates(RATES, "Delivery rates")
    )
