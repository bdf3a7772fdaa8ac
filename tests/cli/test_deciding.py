"""gapkit import-decisions: what it says, what it writes, and when it writes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from gapkit.cli import main
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.decisions.file import FILE, parse_decisions
from gapkit.redesign.decisions.record import decisions_record, proposal_text
from gapkit.redesign.sections import RULES
from gapkit.report.decision_sheets import decision_sheets
from gapkit.report.workbook import write_workbook

PEOPLE = "person_id,role,team,function,level,leadership\nada,lead,Brand,Brand,1,no\nbo,lead,Brand,Brand,1,no\n"
PROGRAMS = "program_id,name,type,team,status,owners_now\n12,Spring,campaign,Brand,in_progress,cy\n"
SETTINGS = "client: Acme\nas_of: 2026-03-31\ntz: Europe/Berlin\ncurrency: EUR\n"
TODAY: dict[str, Any] = {
    "owners": {"12": {"owner": "cy", "note": None}},
    "slas": {"legal": {"days": 5, "answers": "Legal", "adherence": 0.8, "note": None}},
}


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """An engagement with proposals, and the workbook that shows them."""
    folder = tmp_path / "acme"
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "data" / "programs.csv").write_text(PROGRAMS, encoding="utf-8")
    (folder / "data" / "people.csv").write_text(PEOPLE, encoding="utf-8")
    text = proposal_text(decisions_record(Decided(), TODAY, RULES, {}), dt.date(2026, 3, 31))
    (folder / FILE).write_text(text, encoding="utf-8")
    write_book(folder)
    return folder


def write_book(folder: Path) -> None:
    """Write the workbook as a run would, from the decisions as they are."""
    decided = parse_decisions((folder / FILE).read_text(encoding="utf-8"), RULES)
    sheets = list(decision_sheets({"decisions": decisions_record(decided, TODAY, RULES, {})}))
    write_workbook(folder / "w.xlsx", sheets, title="T", as_of=dt.date(2026, 3, 31), whose=("acme", "Acme"))


def edit(folder: Path, sheet: str, **cells: Any) -> None:
    book = openpyxl.load_workbook(folder / "w.xlsx")
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(folder / "w.xlsx")


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["import-decisions", str(folder), str(folder / "w.xlsx"), *options])


def test_edits_are_brought_in_and_told(acme: Path) -> None:
    """From what to what; done twice, the second time changes nothing."""
    edit(acme, "Decide SLAs", C3="agreed", D3=4)
    edit(acme, "Decide owners", D3="ADA")
    result, decided = run(acme), parse_decisions((acme / FILE).read_text(encoding="utf-8"), RULES)
    again = run(acme)

    assert 0 == result.exit_code, result.output
    assert f"Changed 2 entries of {acme / FILE}" in result.output
    assert "  slas › legal › status: proposed → agreed\n  slas › legal › days: 5 → 4\n" in result.output
    assert "  owners › 12 › owner: cy → ada\n" in result.output
    assert f"gapkit run {acme} --phase redesign" in result.output
    assert ("agreed", 4, "ada") == (
        decided.standing("slas", "legal"), decided.entry("slas", "legal")["days"], decided.entry("owners", "12")["owner"]
    )  # fmt: skip
    assert "Nothing to change: decisions.yml says already what w.xlsx says.\n" == again.output


def test_a_rehearsal_writes_nothing(acme: Path) -> None:
    """It says the same in the conditional."""
    before = (acme / FILE).read_bytes()
    edit(acme, "Decide SLAs", D3=4)
    result = run(acme, "--dry-run")

    assert (0, before) == (result.exit_code, (acme / FILE).read_bytes())
    assert f"Would change 1 entry of {acme / FILE}" in result.output
    assert "gapkit run" not in result.output


def test_what_cannot_be_taken_over_stops_everything(acme: Path) -> None:
    """All at once, exit status 2, and the file untouched, the good edits too."""
    before = (acme / FILE).read_bytes()
    edit(acme, "Decide SLAs", C3="agreed", D3="soon")
    edit(acme, "Decide owners", D3="nobody")
    result = run(acme)

    assert (2, before) == (result.exit_code, (acme / FILE).read_bytes())
    assert "2 problems in the input" in result.output
    assert 'sheet "Decide owners", row 3, column "Owner"' in result.output
    assert 'sheet "Decide SLAs", row 3, column "Days": not a number' in result.output


def test_a_conflict_stops_everything(acme: Path) -> None:
    """An entry decided otherwise since the workbook was made is listed with both sides."""
    text = (acme / FILE).read_text(encoding="utf-8").replace("days: 5\n", "days: 7\n", 1)
    (acme / FILE).write_text(text, encoding="utf-8")
    edit(acme, "Decide SLAs", D3=4)
    edit(acme, "Decide owners", D3="bo")
    result = run(acme)

    assert (2, text) == (result.exit_code, (acme / FILE).read_text(encoding="utf-8"))
    assert "1 problem in the input" in result.output
    assert "days 4" in result.output
    assert "days 7" in result.output


def test_an_owner_who_left_since_stops_no_import(acme: Path) -> None:
    """What was decided then stands in the file; only what is entered now is held against the people of today."""
    text = (acme / FILE).read_text(encoding="utf-8")
    text = text.replace("status: proposed\n    owner: cy", "status: agreed\n    owner: dee")
    (acme / FILE).write_text(text, encoding="utf-8")
    write_book(acme)
    edit(acme, "Decide SLAs", D3=4)

    assert 0 == run(acme).exit_code


def test_the_file_and_the_workbook_must_be_there(acme: Path) -> None:
    """Each is asked for with what to do."""
    missing = CliRunner().invoke(main, ["import-decisions", str(acme), str(acme / "x.xlsx")])
    (acme / FILE).unlink()
    before = run(acme)

    assert (2, 2) == (missing.exit_code, before.exit_code)
    assert "x.xlsx: cannot be read" in missing.output
    assert "there is no decisions.yml yet" in before.output
    assert "Run the redesign first" in before.output
