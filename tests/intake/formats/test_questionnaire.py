from __future__ import annotations

import pytest

from gapkit.config import Source
from gapkit.instrument import ITEMS, STRATEGY_QUESTIONS, Item
from gapkit.intake.finding.export import Glimpse
from gapkit.intake.formats.questionnaire import LEVELS, Heading, asked_in, find_columns, items_in
from gapkit.schema.people import LEVEL_BANDS

TEXT = {item.id: item.text for item in ITEMS}


def headings(*names: str) -> tuple[Heading, ...]:
    return tuple(Heading(name, (name,)) for name in names)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_item_is_known_by_id_and_by_wording(item: Item) -> None:
    """The id alone, beside the wording, behind the code of its matrix; the wording alone or after the matrix question."""
    ways = [
        item.id, item.id.lower(), f"{item.id}. {item.text}", f"[{item.id}] {item.text}", f"Q5_{item.id}",
        f"BLK1[{item.id}]", item.text, item.text.upper(), item.text.rstrip("."), f"How far do you agree? [{item.text}]",
        f"How far do you agree? - {item.text}", item.text.replace("'", "’").replace(" ", "\u00a0"),
    ]  # fmt: skip

    assert {item.id} == {asked_in([way]) for way in ways}


def test_strategy_questions_are_known_by_wording_or_a_bare_number() -> None:
    """Tools number their questions Q1, Q2 … themselves, so a number with another text beside it is not ours."""
    assert list(STRATEGY_QUESTIONS) == [asked_in([text]) for text in STRATEGY_QUESTIONS.values()]
    assert "Q1" == asked_in(["Q1"])
    assert "" == asked_in(["Q1", "Which office do you work in?"])
    assert "Q2" == asked_in(["Q7", STRATEGY_QUESTIONS["Q2"]])
    assert "Q3_CODE" == asked_in(["Q3_CODE"])


@pytest.mark.parametrize(
    "name", ["MIS1_TEXT", "Q5_MIS1_DO", "BLK_DO_MIS1", "MIS1[comment]", "MIS1[other]", "MIS1_Time", "Compare MIS1 and BOT1",
             "MIS11", "Misalignment", "Your team", "Rank our priorities"],
)  # fmt: skip
def test_what_stands_beside_an_answer_is_none(name: str) -> None:
    """Comments, display order, times, two ids at once and near misses are not an item."""
    assert "" == asked_in([name])


def test_the_mapping_goes_first() -> None:
    """Items named in engagement.yml take their column, spelled exactly or not; other columns of that item are not."""
    source = Source(items={"MIS1": "Frage 1", "X9": "frage 2!"})
    found = find_columns(headings("Frage 2", "MIS1", "Frage 1", "BOT1"), source, "data/a.csv")

    assert {"MIS1": 2, "X9": 0, "BOT1": 3} == found.asked
    assert () == found.problems


def test_a_mapped_column_that_is_missing_is_said() -> None:
    """With the columns the file has."""
    found = find_columns(headings("BOT1", "BOT2"), Source(items={"MIS1": "Frage 1"}), "data/a.csv")
    problem = found.problems[0]

    assert ("data/a.csv", "Frage 1") == (problem.file, problem.column)
    assert "BOT1, BOT2" in problem.allowed
    assert "MIS1" not in found.asked


def test_two_columns_of_one_item_are_said() -> None:
    """Which one counts is not for us to choose."""
    found = find_columns(headings("MIS1", f"MIS1. {TEXT['MIS1']}"), Source(), "data/a.csv")

    assert ["two columns hold MIS1"] == [problem.what for problem in found.problems]
    assert () == find_columns(headings("MIS1", "MIS1. x"), Source(items={"MIS1": "MIS1. x"}), "data/a.csv").problems


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("Team", "group"), ("Which team do you work in?", "group"), ("In welcher Abteilung arbeiten Sie?", "group"),
        ("Votre service", "group"), ("Departamento", "group"), ("GROUP", "group"), ("Your function", "function"),
        ("What is your level?", "level_band"), ("Hierarchieebene", "level_band"), ("Level band", "level_band"),
        ("Nível", "level_band"), ("Uw niveau", "level_band"),
    ],
)  # fmt: skip
def test_facts_about_the_respondent_are_known_by_common_headings(name: str, fact: str) -> None:
    """In seven languages, alone or within a question."""
    assert {fact: 1} == find_columns(headings("MIS1", name), Source(), "data/a.csv").facts


def test_fields_go_before_common_headings() -> None:
    """What engagement.yml names is taken, and no other column beside it."""
    source = Source(fields={"group": "Office", "level_band": "Rank"})
    found = find_columns(headings("MIS1", "Team", "Office"), source, "data/a.csv")

    assert {"group": 2} == found.facts
    assert (("level_band", "Rank"),) == found.missing


def test_two_headings_for_one_fact_leave_it_open() -> None:
    """Neither the team nor the department is taken for the group until somebody says which."""
    found = find_columns(headings("MIS1", "Team", "Department"), Source(), "data/a.csv")

    assert {} == found.facts
    assert {"group": ("Team", "Department")} == found.unclear


def test_ranks_carry_the_priority() -> None:
    """RANK_ and the id of the priority, in the heading or as the item that is mapped."""
    source = Source(items={"RANK_PR02": "Your order [Grow membership]"})
    found = find_columns(headings("RANK[PR01]", "Your order [Grow membership]"), source, "data/a.csv")

    assert {"RANK_PR01": 0, "RANK_PR02": 1} == found.asked


def test_every_level_has_words() -> None:
    """The three words of the table are among them, and no other band is meant."""
    assert set(LEVEL_BANDS) == set(LEVELS.values())
    assert LEVEL_BANDS == tuple(LEVELS[band] for band in LEVEL_BANDS)


def test_the_row_with_most_items_is_looked_at() -> None:
    """Titles above the headings do not matter; one item named twice is one."""
    rows = (("Survey", "June"), ("Timestamp", "MIS1", TEXT["BOT1"], f"Q [{TEXT['BOT1']}]"), ("x", "4", "2", "2"))

    assert ("MIS1", TEXT["BOT1"]) == items_in(Glimpse("a.csv", ".csv", {"": rows}))
