from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.trello_csv import CREATED, TRELLO_CSV, read, recognise

HEADER = ("Card ID", "Card Name", "Card URL", "Card Description", "Labels", "Members", "Due Date", "List ID", "List Name",
          "Board Name", "Archived")  # fmt: skip
FULL = (*HEADER, "Last Activity Date", "Start Date", "Due Complete", "Budget planned")
ID = "5d6ccf89bdc0466c9e916ae0"
CARD = {
    "Card ID": ID, "Card Name": "Spring, the\nlong one", "Card URL": "https://trello.com/c/x", "Card Description": "secret",
    "Labels": "Web (red), Print (blue)", "Members": "Ann, Bob", "Due Date": "2026-04-01T22:30:00.000Z", "List ID": "L1",
    "List Name": "Doing", "Board Name": "Marketing", "Archived": "false", "Last Activity Date": "2026-03-30T10:00:00.000Z",
    "Due Complete": "true", "Budget planned": "1200",
}  # fmt: skip


def text_of(*cards: dict[str, str], header: tuple[str, ...] = HEADER) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(cards)
    return out.getvalue()


def table(extract: Extract, number: int = 0) -> pd.DataFrame:
    """A part under canonical names, where the format knows them."""
    part = extract.parts[number]
    ours = {theirs: ours for ours, theirs in part.fields.items()}
    return part.sheet.cells.set_axis([ours.get(column, column) for column in part.sheet.columns], axis=1)


@pytest.fixture
def extracted(write: Callable[..., Path]) -> Callable[..., Extract]:
    """Write CSV files and read them."""

    def go(*texts: object, **entries: Any) -> Extract:
        files = {f"data/{number}.csv": each for number, each in enumerate(texts, start=1)}
        folder = write(files)
        return read([Export(folder / file, file) for file in files], Source(**entries))

    return go


@pytest.mark.parametrize("header", [HEADER, FULL])
def test_the_header_gives_it_away(header: tuple[str, ...]) -> None:
    """The short header and the full one of paid plans are Trello's; the order of columns does not matter."""
    seen = recognise(Glimpse("data/a.csv", ".csv", {"": (header[::-1],)}))

    assert {"Card ID", "Card Name", "List Name", "Board Name", "Archived"} <= set(seen)


@pytest.mark.parametrize(
    "header",
    [
        ("Task ID", "Task Name", "List Name", "Space Name"),
        ("Card ID", "Card Name"),
        ("program_id", "name", "type", "team", "status"),
        ("Issue key", "Summary", "Issue id"),
    ],
)
def test_other_headers_do_not(header: tuple[str, ...]) -> None:
    """Other trackers and gapkit's own tables are not taken for Trello."""
    assert () == recognise(Glimpse("data/a.csv", ".csv", {"": (header,)}))


def test_a_card_is_a_program(extracted: Callable[..., Extract]) -> None:
    """Lists of people and labels are told apart, the id says when the card was made, descriptions are left out."""
    row = table(extracted(text_of(CARD, header=FULL))).iloc[0]

    assert {
        "program_id": ID,
        "name": "Spring, the\nlong one",
        "status": "Doing",
        "team": "Marketing",
        "owners_now": "Ann;Bob",
        "Labels": "Web (red);Print (blue)",
        "first_seen_on": "2019-09-02T08:15:05Z",
        "current_end": "2026-04-01T22:30:00.000Z",
        "updated_at": "2026-03-30T10:00:00.000Z",
        "Due Complete": "true",
        "Budget planned": "1200",
    } == row.drop(["Card URL", "List ID", "Archived", "current_start"]).to_dict()


@pytest.mark.parametrize(("written", "word"), [("true", "Doing (archived)"), ("TRUE", "Doing (archived)"), ("", "Doing")])
def test_archived_cards_are_told_apart(extracted: Callable[..., Extract], written: str, word: str) -> None:
    """Archived is written into the status, in the spelling of a spreadsheet too."""
    assert [word] == table(extracted(text_of(CARD | {"Archived": written})))["status"].tolist()


def test_only_what_had_ended_stays_ended(extracted: Callable[..., Extract]) -> None:
    """An archived card is delivered only where its list is."""
    cards = [CARD | {"List Name": "Done", "Archived": "true"}, CARD | {"Archived": "true"}]
    extract = extracted(text_of(*cards), statuses={"Done": {"status": "delivered"}})

    assert {"Done (archived)": {"status": "delivered"}} == extract.meanings


def test_an_id_of_another_kind_has_no_date(extracted: Callable[..., Extract]) -> None:
    """Where the id says nothing the day of creation is blank."""
    extract = extracted(text_of(CARD | {"Card ID": "17"}))

    assert table(extract)["first_seen_on"].isna().all()
    assert CREATED == extract.parts[0].fields["first_seen_on"]


def test_columns_taken_out_are_missed_quietly(extracted: Callable[..., Extract]) -> None:
    """A file somebody thinned out gives what is left in it."""
    extract = extracted("Card Name,Board Name\nA,Marketing\n", "Card ID,Card Name,List Name\n17,B,Doing\n")

    assert [{"name", "team"}, {"program_id", "name", "status", "first_seen_on"}] == [
        set(part.fields) for part in extract.parts
    ]
    assert ["Doing"] == table(extract, 1)["status"].tolist()


def test_a_bad_file_leaves_the_others(extracted: Callable[..., Extract]) -> None:
    """Boards are read one by one; a file that is no text is named."""
    extract = extracted(text_of(CARD), b"PK\x03\x04")

    assert 1 == len(extract.parts)
    assert ["data/2.csv"] == [problem.file for problem in extract.problems]
    with pytest.raises(InputError):
        extracted(b"PK\x03\x04")


def test_the_whole_pipeline(read: Callable[..., Intake]) -> None:
    """Cards become programs without history; due moments are days of the organisation."""
    rows = [CARD, CARD | {"Card ID": "5d6ccf958275c21bc5c8e54f", "Card Name": "B", "List Name": "Done", "Due Date": ""}]
    yml = "sources:\n  - file: data/cards.csv\n    statuses: {Doing: in_progress, Done: delivered}\n"
    intake = read({"data/cards.csv": text_of(*rows, header=FULL)}, yml)
    programs = intake.tables["programs"]

    assert () == intake.problems
    assert "trello-csv" == intake.sources[0].format
    assert {"programs"} == set(intake.tables)
    assert ["in_progress", "delivered"] == programs["status"].tolist()
    assert [pd.Timestamp("2026-04-01"), pd.NaT] == programs["current_end"].tolist()
    assert ["2019-09-02", "2019-09-02"] == programs["first_seen_on"].dt.strftime("%Y-%m-%d").tolist()
    assert 1200 == programs["budget_planned"][0]


def test_one_bad_cell_is_one_problem(read: Callable[..., Intake]) -> None:
    """A date nobody can read is named once; the other row is as it was."""
    other = CARD | {"Card ID": "5d6ccf958275c21bc5c8e54f"}
    yml = "sources:\n  - file: data/cards.csv\n    statuses: {Doing: in_progress}\n"
    good = read({"data/cards.csv": text_of(other, CARD)}, yml)
    bad = read({"data/cards.csv": text_of(other, CARD | {"Due Date": "soon"})}, yml)
    others = [each.tables["programs"].query("program_id != @ID").reset_index(drop=True) for each in (good, bad)]

    assert [(3, "Due Date", "soon")] == [(each.row, each.column, each.value) for each in bad.problems]
    pd.testing.assert_frame_equal(*others)


@given(st.permutations(FULL), st.permutations([0, 1, 2]))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_order_changes_nothing(extracted: Callable[..., Extract], header: list[str], order: list[int]) -> None:
    """Rows and columns in any order give the same programs."""
    cards = [CARD | {"Card ID": f"{number:024x}", "Archived": "true" if number else "false"} for number in range(3)]
    shuffled = text_of(*(cards[place] for place in order), header=tuple(header))
    expected, found = (
        table(extracted(text)).sort_values("program_id", ignore_index=True)
        for text in (text_of(*cards, header=FULL), shuffled)
    )

    pd.testing.assert_frame_equal(expected, found[expected.columns])


def test_the_format_says_what_it_is() -> None:
    """It has no history, and was not tried on a real export."""
    assert ("trello-csv", "trello", False, False) == (
        TRELLO_CSV.name,
        TRELLO_CSV.tracker,
        TRELLO_CSV.history,
        TRELLO_CSV.is_verified,
    )
