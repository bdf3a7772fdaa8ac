from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from gapkit.errors import RunError
from gapkit.report.blocks import BLOCK_MIME, Callout, Commentary, Cover, PhaseData
from gapkit.report.document import read_document

Maker = Callable[..., Any]


def shown(mime: str, content: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {mime: content, "text/plain": "in words"}}


def kinds(document: dict[str, Any]) -> list[str]:
    return [block["kind"] for block in document["blocks"]]


def test_document_is_plain_data(document: dict[str, Any]) -> None:
    """A document can be written as JSON and read back unchanged."""
    assert document == json.loads(json.dumps(document, allow_nan=False))


def test_notebook_is_not_changed(sample: Any) -> None:
    """Reading leaves the notebook as it was."""
    before = copy.deepcopy(sample)
    read_document(sample)

    assert before == sample


def test_settings_come_from_the_cover(document: dict[str, Any]) -> None:
    """Client, dates, brand and paper of the document are the cover's, and the cover is no block of the text."""
    settings = document["settings"]

    assert ("Northwind Outdoor & Søns GmbH", "30 April 2026", "#0b6e75", "a4", True) == tuple(
        settings[name] for name in ("client", "as_of_label", "accent", "paper", "has_cover")
    )
    assert "cover" not in kinds(document)


def test_code_and_streams_stay_out(document: dict[str, Any]) -> None:
    """Neither source nor printed text of a code cell is in the document."""
    assert "SECRET" not in json.dumps(document)


def test_without_a_cover(as_notebook: Maker) -> None:
    """An analyst's notebook is a document too; its first heading is its title."""
    settings = read_document(as_notebook("# What if?", Callout("note", "a")))["settings"]

    assert ("What if?", False, "", "a4", "en") == tuple(
        settings[name] for name in ("title", "has_cover", "as_of", "paper", "lang")
    )


def test_unusable_settings_are_replaced_and_noted(as_notebook: Maker) -> None:
    """A cover with a wrong colour, language or paper still makes a report, and somebody is told."""
    cover = Cover("c", "t", accent="blue", lang="English", paper="a5")  # type: ignore[arg-type]
    document = read_document(as_notebook(cover))

    assert ("#17497f", "en", "a4") == tuple(document["settings"][name] for name in ("accent", "lang", "paper"))
    assert 3 == len(document["notes"])


def test_hidden_cells_are_left_out(as_notebook: Maker) -> None:
    """A cell tagged hide-in-report is for the notebook alone."""
    notebook = as_notebook("shown", "hidden", Callout("note", "hidden too"))
    for cell in notebook["cells"][1:]:
        cell["metadata"]["tags"] = ["hide-in-report"]

    assert ["paragraph"] == kinds(read_document(notebook))


def test_failed_run_is_refused(as_notebook: Maker) -> None:
    """No report is made of a run that ended in an error; the message says which cell and why."""
    error = {"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero", "traceback": ["line 1"]}

    with pytest.raises(RunError, match=r"cell 2: ZeroDivisionError: division by zero") as caught:
        read_document(as_notebook("text", error))
    assert (2, "SECRET_CODE = 1", "line 1") == (caught.value.cell, caught.value.source, caught.value.traceback)


def test_what_an_analyst_leaves_is_shown(as_notebook: Maker) -> None:
    """Images, Markdown and plain tables of a cell enter the document, images with their words."""
    table = "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"
    parts = [
        shown("image/svg+xml", "<svg/>"),
        shown("image/png", "aGk=\n"),
        shown("text/markdown", "*words*"),
        shown("text/html", table),
    ]
    document = read_document(as_notebook(*parts))

    assert ["image", "image", "paragraph", "table"] == kinds(document)
    assert "in words" == document["blocks"][0]["alt"]
    assert [] == document["notes"]


def test_what_cannot_be_shown_is_noted(as_notebook: Maker) -> None:
    """Nothing is left out without a word."""
    document = read_document(as_notebook("text", shown("application/x-widget", "?")))

    assert ["cell 2: an output that is neither block, image nor plain table is left out of the report"] == document["notes"]


def test_block_of_another_version_is_noted(as_notebook: Maker) -> None:
    """A block whose fields we do not know is left out and named."""
    document = read_document(as_notebook(shown(BLOCK_MIME, {"kind": "tile"}), shown(BLOCK_MIME, {"kind": "callout"})))

    assert [] == document["blocks"]
    assert ["cell 1: a block of kind 'tile'", "cell 2: a block of kind 'callout'"] == [
        note.split(" made")[0] for note in document["notes"]
    ]


def test_empty_commentary_leaves_no_trace(as_notebook: Maker) -> None:
    """A slot nobody wrote for does not show in the report."""
    assert ["commentary"] == kinds(read_document(as_notebook(Commentary("a", "Words."), Commentary("b", " \n"))))


def test_phase_data_stays_out_of_the_text(as_notebook: Maker) -> None:
    """The numbers a notebook carries for its JSON file are no block of the report, and nothing to note."""
    document = read_document(as_notebook(PhaseData({"phase": "measure"})))

    assert ([], []) == (document["blocks"], document["notes"])
