"""Changing values in the file of decisions: only these change, whatever way the consultant writes."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.errors import InputError
from gapkit.redesign.decisions.edit import change_entries
from gapkit.redesign.decisions.file import parse_decisions
from gapkit.redesign.decisions.rules import Rule

FIELDS = {
    "days": Rule("number", ""),
    "answers": Rule("text", "", may_be_empty=True),
    "roles": Rule("list", "", may_be_empty=True),
}
RULES = {"slas": FIELDS, "plan": FIELDS}
LEGAL = ("slas", "legal")


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:2] not in ("--", "++", "@@")]


@pytest.mark.parametrize(
    ("before", "lines"),
    [
        ("slas:\n  legal:  # ours\n    days: 5   # why\n", ["-    days: 5   # why", "+    days: 4   # why"]),
        ("slas:\n  legal:\n    days:  # none yet\n", ["-    days:  # none yet", "+    days: 4  # none yet"]),
        ("slas:\n  legal:\n    days:\n", ["-    days:", "+    days: 4"]),
        (
            "slas: {legal: {days: 5, note: x}}\n",
            ["-slas: {legal: {days: 5, note: x}}", "+slas: {legal: {days: 4, note: x}}"],
        ),
        ("slas:\n  legal:\n    note: x\n    # mine\n  b:\n", ["+    days: 4"]),
        ("slas:\n  legal:\n  b: {days: 1}\n", ["+    days: 4"]),
        ("slas:\n  legal: {}\n", ["-  legal: {}", "+  legal: {", "+    days: 4,", "+  }"]),
        ("slas:\r\n  legal:\r\n    days: 5\r\n", ["-    days: 5", "+    days: 4"]),
        ("slas:\n  legal:\n    days: 5", ["-    days: 5", "+    days: 4"]),
        ("slas:\n  legal:\n    days: >\n      5\n    note: y\n", ["-    days: >", "-      5", "+    days: 4"]),
    ],
)
def test_a_value_is_changed_where_it_stands(before: str, lines: list[str]) -> None:
    """Comments, quotes, line ends and all other lines stay; a field that is not there is added to its entry."""
    after = change_entries(before, {LEGAL: {"days": 4}}, {}, {})

    assert lines == changed_lines(before, after)
    assert 4 == parse_decisions(after, RULES).written["slas"]["legal"]["days"]
    assert before.count("\r") == after.count("\r")


@pytest.mark.parametrize(
    "before",
    [
        "slas:\n  legal:\n    roles: [a, b]\n    days: 1\n",
        "slas:\n  legal:\n    roles:\n      - a\n      - b\n    days: 1\n",
    ],
)
@pytest.mark.parametrize("value", [["c", "d: e"], None])
def test_a_list_is_changed_in_either_form(before: str, value: list[str] | None) -> None:
    """In brackets, or one item on a line; also to nothing."""
    after = change_entries(before, {LEGAL: {"roles": value}}, {}, {})

    assert {"status": "proposed", "roles": value, "days": 1} == parse_decisions(after, RULES).written["slas"]["legal"]


def test_several_entries_are_changed_at_once() -> None:
    """Each where it stands, in one go."""
    before = "slas:\n  a: {days: 1}\n  b:\n    days: 2\n  legal:\n    note:\n"
    after = change_entries(
        before, {("slas", "a"): {"days": 3}, ("slas", "b"): {"days": 4, "answers": "x"}, LEGAL: {"note": "n"}}, {}, {}
    )

    assert "slas:\n  a: {days: 3}\n  b:\n    days: 4\n    answers: x\n  legal:\n    note: n\n" == after


@pytest.mark.parametrize(
    "before",
    [
        "slas:\n  a:\n    days: 1\n\nfirst_proposed:\n  slas:\n    a: {days: 1}\n",
        "first_proposed:\n",
        "slas:\nfirst_proposed:\n  plan:\n    x: {days: 1}\n",
        "# nothing yet\n",
        "",
    ],
)
def test_a_new_entry_is_added_with_its_first_proposal(before: str) -> None:
    """Section and group are made where they are missing; what was there stays as it was."""
    new = {LEGAL: ({"status": "agreed", "days": 4}, {"days": 5}), ("slas", "x: y"): ({"status": "declined"}, {})}
    after = change_entries(before, {}, new, {LEGAL: "Ours"})
    was, now = parse_decisions(before, RULES), parse_decisions(after, RULES)

    assert {**was.written.get("slas", {}), "legal": {"status": "agreed", "days": 4}, "x: y": {"status": "declined"}} == (
        now.written["slas"]
    )
    assert {**was.first.get("slas", {}), "legal": {"days": 5}} == now.first["slas"]
    assert "  legal:  # Ours\n" in after
    assert not [line for line in changed_lines(before, after) if line.startswith("-")]


@pytest.mark.parametrize(
    "before",
    [
        "slas:\n  a: {days: &d 5}\n  legal:\n    days: *d\n",
        "slas:\n  legal: {days: &d 5}\n  a:\n    days: *d\n",
        "x: &e {days: 1}\nslas:\n  legal: *e\n",
    ],
)
def test_what_cannot_be_edited_is_said_with_what_to_write(before: str) -> None:
    """An anchor that others rest on is left alone; the file is then untouched."""
    with pytest.raises(InputError) as refused:
        change_entries(before, {LEGAL: {"days": 4, "answers": "x"}}, {}, {})
    (problem,) = refused.value.problems

    assert ("slas › legal", "Write into this entry by hand: days: 4, answers: x. Then import again.") == (
        problem.column,
        problem.remedy,
    )


def test_a_section_in_braces_takes_no_new_entry() -> None:
    """It is refused with what to write, not rewritten."""
    with pytest.raises(InputError, match="Write into this entry by hand: status: agreed"):
        change_entries("slas: {a: {days: 1}}\n", {}, {LEGAL: ({"status": "agreed"}, {})}, {})


def test_nothing_to_change_is_the_same_text() -> None:
    """To the byte."""
    assert "slas:   {}  # x" == change_entries("slas:   {}  # x", {}, {}, {})


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip)


@given(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=4), TEXTS, st.lists(TEXTS, max_size=3))
def test_any_words_can_be_written_anywhere(entries: dict[str, str], new: str, roles: list[str]) -> None:
    """Every entry ends up with the new words, and every other value as it was."""
    start = {("slas", key): ({"answers": text, "days": 1}, {}) for key, text in entries.items()}
    before = change_entries("", {}, start, {})
    after = change_entries(before, {entry: {"answers": new, "roles": roles} for entry in start}, {}, {})

    expected = {"status": "proposed", "answers": new, "days": 1, "roles": roles or None}
    assert dict.fromkeys(entries, expected) == parse_decisions(after, RULES).written["slas"]
