from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gapkit.report.markdown import read_commentary, read_markdown, text_of

BLOCKS = {"heading", "paragraph", "list", "quote", "code", "rule", "table"}
INLINE = {"text", "code", "break", "strong", "emph", "strike", "link"}


def kinds(nodes: list[dict[str, Any]]) -> set[str]:
    found = set()
    for node in nodes:
        found.add(node["kind"])
        for inner in (node.get("inline", []), node.get("blocks", []), *node.get("items", [])):
            found |= kinds(inner)
    return found


def test_all_kinds() -> None:
    """Each kind of block a notebook uses has its node."""
    source = "# h\n\np  \nq\n\n- a\n\n> q\n\n```\ncode\n```\n\n---\n\n| a |\n|---|\n| 1 |\n\n**s** *e* ~~x~~ `c` [l](https://a.b)"

    assert BLOCKS | INLINE == kinds(read_markdown(source))


def test_nested_list() -> None:
    """Lists keep their order, start and nesting."""
    (node,) = read_markdown("3. a\n   - b\n4. c")

    assert (True, 3, 2) == (node["ordered"], node["start"], len(node["items"]))
    assert ["paragraph", "list"] == [block["kind"] for block in node["items"][0]]


def test_table_keeps_alignment() -> None:
    """A column of numbers stands right where the author said so."""
    (node,) = read_markdown("| a | b |\n|---|--:|\n| x | **1** |")

    assert ["left", "right"] == [column["align"] for column in node["columns"]]
    assert [["x", "1"]] == node["rows"]


def test_html_is_letters() -> None:
    """HTML in a cell is shown as typed; a comment says nothing."""
    first, second = read_markdown("a <b>c</b> <!-- d -->\n\n<div onclick='e()'>f</div>")

    assert "a <b>c</b> " == text_of(first["inline"])
    assert "<div onclick='e()'>f</div>" == text_of(second["inline"])


def test_entities_are_their_letters() -> None:
    """What is written as an entity prints as the letter it stands for."""
    assert "a < b & c" == text_of(read_markdown("a &lt; b &amp; c")[0]["inline"])


def test_only_web_and_mail_links() -> None:
    """A link that could run something is its words alone."""
    (node,) = read_markdown("[a](javascript:alert(1)) [b](file:///etc/passwd) [c](https://d.e) [f](#g)")

    assert ["https://d.e"] == [inline["url"] for inline in node["inline"] if inline["kind"] == "link"]


def test_image_is_its_description() -> None:
    """No file is read for a Markdown image."""
    assert "a chart" == text_of(read_markdown("![a chart](secret.png)")[0]["inline"])


def test_commentary_has_no_headings_and_links() -> None:
    """A consultant's text cannot enter the contents, and its addresses are words."""
    nodes = read_commentary("# A\n\n- [b](https://c.d)\n\n> ## e")

    assert {"paragraph", "list", "quote", "strong", "text"} == kinds(nodes)
    assert "b (https://c.d)" == text_of(nodes[1]["items"][0][0]["inline"])


def test_heading_inside_a_list_heads_nothing() -> None:
    """A heading in a list item or quotation is a bold line, outside the report's contents."""
    nodes = read_markdown("- # a\n\n> ## b")

    assert "heading" not in kinds(nodes)
    assert {"list", "quote", "strong"} <= kinds(nodes)


@given(st.text())
def test_nothing_leaves_the_closed_set(source: str) -> None:
    """Whatever is typed, only known nodes come out."""
    assert kinds(read_markdown(source)) <= BLOCKS | INLINE
    assert kinds(read_commentary(source)) <= BLOCKS - {"heading"} | INLINE - {"link"}
