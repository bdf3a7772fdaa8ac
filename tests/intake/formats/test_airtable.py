from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.config import Source
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats.airtable import AIRTABLE, in_own_order
from gapkit.intake.formats.columns import column_of

EXPORT = (
    "\ufeffCampaign,Status,Owner,Team,Start date,Due date,Created,Last modified,Completed,Parent,Channels,Brief,Signed off"
    "\n"
    'Spring,Live,"Ann Lee,""Doe, Jane""",Marketing,3/4/2026,31/03/2026,1/5/2026 9:05am,4/1/2026 1:00am,28/03/2026,,'
    '"web,email","brief.pdf (https://v5.airtableusercontent.com/v1/1/brief.pdf)",checked\n'
    "Landing page,In review,Bob,Marketing,3/25/2026,30/04/2026,1/16/2026 4:30pm,1/16/2026 4:30pm,,Spring,,,\n"
)
DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2100, 12, 31))
HEADER = tuple(EXPORT.split("\n")[0].lstrip("\ufeff").split(","))


def extract(write: Callable[..., Path], text: str) -> Extract:
    return AIRTABLE.read([Export(write({"data/air.csv": text}) / "data/air.csv", "data/air.csv")], Source())


def seen(part: Part, ours: str) -> list[str]:
    return column_of(part.sheet, part.fields[ours]).fillna("").tolist()


@pytest.mark.parametrize(
    ("file", "cell", "sign"),
    [
        ("data/Campaigns-Grid view.csv", "", '"Grid view" in the file name'),
        ("data/a.csv", "a.png (https://v5.airtableusercontent.com/v1/a.png)", "attachments at Airtable"),
        ("data/a.csv", "a.png (https://dl.airtable.com/.attachments/a.png)", "attachments at Airtable"),
        ("data/a.csv", "recA1b2C3d4E5f6G7", "record id recA1b2C3d4E5f6G7"),
    ],
)
def test_the_few_signs_of_airtable(file: str, cell: str, sign: str) -> None:
    """The name it gives its files, the place of its attachments, its record ids."""
    assert (sign,) == AIRTABLE.recognise(Glimpse(file, ".csv", {"": (HEADER, ("Spring", cell))}))


def test_without_a_sign_it_may_be_anything() -> None:
    """Its columns are the client's own; then format: says so, and a word that begins with rec is no id."""
    assert () == AIRTABLE.recognise(Glimpse("data/Campaigns.csv", ".csv", {"": (HEADER, ("Spring", "recapitalizations"))}))


def test_columns_go_by_meaning(write: Callable[..., Path]) -> None:
    """The first field names the record; collaborators are a list; a moment called Completed is the closing."""
    part = extract(write, EXPORT).parts[0]

    assert part.fields == {
        "program_id": "Campaign (as id)", "name": "Campaign", "status": "Status", "team": "Team", "owners_now": "Owner",
        "current_start": "Start date", "current_end": "Due date", "first_seen_on": "Created", "updated_at": "Last modified",
        "closed_at": "Completed", "parent_id": "Parent",
    }  # fmt: skip
    assert ["Ann Lee;Doe, Jane", "Bob"] == seen(part, "owners_now")
    assert ["", "Spring"] == seen(part, "parent_id")
    assert {"Channels", "Signed off"} <= set(part.sheet.columns)


def test_attachments_are_left_out(write: Callable[..., Path]) -> None:
    """Their addresses open the client's files to whoever has them."""
    assert "Brief" not in extract(write, EXPORT).parts[0].sheet.columns


def test_each_field_has_its_own_order_of_day_and_month(write: Callable[..., Path]) -> None:
    """One may be displayed the European way, the next the American."""
    part = extract(write, EXPORT).parts[0]

    assert ["2026-03-04", "2026-03-25"] == seen(part, "current_start")
    assert ["2026-03-31", "2026-04-30"] == seen(part, "current_end")
    assert ["2026-01-05 09:05:00", "2026-01-16 16:30:00"] == seen(part, "first_seen_on")


def test_a_field_that_shows_no_order_is_left_to_the_consultant(read: Callable[..., Intake]) -> None:
    """What another field shows says nothing; dates: decides, and touches only what was open."""
    text = "Name,Status,Start date,Due date\na,Live,3/4/2026,25/12/2026\n"
    yml = "sources:\n  - {file: data/a.csv, format: airtable-csv, DATES statuses: {Live: {status: delivered}}}\n"
    asked = read({"data/a.csv": text}, yml.replace("DATES ", "")).problems
    told = read({"data/a.csv": text}, yml.replace("DATES", "dates: mdy,"))

    assert [("Start date", "3/4/2026")] == [(problem.column, problem.value) for problem in asked]
    assert ["2026-03-04", "2026-12-25"] == [
        str(told.tables["programs"][c].item().date()) for c in ("current_start", "current_end")
    ]
    assert () == told.problems


def test_a_field_that_contradicts_itself_stays_as_it_is() -> None:
    """25/12 and 12/25 in one column: whoever reads the cells has to say which is wrong."""
    cells = pd.Series(["25/12/2026", "12/25/2026", None], dtype="str")

    assert cells.equals(in_own_order(cells))


@settings(max_examples=40)
@given(st.lists(DAYS, min_size=1, max_size=8), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y %H:%M"]))
def test_a_decided_field_is_read_as_it_was_written(days: list[dt.date], form: str) -> None:
    """Whenever one day is beyond the twelfth and none contradicts it, every cell is the day it was."""
    days = [*days, dt.date(2026, 3, 25)]
    written = pd.Series([day.strftime(form) for day in days], dtype="str")

    assert [day.isoformat() for day in days] == in_own_order(written).tolist()


def test_a_ticked_box_is_a_status(write: Callable[..., Path]) -> None:
    """Airtable writes checked, or nothing."""
    told = extract(write, "Task,Done\nWrite,checked\nSend,\n")

    assert (["Done", "Not done"], {"Done": {"status": "delivered"}}) == (seen(told.parts[0], "status"), told.meanings)


def test_an_airtable_export_becomes_programs(read: Callable[..., Intake]) -> None:
    """Named by format:, with the client's words mapped."""
    yml = "sources:\n  - file: data/air.csv\n    format: airtable-csv\n    statuses:\n      Live: {status: delivered}\n"
    intake = read({"data/air.csv": EXPORT}, yml)
    programs = intake.tables["programs"].set_index("program_id")

    assert () == intake.problems
    assert ["2026-03-28", "Ann Lee;Doe, Jane"] == [
        str(programs.loc["Spring", "actual_end"].date()),
        programs.loc["Spring", "owners_now"],
    ]
    assert "Spring" == programs.loc["Landing page", "parent_id"]
    assert (("In review", 1),) == intake.sources[0].unmapped["status"]
