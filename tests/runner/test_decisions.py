"""The file of decisions: written once, with the first published redesign, and the consultant's from then on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from gapkit.cli.deciding import merge_workbook
from gapkit.errors import InputError
from gapkit.redesign.decisions import file as decisions_file
from gapkit.redesign.decisions.file import read_decisions
from gapkit.redesign.decisions.rules import Rule, Rules
from gapkit.report import atomic
from gapkit.report.manifest import sha256
from gapkit.runner import Ended, decisions, run
from gapkit.runner.orders import NOTEBOOKS
from gapkit.runner.publish import staging

Run = Callable[..., Ended]
PROPOSES = "proposes_hand_off_times"
RULES: Rules = {"slas": {"days": Rule("number", "days it may take", lowest=0.5)}}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return tmp_path / "reports" / "acme"


def entries(reports: Path) -> dict[str, dict[str, object]]:
    """Return what the published redesign shows of each entry."""
    record = json.loads((reports / "redesign.json").read_text(encoding="utf-8"))["decisions"]
    return {row["id"]: row["fields"] for row in record["entries"]["slas"]}


def test_the_runner_and_the_redesign_mean_the_same_file() -> None:
    """What the one writes the other reads."""
    assert decisions_file.FILE == decisions.FILE


def test_the_first_redesign_writes_the_proposals(run_acme: Run, acme: Path, reports: Path) -> None:
    """Said once, listed with its hash, read back as proposals; the next run finds it and leaves it as it is."""
    first = run_acme(redesign=PROPOSES)
    outputs = json.loads((reports / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    written, pdf = (acme / decisions.FILE).read_bytes(), (reports / "redesign.pdf").read_bytes()
    decided = read_decisions(acme, RULES)
    again = run_acme(redesign=PROPOSES)
    manifest = json.loads((reports / "manifest.json").read_text(encoding="utf-8"))

    assert ("", ()) == (first.failure, first.problems)
    assert [("redesign", decisions.WRITTEN.format(place=acme / decisions.FILE))] == list(first.notes)
    assert sha256(acme / decisions.FILE) == outputs[decisions.FILE]["sha256"]
    assert {"legal: review": 5, "=brand": 3} == {key: one["days"] for key, one in decided.written["slas"].items()}
    assert ("", ()) == (again.failure, again.notes)
    assert (written, pdf) == ((acme / decisions.FILE).read_bytes(), (reports / "redesign.pdf").read_bytes())
    assert decisions.FILE in manifest["phases"]["redesign"]["inputs"]
    assert decisions.FILE not in manifest["outputs"]
    assert [] == list(acme.glob(".decisions*"))


def test_a_redesign_without_proposals_writes_nothing(run_acme: Run, acme: Path) -> None:
    """Nothing to decide, no file."""
    ended = run_acme(diagnose="shows_phase_data", redesign="shows_phase_data")

    assert ("", ()) == (ended.failure, ended.notes)
    assert not (acme / decisions.FILE).exists()


@pytest.mark.usefixtures("lent")
def test_a_reading_of_another_day_writes_nothing_and_says_so(acme: Path, notebooks: Path, tmp_path: Path) -> None:
    """What was proposed from older data should not stand there for good."""
    (tmp_path / "other").mkdir()
    shutil.copy(notebooks / f"{PROPOSES}.ipynb", tmp_path / "other" / NOTEBOOKS["redesign"])
    (ended,) = run([str(acme)], phases=["redesign"], as_of="2026-02-28", out=tmp_path / "out", notebooks=tmp_path / "other")

    assert ("", [("redesign", decisions.REHEARSED)]) == (ended.failure, list(ended.notes))
    assert not (acme / decisions.FILE).exists()


def test_a_failed_run_writes_nothing(run_acme: Run, acme: Path) -> None:
    """No report, no proposals."""
    ended = run_acme(redesign=PROPOSES, measure="fails_in_third_cell")

    assert "ZeroDivisionError" in ended.failure
    assert not (acme / decisions.FILE).exists()


def test_an_edit_by_hand_survives_a_re_run(run_acme: Run, acme: Path, reports: Path) -> None:
    """The file stays to the byte, and the next redesign shows what was decided and what changed."""
    run_acme(redesign=PROPOSES)
    path = acme / decisions.FILE
    text = path.read_text(encoding="utf-8").replace(
        "status: proposed\n    days: 5", "status: agreed\n    days: 4  # Ada, 3 June"
    )
    path.write_text(text, encoding="utf-8")
    ended = run_acme(redesign=PROPOSES)
    record = json.loads((reports / "redesign.json").read_text(encoding="utf-8"))["decisions"]

    assert ("", ()) == (ended.failure, ended.problems)
    assert text == path.read_text(encoding="utf-8")
    assert {"status": "agreed", "days": 4, "note": None} == entries(reports)["legal: review"]
    assert ["Hand-off time of legal: review: days is 4 instead of 5 as proposed, agreed."] == [
        change["sentence"] for change in record["changes"]
    ]


def test_an_edit_in_excel_survives_a_re_run(run_acme: Run, acme: Path, reports: Path, tmp_path: Path) -> None:
    """Brought into the file and read from there; the sheet of the next workbook shows it."""
    run_acme(redesign=PROPOSES)
    edit_workbook(reports, tmp_path / "ours.xlsx", C3="declined", K4=None, D4=2)
    before, after, _, remarks = merge_workbook(acme, tmp_path / "ours.xlsx", RULES, RULES)
    (acme / decisions.FILE).write_text(after, encoding="utf-8")
    run_acme(redesign=PROPOSES)
    sheet = openpyxl.load_workbook(reports / "workbook.xlsx")["Decide SLAs"]

    assert before != after
    assert () == remarks
    assert [("legal: review", "declined", 5), ("=brand", "proposed", 2)] == [
        (row[0], row[2], row[3]) for row in sheet.iter_rows(min_row=3, values_only=True)
    ]
    assert ["declined", "proposed"] == [one["status"] for one in entries(reports).values()]


def test_edits_in_both_places_meet(run_acme: Run, acme: Path, reports: Path, tmp_path: Path) -> None:
    """Of different entries both are kept, with the consultant's comment; of the same entry neither until they agree."""
    run_acme(redesign=PROPOSES)
    path = acme / decisions.FILE
    path.write_text(path.read_text(encoding="utf-8").replace("days: 5\n", "days: 4  # Ada\n", 1), encoding="utf-8")
    edit_workbook(reports, tmp_path / "ours.xlsx", D4=2)
    _, after, _, _ = merge_workbook(acme, tmp_path / "ours.xlsx", RULES, RULES)

    assert ["    days: 4  # Ada", "    days: 2"] == [line for line in after.splitlines() if line.startswith("    days")]
    edit_workbook(reports, tmp_path / "ours.xlsx", D3=6, D4=2)
    with pytest.raises(InputError, match=r"slas › legal: review was changed here and in decisions\.yml"):
        merge_workbook(acme, tmp_path / "ours.xlsx", RULES, RULES)


def test_the_workbook_keeps_the_decisions_of_the_redesign_published_before(run_acme: Run, reports: Path) -> None:
    """A run of the diagnosis alone does not take the team's sheets away; they come first."""
    run_acme(redesign=PROPOSES)
    run_acme(diagnose="shows_findings")
    book = openpyxl.load_workbook(reports / "workbook.xlsx")

    assert ["Contents", "Decide SLAs", "Observations"] == book.sheetnames[:3]
    assert "Decide SLAs" in [row[0] for row in book["Contents"].iter_rows(values_only=True)]


def edit_workbook(reports: Path, place: Path, **cells: object) -> None:
    """Save a copy of the published workbook with some cells of the sheet of hand-off times changed."""
    book = openpyxl.load_workbook(reports / "workbook.xlsx")
    for cell, value in cells.items():
        book["Decide SLAs"][cell] = value
    book.save(place)


class Killed(BaseException):
    """Stands for the end of the process: nothing may catch it."""


def test_killed_before_the_commit_nothing_is_written(
    run_acme: Run, acme: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything was ready and the journal not written: no report, no proposals."""

    def die(path: Path, content: bytes) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_atomically", die)
        with pytest.raises(Killed):
            run_acme(redesign=PROPOSES)

    assert not (acme / decisions.FILE).exists()
    assert not (reports / "redesign.pdf").exists()


def test_killed_after_the_commit_the_next_run_begins_with_the_proposals(
    run_acme: Run, acme: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever takes the folder next first brings proposals and reports in place, both or neither."""

    def die(target: Path) -> bool:
        if (target / atomic.JOURNAL).exists():
            raise Killed
        return False

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "recover", die)
        patch.setattr("gapkit.runner.publish.shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            run_acme(redesign=PROPOSES)
    assert not (acme / decisions.FILE).exists()
    with staging(reports):
        assert {"legal: review", "=brand"} == set(read_decisions(acme, RULES).written["slas"])
        assert (reports / "redesign.pdf").exists()


def test_a_file_somebody_wrote_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    """The proposals that wait are left where they are."""
    (tmp_path / "stage").mkdir()
    (tmp_path / "stage" / decisions.FILE).write_text("proposed", encoding="utf-8")

    assert {decisions.FILE: tmp_path / decisions.FILE} == decisions.staged(tmp_path / "stage", tmp_path)
    (tmp_path / decisions.FILE).write_text("mine", encoding="utf-8")
    assert {} == decisions.staged(tmp_path / "stage", tmp_path)
