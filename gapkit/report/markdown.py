"""Markdown reduced to a small closed set of nodes, as plain data.

A node outside the set cannot leave this module, so neither template needs to defend itself: HTML is shown as the letters it
was typed with, an image as its description, and a link only where it leads to a web or mail address.

Block nodes: ``heading`` (level, inline), ``paragraph`` (inline), ``list`` (ordered, start, items), ``quote`` (blocks),
``code`` (text), ``rule``, ``table`` (columns, rows, title, foot). Inline nodes: ``text``, ``code`` (text), ``break``,
``strong``, ``emph``, ``strike`` (inline), ``link`` (url, inline).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from typing import Any, Final, cast

import mistune

Node = dict[str, Any]

_SAFE_URL: Final = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
_WRAPPERS: Final = {"strong": "strong", "emphasis": "emph", "strikethrough": "strike"}


@functools.cache
def _parser() -> Callable[[str], list[Node]]:
    parse = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])
    return cast("Callable[[str], list[Node]]", parse)


def read_markdown(source: str) -> list[Node]:
    """Return the block nodes of a Markdown text.

    Parameters
    ----------
    source : str
        A Markdown cell.

    Examples
    --------
    >>> read_markdown("A *b*")
    [{'kind': 'paragraph', 'inline': [{'kind': 'text', 'text': 'A '}, {'kind': 'emph', 'inline': [{'kind': 'text', 'text': 'b'}]}]}]
    """  # noqa: E501
    return _blocks(_parser()(source))


def read_commentary(source: str) -> list[Node]:
    """Return the nodes of a consultant's text: as `read_markdown`, with headings as bold lines and links as text.

    Parameters
    ----------
    source : str
        A commentary file.

    Examples
    --------
    >>> [node["kind"] for node in read_commentary("# Thanks")], read_commentary("[a](https://b.c)")[0]["inline"][0]["text"]
    (['paragraph'], 'a (https://b.c)')
    """
    return [_plain_words(node) for node in read_markdown(source)]


def text_of(inline: Iterable[Node]) -> str:
    """Return the letters of inline nodes, without emphasis.

    Examples
    --------
    >>> text_of(read_markdown("A *b* `c`")[0]["inline"])
    'A b c'
    """
    pieces = []
    for node in inline:
        if node["kind"] == "break":
            pieces.append(" ")
        else:
            pieces.append(node["text"] if "text" in node else text_of(node["inline"]))
    return "".join(pieces)


def _blocks(tokens: Iterable[Mapping[str, Any]]) -> list[Node]:
    """Return the nodes of mistune's block tokens; blank lines and HTML comments say nothing."""
    return [node for token in tokens if (node := _block(token)) is not None]


def _nested(tokens: Iterable[Mapping[str, Any]]) -> list[Node]:
    """Return the nodes of a list item or quotation, where a heading is a bold line: it heads nothing there."""
    return [_bold_line(node) if node["kind"] == "heading" else node for node in _blocks(tokens)]


def _bold_line(heading: Node) -> Node:
    return {"kind": "paragraph", "inline": [{"kind": "strong", "inline": heading["inline"]}]}


def _block(token: Mapping[str, Any]) -> Node | None:
    kind, children = token["type"], token.get("children", [])
    if kind == "heading":
        return {"kind": "heading", "level": token["attrs"]["level"], "inline": _inline(children)}
    if kind in {"paragraph", "block_text"}:
        return {"kind": "paragraph", "inline": _inline(children)}
    if kind == "list":
        attrs = token["attrs"]
        items = [_nested(item["children"]) for item in children]
        return {"kind": "list", "ordered": attrs["ordered"], "start": attrs.get("start", 1), "items": items}
    if kind == "block_quote":
        return {"kind": "quote", "blocks": _nested(children)}
    if kind == "table":
        return _table(children)
    if kind == "thematic_break":
        return {"kind": "rule"}
    return _literal(kind, token.get("raw", ""))


def _literal(kind: str, raw: str) -> Node | None:
    """Return what is shown as typed: code, and HTML other than a comment."""
    if kind == "block_code":
        return {"kind": "code", "text": raw.rstrip("\n")}
    if kind == "block_html" and not raw.lstrip().startswith("<!--"):
        return {"kind": "paragraph", "inline": [{"kind": "text", "text": raw.strip()}]}
    return None


def _table(parts: list[Mapping[str, Any]]) -> Node:
    head = parts[0]["children"]
    body = parts[1]["children"] if len(parts) > 1 else []
    columns = [
        {"name": text_of(_inline(cell["children"])), "align": _align(cell["attrs"]["align"]), "width": 0.0} for cell in head
    ]
    rows = [[text_of(_inline(cell["children"])) for cell in row["children"]] for row in body]
    return {"kind": "table", "columns": columns, "rows": rows, "title": "", "foot": ""}


def _align(align: str | None) -> str:
    return "right" if align == "right" else "left"


def _inline(tokens: Iterable[Mapping[str, Any]]) -> list[Node]:
    return [node for token in tokens for node in _inline_nodes(token)]


def _inline_nodes(token: Mapping[str, Any]) -> list[Node]:
    kind = token["type"]
    if kind in _WRAPPERS:
        return [{"kind": _WRAPPERS[kind], "inline": _inline(token["children"])}]
    if kind == "link":
        return _link(token["attrs"]["url"], _inline(token["children"]))
    if kind == "image":
        return [{"kind": "emph", "inline": _inline(token["children"])}]
    if kind == "linebreak":
        return [{"kind": "break"}]
    if kind == "softbreak":
        return [{"kind": "text", "text": " "}]
    raw = token.get("raw", "")
    if kind == "codespan":
        return [{"kind": "code", "text": raw}]
    if kind == "inline_html" and raw.startswith("<!--"):
        return []
    return [{"kind": "text", "text": unescape(raw) if kind == "text" else raw}]


def _link(url: str, inline: list[Node]) -> list[Node]:
    """Return a link where the address is a web or mail address, else the words alone."""
    return [{"kind": "link", "url": url, "inline": inline}] if _SAFE_URL.fullmatch(url) else inline


def _plain_words(node: Node) -> Node:
    """Return a block node without headings and links."""
    if node["kind"] == "heading":
        return _plain_words(_bold_line(node))
    if "inline" in node:
        return {**node, "inline": _unlinked(node["inline"])}
    if node["kind"] == "quote":
        return {**node, "blocks": [_plain_words(block) for block in node["blocks"]]}
    if node["kind"] == "list":
        return {**node, "items": [[_plain_words(block) for block in item] for item in node["items"]]}
    return node


def _unlinked(inline: Iterable[Node]) -> list[Node]:
    """Return inline nodes with each link written out as words and address."""
    nodes: list[Node] = []
    for node in inline:
        if node["kind"] == "link":
            words = text_of(node["inline"])
            nodes.append({"kind": "text", "text": words if words == node["url"] else f"{words} ({node['url']})"})
        else:
            nodes.append({**node, "inline": _unlinked(node["inline"])} if "inline" in node else node)
    return nodes
