from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

import pytest
from nbconvert.utils.exceptions import ConversionException

from gapkit.report.blocks import Exhibit
from gapkit.report.exporter import HtmlExporter, PdfExporter


def test_formats_are_announced() -> None:
    """nbconvert finds both formats by name."""
    found = {
        entry.name: entry.load() for entry in entry_points(group="nbconvert.exporters") if entry.name.startswith("gapkit")
    }

    assert {"gapkit-pdf": PdfExporter, "gapkit-html": HtmlExporter} == found


def test_pdf_from_a_notebook(sample: Any, pdf: bytes) -> None:
    """The exporter gives the same file as the functions below it, and says what was left out or replaced."""
    exporter = PdfExporter()
    output, resources = exporter.from_notebook_node(sample)

    assert pdf == output
    assert ".pdf" == resources["output_extension"] == exporter.file_extension
    assert ["cell 22", "9 characters"] == [note.split(":")[0].split(" that")[0] for note in resources["gapkit"]["notes"]]


def test_html_from_a_notebook(sample: Any) -> None:
    """The same notebook as a page."""
    output, resources = HtmlExporter().from_notebook_node(sample)

    assert "Where plans are lost</h1>" in output
    assert ".html" == resources["output_extension"]


def test_they_stand_in_the_export_menu() -> None:
    """JupyterLab lists exporters that name themselves and know what they write."""
    named = [(exporter.export_from_notebook, exporter.output_mimetype) for exporter in (PdfExporter, HtmlExporter)]

    assert [("Leadership report (PDF)", "application/pdf"), ("Leadership report (HTML)", "text/html")] == named


def test_wrong_words_are_not_exported(as_notebook: Callable[..., Any]) -> None:
    """A title that differs from its data stops both formats with one message."""
    notebook = as_notebook(Exhibit("rate", "The rate is 48 %", facts=("47 %",)))

    for exporter in (PdfExporter(), HtmlExporter()):
        with pytest.raises(ConversionException, match="rate: “48 %” in “The rate is 48 %”: facts: 47 %"):
            exporter.from_notebook_node(notebook)
