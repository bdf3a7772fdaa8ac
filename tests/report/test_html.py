from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from gapkit.report.blocks import Callout, Cover, Exhibit
from gapkit.report.document import read_document
from gapkit.report.html import make_html

VOID = {"meta", "br", "img", "hr", "link"}


class _Page(HTMLParser):
    """The elements and the visible text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


def test_page_is_well_formed_and_self_contained(document: dict[str, Any]) -> None:
    """Every element is closed, no script runs, and nothing is fetched from anywhere."""
    html = make_html(document)
    page = _Page(html)
    addresses = [attrs.get(name) or "" for _, attrs in page.elements for name in ("src", "href", "xlink:href")]

    assert [] == page.open
    assert [] == page.all("script")
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)
    assert {"", "#", "data:", "https://example.com"} == {re.match(r"#|data:|.*", address)[0] for address in addresses}  # type: ignore[index]
    assert re.findall(r"url\((?!data:|#)", html) == []
    assert len(html) < 1_000_000


def test_same_document_same_page(document: dict[str, Any]) -> None:
    """A page made twice is the same page."""
    assert make_html(document) == make_html(document)


def test_page_can_be_heard(document: dict[str, Any]) -> None:
    """Language, landmarks, one first heading, no level skipped, words for each picture, header cells with scope."""
    page = _Page(make_html(document))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    pictures = [attrs.get("aria-label") for attrs in page.all("svg")] + [attrs.get("alt") for attrs in page.all("img")]

    assert "en" == page.all("html")[0]["lang"]
    assert [1, 1, 1, 1] == [len(page.all(tag)) for tag in ("header", "main", "nav", "footer")]
    assert 1 == levels.count(1)
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    assert len(pictures) >= 5
    assert all(pictures)
    assert {"col"} == {attrs["scope"] for attrs in page.all("th")}


def test_ids_are_unique(document: dict[str, Any]) -> None:
    """Two charts in one page share no id, and each entry of the contents leads somewhere."""
    page = _Page(make_html(document))
    ids = [attrs["id"] for _, attrs in page.elements if attrs.get("id")]
    targets = [(attrs["href"] or "")[1:] for attrs in page.all("a") if (attrs["href"] or "").startswith("#")]

    assert len(ids) == len(set(ids))
    assert targets
    assert set(targets) <= set(ids)


def test_same_words_in_the_same_order_as_the_pdf(
    document: dict[str, Any], pdf: bytes, pdf_text: Callable[..., str]
) -> None:
    """Whoever reads the page reads the report."""
    order = [
        *("Where plans are lost", "Of 94 programs planned", "What we ask you to decide"),
        *("How complete the evidence is", "The verdict, then", "Look for the", "Two things stand out", "And over time?"),
        *("Each line is one team.", "Approvals were not measured", "The consultant’s comment", "A quotation.", "Register"),
        *("P-000", "P-059", "Sources that were refused", "No rows."),
    ]
    for text in (_Page(make_html(document)).text, pdf_text(pdf)):
        flat = re.sub(r"\s+", " ", text)
        # The contents name the headings a first time, so places are looked for from the end.
        places = [flat.rfind(words) for words in order]

        assert -1 not in places
        assert places == sorted(places)


def test_no_code_in_the_page(document: dict[str, Any]) -> None:
    """A leader never sees code or what it printed."""
    assert "SECRET" not in make_html(document)


def test_hostile_name_prints_as_it_is(document: dict[str, Any], hostile: str) -> None:
    """The name is letters in the chart, the table and the callout."""
    assert _Page(make_html(document)).text.count(hostile) >= 3


def test_hostile_cover(as_notebook: Callable[..., Any], hostile: str) -> None:
    """No field of the cover breaks out, not even in the title of the page."""
    cover = Cover(hostile, hostile, hostile, hostile, hostile, "2026-04-30", hostile, hostile, logo=f"<svg>{hostile}</svg>")
    page = _Page(make_html(read_document(as_notebook(cover, Callout("note", hostile)))))

    assert [] == page.open
    assert [] == page.all("script")
    assert page.text.count(hostile) >= 8


def test_drawing_that_could_run_is_an_image(as_notebook: Callable[..., Any]) -> None:
    """A drawing with a script in it is shown where nothing runs."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    page = _Page(make_html(read_document(as_notebook(Exhibit("n", "A title", alt="words", svg=svg)))))

    assert [] == page.all("script") + page.all("svg")
    assert [True] == [(attrs["src"] or "").startswith("data:image/svg+xml;base64,") for attrs in page.all("img")]


def test_letters_of_every_script_are_kept(document: dict[str, Any]) -> None:
    """On screen the reader's own fonts are there, so nothing is replaced."""
    text = _Page(make_html(document)).text

    assert "東京ローンチ 🚀" in text
    assert "□" not in text


def test_broken_characters_do_not_stop_the_page(as_notebook: Callable[..., Any]) -> None:
    """Half a character from a damaged export can still be written to a file."""
    page = make_html(read_document(as_notebook(Callout("note", "a\ud800b"))))

    assert "a?b" in page.encode("utf-8").decode("utf-8")
