"""Places in a YAML text: where an entry ends, where its lines end, what belongs below it."""

from __future__ import annotations

import pytest

from gapkit.config.places import (
    Edit,
    UnsuitableError,
    apply,
    below,
    content_of,
    end_of_entry,
    entry_of,
    insert_lines,
    root_of,
)


def node_of(text: str, name: str) -> object:
    found = entry_of(root_of(text), name)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ('"a": b  # c', '"a": b'),
        ('"a # b":  # c', '"a # b":'),
        ("a: {b: c}  # d", "a: {b: c}"),
        ("a: 'it''s'", "a: 'it''s'"),
    ],
)
def test_an_entry_ends_before_its_comment(line: str, entry: str) -> None:
    """A sign of comments within quotes begins none."""
    assert entry == line[: end_of_entry(line)]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a:\n  - b  # c\nd: e\n", "d: e\n"),
        ("a:\n  - b\n\n  # belongs\n\n# does not\nd: e\n", "\n# does not\nd: e\n"),
        ("a:\n  - |\n    b\n\n\nd: e\n", "\n\nd: e\n"),
        ("a:\n  - b:\nd: e\n", "d: e\n"),
        ("a:\n  - b", ""),
    ],
)
def test_below_a_node_begins_the_next_line(text: str, rest: str) -> None:
    """Comments indented like the node belong to it; blank lines and comments at the margin do not."""
    assert rest == text[below(text, node_of(text, "a"), 0) :]  # type: ignore[arg-type]


def test_content_does_not_depend_on_style() -> None:
    """Quotes of one kind or another, block or brackets, comments: the same content; an entry given twice is refused."""
    assert content_of(root_of("a: {b: [c, ~]}  # d\n")) == content_of(root_of("a:\n  b:\n  - c\n  -\n"))
    with pytest.raises(UnsuitableError):
        content_of(root_of("a: b\na: c\n"))


def test_an_alias_has_no_place_of_its_own() -> None:
    """What an alias means stands where its anchor is."""
    with pytest.raises(UnsuitableError):
        entry_of(root_of("a: &x [b]\nc: *x\n"), "c")


def test_edits_at_one_place_keep_their_order() -> None:
    """The first of two stands first, whatever stands elsewhere."""
    assert "1-2=34." == apply("134.", [Edit(1, 1, "-2"), Edit(1, 1, "="), Edit(4, 4, "")])
    assert "a\r\nb\r\n" == apply("a\r\n", [insert_lines("a\r\n", 3, ["b"])])
    assert "a\nb\n" == apply("a", [insert_lines("a", 1, ["b"])])
