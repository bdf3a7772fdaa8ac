from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake.finding.detect import glimpse
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats import FORMATS
from gapkit.intake.formats.answers import read_surveys, seen_with_items
from gapkit.intake.formats.forms import FORMS
from gapkit.intake.formats.limesurvey import LIMESURVEY
from gapkit.intake.formats.qualtrics import QUALTRICS
from gapkit.intake.formats.survey_csv import SURVEY_CSV
from gapkit.intake.formats.survey_wide import Wide, one_row
from gapkit.intake.formats.surveymonkey import SURVEYMONKEY
from gapkit.intake.reading.records import Sheet

REAL = Path(__file__).parents[3].parent / "shared" / "data"
SURVEYS = (FORMS, LIMESURVEY, QUALTRICS, SURVEYMONKEY, SURVEY_CSV)
HEADERS = {
    "Jira CSV": "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Resolution,Assignee,Created,Updated,"
    "Due date,Custom field (Start date),Status Category",
    "Asana CSV": "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Due Date",
    "Monday": "Name,Subitems,Person,Status,Date,Timeline,Item ID",
    "Linear": "ID,Team,Title,Status,Estimate,Priority,Created,Updated,Started,Triaged,Completed,Canceled,Due Date,UUID",
    "Planner": "Task ID,Task Name,Bucket Name,Progress,Priority,Created Date,Start Date,Due Date,Completed Date",
    "ClickUp": "Task ID,Task Name,Status,Date Created,Due Date,Start Date,Parent ID,Assignees,Tags,List Name,Space Name",
    "GitLab": "Title,Issue ID,URL,State,Author Username,Due Date,Created At (UTC),Closed At (UTC),Milestone,Labels",
    "Smartsheet": "Task Name,Start,Finish,% Complete,Assigned To,Created,Modified,Baseline Start,Baseline Finish",
    "Smartsheet log": "Action,User,Details,Source,Time Stamp",
    "Workfront": "Name,Reference Number,Planned Start Date,Planned Completion Date,Actual Start Date,Status,Finished",
    "Airtable": "Name,Status,Owner,Start Date,End Date,Created time,Last modified",
    "Wrike": "Key,Parent Task,Title,Status,Priority,Assigned To,Start Date,Duration,End Date,Depends On",
    "event log": "case:concept:name,concept:name,time:timestamp,org:resource",
    "timestamps": "Timestamp,Start time,Completion time,ID,Email,Name,Status",
    "our answers": "respondent_id,item_id,value",
    "our respondents": "respondent_id,wave,group,function,level_band,duration_s",
}  # fmt: skip


def wide(columns: dict[str, list[str]], file: str = "data/wave1.csv", **more: object) -> Wide:
    rows = pd.RangeIndex(2, 2 + len(next(iter(columns.values()))), name="row")
    cells = pd.DataFrame(dict(enumerate(columns.values())), index=rows, dtype="str").replace("", None)
    sheet = Sheet(file, "", "csv", tuple(columns), cells)
    return Wide(sheet, one_row(sheet), **more)


def extract(*exports: Wide, **entry: object) -> Extract:
    by_file = {export.sheet.file: export for export in exports}
    given_files = [Export(Path(file), file) for file in by_file]
    return read_surveys(given_files, Source(**entry), lambda export, _: by_file[export.file])


def table(found: Extract, name: str) -> list[dict[str, object]]:
    """The rows of a table under canonical names, blanks as None."""
    parts = [part for part in found.parts if part.table == name]
    frames = [
        pd.DataFrame({ours: part.sheet.cells[part.sheet.columns.index(theirs)] for ours, theirs in part.fields.items()})
        for part in parts
    ]
    frame = pd.concat(frames).astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


@pytest.mark.parametrize("tracker", HEADERS)
def test_a_tracker_is_never_taken_for_a_survey(tracker: str) -> None:
    """Whatever stands in its header, and whatever our own tables hold."""
    look = Glimpse("data/a.csv", ".csv", {"": (tuple(HEADERS[tracker].split(",")),)})

    assert [()] * len(SURVEYS) == [form.recognise(look) for form in SURVEYS]


def test_no_real_file_is_taken_for_a_survey() -> None:
    """Trackers, logs, portfolios; and a survey of other items, which has to be named."""
    files = [path for path in sorted(REAL.glob("*/*")) if path.suffix in (".csv", ".xlsx", ".json", ".gz", ".xes")]
    if not files:
        pytest.skip(f"there are no real files at {REAL}")
    looks = {path.name: glimpse(path, path.name) for path in files if path.stat().st_size < 5e6}
    claimed = {name: form.name for name, look in looks.items() for form in SURVEYS if form.recognise(look)}

    assert {} == claimed
    assert any(look.rows for look in looks.values())


def test_no_other_format_takes_a_survey() -> None:
    """And a survey tool's file is that tool's, however many items stand beside its own columns."""
    items = ("MIS1", "BOT1", "OWN1", "TOOL1", "FB1", "CAD1")
    headers = {
        "qualtrics": ("StartDate", "EndDate", "Status", "ResponseId", *items),
        "surveymonkey": ("Respondent ID", "Collector ID", *items),
        "limesurvey": ("id", "submitdate", "lastpage", "startlanguage", *items),
        "forms": ("Timestamp", *items),
        "survey-csv": items,
    }
    everyone = {form.name: form for form in (*FORMATS, *SURVEYS)}
    for name, header in headers.items():
        look = Glimpse("data/a.csv", ".csv", {"": (header,)})
        counts = {form.name: len(form.recognise(look)) for form in everyone.values()}

        assert name == max(counts, key=lambda each: counts[each])
        assert {each for each, count in counts.items() if count} <= {form.name for form in SURVEYS}


def test_items_count_only_beside_the_tool() -> None:
    """The names a tool needs come first; without them its items say nothing."""
    rows = {"": (("Collector ID", "MIS1", "BOT1"),)}

    assert ("Collector ID", "MIS1", "BOT1") == seen_with_items(Glimpse("a", ".csv", rows), ["Collector ID"])
    assert () == seen_with_items(Glimpse("a", ".csv", rows), ["Respondent ID"])


def test_a_token_is_a_hash_of_wave_and_id() -> None:
    """Known to nobody who has not the export, the same whenever the same export is read, new in every wave."""
    export = wide({"id": ["ada.l"], "MIS1": ["4"]}, response_id=0)
    tokens = {wave: table(extract(export, wave=wave), "survey_respondents")[0]["respondent_id"] for wave in ("Q1", "Q2")}

    assert "r" + hashlib.sha256(b"Q1\nada.l").hexdigest()[:12] == tokens["Q1"]
    assert tokens["Q1"] != tokens["Q2"]


def test_a_token_is_never_a_number() -> None:
    """Twelve hexadecimal digits with one e among decimal ones would be read as a rounded number."""
    export = wide({"id": [str(n) for n in range(3000)], "MIS1": ["4"] * 3000}, response_id=0)
    tokens = [row["respondent_id"] for row in table(extract(export), "survey_respondents")]

    assert any(token[1:].replace("e", "", 1).isdigit() for token in tokens)
    assert {"r"} == {token[0] for token in tokens}
    assert 3000 == len(set(tokens))


def test_the_wave_is_named_or_the_name_of_the_file() -> None:
    """Every file of a folder is a wave of its own, unless engagement.yml says they are one."""
    exports = [wide({"MIS1": ["4"]}, f"data/pulse/{name}.csv") for name in ("before", "after")]

    assert ["before", "after"] == [row["wave"] for row in table(extract(*exports), "survey_respondents")]
    assert ["Both", "Both"] == [row["wave"] for row in table(extract(*exports, wave="Both"), "survey_respondents")]


def test_levels_and_groups_are_translated() -> None:
    """Known words become a level; `teams:` translates the client's words; a word nobody knows stays to be counted."""
    export = wide({
        "MIS1": ["4"] * 5, "Level": ["Director", "Teamleiterin", "Sachbearbeiter", "Wizard", ""],
        "Team": ["Mktg Ops", "Brand", "", "Brand", "Brand"],
    })  # fmt: skip
    rows = table(extract(export, teams={"Mktg Ops": "Operations", "Sachbearbeiter": "contributor"}), "survey_respondents")

    assert ["leadership", "manager", "contributor", "Wizard", None] == [row["level_band"] for row in rows]
    assert ["Operations", "Brand", None, "Brand", "Brand"] == [row["group"] for row in rows]


def test_columns_named_in_fields_are_found_again() -> None:
    """They keep the name engagement.yml gives them, so that accounts name what the file has."""
    export = wide({"Nr": ["7"], "Office": ["Berlin"], "Took": ["301"], "MIS1": ["4"]})
    found = extract(export, fields={"respondent_id": "Nr", "group": "office", "duration_s": "Took"})
    row = table(found, "survey_respondents")[0]

    assert {"Nr", "office", "Took"} <= set(found.parts[0].sheet.columns)
    assert ("Berlin", 301.0) == (row["group"], row["duration_s"])
    assert "r" + hashlib.sha256(b"wave1\n7").hexdigest()[:12] == row["respondent_id"]


def test_a_column_fields_names_and_the_file_lacks_is_said() -> None:
    """With the columns the export has, once."""
    found = extract(wide({"Office": ["Berlin"], "MIS1": ["4"]}), fields={"group": "Team"})

    assert ["Team"] == [problem.column for problem in found.problems]
    assert "Office, MIS1" in found.problems[0].allowed


def test_every_item_has_a_row_for_everyone() -> None:
    """A blank answer is a row without a value, in the row of the file it comes from."""
    answers = table(extract(wide({"MIS1": ["4", ""], "BOT1": ["", "2"]})), "survey_answers")

    assert [("MIS1", 4.0), ("BOT1", None), ("MIS1", None), ("BOT1", 2.0)] == [
        (row["item_id"], row["value"]) for row in answers
    ]


def test_a_strategy_question_has_words_and_a_code() -> None:
    """The respondent's own choice of a code has no coder; who says neither has no row."""
    export = wide({"MIS1": ["4"] * 3, "Q2": ["a trial", "", ""], "Q2_CODE": ["Q2B", "Q2C", ""]})
    rows = table(extract(export), "strategy_answers")

    assert [("Q2", "a trial", "Q2B"), ("Q2", None, "Q2C")] == [(row["question"], row["text"], row["code"]) for row in rows]


def test_strategy_alone_is_a_survey_too() -> None:
    """A form with the four questions only has no items, and no table of answers."""
    found = extract(wide({"Q1": ["buyers"], "Level": ["Staff"]}))

    assert ["survey_respondents", "strategy_answers"] == [part.table for part in found.parts]


def test_ranks_are_places_with_ties_shared() -> None:
    """However the number is written; gaps close, blanks stay blank, and who ranks nothing has no row."""
    export = wide({
        "MIS1": ["4"] * 4, "RANK_P1": ["1st", "1", "", "first"], "RANK_P2": ["Rank 2", "1", "", "2"],
        "RANK_P3": ["4", "3", "", ""],
    })  # fmt: skip
    found = extract(export)
    ranks = [row["rank"] for row in table(found, "priority_rankings")]

    assert [1.0, 2.0, 3.0, 1.5, 1.5, 3.0, None, 1.0, None] == ranks
    assert "1 rank without one number in the cell, left blank." in found.parts[0].sheet.notes


def test_one_odd_cell_changes_nothing_else() -> None:
    """It is named with its count, and the answers beside it are as they were."""
    columns = {"MIS1": ["4", "2", "5"], "BOT1": ["1", "3", "3"]}
    clean, odd = extract(wide(columns, response_id=None)), extract(wide({**columns, "BOT1": ["1", "3x", "3"]}))
    values = [[row["value"] for row in table(found, "survey_answers")] for found in (clean, odd)]

    assert [4.0, 1.0, 2.0, None, 5.0, 3.0] == values[1]
    assert [4.0, 1.0, 2.0, 3.0, 5.0, 3.0] == values[0]
    assert any('1 answer not understood and left blank: "3x" (1)' in note for note in odd.parts[0].sheet.notes)
    assert () == odd.problems


def test_a_file_that_cannot_be_read_does_not_hide_the_others() -> None:
    """Its problem is told beside what the others hold; when none can be read all problems are raised."""
    good, bad = wide({"MIS1": ["4"]}, "data/a.csv"), wide({"Lunch?": ["yes"]}, "data/b.csv")
    found = extract(good, bad)

    assert ["data/b.csv"] == [problem.file for problem in found.problems]
    assert 1 == len(table(found, "survey_respondents"))
    with pytest.raises(InputError, match=r"data/b\.csv"):
        extract(bad)


@settings(max_examples=25)
@given(st.lists(st.tuples(*[st.sampled_from(["", "1", "5", "agree", "n/a"])] * 3), min_size=1, max_size=6), st.randoms())
def test_order_of_rows_and_columns_changes_nothing(rows: list[tuple[str, ...]], random: object) -> None:
    """With ids of their own, responses and columns may stand in any order."""
    columns = {"id": [str(n) for n in range(len(rows))], **{f"MIS{k + 1}": [row[k] for row in rows] for k in range(3)}}
    order = list(range(len(rows)))
    random.shuffle(order)
    turned = {name: [cells[place] for place in order] for name, cells in reversed(columns.items())}

    def content(columns: dict[str, list[str]]) -> list[list[str]]:
        found = extract(wide(columns, response_id=list(columns).index("id")))
        return [sorted(map(str, table(found, name))) for name in ("survey_respondents", "survey_answers")]

    assert content(columns) == content(turned)


def test_nothing_given_is_changed(write: Callable[..., Path]) -> None:
    """Reading leaves the sheet as it was."""
    export = wide({"MIS1": ["4", "agree"], "Level": ["Director", "Staff"]})
    before = export.sheet.cells.copy(deep=True)
    extract(export)

    pd.testing.assert_frame_equal(before, export.sheet.cells)
