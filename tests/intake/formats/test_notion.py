from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats import notion
from gapkit.intake.formats.columns import column_of
from gapkit.intake.formats.notion import NOTION, split_range

PAGE = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"
CAMPAIGNS = (
    "\ufeffCampaign,Status,Owner,Dates,Original due date,Parent item,Related,Created time,Last edited time,Created by,"
    "Signed off\n"
    'Spring,Live,"Ann Lee, Bob","March 1, 2026 → March 31, 2026","March 15, 2026",,'
    f'"Brand (https://www.notion.so/Brand-{PAGE}), Web, all of it (Pages%20{PAGE}/Web%20{OTHER}.md)",'
    '"January 5, 2026 9:00 AM","April 1, 2026 1:00 AM (GMT+3)",Ann Lee,Yes\n'
    f'Landing page,In review,Bob,"April 30, 2026",,Spring (https://www.notion.so/Spring-{OTHER}),,'
    '"January 6, 2026 9:00 AM","January 6, 2026 9:00 AM",Ann Lee,No\n'
    'Draft → Final,Not started,,"June 2, 2026 3:00 PM → 5:00 PM",,,,"January 7, 2026 9:00 AM","January 7, 2026 9:00 AM",,\n'
)
TASKS = "Task,Done,Due\nWrite,Yes,2026-03-01\nSend,No,\n"


def packed(members: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def extract(write: Callable[..., Path], content: str | bytes, file: str = "data/notion.csv", sheet: str = "") -> Extract:
    return NOTION.read([Export(write({file: content}) / file, file)], Source(sheet=sheet))


def seen(part: Part, ours: str) -> list[str]:
    return column_of(part.sheet, part.fields[ours]).fillna("").tolist()


def glimpse(file: str, header: str) -> Glimpse:
    return Glimpse(file, ".csv", {"": (tuple(header.split(",")),)})


@pytest.mark.parametrize("suffix", ["", "_all"])
def test_a_page_id_in_the_name_gives_a_file_away(suffix: str) -> None:
    """Whatever the client's columns are called."""
    assert ("page id in the file name",) == NOTION.recognise(glimpse(f"data/Campaigns {PAGE}{suffix}.csv", "Kampagne,Wann"))


def test_a_renamed_file_is_known_by_its_own_columns() -> None:
    """Last edited time is Notion's word; created time alone is not."""
    assert ("Last edited time", "Created time") == NOTION.recognise(
        glimpse("data/a.csv", "Last edited time,Name,Created time")
    )
    assert () == NOTION.recognise(glimpse("data/a.csv", "Name,Created time,Status,Tags"))


def test_a_zip_is_known_by_its_members() -> None:
    """A zip of anything else is not; a large export has its parts zipped once more."""
    members = (f"Export/Campaigns {PAGE}.csv", f"Export/Campaigns {PAGE}/Spring {OTHER}.md")
    part = f"ExportBlock-{PAGE}-Part-1.zip"

    assert (f"Campaigns {PAGE}.csv",) == NOTION.recognise(Glimpse("data/a.zip", ".zip", text="\n".join(members)))
    assert (part,) == NOTION.recognise(Glimpse("data/a.zip", ".zip", text=part))
    assert () == NOTION.recognise(Glimpse("data/a.zip", ".zip", text="report.csv\nphoto.png"))


def test_the_first_column_is_the_title_and_the_rest_goes_by_meaning(write: Callable[..., Path]) -> None:
    """The mark at the beginning of the file is no part of the title's name; ticks of other boxes stay as they are."""
    part = extract(write, CAMPAIGNS).parts[0]

    assert part.fields == {
        "program_id": "Campaign (as id)", "name": "Campaign", "status": "Status", "owners_now": "Owner",
        "baseline_end": "Original due date", "current_start": "Dates (start)", "current_end": "Dates",
        "first_seen_on": "Created time", "updated_at": "Last edited time", "parent_id": "Parent item",
    }  # fmt: skip
    assert ["Ann Lee;Bob", "Bob", ""] == seen(part, "owners_now")
    assert ["Yes", "No", ""] == column_of(part.sheet, "Signed off").fillna("").tolist()
    assert "Created by" not in part.sheet.columns


def test_ranges_are_starts_and_ends(write: Callable[..., Path]) -> None:
    """A single date is the end; an end that is only a time is of the same day; an arrow in a title is no range."""
    part = extract(write, CAMPAIGNS).parts[0]

    assert ["March 1, 2026", "", "June 2, 2026 3:00 PM"] == seen(part, "current_start")
    assert ["March 31, 2026", "April 30, 2026", "June 2, 2026 5:00 PM"] == seen(part, "current_end")
    assert "Draft → Final" == seen(part, "name")[2]


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("", "", ""),
        ("2026-03-01 → 2026-03-31", "2026-03-01", "2026-03-31"),
        ("March 1, 2026 15:00 → 17:00", "March 1, 2026 15:00", "March 1, 2026 17:00"),
        ("2026/03/01 3:00 PM (GMT+3) → 5:00 PM", "2026/03/01 3:00 PM (GMT+3)", "2026/03/01 5:00 PM (GMT+3)"),
        ("May 1, 2026 9:00 AM → May 3, 2026 9:00 AM (EST)", "May 1, 2026 9:00 AM (EST)", "May 3, 2026 9:00 AM (EST)"),
        ("May 1, 2026 → May 3, 2026 9:00 AM (GMT+1)", "May 1, 2026", "May 3, 2026 9:00 AM (GMT+1)"),
    ],
)
def test_ways_of_writing_a_range(written: str, start: str, end: str) -> None:
    """A zone written once holds for both times, and for no date without a time."""
    assert (start, end) == split_range(written)


def test_a_start_that_is_a_range_keeps_its_start(write: Callable[..., Path]) -> None:
    """So a planned start never becomes the end of something; words with an arrow between them are left alone."""
    part = extract(write, 'Name,Start date,Steps\na,"May 1, 2026 → May 3, 2026",x → y\nb,"May 2, 2026",\n').parts[0]

    assert ["May 1, 2026", "May 2, 2026"] == seen(part, "current_start")
    assert ["x → y", ""] == column_of(part.sheet, "Steps").fillna("").tolist()


def test_relations_are_titles(write: Callable[..., Path]) -> None:
    """Addresses and paths go, commas within titles stay, and a parent is the row of that title."""
    part = extract(write, CAMPAIGNS).parts[0]

    assert "Brand;Web, all of it" == column_of(part.sheet, "Related").iloc[0]
    assert ["", "Spring", ""] == seen(part, "parent_id")


def test_the_zip_is_read_as_exported(write: Callable[..., Path]) -> None:
    """All rows rather than the view's, pages and pictures ignored, the database named in messages."""
    members = {
        f"Home {OTHER}/Campaigns {PAGE}_all.csv": CAMPAIGNS,
        f"Home {OTHER}/Campaigns {PAGE}.csv": CAMPAIGNS.rsplit("\n", 2)[0],
        f"Home {OTHER}/Campaigns {PAGE}/Spring {OTHER}.md": "# Spring",
        f"__MACOSX/._Campaigns {PAGE}.csv": "rubbish",
    }  # fmt: skip
    sheet = extract(write, packed(members), "data/export.zip").parts[0].sheet

    assert (3, "Campaigns", "data/export.zip") == (len(sheet.cells), sheet.sheet, sheet.file)
    assert extract(write, CAMPAIGNS).parts[0].sheet.cells.equals(sheet.cells)


def test_a_zip_packed_anew_is_read(write: Callable[..., Path]) -> None:
    """Somebody has renamed the table; its own name is its title then."""
    assert "campaigns" == extract(write, packed({"campaigns.csv": CAMPAIGNS}), "data/e.zip").parts[0].sheet.sheet


def test_a_zip_within_a_zip_is_read(write: Callable[..., Path]) -> None:
    """One level deep, as large exports come; what lies deeper is not opened."""
    part = packed({f"Campaigns {PAGE}.csv": CAMPAIGNS})
    deeper = packed({"b-Part-1.zip": packed({"c-Part-1.zip": part})})

    assert 3 == len(extract(write, packed({"a-Part-1.zip": part}), "data/e.zip").parts[0].sheet.cells)
    with pytest.raises(InputError, match="holds no table"):
        extract(write, deeper, "data/e.zip")


def test_of_several_databases_the_one_that_fits_is_read(write: Callable[..., Path]) -> None:
    """And the others are named; sheet: chooses otherwise."""
    data = packed({f"Campaigns {PAGE}_all.csv": CAMPAIGNS, f"Tasks {OTHER}_all.csv": TASKS})
    best, chosen = (extract(write, data, "data/e.zip", sheet).parts[0] for sheet in ("", "Tasks"))

    assert 'data/e.zip: the database "Campaigns" was read, not Tasks.' in best.sheet.notes
    assert ["Write", "Send"] == seen(chosen, "name")
    assert not any("was read, not" in note for note in chosen.sheet.notes)


@pytest.mark.parametrize(
    ("members", "sheet", "words"),
    [
        ({f"A {PAGE}.csv": TASKS, f"B {OTHER}.csv": TASKS}, "", "several databases in the zip fit equally well"),
        ({f"A {PAGE}.csv": TASKS}, "B", "no such database in the zip"),
        ({f"Page {PAGE}.md": "# Page"}, "", "holds no table"),
    ],
)
def test_a_zip_that_leaves_a_doubt_is_refused(
    members: dict[str, str], sheet: str, words: str, write: Callable[..., Path]
) -> None:
    """With what there is to choose from."""
    with pytest.raises(InputError, match=words):
        extract(write, packed(members), "data/e.zip", sheet)


@pytest.mark.parametrize("data", [b"PK\x03\x04 and nothing more", b"no zip at all"])
def test_a_damaged_zip_is_refused(data: bytes, write: Callable[..., Path]) -> None:
    """With its name, without a traceback."""
    with pytest.raises(InputError, match=r"data/e\.zip: not a readable zip archive"):
        extract(write, data, "data/e.zip")


def test_a_zip_is_never_unpacked(write: Callable[..., Path]) -> None:
    """A member that points outside the folder is read like any other, and nothing is written."""
    folder = write({"data/e.zip": packed({f"../../../Evil {PAGE}.csv": TASKS, "../../note.txt": "x"})})
    before = sorted(folder.parent.rglob("*"))
    NOTION.read([Export(folder / "data/e.zip", "data/e.zip")], Source())

    assert before == sorted(folder.parent.rglob("*"))


def test_a_zip_that_would_fill_the_memory_is_refused(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any of it is unpacked."""
    monkeypatch.setattr(notion, "LARGEST", 10)

    with pytest.raises(InputError, match="more than can be read"):
        extract(write, packed({f"A {PAGE}.csv": TASKS}), "data/e.zip")


def test_a_box_is_a_status_where_there_is_no_other(write: Callable[..., Path]) -> None:
    """Ticked is done, by the client's own word."""
    told = extract(write, TASKS)

    assert ["Done", "Not done"] == seen(told.parts[0], "status")
    assert {"Done": {"status": "delivered"}} == told.meanings


def test_a_notion_export_becomes_programs(read: Callable[..., Intake]) -> None:
    """Moments without a zone are local ones; days are days; the parent is found by its title."""
    yml = 'sources:\n  - file: "data/e.zip"\n    statuses:\n      Live: {status: delivered}\n'
    intake = read({"data/e.zip": packed({f"Campaigns {PAGE}_all.csv": CAMPAIGNS})}, yml)
    programs = intake.tables["programs"].set_index("program_id")

    assert () == intake.problems
    assert ["Draft → Final", "Landing page", "Spring"] == programs.index.tolist()
    assert "2026-03-31 18:00:00-04:00" == str(programs.loc["Spring", "updated_at"])
    assert ["2026-06-02", "2026-04-30", "2026-03-31"] == programs["current_end"].dt.strftime("%F").tolist()
    assert ("Spring", "2026-03-15") == (
        programs.loc["Landing page", "parent_id"], str(programs.loc["Spring", "baseline_end"].date()),
    )  # fmt: skip
    assert (("In review", 1),) == intake.sources[0].unmapped["status"]
