"""From the form to the report: a form answered in each tool, exported, dropped into data/, nothing typed by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import gapkit as gk
from gapkit.cli import main
from gapkit.instrument import ITEMS
from gapkit.scaffold import write_forms
from gapkit.survey import read_survey

RESPONDENTS = 24
# Name of the file, and what `gapkit check` calls the tool.
TOOLS = {
    "google": ("2026-06.csv", "Google or Microsoft Forms"),
    "microsoft": ("2026-06.xlsx", "Google or Microsoft Forms"),
    "surveymonkey": ("2026-06.csv", "SurveyMonkey"),
    "qualtrics": ("2026-06.csv", "Qualtrics"),
    "limesurvey": ("2026-06.csv", "LimeSurvey"),
    "plain": ("2026-06.csv", "Survey, one row per response"),
    "plain workbook": ("2026-06.xlsx", "Survey, one row per response"),
}
Rows = list[list[str]]


@pytest.fixture
def acme(bare: Path) -> Path:
    """An engagement whose people, priorities and agreed answers are known, with its forms."""
    teams = {"Brand": 12, "Web": 12, "Press": 3}
    people = [f"H{at:02d}{team},writer,{team},marketing,2,no" for team, n in teams.items() for at in range(n)]
    tables = {
        "people": ["person_id,role,team,function,level,leadership", *people],
        "priorities": ["priority_id,label,official_rank", "PR1,Grow membership,1", "PR2,=Save money,2"],
        "codebook": ["question,code,label", "Q1,A,existing members", "Q1,B,new households"],
    }
    for name, lines in tables.items():
        (bare / "data" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_forms(bare)
    return bare


def asked(folder: Path) -> list[dict[str, str]]:
    """Return the rows of the form as whoever sets up the survey reads them."""
    with (folder / "survey" / "questionnaire.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def answered(questions: Sequence[dict[str, str]]) -> list[list[str]]:
    """Return what each respondent chose or wrote, question by question: at random, one in thirty not applicable."""
    rng = np.random.default_rng(4)

    def choose(question: dict[str, str], who: int) -> str:
        options = question["options"].split("; ")
        if question["type"] == "text":
            return f"text {who}"
        if question["id"] == "ATT1":
            return options[1]
        if question["type"] == "rank":
            return str(1 + (who + int(question["id"][-1])) % 2)
        return options[5 if question["type"] == "scale" and rng.random() < 1 / 30 else rng.integers(min(len(options), 5))]

    return [[choose(question, who) for question in questions] for who in range(RESPONDENTS)]


def exported(tool: str, questions: Sequence[dict[str, str]], answers: Rows) -> Rows:
    """Return the rows of the file a tool gives for the answers."""
    headings, plain = [question["heading"] for question in questions], "plain" in tool
    if tool == "google":
        return [["Timestamp", *headings], *([f"2026/06/20 9:{at:02d}:00 AM GMT+2", *row] for at, row in enumerate(answers))]
    if tool == "microsoft":
        head = ["Id", "Start time", "Completion time", "Email", "Name", *headings]
        moments = ["6/20/26 9:00:00", "6/20/26 9:06:10", "anonymous", ""]
        return [head, *([str(at), *moments, *row] for at, row in enumerate(answers, 1))]
    if tool == "surveymonkey":
        meta = ["Respondent ID", "Collector ID", "Start Date", "End Date"]
        below = ["Open-Ended Response" if question["type"] == "text" else "Response" for question in questions]
        moments = ["446", "06/20/2026 09:00:00 AM", "06/20/2026 09:06:10 AM"]
        rows = [[f"118{at}", *moments, *row] for at, row in enumerate(answers)]
        return [[*meta, *headings], [*[""] * 4, *below], *rows]
    if tool == "qualtrics":
        names = [
            "StartDate",
            "EndDate",
            "Status",
            "Finished",
            "ResponseId",
            *(f"Q{at}" for at in range(1, len(headings) + 1)),
        ]
        texts = ["Start Date", "End Date", "Response Type", "Finished", "Response ID", *headings]
        moments = ["2026-06-20 09:00:00", "2026-06-20 09:06:10", "IP Address", "True"]
        ids = [f'{{"ImportId":"QID{at}"}}' for at in range(len(names))]
        return [names, texts, ids, *([*moments, f"R_{at:03d}", *row] for at, row in enumerate(answers))]
    if tool == "limesurvey":
        meta = ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language"]
        codes = [f"{question['id'].replace('_', '')}. {question['heading']}" for question in questions]
        return [[*meta, *codes], *([str(at), "2026-06-20 09:06:10", "7", "en", *row] for at, row in enumerate(answers, 1))]
    assert plain
    return [headings, *answers]


def put(path: Path, rows: Rows) -> None:
    if path.suffix == ".csv":
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        path.write_text(text.getvalue(), encoding="utf-8-sig")
        return
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([f"'{cell}" if cell.startswith("=") else cell for cell in row])
    book.save(path)


@pytest.fixture
def export(acme: Path) -> Callable[[str], pd.DataFrame]:
    """Answer the form in a tool and put its export into data/; returns the answers, a column per question."""

    def build(tool: str) -> pd.DataFrame:
        questions = asked(acme)
        answers = answered(questions)
        put(acme / "data" / TOOLS[tool][0], exported(tool, questions, answers))
        return pd.DataFrame(answers, columns=[question["id"] for question in questions])

    return build


def says(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert 0 == result.exit_code, result.output
    return result.output


@pytest.mark.parametrize("tool", TOOLS)
def test_a_form_comes_back_as_it_was_answered(tool: str, acme: Path, export: Callable[[str], pd.DataFrame]) -> None:
    """The export is recognised, its mapping proposed and written; then every answer is where it belongs."""
    answers = export(tool)
    file, title = TOOLS[tool]
    proposed = says("check", str(acme))
    says("check", str(acme), "--write-mapping")
    eng = gk.load(acme)
    wave = read_survey(eng).last

    assert f"data/{file}: looks like {title}" in proposed
    assert "--write-mapping" in proposed
    points = eng.survey_answers.groupby("item_id")["value"]
    chosen = answers[[item.id for item in ITEMS]].apply(lambda texts: pd.to_numeric(texts.str[0], errors="coerce"))
    assert chosen.mean().round(9).to_dict() == points.mean().round(9).to_dict()
    assert chosen.count().to_dict() == points.count().to_dict()
    assert chosen.isna().to_numpy().any()
    for ours, theirs in {"level_band": "level", "group": "group"}.items():
        assert answers[theirs].value_counts().to_dict() == eng.survey_respondents[ours].value_counts().to_dict()
    assert wave is not None
    assert ("2026-06", True) == (wave.name, wave.is_shown)
    assert {"A", "B"} == set(wave.frames["choices"]["code"])
    assert {"Q1", "Q2", "Q3", "Q4"} == set(eng.strategy_answers["question"])
    assert {"PR1": 1.5, "PR2": 1.5} == eng.priority_rankings.groupby("priority_id")["rank"].mean().to_dict()


def test_an_answered_form_gives_perception(acme: Path, export: Callable[[str], pd.DataFrame]) -> None:
    """Without a line typed by hand, every killer has what people see beside what records show."""
    export("google")
    says("check", str(acme), "--write-mapping")
    found = gk.diagnose(gk.load(acme)).killers.findings

    assert 5 == len(found)
    assert all(killer.perception is not None and "perception" in killer.sources for killer in found)


def test_a_form_nobody_knows_is_told_about_items(acme: Path) -> None:
    """A Google form in the client's own words: nothing can be guessed, and the way to name the columns is said."""
    put(acme / "data" / "pulse.csv", [["Timestamp", "Wie geht es?"], ["2026/06/20 9:00:00 AM GMT+2", "gut"]])

    assert 'format: forms and items: {MIS1: "heading as in the file", …}' in says("check", str(acme))
