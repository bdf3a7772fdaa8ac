from __future__ import annotations

import pytest

from gapkit.intake.formats.jira_words import DELIVERED, GIVEN_UP, State, meaning_of, word_of
from gapkit.intake.reading.header import name_key


@pytest.mark.parametrize(
    ("state", "category", "word"),
    [
        (State("Done", "Done"), "done", "Done"),
        (State("Done", ""), "done", "Done"),
        (State("Done", "Won’t Do"), "done", "Done (Won’t Do)"),
        (State("Closed", "Obsolete"), "", "Closed (Obsolete)"),
        (State("In Progress", "Won't Do"), "indeterminate", "In Progress"),
        (State("Backlog", "", True), "new", "Backlog (flagged)"),
        (State("Review", "", True), "", "Review (flagged)"),
        (State("Done", "", True), "done", "Done"),
        (State("Done", "Duplicate", True), "done", "Done (Duplicate)"),
        (State("", "Duplicate", True), "done", ""),
    ],
)
def test_one_word_for_status_resolution_and_flag(state: State, category: str, word: str) -> None:
    """A resolution other than done is part of the word of closed work, a flag of open work."""
    assert word == word_of(state, category)


@pytest.mark.parametrize(
    ("state", "category", "meaning"),
    [
        (State("Idea"), "new", {"status": "not_started"}),
        (State("Review"), "indeterminate", {"status": "in_progress"}),
        (State("Live", "Fixed"), "done", {"status": "delivered"}),
        (State("Live", "Cannot Reproduce"), "done", {"status": "cancelled"}),
        (State("Live", "Handed over"), "done", {}),
        (State("Review", "", True), "indeterminate", {"status": "blocked", "kind": "blocked", "stage": "Review"}),
        (State("Won't Do"), "done", {"status": "cancelled"}),
        (State("Abgebrochen"), "done", {}),
        (State("Marzipan"), "", {}),
        (State("Marzipan"), "undefined", {}),
    ],
)
def test_what_the_export_says_of_a_word(state: State, category: str, meaning: dict[str, str]) -> None:
    """The category says open or done; a resolution or a name that contradicts done is left to the consultant."""
    assert meaning == meaning_of(state, category)


def test_no_resolution_is_both() -> None:
    """The two lists of resolutions are apart, and spelled as they are looked up."""
    assert not DELIVERED & GIVEN_UP
    assert all(word == name_key(word) for word in DELIVERED | GIVEN_UP)
