from __future__ import annotations

import pandas as pd

from gapkit.intake.history.snapshots import History, build_history

TZ = "America/New_York"


def history(
    *rows: tuple[str, str | None, dict[str, object]],
    words: dict[str, dict[str, str]] | None = None,
    logged: tuple[str, ...] = (),
) -> History:
    frame = pd.DataFrame([{"_on": on, "program_id": program, **cells} for on, program, cells in rows])
    dates = {
        name: pd.to_datetime(frame[name]).astype("datetime64[us]")
        for name in frame
        if name in ("_on", "current_start", "current_end", "actual_end", "closed_at", "committed_at")
    }
    texts = {name: frame[name].astype("str") for name in frame if name in ("status", "team", "owners_now")}
    frame = frame.assign(**dates, **texts, _source="data/x.csv", _sheet="", _row=range(2, 2 + len(frame)))
    return build_history(frame.astype({"program_id": "str"}), words or {}, TZ, logged)


def told(result: History, field: str) -> list[tuple[str, str, str]]:
    events = result.events.loc[result.events["field"] == field].sort_values("event_id")
    return [(f"{row.at:%Y-%m-%d}", "" if pd.isna(row.old) else str(row.old), str(row.new)) for row in events.itertuples()]


def test_differences_become_events_dated_by_the_later_export() -> None:
    """Every change of a tracked field is one event; no change is none."""
    result = history(
        (
            "2026-01-05",
            "P",
            {"status": "not_started", "current_end": "2026-03-01", "owners_now": "ana", "budget_planned": 10.0},
        ),
        (
            "2026-01-12",
            "P",
            {"status": "in_progress", "current_end": "2026-03-01", "owners_now": "ben", "budget_planned": 10.0},
        ),
        (
            "2026-01-19",
            "P",
            {"status": "in_progress", "current_end": "2026-04-01", "owners_now": "ben", "budget_planned": 12.5},
        ),
    )

    assert [("2026-01-05", "", "not_started"), ("2026-01-12", "not_started", "in_progress")] == told(result, "status")
    assert [("2026-01-19", "2026-03-01", "2026-04-01")] == told(result, "end")
    assert [("2026-01-12", "ana", "ben")] == told(result, "owner")
    assert [("2026-01-19", "10", "12.5")] == told(result, "budget")


def test_a_blank_is_not_stated_and_moves_nothing() -> None:
    """A date that is blank in one export and back in the next has not moved."""
    result = history(
        ("2026-01-05", "P", {"status": "in_progress", "current_end": "2026-03-01"}),
        ("2026-01-12", "P", {"status": None, "current_end": None}),
        ("2026-01-19", "P", {"status": "in_progress", "current_end": "2026-03-01"}),
        ("2026-01-26", "P", {"status": None, "current_end": None}),
    )

    assert [] == told(result, "end")
    assert pd.Timestamp("2026-03-01") == result.programs["current_end"].item()
    assert "status 2, current_end 2" in result.notes[0]


def test_the_first_statement_is_the_first_plan() -> None:
    """The first planned end is the baseline; the export that states it is the commitment; a first date has no old value."""
    result = history(
        ("2026-01-05", "P", {"status": "not_started", "current_end": None}),
        ("2026-01-12", "P", {"status": "not_started", "current_end": "2026-03-01"}),
        ("2026-01-19", "P", {"status": "not_started", "current_end": "2026-05-01"}),
    )
    program = result.programs.iloc[0]

    assert ["2026-01-05", "2026-01-12", "2026-03-01", "2026-05-01"] == [
        f"{program[name]:%Y-%m-%d}" for name in ("first_seen_on", "committed_at", "baseline_end", "current_end")
    ]
    assert [("2026-01-12", "", "2026-03-01"), ("2026-01-19", "2026-03-01", "2026-05-01")] == told(result, "end")
    assert any("counts as it, for 1 program" in note for note in result.notes)


def test_a_recorded_commitment_is_kept() -> None:
    """Where the tracker has a commitment date nothing is assumed."""
    row = {"status": "not_started", "current_end": "2026-03-01", "committed_at": pd.Timestamp("2025-12-01")}

    assert pd.Timestamp("2025-12-01") == history(("2026-01-05", "P", row)).programs["committed_at"].item()


def test_absence_is_no_deletion() -> None:
    """A program the latest export leaves out is carried unchanged, with a note."""
    result = history(
        ("2026-01-05", "P", {"status": "in_progress"}),
        ("2026-01-05", "Q", {"status": "in_progress"}),
        ("2026-01-12", "Q", {"status": "in_progress"}),
    )

    assert ["P", "Q"] == result.programs["program_id"].tolist()
    assert 2 == len(result.events)
    assert ("1 program is absent from the latest export and carried unchanged.",) == result.notes


def test_blank_words_apply_only_to_what_was_never_stated() -> None:
    """(blank) must not overrule a status an earlier export gave."""
    rows = [
        ("2026-01-05", "P", {"status": "delivered"}),
        ("2026-01-12", "P", {"status": None}),
        ("2026-01-12", "Q", {"status": None}),
    ]

    result = history(*rows, words={"status": {"(blank)": "not_started"}})

    assert ["delivered", "not_started"] == result.programs["status"].tolist()
    assert [("2026-01-05", "", "delivered"), ("2026-01-12", "", "not_started")] == told(result, "status")


def test_a_program_twice_in_one_export_is_a_problem() -> None:
    """Which of two rows of one day counts cannot be guessed."""
    rows = [("2026-01-05", "P", {"status": "delivered"}), ("2026-01-05", "P", {"status": "in_progress"})]

    assert [3] == [problem.row for problem in history(*rows).problems]


def test_dates_of_different_exports_do_not_clash() -> None:
    """A carried start after a newly stated end is dropped; a start stated late is no baseline; both are noted."""
    carried = history(
        ("2026-01-05", "P", {"status": "in_progress", "current_start": "2026-06-01", "current_end": "2026-07-01"}),
        ("2026-01-12", "P", {"status": "in_progress", "current_start": None, "current_end": "2026-05-01"}),
    )
    late = history(
        ("2026-01-05", "P", {"status": "in_progress", "current_start": None, "current_end": "2026-05-01"}),
        ("2026-01-12", "P", {"status": "in_progress", "current_start": "2026-06-01", "current_end": "2026-07-01"}),
    )

    assert carried.programs["current_start"].isna().item()
    assert late.programs["baseline_start"].isna().item()
    assert pd.Timestamp("2026-06-01") == late.programs["current_start"].item()


def test_work_taken_up_again_has_no_end() -> None:
    """A later export shows it open and does not repeat the day; an end stated beside an open status is left as it is."""
    rows = [
        ("2026-01-05", "P", {"status": "delivered", "actual_end": "2026-01-04", "closed_at": "2026-01-04"}),
        ("2026-01-12", "P", {"status": "in_progress", "actual_end": None, "closed_at": None}),
        ("2026-01-12", "Q", {"status": "in_progress", "actual_end": "2026-01-09", "closed_at": None}),
    ]
    programs = history(*rows).programs.set_index("program_id")
    blank = history(rows[0], ("2026-01-12", "P", {"status": None, "actual_end": None})).programs

    assert programs.loc["P", ["actual_end", "closed_at"]].isna().all()
    assert pd.Timestamp("2026-01-09") == programs.loc["Q", "actual_end"]
    assert pd.Timestamp("2026-01-04") == blank["actual_end"].item()


def test_what_a_change_log_tells_is_not_read_off_exports() -> None:
    """Its first plan stands in the log, not in the first export filed, and a date it removed is no date not stated."""
    rows = (
        ("2026-01-05", "P", {"status": "in_progress", "current_end": "2026-03-01"}),
        ("2026-01-12", "P", {"status": "in_progress", "current_end": None}),
    )
    seen, told = history(*rows).programs.iloc[0], history(*rows, logged=("P",)).programs.iloc[0]

    assert [pd.Timestamp("2026-03-01")] * 2 == [seen["baseline_end"], seen["current_end"]]
    assert told[["baseline_end", "current_end", "committed_at"]].isna().all()


def test_rows_without_an_id_are_left_for_the_check() -> None:
    """They belong to no series; they are not dropped in silence."""
    rows = (("2026-01-05", "P", {"status": "paused"}), ("2026-01-05", None, {"status": "paused"}))
    programs = history(*rows).programs

    assert [False, True] == programs["program_id"].isna().tolist()
    assert 3 == programs["_row"].iloc[1]
