from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gapkit.config import load_config
from gapkit.intake import Intake, SourceRead, read_tables

PROGRAMS = "program_id,type,team,status,note\nP1,web,Web,paused,x\nP2,web,Web,paused,y\n"
GITLAB = "Title,Issue ID,URL,State,Created At (UTC),Updated At (UTC),Closed At (UTC),Weight\n"
ISSUE = "One,1,https://g/t/-/issues/{0},Open,2026-01-05 10:00:00,2026-01-05 10:00:00,,\n"

Read = Callable[..., Intake]


def test_the_files_of_a_source_are_those_there_are(write: Callable[..., Path]) -> None:
    """They are hashed into the fingerprint; a folder and a series are called by one name."""
    yml = """sources:
  - {file: data/many/, format: gitlab-csv}
  - {file: data/week.csv, format: gitlab-csv}
"""
    files = {f"data/many/{name}.csv": GITLAB + ISSUE.format(name) for name in "ab"}
    files |= {f"data/snapshots/2026-01-{day}/week.csv": GITLAB + ISSUE.format(day) for day in ("05", "12")}
    folder = write({**files, "data/programs.csv": PROGRAMS}, yml)
    found = {read.file: read for read in read_tables(folder, load_config(folder)).sources}

    assert {"data/many/", "data/programs.csv", "data/snapshots/*/week.csv"} == set(found)
    assert all((folder / file).is_file() for read in found.values() for file in read.files)
    assert set(files) == {*found["data/many/"].files, *found["data/snapshots/*/week.csv"].files}
    assert ["none", "snapshots"] == [found[name].history for name in ("data/many/", "data/snapshots/*/week.csv")]


def test_an_account_says_how_a_tracker_was_known_and_what_it_left_open(read: Read) -> None:
    """Title, reason and whether the format was ever tried; columns mapped, columns without use, words without a meaning."""
    (account,) = read({"data/gl.csv": GITLAB + ISSUE.format(1)}, "sources:\n  - {file: data/gl.csv}\n").sources

    assert ("GitLab CSV", "gitlab-csv", "programs", 1, 1) == (
        account.title, account.format, account.table, account.rows_read, account.rows_used,
    )  # fmt: skip
    assert account.reason.startswith("looks like GitLab CSV: ")
    assert "URL" == account.columns_mapped["program_id"]
    assert "Issue ID" in account.columns_unknown
    assert '1 program without a team; it reads "not stated".' in account.notes


def test_a_day_on_which_a_log_was_cut_stands_with_the_log_only(read: Read) -> None:
    """The account of the programs of the same export does not claim it."""
    text = "case_id,activity,timestamp\n1,brief,2026-01-05 10:00\n1,launch,2026-01-12 10:00\n"
    accounts = read({"data/log.csv": text}, "sources:\n  - {file: data/log.csv, format: event-log-csv}\n").sources
    kinds = {account.table: (account.history, account.history_from) for account in accounts}

    assert ("events", None) == kinds["status_events"]
    assert ("none", None) == kinds["programs"]
    assert all(isinstance(account, SourceRead) and not account.digest for account in accounts)
