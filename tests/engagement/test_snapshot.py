from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from gapkit.config import load_config
from gapkit.engagement.snapshot import Filed, file_snapshots
from gapkit.errors import InputError

YML = "client: Acme\nas_of: 2026-06-30\ntz: America/New_York\ncurrency: USD\n"
TODAY = dt.date(2026, 7, 1)
FIRST = "program_id,name,type,team,status,current_end,owners_now\nP1,Spring,campaign,Brand,in_progress,2026-03-31,ana\n"
FIRST += "P2,Fair,event,Field,not_started,2026-05-30,ben\nP3,Site,web,Web,not_started,2026-06-30,cy\n"
THEN = "program_id,name,type,team,status,current_end,owners_now\nP1,Spring,campaign,Brand,delivered,2026-03-31,ana\n"
THEN += "P2,Fair,event,Field,not_started,2026-06-13,dan\nP4,Mail,email,Web,not_started,2026-06-30,cy\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "engagement.yml").write_text(YML)
    return tmp_path / "acme"


def put(path: Path, text: str, day: str = "2026-06-20") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    stamp = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()
    os.utime(path, (stamp, stamp))
    return path


def go(folder: Path, *files: Path, on: dt.date | None = None, source: str = "") -> list[Filed]:
    return file_snapshots(folder, load_config(folder), files, on=on, source=source, today=TODAY)


def test_an_export_is_filed_under_its_day_and_compared_with_the_last(folder: Path, tmp_path: Path) -> None:
    """What is new, gone, moved and changed since the last export is told; the file itself stays where it was."""
    first = go(folder, put(tmp_path / "programs.csv", FIRST, "2026-03-02"))[0]
    second = go(folder, put(tmp_path / "programs.csv", THEN, "2026-03-09"))[0]
    changes = second.changes

    assert ("data/snapshots/2026-03-02/programs.csv", "of its last change", None) == (
        first.files[0],
        first.dated_by,
        first.changes,
    )
    assert (folder / second.files[0]).read_text() == (tmp_path / "programs.csv").read_text()
    assert changes is not None
    assert (("P4",), ("P3",), dt.date(2026, 3, 2)) == (changes.added, changes.gone, second.before)
    assert {("P1", "status"), ("P2", "current_end"), ("P2", "owners_now")} == set(
        changes.changed[["program_id", "column"]].itertuples(index=False, name=None)
    )
    assert {"P2": 14} == changes.moved_days.to_dict()


def test_the_day_is_said_else_in_the_name_else_that_of_the_file(folder: Path, tmp_path: Path) -> None:
    """Each way is told to the consultant."""
    named = put(tmp_path / "programs 2026-05-04.csv", FIRST)
    by_name = go(folder, named)[0]
    said = go(folder, put(tmp_path / "programs 2026-05-04.csv", THEN), on=dt.date(2026, 5, 11))[0]

    assert [("2026-05-04", "in its name"), ("2026-05-11", "as you said")] == [
        (filed.on.isoformat(), filed.dated_by) for filed in (by_name, said)
    ]


def test_the_same_export_is_filed_once(folder: Path, tmp_path: Path) -> None:
    """A second copy, under whatever day, would look like a week without change; nothing is written."""
    go(folder, put(tmp_path / "programs.csv", FIRST, "2026-03-02"))
    with pytest.raises(InputError) as refused:
        go(folder, put(tmp_path / "programs.csv", FIRST, "2026-03-09"))

    assert "filed already, under data/snapshots/2026-03-02/programs.csv" in refused.value.problems[0].what
    assert ["2026-03-02"] == [day.name for day in (folder / "data/snapshots").iterdir()]


def test_another_export_of_a_filed_day_does_not_replace_it(folder: Path, tmp_path: Path) -> None:
    """What was filed is evidence."""
    go(folder, put(tmp_path / "programs.csv", FIRST, "2026-03-02"))
    with pytest.raises(InputError, match="another export of that day"):
        go(folder, put(tmp_path / "programs.csv", THEN, "2026-03-02"))

    assert FIRST == (folder / "data/snapshots/2026-03-02/programs.csv").read_text()


def test_all_files_are_filed_or_none(folder: Path, tmp_path: Path) -> None:
    """Every refusal of a call is told at once."""
    files = [put(tmp_path / "programs.csv", FIRST), tmp_path / "absent.csv", put(tmp_path / "empty.csv", "")]
    late = put(tmp_path / "late.csv", THEN, "2026-07-09")
    with pytest.raises(InputError) as refused:
        go(folder, *files, late)

    assert ["there is no such file", "the file is empty", "the day of the export lies in the future"] == [
        problem.what for problem in refused.value.problems
    ]
    assert not (folder / "data").exists()


def test_an_export_takes_the_name_of_its_source(folder: Path, tmp_path: Path) -> None:
    """Whatever a download is called, exports of one source are one series; of two sources of a kind one must be named."""
    yml = "sources:\n  - {file: data/one.csv, format: gitlab-csv}\n"
    (folder / "engagement.yml").write_text(YML + yml)
    head = "Title,Issue ID,URL,State,Author Username,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone\n"
    export = put(tmp_path / "issues_export.csv", head + "A,1,https://g/1,Open,x,,2026-01-01 10:00:00,,,\n")
    filed = go(folder, export)[0]
    (folder / "engagement.yml").write_text(YML + yml + "  - {file: data/two.csv, format: gitlab-csv}\n")
    put(export, export.read_text() + "B,2,https://g/2,Open,x,,2026-01-01 10:00:00,,,\n")
    with pytest.raises(InputError) as unclear:
        go(folder, export)
    chosen = go(folder, export, source="data/two.csv")[0]

    assert ["data/snapshots/2026-06-20/one.csv", "data/one.csv"] == [filed.files[0], filed.source]
    assert "data/one.csv, data/two.csv" == unclear.value.problems[0].allowed
    assert chosen.files[0].endswith("/two.csv")


def test_two_sources_of_one_name_are_told_apart_by_format(folder: Path, tmp_path: Path) -> None:
    """A dated folder is laid out like data/, so that two files called export.csv never become one series."""
    yml = "sources:\n  - {file: data/a/export.csv, format: gitlab-csv}\n  - {file: data/b/export.csv, format: linear-csv}\n"
    (folder / "engagement.yml").write_text(YML + yml)
    head = "Title,Issue ID,URL,State,Author Username,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone\n"
    filed = go(folder, put(tmp_path / "export.csv", head + "A,1,https://g/1,Open,x,,2026-01-01 10:00:00,,,\n"))[0]

    assert ("data/snapshots/2026-06-20/a/export.csv",) == filed.files
    assert "data/a/export.csv" == filed.source


def test_pages_of_one_export_are_filed_and_compared_as_one(folder: Path, tmp_path: Path) -> None:
    """A program that moves to another page has not gone; a page that has not changed does not refuse the others."""
    (folder / "engagement.yml").write_text(YML + "sources:\n  - {file: data/plan/, format: flat, table: programs}\n")
    head, *rows = FIRST.splitlines(keepends=True)
    names = ("a.csv", "b.csv")
    first = [put(tmp_path / name, head + row, "2026-03-02") for name, row in zip(names, rows[:2], strict=True)]
    (one,) = go(folder, *first, source="plan")
    later = [put(path, head + text, "2026-03-09") for path, text in zip(first, (rows[1] + rows[0], rows[2]), strict=True)]
    (two,) = go(folder, *later, source="plan")
    again = [
        put(later[0], later[0].read_text(), "2026-03-16"),
        put(later[1], head + rows[2].replace("cy", "di"), "2026-03-16"),
    ]
    (three,) = go(folder, *again, source="plan")
    with pytest.raises(InputError, match="filed already"):
        go(folder, *(put(path, path.read_text(), "2026-03-23") for path in again), source="plan")

    assert ("data/snapshots/2026-03-02/plan/a.csv", "data/snapshots/2026-03-02/plan/b.csv") == one.files
    assert two.changes is not None
    assert (("P3",), (), 2) == (two.changes.added, two.changes.gone, two.changes.same)
    assert three.changes is not None
    assert [("P3", "owners_now")] == list(
        three.changes.changed[["program_id", "column"]].itertuples(index=False, name=None)
    )


def test_two_files_cannot_take_one_place(folder: Path, tmp_path: Path) -> None:
    """The second would silently replace the first; nothing is filed."""
    (folder / "engagement.yml").write_text(YML + "sources:\n  - {file: data/plan.csv, format: flat}\n")
    files = [put(tmp_path / name, text) for name, text in (("x.csv", FIRST), ("y.csv", THEN))]
    with pytest.raises(InputError, match="two of these files would be filed in one place"):
        go(folder, *files, source="plan.csv")

    assert not (folder / "data").exists()


def test_an_export_nobody_reads_yet_keeps_one_name_over_the_weeks(folder: Path, tmp_path: Path) -> None:
    """The day in its name is that of its folder; programs.csv is read without being listed."""
    other = go(folder, put(tmp_path / "board_20260504.csv", FIRST))[0]
    ours = go(folder, put(tmp_path / "programs 2026-05-04.csv", FIRST.replace("Spring", "May")))[0]

    assert [
        ("data/snapshots/2026-05-04/board.csv", ""),
        ("data/snapshots/2026-05-04/programs.csv", "data/programs.csv"),
    ] == [(filed.files[0], filed.source) for filed in (other, ours)]


def test_an_older_export_left_in_data_is_filed_first(folder: Path, tmp_path: Path) -> None:
    """What lies in data/ is read as of the day of the engagement: left unfiled it would undo the newer export."""
    left = put(folder / "data" / "programs.csv", FIRST, "2026-03-02")
    newer = put(tmp_path / "programs.csv", THEN, "2026-03-09")
    with pytest.raises(InputError, match=r"gapkit snapshot NAME data/programs\.csv --on DATE"):
        go(folder, newer)
    first, second = go(folder, left, on=dt.date(2026, 3, 2))[0], go(folder, newer)[0]

    assert (None, dt.date(2026, 3, 2)) == (first.before, second.before)


def test_a_damaged_file_is_not_filed(folder: Path, tmp_path: Path) -> None:
    """A workbook cut off on its way is no export; it is refused before it becomes evidence."""
    cut = tmp_path / "programs.xlsx"
    cut.write_bytes(b"PK\x03\x04" + b"cut off")
    with pytest.raises(InputError) as refused:
        go(folder, cut)

    assert str(cut) == refused.value.problems[0].file
    assert not (folder / "data").exists()
