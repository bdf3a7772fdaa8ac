from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.intake.formats.trace_steps import find_activities, find_changes, find_handoffs, find_visits


def events_of(*rows: tuple[str | None, ...]) -> pd.DataFrame:
    """Return events from (case, activity, day of January 2026, transition, team), in order as `read_events` leaves them."""
    padded = [(*row, *[None] * (5 - len(row))) for row in rows]
    frame = pd.DataFrame(padded, columns=["case", "activity", "day", "transition", "team"], dtype="str")
    at = pd.to_datetime("2026-01-" + frame["day"].str.zfill(2), utc=True).dt.as_unit("us")
    return frame.assign(begun=pd.Series(pd.NaT, index=frame.index, dtype=at.dtype), at=at, unit=frame["team"])


def days(moments: pd.Series) -> list[int | None]:
    return [None if pd.isna(moment) else moment.day for moment in moments]


def stays(events: pd.DataFrame) -> list[tuple[str, str | None, int | None, int | None]]:
    visits = find_visits(find_activities(events)[0]).sort_values(["case", "entered_at", "left_at"], kind="stable")
    kinds = [None if pd.isna(kind) else kind for kind in visits["kind"]]
    return list(zip(visits["activity"], kinds, days(visits["entered_at"]), days(visits["left_at"]), strict=True))


def test_one_moment_is_the_end_of_its_activity() -> None:
    """The stay runs from the event before; of the first one in a case nothing is known, so it has none."""
    events = events_of(
        ("1", "brief", "2"), ("1", "design", "5"), ("1", "legal", "9"), ("2", "brief", "3"), ("2", "legal", "3")
    )

    assert [("design", None, 2, 5), ("legal", None, 5, 9), ("legal", None, 3, 3)] == stays(events)


def test_start_and_completion_leave_a_wait_between_activities() -> None:
    """A stay is what lies between start and completion, a wait what lies between a completion and the next start."""
    events = events_of(
        ("1", "brief", "2", "start"), ("1", "brief", "4", "complete"), ("1", "legal", "9", "start"),
        ("1", "legal", "10", "complete"),
    )  # fmt: skip
    visits = find_visits(find_activities(events)[0])

    assert [("brief", None, 2, 4), ("legal", "wait", 4, 9), ("legal", None, 9, 10)] == stays(events)
    assert [48.0, 24.0] == visits["work_hours"].dropna().tolist()


def test_nothing_waits_while_another_activity_is_under_way() -> None:
    """Design runs from 2 to 8; legal begins within it, so there is no wait before legal, and none before 8."""
    events = events_of(
        ("1", "design", "2", "start"), ("1", "copy", "3", "start"), ("1", "copy", "4", "complete"),
        ("1", "legal", "6", "start"), ("1", "design", "8", "complete"), ("1", "legal", "9", "complete"),
        ("1", "launch", "12", "start"), ("1", "launch", "13", "complete"),
    )  # fmt: skip

    assert [("design", None, 2, 8), ("copy", None, 3, 4), ("legal", None, 6, 9), ("launch", "wait", 9, 12),
            ("launch", None, 12, 13)] == stays(events)  # fmt: skip


def test_repeated_activities_are_paired_in_order() -> None:
    """The first start of an activity goes with its first completion, also while both are under way."""
    events = events_of(
        ("1", "review", "2", "start"), ("1", "review", "3", "start"), ("1", "review", "5", "complete"),
        ("1", "review", "9", "complete"),
    )  # fmt: skip

    assert [("review", None, 2, 5), ("review", None, 3, 9)] == stays(events)


def test_a_completion_without_start_within_another_activity_has_no_stay() -> None:
    """Its time is told already by the activity around it; one that stands alone follows the rule for single moments."""
    events = events_of(
        ("1", "design", "2", "start"), ("1", "sent", "4", "complete"), ("1", "design", "6", "complete"),
        ("1", "approved", "9", "complete"),
    )  # fmt: skip

    assert [("design", None, 2, 6), ("approved", None, 6, 9)] == stays(events)


def test_a_start_without_completion_lasts_until_the_next_event_or_is_still_open() -> None:
    """Only the last activity of a case can still be under way; the others are counted in a note."""
    events = events_of(("1", "brief", "2", "start"), ("1", "legal", "5", "start"))

    _, notes = find_activities(events)

    assert [("brief", None, 2, 5), ("legal", None, 5, None)] == stays(events)
    assert any("1 start without completion" in note for note in notes)


def test_transitions_on_the_way_are_left_out_and_counted() -> None:
    """Scheduling and assigning neither start nor end an activity; a case that was only scheduled is named as lost."""
    events = events_of(
        ("1", "brief", "1", "schedule"), ("1", "brief", "2", "complete"), ("1", "legal", "5", "complete"),
        ("2", "brief", "1", "schedule"),
    )  # fmt: skip

    activities, notes = find_activities(events)

    assert [("legal", None, 2, 5)] == stays(events)
    assert ["1"] == activities["case"].unique().tolist()
    assert ("2 events of the transitions schedule left out, and 1 case with no other.",) == notes


def test_an_end_before_its_beginning_leaves_the_beginning_unknown() -> None:
    """Nobody can tell how long it took; it is treated as logged once, and counted."""
    events = events_of(("1", "brief", "2"), ("1", "legal", "5"))
    later = events.assign(begun=events["at"] + pd.Timedelta(days=7))

    _, notes = find_activities(later)

    assert [("legal", None, 2, 5)] == stays(later)
    assert ("2 activities end before the beginning; when it began counts as unknown.",) == notes


def test_a_handoff_is_a_change_of_group_between_neighbours() -> None:
    """Within a case, where both are known and differ; asked for at the end of the one, done at the end of the other."""
    events = events_of(
        ("1", "brief", "2", None, "Brand"), ("1", "design", "4", None, "Brand"), ("1", "legal", "9", None, "Legal"),
        ("1", "note", "10"), ("1", "launch", "12", None, "Web"), ("2", "brief", "3", None, "Web"),
    )  # fmt: skip
    handoffs = find_handoffs(find_activities(events)[0])

    assert [("Brand", "Legal")] == list(zip(handoffs["from_team"], handoffs["to_team"], strict=True))
    assert ([4], [None], [9]) == tuple(days(handoffs[name]) for name in ("requested_at", "accepted_at", "completed_at"))


def test_a_handoff_with_both_moments_is_accepted_at_the_start() -> None:
    """Where the next group began before the first was done, the work had been passed on by then."""
    events = events_of(
        ("1", "brief", "2", "start", "Brand"), ("1", "brief", "6", "complete", "Brand"),
        ("1", "legal", "5", "start", "Legal"), ("1", "legal", "9", "complete", "Legal"),
        ("1", "build", "12", "start", "Web"),
    )  # fmt: skip
    handoffs = find_handoffs(find_activities(events.sort_values("at", ignore_index=True))[0])

    assert [5, 9] == days(handoffs["requested_at"])
    assert [5, 12] == days(handoffs["accepted_at"])
    assert [9, None] == days(handoffs["completed_at"])


def test_the_history_has_one_event_per_activity() -> None:
    """At its start where that is logged; the first of a case has nothing before it."""
    events = events_of(("1", "brief", "2", "start"), ("1", "brief", "4", "complete"), ("1", "legal", "9", "complete"))
    changes = find_changes(find_activities(events)[0])

    assert ["1#1", "1#2"] == changes["event_id"].tolist()
    assert [2, 9] == days(changes["at"])
    assert [None, "brief"] == [None if pd.isna(old) else old for old in changes["old"]]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["x", "y"]), st.integers(1, 28),
                          st.sampled_from(["start", "complete"])), min_size=1, max_size=20))  # fmt: skip
def test_stays_and_waits_never_run_backwards(rows: list[tuple[str, str, int, str]]) -> None:
    """Whatever is logged in whatever order, nothing is left before it is entered, and waits never overlap work."""
    ordered = sorted(rows, key=lambda row: (row[0], row[2]))
    visits = find_visits(find_activities(events_of(*((c, a, str(d), t) for c, a, d, t in ordered)))[0])

    assert not (visits["left_at"] < visits["entered_at"]).any()
    for _, case in visits.groupby("case"):
        waits, work = case.loc[case["kind"].eq("wait")], case.loc[case["kind"].isna()]
        for wait in waits.itertuples():
            is_over = (work["left_at"] <= wait.entered_at) & (work["left_at"] > work["entered_at"])
            instant = work["left_at"] == work["entered_at"]

            assert (is_over | instant | (work["entered_at"] >= wait.left_at)).all()


@settings(max_examples=30)
@given(st.lists(st.integers(1, 28), min_size=1, max_size=15))
def test_stays_of_a_log_of_single_moments_fill_the_case(moments: list[int]) -> None:
    """Their lengths add up to the time from the first event to the last."""
    rows = [("1", "x", str(day)) for day in sorted(moments)]
    visits = find_visits(find_activities(events_of(*rows))[0])

    assert max(moments) - min(moments) == (visits["left_at"] - visits["entered_at"]).sum() / pd.Timedelta(days=1)


@pytest.mark.parametrize("transition", ["complete", "closed", None])
def test_any_other_word_ends_an_activity(transition: str | None) -> None:
    """A log may call completion what it likes."""
    assert [("b", None, 1, 3)] == stays(events_of(("1", "a", "1", transition), ("1", "b", "3", transition)))
