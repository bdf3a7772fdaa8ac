from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gapkit.plots.names import LINE_MM, row_mm, wrap_name

NAMES = st.text(st.sampled_from("abc def-→/"), max_size=200)


@given(NAMES, st.integers(5, 40), st.integers(1, 4))
def test_no_name_is_wider_or_taller_than_allowed(name: str, width: int, most: int) -> None:
    """Whatever the client calls a stage."""
    lines = wrap_name(name, width, most).split("\n")

    assert len(lines) <= most
    assert max(map(len, lines)) <= width


def test_a_name_that_fits_is_left_alone() -> None:
    """Nothing is cut that need not be."""
    assert "legal review" == wrap_name("legal review", 12)


def test_one_long_word_keeps_its_beginning() -> None:
    """A code without blanks is cut, never shown as a mark alone."""
    assert "CAMPAIGN_20…" == wrap_name("CAMPAIGN_2026_Q1_EMEA", 12, 1)


def test_rows_grow_with_the_tallest_name() -> None:
    """Three lines need three lines' height, short names what the chart asks for."""
    assert (9.0, 3 * LINE_MM + 1.5) == (row_mm(["a", "b"], 9.0), row_mm(["a", "b\nc\nd"], 9.0))
