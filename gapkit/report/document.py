"""An executed notebook as a document in plain data: settings, and blocks in reading order.

Code and streams never enter. A code cell contributes its gapkit blocks, an image or a plain table; what cannot be shown is
noted, not dropped silently. Both exporters start from here, so PDF and HTML say the same in the same order.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final, NamedTuple

from gapkit.errors import RunError
from gapkit.labels import label_date
from gapkit.plots.theme import DEFAULT_ACCENT
from gapkit.report import blocks
from gapkit.report.frames import read_table
from gapkit.report.layout import arrange
from gapkit.report.markdown import Node, read_commentary, read_markdown, text_of
from gapkit.report.words import MARKS, WORDS

HIDDEN_TAG: Final = "hide-in-report"
_KINDS: Final = (blocks.Cover, blocks.Answer, blocks.Exhibit, blocks.Table, blocks.Callout, blocks.Commentary)
_FIELDS: Final[Mapping[str, set[str]]] = {kind.kind: {field.name for field in fields(kind)} for kind in _KINDS}


class _Shown(NamedTuple):
    """What one output contributes: its nodes, and what has to be said about it."""

    nodes: list[Node]
    note: str = ""


def read_document(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return an executed notebook as a document.

    Parameters
    ----------
    notebook : mapping
        A notebook in format 4, e.g. from ``nbformat.read``; it is not changed.

    Returns
    -------
    dict
        ``settings`` (of the cover: client, title, dates, brand, paper, language), ``words`` and ``marks`` (the fixed
        words), ``blocks`` (in reading order, cover left out), ``notes`` (what a maker of the report should know).

    Raises
    ------
    RunError
        When a cell ended in an error: a report is made from a whole run or not at all.

    Examples
    --------
    >>> cell = {"cell_type": "markdown", "metadata": {}, "source": "# Findings"}
    >>> read_document({"cells": [cell]})["settings"]["title"]
    'Findings'
    """
    nodes: list[Node] = []
    notes: list[str] = []
    for number, cell in enumerate(notebook["cells"], start=1):
        if HIDDEN_TAG in cell.get("metadata", {}).get("tags", []):
            continue
        for shown in _read_cell(cell, number):
            nodes += shown.nodes
            if shown.note:
                notes.append(f"cell {number}: {shown.note}")
    cover = next((node for node in nodes if node["kind"] == "cover"), None)
    settings, remarks = _settings(cover, nodes)
    body = arrange([node for node in nodes if node["kind"] != "cover"])
    return {
        "settings": settings,
        "words": dict(WORDS),
        "marks": dict(MARKS),
        "blocks": body,
        "notes": [*notes, *remarks],
    }


def _joined(source: str | list[str]) -> str:
    """Return a notebook's text, which its file format may keep as a list of lines."""
    return source if isinstance(source, str) else "".join(source)


def _read_cell(cell: Mapping[str, Any], number: int) -> Iterator[_Shown]:
    if cell["cell_type"] == "markdown":
        yield _Shown(read_markdown(_joined(cell["source"])))
    if cell["cell_type"] != "code":
        return
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            message = f"{output['ename']}: {output['evalue']}. A report is not made from a run that failed."
            trace = "\n".join(output.get("traceback", []))
            raise RunError("notebook", "report", message, cell=number, source=_joined(cell["source"]), traceback=trace)
        if output["output_type"] in {"display_data", "execute_result"}:
            yield _read_output(output["data"])


def _read_output(data: Mapping[str, Any]) -> _Shown:
    """Return what an output shows, from the richest view we trust to the poorest."""
    if blocks.PHASE_MIME in data:
        return _Shown([])
    if blocks.BLOCK_MIME in data:
        return _read_block(data[blocks.BLOCK_MIME])
    alt = _joined(data.get("text/plain", "")).strip() or "chart"
    if "image/svg+xml" in data:
        return _Shown([{"kind": "image", "format": "svg", "data": _joined(data["image/svg+xml"]), "alt": alt}])
    if "image/png" in data:
        png = "".join(_joined(data["image/png"]).split())
        base64.b64decode(png, validate=True)
        return _Shown([{"kind": "image", "format": "png", "data": png, "alt": alt}])
    if "text/markdown" in data:
        return _Shown(read_markdown(_joined(data["text/markdown"])))
    if "text/html" in data and (table := read_table(_joined(data["text/html"]))):
        return _Shown([table])
    return _Shown([], "an output that is neither block, image nor plain table is left out of the report")


def _read_block(block: Mapping[str, Any]) -> _Shown:
    kind = str(block.get("kind"))
    if kind not in _FIELDS or not _FIELDS[kind] - {"figure"} <= set(block):
        return _Shown([], f"a block of kind {kind!r} made by another version of gapkit is left out of the report")
    if kind == "commentary":
        words = read_commentary(block["markdown"])
        return _Shown([{"kind": "commentary", "slot": block["slot"], "blocks": words}] if words else [])
    return _Shown([dict(block)])


def _settings(cover: Node | None, nodes: list[Node]) -> tuple[dict[str, Any], list[str]]:
    """Return the document's settings, and remarks on those that had to be replaced."""
    settings: dict[str, Any] = (
        {field.name: "" for field in fields(blocks.Cover)} | {"paper": "a4", "lang": "en"} | (cover or {})
    )
    settings["has_cover"] = cover is not None
    headings = [text_of(node["inline"]) for node in nodes if node["kind"] == "heading"]
    settings["title"] = settings["title"].strip() or next(iter(headings), "Report")
    settings["as_of_label"] = label_date(dt.date.fromisoformat(settings["as_of"])) if settings["as_of"] else ""
    remarks = []
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", settings["accent"]):
        if settings["accent"]:
            remarks.append(f"accent {settings['accent']!r} is no colour written as #rrggbb; the house colour is used")
        settings["accent"] = DEFAULT_ACCENT
    if not re.fullmatch(r"[a-z]{2,3}", settings["lang"]):
        remarks.append(f"language {settings['lang']!r} is no code of two or three letters; English is used")
        settings["lang"] = "en"
    if settings["paper"] not in {"a4", "letter"}:
        remarks.append(f"paper {settings['paper']!r} is neither a4 nor letter; a4 is used")
        settings["paper"] = "a4"
    return settings, remarks
