"""A document as one self-contained web page: no script, no network, the same words in the same order as the PDF."""

from __future__ import annotations

import base64
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gapkit.plots.theme import FALLBACK_FAMILY, FONT_FAMILY, FONT_FOLDER, PALETTE
from gapkit.report.colours import readable
from gapkit.report.markdown import text_of
from gapkit.report.svg import as_image, inlined, is_plain

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATE: Final = Path(__file__).with_name("report.html")
STYLE: Final = Path(__file__).with_name("report.css")
# Fewer headings than this and a list of contents is longer than the way down the page.
_CONTENTS_FROM: Final = 7
# Two faces are enough on screen; the browser slants and thickens the rest.
_FACES: Final = {"400": "SourceSans3-Regular.woff2", "600 700": "SourceSans3-Semibold.woff2"}


def make_html(document: Mapping[str, Any]) -> str:
    """Return a document as one HTML page.

    Parameters
    ----------
    document : mapping
        From `gapkit.report.document.read_document`; it is not changed.

    Returns
    -------
    str
        A whole page with fonts and charts inside it. All text is escaped; a drawing that holds more than drawing is shown
        as an image, where nothing in it can run.

    Examples
    --------
    >>> from gapkit.report.document import read_document
    >>> cell = {"cell_type": "markdown", "metadata": {}, "source": "# a &lt; b"}
    >>> "<h1" in make_html(read_document({"cells": [cell]}))
    True
    """
    settings = document["settings"]
    blocks = [{**block, "anchor": f"part-{i}"} for i, block in enumerate(document["blocks"], start=1)]
    page = _template().render(
        settings=settings,
        words=document["words"],
        marks=document["marks"],
        blocks=blocks,
        split=next((i for i, block in enumerate(blocks) if block.get("contents")), 0),
        contents=_contents(blocks),
        logo=_logo(settings["logo"]),
        accent_ink=readable(settings["accent"]),
    )
    # A lone surrogate cannot be written as UTF-8.
    return page.encode("utf-8", "replace").decode("utf-8")


@functools.cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {
        "css": Markup(STYLE.read_text(encoding="utf-8")),
        "faces": _faces(),
        "family": FONT_FAMILY,
        "fallback": FALLBACK_FAMILY,
        "palette": PALETTE,
        "chart": _chart,
        "as_image": as_image,
    }
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))


def _faces() -> dict[str, str]:
    """Return each weight's font file in base64."""
    return {weight: base64.b64encode((FONT_FOLDER / name).read_bytes()).decode("ascii") for weight, name in _FACES.items()}


def _logo(logo: str) -> str:
    """Return the address of the logo's image, empty where there is none."""
    return logo if logo.startswith("data:image/png;base64,") or not logo else as_image(logo)


def _chart(svg: str, alt: str) -> Any:
    """Return a chart for the page: the drawing itself where it is plain, else an image of it."""
    from markupsafe import Markup

    if is_plain(svg):
        return Markup(inlined(svg, alt))
    return Markup('<img alt="{}" src="{}">').format(alt, as_image(svg))


def _contents(blocks: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    """Return anchor, level and text of each heading down to the second level; nothing for a short document."""
    heads = [(block["anchor"], block["level"], _heading_of(block)) for block in blocks if block.get("level", 9) <= 2]
    return heads if len(heads) >= _CONTENTS_FROM else []


def _heading_of(block: Mapping[str, Any]) -> str:
    return str(block["title"]) if block["kind"] == "exhibit" else text_of(block["inline"])
