from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gapkit.report.layout import arrange


def heading(level: int, text: str = "h") -> dict[str, Any]:
    return {"kind": "heading", "level": level, "inline": [{"kind": "text", "text": text}]}


def paragraph() -> dict[str, Any]:
    return {"kind": "paragraph", "inline": []}


def chart() -> dict[str, Any]:
    return {"kind": "exhibit", "svg": "<svg/>"}


def table_only() -> dict[str, Any]:
    return {"kind": "exhibit", "svg": ""}


def answer() -> dict[str, Any]:
    return {"kind": "answer"}


def kinds(nodes: list[dict[str, Any]]) -> list[str]:
    return [node["kind"] for node in nodes]


def pages(nodes: list[dict[str, Any]]) -> list[int]:
    return [i for i, node in enumerate(arrange(nodes)) if node.get("page")]


def test_answer_comes_first_under_its_heading() -> None:
    """The reader meets the answer before the question's history, with the words around it; contents stand after them."""
    nodes = [heading(1, "title"), paragraph(), heading(2, "bottom line"), paragraph(), answer(), paragraph(), heading(2)]
    arranged = arrange(nodes)

    assert ["answer", "paragraph", "paragraph", "heading", "paragraph", "heading"] == kinds(arranged)
    assert "bottom line" == arranged[0]["inline"][0]["text"]
    assert [3] == [i for i, node in enumerate(arranged) if node.get("contents")]


def test_answer_does_not_take_the_title() -> None:
    """The notebook's own title is not the answer's heading."""
    arranged = arrange([heading(1, "title"), answer()])

    assert ["The answer", "title"] == [node["inline"][0]["text"] for node in arranged]


def test_title_and_sections_are_of_one_level() -> None:
    """A notebook's single title does not push everything else down in the contents."""
    assert [1, 1, 2, 1] == [node["level"] for node in arrange([heading(1), heading(2), heading(3), heading(2)])]
    assert [1, 2, 1] == [node["level"] for node in arrange([heading(2), heading(3), heading(2)])]
    assert [1, 1, 1] == [node["level"] for node in arrange([answer(), heading(2), heading(2)])]


def test_exhibits_head_below_their_section() -> None:
    """An exhibit's sentence is a heading of the level below the one it stands under."""
    nodes = [heading(1), chart(), heading(1), heading(2), chart(), chart()]

    assert [1, 2, 1, 2, 3, 3] == [node["level"] for node in arrange(nodes)]


@given(st.lists(st.one_of(st.integers(1, 6).map(heading), st.builds(chart), st.builds(paragraph), st.builds(answer))))
def test_no_level_is_skipped(nodes: list[dict[str, Any]]) -> None:
    """Whatever levels an author writes, each heading is at most one deeper than the one before."""
    levels = [node["level"] for node in arrange(nodes) if "level" in node]

    assert all(deeper <= level + 1 for level, deeper in zip([0, *levels], levels, strict=False))
    assert all(1 <= level <= 6 for level in levels)


@given(st.lists(st.one_of(st.integers(1, 3).map(heading), st.builds(chart), st.builds(paragraph), st.builds(answer))))
def test_nothing_is_lost(nodes: list[dict[str, Any]]) -> None:
    """Arranging moves blocks and drops none but the heading the answer takes over."""
    arranged = arrange(nodes)

    assert len(nodes) - len(arranged) in ({0, 1} if answer() in nodes else {0})
    assert kinds(nodes).count("exhibit") == kinds(arranged).count("exhibit")


def test_a_section_with_a_chart_starts_a_page() -> None:
    """One message per page: the section's heading opens the page of its first chart."""
    assert [0, 3] == pages([heading(1), paragraph(), chart(), heading(1), chart()])


def test_further_charts_bring_their_lead_in() -> None:
    """A second chart starts a page at the lower heading that leads to it, else at itself."""
    assert [0, 2, 5] == pages([heading(1), chart(), heading(2), paragraph(), chart(), chart()])


def test_text_sections_flow_on() -> None:
    """Sections of text and tables do not each take a page."""
    assert [] == pages([heading(1), paragraph(), heading(1), table_only()])


def test_heading_over_an_exhibit_is_a_kicker() -> None:
    """Where an exhibit follows, its sentence is the message and the heading steps back."""
    arranged = arrange([heading(1), paragraph(), table_only(), heading(1), paragraph()])

    assert [True, False] == [node["kicker"] for node in arranged if node["kind"] == "heading"]
