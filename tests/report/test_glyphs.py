from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gapkit.report.glyphs import printable, replace_everywhere, replace_missing


def test_letters_of_europe_and_beyond_are_printed() -> None:
    """Names of most markets, and every sign the report itself uses, have glyphs."""
    text = "Zürich Łódź Ελλάδα Москва İstanbul חיפה دبي − – … → ≤ ▲▼● □ ‘’ “” €£¥"

    assert (text, 0) == replace_missing(text)


def test_what_no_font_has_is_seen_and_counted() -> None:
    """CJK, emoji and broken characters leave a box each; a joiner or variation selector does not."""
    assert ("□□", 2) == replace_missing("東京")
    assert ("a □", 1) == replace_missing("a 🚀")
    assert ("♥", 0) == replace_missing("♥\ufe0f")
    assert ("□", 1) == replace_missing("\ud800")
    assert ("a\u200db\n", 0) == replace_missing("a\u200db\n")


@given(st.text())
def test_nothing_unprintable_is_left(text: str) -> None:
    """After replacement every letter has a glyph or needs none, and a second pass changes nothing."""
    shown, _ = replace_missing(text)

    assert (shown, 0) == replace_missing(shown)


def test_the_box_itself_can_be_printed() -> None:
    """The replacement is in the fonts."""
    assert ord("□") in printable()


def test_whole_documents() -> None:
    """Every string of nested data is treated, keys and numbers are not."""
    assert ({"東": ["□", 1, None]}, 1) == replace_everywhere({"東": ("東", 1, None)})
