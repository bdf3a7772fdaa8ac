from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.errors import RunError
from gapkit.labels import label_number, label_pp, label_share
from gapkit.report.blocks import Answer, Callout, Exhibit, Tile
from gapkit.report.consistency import disagreements, require_agreement


def words(title: str, *facts: str, reading: str = "", **fields: Any) -> list[str]:
    """Return the words of an exhibit that its data do not bear out."""
    block = Exhibit("name", title, reading=reading, facts=facts, **fields).to_dict()
    return [found.word for found in disagreements([block])]


@pytest.mark.parametrize(
    ("title", "facts"),
    [
        ("The rate is 47 %", ["47 %"]),
        ("The rate is 47%", ["47 %"]),
        ("Between 38 and 57 %", ["38 to 57 %"]),
        ("38–57 %", ["38 to 57 %"]),
        ("31 of 62 programs", ["31", "62"]),
        ("1,234 programs", ["1,234 programs"]),
        ("A change of −3 pp", ["−3 pp"]),
        ("A change of -3 percentage points", ["−3 pp"]),
        ("It moved by 3 pp", ["−3 pp"]),
        ("In 2026Q1, as of 2026-04-30", ["2026Q1", "2026-04-30"]),
        ("The 90-day plan and its P85", ["90-day", "P85"]),
        ("On 1 March 2026", ["1 March 2026"]),
        ("Three of five killers are active", ["3", "5"]),
        ("4.20 a week", ["4.2 a week"]),
        ("One of them has no owner", []),
        ("2025Q4–2026Q1", ["2025Q4 and 2026Q1"]),
    ],
)
def test_right_numbers_pass(title: str, facts: list[str]) -> None:
    """A number that the facts hold passes however it is written."""
    assert [] == words(title, *facts)


@pytest.mark.parametrize(
    ("title", "facts", "wrong"),
    [
        ("The rate is 48 %", ["47 %"], "48 %"),
        ("The rate is 47.3 %", ["47 %"], "47.3 %"),
        ("The rate is 47 pp", ["47 %"], "47 pp"),
        ("It takes 47 days", ["47 %"], "47 days"),
        ("A change of −3 pp", ["+3 pp"], "-3 pp"),
        ("A change of +3 pp", ["−3 pp"], "+3 pp"),
        ("12,345 programs", ["1,234"], "12345"),
        ("In 2026Q2", ["2026Q1"], "2026Q2"),
        ("In Q1", ["2026Q1"], "Q1"),
        ("The 60-day plan", ["90 days", "60"], "60-day"),
        ("As of 2026-04-30", ["2026", "04", "30"], "2026-04-30"),
        ("On 2 March", ["1 March 2026"], "2"),
        ("Four killers are active", ["3"], "Four"),
        ("The rate is 47 %", [], "47 %"),
    ],
)
def test_wrong_numbers_are_found(title: str, facts: list[str], wrong: str) -> None:
    """A number the facts do not hold is found, with the spelling it has in the text."""
    assert [wrong] == words(title, *facts)


@pytest.mark.parametrize(
    ("title", "direction", "better", "wrong"),
    [
        ("Delivery rose", 1, "up", []),
        ("Delivery rose", -1, "up", ["rose"]),
        ("Delivery fell", 1, "up", ["fell"]),
        ("Delivery improved", 1, "up", []),
        ("Delivery improved", -1, "up", ["improved"]),
        ("Time-to-market improved: it fell", -1, "down", []),
        ("Time-to-market improved", 1, "down", ["improved"]),
        ("Time-to-market worsened", 1, "down", []),
        ("Delivery rose", 0, "up", ["rose"]),
        ("Delivery did not improve", 0, "up", []),
        ("Delivery did not improve", -1, "up", []),
        ("Delivery did not improve", 1, "up", ["improve"]),
        ("Fewer programs are late", 1, "up", ["fewer"]),
        ("Delivery is higher", -1, "up", ["higher"]),
        ("Delivery fell by more than half", -1, "up", []),
        ("Delivery fell, in places down to nothing", -1, "up", []),
        ("Delivery rose", None, "up", ["rose"]),
        ("More programs are late", None, "up", []),
    ],
)
def test_directions(title: str, direction: int | None, better: Any, wrong: list[str]) -> None:
    """A word of movement must go the way the figure went, "improved" the way that is good; a change needs a direction."""
    assert wrong == words(title, direction=direction, better=better)


def test_readings_are_checked_too() -> None:
    """A reading may speak of other things, but not against the data of its own exhibit."""
    assert ["12"] == words("A title", reading="About 12 of them.")
    assert ["rose"] == words("A title", reading="It rose, with more noise.", direction=-1)
    assert [] == words("A title", reading="Waiting grows with the number of approvals.")


def test_verdict_against_its_tiles() -> None:
    """The verdict may use what its tiles and facts say, and nothing else."""
    tiles = (Tile("Execution rate", "47 %", "38 to 57 %", "94 programs"),)
    right = Answer("44 of 94 programs: 47 %.", tiles, facts=("44",))
    wrong = Answer("45 of 94 programs: 49 %.", tiles, facts=("44",))

    assert [] == disagreements([right.to_dict()])
    assert [("answer", "45"), ("answer", "49 %")] == [
        (found.block, found.word) for found in disagreements([wrong.to_dict()])
    ]


def test_other_blocks_say_nothing_that_is_checked() -> None:
    """A callout has no facts to be held against."""
    assert [] == disagreements([Callout("note", "47 % of nothing").to_dict()])


def test_all_disagreements_are_raised_at_once(document: dict[str, Any]) -> None:
    """A run fails with every wrong word, each with its exhibit and sentence; a right document passes."""
    require_agreement(document)
    blocks = [
        {**block, "title": block["title"] + " and 99 %, improved"} if block["kind"] == "exhibit" else block
        for block in document["blocks"]
    ]

    with pytest.raises(RunError) as caught:
        require_agreement({**document, "blocks": blocks})
    message = str(caught.value)
    assert 4 == message.count("“99 %”")
    assert "by_quarter: “improved” in “On-time delivery fell" in message


@given(st.floats(-1, 1), st.integers(0, 10**9))
def test_our_own_labels_agree_with_themselves(share: float, count: int) -> None:
    """Whatever the labels module writes is read back as the same number."""
    for text in (label_share(share), label_share(share, 400), label_pp(share), label_number(count)):
        assert [] == words(f"It is {text}.", text)


def test_the_clients_own_words_are_not_checked() -> None:
    """A stage called "Round 7 review, rising" is a name; the figure beside it is still checked."""
    name = "Round 7 review, rising"
    right = Exhibit("waits", f"The wait at {name} holds 21 %", facts=("21 %",), quoted=(name,))
    wrong = Exhibit("waits", f"The wait at {name} holds 22 %", facts=("21 %",), quoted=(name,))

    assert [] == disagreements([right.to_dict()])
    assert ["22 %"] == [found.word for found in disagreements([wrong.to_dict()])]


def test_detail_of_an_answer_is_checked_too() -> None:
    """What stands below the headline is held against the same facts; it may speak of other movements."""
    right = Answer("44 of 94 programs.", facts=("44 of 94", "47 %"), detail="That is 47 %, where more was promised.")
    wrong = Answer("44 of 94 programs.", facts=("44 of 94", "47 %"), detail="That is 48 %.")

    assert [] == disagreements([right.to_dict()])
    assert ["48 %"] == [found.word for found in disagreements([wrong.to_dict()])]
