from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest

from gapkit.baseline.plan_history import LEVELS, describe_moves, plan_history
from gapkit.intake import SourceRead

D = pd.Timestamp


@pytest.fixture
def history(table: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    def go(
        *programs: dict[str, object],
        events: tuple[dict[str, object], ...] = (),
        signed: tuple[dict[str, object], ...] = (),
        since: dt.date | None = None,
    ) -> pd.DataFrame:
        log = table("status_events", *events)
        read = SourceRead("a.json", ("a.json",), "", "jira-json", "status_events", 1, 1, history_from=since)
        return plan_history(
            table("programs", *programs), log.assign(_source="a.json"), table("signed_plan", *signed), (read,)
        )

    return go


def test_one_snapshot_and_a_baseline_are_the_lowest_levels(history: Callable[..., pd.DataFrame]) -> None:
    """Today's date alone is L0; a first date besides is L1; no date at all has no level."""
    found = history(
        {"program_id": "a", "current_end": D("2026-03-01")},
        {"program_id": "b", "current_end": D("2026-03-01"), "baseline_end": D("2026-02-01")},
        {"program_id": "c"},
    )

    assert ["L0", "L1"] == found["level"].tolist()[:2]
    assert pd.isna(found.loc["c", "level"])
    assert [0, 28] == found["moved_days"].tolist()[:2]


def test_three_plans_stand_beside_each_other(history: Callable[..., pd.DataFrame]) -> None:
    """Original is the first date known, approved the one in force at the last signing, current today's."""
    found = history(
        {"program_id": "a", "current_end": D("2026-04-15"), "committed_at": D("2026-01-02")},
        events=(
            {"program_id": "a", "field": "end", "at": "2026-01-20 09:00", "old": "2026-03-01", "new": "2026-03-20"},
            {"program_id": "a", "field": "end", "at": "2026-02-20 09:00", "old": "2026-03-20", "new": "2026-04-15"},
        ),
        signed=({"program_id": "a", "signed_on": D("2026-02-01")},),
    ).iloc[0]

    assert [D("2026-03-01"), D("2026-03-20"), D("2026-04-15"), D("2026-02-01")] == [
        found["original_end"], found["approved_end"], found["current_end"], found["approved_on"],
    ]  # fmt: skip
    assert (2, 45) == (found["moves"], found["moved_days"])


def test_a_full_log_and_an_approval_are_the_highest_level(history: Callable[..., pd.DataFrame]) -> None:
    """Changes alone are L2; with the creation in the log and an approval it is L3, also for a date never moved."""
    log = (
        {"program_id": "a", "field": "stage", "at": "2026-01-01 09:00", "new": "To do"},
        {"program_id": "b", "field": "stage", "at": "2026-01-01 09:00", "new": "To do"},
        {"program_id": "b", "field": "end", "at": "2026-01-20 09:00", "old": "2026-03-01", "new": "2026-03-20"},
    )
    programs = (
        {"program_id": "a", "current_end": D("2026-03-20"), "committed_at": D("2026-01-02")},
        {"program_id": "b", "current_end": D("2026-03-20")},
    )

    assert ["L3", "L2"] == history(*programs, events=log)["level"].tolist()


def test_a_cut_log_is_not_a_full_one(history: Callable[..., pd.DataFrame]) -> None:
    """A program listed before the log begins may have been moved without a trace."""
    program = {"program_id": "a", "current_end": D("2026-03-20"), "committed_at": D("2026-01-02")}
    log = ({"program_id": "a", "field": "end", "at": "2026-03-01 09:00", "old": "2026-03-01", "new": "2026-03-20"},)
    listed = {**program, "first_seen_on": D("2026-01-01")}

    assert ["L3"] == history(listed, events=log)["level"].tolist()
    assert ["L2"] == history(listed, events=log, since=dt.date(2026, 2, 1))["level"].tolist()


def test_a_cut_log_says_nothing_of_another_trackers_programs(table: Callable[..., pd.DataFrame]) -> None:
    """Each program is held to the log it stands in."""
    programs = table(
        "programs",
        *(
            {
                "program_id": name,
                "current_end": D("2026-03-20"),
                "committed_at": D("2026-01-02"),
                "first_seen_on": D("2026-01-01"),
            }
            for name in "ab"
        ),
    )
    events = table(
        "status_events",
        *(
            {"program_id": name, "field": "end", "at": "2026-03-01 09:00", "old": "2026-03-01", "new": "2026-03-20"}
            for name in "ab"
        ),
    ).assign(_source=["a.json", "b.json"])
    whole, cut = (
        SourceRead(file, (file,), "", "jira-json", "status_events", 1, 1, history_from=since)
        for file, since in (("a.json", None), ("b.json", dt.date(2026, 2, 1)))
    )

    assert ["L3", "L2"] == plan_history(programs, events, table("signed_plan"), [whole, cut])["level"].tolist()


def test_a_first_export_is_no_creation_in_a_log(history: Callable[..., pd.DataFrame]) -> None:
    """The first status read off a dated export has nothing before it either; the log may begin much later."""
    found = history(
        {"program_id": "a", "current_end": D("2026-03-20"), "committed_at": D("2026-01-02")},
        events=(
            {"program_id": "a", "field": "status", "at": "2026-01-05 00:00", "new": "paused",
             "event_id": "snapshot 2026-01-05 a status"},
            {"program_id": "a", "field": "end", "at": "2026-01-20 09:00", "old": "2026-03-01", "new": "2026-03-20"},
        ),
    )  # fmt: skip

    assert ["L2"] == found["level"].tolist()


def test_dated_exports_show_changes_and_not_their_moment(history: Callable[..., pd.DataFrame]) -> None:
    """Differences between exports are L2, whatever else is known."""
    found = history(
        {"program_id": "a", "current_end": D("2026-03-20"), "committed_at": D("2026-01-02"),
         "first_seen_on": D("2026-01-01")},
        events=({"program_id": "a", "field": "end", "at": "2026-02-01 00:00", "old": "2026-03-01", "new": "2026-03-20",
                 "event_id": "snapshot 2026-02-01 a end"},),
    )  # fmt: skip

    assert ["L2"] == found["level"].tolist()
    assert "1 recorded move" in describe_moves(found)
    assert "1 stand later than first planned (median 19 days) and 0 earlier" in describe_moves(found)


def test_without_history_nothing_is_said_of_moves(history: Callable[..., pd.DataFrame]) -> None:
    """No record of a move is no evidence that none was made."""
    assert "is not recorded" in describe_moves(history({"program_id": "a", "current_end": D("2026-03-01")}))
    assert ["L0", "L1", "L2", "L3"] == list(LEVELS)
