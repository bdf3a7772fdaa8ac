"""The report as formats of nbconvert: ``jupyter nbconvert --to gapkit-pdf FILE``, and JupyterLab's export menu."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from traitlets import default

from gapkit.errors import RunError
from gapkit.report.consistency import require_agreement
from gapkit.report.document import read_document
from gapkit.report.html import make_html
from gapkit.report.pdf import make_pdf


class _ReportExporter(Exporter):
    """What both formats share: reading, the check of words against data, notes, refusals."""

    def _make(self, document: dict[str, Any]) -> tuple[bytes | str, tuple[str, ...]]:
        raise NotImplementedError

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, dict[str, Any]]:
        """Return the report and nbconvert's resources, with notes under ``resources["gapkit"]["notes"]``.

        Parameters
        ----------
        nb : NotebookNode
            An executed notebook.
        resources : dict, optional
            nbconvert's.
        **kwargs
            Passed on to nbconvert.

        Raises
        ------
        ConversionException
            When the notebook's run failed, its words differ from its data, or it cannot be typeset.
        """
        copied, resources = super().from_notebook_node(nb, resources, **kwargs)
        try:
            document = read_document(copied)
            require_agreement(document)
            output, notes = self._make(document)
        except RunError as error:
            raise ConversionException(str(error)) from error
        resources["gapkit"] = {"notes": [*document["notes"], *notes]}
        for note in resources["gapkit"]["notes"]:
            self.log.warning(note)
        return output, resources


class PdfExporter(_ReportExporter):
    """An executed notebook as the leadership report, a PDF without code."""

    export_from_notebook = "Leadership report (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def _make(self, document: dict[str, Any]) -> tuple[bytes, tuple[str, ...]]:
        return make_pdf(document)


class HtmlExporter(_ReportExporter):
    """An executed notebook as the leadership report, one self-contained web page without code."""

    export_from_notebook = "Leadership report (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def _make(self, document: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        return make_html(document), ()
