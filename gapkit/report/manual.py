"""The operating manual as a PDF: its Markdown behind a cover, through the same typesetter as the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.report.blocks import BLOCK_MIME
from gapkit.report.document import read_document
from gapkit.report.pdf import make_pdf

if TYPE_CHECKING:
    from gapkit.report.blocks import Cover


def manual_pdf(markdown: str, cover: Cover) -> bytes:
    """Return a Markdown text as a tagged PDF (PDF/UA-1), the same bytes for the same text and cover.

    Parameters
    ----------
    markdown : str
        From `gapkit.redesign.manual.manual.operating_manual`. Its first heading is left out: the cover says it.
    cover : Cover
        Settings of the document.

    Raises
    ------
    RunError
        When the typesetter refuses the text or warns about it.
    """
    first, _, rest = markdown.partition("\n")
    body = rest if first.startswith("# ") else markdown
    shown = {"output_type": "display_data", "data": {BLOCK_MIME: cover.to_dict()}}
    cells = [{"cell_type": "code", "source": "", "outputs": [shown]}, {"cell_type": "markdown", "source": body}]
    return make_pdf(read_document({"cells": cells}))[0]
