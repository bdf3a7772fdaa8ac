from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gapkit.cli import main

YML = "client: Acme\nas_of: 2026-03-05\ntz: Europe/Berlin\ncurrency: EUR\n"
FIRST = "program_id,name,type,team,status,current_end\nP1,Spring,web,Web,in_progress,2026-03-31\nP2,Fair,web,Web,paused,\n"
THEN = "program_id,name,type,team,status,current_end\nP1,Spring,web,Web,delivered,2026-04-14\nP3,Site,web,Web,paused,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "engagement.yml").write_text(YML)
    return tmp_path / "acme"


def snapshot(folder: Path, text: str, *options: str) -> Result:
    export = folder.parent / "programs.csv"
    export.write_text(text)
    return CliRunner().invoke(main, ["snapshot", str(folder), str(export), *options], catch_exceptions=False)


def test_it_says_where_the_export_lies_and_what_changed(folder: Path) -> None:
    """The first has nothing before it; the second is held against the first, program by program."""
    first = snapshot(folder, FIRST, "--on", "2026-03-02")
    then = snapshot(folder, THEN, "--on", "2026-03-09")

    assert (0, 0) == (first.exit_code, then.exit_code)
    assert "Filed data/snapshots/2026-03-02/programs.csv (the day is as you said)" in first.output
    assert "The first export of this source" in first.output
    for line in (
        "It counts once as_of in engagement.yml, now 2026-03-05, is 2026-03-09 or later.",
        "Since 2 March 2026:",
        "1 program new: P3",
        "1 program no longer listed, kept as last seen: P2",
        "status changed in 1 program",
        "P1 Spring: in progress → delivered",
        "planned end changed in 1 program, 1 later (median 14 days)",
        "P1 Spring: 2026-03-31 → 2026-04-14",
    ):
        assert line in then.output


def test_an_export_that_changes_nothing_says_so(folder: Path) -> None:
    """Other rows in another order are no change."""
    snapshot(folder, FIRST, "--on", "2026-03-02")
    head, *rows = FIRST.splitlines(keepends=True)

    assert "nothing changed in 2 programs" in snapshot(folder, head + "".join(rows[::-1]), "--on", "2026-03-03").output


def test_what_cannot_be_filed_is_status_2(folder: Path) -> None:
    """The same export twice, and a day that is none; nothing is written."""
    snapshot(folder, FIRST, "--on", "2026-03-02")
    twice, no_day = snapshot(folder, FIRST, "--on", "2026-03-03"), snapshot(folder, THEN, "--on", "soon")

    assert (2, 2) == (twice.exit_code, no_day.exit_code)
    assert "filed already, under data/snapshots/2026-03-02/programs.csv" in twice.output
    assert ["2026-03-02"] == [day.name for day in (folder / "data" / "snapshots").iterdir()]


def test_an_export_nobody_reads_says_how_to_have_it_read(folder: Path) -> None:
    """It is filed all the same: evidence that is not kept cannot be had again."""
    (folder.parent / "board.csv").write_text("a,b\n1,2\n")
    said = CliRunner().invoke(main, ["snapshot", str(folder), str(folder.parent / "board.csv"), "--on", "2026-03-02"])

    assert "No source in engagement.yml reads it yet" in said.output
    assert (folder / "data/snapshots/2026-03-02/board.csv").is_file()
