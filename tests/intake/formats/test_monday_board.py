from __future__ import annotations

from typing import Any

import pytest

from gapkit.intake.formats.monday_board import Board, find_titles, read_board

TITLES = ["Name", "Owner", "Status"]
N = None


def outline(board: Board | None) -> list[tuple[str, str, int]]:
    """Name, group and parent row of every item."""
    assert board is not None
    return [(item.cells[board.titles[0]], item.group, item.under) for item in board.items]


def test_groups_titles_sums_and_blank_rows_are_no_items() -> None:
    """What stands between the items says in which group they are; rows keep Excel's number."""
    rows = [
        ["Spring"],
        ["All we launch this spring"],
        ["Films"],
        TITLES,
        ["Teaser", "Ana", "Done"],
        [N, N, "1/1"],
        [],
        ["Print"],
        TITLES,
        ["Poster", "Ben", "Working on it"],
        ["Flyer"],
        [N, N, "0/2"],
    ]
    board = read_board(rows, "sheet")

    assert [("Teaser", "Films", 0), ("Poster", "Print", 0), ("Flyer", "Print", 0)] == outline(board)
    assert board is not None
    assert ("Spring", tuple(TITLES), 2) == (board.name, board.titles, board.n_sums)
    assert [5, 10, 11] == [item.row for item in board.items]
    assert {"Name": "Poster", "Owner": "Ben", "Status": "Working on it"} == board.items[1].cells


@pytest.mark.parametrize(
    "below",
    [
        [["Subitems", "Name", "Person", "Effort"]],
        [[N, "Subitems", "Person", "Effort"]],
        [["Subitems"], [N, "Name", "Person", "Effort"]],
    ],
)
def test_subitems_stand_under_their_item(below: list[list[Any]]) -> None:
    """In each way their titles are written, what follows indented belongs to the item above and is read by those titles."""
    rows = [
        ["Spring"], ["Films"], TITLES, ["Teaser", "Ana", "Done"], *below, [N, "Cut", "Cem", 3], [N, "Sound"],
        ["Trailer", "Ana", "Done"], *below, [N, "Cut", "Dan", 2], [N, N, N, 5],
    ]  # fmt: skip
    board = read_board(rows, "sheet")
    first, second = 4, 4 + len(below) + 3

    assert [
        ("Teaser", "Films", 0), ("Cut", "Films", first), ("Sound", "Films", first), ("Trailer", "Films", 0),
        ("Cut", "Films", second),
    ] == outline(board)  # fmt: skip
    assert board is not None
    assert {"Name": "Cut", "Person": "Cem", "Effort": 3} == board.items[1].cells
    assert 1 == board.n_sums


def test_a_sum_below_subitems_is_no_subitem() -> None:
    """A number where a name would stand, in the last row of a group, is a sum; a subitem may be called 2026 elsewhere."""
    rows = [["S"], ["G"], TITLES, ["A"], ["Subitems", "Name"], [N, "2026"], [N, "2/2"], [], ["H"], TITLES, ["B"]]

    assert [("A", "G", 0), ("2026", "G", 4), ("B", "H", 0)] == outline(read_board(rows, "sheet"))


def test_an_empty_group_holds_nothing() -> None:
    """A name alone after a blank row is a group even without titles; alone among items it is an item."""
    rows = [["S"], ["G"], TITLES, ["A", "Ana"], [], ["Later"], [], ["H"], TITLES, ["B"], ["C", "Ana"]]

    assert [("A", "G", 0), ("B", "H", 0), ("C", "H", 0)] == outline(read_board(rows, "sheet"))


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["S"], ["G"], ["Campaign", "Owner"], ["A", "Ana"], [], ["H"], ["Campaign", "Owner"]], 2),
        ([["S"], ["G"], ["Campaign", "Subitems", "Owner"], ["A"]], 2),
        ([["S"], ["G"], ["Campaign", "Owner", "Item ID (auto generated)"]], 2),
        ([["Exported", "by", "Ana"], [], ["Name", "Owner"]], 2),
        ([["S"], ["G"], ["Campaign", "Owner"], ["A", "Ana"]], 2),
        ([["Name", "Owner"], ["A", "Ana"]], 0),
        ([["A", 1], ["B", 2]], -1),
        ([[], [N]], -1),
    ],
)
def test_titles_are_found_whatever_the_first_is_called(rows: list[list[Any]], place: int) -> None:
    """They occur again, hold a column of Monday's own, begin with Name, or follow the name of a group."""
    assert place == find_titles(rows)


def test_cells_of_columns_with_one_title_are_joined() -> None:
    """No cell is lost to another column of the same title."""
    board = read_board([["S"], ["G"], ["Name", "Update", "Update"], ["A", "x", "y"]], "sheet")

    assert board is not None
    assert {"Name": "A", "Update": "x;y"} == board.items[0].cells


def test_rows_without_titles_are_no_board() -> None:
    """A sheet of anything else gives none; a board without its name in the first row is called by its sheet."""
    board = read_board([["G"], TITLES, ["A"]], "Launches")

    assert read_board([["a", 1], [2, 3]], "sheet") is None
    assert board is not None
    assert "Launches" == board.name
