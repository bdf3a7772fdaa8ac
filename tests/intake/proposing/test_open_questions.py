from __future__ import annotations

import re

import yaml

from gapkit.config import Source
from gapkit.intake.proposing.open_questions import (
    MOST_LISTED,
    ask_of_columns,
    ask_of_entry,
    ask_of_others,
    ask_of_owners,
)
from gapkit.intake.proposing.tally import Column, Tally, Undecided

PROGRAMS = ("programs",)


def uncommented(lines: tuple[str, ...]) -> object:
    """What the commented block says once its signs are taken away."""
    block = [line.removeprefix("#") for line in lines if not re.match(r"# \S", line)]
    return yaml.load("\n".join(block), Loader=yaml.BaseLoader)


def test_the_order_of_day_and_month_is_asked_once() -> None:
    """While the file leaves it open and the source does not say it."""
    tally = Tally(undecided=Undecided("03/04/2026", 14))

    assert ("#dates: dmy  # or mdy: 03/04/2026 was seen in 14 cells",) == ask_of_entry(tally, Source()).lines
    assert () == ask_of_entry(tally, Source(dates="mdy")).lines
    assert () == ask_of_entry(Tally(), Source()).questions


def test_the_wave_of_a_survey_is_asked() -> None:
    """Answers belong to a wave; nothing is asked of other files."""
    tally = Tally(tables=("survey_respondents", "survey_answers"))

    assert ("Which wave of the survey is it?",) == ask_of_entry(tally, Source()).questions
    assert () == ask_of_entry(tally, Source(wave="Baseline")).questions


def test_types_that_are_parts_are_asked() -> None:
    """Where a type is called like a part, or like what has parts, it is asked which rows are programs."""
    tally = Tally(types={"Story": 9, "Epic": 2, "Sub-task": 3, "Webinar": 1})

    assert {
        "levels": {"Story": "deliverable", "Epic": "program", "Sub-task": "deliverable"}
    } == uncommented(ask_of_entry(tally, Source()).lines)  # fmt: skip
    assert () == ask_of_entry(tally, Source(levels={"Epic": "program"})).lines
    assert () == ask_of_entry(Tally(types={"Story": 9, "Webinar": 1}), Source()).lines


def test_the_date_promised_is_asked_among_several() -> None:
    """Dates of creation, change and closing are no plans; a single plan, or a known promise, leaves nothing to ask."""
    mapped = {
        "program_id": "Key",
        "current_end": "Due",
        "first_seen_on": "Created",
        "committed_at": "Agreed",
        "team": "Squad",
        "type": "Kind",
    }
    dates = (
        Column("Due", 120),
        Column("Created", 130),
        Column("Launch", 80),
        Column("Resolution date", 9),
        Column("Go-live", 7),
    )
    asked = ask_of_columns(Tally(mapped=mapped, dates=dates, teams={"A": 1, "B": 1}, tables=PROGRAMS))

    assert ('baseline_end: "Due"  # the date first promised? or "Launch" (80), "Go-live" (7)',) == asked.lines
    assert ('Which column is the date first promised: "Due" (120), "Launch" (80), "Go-live" (7)?',) == asked.questions
    assert () == ask_of_columns(Tally(mapped=mapped, dates=dates[:2], tables=PROGRAMS)).lines
    assert () == ask_of_columns(Tally(mapped={**mapped, "baseline_end": "First"}, dates=dates, tables=PROGRAMS)).lines


def test_creation_is_asked_to_be_the_commitment() -> None:
    """A ticket is not a promise: the day it was entered counts only when the consultant says so."""
    mapped = {"first_seen_on": "Created", "team": "Squad", "type": "Kind"}
    (line,) = ask_of_columns(Tally(mapped=mapped, tables=PROGRAMS)).lines

    assert line.startswith('committed_at: "Created"  # is a program promised on the day it is entered?')


def test_a_missing_team_is_asked_with_the_columns_it_may_be() -> None:
    """Columns with few values are offered with what is in them; where there is none, the client is asked for it."""
    column = Column("Squad", 90, tuple((f"S{n}", 9 - n) for n in range(7)))
    asked = ask_of_columns(Tally(mapped={"type": "Kind"}, groupings=(column,), tables=PROGRAMS))

    assert (
        'team: "Squad"  # the team? 7 values in 90 rows: "S0" (9), "S1" (8), "S2" (7), "S3" (6), "S4" (5), … and 2 more',
    ) == asked.lines  # fmt: skip
    assert ('Which column is the team: "Squad"?',) == asked.questions
    nothing = ask_of_columns(Tally(mapped={"type": "Kind"}, tables=PROGRAMS))
    assert ((), ("No column seems to hold the team: can the export be made with it?",)) == nothing


def test_one_team_for_all_rows_is_asked_too() -> None:
    """It may be the name of the board; with a column that groups, that one may be the team."""
    tally = Tally(
        mapped={"team": "Board", "type": "Kind"},
        teams={"Marketing": 9},
        groupings=(Column("Squad", 9, (("A", 5), ("B", 4))), Column("Space", 9, (("X", 9),))),
        tables=PROGRAMS,
    )

    assert ('Which column is the team: "Squad"?',) == ask_of_columns(tally).questions
    assert () == ask_of_columns(Tally(mapped={"team": "Board", "type": "Kind"}, teams={"M": 9}, tables=PROGRAMS)).questions


def test_a_survey_is_not_asked_for_programs() -> None:
    """Its columns are answers."""
    assert ((), ()) == ask_of_columns(Tally(tables=("survey_answers",)))


def test_owners_are_listed_and_likely_spellings_proposed() -> None:
    """Every owner with a count; spellings of one person and names of no person as a block ready to be confirmed."""
    owners = {"Anna Müller": 9, "anna.mueller@acme.com": 3, "Bob Ross": 2, "Marketing Ops": 2, "Former user": 1}
    asked = ask_of_owners(Tally(owners=owners))

    assert asked.lines[0].startswith('# 5 owners seen: "Anna Müller" (9), "anna.mueller@acme.com" (3)')
    assert {
        "owners": {
            "same": {"Anna Müller": ["anna.mueller@acme.com"]},
            "not_persons": {"Marketing Ops": "team"},
            "left": ["Former user"],
        }
    } == uncommented(asked.lines)
    assert (
        "Owners: 1 person under several spellings, 1 name of no person, 1 name of nobody who is still there. Right?",
    ) == asked.questions
    assert () == ask_of_owners(Tally(owners={"Bob Ross": 2})).questions
    assert ((), ()) == ask_of_owners(Tally())


def test_the_same_program_elsewhere_is_proposed_as_a_link() -> None:
    """A name that is long enough and stands once on both sides; equal ids under another name ask for a prefix."""
    names = {"1": "Spring campaign", "2": "Fair", "3": "Twice the same", "4": "Twice the same", "5": "Brochure for May"}
    others = {
        "data/b.csv": {"MKT-1": "Spring Campaign", "9": "Fair", "7": "Twice the same", "5": "Something else"},
        "data/c.csv": {"1": "Spring campaign"},
    }
    asked = ask_of_others(Tally(names=names), others)

    assert {"prefix": "X-", "links": {"MKT-1": ["1"]}} == uncommented(asked.lines)
    assert 2 == len(asked.questions)
    assert ((), ()) == ask_of_others(Tally(names=names), {})


def test_long_lists_are_cut_and_the_rest_counted() -> None:
    """A thousand links would bury the entry."""
    mine = {str(n): f"Campaign number {n}" for n in range(100)}
    theirs = {f"X{n}": f"Campaign number {n}" for n in range(100)}
    asked = ask_of_others(Tally(names=mine), {"data/b.csv": theirs})

    assert MOST_LISTED == sum(line.startswith("#  ") for line in asked.lines) - 1
    assert "#  … and 40 more" == asked.lines[-1]
