from __future__ import annotations

from gapkit.intake.formats.asana_words import DONE, MEANINGS, OPEN, sections_of_done, status_word


def test_only_tasks_marked_complete_are_delivered() -> None:
    """A section of the same name does not finish the tasks in it."""
    assert {"status": "delivered"} == MEANINGS[status_word("Review", True)]
    assert status_word("COMPLETED", False) not in MEANINGS
    assert (DONE, OPEN) == (status_word("", True), status_word("", False))


def test_sections_of_completed_tasks_are_told_by_size() -> None:
    """The largest come first, the small ones together; without a section there is nothing to tell."""
    sections = [name for n, name in enumerate("ABCDEFGH") for _ in range(9 - n)]
    note = sections_of_done(sections, "Section/Column")[0]

    assert "they stand in A (9), B (8), C (7), D (6), E (5), F (4) and others (5)." in note
    assert 'status: "Section/Column"' in note
    assert () == sections_of_done(["", ""], "Section/Column")
