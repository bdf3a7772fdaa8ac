from __future__ import annotations

from collections.abc import Callable

from gapkit.redesign.manual.text import bullets, section, table
from gapkit.report.blocks import Cover
from gapkit.report.manual import manual_pdf

COVER = Cover("Acme", "Operating manual", as_of="2026-06-04", firm="Harrow")


def manual(hostile: str) -> str:
    lines = ["# How Acme works", "", "As of 4 June 2026.", "", *section("Cadence", bullets([hostile]))]
    return "\n".join([*lines, *section("Owners", table(["Program", "Team"], [(hostile, "Web")]))])


def test_the_same_manual_is_the_same_file(hostile: str) -> None:
    """Two runs on one record give the same bytes."""
    assert manual_pdf(manual(hostile), COVER) == manual_pdf(manual(hostile), COVER)


def test_it_is_tagged_with_bookmarks(hostile: str, pdf_objects: Callable[[bytes], bytes]) -> None:
    """As accessible as the reports: PDF/UA-1, a bookmark for each section."""
    inside = pdf_objects(manual_pdf(manual(hostile), COVER))

    assert b"pdfuaid:part>1<" in inside
    assert b"/Title(Cadence)" in inside and b"/Title(Owners)" in inside


def test_client_text_prints_as_it_is(hostile: str, pdf_text: Callable[..., str]) -> None:
    """No name of a program is markup, neither for Markdown nor for the typesetter; the title stands once, on the cover."""
    text = "".join(pdf_text(manual_pdf(manual(hostile), COVER)).split())

    assert "".join(hostile.split()) in text
    assert "HowAcmeworks" not in text
