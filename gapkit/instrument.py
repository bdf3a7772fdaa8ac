"""The survey as it is asked: items, answers, the four questions on strategy, the one open question.

Wording and ids never change between waves, or two waves could not be compared. What the answers mean is worked out
elsewhere; here is only what a respondent reads. Texts of the items are original.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Item:
    """One statement a respondent agrees or disagrees with.

    Attributes
    ----------
    id : str
        As in survey_answers.item_id: ``"MIS1"``.
    text : str
        The statement.
    block : str
        What it asks about: a killer, fracture, pitfall or cause, ``criteria``, ``work``, or ``attention`` for the check.
    is_reversed : bool
        Whether agreeing is the bad answer.
    """

    id: str
    text: str
    block: str
    is_reversed: bool = False


ANSWERS: Final = MappingProxyType(
    {1: "strongly disagree", 2: "disagree", 3: "neither agree nor disagree", 4: "agree", 5: "strongly agree"}
)
NOT_APPLICABLE: Final = "not applicable"

# The line that shows who reads what they answer; it belongs to no construct.
CHECK: Final = Item("ATT1", 'Please choose "disagree" on this line.', "attention")
CHECK_ANSWER: Final = 2

# By block; − marks the statements on which agreeing is bad.
_WORDING: Final = {
    "misalignment": {
        "MIS1": "I could explain to a new colleague which business goal each piece of my current work serves.",
        "MIS2−": "By the time a plan reaches the people who carry it out, its original purpose has often changed.",
        "MIS3": "When two requests compete, my team and our leaders would pick the same one.",
    },
    "structural_bottlenecks": {
        "BOT1": "Work I have finished rarely sits waiting for someone's sign-off.",
        "BOT2−": "Legal, brand or budget checks regularly hold our launches back.",
        "BOT3": "When I depend on a specialist team, I can predict when I will get what I need.",
    },
    "unclear_ownership": {
        "OWN1": "For every program I work on I can name the one person who answers for its result.",
        "OWN2−": "When something slips, it takes us a while to work out whose job it was to act.",
        "OWN3": "The person answering for a program has the authority to settle disputes about it.",
    },
    "poor_tooling": {
        "TOOL1−": "In a normal week I copy the same information by hand from one system to another.",
        "TOOL2": "Our systems fit the way work really moves here from idea to launch.",
        "TOOL3−": "I keep my own spreadsheet or notes because the official system does not help me.",
    },
    "feedback_loop_failure": {
        "FB1": "Within a few weeks of a launch I learn whether it achieved what we wanted.",
        "FB2": "What we learn from results changes what we do next.",
        "FB3−": "We keep activities going without knowing whether they make a difference.",
    },
    "cadence": {
        "CAD1": "Our regular progress meetings take place as planned, even in busy weeks.",
        "CAD2": "A problem raised in a check-in leaves it with an agreed next step.",
        "CAD3−": "Quarterly plans are made and then hardly looked at until the quarter ends.",
    },
    "incentives": {
        "INC1": "Reaching my own targets helps other departments reach theirs.",
        "INC2−": "What I am rewarded for sometimes pulls me away from the agreed plan.",
    },
    "handoffs": {
        "HND1": "When work passes to another team, both sides know what is due and by when.",
        "HND2−": "Getting help from another department depends on whom you know.",
    },
    "ivory_tower": {
        "IVT1": "The people who carry out a plan have a say in it before it is fixed.",
        "IVT2−": "Practical weaknesses in our plans are obvious to the team early on but stay unspoken.",
    },
    "tool_first": {
        "TFF1−": "We tend to buy or switch systems before agreeing how the work should be done.",
    },
    "campaign_of_the_quarter": {
        "COQ1−": "A new idea can push agreed work aside overnight.",
        "COQ2": "We finish what we committed to before starting something big and new.",
    },
    "capability": {
        "CAP1": "My team has the skills our current plan calls for.",
        "CAP2": "I know what the people who depend on my role need from me.",
        "CAP3−": "If one particular colleague were away for a month, some of our programs would stop.",
    },
    "leadership_direction": {
        "DIR1": "Direction from our leaders has been steady enough this quarter to plan by.",
        "DIR2": "I know what we have decided not to do.",
        "DIR3": "People at every level here step up to clear obstacles, not only managers.",
    },
    "execution_discipline": {
        "DIS1": "We keep to our agreed way of working even under time pressure.",
        "DIS2−": "There is usually a reason why the standard process does not apply to the case at hand.",
    },
    "criteria": {
        "CRI1": "We judge new ideas against criteria everyone knows beforehand.",
        "CRI2−": "Choosing between options comes down to who argues hardest or what feels most urgent.",
        "CRI3": "Before a program starts we write down what result would count as success.",
    },
    "work": {
        "WRK1": "The work we put into the market is as good as we intended.",
        "WRK2−": "Messages or designs reach the market in versions we would not have approved.",
    },
}


ITEMS: Final = (
    *(
        Item(key.removesuffix("−"), text, block, key.endswith("−"))
        for block, texts in _WORDING.items()
        for key, text in texts.items()
    ),
    CHECK,
)

STRATEGY_QUESTIONS: Final = MappingProxyType(
    {
        "Q1": "Whose choice are we trying to influence this quarter?",
        "Q2": "What step in how they decide are we trying to change?",
        "Q3": "What would make that decision feel safer or more certain to them?",
        "Q4": "So what comes next, and what do we leave alone?",
    }
)
OPEN_QUESTION: Final = "If you could change one thing about how plans become results here, what would it be?"

# Pages of the form by their headings: within a page the statements come in random order, so that no topic is recognised.
PAGES: Final = MappingProxyType(
    {
        "Goals and responsibility": ("misalignment", "unclear_ownership", "incentives"),
        "How work moves": ("structural_bottlenecks", "handoffs", "poor_tooling"),
        "Rhythm and results": ("feedback_loop_failure", "cadence", "campaign_of_the_quarter"),
        "People and direction": ("capability", "leadership_direction", "ivory_tower", "attention"),
        "How we work and choose": ("execution_discipline", "criteria", "work", "tool_first"),
    }
)


def _in_turns() -> Iterator[Item]:
    """Yield the statements page by page, the topics of a page taking turns."""
    for topics in PAGES.values():
        decks = [[item for item in ITEMS if item.block == topic] for topic in topics]
        yield from (item for turn in zip_longest(*decks) for item in turn if item is not None)


# Their order on paper, and as near as one can tell on a screen.
ASKED: Final = tuple(_in_turns())
