"""The survey ready to send: a form for the usual tools as CSV and Excel, the same for print, and the invitation.

One row is one question. Statements come on pages, in random order within a page; what a respondent is and what they would
change comes last. Headings are those `gapkit` knows again when the answers come back. What is not known of the client yet
(its teams, its priorities, the codes of the four questions) is not asked, so that the form can be sent as it stands.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from string import Template
from types import MappingProxyType
from typing import Final, NamedTuple

import xlsxwriter

from gapkit.instrument import ANSWERS, ASKED, ITEMS, NOT_APPLICABLE, OPEN_QUESTION, PAGES, STRATEGY_QUESTIONS

MIN_GROUP: Final = 5
MIN_TEXT: Final = 10
SCALE: Final = (*(f"{point} - {words}" for point, words in ANSWERS.items()), NOT_APPLICABLE)
LEVELS: Final = ("leadership", "manager", "contributor")
CLOSING: Final = "About the plan"
ABOUT: Final = "About you"
NO_CODES: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})


class Question(NamedTuple):
    """One row of the form.

    Attributes
    ----------
    id : str
        What the column of its answers is called, or begins with.
    block : str
        Page it stands on.
    is_randomised : bool
        Whether it changes places with the others of its page.
    type : {"scale", "text", "choice", "rank"}
        How it is answered.
    text : str
        What the respondent reads.
    options : tuple of str
        Answers to choose from; empty for text.
    """

    id: str
    block: str
    is_randomised: bool
    type: str
    text: str
    options: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """What to put in as the question: the id, by which the answers are known again, then the text."""
        return self.text if self.block == ABOUT else f"{self.id}. {self.text}"


def questions(
    groups: Sequence[str] = (),
    priorities: Sequence[tuple[str, str]] = (),
    codes: Mapping[str, Sequence[str]] = NO_CODES,
) -> tuple[Question, ...]:
    """Return every question in the order in which it is asked.

    Parameters
    ----------
    groups : sequence of str
        Teams to choose from; without any the team is not asked.
    priorities : sequence of (str, str)
        Id and wording of each official priority; fewer than two are not ranked.
    codes : mapping of str to sequence of str
        For each question on strategy (Q1 to Q4) the answers to choose from; without any it is answered in words only.

    Examples
    --------
    >>> asked = questions()
    >>> asked[0].heading[:30], sum(question.type == "scale" for question in asked)
    ('MIS1. I could explain to a new', 41)
    >>> [question.id for question in questions(groups=["Brand", "Web"]) if question.type == "choice"]
    ['level', 'group']
    """
    ranked = tuple(priorities) if len(priorities) > 1 else ()
    return (
        *_statements(),
        *_strategy(codes),
        *(
            Question(f"RANK_{name}", CLOSING, True, "rank", f"Which place has: {label}?", _places(len(ranked)))
            for name, label in ranked
        ),
        Question("OPEN", CLOSING, False, "text", OPEN_QUESTION),
        Question("level", ABOUT, False, "choice", "What is your level?", LEVELS),
        *([Question("group", ABOUT, False, "choice", "Which team do you work in?", tuple(groups))] if groups else []),
    )


def _statements() -> Iterator[Question]:
    for page, topics in PAGES.items():
        for item in ASKED:
            if item.block in topics:
                yield Question(item.id, page, True, "scale", item.text, SCALE)


def _strategy(codes: Mapping[str, Sequence[str]]) -> Iterator[Question]:
    """Yield the four questions, each as one choice where answers are agreed, and in the respondent's own words."""
    for name, text in STRATEGY_QUESTIONS.items():
        if codes.get(name):
            yield Question(f"{name}_CODE", CLOSING, False, "choice", f"{text} Choose the nearest.", tuple(codes[name]))
        yield Question(name, CLOSING, False, "text", text)


def _places(count: int) -> tuple[str, ...]:
    return tuple(map(str, range(1, count + 1)))


def forms(
    client: str = "[client]", *, groups: Sequence[str] = (), priorities: Sequence[tuple[str, str]] = (),
    codes: Mapping[str, Sequence[str]] = NO_CODES, min_group: int = MIN_GROUP, min_text: int = MIN_TEXT,
) -> dict[str, str | bytes]:  # fmt: skip
    """Return the files of the survey by their path in the engagement folder.

    Parameters
    ----------
    client : str
        Its name, for the headings.
    groups, priorities, codes
        As in `questions`.
    min_group, min_text : int
        Answers from which on figures, and texts, are shown: what is promised to the respondents.

    Returns
    -------
    dict of str to str or bytes
        ``survey/questionnaire.csv``, ``.xlsx`` (bytes, the same for the same arguments) and ``.md``, and
        ``survey/invitation.md``.

    Examples
    --------
    >>> sorted(forms("Acme"))
    ['survey/invitation.md', 'survey/questionnaire.csv', 'survey/questionnaire.md', 'survey/questionnaire.xlsx']
    """
    asked = questions(groups, priorities, codes)
    invitation = Template((resources.files("gapkit.survey") / "invitation.md").read_text(encoding="utf-8"))
    words = {"client": client, "statements": len(ITEMS) - 1, "not_applicable": NOT_APPLICABLE}
    return {
        "survey/questionnaire.csv": _csv(asked),
        "survey/questionnaire.xlsx": _workbook(asked),
        "survey/questionnaire.md": _printed(asked, client, min_group),
        "survey/invitation.md": invitation.substitute(words, min_group=min_group, min_text=min_text),
    }


COLUMNS: Final = ("id", "block", "randomised within block", "type", "text", "options", "heading")


def _rows(asked: Sequence[Question]) -> list[tuple[str, ...]]:
    return [
        (one.id, one.block, "yes" if one.is_randomised else "no", one.type, one.text, "; ".join(one.options), one.heading)
        for one in asked
    ]


def _csv(asked: Sequence[Question]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(asked))
    return target.getvalue()


def _workbook(asked: Sequence[Question]) -> bytes:
    target = io.BytesIO()
    # Text is text: a priority that begins with = must not become a formula.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        # A fixed day of making: the same survey gives the same bytes.
        book.set_properties({"title": "Survey", "created": dt.datetime(2000, 1, 1)})
        bold, plain = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("questionnaire")
        sheet.freeze_panes(1, 0)
        for place, (name, width) in enumerate(zip(COLUMNS, (12, 24, 12, 9, 70, 40, 70), strict=True)):
            sheet.set_column(place, place, width, plain)
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(_rows(asked), start=1):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell, plain)
    return target.getvalue()


def _printed(asked: Sequence[Question], client: str, min_group: int) -> str:
    """Return the form for print: boxes to tick, the small ids for whoever types the answers in."""
    lines = [
        f"# How plans become results at {client}",
        "",
        "Voluntary and anonymous: no names please. You may leave out any line. No figure is shown for fewer than "
        f"{min_group} answers. By handing the sheet in you agree that your answers are evaluated in this way.",
        "",
        "Please think of the last three months. There are no right or wrong answers; the first thought is often the best.",
    ]
    for block in dict.fromkeys(one.block for one in asked):
        page = [one for one in asked if one.block == block]
        lines += ["", f"## {block}", ""]
        lines += _grid(page) if page[0].type == "scale" else [line for one in page for line in _open(one)]
    return "\n".join(lines).rstrip() + "\n"


def _grid(page: Sequence[Question]) -> list[str]:
    points = [*map(str, ANSWERS), "n/a"]
    told = ", ".join(f"{point} {words}" for point, words in ANSWERS.items())
    rows = [f"| {one.text} | {' | '.join('☐' for _ in points)} | {one.id} |" for one in page]
    head = [f"| | {' | '.join(points)} | |", f"|---|{'---|' * len(points)}---|"]
    return [f"{told}; n/a {NOT_APPLICABLE}.", "", *head, *rows]


def _open(one: Question) -> list[str]:
    boxes = " ".join(f"☐ {option}" for option in one.options)
    return [f"**{one.text}** ({one.id})", "", boxes or "_" * 60, ""]
