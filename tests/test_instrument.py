from __future__ import annotations

import re
from collections import Counter

import pytest

from gapkit.instrument import ANSWERS, CHECK, CHECK_ANSWER, ITEMS, OPEN_QUESTION, STRATEGY_QUESTIONS, Item
from gapkit.sample.survey import ITEMS as SIMULATED
from gapkit.vocabulary import CAUSES, FRACTURES, KILLERS

PREFIXES = {
    "misalignment": ("MIS", 3), "structural_bottlenecks": ("BOT", 3), "unclear_ownership": ("OWN", 3),
    "poor_tooling": ("TOOL", 3), "feedback_loop_failure": ("FB", 3), "cadence": ("CAD", 3), "incentives": ("INC", 2),
    "handoffs": ("HND", 2), "ivory_tower": ("IVT", 2), "tool_first": ("TFF", 1), "campaign_of_the_quarter": ("COQ", 2),
    "capability": ("CAP", 3), "leadership_direction": ("DIR", 3), "execution_discipline": ("DIS", 2),
    "criteria": ("CRI", 3), "work": ("WRK", 2), "attention": ("ATT", 1),
}  # fmt: skip


def test_forty_items_and_a_check() -> None:
    """Forty statements, sixteen of them reversed, and the line that checks attention, whose right answer is disagree."""
    assert (41, 16) == (len(ITEMS), sum(item.is_reversed for item in ITEMS))
    assert CHECK == ITEMS[-1]
    assert "disagree" == ANSWERS[CHECK_ANSWER]


def test_ids_say_the_block_and_count_within_it() -> None:
    """MIS1, MIS2, MIS3 ask about misalignment, and so for every block."""
    expected = [(f"{prefix}{number}", block) for block, (prefix, n) in PREFIXES.items() for number in range(1, n + 1)]

    assert expected == [(item.id, item.block) for item in ITEMS]


def test_killers_fractures_and_causes_are_all_asked_about() -> None:
    """A cause, a fracture or a killer nobody asks about could not be told from perception."""
    assert {*KILLERS, *FRACTURES, *CAUSES} - {"ownership"} <= {item.block for item in ITEMS}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_statement_is_one_short_sentence(item: Item) -> None:
    """It begins with a capital, ends with a full stop, and is short enough to be read at a glance."""
    assert re.fullmatch(r"[A-Z][^.]{20,110}\.", item.text)


def test_no_statement_ends_like_another() -> None:
    """A column is known by the end of its heading, so no statement may be the end of another one."""
    texts = [item.text.casefold() for item in ITEMS] + [text.casefold() for text in STRATEGY_QUESTIONS.values()]

    assert {1} == set(Counter(texts).values())
    assert [] == [(a, b) for a in texts for b in texts if a != b and a.endswith(b)]


def test_four_questions_on_strategy_and_one_open_one() -> None:
    """Q1 to Q4 are questions, and so is the open one."""
    assert ["Q1", "Q2", "Q3", "Q4"] == list(STRATEGY_QUESTIONS)
    assert all(text.endswith("?") for text in (*STRATEGY_QUESTIONS.values(), OPEN_QUESTION))


def test_the_simulator_asks_the_same_items() -> None:
    """The simulated survey has the same ids in the same blocks, reversed ones marked alike."""
    ours: dict[str, tuple[str, ...]] = {}
    for item in ITEMS[:-1]:
        ours[item.block] = (*ours.get(item.block, ()), f"{item.id}{'−' if item.is_reversed else ''}")

    assert ours == dict(SIMULATED)
