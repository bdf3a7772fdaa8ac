"""What is not as it was first proposed: by the client's decision, or by the data."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest

from gapkit.redesign.decisions.changes import FAMILY, KINDS, ChangeKind, what_changed
from gapkit.redesign.decisions.decided import SECTIONS, Decided
from gapkit.redesign.decisions.file import parse_decisions
from gapkit.redesign.decisions.rules import Rule
from gapkit.redesign.decisions.text import TITLES, write_proposal

RULES = {"slas": {"days": Rule("number", "", lowest=0.5), "from_on": Rule("date", "", may_be_empty=True)}}
FIRST: dict[str, Any] = {"legal": {"days": 5, "from_on": dt.date(2026, 6, 8)}, "brand": {"days": 3, "from_on": None}}
TEXT = write_proposal({"slas": FIRST}, rules=RULES, names={}, as_of=dt.date(2026, 6, 4))


def changes(text: str, today: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    decided = parse_decisions(text, RULES)
    return [(one.kind, one.id, one.field, one.sentence) for one in what_changed(decided, {"slas": today})]


def test_without_a_file_nothing_changed() -> None:
    """The first report and the second, with the file untouched, say the same: nothing."""
    assert () == what_changed(Decided(), {"slas": FIRST})
    assert [] == changes(TEXT, FIRST)


def test_every_decision_is_told_with_what_was_proposed() -> None:
    """Agreed as it was, changed from and to, declined with the reason given."""
    agreed = TEXT.replace("status: proposed\n    days: 5", "status: agreed\n    days: 5")
    changed = TEXT.replace("days: 5\n", "days: 4\n", 1).replace("2026-06-08\n", "\n", 1)
    declined = TEXT.replace("status: proposed\n    days: 3", "status: declined\n    note: too soon\n    days: 3")

    assert [("agreed", "legal", "", "Hand-off time of legal: agreed as proposed.")] == changes(agreed, FIRST)
    assert [
        ("changed", "legal", "days", "Hand-off time of legal: days is 4 instead of 5 as proposed, not agreed yet."),
        ("changed", "legal", "from_on",
         "Hand-off time of legal: from on is nothing instead of 2026-06-08 as proposed, not agreed yet."),
    ] == changes(changed, FIRST)  # fmt: skip
    assert [("declined", "brand", "", "Hand-off time of brand: declined (too soon).")] == changes(declined, FIRST)


def test_a_decision_is_compared_with_the_first_proposal_not_with_todays() -> None:
    """It survives a re-run on other data, which is told beside it with what holds."""
    agreed = TEXT.replace("status: proposed\n    days: 5", "status: agreed\n    days: 4")
    today = {**FIRST, "legal": {"days": 6, "from_on": dt.date(2026, 6, 8)}, "brand": {"days": 2, "from_on": None}}

    assert [
        ("changed", "legal", "days", "Hand-off time of legal: days is 4 instead of 5 as proposed, agreed."),
        ("moved", "legal", "days", "Hand-off time of legal: days is proposed as 6 now, as 5 first; 4 holds."),
        ("moved", "brand", "days",
         "Hand-off time of brand: days is proposed as 2 now, as 3 first, and taken so as nothing is decided."),
    ] == changes(agreed, today)  # fmt: skip


def test_what_the_data_comes_to_agree_with_is_not_told_twice() -> None:
    """Today's proposal is what the client decided already."""
    agreed = TEXT.replace("status: proposed\n    days: 5", "status: agreed\n    days: 4")
    today = {**FIRST, "legal": {**FIRST["legal"], "days": 4}}

    assert ["changed"] == [kind for kind, *_ in changes(agreed, today)]


def test_what_came_and_what_went_is_listed() -> None:
    """An entry that is not proposed any more is kept and told; so is a new one, and one the client added by hand."""
    added = TEXT.replace("  brand:\n", "  legl: {status: agreed, days: 2}\n  brand:\n", 1)

    assert [
        ("added", "legl", "",
         "Hand-off time of legl: not among the proposals; what was added (agreed) stays in decisions.yml. "
         "Did you mean legal?"),
        ("gone", "brand", "",
         "Hand-off time of brand: not proposed any more; the entry (proposed) stays in decisions.yml."),
        ("new", "print", "", "Hand-off time of print: proposed since decisions.yml was written, and not in it."),
    ] == changes(added, {"legal": FIRST["legal"], "print": {"days": 1}})  # fmt: skip


def test_people_read_names_not_ids() -> None:
    """Where a name is known it stands in the sentence."""
    decided = parse_decisions(TEXT.replace("days: 5\n", "days: 4\n", 1), RULES)
    (change,) = what_changed(decided, {"slas": FIRST}, {"slas": {"legal": "legal review"}})

    assert ("legal", "legal review", 5, 4) == (change.id, change.name, change.was, change.now)
    assert change.sentence.startswith("Hand-off time of legal review: ")


@pytest.mark.parametrize("words", [FAMILY, TITLES])
def test_every_section_has_its_words(words: dict[str, str]) -> None:
    """A new section must be given a name in sentences and in the file."""
    assert set(SECTIONS) == set(words)


def test_every_kind_of_change_has_its_words() -> None:
    """The kinds a change may have are those that are explained."""
    assert set(get_args(ChangeKind)) == set(KINDS)
