from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import gapkit as gk
from gapkit.engagement import Engagement
from gapkit.report import registers
from gapkit.report.registers import Register

YML = """client: Acme
as_of: 2026-06-30
tz: America/New_York
currency: USD
sources:
  - {file: data/gl.csv, format: gitlab-csv, statuses: {doing: in_progress}}
  - {file: data/board.json, format: trello-json}
"""
GITLAB = "Title,Issue ID,URL,State,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Labels\n"
BOARD = {
    "id": "b", "name": "Board", "members": [], "labels": [], "lists": [{"id": "l1", "name": "Doing"}],
    "cards": [{"id": "5a0000010000000000000001", "name": "=Card", "idList": "l1", "idMembers": [], "labels": [],
               "due": "2026-05-15T12:00:00.000Z", "dateLastActivity": "2026-03-09T15:00:00.000Z"}],
    "actions": [
        {"id": "6b02", "type": "updateCard", "date": "2026-03-09T15:00:00.000Z", "data": {
            "card": {"id": "5a0000010000000000000001", "due": "2026-05-15T12:00:00.000Z"},
            "old": {"due": "2026-05-01T12:00:00.000Z"}}},
        {"id": "6b01", "type": "createCard", "date": "2026-01-09T15:00:00.000Z", "data": {
            "card": {"id": "5a0000010000000000000001"}, "list": {"id": "l1", "name": "Doing"}}},
    ],
}  # fmt: skip


def issue(number: int, label: str, due: str = "") -> str:
    url = f"https://g/t/-/issues/{number}"
    return f"Issue {number},{number},{url},Open,{due},2026-01-05 10:00:00,2026-01-06 10:00:00,,workflow::{label}\n"


@pytest.fixture
def eng(tmp_path: Path) -> Engagement:
    """Two issues of GitLab and a card of Trello, of which one status has a meaning."""
    (tmp_path / "data").mkdir()
    (tmp_path / "engagement.yml").write_text(YML)
    (tmp_path / "data" / "gl.csv").write_text(GITLAB + issue(1, "doing", "2026-05-01") + issue(2, "qa"))
    (tmp_path / "data" / "board.json").write_text(json.dumps(BOARD))
    return gk.load(tmp_path)


def rows(register: Register) -> list[dict[str, object]]:
    return [dict(zip((heading.name for heading in register.headings), row, strict=True)) for row in register.rows]


def test_every_register_of_the_workbook_has_a_cell_for_every_heading(eng: Engagement) -> None:
    """Names fit on the tab of a sheet, and cells are of the kind their heading says, or blank."""
    kinds = {"text": str, "number": (int, float), "date": dt.date}
    found = list(registers.evidence(eng))

    assert ["Reliability", "Sources", "Switched off", "Not mapped", "Columns", "Checks", "Plans"] == [r.name for r in found]
    for register in found:
        assert len(register.name) <= 31
        for row in register.rows:
            cells = zip(register.headings, row, strict=True)
            assert all(cell is None or isinstance(cell, kinds[heading.kind]) for heading, cell in cells)  # type: ignore[arg-type]


def test_contents_list_every_sheet_with_its_day(eng: Engagement) -> None:
    """Name, what it lists, how many rows, and when it was read: findings may be older than the evidence."""
    day = dt.date(2026, 5, 5)
    found = rows(registers.contents([(registers.checks(eng), day), (registers.plans(eng), eng.as_of)]))

    assert [("Checks", day), ("Plans", eng.as_of)] == [(row["Sheet"], row["Read as of"]) for row in found]
    assert ("Original, last approved and current plan of every program.", 3) == (
        found[1]["What it lists"],
        found[1]["Rows"],
    )


def test_words_without_a_meaning_say_what_they_switch_off(eng: Engagement) -> None:
    """Per source and column with their counts; a word that has a meaning is not among them."""
    found = {
        (row["Column"], row["Word"]): (row["Rows"], row["What it switches off"])
        for row in rows(registers.words_not_mapped(eng))
    }

    assert {("status", "qa"), ("status", "Doing"), ("kind", "Doing")} == set(found)
    assert (1, "where time goes: flow efficiency and waits") == found[("kind", "Doing")]


def test_each_source_says_what_it_carries(eng: Engagement) -> None:
    """Its verdict stands with its programs, once; why it was taken for its format, and whether that was ever tried."""
    found = {(row["Source"], row["Table"]): row for row in rows(registers.source_reliability(eng))}
    gitlab, board = found[("data/gl.csv", "programs")], found[("data/board.json", "programs")]

    assert ("GitLab CSV", 2) == (gitlab["Format"], gitlab["Rows read"])
    assert "planned end: 1 of 2" in str(gitlab["Known"])
    assert "not verified on a real export" in str(gitlab["Remarks"])
    assert "how its dates were moved" in str(board["How far it carries"]).split("; not for")[0]
    assert "" == found[("data/board.json", "status events")]["How far it carries"]


def test_what_is_off_has_the_one_thing_that_would_switch_it_on(eng: Engagement) -> None:
    """Figures and tables; stages that only lack a kind are not asked for a second time as a table."""
    found = rows(registers.switched_off(eng))

    assert all(row["Because"] and row["Switched on by"] for row in found)
    assert not any("stage_visits" in str(row["Because"]) for row in found)
    assert any("There is no table people" in str(row["Because"]) for row in found)


def test_every_program_has_its_three_plans(eng: Engagement) -> None:
    """Original, approved and current, the moves between them, and where it comes from."""
    card = rows(registers.plans(eng))[0]
    levels = {row["Level"]: row["Programs"] for row in rows(registers.plan_levels(eng))}

    assert ("=Card", dt.date(2026, 5, 1), dt.date(2026, 5, 15), 1, 14, "L2", "data/board.json") == tuple(
        card[name] for name in ("Name", "Original end", "Current end", "Moves of the end", "Days moved", "Level", "Source")
    )
    assert {"L0": 1, "L1": 0, "L2": 1, "L3": 0, "none": 1} == levels


def test_columns_say_what_each_was_read_as(eng: Engagement) -> None:
    """Those no figure uses are listed with a blank."""
    found = {(row["Source"], row["Column in the source"]): row["Read as"] for row in rows(registers.columns_read(eng))}

    assert ["current_end", None] == [found[("data/gl.csv", name)] for name in ("Due Date", "Issue ID")]


def test_checks_that_found_nothing_are_listed_too(eng: Engagement, bare: Path) -> None:
    """A reader sees what was checked."""
    register: Callable[[Engagement], Register] = registers.checks

    assert len(eng.quality) == len(register(eng).rows)
    assert {"blocking", "caveat"} == {row["Kind"] for row in rows(register(gk.load(bare)))}
