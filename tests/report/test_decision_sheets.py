"""The sheets of decisions: written, edited as people do, and read back."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.errors import InputError
from gapkit.redesign.decisions.decided import SECTIONS, Decided
from gapkit.redesign.decisions.record import decisions_record
from gapkit.redesign.decisions.rules import Rule
from gapkit.report.decision_reader import Edited, read_edits
from gapkit.report.decision_sheets import NAMES, PURPOSES, decision_sheets
from gapkit.report.registers import Heading, Register
from gapkit.report.workbook import write_workbook

DAY = dt.date(2026, 6, 4)
FILE = "workbook.xlsx"
MANY = tuple(f"person, {number}" for number in range(60))
RULES = {
    "owners": {"owner": Rule("id", "who answers", MANY, may_be_empty=True)},
    "cadence": {"time": Rule("choice", "when it begins", ("09:00", "10:30"))},
    "slas": {
        "days": Rule("number", "days it may take", lowest=0.5, highest=60),
        "answers": Rule("text", "who answers"),
        "adherence": Rule("share", "share of waits that should keep it"),
        "from_on": Rule("date", "first day", may_be_empty=True),
        "roles": Rule("list", "who is told", may_be_empty=True),
        "is_strict": Rule("flag", "whether it holds without exception"),
        "rounds": Rule("whole", "rounds allowed", may_be_empty=True),
    },
    "plan": {},
}
LEGAL = {
    "days": 5,
    "answers": "=1+1",
    "adherence": 0.85,
    "from_on": DAY,
    "roles": ["lead", "a; b"],
    "is_strict": True,
    "rounds": 2,
}
TODAY: dict[str, Any] = {
    "owners": {"007": {"owner": MANY[1]}},
    "slas": {
        "legal": LEGAL,
        "A → B": {**LEGAL, "days": 0.5, "roles": [], "is_strict": False, "rounds": None, "from_on": None},
    },
    "cadence": {"weekly": {"time": "09:00"}},
    "plan": {},
}


def book_of(today: dict[str, Any], rules: dict[str, dict[str, Rule]], path: Path | io.BytesIO) -> None:
    """Write the workbook of an engagement, a register beside the decisions."""
    record = {"decisions": decisions_record(Decided(), today, rules, {"owners": {"007": "Spring launch"}})}
    register = Register("Words", "What it lists.", (Heading("Id (of a word)"),), (("a",),))
    write_workbook(path, [register, *decision_sheets(record)], title="T", as_of=DAY, whose=("acme", "Acme"))  # type: ignore[arg-type]


def read(data: bytes, rules: dict[str, dict[str, Rule]] = RULES) -> Edited:
    return read_edits(data, FILE, rules, engagement="acme", client="Acme")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / FILE
    book_of(TODAY, RULES, place)
    return place


@pytest.fixture
def edited(path: Path) -> Callable[..., Edited]:
    """Open the workbook, do something to it, save it, and read what was edited."""

    def do(act: Callable[[Any], object]) -> Edited:
        book = openpyxl.load_workbook(path)
        act(book)
        book.save(path)
        return read(path.read_bytes())

    return do


@pytest.fixture
def refused(edited: Callable[..., Edited]) -> Callable[..., list[tuple[str, int | None, str, str, str]]]:
    """Likewise, and return what is refused: sheet, row, column, value, what is wrong."""

    def do(act: Callable[[Any], object]) -> list[tuple[str, int | None, str, str, str]]:
        with pytest.raises(InputError) as error:
            edited(act)
        return [(one.sheet, one.row, one.column, one.value, one.what) for one in error.value.problems]

    return do


def put(**cells: Any) -> Callable[[Any], None]:
    """Write cells of the sheet of hand-off times."""

    def act(book: Any) -> None:
        for place, value in cells.items():
            book["Decide SLAs"][place] = value

    return act


def touched(found: Edited) -> dict[str, dict[str, Any]]:
    return {edit.id: edit.touched for edit in found.edits}


def test_every_section_has_a_sheet_of_its_own() -> None:
    """With a name and a sentence; a new section must be given both."""
    assert set(SECTIONS) == set(NAMES) == set(PURPOSES)
    assert len(SECTIONS) == len(set(NAMES.values()))


def test_a_record_without_decisions_gives_no_sheet() -> None:
    """A redesign of nothing, and a workbook without a redesign."""
    empty = decisions_record(Decided(), {}, RULES, {})

    assert [] == list(decision_sheets({})) == list(decision_sheets({"decisions": empty}))


def test_a_sheet_shows_id_name_and_every_field(path: Path) -> None:
    """A line of help, a fixed header with filters, ids and names first, one column for each field."""
    sheet = openpyxl.load_workbook(path)["Decide SLAs"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    fields = ("Status", "Days", "Answers", "Adherence", "From on", "Roles", "Is strict", "Rounds", "Note")

    assert ("Id (slas)", "Known as", *fields, "To know") == rows[0]
    assert ("legal", " ", "proposed", 5, "=1+1", 0.85, dt.datetime(2026, 6, 4), "lead\na; b", "yes", 2, None, " ") == rows[
        1
    ]
    assert ("C3", "A2:L4") == (sheet.freeze_panes, sheet.auto_filter.ref)
    assert "White cells are yours to edit" in sheet["A1"].value
    assert "s" == sheet["E3"].data_type
    assert "Spring launch" == openpyxl.load_workbook(path)["Decide owners"]["B3"].value


def test_cells_offer_what_is_allowed(path: Path) -> None:
    """Lists to choose from stand on a hidden sheet, however long; numbers and dates have limits; text has a hint."""
    book = openpyxl.load_workbook(path)
    checks = {str(one.sqref): one for one in book["Decide SLAs"].data_validations.dataValidation}
    owner = {str(one.sqref): one for one in book["Decide owners"].data_validations.dataValidation}["D3"]
    kinds = {place: (one.type, one.formula1, one.formula2) for place, one in checks.items()}

    assert ("decimal", "0.5", "60") == kinds["D3:D4"]
    assert ("decimal", "0", "1") == kinds["F3:F4"]
    assert "date" == kinds["G3:G4"][0]
    assert "whole" == kinds["J3:J4"][0]
    assert "who answers\nAllowed: text" == checks["E3:E4"].prompt
    assert ("hidden", "veryHidden") == (book["choices"].sheet_state, book["gapkit"].sheet_state)
    assert list(MANY) == [row[0].value for row in book["choices"][owner.formula1.removeprefix("choices!")]]
    assert ["proposed", "agreed", "declined"] == [
        row[0].value for row in book["choices"][checks["C3:C4"].formula1.removeprefix("choices!")]
    ]


def test_the_same_decisions_give_the_same_bytes(path: Path, tmp_path: Path) -> None:
    """Nothing depends on the clock."""
    book_of(TODAY, RULES, tmp_path / "again.xlsx")

    assert path.read_bytes() == (tmp_path / "again.xlsx").read_bytes()


def test_an_untouched_workbook_edits_nothing(path: Path, edited: Callable[..., Edited]) -> None:
    """As gapkit wrote it, and as another program saved it."""
    assert Edited((), ()) == read(path.read_bytes())
    assert Edited((), ()) == edited(lambda book: None)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"C3": " Agreed "}, {"status": "agreed"}),
        ({"D3": "4"}, {"days": 4}),
        ({"D3": 4.5}, {"days": 4.5}),
        ({"F3": "90 %"}, {"adherence": 0.9}),
        ({"G3": "2026-07-01"}, {"from_on": "2026-07-01"}),
        ({"G3": dt.datetime(2026, 7, 1)}, {"from_on": "2026-07-01"}),
        ({"G3": None}, {"from_on": None}),
        ({"H3": "lead"}, {"roles": ["lead"]}),
        ({"H3": "lead\nteam; two\n"}, {"roles": ["lead", "team; two"]}),
        ({"H3": "lead; team"}, {"roles": ["lead", "team"]}),
        ({"I3": False}, {"is_strict": False}),
        ({"I3": "No"}, {"is_strict": False}),
        ({"J3": "2.0"}, {}),
        ({"K3": "why not "}, {"note": "why not"}),
        ({"K3": 12}, {"note": "12"}),
        ({"A3": "legal "}, {}),
        ({"B3": "renamed", "L3": "scribbled"}, {}),
    ],
)
def test_what_people_do_to_cells_is_understood(
    edited: Callable[..., Edited], cells: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Numbers and dates as text, blanks, another case; grey cells are not read."""
    assert ({"legal": expected} if expected else {}) == touched(edited(put(**cells)))


@pytest.mark.parametrize("cell", ["10:30 ", dt.time(10, 30)])
def test_a_time_of_day_is_one_whatever_excel_makes_of_it(edited: Callable[..., Edited], cell: object) -> None:
    """Text columns are text for Excel too; a cell that became a time all the same is read as it shows."""

    def act(book: Any) -> None:
        assert "@" == book["Decide cadence"]["D3"].number_format
        book["Decide cadence"]["D3"] = cell

    assert {"weekly": {"time": "10:30"}} == touched(edited(act))


def test_all_that_cannot_be_taken_over_is_said_at_once(refused: Callable[..., Any]) -> None:
    """Sheet, row, column and value of each cell, and nothing else is needed to mend it."""
    cells = {"C3": "maybe", "D3": 99, "D4": "=2*3", "E3": None, "F4": 85, "G3": "1.7.2026", "I4": "#REF!", "J3": 1.5}

    assert [
        ("Decide SLAs", 3, "Status", "maybe", "not one of the values to choose from"),
        ("Decide SLAs", 3, "Days", "99", "not within the limits"),
        ("Decide SLAs", 3, "Answers", "", "empty"),
        ("Decide SLAs", 3, "From on", "1.7.2026", "not a date"),
        ("Decide SLAs", 3, "Rounds", "1.5", "not a whole number"),
        ("Decide SLAs", 4, "Days", "=2*3", "not a number"),
        ("Decide SLAs", 4, "Adherence", "85", "not within the limits"),
        ("Decide SLAs", 4, "Is strict", "#REF!", "a formula that gives an error"),
    ] == refused(put(**cells))


def test_a_person_nobody_knows_is_refused_with_the_nearest(edited: Callable[..., Edited]) -> None:
    """What is allowed and what to do stand with each problem."""
    with pytest.raises(InputError) as error:
        edited(lambda book: book["Decide owners"].__setitem__("D3", "persn, 2"))
    (problem,) = error.value.problems

    assert ("60 values; or nothing", "Did you mean person, 2?") == (problem.allowed, problem.remedy)


def test_rows_may_be_sorted_and_columns_moved(edited: Callable[..., Edited]) -> None:
    """Entries are known by their ids, fields by their headers, a sheet by the header of its ids."""

    def act(book: Any) -> None:
        sheet = book["Decide SLAs"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        sheet.delete_rows(1, 10)
        for row in (["Our copy"], [], rows[0][::-1], rows[2][::-1], [], rows[1][::-1]):
            sheet.append(row)
        sheet.title = "Ours"
        next(cell for cell in sheet[6] if cell.value == 5).value = 4

    book = edited(act)

    assert ({"legal": {"days": 4}}, ()) == (touched(book), book.remarks)
    assert ("Ours", 6) == (book.edits[0].sheet, book.edits[0].row)


def test_what_is_not_there_changes_nothing_and_is_said(edited: Callable[..., Edited]) -> None:
    """A sheet or a row deleted, a column added: passed over, with a remark."""

    def act(book: Any) -> None:
        del book["Decide owners"]
        book["Decide SLAs"].delete_rows(4)
        book["Decide SLAs"]["M2"] = "Our remarks"
        book["Decide SLAs"]["M3"] = "ask Ada"

    assert (
        (),
        (
            'There is no sheet with a column "Id (owners)": owners stay as they are.',
            'Not read on the sheet "Decide SLAs": Our remarks.',
            '1 entry of slas not on the sheet "Decide SLAs" any more: nothing is changed there.',
        ),
    ) == edited(act)


def test_rows_nobody_can_place_are_refused(refused: Callable[..., Any]) -> None:
    """An id that is unknown, twice there, or gone."""

    def act(book: Any) -> None:
        sheet = book["Decide SLAs"]
        for row in (["legl", None, "agreed"], ["legal", None, "agreed"], [None, None, "agreed"]):
            sheet.append(row)

    assert [
        ("Decide SLAs", 5, "Id (slas)", "legl", "no such entry"),
        ("Decide SLAs", 6, "Id (slas)", "legal", "given twice: the first is in row 3"),
        ("Decide SLAs", 7, "Id (slas)", "", "no id"),
    ] == refused(act)


def test_columns_that_are_missing_or_twofold_are_refused(refused: Callable[..., Any]) -> None:
    """Edits under a header that was changed would be lost otherwise."""
    assert [
        ("Decide SLAs", 2, "Days", "", "there is no such column"),
        ("Decide SLAs", 2, "Note", "", "two columns of this name"),
    ] == refused(put(D2="Days allowed", M2="note"))


def test_a_copied_sheet_is_refused(refused: Callable[..., Any]) -> None:
    """Nobody could say which of the two holds."""
    assert [("Decide SLAs Copy", None, "", "", "slas stand on a second sheet; the first is Decide SLAs")] == refused(
        lambda book: book.copy_worksheet(book["Decide SLAs"])
    )


@pytest.mark.parametrize(
    ("act", "what"),
    [
        (lambda book: book.__delitem__("gapkit"), "its hidden sheet is missing"),
        (lambda book: book["gapkit"].__setitem__("A1", "x"), "its hidden sheet is missing"),
        (lambda book: book["gapkit"].__setitem__("F2", "{"), "the hidden sheet of decisions was changed"),
        (lambda book: book["gapkit"].__setitem__("D2", "x"), "made by another version of gapkit: owners › x"),
        (lambda book: book["gapkit"].__setitem__("C1", '"Beta"'), "this workbook is of Beta"),
        (lambda book: book["gapkit"].__setitem__("B1", '"beta"'), "this workbook is of Acme"),
    ],
)
def test_a_workbook_that_is_not_ours_is_refused(
    edited: Callable[..., Edited], act: Callable[[Any], None], what: str
) -> None:
    """Of another engagement, another version, or without what every cell showed."""
    with pytest.raises(InputError, match=what):
        edited(act)


@pytest.mark.parametrize("data", [b"", b"name;status\n", b"PK\x03\x04"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    """Not a traceback."""
    with pytest.raises(InputError, match=FILE):
        read(data)


@pytest.mark.parametrize("ids", [("x", "x "), ("é" * 9000,)])
def test_an_entry_excel_cannot_tell_apart_is_edited_elsewhere(tmp_path: Path, ids: tuple[str, ...]) -> None:
    """Untouched it does no harm; a change might land on the wrong entry."""
    rules = {"slas": {"days": Rule("number", "days")}}
    book_of({"slas": {each: {"days": 5} for each in ids}}, rules, tmp_path / FILE)
    assert () == read((tmp_path / FILE).read_bytes(), rules).edits
    book = openpyxl.load_workbook(tmp_path / FILE)
    book["Decide SLAs"]["D3"] = 4
    book.save(tmp_path / FILE)

    with pytest.raises(InputError, match=r"too long for Excel, or like another there.*Change the entry in decisions\.yml"):
        read((tmp_path / FILE).read_bytes(), rules)


WORDS = st.text(max_size=20) | st.sampled_from(
    [
        "_x0041_",
        "x005F_",
        "_x005F_",
        "a\r\nb",
        "\x00",
        "\x0b",
        "=1",
        "#REF!",
        "yes",
        "1e3",
        "\ud800",
        "é" * 9000,
        " a",
        "\u2028",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(WORDS.filter(str.strip), WORDS, min_size=1, max_size=3))
def test_any_words_of_a_client_are_untouched_unless_edited(texts: dict[str, str]) -> None:
    """Signs Excel cannot hold, ids longer than a key, texts longer than a cell: never taken for an edit."""
    rules = {"slas": {"answers": Rule("text", "who", may_be_empty=True), "roles": Rule("list", "who", may_be_empty=True)}}
    today = {"slas": {key: {"answers": text, "roles": [text, text]} for key, text in texts.items()}}
    file = io.BytesIO()
    book_of(today, rules, file)

    assert () == read(file.getvalue(), rules).edits
