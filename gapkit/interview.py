"""The interview as it is led: what to ask about each finding, what to ask to see, and how to code what comes back.

Questions are open and ask for the last time something happened, not for an opinion. The survey asks the same topics of
everybody in closed form (`gapkit.instrument`); an interviewer does not read its statements out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from string import Template
from typing import Final

from gapkit.instrument import ITEMS, OPEN_QUESTION, STRATEGY_QUESTIONS
from gapkit.vocabulary import CAUSES, FRACTURES, KILLERS, PITFALLS, name_of


@dataclass(frozen=True, slots=True)
class Topic:
    """One finding in an interview.

    Attributes
    ----------
    finding : str
        Word of the vocabulary, as in observations.finding.
    questions : tuple of str
        What to ask.
    to_see : tuple of str
        What to ask to see: a record counts for more than a memory.
    supports, contradicts : str
        What speaks for the finding, and against it; each completes "when …".
    """

    finding: str
    questions: tuple[str, ...]
    to_see: tuple[str, ...]
    supports: str
    contradicts: str


TOPICS: Final = (
    Topic(
        "misalignment",
        (
            "Take the piece of work you spent most time on last week. Which goal does it serve, and who told you so?",
            "When did two requests last compete? Who decided, and what would your leaders have decided?",
            "Think of a brief that looked different at the end. At which point did it change, and who changed it?",
        ),
        ("the brief of that work, first and last version", "the priorities as they were announced, with their date"),
        "the goal cannot be named, two people name different ones, or a brief changed below the level that decides",
        "the goal is named without searching, and by others in the same words",
    ),
    Topic(
        "structural_bottlenecks",
        (
            "Follow your last launch step by step. Where did it lie, how long, and what was it waiting for?",
            "Whose sign-off do you plan for, and whose surprises you?",
            "What happens to your work while it waits?",
        ),
        ("dates of request and answer for one sign-off", "the list of sign-offs a program needs, if there is one"),
        "a wait is named with its place and length, or sign-offs outnumber those the plan foresees",
        "the way through is described without a wait longer than agreed",
    ),
    Topic(
        "unclear_ownership",
        (
            "Who answers for the result of this program? And who else would say they do?",
            "When something slipped last, how long did it take until it was clear whose job it was to act?",
            "Tell me about a program that changed hands. Why, and what went with it?",
        ),
        (
            "the owner field of five programs, read out while you ask who really answers",
            "minutes with a name behind an action",
        ),
        "nobody, a group, or several are named, or two people name different owners",
        "one person is named, and that person agrees",
    ),
    Topic(
        "poor_tooling",
        (
            "Show me where you look when you want to know how a program stands. And where do you look next?",
            "What did you type in twice last week?",
            "Which spreadsheet of your own would hurt to lose?",
        ),
        ("that spreadsheet beside the official system", "the same program in two systems"),
        "data is copied by hand, a private list is the one that is trusted, or two systems disagree",
        "one place is used, and it is right for the programs you pick",
    ),
    Topic(
        "feedback_loop_failure",
        (
            "What did your last launch achieve? How do you know, and when did you learn it?",
            "What did you do differently because of a result?",
            "Which activity would nobody miss if it stopped?",
        ),
        ("the target of that launch and the day it was set", "the last report of results, and who has opened it"),
        "the result is not known weeks later, or no change can be named that followed from one",
        "a result, its target and what followed are named",
    ),
    Topic(
        "ownership",
        (
            "How does a program get its owner, and on which day?",
            "What may an owner decide alone?",
            "How many programs does the busiest owner carry, and who noticed?",
        ),
        ("the moment in the plan at which owners are named", "a program owned by a team, and who acted when it was late"),
        "owners are named after the start, are a group, or may decide nothing",
        "every program has one named owner with the authority to settle disputes before it begins",
    ),
    Topic(
        "cadence",
        (
            "Which meetings look at progress, and which of them took place last month?",
            "What was decided in the last one, and what became of it?",
            "When was the quarter's plan last opened?",
        ),
        ("calendar and minutes of the last four meetings of one series", "the list of open actions with their dates"),
        "meetings fall out, nothing is decided, or actions are carried over again and again",
        "meetings take place as planned and leave actions that are closed on time",
    ),
    Topic(
        "incentives",
        (
            "What are you measured by, and what is the team next door measured by?",
            "When did doing well by your own numbers cost somebody else theirs?",
            "What would you do differently if nothing were paid for it?",
        ),
        ("the targets behind variable pay of two functions", "a case in which they pulled apart"),
        "a case is named in which a target pulled away from the plan or worked against another function",
        "targets are shared, or the case cannot be found",
    ),
    Topic(
        "handoffs",
        (
            "Who did you last hand work to? What did they need, and by when?",
            "What comes back to you, and what was missing?",
            "Whom do you call when you need help from another department, and would a newcomer know?",
        ),
        ("one request from asking to done", "what is agreed between the two teams, in writing"),
        "no time is agreed, work comes back incomplete, or it goes by whom one knows",
        "what is due and by when is agreed, and requests go one known way",
    ),
    Topic(
        "capability",
        (
            "Which skill did the current plan assume that you did not have?",
            "Who could stand in for you for a month, and for what not?",
            "What do those who depend on you need from you, and how do you know?",
        ),
        ("the list of roles and skills, if there is one", "the last program that stopped because somebody was away"),
        "a skill is missing for work in the plan, or work would stop without one person",
        "somebody else has done the work, or could by tomorrow",
    ),
    Topic(
        "leadership_direction",
        (
            "What has changed in what leadership wants since the quarter began, and how did you learn of it?",
            "What have you decided not to do?",
            "Which decision are you waiting for, and since when?",
        ),
        ("the priorities of this and of the last quarter", "a decision that was taken back, with both dates"),
        "direction changed within the quarter, nobody can name what is not done, or decisions wait for weeks",
        "direction is told alike at two levels, and what is left out can be named",
    ),
    Topic(
        "execution_discipline",
        (
            "How is this kind of work meant to be done, and where is that written?",
            "When did you last leave a step out? Who asked for it?",
            "What happens when somebody does not keep to it?",
        ),
        ("the written way of working", "the way one program really went, step by step"),
        "there is no written way, or leaving it is usual and has no consequence",
        "the written way is known, and exceptions are rare and granted by somebody",
    ),
    Topic(
        "ivory_tower",
        (
            "Who was in the room when your current plan was made?",
            "What did you know would not work, and whom did you tell?",
            "What was changed in the first weeks, and could it have been known before?",
        ),
        ("invitation to the planning meeting", "the plan before and after its first month"),
        "those who carry it out were not asked, or weaknesses known to them were not said",
        "they were asked before the plan was fixed, and something changed for it",
    ),
    Topic(
        "tool_first",
        (
            "Which system came last? What was agreed about the work before it was bought?",
            "Who uses it every day, and who has a licence?",
            "What is now easier, and what did you stop doing by hand?",
        ),
        ("the paper on which it was decided", "its list of active users"),
        "it was bought before the way of working was agreed, or the work around it went on",
        "the way of working came first, and manual work went away",
    ),
    Topic(
        "campaign_of_the_quarter",
        (
            "What came up this quarter that nobody had planned? What had to wait for it?",
            "Which plan of last quarter was finished, and which disappeared without a word?",
            "Who may put something new on the list, and what comes off?",
        ),
        ("the plan as it was frozen, beside what was really worked on", "the message with which the new idea arrived"),
        "agreed work was pushed aside by something new, without anything being taken off the list",
        "something new waited, or something else was stopped for it on purpose",
    ),
)
# The survey asks about owners once, for the killer and the fracture.
_BLOCKS: Final = {"ownership": "unclear_ownership"}
_CHAPTERS: Final = (("Killers", KILLERS), ("Fractures", FRACTURES), ("Causes", CAUSES), ("Pitfalls", PITFALLS))


def interview_guide(client: str) -> str:
    """Return the guide for interviews and workshops as Markdown: interview-guide.md of a new engagement.

    Parameters
    ----------
    client : str
        Name of the client.

    Examples
    --------
    >>> print(interview_guide("Acme").splitlines()[0])
    # Interviews and workshops at Acme
    """
    text = (resources.files("gapkit") / "templates" / "interview-guide.md").read_text(encoding="utf-8")
    return Template(text).substitute(
        client=client,
        strategy="\n".join(f"{number}. {question}" for number, question in enumerate(STRATEGY_QUESTIONS.values(), 1)),
        closing=OPEN_QUESTION,
        findings=", ".join(f"`{topic.finding}`" for topic in TOPICS),
        topics="\n\n".join(_chapter(heading, words) for heading, words in _CHAPTERS),
    )


def _chapter(heading: str, words: Sequence[str]) -> str:
    return "\n\n".join([f"## {heading}", *(_topic(topic) for topic in TOPICS if topic.finding in words)])


def _topic(topic: Topic) -> str:
    asked = [item.id for item in ITEMS if item.block == _BLOCKS.get(topic.finding, topic.finding)]
    lines = [f"### {name_of(topic.finding).capitalize()}", "", f"Code: `{topic.finding}`.{_in_survey(asked)}", ""]
    lines += [f"{number}. {question}" for number, question in enumerate(topic.questions, 1)]
    lines += ["", f"Ask to see: {'; '.join(topic.to_see)}.", ""]
    lines += [f"- **supports** when {topic.supports}.", f"- **contradicts** when {topic.contradicts}."]
    return "\n".join(lines)


def _in_survey(asked: Sequence[str]) -> str:
    """Return which statements of the survey ask about it."""
    return f" The survey asks about it in {asked[0]}{f' to {asked[-1]}' if len(asked) > 1 else ''}."
