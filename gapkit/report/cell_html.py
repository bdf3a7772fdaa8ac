"""How a block looks inside a notebook: plain HTML with inline styles that follow JupyterLab's light or dark colours.

This is for reading at work; the report has its own template. A chart stands on white in either colouring: its ink is dark.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

from gapkit.report.svg import as_image, with_font
from gapkit.report.words import MARKS, WORDS

_TEXT: Final = "color:var(--jp-content-font-color1,inherit);font-family:var(--jp-content-font-family,sans-serif);"
_MUTED: Final = "color:var(--jp-content-font-color2,#5d6875);font-size:0.85em;"
_LINE: Final = "1px solid var(--jp-border-color2,#c9ced6)"


def render(block: Mapping[str, Any]) -> str:
    """Return the notebook's HTML for a block.

    Parameters
    ----------
    block : mapping
        A block as plain data, with its ``kind``.

    Examples
    --------
    >>> "&lt;b&gt;" in render({"kind": "callout", "tone": "note", "text": "<b>"})
    True
    """
    views: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "cover": _cover,
        "answer": _answer,
        "exhibit": _exhibit,
        "table": _table,
        "callout": _callout,
        "commentary": _commentary,
        "phase": lambda data: _element("p", data["text"], _MUTED),
    }
    return f'<div style="max-width:52em;margin:0.5em 0;{_TEXT}">{views[block["kind"]](block)}</div>'


def _element(tag: str, text: str, style: str = "") -> str:
    """Return one element with escaped text, or nothing for an empty text."""
    return f'<{tag} style="{style}">{escape(text)}</{tag}>' if text else ""


def _cover(block: Mapping[str, Any]) -> str:
    line = " · ".join(filter(None, (block["phase"], block["days"], block["period"], block["as_of"], block["firm"])))
    return (
        _element("div", block["client"], _MUTED)
        + _element("div", block["title"], "font-size:1.6em;font-weight:600;")
        + _element("div", block["subtitle"])
        + _element("div", line, _MUTED)
    )


def _tile(tile: Mapping[str, str]) -> str:
    mark = f"{MARKS[tile['direction']]} {WORDS[tile['direction']]}" if tile["direction"] else ""
    return (
        f'<div style="border-top:2px solid currentColor;padding:0.3em 1.2em 0.6em 0;min-width:9em;">'
        f"{_element('div', tile['label'], _MUTED)}"
        f"{_element('div', tile['value'] or WORDS['not_measured'], 'font-size:1.5em;font-weight:600;')}"
        f"{_element('div', tile['interval'], _MUTED)}"
        f"{_element('div', mark, 'font-size:0.85em;')}"
        f"{_element('div', tile['note'], _MUTED)}</div>"
    )


def _answer(block: Mapping[str, Any]) -> str:
    tiles = "".join(_tile(tile) for tile in block["tiles"])
    asks = "".join(_element("li", ask) for ask in block["asks"])
    evidence = "".join(
        f"<div>{_element('strong', label)} {_element('span', text)}</div>" for label, text in block["evidence"]
    )
    return (
        _element("div", block["verdict"], "font-size:1.3em;font-weight:600;margin-bottom:0.6em;")
        + (_element("div", block["detail"], "margin-bottom:0.6em;") if block["detail"] else "")
        + f'<div style="display:flex;flex-wrap:wrap;gap:1em;">{tiles}</div>'
        + (f"<p><strong>{WORDS['asks']}</strong></p><ol>{asks}</ol>" if asks else "")
        + (f'<div style="{_MUTED}">{evidence}</div>' if evidence else "")
    )


def _exhibit(block: Mapping[str, Any]) -> str:
    svg = block["svg"]
    alt = escape(block["alt"])
    # A notebook has no font of ours: where its own is wider, a label may stand over the edge, not be cut there.
    # As an image, never inline: JupyterLab strips drawings out of the HTML of a notebook it does not trust yet.
    drawing = f'<img alt="{alt}" style="max-width:100%;height:auto;" src="{as_image(with_font(svg))}">'
    chart = f'<div role="img" aria-label="{alt}" style="background:#fff;padding:6px 24px;">{drawing}</div>'
    return (
        _element("div", block["title"], "font-size:1.15em;font-weight:600;margin-bottom:0.4em;")
        + (chart if svg else "")
        + (_table(block["table"]) if block["table"] else "")
        + _element("p", block["reading"])
        + _element("div", block["foot"], _MUTED)
    )


def _cells(tag: str, texts: list[str], aligns: list[str]) -> str:
    style = f"border-bottom:{_LINE};padding:0.2em 0.8em 0.2em 0;vertical-align:top;"
    return "".join(
        f'<{tag} style="{style}text-align:{align};">{escape(text)}</{tag}>'
        for text, align in zip(texts, aligns, strict=True)
    )


def _table(block: Mapping[str, Any]) -> str:
    aligns = [column["align"] for column in block["columns"]]
    head = _cells("th", [column["name"] for column in block["columns"]], aligns)
    body = "".join(f"<tr>{_cells('td', list(row), aligns)}</tr>" for row in block["rows"])
    return (
        '<table style="border-collapse:collapse;margin:0.5em 0;">'
        + _element("caption", block["title"], "text-align:left;font-weight:600;")
        + f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        + _element("div", block["foot"], _MUTED)
    )


def _callout(block: Mapping[str, Any]) -> str:
    label = _element("strong", WORDS[block["tone"]])
    return f'<div style="border-left:4px solid currentColor;padding:0.3em 0.8em;">{label} {escape(block["text"])}</div>'


def _commentary(block: Mapping[str, Any]) -> str:
    words = block["markdown"].strip() or f"(nothing written yet at “{block['slot']}”)"
    return (
        f'<div style="border-left:4px solid currentColor;padding:0.3em 0.8em;">'
        f"<strong>{WORDS['commentary']}</strong>{_element('div', words, 'white-space:pre-wrap;')}</div>"
    )
