from __future__ import annotations

import copy
import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.jira_json import JIRA_JSON, read, recognise

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "jira-changelog-json"
YML = """sources:
  - file: data/jira
    statuses:
      Backlog: not_started
      Selected for Development: {status: not_started, kind: wait}
      In Progress: {status: in_progress, kind: work}
      Review: {status: in_progress, kind: approval}
      Done: delivered
"""


def table(extract: Extract, name: str) -> pd.DataFrame:
    """A table of an extract under the names of its columns, canonical ones where the format knows them."""
    part = next(part for part in extract.parts if part.table == name)
    ours = {theirs: ours for ours, theirs in part.fields.items()}
    return part.sheet.cells.set_axis([ours.get(column, column) for column in part.sheet.columns], axis=1)


# --- the real files, against a count that shares no code with the package


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """All published files: issues of two moments, the list of statuses, the settings of a board."""
    found = sorted(REAL.glob("*.json"))
    if not found:
        pytest.skip(f"the published files are not at {REAL}")
    return found


@pytest.fixture(scope="module")
def issues(files: list[Path]) -> dict[str, dict[str, Any]]:
    """The newest copy of every issue, by key."""
    contents = [json.loads(path.read_text(encoding="utf-8")) for path in files if "SP-" in path.name]
    by_age = sorted(contents, key=lambda each: each["fields"]["updated"])
    return {each["key"]: each for each in by_age}


@pytest.fixture(scope="module")
def items(issues: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Every item of every change log: issue, entry, moment, field, shown values before and after."""
    rows = [
        (key, entry["id"], pd.Timestamp(entry["created"]), item["field"], item["fromString"], item["toString"])
        for key, each in issues.items()
        for entry in each["changelog"]["histories"]
        for item in entry["items"]
    ]
    return pd.DataFrame(rows, columns=["key", "entry", "at", "field", "old", "new"]).sort_values("at", ignore_index=True)


@pytest.fixture(scope="module")
def extract(files: list[Path]) -> Extract:
    return read([Export(path, f"data/jira/{path.name}") for path in files], Source())


def test_every_copy_of_every_issue_is_a_row(files: list[Path], extract: Extract) -> None:
    """12 issue files are 12 rows with key, title, dates, type and project as in their file."""
    programs = table(extract, "programs")
    expected = {}
    for path in files:
        if "SP-" in path.name:
            each = json.loads(path.read_text(encoding="utf-8"))
            fields = each["fields"]
            expected[f"data/jira/{path.name}"] = (
                each["key"], fields["summary"], fields["created"], fields["updated"], fields["resolutiondate"] or "",
                fields["issuetype"]["name"], fields["project"]["name"],
            )  # fmt: skip
    columns = ["program_id", "name", "first_seen_on", "updated_at", "closed_at", "type", "team"]
    rows = programs[columns].fillna("").itertuples(index=False, name=None)

    assert 12 == len(programs) == len(expected)
    assert expected == dict(zip(extract.parts[0].sheet.files, rows, strict=True))
    assert "2021-10-11T12:49:07.227+0000" == expected["data/jira/complete_sample__SP-5.json"][4]
    assert "2021-09-06T04:34:26.204+0000" == expected["data/jira/testdata__SP-10.json"][4]


def test_status_changes_of_the_real_issues(
    issues: dict[str, dict[str, Any]], items: pd.DataFrame, extract: Extract
) -> None:
    """SP-5 changed status 7 times, SP-10 6 times in 11 entries; every change is an event at its moment, in its words."""
    changed = items.loc[items["field"].eq("status")]
    events = table(extract, "status_events").assign(at=lambda frame: pd.to_datetime(frame["at"]))
    told = events.loc[events["field"].eq("stage") & events["event_id"].str.split("-").str[0].isin(changed["entry"])]
    plain = told.assign(**{side: told[side].str.removesuffix(" (flagged)") for side in ("old", "new")})

    assert (7, 6, 11) == (
        *(int(changed["key"].eq(key).sum()) for key in ("SP-5", "SP-10")), len(issues["SP-10"]["changelog"]["histories"]),
    )  # fmt: skip
    columns = ["key", "at", "old", "new"]
    expected = changed[columns].sort_values(["key", "at"], ignore_index=True)
    found = plain.rename(columns={"program_id": "key"})[columns].sort_values(["key", "at"], ignore_index=True)
    pd.testing.assert_frame_equal(expected, found, check_dtype=False)


def test_every_real_issue_begins_with_its_creation(
    issues: dict[str, dict[str, Any]], items: pd.DataFrame, extract: Extract
) -> None:
    """The first stage is what the first change of status came from, at the moment of creation."""
    first = table(extract, "status_events").drop_duplicates("program_id").set_index("program_id")
    before = items.loc[items["field"].eq("status")].drop_duplicates("key").set_index("key")["old"].to_dict()

    assert first["old"].isna().all()
    assert before == first["new"].to_dict()
    assert {key: each["fields"]["created"] for key, each in issues.items()} == first["at"].to_dict()


def test_flags_of_the_real_issues(items: pd.DataFrame, extract: Extract) -> None:
    """SP-1, SP-5, SP-10 and SP-15 were flagged; each raising and lifting is an event, and SP-10's was lifted."""
    flags = items.loc[items["field"].eq("Flagged")]
    events = table(extract, "status_events").set_index("event_id")
    told = events.loc[flags["entry"] + "-1"]

    assert {"SP-1", "SP-5", "SP-10", "SP-15"} == set(flags["key"])
    assert flags["new"].eq("Impediment").tolist() == told["new"].str.endswith("(flagged)").tolist()
    assert {"SP-10"} == set(flags.loc[~flags["new"].eq("Impediment"), "key"])


def test_priorities_of_the_real_issues(items: pd.DataFrame, extract: Extract) -> None:
    """Priority was changed as often as counted; ranks, links, sprints and points are not told."""
    events = table(extract, "status_events")
    counts = Counter(items["field"])

    assert counts["priority"] == events["field"].eq("priority").sum()
    assert {"stage", "priority"} == set(events["field"])


def test_meanings_come_from_the_list_of_statuses(extract: Extract) -> None:
    """FakeBacklog is the status of no issue; the site's list says what it is."""
    assert {"status": "not_started"} == extract.meanings["FakeBacklog"]
    assert {"status": "delivered"} == extract.meanings["Done"]
    assert {"status": "blocked", "kind": "blocked", "stage": "Review"} == extract.meanings["Review (flagged)"]


def test_the_board_settings_are_a_note(extract: Extract) -> None:
    """Two files hold settings of a board: a note, no problem; the logs are whole."""
    assert ((), None, 1) == (extract.problems, extract.history_from, len(extract.notes))
    assert "complete_sample__sample_board_1_configuration.json" in extract.notes[0]


def test_nothing_private_is_kept(extract: Extract) -> None:
    """Issues carry e-mail addresses and account pages of people; names are all that stays."""
    kept = "\n".join(part.sheet.cells.to_csv() for part in extract.parts)

    assert "Mike Bowler" in kept
    assert "@" not in kept


def test_the_real_issues_through_the_whole_pipeline(
    files: list[Path], issues: dict[str, dict[str, Any]], read: Callable[..., Intake]
) -> None:
    """10 issues, the newest copy of each; what SP-5 went through after it was taken up again is rework, not wiped."""
    intake = read({f"data/jira/{path.name}": path.read_bytes() for path in files}, YML)
    programs = intake.tables["programs"].set_index("program_id")
    visits = intake.tables["stage_visits"].query("program_id == 'SP-5'")
    resolved = {key: each["fields"]["resolutiondate"] for key, each in issues.items() if each["fields"]["resolutiondate"]}
    days = pd.to_datetime(pd.Series(resolved)).dt.tz_convert("America/New_York").dt.tz_localize(None).dt.normalize()

    assert () == intake.problems
    assert "jira-json" == intake.sources[0].format
    assert set(issues) == set(programs.index)
    assert days.to_dict() == programs["actual_end"].dropna().to_dict()
    assert {key: each["fields"]["updated"] for key, each in issues.items()} == {
        key: moment.tz_convert("UTC").strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"
        for key, moment in programs["updated_at"].items()
    }
    assert [
        ("Selected for Development", "wait"),
        ("In Progress", "work"),
        ("In Progress", "blocked"),
        ("Review", "blocked"),
        ("Selected for Development", "wait"),
        ("In Progress", "rework"),
    ] == list(visits.sort_values("entered_at")[["stage", "kind"]].itertuples(index=False, name=None))
    assert pd.Timestamp("2021-08-29") == programs["actual_start"]["SP-5"]


@pytest.mark.parametrize("pattern", ["*SP-5.json", "*statuses.json", "*configuration.json"])
def test_any_real_file_gives_jira_away(files: list[Path], pattern: str) -> None:
    """Whichever file of the folder is looked at, it is recognised."""
    path = next(path for path in files if path.match(pattern))

    assert recognise(Glimpse(path.name, ".json", json=json.loads(path.read_text(encoding="utf-8"))))


# --- issues made by hand, for what the real ones do not show

CATEGORIES = {"To Do": "new", "Doing": "indeterminate", "Done": "done"}


def status(name: str) -> dict[str, Any]:
    return {"id": name.lower(), "name": name, "statusCategory": {"key": CATEGORIES[name]}}


def issue(number: int, state: str = "To Do", log: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    fields = {
        "summary": f"Issue {number}",
        "status": status(state),
        "issuetype": {"name": "Story", "subtask": False},
        "created": "2026-03-01T10:00:00.000+0000",
        "updated": f"2026-03-{number + 1:02d}T10:00:00.000+0000",
        "project": {"key": "SP", "name": "Spring"},
        "assignee": None,
        "duedate": None,
        "resolution": None,
    }
    logged = {} if log is None else {"changelog": {"total": len(log), "histories": log}}
    return {"id": str(100 + number), "key": f"SP-{number}", "fields": fields | more, **logged}


def entry(day: int, **changed: tuple[Any, Any]) -> dict[str, Any]:
    items = [
        {"field": name, "fromString": pair[0], "toString": pair[1], "from": None, "to": None}
        for name, pair in changed.items()
    ]
    return {"id": f"9{day:02d}", "created": f"2026-03-{day:02d}T12:00:00.000+0000", "items": items}


@pytest.fixture
def extracted(write: Callable[..., Path]) -> Callable[..., Extract]:
    """Write answers to files and read them."""

    def go(*answers: Any, **entries: Any) -> Extract:
        files = {f"data/{number}.json": json.dumps(each) for number, each in enumerate(answers, start=1)}
        folder = write(files)
        return read([Export(folder / file, file) for file in files], Source(**entries))

    return go


def test_an_issue_is_a_program(extracted: Callable[..., Extract]) -> None:
    """Standard fields and, by their names, the custom ones known; ADF descriptions and e-mail addresses are left out."""
    labels = ("Start date", "Story Points", "Squad", "status", "Twice", "Twice", "Rank")
    names = {"summary": "Summary"} | {f"customfield_{place}": label for place, label in enumerate(labels, start=1)}
    full = issue(
        1, "Done", customfield_1="2026-03-05", customfield_2=5.0, customfield_3={"value": "Web"}, customfield_4="x",
        customfield_5="a", customfield_6="b", customfield_7="0|i0001z:", duedate="2026-04-01", labels=["q1", "tv"],
        assignee={"name": "ann", "displayName": "Ann", "emailAddress": "ann@example.com"}, parent={"key": "SP-9"},
        description={"type": "doc", "content": [{"text": "secret"}]}, resolutiondate="2026-03-09T10:00:00.000+0000",
    )  # fmt: skip
    row = table(extracted({"issues": [full], "names": names}), "programs").iloc[0].to_dict()

    assert {
        "program_id": "SP-1", "name": "Issue 1", "status": "Done", "team": "Spring", "type": "Story", "owners_now": "Ann",
        "first_seen_on": "2026-03-01T10:00:00.000+0000", "current_start": "2026-03-05", "current_end": "2026-04-01",
        "closed_at": "2026-03-09T10:00:00.000+0000", "updated_at": "2026-03-02T10:00:00.000+0000", "parent_id": "SP-9",
        "size_points": "5", "Squad": "Web", "status (customfield_4)": "x", "Twice (customfield_5)": "a",
        "Twice (customfield_6)": "b", "labels": "q1;tv", "resolutiondate": "2026-03-09T10:00:00.000+0000",
        "Start date": "2026-03-05", "Story Points": "5",
    } == row  # fmt: skip


def test_without_names_custom_fields_stay_numbers(extracted: Callable[..., Extract]) -> None:
    """Which custom field holds points or a start date differs from site to site: without names nothing is assumed."""
    programs = table(extracted(issue(1, customfield_10016=5.0)), "programs")

    assert ["5"] == programs["customfield_10016"].tolist()
    assert not {"size_points", "current_start"} & set(programs)


def test_resolution_tells_finished_from_given_up(extracted: Callable[..., Extract]) -> None:
    """Closed as Won't Do is another word than Done, and the export says what it means."""
    answers = [
        issue(1, "Done", resolution={"name": "Won't Do"}),
        issue(2, "Done", resolution={"name": "Fixed"}),
        issue(3, "Done"),
    ]
    extract = extracted(answers)

    assert ["Done (Won't Do)", "Done", "Done"] == table(extract, "programs")["status"].tolist()
    assert {"Done (Won't Do)": {"status": "cancelled"}, "Done": {"status": "delivered"}} == extract.meanings


def test_done_without_a_resolution_date(extracted: Callable[..., Extract]) -> None:
    """Sites without resolutions still say since when an issue is done; of open issues that moment means nothing."""
    since = "2026-03-08T10:00:00.000+0000"
    answers = [issue(1, "Done", statuscategorychangedate=since), issue(2, "Doing", statuscategorychangedate=since)]

    assert [since, ""] == table(extracted(answers), "programs")["closed_at"].fillna("").tolist()


def test_sub_tasks_are_parts(extracted: Callable[..., Extract]) -> None:
    """A sub-task is a deliverable of its parent and no program of its own; a note counts them."""
    extract = extracted([issue(1), issue(2, issuetype={"name": "Sub-task", "subtask": True}, parent={"key": "SP-1"})])
    programs = table(extract, "programs").fillna("")

    assert [("", ""), ("deliverable", "SP-1")] == list(programs[["level", "parent_id"]].itertuples(index=False, name=None))
    assert "1 sub-task taken as parts of their issues, not as programs." in extract.notes


def test_issues_without_a_log_are_counted(extracted: Callable[..., Extract]) -> None:
    """No event is invented for them; with no log at all there is no history."""
    some = extracted([issue(1), issue(2, "Doing", [entry(2, status=("To Do", "Doing"))])])
    none = extracted([issue(1), issue(2)])

    assert {"SP-2"} == set(table(some, "status_events")["program_id"])
    assert "1 issue of 2 without a change log" in some.notes[0]
    assert ["programs"] == [part.table for part in none.parts]


def test_a_log_that_is_cut_off_is_said_aloud(extracted: Callable[..., Extract]) -> None:
    """The answer states more entries than it holds: a note, the first whole day after the oldest entry, no beginning."""
    cut = issue(1, "Done", [entry(20, status=("Doing", "Done")), entry(9, status=("To Do", "Doing"))])
    cut["changelog"]["total"] = 140
    extract = extracted([cut, issue(2, log=[])])
    events = table(extract, "status_events")

    assert dt.date(2026, 3, 10) == extract.history_from
    assert "1 issue with a change log that is cut off (SP-1)" in extract.notes[0]
    assert ["To Do", "Doing"] == events.loc[events["program_id"].eq("SP-1"), "old"].tolist()
    assert ["102-created-stage"] == events.loc[events["program_id"].eq("SP-2"), "event_id"].tolist()


def test_pages_of_the_log_complete_it(extracted: Callable[..., Extract]) -> None:
    """The missing entries in a file of their own make the log whole."""
    cut = issue(1, "Done", [entry(20, status=("Doing", "Done"))])
    cut["changelog"]["total"] = 2
    page = {
        "self": "https://x.atlassian.net/rest/api/3/issue/SP-1/changelog",
        "total": 2,
        "values": [entry(9, status=("To Do", "Doing"))],
    }
    extract = extracted(cut, page)

    assert ((), None) == (extract.notes, extract.history_from)
    assert ["To Do", "Doing", "Done"] == table(extract, "status_events")["new"].tolist()


def test_two_moments_of_an_issue_are_one_history(extracted: Callable[..., Extract]) -> None:
    """Both copies are rows for the merge; an entry in both logs is told once, the status of today is the newer one's."""
    old = issue(1, "Doing", [entry(2, status=("To Do", "Doing"))], updated="2026-03-02T12:00:00.000+0000")
    new = issue(
        1,
        "Done",
        [entry(3, status=("Doing", "Done")), entry(2, status=("To Do", "Doing"))],
        updated="2026-03-03T12:00:00.000+0000",
    )
    extract = extracted(new, old)

    assert ["Doing", "Done"] == table(extract, "programs")["status"].tolist()
    assert ["101-created-stage", "902-1", "903-1"] == table(extract, "status_events")["event_id"].tolist()


def test_a_status_renamed_is_one_stage(extracted: Callable[..., Extract]) -> None:
    """The log keeps names of old, the list of statuses has those of today."""
    moved = {"id": "901", "created": "2026-03-02T12:00:00.000+0000", "items": [
        {"field": "status", "fromString": "Open", "from": "to do", "toString": "In work", "to": "doing"}]}  # fmt: skip
    listed = [status("To Do"), status("Doing") | {"name": "Producing"}]
    extract = extracted(issue(1, "Doing", [moved]), listed)

    assert ["To Do", "Producing"] == table(extract, "status_events")["new"].tolist()
    assert ["Producing"] == table(extract, "programs")["status"].tolist()


def test_a_name_of_two_categories_means_nothing(extracted: Callable[..., Extract]) -> None:
    """Team-managed projects may use one name for open and for done: the consultant is asked."""
    extract = extracted(
        [issue(1, "Doing"), issue(2, status={"id": "7", "name": "Doing", "statusCategory": {"key": "done"}})]
    )

    assert {} == extract.meanings


def test_estimates_of_zero_are_no_estimates(extracted: Callable[..., Extract]) -> None:
    """Zero story points are not a size."""
    answers = {"issues": [issue(1, c1=0.0), issue(2, c1=3.0)], "names": {"c1": "Story Points"}}

    assert ["", "3"] == table(extracted(answers), "programs")["size_points"].fillna("").tolist()


def test_what_cannot_be_read_is_named(extracted: Callable[..., Extract]) -> None:
    """Strange files and bare issues are problems beside the issues that are there; nothing at all is refused."""
    extract = extracted([issue(1), {"id": "2"}], {"gid": "1"})

    assert {"data/1.json", "data/2.json"} == {problem.file for problem in extract.problems}
    assert 1 == len(table(extract, "programs"))
    for nothing in ({"issues": [], "total": 0}, [status("Done")], {"issues": [{"id": "1"}]}):
        with pytest.raises(InputError, match="expand=changelog"):
            extracted(nothing)


def answers_of_a_site() -> list[Any]:
    """A search in two pages, a single issue of another moment, the list of statuses."""
    flag = {"field": "Flagged", "fieldId": "cf", "fromString": None, "toString": "Impediment"}
    first = issue(
        1, "Done", [entry(5, status=("To Do", "Doing"), duedate=(None, "2026-04-01")), entry(8, status=("Doing", "Done"))]
    )
    second = issue(
        2, "Doing", [entry(3, status=("To Do", "Doing")), {**entry(4), "items": [flag]}], cf=[{"value": "Impediment"}]
    )
    older = issue(1, "Doing", [entry(5, status=("To Do", "Doing"))], updated="2026-03-01T12:00:00.000+0000")
    return [
        {"issues": [first, second]},
        {"issues": [issue(3, cf=None, log=[]), issue(4)]},
        older,
        [status("To Do"), status("Done")],
    ]


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_order_changes_nothing(write: Callable[..., Path], chance: random.Random) -> None:
    """Issues, entries of logs, statuses and files in any order give the same tables, meanings and notes."""
    whole, shuffled = answers_of_a_site(), copy.deepcopy(answers_of_a_site())
    for each in shuffled:
        if isinstance(each, list) or "issues" in each:
            chance.shuffle(each if isinstance(each, list) else each["issues"])
        for one in each if isinstance(each, list) else each.get("issues", [each]):
            chance.shuffle(one.get("changelog", {}).get("histories", []))
    extracts = []
    for answers, mixed in ((whole, False), (shuffled, True)):
        names = {f"data/{number}.json": json.dumps(each) for number, each in enumerate(answers, start=1)}
        folder = write(names)
        exports = [Export(folder / name, name) for name in names]
        extracts.append(read(chance.sample(exports, len(exports)) if mixed else exports, Source()))
    expected, found = extracts

    assert (expected.meanings, expected.notes) == (found.meanings, found.notes)
    for name, keys in (("programs", ["program_id", "updated_at"]), ("status_events", ["event_id"])):
        first, then = (table(each, name).sort_values(keys, ignore_index=True) for each in extracts)
        pd.testing.assert_frame_equal(first, then)


@pytest.mark.parametrize("place", ["duedate", "created", "updated"])
def test_one_bad_cell_is_one_problem(read: Callable[..., Intake], place: str) -> None:
    """A date nobody can read is named once, with file and issue; the other programs are as they would be without it."""
    whole, broken = answers_of_a_site(), answers_of_a_site()
    broken[0]["issues"][1]["fields"][place] = "soon"
    yml = "sources:\n  - file: data/jira\n"
    before, after = (
        read({f"data/jira/{number}.json": json.dumps(each) for number, each in enumerate(answers)}, yml)
        for answers in (whole, broken)
    )
    others = [each.tables["programs"].query("program_id != 'SP-2'").reset_index(drop=True) for each in (before, after)]

    assert () == before.problems
    assert [("data/jira/0.json", 2, place, "soon")] == [
        (each.file, each.row, each.column, each.value) for each in after.problems
    ]
    pd.testing.assert_frame_equal(others[0], others[1][others[0].columns])


def test_the_format_says_what_it_is() -> None:
    """It carries history, and was tried on real answers."""
    assert ("jira-json", "jira", True, True) == (
        JIRA_JSON.name,
        JIRA_JSON.tracker,
        JIRA_JSON.history,
        JIRA_JSON.is_verified,
    )
