from __future__ import annotations

from typing import Any

from gapkit.intake.formats.jira_changelog import Issue, Site, changes_of, first_state, in_order, state_now, steps_of
from gapkit.intake.formats.jira_words import State

SITE = Site(
    statuses={"1": "Backlog", "2": "In Progress", "3": "Done"},
    categories={"Backlog": "new", "In Progress": "indeterminate", "Done": "done"},
    flags=frozenset({"customfield_21"}),
    start="Start date",
    start_id="customfield_15",
)
MADE = "2026-03-01T10:00:00.000+0000"


def item(field: str, before: Any, after: Any, ids: tuple[Any, Any] = (None, None)) -> dict[str, Any]:
    """One item of the log: shown values and, where given, stored ones."""
    return {"field": field, "fromString": before, "toString": after, "from": ids[0], "to": ids[1]}


def moved(before: str, after: str) -> dict[str, Any]:
    """A change of status, with names of old that must not matter."""
    return item("status", f"old {before}", f"old {after}", (before, after))


def history(day: int, *items: dict[str, Any]) -> dict[str, Any]:
    return {"id": f"10{day:02d}", "created": f"2026-03-{day:02d}T12:00:00.000+0000", "items": list(items)}


def issue(*histories: dict[str, Any], is_whole: bool | None = True, status: str = "1", **fields: Any) -> Issue:
    now = {"created": MADE, "status": {"id": status, "name": "as of the copy"}, **fields}
    return Issue("data/a.json", 7, "10008", "SP-1", now, in_order(histories), is_whole)


def told(of: Issue) -> list[tuple[str, str, str, str]]:
    """Id, field, old and new of every change."""
    return [(each.event_id, each.field, each.old, each.new) for each in changes_of(of, SITE)]


def test_an_issue_nobody_touched_has_its_status_from_the_start() -> None:
    """Without an entry the status, the due date and the owner of today are those of creation."""
    fresh = issue(duedate="2026-04-01", assignee={"displayName": "Ann"}, customfield_15="2026-03-05")

    assert [
        ("10008-created-stage", "stage", "", "Backlog"),
        ("10008-created-end", "end", "", "2026-04-01"),
        ("10008-created-start", "start", "", "2026-03-05"),
        ("10008-created-owner", "owner", "", "Ann"),
    ] == told(fresh)
    assert [("data/a.json", 7, "SP-1", MADE)] * 4 == [
        (each.file, each.number, each.program_id, each.at) for each in changes_of(fresh, SITE)
    ]


def test_the_first_entry_names_what_was_before() -> None:
    """Status, due date, start and owner at creation are those before their first change."""
    log = [
        history(2, moved("1", "2"), item("assignee", "Ann", "Bob", ("a", "b"))),
        history(3, item("duedate", "2026-04-01 00:00:00.0", "2026-04-09 00:00:00.0", ("2026-04-01", "2026-04-09"))),
        history(4, item("Start date", None, "05/Mar/26", (None, "2026-03-05"))),
    ]

    assert [
        ("10008-created-stage", "stage", "", "Backlog"),
        ("10008-created-end", "end", "", "2026-04-01"),
        ("10008-created-owner", "owner", "", "Ann"),
        ("1002-1", "stage", "Backlog", "In Progress"),
        ("1002-2", "owner", "Ann", "Bob"),
        ("1003-1", "end", "2026-04-01", "2026-04-09"),
        ("1004-1", "start", "", "2026-03-05"),
    ] == told(issue(*log, status="2", duedate="2026-04-09"))


def test_a_cut_log_says_nothing_of_the_beginning() -> None:
    """Where entries are missing the first event is the first entry there is."""
    cut = issue(history(9, moved("2", "3")), is_whole=False, status="3", duedate="2026-04-01")

    assert [("1009-1", "stage", "In Progress", "Done")] == told(cut)


def test_status_and_resolution_change_in_one_step() -> None:
    """Jira writes both into one entry: that is one event, in the words of today's names."""
    closed = history(5, item("resolution", None, "Won't Do", (None, "9")), moved("2", "3"))
    reopened = history(6, item("resolution", "Won't Do", None, ("9", None)), moved("3", "2"))
    events = told(issue(history(2, moved("1", "2")), closed, reopened, status="2"))

    assert [
        ("1005-2", "stage", "In Progress", "Done (Won't Do)"),
        ("1006-2", "stage", "Done (Won't Do)", "In Progress"),
    ] == events[2:]


def test_a_resolution_alone_changes_the_word() -> None:
    """A resolution set after the status is an event of its own; one that only says done is none."""
    log = [
        history(2, moved("1", "3")),
        history(3, item("resolution", None, "Done")),
        history(4, item("resolution", "Done", "Duplicate")),
    ]

    assert [("1004-1", "stage", "Done", "Done (Duplicate)")] == told(
        issue(*log, status="3", resolution={"name": "Duplicate"})
    )[2:]


def test_flags_raised_and_lifted() -> None:
    """A flagged issue is told apart stage by stage until the flag is lifted."""
    log = [
        history(2, item("Flagged", None, "Impediment", (None, "[10019]"))),
        history(3, moved("1", "2")),
        history(4, item("Flagged", "Impediment", "", ("[10019]", ""))),
    ]

    assert ["Backlog", "Backlog (flagged)", "In Progress (flagged)", "In Progress"] == [
        event[3] for event in told(issue(*log, status="2"))
    ]


def test_a_flag_is_over_when_the_issue_is_done() -> None:
    """Nobody lifts a flag on finished work; taken up again it is not impeded by what impeded it before."""
    log = [history(2, item("Flagged", None, "Impediment")), history(3, moved("1", "3")), history(4, moved("3", "2"))]
    again = issue(*log, status="2", customfield_21=[{"value": "Impediment"}])

    assert ["Backlog", "Backlog (flagged)", "Done", "In Progress"] == [event[3] for event in told(again)]
    assert State("In Progress") == state_now(again, SITE)


def test_without_a_log_the_flag_is_read_off_the_field() -> None:
    """The custom field of flags is known by its id."""
    flagged = issue(is_whole=None, customfield_21=[{"value": "Impediment"}])

    assert State("Backlog", "", True) == state_now(flagged, SITE) == first_state(flagged, SITE)
    assert [] == steps_of(flagged, SITE)


def test_priority_and_scope() -> None:
    """Priority and title are told as shown, a description only as changed; a title set to itself is no change."""
    log = [
        history(2, item("priority", "Medium", "Highest"), item("summary", "Ad", "Advert")),
        history(3, item("description", "secret", "more secret"), item("summary", "Advert", "Advert")),
    ]

    assert [
        ("1002-1", "priority", "Medium", "Highest"),
        ("1002-2", "scope", "Ad", "Advert"),
        ("1003-1", "scope", "", "description changed"),
    ] == told(issue(*log))[1:]


def test_noise_is_left_out() -> None:
    """Rank, links, sprints and estimates say nothing of the plan."""
    noise = [item(name, "a", "b") for name in ("Rank", "Link", "Sprint", "Story Points", "timeestimate", "labels")]

    assert [("10008-created-stage", "stage", "", "Backlog")] == told(issue(history(2, *noise)))


def test_entries_are_put_in_order_once() -> None:
    """Newest first or oldest first, with copies: the log is the same; entries of one moment go by their id."""
    same = {"id": "998", "created": history(3)["created"], "items": []}

    assert ["1002", "998", "1003"] == [each["id"] for each in in_order([history(3), history(2), history(3), same])]


def test_a_status_that_is_gone_keeps_the_name_of_the_log() -> None:
    """A deleted status is called as the log calls it."""
    assert ("1002-1", "stage", "Backlog", "Parked") == told(
        issue(history(2, item("status", "Backlog", "Parked", ("1", "77"))))
    )[1]


def test_dates_nobody_can_read_are_not_repeated() -> None:
    """What stands unreadable among the fields is named there; the log does not say it a second time."""
    assert [("10008-created-stage", "stage", "", "Backlog")] == told(issue(duedate="soon"))
    assert [] == told(issue(created="soon"))


def test_an_entry_without_an_id_is_named_by_its_moment() -> None:
    """Events need ids that differ."""
    bare = {"created": "2026-03-02T12:00:00.000+0000", "items": [moved("1", "2")]}

    assert "10008 2026-03-02T12:00:00.000+0000-1" == told(issue(bare, status="2"))[1][0]
