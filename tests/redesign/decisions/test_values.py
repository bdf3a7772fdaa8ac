"""One value of a decision: what is accepted, what is refused, and that text and value are one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.redesign.decisions.rules import Rule
from gapkit.redesign.decisions.values import NotAllowedError, allowed_text, normal, read_value, typed, value_text

WORDS = ("agreed", "A → B", "Ümit")


@pytest.mark.parametrize(
    ("rule", "seen", "expected"),
    [
        (Rule("whole", "", lowest=1), " 5 ", 5),
        (Rule("whole", ""), "5.0", 5),
        (Rule("number", ""), "1e-3", 0.001),
        (Rule("number", "", lowest=0.5), ".5", 0.5),
        (Rule("share", ""), "85 %", 0.85),
        (Rule("share", ""), "0.85", 0.85),
        (Rule("flag", ""), "YES", True),
        (Rule("flag", ""), "0", False),
        (Rule("date", ""), "2026-03-31 00:00:00", "2026-03-31"),
        (Rule("choice", "", WORDS), " AGREED", "agreed"),
        (Rule("choice", "", WORDS), "ümit ", "Ümit"),
        (Rule("id", "", ()), " P-1 ", "P-1"),
        (Rule("list", "", WORDS), ("Agreed", "", "A → B"), ["agreed", "A → B"]),
        (Rule("list", ""), "one", ["one"]),
        (Rule("text", ""), " as typed ", " as typed "),
        (Rule("text", "", may_be_empty=True), "  ", None),
        (Rule("number", "", may_be_empty=True), "", None),
        (Rule("list", "", may_be_empty=True), (), None),
    ],
)
def test_what_people_type_is_understood(rule: Rule, seen: str | tuple[str, ...], expected: object) -> None:
    """Blanks, case, percent signs and numbers as text do not matter."""
    assert expected == read_value(rule, seen)


@pytest.mark.parametrize(
    ("rule", "seen", "what"),
    [
        (Rule("whole", ""), "2.5", "not a whole number"),
        (Rule("whole", "", lowest=1), "0", "not within the limits"),
        (Rule("number", "", highest=60), "61", "not within the limits"),
        (Rule("number", ""), "2,5", "not a number"),
        (Rule("number", ""), "inf", "not a number"),
        (Rule("number", ""), "1e400", "not within the limits"),
        (Rule("number", ""), "1_000", "not a number"),
        (Rule("share", ""), "85", "not within the limits"),
        (Rule("flag", ""), "maybe", "neither yes nor no"),
        (Rule("date", ""), "31.03.2026", "not a date"),
        (Rule("date", ""), "2026-02-30", "there is no such day"),
        (Rule("date", ""), "0026-02-03", "not a plausible year"),
        (Rule("date", ""), "2026-03-31 12:00:00", "not a date"),
        (Rule("choice", "", WORDS), "agred", "not one of the values to choose from"),
        (Rule("list", "", WORDS), ("agreed", "x"), "not one of the values to choose from"),
        (Rule("number", ""), ("1", "2"), "a list where one value is expected"),
        (Rule("text", ""), "", "empty"),
        (Rule("list", ""), (), "empty"),
    ],
)
def test_what_is_not_allowed_is_named(rule: Rule, seen: str | tuple[str, ...], what: str) -> None:
    """Each refusal says in a few words what is wrong."""
    with pytest.raises(NotAllowedError) as refused:
        read_value(rule, seen)

    assert what == refused.value.what


def test_a_near_miss_is_answered_with_the_word_meant() -> None:
    """What to do is said where it can be guessed."""
    for rule, seen, remedy in [
        (Rule("choice", "", WORDS), "agred", "Did you mean agreed?"),
        (Rule("number", ""), "2,5", "Write it with a point: 2.5."),
        (Rule("share", ""), "85", "Write a share as 0.4 or as 40 %."),
    ]:
        with pytest.raises(NotAllowedError) as refused:
            read_value(rule, seen)

        assert remedy == refused.value.remedy


def test_two_words_that_differ_in_case_alone_must_be_typed_exactly() -> None:
    """Nobody guesses which of two is meant."""
    rule = Rule("choice", "", ("Ada", "ADA"))

    assert "ADA" == read_value(rule, "ADA")
    with pytest.raises(NotAllowedError):
        read_value(rule, "ada")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12) | st.integers(-(10**12), 10**12))
def test_a_number_comes_back_to_the_last_digit(number: float) -> None:
    """Written without exponent and without loss."""
    assert number == read_value(Rule("number", ""), typed(number))


@given(st.dates(dt.date(1970, 1, 1), dt.date(2100, 12, 31)), st.booleans(), st.lists(st.text(min_size=1)))
def test_dates_flags_and_lists_come_back(day: dt.date, flag: bool, words: list[str]) -> None:
    """Whatever text a list holds; items of blanks alone are none."""
    kept = [word for word in words if word.strip()]

    assert day.isoformat() == read_value(Rule("date", ""), typed(day))
    assert flag is read_value(Rule("flag", ""), typed(flag))
    assert (kept or None) == read_value(Rule("list", "", may_be_empty=True), typed(kept))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule("number", ""), "a number"),
        (Rule("share", ""), "a share from 0 to 1"),
        (Rule("number", "", lowest=0.5), "a number, at least 0.5"),
        (Rule("number", "", highest=9), "a number, at most 9"),
        (Rule("flag", "", may_be_empty=True), "yes, no; or nothing"),
        (Rule("id", "", tuple(map(str, range(31)))), "31 values"),
    ],
)
def test_what_is_allowed_is_said_in_words(rule: Rule, expected: str) -> None:
    """For messages, the file's comments and Excel's hints."""
    assert expected == allowed_text(rule)


def test_empty_is_nothing() -> None:
    """Blank text, an empty list and a missing number are all nothing, which is not zero."""
    assert [None] * 5 == [normal(value) for value in (None, "", " ", [], float("nan"))]
    assert (0, False) == (normal(0), normal(False))
    assert ("nothing", "0", "no") == (value_text(None), value_text(0), value_text(False))
