from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import pairwise
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import gapkit as gk
from gapkit.config import Source
from gapkit.instrument import ASKED, ITEMS, PAGES
from gapkit.intake.formats.questionnaire import Heading, find_columns
from gapkit.survey.forms import COLUMNS, forms, questions

GROUPS = ("Brand", "Web")
PRIORITIES = (("PR01", "Grow membership"), ("PR02", "=1+1"))
CODES = {"Q1": ("members", "families"), "Q3": ("price", "advice")}


@pytest.fixture(scope="module")
def files() -> dict[str, str | bytes]:
    return forms("Acme", groups=GROUPS, priorities=PRIORITIES, min_group=7)


def test_every_statement_is_asked_once_on_pages_of_eight_or_nine() -> None:
    """Forty statements and the check; no page is so long that people tire of it, none holds one construct only."""
    asked = [one for one in questions() if one.type == "scale"]

    assert Counter(item.id for item in ITEMS) == Counter(one.id for one in asked)
    assert {8, 9} == set(Counter(one.block for one in asked).values())
    assert all(one.is_randomised for one in asked)
    assert {block for topics in PAGES.values() for block in topics} == {item.block for item in ITEMS}


def test_constructs_take_turns() -> None:
    """On paper too, no statement follows one of its own construct."""
    assert [] == [a.id for a, b in pairwise(ASKED) if a.block == b.block]


def test_answers_come_back_under_the_headings_of_the_form() -> None:
    """Every heading is recognised on import: statements, questions, codes, ranks, level, group; the open one is not."""
    asked = questions(GROUPS, PRIORITIES, CODES)
    columns = find_columns([Heading(one.heading, (one.heading,)) for one in asked], Source(), "pulse.csv")

    assert {one.id for one in asked} - {"OPEN", "level", "group"} == set(columns.asked)
    assert {"level_band", "group"} == set(columns.facts)
    assert () == columns.problems


@pytest.mark.parametrize("priorities", [(), PRIORITIES[:1]])
def test_what_is_not_known_is_not_asked(priorities: tuple[tuple[str, str], ...]) -> None:
    """Without teams, codes and two priorities the form holds no place to be filled in, and can be sent."""
    asked = questions(priorities=priorities)

    assert ["Q1", "Q2", "Q3", "Q4", "OPEN", "level"] == [one.id for one in asked if one.type != "scale"]
    assert not [one.id for one in asked if "[" in one.heading + "".join(one.options)]


def test_agreed_answers_are_offered_before_the_words() -> None:
    """A question with codes is asked twice, first as a choice among them; the others in words only."""
    asked = [one for one in questions(codes=CODES) if one.id.startswith("Q")]

    assert ["Q1_CODE", "Q1", "Q2", "Q3_CODE", "Q3", "Q4"] == [one.id for one in asked]
    assert ("price", "advice") == asked[3].options


def test_csv_and_workbook_hold_the_same_rows(files: dict[str, str | bytes]) -> None:
    """One row per question under one header; a priority that looks like a formula stays text."""
    text, binary = files["survey/questionnaire.csv"], files["survey/questionnaire.xlsx"]
    assert isinstance(text, str)
    assert isinstance(binary, bytes)
    rows = list(csv.reader(io.StringIO(text)))
    sheet = openpyxl.load_workbook(io.BytesIO(binary))["questionnaire"]
    cells = [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows()]

    assert list(COLUMNS) == rows[0]
    assert rows == cells
    assert {"s"} == {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "Which place has: =1+1?" in [row[4] for row in cells]


def test_the_same_survey_gives_the_same_bytes(files: dict[str, str | bytes]) -> None:
    """A form written twice does not look changed."""
    assert files == forms("Acme", groups=GROUPS, priorities=PRIORITIES, min_group=7)


def test_printed_form_asks_everything(files: dict[str, str | bytes]) -> None:
    """On paper every question stands in full, with its id for whoever types the answers in."""
    printed = files["survey/questionnaire.md"]

    for one in questions(GROUPS, PRIORITIES):
        assert one.text in printed
        assert one.id in printed


def test_invitation_promises_what_is_kept(files: dict[str, str | bytes]) -> None:
    """It says it is voluntary and anonymous and from how many answers on anything is shown; nothing is left unfilled."""
    invitation = str(files["survey/invitation.md"])

    assert "40 short statements" in invitation
    assert "Figures are shown for 7 or more answers only" in invitation
    assert "is shown from 10 answers on" in invitation
    assert "$" not in invitation
    assert all(word in invitation for word in ("voluntary", "anonymous", "agree to this"))


def test_a_filled_in_form_is_read_back(bare: Path) -> None:
    """What respondents choose in a Google form made from it arrives in the tables as they meant it."""
    asked = questions(GROUPS, PRIORITIES)
    chosen = {one.heading: one.options[0] if one.options else "more of the same" for one in asked}
    chosen |= {one.heading: one.options[-1] for one in asked if one.id == "MIS1"}
    chosen |= {one.heading: one.options[-2] for one in asked if one.id == "OWN1"}
    chosen = {"Timestamp": "2026/04/20 9:00:00 AM GMT+2", **chosen}
    pd.DataFrame([chosen, chosen]).to_csv(bare / "data" / "2026-04.csv", index=False)
    with (bare / "engagement.yml").open("a", encoding="utf-8") as file:
        file.write("sources:\n  - file: data/2026-04.csv\n    format: forms\n")
    (bare / "data" / "priorities.csv").write_text("priority_id,label\nPR01,Grow\nPR02,Save\n")

    eng = gk.load(bare)

    values = eng.survey_answers.pivot_table(index="item_id", values="value", aggfunc="mean", dropna=False)["value"]
    assert 2 == len(eng.survey_respondents)
    assert {"leadership"} == set(eng.survey_respondents["level_band"])
    assert {"Brand"} == set(eng.survey_respondents["group"])
    assert pd.isna(values["MIS1"])
    assert 5 == values["OWN1"]
    assert 1 == values["OWN2"]
    assert {"more of the same"} == set(eng.strategy_answers["text"])
