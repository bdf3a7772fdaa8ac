from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from gapkit.intake.history.settle import (
    ASSUMED,
    describe_gaps,
    settle_dates,
    settle_ends,
    settle_gaps,
    settle_levels,
    settle_series,
)

TZ = "America/New_York"


def settled(rows: pd.DataFrame, *, stamps_ends: bool = False) -> pd.DataFrame:
    """Rows after both steps, as a source that stands alone goes through them."""
    ended = settle_ends(rows, stamps_ends=stamps_ends)
    return settle_gaps(ended, np.ones(len(rows), dtype=bool))


def test_a_status_without_a_meaning_is_read_off_the_dates_and_marked(table: Callable[..., pd.DataFrame]) -> None:
    """Closed is delivered, begun is in progress, anything else not started; each is counted as assumed."""
    rows = table(
        "programs",
        {"program_id": "closed", "status": None, "closed_at": "2026-03-01 10:00"},
        {
            "program_id": "stopped",
            "status": None,
            "cancelled_at": pd.Timestamp("2026-03-01"),
            "closed_at": "2026-03-01 10:00",
        },
        {"program_id": "begun", "status": None, "actual_start": pd.Timestamp("2026-02-01")},
        {"program_id": "listed", "status": None},
        {"program_id": "known", "status": "paused", "closed_at": "2026-03-01 10:00"},
    )
    found = settled(rows)

    assert ["delivered", "cancelled", "in_progress", "not_started", "paused"] == found["status"].tolist()
    assert [True, True, True, True, False] == found[ASSUMED].tolist()


def test_a_tracker_that_stamps_what_ends_leaves_no_doubt(table: Callable[..., pd.DataFrame]) -> None:
    """Without a stamp the program is open for certain: its unknown word is no assumption about its end."""
    rows = table(
        "programs",
        {"program_id": "a", "status": None, "closed_at": "2026-03-01 10:00"},
        {"program_id": "b", "status": None},
    )
    found = settled(rows, stamps_ends=True)

    assert ["delivered", "not_started"] == found["status"].tolist()
    assert [True, False] == found[ASSUMED].tolist()


def test_open_says_not_ended_and_no_more(table: Callable[..., pd.DataFrame]) -> None:
    """Work a tracker calls open is never delivered, and whether it has begun its dates say; nothing is assumed."""
    rows = table(
        "programs",
        {"program_id": "a", "closed_at": "2026-03-01 10:00"},
        {"program_id": "b", "actual_start": pd.Timestamp("2026-02-01")},
    ).assign(status="open")
    found = settled(rows)

    assert ["not_started", "in_progress"] == found["status"].tolist()
    assert [False, False] == found[ASSUMED].tolist()


def test_missing_teams_and_types_are_filled_in_trackers_only_and_said(table: Callable[..., pd.DataFrame]) -> None:
    """No row of a tracker is lost for want of a team or a type; in a table that must say them the check names the cell."""
    rows = table("programs", {"program_id": "a", "team": None, "type": None}, {"program_id": "b", "type": None})
    found = settle_gaps(settle_ends(rows), np.array([True, False]))

    assert ["not stated", "Brand"] == found["team"].tolist()
    assert ["other", True] == [found["type"].iloc[0], bool(pd.isna(found["type"].iloc[1]))]
    assert ("1 program without a team", "2 programs without a known type") == tuple(
        note.split(";")[0] for note in describe_gaps(rows)
    )


def series(*rows: tuple[str, str | None, str | None]) -> list[str | None]:
    """Statuses of one program in dated exports, given as (day, status, closed); None where left to the export before."""
    frame = pd.DataFrame(rows, columns=["_on", "status", "closed_at"]).assign(program_id="P", actual_start=None)
    dates = {name: pd.to_datetime(frame[name]) for name in ("_on", "closed_at")}
    other = pd.DataFrame({"_on": frame["_on"].unique(), "program_id": "Q", "status": "delivered"})
    both = pd.concat([frame.assign(**dates), other.assign(_on=pd.to_datetime(other["_on"]), closed_at=dates["_on"].max())])
    found = settle_series(settle_ends(both.astype({"status": "str"}).reset_index(drop=True)))
    statuses = found.loc[found["program_id"] == "P", "status"]
    return [None if pd.isna(word) else word for word in statuses]


def test_an_export_without_a_meaning_follows_the_one_before() -> None:
    """A word nobody has mapped does not set begun work back; an end its own row states counts; open goes on as it was."""
    assert ["in_progress", None, "delivered"] == series(
        ("2026-01-05", "in_progress", None), ("2026-01-12", None, None), ("2026-01-19", None, "2026-01-17")
    )
    assert ["blocked", "blocked", "not_started"] == [
        *series(("2026-01-05", "blocked", None), ("2026-01-12", "open", None)),
        *series(("2026-01-05", "open", None)),
    ]


def test_a_program_that_lost_its_closing_stamp_was_taken_up_again() -> None:
    """The export before called it delivered; this one no longer closes it, so it is open, whatever its word means."""
    assert ["delivered", "in_progress"] == series(("2026-01-05", "delivered", "2026-01-04"), ("2026-01-12", None, None))
    assert ["cancelled", "not_started"] == series(("2026-01-05", "cancelled", "2026-01-04"), ("2026-01-12", "open", None))


def test_levels_are_said_by_type_else_read_off_parents(table: Callable[..., pd.DataFrame]) -> None:
    """A subtask is a part of its parent unless engagement.yml says otherwise; a parent nobody lists makes no part."""
    rows = table(
        "programs", {"program_id": "a"}, {"program_id": "b", "parent_id": "a"}, {"program_id": "c", "parent_id": "a"},
        {"program_id": "d", "parent_id": "gone"}, {"program_id": "e"}, {"program_id": "f"},
    )  # fmt: skip
    words = pd.Series(["Epic", "Sub-task", "Story", "Story", "Asset", None], dtype="str")
    found = settle_levels(rows, words, {"story": "program", "Asset": "deliverable"}, has_parts=True)
    others = settle_levels(rows, words, {"Epic": "program", "*": "deliverable", "(blank)": "program"})

    assert [None, "deliverable", "program", "program", "deliverable", None] == [
        None if pd.isna(level) else level for level in found.programs["level"]
    ]
    assert ["program", *["deliverable"] * 4, "program"] == others.programs["level"].tolist()
    assert found.notes[0].startswith("2 rows are parts of a program")


def test_the_closing_moment_becomes_the_day_its_status_means(table: Callable[..., pd.DataFrame]) -> None:
    """Closed and delivered is an actual end, closed and cancelled a cancellation; open again is neither."""
    programs = table(
        "programs",
        {"program_id": "d", "status": "delivered", "closed_at": "2026-03-31 23:30"},
        {"program_id": "c", "status": "cancelled", "closed_at": "2026-03-31 23:30"},
        {"program_id": "o", "status": "in_progress", "closed_at": "2026-03-31 23:30"},
        {"program_id": "u", "status": "delivered"},
    )
    settled = settle_dates(programs, TZ)
    ends, stops = (settled.programs[column].dt.strftime("%m-%d").tolist() for column in ("actual_end", "cancelled_at"))

    assert ["03-31", None, None, None] == [None if pd.isna(end) else end for end in ends]
    assert [None, "03-31", None, None] == [None if pd.isna(stop) else stop for stop in stops]
    assert ("1 program delivered, date unknown.",) == settled.notes


def test_a_cancelled_program_delivered_after_all_keeps_one_end(table: Callable[..., pd.DataFrame]) -> None:
    """The day of the other end is set aside, and said; a merged program keeps the day it was closed as a double."""
    stopped = {"cancelled_at": pd.Timestamp("2026-02-01"), "actual_end": pd.Timestamp("2026-03-01")}
    programs = table(
        "programs",
        {"program_id": "d", "status": "delivered", **stopped},
        {"program_id": "m", "status": "merged", **stopped},
    )
    settled = settle_dates(programs, TZ)

    assert [False, True] == settled.programs["actual_end"].isna().tolist()
    assert [True, False] == settled.programs["cancelled_at"].isna().tolist()
    assert {"delivery", "cancellation"} == {note.split(" and ")[0].split()[-1] for note in settled.notes}


def test_an_end_before_its_start_makes_both_unknown_and_is_said(table: Callable[..., pd.DataFrame]) -> None:
    """Nobody can tell which of the two is wrong; neither is averaged in, and the programs are named."""
    programs = table(
        "programs",
        *(
            {
                "program_id": f"p{n}",
                "status": "delivered",
                "actual_start": pd.Timestamp(start),
                "actual_end": pd.Timestamp(end),
            }
            for n, (start, end) in enumerate([("2026-03-05", "2026-03-01"), ("2026-03-01", "2026-03-05")])
        ),
    )
    settled = settle_dates(programs, TZ)

    assert [True, False] == settled.programs["actual_start"].isna().tolist()
    assert [True, False] == settled.programs["actual_end"].isna().tolist()
    assert "1 program whose end lies before the start; both dates count as unknown (p0)." in settled.notes


def test_a_status_its_own_date_contradicts_counts_as_unknown(table: Callable[..., pd.DataFrame]) -> None:
    """A day of delivery under an open status is no delivery, and no sure sign of none."""
    programs = table(
        "programs",
        {"program_id": "a", "status": "in_progress", "actual_end": pd.Timestamp("2026-03-05")},
        {"program_id": "b", "status": "delivered", "actual_end": pd.Timestamp("2026-03-05")},
    ).assign(**{ASSUMED: False})
    settled = settle_dates(programs, TZ)

    assert [True, False] == settled.programs[ASSUMED].tolist()
    assert "1 program with a date of delivery and another status; set aside." in settled.notes
