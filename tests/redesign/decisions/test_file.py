"""The file of decisions: as it is first written, as it is read back, and what it refuses."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gapkit.errors import InputError
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.decisions.file import FILE, line_of, parse_decisions, read_decisions
from gapkit.redesign.decisions.rules import Rule
from gapkit.redesign.decisions.text import write_proposal

RULES = {
    "owners": {"owner": Rule("id", "who answers", ("u1", "u2"), may_be_empty=True)},
    "slas": {
        "days": Rule("number", "days it may take", lowest=0.5, highest=60),
        "answers": Rule("text", "who answers"),
        "from_on": Rule("date", "first day", may_be_empty=True),
        "roles": Rule("list", "who is told", may_be_empty=True),
    },
}
PROPOSED: dict[str, dict[str, dict[str, Any]]] = {
    "slas": {
        "legal review": {"days": 5, "answers": "Legal", "from_on": dt.date(2026, 6, 8), "roles": ["lead", "sponsor"]},
        "A → B": {"days": 0.5, "answers": "=cmd|' /C calc'!A0", "from_on": None, "roles": []},
    },
    "owners": {"007": {"owner": "u1"}},
}
DAY = dt.date(2026, 6, 4)
TEXT = write_proposal(PROPOSED, rules=RULES, names={"owners": {"007": "Spring: *launch*\n#1"}}, as_of=DAY)


def problems_of(text: str) -> list[tuple[int | None, str, str, str]]:
    with pytest.raises(InputError) as refused:
        parse_decisions(text, RULES)
    return [(one.row, one.column, one.value, one.what) for one in refused.value.problems]


def test_a_proposal_decides_nothing() -> None:
    """Read back untouched, every entry is proposed and no value of it holds."""
    decided = parse_decisions(TEXT, RULES)

    assert {
        "owners": {"007": {"status": "proposed"}},
        "slas": {key: {"status": "proposed"} for key in PROPOSED["slas"]},
    } == (decided.sections)
    assert (DAY, True) == (decided.proposed_on, decided.has_file)
    assert {"status": "proposed", "days": 0.5, "answers": "=cmd|' /C calc'!A0", "from_on": None, "roles": None} == (
        decided.written["slas"]["A → B"]
    )
    assert {"days": 5, "answers": "Legal", "from_on": "2026-06-08", "roles": ["lead", "sponsor"]} == (
        decided.first["slas"]["legal review"]
    )


def test_the_file_explains_itself() -> None:
    """Names beside ids on one line, what each field may hold, sections in a fixed order; any YAML reader can read it."""
    lines = TEXT.splitlines()

    assert '  "007":  # Spring: *launch* #1' in lines
    assert "#   days: days it may take (a number from 0.5 to 60)" in lines
    assert lines.index("owners:") < lines.index("slas:")
    assert max(map(len, lines)) <= 120
    assert ["proposed_on", "owners", "slas", "first_proposed"] == list(yaml.safe_load(TEXT))


def test_what_was_changed_holds_and_the_rest_follows_the_data() -> None:
    """A changed value counts without being agreed; untouched ones beside it stay proposals."""
    text = TEXT.replace("days: 5\n", "days: 4\n", 1)

    assert {"status": "proposed", "days": 4} == parse_decisions(text, RULES).entry("slas", "legal review")


@pytest.mark.parametrize("status", ["agreed", "declined"])
def test_what_is_decided_holds_whole(status: str) -> None:
    """Also the values that were left as proposed: they were decided on too."""
    text = TEXT.replace("status: proposed\n    days: 5\n", f"status: {status}\n    days: 5\n", 1)
    decided = parse_decisions(text, RULES)

    assert status == decided.standing("slas", "legal review")
    assert 5 == decided.entry("slas", "legal review")["days"]
    assert "days" not in decided.entry("slas", "A → B")


def test_without_the_first_proposal_everything_written_counts() -> None:
    """Where nobody can tell what was changed, what stands there was meant."""
    decided = parse_decisions(TEXT[: TEXT.index("first_proposed")], RULES)

    assert (5, "u1") == (decided.entry("slas", "legal review")["days"], decided.entry("owners", "007")["owner"])


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Each with its line, the entry, the value, in the order of the file."""
    text = (
        "slas:\n"
        "  legal review:\n"
        "    days: soon\n"
        "    day: 3\n"
        "    status: agred\n"
        "    from_on: 31.3.2026\n"
        "    roles: {a: b}\n"
        "  legal review: {days: 3}\n"
        "  brand: five\n"
        "owner:\n"
        "  x: {}\n"
        "owners: [a]\n"
    )

    assert [
        (3, "slas › legal review › days", "soon", "not a number"),
        (4, "slas › legal review", "day", "unknown entry"),
        (5, "slas › legal review › status", "agred", "not one of the values to choose from"),
        (6, "slas › legal review › from_on", "31.3.2026", "not a date"),
        (7, "slas › legal review › roles", "", "neither a value nor a list of values"),
        (8, "slas › legal review", "", "given twice"),
        (9, "slas › brand", "five", "not a group of entries"),
        (10, FILE, "owner", "unknown entry"),
        (12, "owners", "", "not a group of entries"),
    ] == problems_of(text)


def test_each_problem_says_what_is_allowed_and_what_to_do() -> None:
    """So that it can be mended without asking."""
    with pytest.raises(InputError) as refused:
        parse_decisions("slas:\n  legal:\n    days: 99\n    day: 3\n", RULES)
    first, second = refused.value.problems

    assert "a number from 0.5 to 60" == first.allowed
    assert "Did you mean days?" == second.remedy
    assert 'decisions.yml, line 3, "slas › legal › days": not within the limits' in str(first)


@pytest.mark.parametrize("text", ["slas: [\n", "slas:\n\tlegal: 1\n", "a: b: c\n", "slas: \x07\n"])
def test_what_is_no_yaml_is_said_with_its_line(text: str) -> None:
    """Not a traceback."""
    ((line, _, _, what),) = problems_of(text)

    assert line is not None
    assert what.startswith("not valid YAML")


def test_nothing_in_the_file_can_make_python_run() -> None:
    """A tag is text like any other."""
    assert [(1, "slas › a › days", "x", "not a number")] == problems_of("slas: {a: {days: !!python/name:os.system x}}\n")


def test_a_value_nobody_touched_is_not_held_against_todays_rules() -> None:
    """A person proposed then who has left since stops no run; one written in by hand does."""
    rules = {**RULES, "owners": {"owner": Rule("id", "who answers", ("u2",), may_be_empty=True)}}
    parse_decisions(TEXT, rules)

    for text in (
        TEXT.replace("owner: u1\n", "owner: u9\n"),
        TEXT.replace("status: proposed\n    owner", "status: agreed\n    owner"),
    ):
        with pytest.raises(InputError, match="owners › 007 › owner"):
            parse_decisions(text, rules)


@pytest.mark.parametrize("text", ["", "# nothing\n", "slas:\n", "slas:\n  legal review:\n", "proposed_on:\n"])
def test_what_is_empty_decides_nothing(text: str) -> None:
    """A section or an entry without anything below it is no mistake."""
    decided = parse_decisions(text, RULES)

    assert ("proposed", True) == (decided.standing("slas", "legal review"), decided.has_file)


def test_the_file_is_read_from_the_folder(tmp_path: Path) -> None:
    """Without one nothing is decided; one that is no text is refused; an editor's byte-order mark does not matter."""
    assert Decided() == read_decisions(tmp_path, RULES)
    (tmp_path / FILE).write_text(TEXT, encoding="utf-8-sig")
    assert parse_decisions(TEXT, RULES) == read_decisions(tmp_path, RULES)
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not a UTF-8 text file"):
        read_decisions(tmp_path, RULES)


def test_an_entry_is_found_by_its_line() -> None:
    """The line of its id; none for what is not there."""
    assert [TEXT.splitlines().index("  legal review:") + 1, None, None] == [
        line_of(TEXT, "slas", "legal review"), line_of(TEXT, "slas", "x"), line_of(TEXT, "plan", "x")
    ]  # fmt: skip


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "yes",
        "null",
        "12",
        "1e3",
        "=1+1",
        "- x",
        "a: b",
        "a #b",
        "{",
        "? x",
        "\u2028",
        "\x85",
        "'",
        '"',
        "&a",
        "*a",
        "<<",
        "é" * 1100,
    ]
)


@given(st.dictionaries(WORDS, WORDS, min_size=1, max_size=4), WORDS)
def test_any_words_of_a_client_come_back(texts: dict[str, str], name: str) -> None:
    """Ids, values and the names beside them, whatever signs they hold; the name never reaches the data."""
    rules = {"slas": {"answers": Rule("text", "who", may_be_empty=True), "roles": Rule("list", "who", may_be_empty=True)}}
    proposed = {"slas": {key: {"answers": text, "roles": [text, key]} for key, text in texts.items()}}
    written = write_proposal(proposed, rules=rules, names={"slas": dict.fromkeys(texts, name)}, as_of=DAY)
    decided = parse_decisions(written, rules)

    assert list(texts) == list(decided.written["slas"])
    assert {key: text if text.strip() else None for key, text in texts.items()} == {
        key: fields["answers"] for key, fields in decided.written["slas"].items()
    }
    assert {key: {"status": "proposed"} for key in texts} == decided.sections["slas"]


def test_the_same_proposal_gives_the_same_text() -> None:
    """Nothing in the file depends on the clock, and sections that propose nothing are left out."""
    again = write_proposal(
        {**PROPOSED, "plan": {}}, rules=RULES, names={"owners": {"007": "Spring: *launch*\n#1"}}, as_of=DAY
    )

    assert TEXT == again
    assert Decided(proposed_on=DAY, has_file=True) == parse_decisions(
        write_proposal({}, rules=RULES, names={}, as_of=DAY), RULES
    )
