from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gapkit.errors import RunError
from gapkit.report.blocks import Answer, Callout, Column, Cover, Exhibit, Table
from gapkit.report.document import read_document
from gapkit.report.pdf import breakable, column_widths, make_pdf

Maker = Callable[..., Any]
Reader = Callable[..., str]


def squeezed(text: str) -> str:
    """Return text without the white space and break marks that typesetting puts into it."""
    return re.sub(r"[\s\u200b]+", "", text)


def pages_of(text: str) -> list[str]:
    return text.rstrip("\f").split("\f")


def test_same_document_same_bytes(document: dict[str, Any], pdf: bytes) -> None:
    """A report made twice is the same file."""
    assert pdf == make_pdf(document)[0]


def test_document_is_not_changed(document: dict[str, Any]) -> None:
    """Making a PDF leaves the document for the next format as it was."""
    before = repr(document)
    make_pdf(document)

    assert before == repr(document)


def test_file_is_tagged_for_accessibility(pdf: bytes, pdf_objects: Callable[[bytes], bytes]) -> None:
    """The PDF declares PDF/UA-1, which the typesetter checks, and is tagged, with words for each of its four pictures."""
    inside = pdf_objects(pdf)

    assert b"pdfuaid:part>1<" in inside
    assert b"/Marked true" in inside
    assert inside.count(b"/Alt(") >= 4


def test_bookmarks_are_the_headings(pdf: bytes, pdf_objects: Callable[[bytes], bytes]) -> None:
    """Sections and messages can be jumped to."""
    inside = pdf_objects(pdf)

    assert b"/Outlines" in inside
    for title in (b"The bottom line", b"Events are delivered least often: 47 %", b"Register"):
        assert b"/Title(" + title in inside


def test_properties(pdf: bytes, tmp_path: Path) -> None:
    """Title, author and date of the file are the cover's; the date is no clock's."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo (poppler-utils) is not installed")
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(
        ["pdfinfo", str(path)], check=True, capture_output=True, env={"TZ": "UTC", "PATH": "/usr/bin:/bin"}
    )
    info = dict(line.split(":", 1) for line in done.stdout.decode().splitlines() if ":" in line)

    assert "Northwind Outdoor & Søns GmbH · Where plans are lost" == info["Title"].strip()
    assert "Harrow & Lindqvist" == info["Author"].strip()
    assert "Apr 30 00:00:00 2026" in info["CreationDate"]
    assert "none" == info["Form"].strip()


def test_reading_order(pdf: bytes, pdf_text: Reader) -> None:
    """Cover, answer, contents, then the sections, and the pages say where one is."""
    pages = pages_of(pdf_text(pdf))
    texts = [squeezed(page) for page in pages]

    assert "30April2026" in texts[0]
    assert "Of94programsplanned" in texts[1]
    assert "Whatweaskyoutodecide" in texts[1]
    assert "Contents" in texts[2]
    assert "Eventsaredeliveredleastoften" in texts[3]
    assert [f"{i}/{len(pages) - 1}" in text for i, text in enumerate(texts)] == [False] + [True] * (len(pages) - 1)


def test_no_code_in_the_report(pdf: bytes, pdf_text: Reader) -> None:
    """A leader never sees code or what it printed."""
    text = pdf_text(pdf)

    assert "SECRET" not in text
    assert "object at" not in text


def test_hostile_name_prints_as_it_is(pdf: bytes, pdf_text: Reader, hostile: str) -> None:
    """Markup of Typst, HTML and templates in a program's name is letters: in the chart, the table and the callout."""
    text = squeezed(pdf_text(pdf))

    assert text.count(squeezed(hostile)) >= 3
    assert "root:" not in text


def test_hostile_everywhere(as_notebook: Maker, pdf_text: Reader, hostile: str) -> None:
    """No field of any block is evaluated; links in callouts and covers are none."""
    cover = Cover(hostile, hostile, hostile, hostile, hostile, "2026-04-30", hostile, hostile)
    table = Table((Column(hostile),), ((hostile,),), hostile, hostile)
    exhibit = Exhibit("n", hostile, table=table, reading=hostile, foot=hostile)
    answer = Answer(hostile, asks=(hostile,), evidence=((hostile, hostile),))
    text = squeezed(pdf_text(make_pdf(read_document(as_notebook(cover, answer, exhibit, Callout("note", hostile))))[0]))

    assert text.count(squeezed(hostile)) >= 14


def test_long_table_repeats_its_header(pdf: bytes, pdf_text: Reader) -> None:
    """A register that runs over pages names its columns on each."""
    with_rows = [page for page in pages_of(pdf_text(pdf, "-layout")) if re.search(r"P-0\d\d", page)]

    assert len(with_rows) >= 2
    assert all(re.search(r"Id\s+Program\s+Team\s+Budget, EUR\s+Outcome", page) for page in with_rows)
    assert 60 == sum(len(re.findall(r"P-0\d\d", page)) for page in with_rows)


def test_a_chart_takes_a_page_that_is_nearly_free(as_notebook: Maker, pdf_text: Reader, sample_parts: list[Any]) -> None:
    """A section with a chart starts a page, but no page is left with two lines on it."""
    (chart,) = [part for part in sample_parts if isinstance(part, Exhibit) and part.name == "by_type"]
    few = pdf_text(make_pdf(read_document(as_notebook("## One", "Text.", "## Two", chart)))[0])
    many = pdf_text(make_pdf(read_document(as_notebook("## One", "Text.\n\n" * 20, "## Two", chart)))[0])

    assert 1 == len(pages_of(few))
    assert ["One", "Two"] == [page.split()[0] for page in pages_of(many)]


def test_missing_glyphs_are_boxes_and_noted(document: dict[str, Any], pdf: bytes, pdf_text: Reader) -> None:
    """A name no font has leaves a box for each letter, and the maker is told how many."""
    _, notes = make_pdf(document)

    assert ("9 characters that no font of the report has printed as □",) == notes
    assert "□□□□□□□" in squeezed(pdf_text(pdf))


def test_other_scripts_are_kept(pdf: bytes, pdf_text: Reader) -> None:
    """Arabic and Hebrew names are printed by the fallback font."""
    text = pdf_text(pdf)

    assert "حملة" in text
    assert "קמפיין" in text


@pytest.mark.parametrize(("paper", "box"), [("a4", b"595.2756"), ("letter", b"612 792")])
def test_paper(as_notebook: Maker, pdf_objects: Callable[[bytes], bytes], paper: Any, box: bytes) -> None:
    """The paper is the one the client prints on."""
    document = read_document(as_notebook(Cover("c", "t", paper=paper), "Text."))

    assert box in pdf_objects(make_pdf(document)[0])


def test_short_report_has_no_contents(as_notebook: Maker, cover: Cover, pdf_text: Reader) -> None:
    """Two pages need no list of contents."""
    text = pdf_text(make_pdf(read_document(as_notebook(cover, Answer("Yes."), "## One", "Text.")))[0])

    assert "Contents" not in text
    assert 2 == len(pages_of(text))


def test_notebook_without_gapkit_blocks(as_notebook: Maker) -> None:
    """Any notebook with a heading makes a PDF, and so does one without."""
    for parts in (("# What if?\n\nText.",), ("Text only.",), ()):
        assert make_pdf(read_document(as_notebook(*parts)))[0].startswith(b"%PDF-1.7")


def test_broken_picture_is_refused(as_notebook: Maker) -> None:
    """A drawing that cannot be read stops the report and says so."""
    broken = {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": "<svg", "text/plain": "a"}}

    with pytest.raises(RunError, match="the PDF was refused: failed to parse SVG"):
        make_pdf(read_document(as_notebook(broken)))


def test_warnings_are_failures(document: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A font that is not there would be replaced silently; the report is refused instead."""
    monkeypatch.setattr("gapkit.report.pdf.FONT_FAMILY", "No Such Font")

    with pytest.raises(RunError, match="unknown font family: no such font"):
        make_pdf(document)


def test_png_pictures_and_logos(as_notebook: Maker, pdf_objects: Callable[[bytes], bytes]) -> None:
    """A PNG an analyst leaves, and a PNG logo, are in the file."""
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": png, "text/plain": "a dot"}}
    cover = Cover("Client", "Title", logo=f"data:image/png;base64,{png}")

    for part in (picture, cover):
        assert 1 == pdf_objects(make_pdf(read_document(as_notebook(part)))[0]).count(b"/Subtype/Image")


def test_long_words_may_break() -> None:
    """A name without spaces breaks at its joints, or anywhere when it has none; ordinary text is left alone."""
    assert "Ordinary words, 12,345 of them" == breakable("Ordinary words, 12,345 of them")
    assert ["PAIDSOCIAL_", "RETARGETING_", "V2"] == breakable("PAIDSOCIAL_RETARGETING_V2").split("\u200b")
    assert [16, 16, 8] == [len(piece) for piece in breakable("x" * 40).split("\u200b")]


def test_column_widths_stated_or_measured() -> None:
    """Stated shares win; otherwise long columns get more, up to a limit."""
    columns = [{"name": "Program", "width": 0.0}, {"name": "n", "width": 0.0}]

    assert [36.0, 6.0] == column_widths({"columns": columns, "rows": [["y" * 90, "3"]]})
    assert [0.7, 0.3] == column_widths({"columns": [{"name": "a", "width": 0.7}, {"name": "b", "width": 0.3}], "rows": []})


def test_quick_when_warm(document: dict[str, Any]) -> None:
    """Typesetting a report again takes a fraction of a second (the memory of the typesetter is emptied by new text)."""
    blocks = [block for block in document["blocks"] if block["kind"] in {"exhibit", "table"}]
    fresh = [{**block, "title": f"{block['title']} again"} for block in blocks]
    started = time.perf_counter()
    make_pdf({**document, "blocks": fresh * 5})

    assert time.perf_counter() - started < 5
