from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from gapkit.intake.history.follow import Followed, follow_stages
from gapkit.vocabulary import ACTIVE_KINDS

TZ = "America/New_York"
MEANINGS = {
    "To do": {"status": "not_started"},
    "Doing": {"status": "in_progress", "stage": "make", "kind": "work"},
    "Legal": {"status": "in_progress", "stage": "legal", "kind": "approval"},
    "Live": {"status": "delivered"},
    "Dropped": {"status": "cancelled"},
}


@pytest.fixture
def follow(table: Callable[..., pd.DataFrame]) -> Callable[..., Followed]:
    """Follow one program through stages given as (day of March 2026, stage)."""

    def go(*steps: tuple[int, str], status: str = "delivered", most: float = 0.05, **program: object) -> Followed:
        programs = table("programs", {"program_id": "P", "status": status, **program})
        befores = [None, *(stage for _, stage in steps[:-1])]
        events = table(
            "status_events",
            *(
                {"program_id": "P", "field": "stage", "at": f"2026-03-{day:02d} 12:00", "old": old, "new": stage}
                for old, (day, stage) in zip(befores, steps, strict=True)
            ),
        ).assign(_source="a.json", _sheet="", _row=1)
        return follow_stages(programs, events, MEANINGS, TZ, most)

    return go


def stays(followed: Followed) -> list[tuple[str, str, int, int | None]]:
    """Stage, kind, day entered and day left of every stay."""
    rows = followed.visits.sort_values("entered_at").to_dict("records")
    return [(r["stage"], r["kind"], r["entered_at"].day, None if pd.isna(r["left_at"]) else r["left_at"].day) for r in rows]


def day(followed: Followed, column: str) -> str | None:
    value = followed.programs[column].iloc[0]
    return None if pd.isna(value) else value.strftime("%m-%d")


def test_a_clean_run_gives_stays_statuses_start_and_end(follow: Callable[..., Followed]) -> None:
    """Each stage with a kind is a stay; the first day of work is the start, the arrival in a delivered stage the end."""
    found = follow((1, "To do"), (3, "Doing"), (7, "Legal"), (9, "Live"))
    statuses = found.events.loc[found.events["field"] == "status", ["old", "new"]].to_numpy().tolist()

    assert [("make", "work", 3, 7), ("legal", "approval", 7, 9)] == stays(found)
    assert ["03-03", "03-09"] == [day(found, "actual_start"), day(found, "actual_end")]
    assert [["not_started", "in_progress"], ["in_progress", "delivered"]] == statuses[1:]
    assert () == found.no_kind


def test_work_after_delivery_is_rework_and_keeps_its_first_run(follow: Callable[..., Followed]) -> None:
    """A program taken up again is delivered on its last arrival, and nothing of the first run is lost."""
    found = follow((1, "Doing"), (4, "Live"), (10, "Doing"), (15, "Live"))

    assert [("make", "work", 1, 4), ("make", "rework", 10, 15)] == stays(found)
    assert ["03-01", "03-15"] == [day(found, "actual_start"), day(found, "actual_end")]


def test_an_approval_that_sends_work_back_is_returned(follow: Callable[..., Followed]) -> None:
    """The stay in approval is marked, and the work that follows is rework."""
    found = follow((1, "Doing"), (4, "Legal"), (6, "Doing"), (8, "Legal"), (9, "Live"))
    approvals = found.visits.loc[found.visits["kind"] == "approval", "returned"].tolist()

    assert [True, False] == approvals
    assert ["work", "approval", "rework", "approval"] == [kind for _, kind, _, _ in stays(found)]


def test_stages_without_a_kind_are_counted_and_switch_stays_off(follow: Callable[..., Followed]) -> None:
    """A part of the stays would pass for the whole: beyond the agreed share none is given, and the words are listed."""
    steps = [(1, "Doing"), (4, "Limbo"), (6, "Legal"), (9, "Live")]
    strict, loose = follow(*steps), follow(*steps, most=0.5)

    assert (("Limbo", 1),) == strict.no_kind
    assert [] == stays(strict)
    assert "33 % of 3 stays" in strict.notes[0]
    assert [("make", "work", 1, 4), ("legal", "approval", 6, 9)] == stays(loose)


def test_an_open_program_has_an_open_stay_and_no_end(follow: Callable[..., Followed]) -> None:
    """What has not been left has no end; work under way counts as begun."""
    found = follow((1, "To do"), (3, "Doing"), status="in_progress")

    assert [("make", "work", 3, None)] == stays(found)
    assert ["03-03", None] == [day(found, "actual_start"), day(found, "actual_end")]


def test_a_cancelled_program_is_dated_by_its_log(follow: Callable[..., Followed]) -> None:
    """The arrival in a cancelled stage is the day of cancellation, and no delivery."""
    found = follow((1, "Doing"), (5, "Dropped"), status="cancelled")

    assert [None, "03-05"] == [day(found, "actual_end"), day(found, "cancelled_at")]


def test_days_the_tracker_states_itself_stay_except_where_the_log_dates_the_arrival(
    follow: Callable[..., Followed],
) -> None:
    """A recorded start is kept; a closing stamp set later gives way to the moment the program really arrived."""
    found = follow(
        (1, "Doing"), (5, "Live"), actual_start=pd.Timestamp("2026-02-20"), actual_end=pd.Timestamp("2026-03-30")
    )

    assert ["02-20", "03-05"] == [day(found, "actual_start"), day(found, "actual_end")]


def test_the_order_of_events_does_not_matter(follow: Callable[..., Followed], table: Callable[..., pd.DataFrame]) -> None:
    """Logs come newest first or oldest first."""
    programs = table("programs", {"program_id": "P", "status": "delivered"})
    rows = [
        {"program_id": "P", "field": "stage", "at": f"2026-03-0{n} 12:00", "new": stage, "event_id": f"e{n}"}
        for n, stage in enumerate(["Doing", "Legal", "Live"], start=1)
    ]
    log = table("status_events", *rows).assign(_source="a", _sheet="", _row=1)
    one, other = (follow_stages(programs, each, MEANINGS, TZ, 0.05) for each in (log, log.iloc[::-1]))

    assert stays(one) == stays(other)
    assert set(ACTIVE_KINDS) >= {"work", "rework"}


def test_what_it_was_made_as_comes_before_a_move_of_the_same_moment(table: Callable[..., pd.DataFrame]) -> None:
    """Rules move a card in the second in which it is made; ids count 9 before 10."""
    at = {"program_id": "P", "field": "stage", "at": "2026-03-01 12:00"}
    log = table(
        "status_events",
        {**at, "event_id": "10-1", "old": "Doing", "new": "Legal"},
        {**at, "event_id": "9-1", "old": "To do", "new": "Doing"},
        {**at, "event_id": "P-created", "new": "To do"},
    ).assign(_source="a", _sheet="", _row=1)
    found = follow_stages(table("programs", {"program_id": "P"}), log, MEANINGS, TZ, 0.05)
    entered = found.visits.sort_values(["entered_at", "left_at"], na_position="last")

    assert ["make", "legal"] == entered["stage"].tolist()
    assert [False, True] == entered["left_at"].isna().tolist()


def test_a_log_that_begins_late_dates_no_start(table: Callable[..., pd.DataFrame]) -> None:
    """What it first shows had begun before; work in the stage it came from is work it had been in."""
    steps = [
        ("2026-03-04 12:00", "Doing", "Legal"),
        ("2026-03-06 12:00", "Legal", "Doing"),
        ("2026-03-09 12:00", "Doing", "Live"),
    ]
    log = table(
        "status_events",
        *({"program_id": "P", "field": "stage", "at": at, "old": old, "new": new} for at, old, new in steps),
    ).assign(_source="a", _sheet="", _row=1)
    found = follow_stages(table("programs", {"program_id": "P", "status": "delivered"}), log, MEANINGS, TZ, 0.05)
    statuses = found.events.loc[found.events["field"] == "status", ["old", "new"]].to_numpy().tolist()

    assert [None, "03-09"] == [day(found, "actual_start"), day(found, "actual_end")]
    assert [("legal", "approval", 4, 6), ("make", "rework", 6, 9)] == stays(found)
    assert [["in_progress", "delivered"]] == statuses


def test_meanings_of_stages_are_read_as_those_of_statuses(table: Callable[..., pd.DataFrame]) -> None:
    """One of our own words needs no mapping, "*" stands for every other stage, and open says nothing of a start."""
    log = table(
        "status_events",
        *(
            {"program_id": f"P{number}", "field": "stage", "at": "2026-03-01 12:00", "new": stage}
            for number, stage in enumerate(["In progress", "Limbo", "Inbox"])
        ),
    ).assign(_source="a", _sheet="", _row=1)
    programs = table("programs", *({"program_id": f"P{number}"} for number in range(3)))
    meanings = {"Inbox": {"status": "open"}, "*": {"status": "blocked", "kind": "blocked"}}
    found = follow_stages(programs, log, meanings, TZ, 0.05)
    statuses = found.events.loc[found.events["field"] == "status"]

    assert {"P0": "in_progress", "P1": "blocked"} == dict(zip(statuses["program_id"], statuses["new"], strict=True))
    assert [False, False, True] == found.programs["actual_start"].isna().tolist()
    assert {"blocked"} == set(found.visits["kind"])


def test_moments_nobody_can_read_and_programs_nobody_lists_stop_nothing(table: Callable[..., pd.DataFrame]) -> None:
    """A step without a moment is left out, a log without old values is one, and another program's steps stay its own."""
    rows = [("P", "2026-03-01 12:00", "Doing"), ("P", None, "Legal"), ("gone", "2026-03-02 12:00", "Doing")]
    log = table("status_events", *({"program_id": who, "field": "stage", "at": at, "new": new} for who, at, new in rows))
    log = log.drop(columns="old").assign(_source="a", _sheet="", _row=1)
    found = follow_stages(table("programs", {"program_id": "P", "status": "in_progress"}), log, MEANINGS, TZ, 0.05)

    assert ["03-01"] == [day(found, "actual_start")]
    assert {"P": 1, "gone": 1} == found.visits["program_id"].value_counts().to_dict()
