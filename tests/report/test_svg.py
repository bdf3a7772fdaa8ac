from __future__ import annotations

import warnings
from xml.etree import ElementTree

import pytest

from gapkit.plots.theme import TEXT_WIDTH_MM, figure, theme
from gapkit.report.svg import draw_svg, inlined, is_plain, printed_width_mm, size_mm, with_font


def drawn(name: str = "chart", label: str = "label") -> str:
    with theme():
        fig, axes = figure(height_mm=40)
        axes.plot([1, 2, 3], [3, 4, 9], marker="o")
        axes.set_ylim(3, 4)
        axes.set_xlabel(label)
        return draw_svg(fig, name)


def test_width_is_that_of_the_text() -> None:
    """A full chart is as wide as the text around it, so its letters keep their size."""
    assert pytest.approx((TEXT_WIDTH_MM, 40), abs=0.1) == size_mm(drawn())
    assert pytest.approx(TEXT_WIDTH_MM, abs=0.1) == printed_width_mm(drawn())


def test_text_stays_text() -> None:
    """Words in a chart can be searched and copied, in the fonts of the report."""
    svg = drawn(label="Dépenses à venir")

    assert "Dépenses à venir" in svg
    assert "Source Sans 3" in svg


def test_nothing_but_drawing_is_left() -> None:
    """No style sheet, date or metadata reaches the page, and ids are only those that something refers to."""
    svg = drawn()
    ids = {element.get("id") for element in ElementTree.fromstring(svg).iter()} - {None}

    assert is_plain(svg)
    assert "metadata" not in svg
    assert ids
    assert all(f"#{name}" in svg for name in ids)


def test_ids_of_two_charts_differ() -> None:
    """Two charts inlined in one page never take each other's markers or clips."""

    def ids(svg: str) -> set[str | None]:
        return {element.get("id") for element in ElementTree.fromstring(svg).iter()} - {None}

    assert set() == ids(drawn("a")) & ids(drawn("b"))


def test_missing_glyphs_do_not_warn() -> None:
    """A name in letters matplotlib cannot measure is drawn without a word on stderr; the exporter counts it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        svg = drawn(label="東京")

    assert "東京" in svg


def test_dollars_are_dollars() -> None:
    """Two dollar signs in a label do not turn what is between them into mathematics."""
    assert "from $5 to $10_x" in drawn(label="from $5 to $10_x")


def test_hostile_label_is_letters(hostile: str) -> None:
    """A label cannot break out of the drawing."""
    svg = drawn(label=hostile)

    assert "<script" not in svg
    assert hostile in "".join(ElementTree.fromstring(svg).itertext())


def test_inlined_chart_is_named() -> None:
    """A screen reader hears the chart's words, and the chart keeps its share of the text's width."""
    page = inlined(drawn(), 'a "b" <c>')

    assert page.startswith('<svg role="img" aria-label="a &quot;b&quot; &lt;c&gt;" width="100%"')
    assert 'height="' not in page.split(">")[0]


def test_an_image_carries_its_own_letters() -> None:
    """Inside an image the page's fonts are out of reach; the drawing brings them, and stays one well-formed SVG."""
    carried = with_font('<svg xmlns="http://www.w3.org/2000/svg"><text>a</text></svg>')

    assert "@font-face{font-family:'Source Sans 3';src:url(data:font/ttf;base64," in carried
    assert "text" in ElementTree.fromstring(carried)[1].tag
    assert carried == with_font('<svg xmlns="http://www.w3.org/2000/svg"><text>a</text></svg>')
