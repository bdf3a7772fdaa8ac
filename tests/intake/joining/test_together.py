from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd

from gapkit.config import EngagementConfig
from gapkit.intake import SourceRead
from gapkit.intake.history.settle import ASSUMED
from gapkit.intake.joining.together import each_change_once, one_row_each

TZ = "America/New_York"
CONFIG = EngagementConfig("Acme", dt.date(2026, 6, 30), TZ, "USD")


def source(file: str, title: str = "") -> SourceRead:
    return SourceRead(file, (file,), "", title or "csv", "programs", 1, 1, title=title)


def origin(frame: pd.DataFrame, *files: str) -> pd.DataFrame:
    return frame.assign(_source=pd.Categorical(files), _sheet="", _row=range(2, 2 + len(frame)))


def test_what_one_tracker_leaves_open_another_source_tells(table: Callable[..., pd.DataFrame]) -> None:
    """A newer copy without team, type or a known status takes them from the older one instead of assuming them."""
    rows = origin(
        table(
            "programs",
            {"program_id": "P", "team": None, "type": None, "status": None, "updated_at": "2026-03-09 09:00"},
            {"program_id": "P", "team": "Brand", "type": "web", "status": "blocked"},
            {"program_id": "Q", "team": None, "type": None, "status": None},
        ),
        "gl.csv", "programs.csv", "gl.csv",
    ).assign(**{ASSUMED: pd.array([None, False, None], dtype="boolean")})  # fmt: skip
    found = one_row_each(rows, [source("gl.csv", "GitLab CSV"), source("programs.csv")], CONFIG)
    programs = found.rows.set_index("program_id")[["team", "type", "status", ASSUMED, "_source"]]

    assert ["Brand", "web", "blocked", False, "gl.csv"] == programs.loc["P"].tolist()
    assert ["not stated", "other", "not_started", True, "gl.csv"] == programs.loc["Q"].tolist()


def test_blank_cells_of_a_table_are_left_for_the_check(table: Callable[..., pd.DataFrame]) -> None:
    """Only a tracker's export may lack a team; in a table the consultant has to fill it in."""
    rows = origin(
        table("programs", {"program_id": "P", "team": None}, {"program_id": "Q", "team": None}), "a.csv", "gl.csv"
    )
    rows = rows.assign(**{ASSUMED: pd.array([False, False], dtype="boolean")})
    found = one_row_each(rows, [source("a.csv"), source("gl.csv", "GitLab CSV")], CONFIG).rows.set_index("program_id")

    assert [True, False] == found["team"].isna().tolist()


def test_dates_that_contradict_each_other_over_two_sources_are_set_aside(table: Callable[..., pd.DataFrame]) -> None:
    """A start of one copy after the end of the other stops no run; a day of delivery does not survive being open."""
    late, end = pd.Timestamp("2026-05-01"), pd.Timestamp("2026-03-01")
    rows = origin(
        table(
            "programs",
            {"program_id": "P", "status": "delivered", "actual_end": end}, {"program_id": "P", "actual_start": late},
            {"program_id": "Q", "status": "paused", "updated_at": "2026-05-01 09:00"},
            {"program_id": "Q", "status": "delivered", "actual_end": end},
        ),
        "a.csv", "b.csv", "a.csv", "b.csv",
    )  # fmt: skip
    found = one_row_each(rows, [source("a.csv"), source("b.csv")], CONFIG)

    assert found.rows[["actual_start", "actual_end"]].isna().all(axis=None)
    assert ["1 program whose end lies before the start", "1 program with a date of delivery and another status"] == sorted(
        note.split(";")[0] for note in found.notes[1:]
    )


def test_two_rows_of_one_sheet_stay_two_unless_confirmed(table: Callable[..., pd.DataFrame]) -> None:
    """A slip is for the check to name; under links: it is a decision."""
    rows = origin(table("programs", {"program_id": "P"}, {"program_id": "P"}), "a.csv", "a.csv")
    confirmed = EngagementConfig("Acme", dt.date(2026, 6, 30), TZ, "USD", links={"P": ("Q",)})

    assert [2, 1] == [len(one_row_each(rows, [source("a.csv")], config).rows) for config in (CONFIG, confirmed)]


def events(table: Callable[..., pd.DataFrame], *rows: dict[str, object]) -> pd.DataFrame:
    files = [row.pop("_source") for row in rows]
    return origin(table("status_events", *({"at": "2026-02-01 09:00", "new": "x", **row} for row in rows)), *files)


def test_a_change_of_two_files_counts_once_and_an_id_of_two_trackers_twice(table: Callable[..., pd.DataFrame]) -> None:
    """Pages and exports overlap, two sites number their changes alike; a double within one file is left to the check."""
    found = each_change_once(
        events(
            table,
            {"event_id": "1", "program_id": "P", "_source": "b.json"},
            {"event_id": "1", "program_id": "P", "new": "y", "_source": "a.json"},
            {"event_id": "1", "program_id": "X", "_source": "c.json"},
            {"event_id": "2", "program_id": "P", "_source": "a.json"},
            {"event_id": "2", "program_id": "P", "_source": "a.json"},
        )
    )

    assert [("1 P", "y"), ("1 X", "x"), ("2", "x"), ("2", "x")] == list(zip(found["event_id"], found["new"], strict=True))


def test_what_a_log_tells_of_a_field_dated_exports_do_not_tell_again(table: Callable[..., pd.DataFrame]) -> None:
    """Whichever source each comes from: the log is finer; of other fields and programs the exports speak."""
    seen = {"event_id": "snapshot 2026-02-02 P end", "program_id": "P", "field": "end", "_source": "a.csv"}
    found = each_change_once(
        events(
            table,
            seen,
            {**seen, "event_id": "snapshot 2026-02-02 P owner", "field": "owner"},
            {**seen, "event_id": "snapshot 2026-02-02 Q end", "program_id": "Q"},
            {"event_id": "1", "program_id": "P", "field": "end", "_source": "b.json"},
        )
    )

    assert ["snapshot 2026-02-02 P owner", "snapshot 2026-02-02 Q end", "1"] == found["event_id"].tolist()
