from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.redesign.manual.text import bullets, escaped, section, table
from gapkit.report.markdown import read_markdown, text_of

HOSTILE = [
    '*x* #read("/etc/passwd") $ @a <b>', "1. one", "- x", "+ y", "a | b", "# head", "> quote", "![i](http://x)", "[a](b)",
    "`code`", "&lt;", "~~s~~", "a\nb\r\n\n# c", "<!-- x -->", "---", "===", "\\", "\\|", "<script>alert(1)</script>",
    "https://example.org", "12) z", "| --- |",
]  # fmt: skip


def shown(text):
    """What a reader may expect: every letter, on one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_client_text_shows_letter_by_letter(text):
    """Whatever a program is called, in a paragraph, a list and a table the reader sees that."""
    lines = [*section(escaped(text) or "x"), escaped(text), "", *bullets([text]), "", *table(["a", "b"], [(text, text)])]
    heading, paragraph, listed, tabled = read_markdown("\n".join(lines))

    assert shown(text) == text_of(heading["inline"]) == text_of(paragraph["inline"])
    assert shown(text) == text_of(listed["items"][0][0]["inline"])
    assert [[shown(text)] * 2] == tabled["rows"]


@given(st.text(max_size=40))
def test_any_text_survives(text):
    """Any text in a table cell and a list is itself."""
    nodes = read_markdown("\n".join([*table(["a"], [(text,)]), "", *bullets([f"x {text}"])]))

    assert [[shown(text)]] == nodes[0]["rows"]
    assert shown(f"x {text}") == text_of(nodes[1]["items"][0][0]["inline"])


def test_empty_parts_leave_no_gap():
    """A section without a list has no blank list."""
    assert ["## A", "", "b", ""] == section("A", [], ["b"])
