from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapkit.config import Source
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.event_log import EVENT_LOG

DATA = Path(__file__).parents[3].parent / "shared" / "data"
RUNNING = DATA / "event-log-running-example" / "running-example.csv"
TEAMS = {"Pete": "Desk", "Mike": "Desk", "Ellen": "Desk", "Sara": "Management", "Sue": "Experts", "Sean": "Experts"}
MAPPING = """sources:
  - file: data/running.csv
    format: event-log-csv
    fields: {team: "org:resource"}
    teams: {Pete: Desk, Mike: Desk, Ellen: Desk, Sara: Management, Sue: Experts, Sean: Experts}
    statuses:
      register request: {status: not_started, kind: work}
      examine casually: {status: in_progress, kind: work}
      examine thoroughly: {status: in_progress, kind: work}
      check ticket: {status: in_progress, kind: work}
      decide: {status: in_progress, kind: approval}
      reinitiate request: {status: in_progress, kind: work}
      pay compensation: {status: delivered, kind: work}
      reject request: {status: cancelled, kind: work}
"""


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    """The published log, read by pandas alone."""
    if not RUNNING.is_file():
        pytest.skip(f"the published log is not at {RUNNING}")
    frame = pd.read_csv(RUNNING, index_col=0)
    frame["at"] = pd.to_datetime(frame["time:timestamp"], utc=True)
    return frame


def table(extract: Extract, name: str) -> pd.DataFrame:
    part = next(part for part in extract.parts if part.table == name)
    columns = {ours: part.sheet.cells.iloc[:, part.sheet.columns.index(theirs)] for ours, theirs in part.fields.items()}
    return pd.DataFrame(columns).reset_index(drop=True)


@pytest.fixture(scope="module")
def running(log: pd.DataFrame) -> Extract:
    return EVENT_LOG.read([Export(RUNNING, "data/running.csv")], Source(fields={"team": "org:resource"}, teams=TEAMS))


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("|concept:name|org:resource|time:timestamp|Activity|case:concept:name",
         ("case:concept:name", "concept:name", "time:timestamp", "org:resource")),
        ("Case ID|Activity|Resource|Start Timestamp|Complete Timestamp",
         ("Case ID", "Activity", "Complete Timestamp", "Start Timestamp", "Resource")),
        ("case_id|activity|timestamp", ("case_id", "activity", "timestamp")),
        ("program_id|stage|kind|entered_at|left_at|team", ()),
        ("event_id|program_id|at|field|old|new", ()),
        ("Title|Description|Issue ID|URL|State|Assignee|Due Date|Created At (UTC)|Closed At (UTC)", ()),
        ("Action|User|Details|Source|Time Stamp", ()),
    ],
)  # fmt: skip
def test_a_log_is_known_by_case_activity_and_moment(header: str, found: tuple[str, ...]) -> None:
    """All three in one row; tables of gapkit and exports of trackers are something else."""
    glimpse = Glimpse("data/a.csv", ".csv", {"": (("My log",), tuple(header.split("|")))})

    assert set(found) == set(EVENT_LOG.recognise(glimpse))


def test_the_running_example_has_its_cases_and_events(running: Extract, log: pd.DataFrame) -> None:
    """6 cases and 42 events, as its source says; the first event of a case opens it, so 36 stays."""
    by_case = log.groupby(log["case:concept:name"].astype(str))
    programs = table(running, "programs").set_index("program_id")

    assert (6, 42, 36) == (len(programs), len(table(running, "status_events")), len(table(running, "stage_visits")))
    assert by_case["at"].min().to_dict() == programs["first_seen_on"].to_dict()
    assert by_case["at"].max().to_dict() == programs["updated_at"].to_dict()
    assert log.sort_values("at").groupby("case:concept:name")["Activity"].last().rename(str).to_dict() == (
        programs["status"].to_dict()
    )


def test_the_stays_of_case_1_are_as_counted_by_hand(running: Extract) -> None:
    """Registered 30 December 11:02, examined 31st 10:06, checked 5 January 15:12, decided 6th 11:18, rejected 7th 14:24."""
    visits = table(running, "stage_visits").query("program_id == '1'")
    hours = (visits["left_at"] - visits["entered_at"]).dt.total_seconds() / 3600

    assert ["examine thoroughly", "check ticket", "decide", "reject request"] == visits["stage"].tolist()
    assert [23 + 4 / 60, 5 * 24 + 5 + 6 / 60, 20 + 6 / 60, 27 + 6 / 60] == pytest.approx(hours.tolist())


def test_handoffs_are_as_counted_by_hand(running: Extract) -> None:
    """Desk, experts, desk, management, desk in case 1; Mike to Ellen stays within the desk; 24 in all six cases."""
    handoffs = table(running, "handoffs")
    named = handoffs.assign(pair=handoffs["from_team"].map(TEAMS) + ">" + handoffs["to_team"].map(TEAMS))

    assert ["Desk>Experts", "Experts>Desk", "Desk>Management", "Management>Desk"] == (
        named.loc[named["program_id"] == "1", "pair"].tolist()
    )
    assert {"1": 4, "2": 3, "3": 5, "4": 3, "5": 7, "6": 2} == handoffs["program_id"].value_counts().to_dict()


def test_handoffs_equal_an_independent_count(running: Extract, log: pd.DataFrame) -> None:
    """Neighbours of different teams, with the two moments of the events."""
    expected = []
    for case, events in log.sort_values("at", kind="stable").groupby("case:concept:name"):
        rows = list(events.itertuples())
        teams = [TEAMS[row.Resource] for row in rows]
        expected += [(str(case), rows[i].at, rows[j].at) for i, j in pairwise(range(len(rows))) if teams[i] != teams[j]]
    handoffs = table(running, "handoffs")
    found = list(zip(handoffs["program_id"], handoffs["requested_at"], handoffs["completed_at"], strict=True))

    assert sorted(expected) == sorted(found)


def test_nothing_passes_between_persons(log: pd.DataFrame) -> None:
    """Without a mapping to teams there are neither handoffs nor teams, and no name of a person is left."""
    found = EVENT_LOG.read([Export(RUNNING, "data/running.csv")], Source())
    texts = {str(cell) for part in found.parts for column in part.sheet.cells for cell in part.sheet.cells[column]}

    assert ["programs", "stage_visits", "status_events"] == [part.table for part in found.parts]
    assert not texts & set(TEAMS)
    assert any("no column of groups" in note for note in found.notes)


def test_the_running_example_through_the_whole_of_intake(read: Callable[..., Intake], log: pd.DataFrame) -> None:
    """With every activity mapped, stays have kinds, programs ends, handoffs teams; times are those of the log."""
    intake = read({"data/running.csv": RUNNING.read_bytes()}, MAPPING)
    programs = intake.tables["programs"].set_index("program_id")
    visits, handoffs = intake.tables["stage_visits"], intake.tables["handoffs"]
    n_decided = int((log["Activity"] == "decide").sum())

    assert () == intake.problems
    assert {"1": "cancelled", "2": "delivered", "3": "delivered", "4": "cancelled", "5": "cancelled", "6": "delivered"} == (
        programs["status"].to_dict()
    )
    assert pd.Timestamp("2011-01-08") == programs.loc["2", "actual_end"]
    assert pd.Timestamp("2011-01-24") == programs.loc["5", "cancelled_at"]
    assert {"approval": n_decided, "work": 36 - n_decided} == visits["kind"].value_counts().to_dict()
    assert {"Desk", "Management", "Experts"} == {*handoffs["from_team"], *handoffs["to_team"]}
    assert 24 == len(handoffs)
    assert {"Desk"} == set(programs["team"])


def test_stages_without_a_kind_are_listed(read: Callable[..., Intake]) -> None:
    """Nobody has said what they are, so no stay is counted, and each is named with its count."""
    text = "case_id;activity;timestamp\n1;brief;2026-01-05 10:00\n1;legal;2026-01-08 10:00\n1;launch;2026-01-12 10:00\n"
    intake = read({"data/log.csv": text}, "sources: [{file: data/log.csv, format: event-log-csv}]\n")
    visits = next(source for source in intake.sources if source.table == "stage_visits")

    assert () == intake.problems
    assert (("launch", 1), ("legal", 1)) == visits.unmapped["kind"]


def test_a_row_with_two_moments_is_a_whole_activity(write: Callable[..., Path]) -> None:
    """Start and completion in one row give the stay, its hours, and the wait before it."""
    text = (
        "Case ID,Activity,Resource,Start Timestamp,Complete Timestamp,Variant\n"
        "1,brief,ann,2026/01/05 09:00:00,2026/01/05 12:00:00,V1\n1,legal,ben,2026/01/07 09:00:00,2026/01/07 10:30:00,V1\n"
    )
    folder = write({"data/log.csv": text})
    visits = table(EVENT_LOG.read([Export(folder / "data/log.csv", "data/log.csv")], Source()), "stage_visits")

    assert [("brief", "nan", 3.0), ("legal", "nan", 1.5), ("legal", "wait", 45.0)] == [
        (v.stage, str(v.kind), (v.left_at - v.entered_at) / pd.Timedelta(hours=1)) for v in visits.itertuples()
    ]
    assert [3.0, 1.5] == visits["work_hours"].dropna().tolist()


LINES = [f"{case},{step},2026-0{case}-{day:02d} 0{day}:00" for case in (1, 2, 3) for day, step in enumerate("abcab", 1)]


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(LINES))
def test_the_order_of_rows_changes_nothing(write: Callable[..., Path], order: list[str]) -> None:
    """Events of different moments may stand in any order."""

    def read_lines(lines: list[str]) -> list[pd.DataFrame]:
        folder = write({"data/log.csv": "\n".join(["case_id,activity,timestamp", *lines])})
        extract = EVENT_LOG.read([Export(folder / "data/log.csv", "data/log.csv")], Source())
        return [table(extract, part.table) for part in extract.parts]

    for expected, found in zip(read_lines(LINES), read_lines(order), strict=True):
        pd.testing.assert_frame_equal(expected, found)


@given(place=st.integers(0, len(LINES) - 1))
@settings(deadline=None, max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_corrupted_moment_is_one_problem(read: Callable[..., Intake], place: int) -> None:
    """It names the row; the other cases are as they were."""
    broken = [line.rsplit(",", 1)[0] + ",soon" if i == place else line for i, line in enumerate(LINES)]
    kinds = "{a: {kind: work}, b: {kind: work}, c: {kind: work}}"
    yml = f"sources: [{{file: data/log.csv, format: event-log-csv, statuses: {kinds}}}]\n"
    whole, torn = (read({"data/log.csv": "\n".join(["case_id,activity,timestamp", *x])}, yml) for x in (LINES, broken))
    case = LINES[place][0]

    assert [(place + 2, "timestamp", "soon")] == [(p.row, p.column, p.value) for p in torn.problems]
    for name in ("programs", "stage_visits", "status_events"):
        left, right = (others(intake.tables[name], case) for intake in (whole, torn))
        pd.testing.assert_frame_equal(left, right)


def others(frame: pd.DataFrame, case: str) -> pd.DataFrame:
    return frame.loc[frame["program_id"] != case].reset_index(drop=True)
