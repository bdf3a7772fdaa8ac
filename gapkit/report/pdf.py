"""A document as a PDF, typeset by Typst from a template that never changes and data that is never markup."""

from __future__ import annotations

import base64
import copy
import datetime as dt
import functools
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from gapkit.errors import RunError
from gapkit.labels import label_count
from gapkit.plots.theme import FALLBACK_FAMILY, FONT_FAMILY, FONT_FOLDER, PALETTE, fallback_folder
from gapkit.report.colours import readable
from gapkit.report.glyphs import REPLACEMENT, replace_everywhere
from gapkit.report.svg import printed_width_mm

TEMPLATE: Final = Path(__file__).with_name("report.typ")
MONO_FAMILY: Final = "DejaVu Sans Mono"
# A document without a date of its own must still come out the same each time.
_NO_DATE: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
# A name longer than this without a space gets places where it may break.
_LONGEST_WORD: Final = 16
_BREAK: Final = "\u200b"


def make_pdf(document: Mapping[str, Any]) -> tuple[bytes, tuple[str, ...]]:
    """Return a document as a tagged PDF (PDF/UA-1), the same bytes for the same document.

    Parameters
    ----------
    document : mapping
        From `gapkit.report.document.read_document`; it is not changed.

    Returns
    -------
    tuple of bytes and tuple of str
        The file, and notes on what could not be printed as it was.

    Raises
    ------
    RunError
        When Typst refuses the document or warns about it (a font or glyph missing, a table too wide …): a report is right
        or it is not made.
    """
    import typst

    printed, notes = prepare(document)
    settings = printed["settings"]
    moment = dt.datetime.fromisoformat(settings["as_of"]).replace(tzinfo=dt.UTC) if settings["as_of"] else _NO_DATE
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"doc": json.dumps(printed, ensure_ascii=False, allow_nan=False)},
            pdf_standards=["ua-1"],
            timestamp=moment,
        )
    except typst.TypstError as error:
        raise _failure(settings, [error.message, *error.hints]) from error
    if warnings:
        raise _failure(settings, [warning.message for warning in warnings])
    return pdf, notes


def _failure(settings: Mapping[str, Any], messages: Sequence[str]) -> RunError:
    what = "; ".join(messages)
    return RunError(settings["client"] or settings["title"], settings["phase"] or "report", f"the PDF was refused: {what}")


@functools.cache
def _fonts() -> Any:
    """Return Typst's font book of our own fonts and the fallback's, read once per process."""
    import typst

    folders = [str(FONT_FOLDER), str(fallback_folder())]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def prepare(document: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the document as the template wants it: printable text, column widths, picture sizes.

    Parameters
    ----------
    document : mapping
        From `read_document`.

    Returns
    -------
    tuple of dict and tuple of str
        The document as data for Typst, and notes about replaced characters.
    """
    printed, missing = replace_everywhere(copy.deepcopy({key: document[key] for key in ("settings", "words", "blocks")}))
    settings = printed["settings"]
    settings["accent_ink"] = readable(settings["accent"])
    settings |= _logo(settings["logo"])
    printed["fonts"], printed["mono"] = [FONT_FAMILY, FALLBACK_FAMILY], [MONO_FAMILY, FONT_FAMILY, FALLBACK_FAMILY]
    printed["colours"] = dict(PALETTE)
    printed["blocks"] = [_sized(block) for block in printed["blocks"]]
    note = f"{label_count(missing, 'character')} that no font of the report has printed as {REPLACEMENT}"
    return printed, (note,) if missing else ()


def _logo(logo: str) -> dict[str, Any]:
    if logo.startswith("data:image/png;base64,"):
        return {"logo_format": "png", "logo_bytes": list(base64.b64decode(logo.partition(",")[2]))}
    return {"logo_format": "svg", "logo_bytes": []}


def _sized(block: dict[str, Any]) -> dict[str, Any]:
    """Return a block with what Typst cannot work out for itself."""
    if block["kind"] == "exhibit":
        table = block["table"]
        return {**block, "width_mm": printed_width_mm(block["svg"]), "table": _sized_table(table) if table else None}
    if block["kind"] == "image":
        is_svg = block["format"] == "svg"
        data = block["data"] if is_svg else list(base64.b64decode(block["data"]))
        return {**block, "data": data, "width_mm": printed_width_mm(block["data"]) if is_svg else None}
    if block["kind"] == "table":
        return _sized_table(block)
    if "blocks" in block:
        return {**block, "blocks": [_sized(inner) for inner in block["blocks"]]}
    if "items" in block:
        return {**block, "items": [[_sized(inner) for inner in item] for item in block["items"]]}
    return block


def _sized_table(table: dict[str, Any]) -> dict[str, Any]:
    columns = [{**column, "name": breakable(column["name"])} for column in table["columns"]]
    rows = [[breakable(cell) for cell in row] for row in table["rows"]]
    return {**table, "columns": columns, "rows": rows, "widths": column_widths(table)}


def breakable(text: str) -> str:
    r"""Return a text whose very long words may break at their joints, so that no table cell runs into the next.

    Examples
    --------
    >>> breakable("PAID_SOCIAL_RETARGETING").split("\u200b")
    ['PAID_', 'SOCIAL_', 'RETARGETING']
    """
    return re.sub(rf"\S{{{_LONGEST_WORD + 1},}}", lambda word: _jointed(word[0]), text)


def _jointed(word: str) -> str:
    pieces = re.findall(r"[^_/.,;:\-]*[_/.,;:\-]+|[^_/.,;:\-]+", word)
    cut = [piece[i : i + _LONGEST_WORD] for piece in pieces for i in range(0, len(piece), _LONGEST_WORD)]
    return _BREAK.join(cut)


def column_widths(table: Mapping[str, Any]) -> list[float]:
    """Return each column's share of the width, from its stated share or from its longest texts.

    Parameters
    ----------
    table : mapping
        A table block.

    Returns
    -------
    list of float
        Shares; only their proportions matter.

    Examples
    --------
    >>> column_widths({"columns": [{"name": "Team", "width": 0}, {"name": "n", "width": 0}], "rows": [["x" * 60, "3"]]})
    [36.0, 6.0]
    """
    if any(column["width"] > 0 for column in table["columns"]):
        return [float(column["width"]) or 0.1 for column in table["columns"]]
    return [_wanted(column["name"], [row[i] for row in table["rows"]]) for i, column in enumerate(table["columns"])]


def _wanted(name: str, cells: Sequence[str]) -> float:
    """Return a width in letters: the longest cell up to 34, but never narrower than the longest word of the header."""
    longest_word = max((len(word) for word in name.split()), default=0)
    longest_cell = max((len(cell) for cell in cells), default=0)
    return float(max(4, min(longest_word, _LONGEST_WORD), min(longest_cell, 34)) + 2)
