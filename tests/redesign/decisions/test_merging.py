"""Edits made in a copy, held against the file as it is now."""

from __future__ import annotations

from typing import Any

import pytest

from gapkit.redesign.decisions.file import parse_decisions
from gapkit.redesign.decisions.merging import Edit, describe_edits, is_same, merge
from gapkit.redesign.decisions.rules import Rule

RULES = {"slas": {"days": Rule("number", "", lowest=0.5), "answers": Rule("text", "", may_be_empty=True)}}
FIRST = "first_proposed:\n  slas:\n    legal: {days: 5, answers: Legal}\n"
SHOWN: dict[str, Any] = {"status": "proposed", "days": 5, "answers": "Legal", "note": None}


def edit(*held: str, shown: dict[str, Any] | None = None, **now: Any) -> Edit:
    before = {**SHOWN, **(shown or {})}
    return Edit("slas", "legal", "Legal review", before, frozenset(held), {**before, **now}, "w.xlsx", "Decide SLAs", 3)


def merged(one: Edit, entry: str) -> Any:
    text = f"slas:\n  legal: {entry}\n{FIRST}" if entry else FIRST
    return merge([one], parse_decisions(text, RULES), text)


UNTOUCHED = "{status: proposed, days: 5, answers: Legal}"


@pytest.mark.parametrize(
    ("one", "entry", "expected"),
    [
        (edit(days=4), UNTOUCHED, {"days": 4}),
        (edit(status="agreed"), UNTOUCHED, {"status": "agreed"}),
        # Today's data propose 6: who agrees to the row agrees to the 6 that stood there.
        (edit(shown={"days": 6}, status="agreed"), UNTOUCHED, {"status": "agreed", "days": 6}),
        (edit(shown={"days": 6}, answers="Bo"), UNTOUCHED, {"answers": "Bo"}),
        (edit("days", shown={"days": 4}, days=3), "{days: 4, answers: Legal}", {"days": 3}),
        (edit(answers=None), UNTOUCHED, {"answers": None}),
        (edit("days", "answers", shown={"status": "agreed"}, status="declined"),
         "{status: agreed, days: 5, answers: Legal}", {"status": "declined"}),
    ],
)  # fmt: skip
def test_an_edit_is_taken_over_where_the_file_is_as_it_was(one: Edit, entry: str, expected: dict[str, Any]) -> None:
    """Only what was edited is written; with a decision, all that stood beside it."""
    found = merged(one, entry)

    assert ({("slas", "legal"): expected}, {}, (one,), ()) == found


@pytest.mark.parametrize(
    ("one", "entry"),
    [
        (edit(), UNTOUCHED),
        (edit(days=4), "{days: 4, answers: Legal}"),
        (edit(status="agreed", days=4), "{status: agreed, days: 4, answers: Legal}"),
    ],
)
def test_what_is_there_already_is_no_edit(one: Edit, entry: str) -> None:
    """Importing the same workbook twice changes nothing the second time."""
    assert ({}, {}, (), ()) == merged(one, entry)


@pytest.mark.parametrize(
    ("one", "entry"),
    [
        (edit(days=4), "{days: 3, answers: Legal}"),
        (edit(status="agreed"), "{days: 3, answers: Legal}"),
        (edit(answers="Bo"), "{status: agreed, days: 5, answers: Legal}"),
        (edit("days", shown={"days": 4}, status="agreed"), UNTOUCHED),
        (edit("days", shown={"days": 4}, days=3), ""),
    ],
)
def test_an_entry_decided_otherwise_in_both_places_is_a_conflict(one: Edit, entry: str) -> None:
    """Also when different fields were changed: who agreed did not agree to the other's days."""
    changes, new, taken, (conflict,) = merged(one, entry)

    assert ({}, {}, ()) == (changes, new, taken)
    assert ("w.xlsx", "Decide SLAs", 3) == (conflict.file, conflict.sheet, conflict.row)


def test_a_conflict_shows_both_sides_and_the_way_out() -> None:
    """The values here, the values and the line there."""
    (*_, (conflict,)) = merged(edit(days=4), "{days: 3, answers: Legal}")

    assert "slas › legal was changed here and in decisions.yml since this workbook was made" == conflict.what
    assert "days 4" == conflict.value
    assert conflict.remedy.startswith("Write in one of the two places what shall hold")
    assert conflict.remedy.endswith("decisions.yml, line 2: days 3.")


def test_an_entry_the_file_lacks_is_added_with_what_was_proposed() -> None:
    """A proposal that came up after the file was written, or one deleted from it, decided in the workbook."""
    found = merged(edit(status="agreed", days=4), "")

    assert {("slas", "legal"): ({"status": "agreed", "days": 4, "answers": "Legal"}, {"days": 5, "answers": "Legal"})} == (
        found.new
    )
    assert {} == found.changes


def test_edits_are_told_from_what_to_what() -> None:
    """One line for each field, with the name people know."""
    lines = list(describe_edits([edit(status="agreed", days=4, answers=None)]))

    assert [
        "slas › legal (Legal review) › status: proposed → agreed",
        "slas › legal (Legal review) › days: 5 → 4",
        "slas › legal (Legal review) › answers: Legal → nothing",
    ] == lines


def test_zero_nothing_and_no_are_three_values() -> None:
    """None of them is another."""
    assert [False] * 3 == [is_same(0, None), is_same(False, None), is_same(False, 0)]
