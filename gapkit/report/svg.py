"""A drawn figure as SVG text that can stand in a web page and in a PDF, the same bytes each time."""

from __future__ import annotations

import base64
import functools
import io
import re
import sys
import warnings
from html import escape
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from gapkit.plots.theme import FONT_FAMILY, FONT_FOLDER, TEXT_WIDTH_MM

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
_SIDE: Final = re.compile(r'\s(width|height)="([\d.]+)(pt|px|mm)?"')
# With title, reading and foot line a taller chart would leave the page.
_TALLEST_MM: Final = 180.0
_MM: Final = {"pt": 25.4 / 72, "px": 25.4 / 96, "mm": 1.0, "": 25.4 / 96}
# Letters that nearly every chart of a Western client needs: 17 kB of the font's 430.
CARRIED: Final = "".join(map(chr, range(32, 127))) + "–−·’“”…°€£©®ÄÖÜäöüßéèêàçñ"
# What a drawing never needs and a page must not run; such an SVG is shown as an image instead of inlined.
_ACTIVE: Final = re.compile(r"<(script|foreignObject|iframe|object|embed|style)\b|\son\w+\s*=|javascript:", re.IGNORECASE)


def draw_svg(figure: Figure, name: str) -> str:
    """Return a matplotlib figure as SVG text and let go of the figure.

    Parameters
    ----------
    figure : matplotlib Figure
        Drawn at its printed size.
    name : str
        Name of the exhibit: it salts the ids inside the SVG, so that two charts inlined in one page never share one.

    Returns
    -------
    str
        One ``<svg>`` element: no date, no style sheet (it would reach the page around it), no id that nothing refers to,
        and text that stays text.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    settings: dict[str, object] = {"svg.fonttype": "none", "svg.hashsalt": f"gapkit {name}"}
    buffer = io.StringIO()
    with mpl.rc_context(settings), warnings.catch_warnings():  # type: ignore[arg-type]
        # Glyphs are the exporter's concern: it replaces and counts them. Here nothing but the text's width depends on them.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        # Drawn once: savefig would draw it a first time to measure what nobody asks for here.
        FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)
    return tidy(buffer.getvalue())


def tidy(svg: str) -> str:
    """Return matplotlib's SVG without metadata, style sheet, unused ids and the XML prologue.

    Parameters
    ----------
    svg : str
        As matplotlib writes it.

    Examples
    --------
    >>> tidy('<svg xmlns="http://www.w3.org/2000/svg"><metadata/><g id="a"><path id="b"/></g></svg>')
    '<svg xmlns="http://www.w3.org/2000/svg" stroke-linecap="butt" stroke-linejoin="round"><g><path /></g></svg>'
    """
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in {f"{{{SVG}}}metadata", f"{{{SVG}}}style"}:
                parent.remove(child)
    used = set(re.findall(r"#([\w.-]+)", " ".join(value for element in root.iter() for value in element.attrib.values())))
    for element in root.iter():
        if element.get("id", "") not in used:
            element.attrib.pop("id", None)
    # What matplotlib's style sheet says of every element, said once on the root and inherited.
    root.set("stroke-linecap", "butt")
    root.set("stroke-linejoin", "round")
    return ElementTree.tostring(root, encoding="unicode")


def size_mm(svg: str) -> tuple[float, float] | None:
    """Return the printed width and height of an SVG in millimetres, or None where it does not state both.

    Examples
    --------
    >>> size_mm('<svg width="72pt" height="96"><g/></svg>'), size_mm('<svg viewBox="0 0 1 1"/>')
    ((25.4, 25.4), None)
    """
    found = _SIDE.findall(svg[: svg.find(">") + 1])
    sides = {name: float(number) * _MM[unit] for name, number, unit in found}
    return (sides["width"], sides["height"]) if len(sides) == 2 and all(sides.values()) else None


def printed_width_mm(svg: str) -> float | None:
    """Return the width at which an SVG is printed: its own, unless text or page are too small for it.

    Examples
    --------
    >>> printed_width_mm('<svg width="200mm" height="50mm"/>'), printed_width_mm('<svg width="100mm" height="360mm"/>')
    (166.0, 50.0)
    """
    size = size_mm(svg)
    return min(size[0], TEXT_WIDTH_MM, size[0] * _TALLEST_MM / size[1]) if size else None


def as_image(svg: str) -> str:
    """Return an SVG as a data address for an ``<img>``, where nothing inside it can run."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8", "replace")).decode("ascii")


def with_font(svg: str) -> str:
    """Return an SVG that carries the letters of the report's font, for use as an image, out of reach of the page's fonts.

    Without it a wider font would stand in and labels would run over the edge. Letters outside `CARRIED` keep the reader's
    font.
    """
    style = f"<style>@font-face{{font-family:'{FONT_FAMILY}';src:url({_letters()})}}</style>"
    head, mark, rest = svg.partition(">")
    return head + mark + style + rest


@functools.cache
def _letters() -> str:
    """Return the font, cut down to `CARRIED`, as a data address; the same bytes each time."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(FONT_FOLDER / "SourceSans3-Regular.ttf", recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=["kern"])
    cutter = subset.Subsetter(options)
    cutter.populate(text=CARRIED)
    cutter.subset(font)
    buffer = io.BytesIO()
    font.save(buffer)
    return "data:font/ttf;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def is_plain(svg: str) -> bool:
    """Return whether an SVG holds drawing only: no script, no style sheet, no embedded page.

    Examples
    --------
    >>> is_plain('<svg><path d="M0 0"/></svg>'), is_plain('<svg onload="f()"/>')
    (True, False)
    """
    return not _ACTIVE.search(svg)


def inlined(svg: str, alt: str) -> str:
    """Return an SVG for use inside a web page: named for those who do not see it, and wide in proportion to the text.

    Parameters
    ----------
    svg : str
        From `draw_svg`.
    alt : str
        The chart in words.

    Examples
    --------
    >>> inlined('<svg width="83mm" height="36mm" viewBox="0 0 83 36"></svg>', 'a < b')
    '<svg role="img" aria-label="a &lt; b" width="50%" viewBox="0 0 83 36"></svg>'
    """
    size = size_mm(svg)
    share = min(1.0, size[0] / TEXT_WIDTH_MM) if size else 1.0
    head, rest = svg.split(">", 1)
    head = re.sub(r'\s(width|height)="[^"]*"', "", head)
    named = f'<svg role="img" aria-label="{escape(alt)}" width="{share * 100:.4g}%"'
    return f"{head.replace('<svg', named, 1)}>{rest}"
