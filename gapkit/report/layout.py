"""The order and the pages of a report: the answer first, no heading level skipped, one message per page.

Where pages break is decided here, on plain data, so that it can be tested without typesetting. The rules:

- The answer comes first, under the heading that stood over it in the notebook, with the words that follow it there.
- A section (a heading of the first level up to the next) that shows charts starts a page; a section of text and tables
  flows on, so that no page is left nearly empty.
- Each further chart starts a page, together with the lower heading and the words that lead to it.
- A heading that leads to an exhibit is a `kicker`, a small line above it: the message is the exhibit's sentence.
- Contents, where the report is long enough for them, stand after the answer and the words that belong to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from gapkit.report.words import WORDS

Node = dict[str, Any]

# What may lead from a lower heading to its chart and then moves to the new page with it.
_LEAD_IN: Final = {"paragraph", "list", "quote"}

# Over an answer that had no heading of its own.
_OWN_TITLE: Final = [{"kind": "text", "text": WORDS["answer"]}]


def arrange(nodes: Sequence[Node]) -> list[Node]:
    """Return the blocks in the order of the report, with heading levels and page starts set.

    Parameters
    ----------
    nodes : sequence of dict
        Blocks in the order of the notebook, without the cover.

    Returns
    -------
    list of dict
        Copies. Headings, exhibits and the answer carry ``level`` (1 to 6), ``page`` (whether a page starts there) and
        ``kicker`` (whether a heading is the small line above a message); words between such a heading and its exhibit
        carry ``lead``; the block before which the contents stand carries ``contents``.

    Examples
    --------
    >>> [node["level"] for node in arrange([{"kind": "heading", "level": n, "inline": []} for n in (2, 4)])]
    [1, 2]
    """
    return _with_pages(_with_levels(_answer_first(nodes)))


def has_chart(node: Node) -> bool:
    """Return whether a block shows a chart, and so wants a page.

    Examples
    --------
    >>> has_chart({"kind": "exhibit", "svg": ""}), has_chart({"kind": "image"})
    (False, True)
    """
    return node["kind"] == "image" or bool(node.get("svg"))


def _answer_first(nodes: Sequence[Node]) -> list[Node]:
    """Move the answer to the front; its heading becomes its title, words between the two follow it."""
    place = next((i for i, node in enumerate(nodes) if node["kind"] == "answer"), None)
    if place is None:
        return list(nodes)
    headings = [i for i, node in enumerate(nodes) if node["kind"] == "heading"]
    start, title = place, _OWN_TITLE
    above = [i for i in headings if i < place]
    # The opening heading is the notebook's title, not the answer's.
    if above and above[-1] != headings[0] and all(node["kind"] in _LEAD_IN for node in nodes[above[-1] + 1 : place]):
        start, title = above[-1], nodes[above[-1]]["inline"]
    answer = {**nodes[place], "inline": title}
    # A comment on the answer stays with it.
    end = next((i for i in range(place + 1, len(nodes)) if nodes[i]["kind"] in {"heading", "exhibit"}), len(nodes))
    front, rest = [answer, *nodes[start + 1 : place], *nodes[place + 1 : end]], [*nodes[:start], *nodes[end:]]
    return [*front, *[{**node, "contents": True} if i == 0 else node for i, node in enumerate(rest)]]


def _with_levels(nodes: Iterable[Node]) -> list[Node]:
    """Set levels so that each heading is at most one deeper than the one before; exhibits head a level below."""
    listed = list(nodes)
    written = [node["level"] for node in listed if node["kind"] == "heading"]
    # A single first-level heading at the start is the notebook's title; the highest level below it is the report's first.
    has_title = written[:1] == [1] and written.count(1) == 1
    lift = min(written[1:] if has_title else written, default=1) - 1
    result, section, last = [], 0, 0
    for node in listed:
        if node["kind"] == "heading":
            section = last = max(1, min(node["level"] - lift, last + 1, 6))
            result.append({**node, "level": section})
        elif node["kind"] == "answer":
            section = last = 1
            result.append({"inline": _OWN_TITLE, **node, "level": 1})
        elif node["kind"] == "exhibit":
            last = min(section + 1, 6)
            result.append({**node, "level": last})
        else:
            result.append(node)
    return result


def _with_pages(nodes: list[Node]) -> list[Node]:
    """Mark where pages start and which headings are kickers."""
    starts: set[int] = set()
    section: int | None = None  # heading of the current section, until its page holds a chart
    for i, node in enumerate(nodes):
        if node["kind"] == "heading" and node["level"] == 1:
            section = i
        elif has_chart(node):
            starts.add(section if section is not None else _lead(nodes, i))
            section = None
    leads = {_lead(nodes, i): i for i, node in enumerate(nodes) if node["kind"] in {"exhibit", "image"}}
    leading = {j for heading, exhibit in leads.items() for j in range(heading + 1, exhibit)}
    return [_marked(node, page=i in starts, kicker=i in leads, lead=i in leading) for i, node in enumerate(nodes)]


def _marked(node: Node, *, page: bool, kicker: bool, lead: bool) -> Node:
    """Return the block with its marks, those that say something for its kind."""
    if "level" in node or page:
        return {**node, "page": page, "kicker": kicker}
    return {**node, "lead": True} if lead else node


def _lead(nodes: list[Node], chart: int) -> int:
    """Return where the page of an exhibit starts: at the heading that leads to it, or at the exhibit itself."""
    i = chart - 1
    while i >= 0 and nodes[i]["kind"] in _LEAD_IN:
        i -= 1
    return i if i >= 0 and nodes[i]["kind"] == "heading" else chart
