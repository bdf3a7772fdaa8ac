from __future__ import annotations

import pytest

from gapkit.config import Source
from gapkit.intake.proposing.proposed_words import Meanings, propose_words, words_without_meaning
from gapkit.intake.proposing.tally import Tally


def lines(tally: Tally, meanings: Meanings | None = None, *, key: str = "statuses", is_flat: bool = False) -> list[str]:
    return [line.text for line in propose_words(tally, meanings or {}, is_flat=is_flat)[key]]


def test_statuses_come_in_order_of_progress_with_their_counts() -> None:
    """Every word of programs, history and stays has a line; what is unknown comes last."""
    tally = Tally(
        statuses={"Live": 9, "Zorg": 2, "To do": 4, "": 3}, steps={"Live": 11, "In review": 5}, stays={"Legal": 2}
    )

    assert [
        '"To do": not_started  # 4 rows',
        '"In review": {status: in_progress, stage: "In review", kind: approval}  # 5 in the history',
        '"Legal": {status: in_progress, stage: "Legal", kind: approval}  # 2 stays',
        '"Live": delivered  # 9 rows, 11 in the history',
        '"Zorg":  # 2 rows: what does it mean?',
        '"(blank)":  # 3 rows without a status: what are they?',
    ] == lines(tally)


@pytest.mark.parametrize(
    ("word", "said", "expected"),
    [
        ("Doing", {"status": "in_progress"}, '{status: in_progress, stage: "Doing", kind: work}  # 1 row'),
        ("Blocked", {"status": "in_progress"}, '{status: blocked, stage: "Blocked", kind: blocked}  # 1 row'),
        ("Canceled", {"status": "delivered"}, "cancelled  # 1 row"),
        ("Zorg", {"status": "delivered"}, "delivered  # 1 row"),
        ("Closed", {"status": "delivered"}, "delivered  # 1 row"),
        ("To do", {"status": "delivered"}, "delivered  # 1 row: delivered by the export, not_started by its name: which?"),
        (
            "Doing (flagged)",
            {"status": "blocked", "kind": "blocked", "stage": "Doing"},
            '{status: blocked, stage: "Doing", kind: blocked}  # 1 row',
        ),
        ("Doing", {"status": "open"}, '{status: in_progress, stage: "Doing", kind: work}  # 1 row'),
        ("Done", {"status": "open"}, " # 1 row: open by the export, delivered by its name: which?"),
        ("Open", {"status": "open"}, "not_started  # 1 row: has work begun, or is it only planned?"),
        ("Zorg", {"status": "open"}, " # 1 row: what does it mean?"),
        ("Doing", {"kind": "external"}, '{status: in_progress, stage: "Doing", kind: external}  # 1 row'),
    ],
)
def test_what_the_export_says_goes_before_the_name(word: str, said: dict[str, str], expected: str) -> None:
    """The name only refines what the export says; where the two contradict each other it is asked."""
    assert [f'"{word}": {expected}'] == lines(Tally(statuses={word: 1}), {word: said})


def test_the_kind_of_a_stage_is_asked_where_a_history_needs_it() -> None:
    """Without a history nobody stays in a stage, and its kind does not matter."""
    said = {"Zorg": {"status": "in_progress"}}
    kinds = "work, wait, approval, rework, external, blocked"
    asked = f'"Zorg": in_progress  # 1 row, 3 in the history: which kind of stage: {kinds}?'

    assert ['"Zorg": in_progress  # 1 row'] == lines(Tally(statuses={"Zorg": 1}), said)
    assert [asked] == lines(Tally(statuses={"Zorg": 1}, steps={"Zorg": 3}), said)


def test_types_and_teams_are_proposed() -> None:
    """A type becomes one of ours or is asked; a team keeps its name, or gets its most frequent spelling."""
    tally = Tally(types={"Webinar": 4, "Epic": 2, "": 1}, teams={"Web Team": 5, "Ops": 3, "web-team": 1})

    assert ['"Webinar": event  # 4 rows', '"Epic": other  # 2 rows: which sort of work is it?'] == lines(tally, key="types")
    assert [
        '"Web Team": "Web Team"  # 5 rows', '"Ops": "Ops"  # 3 rows', '"web-team": "Web Team"  # 1 row'
    ] == lines(tally, key="teams")  # fmt: skip


def test_a_table_needs_every_word() -> None:
    """A file read as a table must know type and team of every row, whether the column has blanks or is not there."""
    blank = Tally(statuses={"Live": 1}, types={"": 2}, teams={"Web": 1, "": 1})

    assert ['"(blank)": other  # 2 rows without a type: which sort of work are they?'] == lines(
        blank, key="types", is_flat=True
    )
    assert '"(blank)": "not stated"  # 1 row without a team: whose are they?' == lines(blank, key="teams", is_flat=True)[1]
    assert ['"(blank)": other  # no column holds the type'] == lines(Tally(), key="types", is_flat=True)
    assert ['"(blank)":  # no column holds the status: which status have all rows?'] == lines(Tally(), is_flat=True)
    assert [] == lines(Tally(), key="types")


def test_signs_of_the_mapping_itself_are_no_words() -> None:
    """A client's status "*" would catch all others; it is left out."""
    assert [] == lines(Tally(statuses={"*": 1, "(blank)": 1}))


def missing(source: Source, *, is_flat: bool = False) -> dict[str, list[str]]:
    tally = Tally(statuses={"In progress": 1, "Zorg": 1, "": 1}, types={"Web": 1, "Epic": 1}, teams={"A": 1, "B": 1})
    lacking = words_without_meaning(propose_words(tally, {}, is_flat=is_flat), source, is_flat=is_flat)
    return {key: [line.word for line in left] for key, left in lacking.items()}


def test_only_words_without_an_entry_are_missing() -> None:
    """Known are words of the mapping in any case, all of them where it has an entry for others; teams only if mapped."""
    assert {"statuses": ["In progress", "Zorg"], "types": ["Epic", "Web"]} == {
        key: sorted(words) for key, words in missing(Source()).items()
    }
    assert {"types": ["Web"]} == missing(Source(statuses={"ZORG": {}, "in-progress": {}}, types={"epic": "other"}))
    assert {} == missing(Source(statuses={"*": {}}, types={"*": "other"}))
    assert ["B"] == missing(Source(teams={"A": "A"}))["teams"]


def test_a_table_knows_our_own_words() -> None:
    """What is spelled like the vocabulary is read without a mapping there."""
    assert {"statuses": ["Zorg"], "types": ["Epic"]} == missing(Source(), is_flat=True)
