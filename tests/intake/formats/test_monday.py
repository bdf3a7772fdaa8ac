from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.detect import glimpse
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.columns import column_of
from gapkit.intake.formats.monday import read, recognise

N = None
TITLES = [
    "Name", "Subitems", "Person", "Status", "Timeline", "Date", "Tags", "Budget", "Creation log",
    "Item ID (auto generated)",
]  # fmt: skip
BELOW = ["Subitems", "Name", "Owner", "Status", "Due date", "Item ID (auto generated)"]
BOARD: list[list[Any]] = [
    ["Spring"],
    ["Films"],
    TITLES,
    ["Teaser", "Cut, Sound", "Ana Silva, Ben Roy", "Working on it", "2026-02-01 - 2026-03-31", dt.datetime(2026, 4, 2),
     "video, urgent", 1200, "Ana Silva Jan 5, 2026 3:04 PM", 8396967148],
    BELOW,
    [N, "Cut", "Cem Kaya", "Done", "2026-02-20", "8396967149"],
    [N, N, N, "1/2"],
    [],
    ["Print"],
    TITLES,
    ["Poster", N, N, N, N, N, N, N, "2026-01-06 10:00:00 UTC", "8396967150"],
]  # fmt: skip
PLAIN = ["Name", "Person", "Status", "Due date"]


@pytest.fixture
def monday(write: Callable[..., Path]) -> Callable[..., Extract]:
    """The extract of a workbook with the sheets given; a list of rows alone is the only sheet."""

    def go(sheets: Any, **entries: Any) -> Extract:
        folder = write({"data/b.xlsx": sheets if isinstance(sheets, dict) else {"Sheet": sheets}})
        return read([Export(folder / "data/b.xlsx", "data/b.xlsx")], Source(file="data/b.xlsx", **entries))

    return go


def column(extract: Extract, name: str, part: int = 0) -> list[Any]:
    """A column by our name, or by its own; blank cells as ""."""
    of = extract.parts[part]
    return column_of(of.sheet, of.fields.get(name, name)).fillna("").tolist()


def test_a_board_is_recognised_by_its_layout(write: Callable[..., Path]) -> None:
    """Columns only Monday adds, titles that occur again, or a status, a person and a day below two names will do."""
    again = [["S"], ["G"], ["Campaign", "Brand"], ["A", "x"], [], ["H"], ["Campaign", "Brand"], ["B", "y"]]
    plain = [["S"], ["G"], PLAIN, ["A", "Ana", "Done", "2026-03-01"]]
    for rows in (BOARD, again, plain):
        folder = write({"data/b.xlsx": {"board": rows}})

        assert recognise(glimpse(folder / "data/b.xlsx", "data/b.xlsx"))


@pytest.mark.parametrize(
    "rows",
    [
        (("Plan name", "X"), ("Plan ID", "7"), ("Date of export", "1/2/2026"), (), ("Task ID", "Task Name", "Bucket Name")),
        (("program_id", "name", "type", "team", "status"), ("1", "a", "web", "Web", "delivered")),
        (("Report of June",), (), ("Name", "Assigned To", "Status", "Due Date"), ("A", "Ana", "Done", "1/2/26")),
        (("Key", "Parent Task", "Title", "Status", "Assigned To"), ("1", "", "/Folder/", "", "")),
        (("Name", "Owner", "Status", "Due date"), ("A", "Ana", "Done", "2026-03-01")),
        (("Spring",), ("Films",), ("Campaign", "Brand"), ("A", "x")),
        ((),),
    ],
)
def test_other_layouts_are_not_recognised(rows: tuple[tuple[str, ...], ...]) -> None:
    """Planner, gapkit's tables, reports, Wrike, and tables with nothing of Monday in them are something else."""
    assert () == recognise(Glimpse("data/b.xlsx", ".xlsx", {"Sheet": rows}))


def test_a_csv_file_is_no_board() -> None:
    """Monday exports boards as workbooks only."""
    rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in BOARD)

    assert () == recognise(Glimpse("data/b.csv", ".csv", {"": rows}))


def test_items_are_read_by_what_their_columns_mean(monday: Callable[..., Extract]) -> None:
    """People and tags become lists, a period its first and last day, a log its moment; the rest stays as it is."""
    extract = monday(BOARD)
    expected = {
        "name": ["Teaser", "Poster"],
        "status": ["Working on it", ""],
        "owners_now": ["Ana Silva;Ben Roy", ""],
        "current_start": ["2026-02-01", ""],
        "current_end": ["2026-03-31", ""],
        "first_seen_on": ["Jan 5, 2026 3:04 PM", "2026-01-06 10:00:00Z"],
        "Tags": ["video;urgent", ""],
        "Group": ["Films", "Print"],
        "Board": ["Spring", "Spring"],
        "Budget": [1200, ""],
    }

    assert expected == {name: column(extract, name) for name in expected}
    assert [4, 11] == extract.parts[0].sheet.cells.index.tolist()
    assert {} == extract.meanings
    assert not {"Subitems", "team"} & {*extract.parts[0].sheet.columns, *extract.parts[0].fields}


def test_subitems_are_read_by_titles_of_their_own(monday: Callable[..., Extract]) -> None:
    """Their columns are others than those of the items, and they name the item they are under by its id."""
    extract = monday(BOARD)
    expected = {
        "program_id": ["8396967149"], "name": ["Cut"], "parent_id": [8396967148], "status": ["Done"], "Group": ["Films"],
        "owners_now": ["Cem Kaya"], "current_end": ["2026-02-20"],
    }  # fmt: skip

    assert expected == {name: column(extract, name, part=1) for name in expected}
    assert [8396967148, "8396967150"] == column(extract, "program_id")
    assert "parent_id" not in extract.parts[0].fields


def test_a_due_date_goes_before_a_period_and_a_period_before_a_mere_date(monday: Callable[..., Extract]) -> None:
    """The plan is the most telling column: Due date, else the end of the only period, else Date."""
    period, day = "2026-02-01 - 2026-03-31", "2026-03-15"
    both = monday([["S"], ["G"], ["Name", "Status", "Due date", "Production"], ["A", "Done", day, period]])
    vague = monday([["S"], ["G"], ["Name", "Status", "Date", "Production"], ["A", "Done", day, period]])
    mere = monday([["S"], ["G"], ["Name", "Status", "Date"], ["A", "Done", day]])
    split = monday([["S"], ["G"], ["Name", "Timeline - Start", "Timeline - End"], ["A", "2026-02-01", "2026-03-31"]])

    ends = [column(each, "current_end") for each in (both, vague, mere, split)]

    assert [[day], ["2026-03-31"], [day], ["2026-03-31"]] == ends
    assert [["2026-02-01"]] * 3 == [column(each, "current_start") for each in (both, vague, split)]
    assert "current_start" not in mere.parts[0].fields


def test_of_several_periods_the_timeline_counts(monday: Callable[..., Extract]) -> None:
    """Other periods are kept beside it; several of them without a timeline are for the consultant to choose from."""
    rows = [["S"], ["G"], ["Name", "Shooting", "Timeline"], ["A", "2026-02-01 - 2026-02-02", "2026-01-01 - 2026-03-31"]]
    others = [["S"], ["G"], ["Name", "Shooting", "Cutting"], ["A", "2026-02-01 - 2026-02-02", "2026-02-03 - 2026-02-04"]]
    timeline, none = monday(rows), monday(others)

    assert (["2026-01-01"], ["2026-03-31"]) == (column(timeline, "current_start"), column(timeline, "current_end"))
    assert ["2026-02-02"] == column(timeline, "Shooting - End")
    assert "current_end" not in none.parts[0].fields


def test_a_cell_that_is_no_period_is_kept_whole(monday: Callable[..., Extract]) -> None:
    """One day is both ends; what is neither stays at the start, for the parser to name."""
    rows = [["S"], ["G"], ["Name", "Timeline"], ["A", "2026-02-01 - 2026-03-31"], ["B", "2026-02-01 → 2026-02-02"],
            ["C", "2026-03-03"], ["D", "soon"]]  # fmt: skip
    extract = monday(rows)

    assert ["2026-02-01", "2026-02-01", "2026-03-03", "soon"] == column(extract, "current_start")
    assert ["2026-03-31", "2026-02-02", "2026-03-03", ""] == column(extract, "current_end")


def test_items_without_ids_are_known_by_board_group_and_name(monday: Callable[..., Extract]) -> None:
    """The id stays as long as the item is neither renamed nor moved, which is said; twins are numbered."""
    rows = [["Spring"], ["Films"], PLAIN, ["Teaser"], ["Subitems", "Name"], [N, "Cut"], ["Teaser"], [], ["Print"], PLAIN,
            ["Teaser", "Ana", "Done"]]  # fmt: skip
    extract = monday(rows)

    assert ["Spring / Films / Teaser", "Spring / Films / Teaser (2)", "Spring / Print / Teaser"] == column(
        extract, "program_id"
    )
    assert ["Spring / Films / Teaser / Cut"] == column(extract, "program_id", part=1)
    assert ["Spring / Films / Teaser"] == column(extract, "parent_id", part=1)
    assert "4 programs are known by board, group and name" in extract.notes[0]
    assert "becomes a new program" in extract.notes[0]


def test_without_a_status_the_group_serves_as_one(monday: Callable[..., Extract]) -> None:
    """Many boards keep a group per stage; any column with the word status in its title goes before."""
    group = monday([["S"], ["Brief"], ["Name", "Person", "Item ID"], ["A", "Ana", "1"]])
    worded = monday([["S"], ["Brief"], ["Name", "Campaign status", "Item ID"], ["A", "Live", "1"]])
    several = monday([["S"], ["Brief"], ["Name", "Campaign status", "Legal status", "Item ID"], ["A", "Live", "Open", "1"]])

    assert [["Brief"], ["Live"], ["Brief"]] == [column(each, "status") for each in (group, worded, several)]
    assert "has no column for the status" in group.notes[0]
    assert () == worded.notes


def test_a_column_called_group_is_the_clients(monday: Callable[..., Extract]) -> None:
    """The group of the layout is then called otherwise, and neither is lost."""
    extract = monday([["S"], ["Films"], ["Name", "Group", "Status"], ["A", "EMEA", "Done"]])

    assert (["EMEA"], ["Films"]) == (column(extract, "Group"), column(extract, "Group of the board"))


def test_sheets_of_talk_are_left_alone_and_other_boards_are_read(monday: Callable[..., Extract]) -> None:
    """What people wrote is personal and stays out; every sheet with a board is a part; both are said."""
    talk = [["Item ID", "Item Name", "Content Type", "User", "Created At", "Update Content"], ["1", "A", "Update", "Ana"]]
    board = [["S"], ["G"], [*PLAIN, "Item ID"], ["A", "Ana", "Done", N, "1"]]
    extract = monday({"board": board, "board-updates": talk, "second": board, "readme": [["x", 1]]})

    assert ["board", "second"] == [part.sheet.sheet for part in extract.parts]
    assert ["board-updates", "readme"] == [note.split('"')[1] if '"' in note else note.split()[-1].rstrip(".")
                                           for note in extract.notes]  # fmt: skip
    assert ["second"] == [part.sheet.sheet for part in monday({"b": board, "second": board}, sheet="second").parts]


def test_a_workbook_without_a_board_is_refused(monday: Callable[..., Extract]) -> None:
    """The problem says what was looked for and what to do."""
    with pytest.raises(InputError, match="no board of Monday"):
        monday([["a", 1], ["b", 2]])


def test_sums_are_left_out_and_counted(monday: Callable[..., Extract]) -> None:
    """A row of sums is no program."""
    assert 'data/b.xlsx, board "Spring": 1 row of sums left out.' in monday(BOARD).notes


def test_the_whole_way(read: Callable[..., Intake]) -> None:
    """Mapped statuses, lists of owners, dates as cells and as text: the board becomes programs without a problem."""
    yml = (
        "sources:\n  - file: data/b.xlsx\n    statuses:\n      Done: delivered\n      Working on it: in_progress\n"
        "    fields: {team: Board}\n"
    )
    intake = read({"data/b.xlsx": {"spring": BOARD}}, yml)
    programs = intake.tables["programs"].set_index("program_id")

    assert () == intake.problems
    assert "monday-excel" == intake.sources[0].format
    assert ["in_progress", "delivered", "not_started"] == programs["status"].tolist()
    assert "Ana Silva;Ben Roy" == programs.loc["8396967148", "owners_now"]
    assert "8396967148" == programs.loc["8396967149", "parent_id"]
    assert {"Spring"} == set(programs["team"])
    assert ["2026-01-05", "2026-01-06"] == [str(day.date()) for day in programs["first_seen_on"].dropna()]


def test_one_corrupted_cell_is_one_problem(read: Callable[..., Intake]) -> None:
    """It is named by file, sheet, row, column and value, and the other rows are read."""
    items = [[f"item {n}", "Ana", "Done", f"2026-04-0{n}" if n != 2 else "2026-04-99", str(n)] for n in (1, 2, 3)]
    rows = [["S"], ["G"], [*PLAIN, "Item ID"], *items]
    intake = read({"data/b.xlsx": {"spring": rows}}, "sources:\n  - file: data/b.xlsx\n")
    seen = [(p.file, p.sheet, p.row, p.column, p.value) for p in intake.problems]

    assert [("data/b.xlsx", "spring", 5, "Due date", "2026-04-99")] == seen
    assert ["1", "3"] == intake.tables["programs"].dropna(subset="current_end")["program_id"].tolist()
