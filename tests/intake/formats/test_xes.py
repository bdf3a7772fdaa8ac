from __future__ import annotations

import gzip
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.xes import XES, read_xes

DATA = Path(__file__).parents[3].parent / "shared" / "data"
APPROVALS = DATA / "event-log-approvals" / "15_bpic2020_permit_log_1t_per_variant.xes.gz"
LOG = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <global scope="event"><string key="concept:name" value="unnamed"/></global>
  <classifier name="Activity" keys="concept:name"/>
  <trace>
    <string key="concept:name" value="Spring &amp; summer"/>
    <string key="region" value="North"/>
    <event>
      <string key="concept:name" value="brief"/>
      <date key="time:timestamp" value="2026-03-02T09:00:00.000+01:00"/>
      <string key="lifecycle:transition" value="start"/>
      <string key="org:group" value="Brand"><string key="org:resource" value="ann"/></string>
    </event>
    <event>
      <string key="concept:name" value="brief"/>
      <date key="time:timestamp" value="2026-03-02T11:00:00.000+01:00"/>
      <string key="lifecycle:transition" value="complete"/>
      <string key="org:group" value="Brand"/>
    </event>
    <event>
      <string key="concept:name" value="legal"/>
      <date key="time:timestamp" value="2026-03-06T11:00:00.000+01:00"/>
      <string key="lifecycle:transition" value="start"/>
      <string key="org:group" value="Legal"/>
      <string key="org:resource" value="ben"/>
    </event>
    <int key="budget" value="500"/>
  </trace>
  <trace><string key="concept:name" value="never begun"/></trace>
</log>
"""


def read_text(write: Callable[..., Path], text: str | bytes, name: str = "data/log.xes") -> Extract:
    folder = write({name: text})
    return XES.read([Export(folder / name, name)], Source())


def table(extract: Extract, name: str) -> pd.DataFrame:
    part = next(part for part in extract.parts if part.table == name)
    columns = {ours: part.sheet.cells.iloc[:, part.sheet.columns.index(theirs)] for ours, theirs in part.fields.items()}
    return pd.DataFrame(columns)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LOG, ("log", "trace", "event", "concept:name", "time:timestamp")),
        ('<?xml version="1.0"?><log xes.version="2.0">', ("log",)),
        ("<html><body>log in</body></html>", ()),
        ("2026-01-01 10:00 <logged in>", ()),
        ("", ()),
    ],
)
def test_a_log_is_known_by_its_elements(text: str, found: tuple[str, ...]) -> None:
    """By what is in the file; other XML is something else."""
    assert found == XES.recognise(Glimpse("data/a.xes", ".xes", text=text))


def test_events_and_traces_become_rows(write: Callable[..., Path]) -> None:
    """One row per event at its line; attributes of the trace beside it, wherever they stand; nested ones are no events'."""
    folder = write({"data/log.xes": LOG})
    sheet = read_xes(folder / "data/log.xes", "data/log.xes")
    frame = sheet.cells.set_axis(sheet.columns, axis=1)

    assert [8, 14, 20] == sheet.cells.index.tolist()
    assert ["Spring & summer"] * 3 == frame["case:concept:name"].tolist()
    assert ["500"] * 3 == frame["case:budget"].tolist()
    assert [True, True, False] == frame["org:resource"].isna().tolist()
    assert ("1 case without events in data/log.xes; left out.",) == sheet.notes


def test_a_log_with_both_moments(write: Callable[..., Path]) -> None:
    """Two hours of work, a wait of four days, legal still open; handed from brand to legal; attributes of the case kept."""
    extract = read_text(write, LOG)
    visits, programs = table(extract, "stage_visits"), extract.parts[0].sheet

    assert [("brief", "nan", 2.0), ("legal", "nan", np.nan), ("legal", "wait", 96.0)] == [
        (v.stage, str(v.kind), pytest.approx((v.left_at - v.entered_at) / pd.Timedelta(hours=1), nan_ok=True))
        for v in visits.itertuples()
    ]
    assert [("Brand", "Legal")] == table(extract, "handoffs")[["from_team", "to_team"]].apply(tuple, axis=1).tolist()
    assert {"case:region", "case:budget"} <= set(programs.columns)
    assert "Spring & summer" == table(extract, "programs")["program_id"].item()


def test_a_gzipped_log_is_the_same_log(write: Callable[..., Path]) -> None:
    """Whatever its name says."""
    plain, packed = (read_text(write, text) for text in (LOG, gzip.compress(LOG.encode())))

    pd.testing.assert_frame_equal(table(plain, "stage_visits"), table(packed, "stage_visits"))


BOMB = """<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<log><trace><string key="x" value="&b;"/></trace></log>"""
OUTSIDE = '<!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/passwd">]><log>&a;</log>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB, "declares a document type or entities"),
        (OUTSIDE, "declares a document type or entities"),
        (LOG[:-40], "the XML is broken"),
        ("no XML at all", "the XML is broken"),
        ("", "the XML is broken"),
        ("<log></log>", "no event was found"),
        (gzip.compress(LOG.encode())[:-30], "cannot be unpacked"),
        (b"\x1f\x8bnot gzip", "cannot be unpacked"),
    ],
)
def test_what_is_no_log_is_refused(write: Callable[..., Path], content: str | bytes, said: str) -> None:
    """With the file and what to do, never a traceback, and no entity is ever expanded."""
    with pytest.raises(InputError, match=said) as error:
        read_text(write, content)

    assert ["data/log.xes"] == [problem.file for problem in error.value.problems]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """By name."""
    with pytest.raises(InputError, match="no such file"):
        XES.read([Export(tmp_path / "a.xes", "data/a.xes")], Source())


def test_an_unreadable_moment_names_its_line(write: Callable[..., Path]) -> None:
    """The line of the event in the file."""
    extract = read_text(write, LOG.replace("2026-03-06T11:00:00.000+01:00", "later"))

    assert [(20, "time:timestamp", "later")] == [(p.row, p.column, p.value) for p in extract.problems]


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    """The published log, read by the tree parser of the standard library: case, activity, at."""
    if not APPROVALS.is_file():
        pytest.skip(f"the published log is not at {APPROVALS}")
    rows = []
    with gzip.open(APPROVALS) as file:
        for number, trace in enumerate(ET.parse(file).getroot().iter("trace")):
            case = next(child.get("value") for child in trace if child.get("key") == "concept:name")
            for event in trace.iter("event"):
                keys = {child.get("key"): child.get("value") for child in event}
                rows.append((number, case, keys["concept:name"], keys["time:timestamp"]))
    frame = pd.DataFrame(rows, columns=["number", "case", "activity", "at"])
    return frame.assign(at=pd.to_datetime(frame["at"], utc=True)).sort_values(["case", "at"], kind="stable")


@pytest.fixture(scope="module")
def approvals(log: pd.DataFrame) -> Extract:
    return XES.read([Export(APPROVALS, "data/permits.xes.gz")], Source())


def test_the_approvals_have_their_cases_events_and_activities(approvals: Extract, log: pd.DataFrame) -> None:
    """1,478 cases, 26,028 events, 51 activities; the first event of a case opens it."""
    events = table(approvals, "status_events")

    assert (1478, 26_028, 51) == (len(table(approvals, "programs")), len(events), events["new"].nunique())
    assert 26_028 - 1478 == len(table(approvals, "stage_visits"))
    assert log["activity"].tolist() == events["new"].tolist()
    assert log["at"].tolist() == events["at"].tolist()
    assert events["event_id"].is_unique


def test_the_approvals_last_as_long_as_known(approvals: Extract) -> None:
    """Median 91.0899 days, mean 108.0991, 90 % 199.0257; the stays of a case add up to the same."""
    programs = table(approvals, "programs").set_index("program_id")
    days = (programs["updated_at"] - programs["first_seen_on"]) / pd.Timedelta(days=1)
    visits = table(approvals, "stage_visits")
    stays = (visits["left_at"] - visits["entered_at"]).groupby(visits["program_id"]).sum() / pd.Timedelta(days=1)

    assert [91.0899, 108.0991, 199.0257] == pytest.approx([days.median(), days.mean(), days.quantile(0.9)], abs=5e-5)
    assert days.reindex(stays.index).to_numpy() == pytest.approx(stays.to_numpy())


def test_approvals_and_rejections_are_all_there(approvals: Extract) -> None:
    """9,993 approvals in 1,467 cases and 2,379 rejections in 839."""
    events = table(approvals, "status_events")
    approved, rejected = (events.loc[events["new"].str.contains(word)] for word in ("APPROVED", "REJECTED"))

    assert (9993, 1467) == (len(approved), approved["program_id"].nunique())
    assert (2379, 839) == (len(rejected), rejected["program_id"].nunique())


def test_the_way_to_final_approval_takes_as_long_as_known(approvals: Extract) -> None:
    """From the first submission of a permit to its first final approval: 1,451 cases, median 3.2677 days, mean 6.2519."""
    events = table(approvals, "status_events")
    firsts = [
        events.loc[events["new"].str.startswith(word)].groupby("program_id")["at"].min()
        for word in ("Permit SUBMITTED by EMPLOYEE", "Permit FINAL_APPROVED")
    ]
    days = ((firsts[1] - firsts[0]) / pd.Timedelta(days=1)).dropna()

    assert 1451 == len(days)
    assert [3.2677, 6.2519] == pytest.approx([days.median(), days.mean()], abs=5e-5)


def test_stays_equal_an_independent_computation(approvals: Extract, log: pd.DataFrame) -> None:
    """Every stay runs from the event before it in its case, to the microsecond."""
    entered = log.groupby("case")["at"].shift()
    expected = log.assign(entered=entered).loc[entered.notna(), ["case", "activity", "entered", "at"]]
    visits = table(approvals, "stage_visits")[["program_id", "stage", "entered_at", "left_at"]]

    assert expected.to_numpy().tolist() == visits.to_numpy().tolist()


def test_the_approvals_through_the_whole_of_intake(read: Callable[..., Intake], log: pd.DataFrame) -> None:
    """Approvals mapped to their kind become waits; activities nobody mapped are listed with their counts."""
    words = sorted(set(log["activity"]))
    kinds = {word: "approval" if "APPROVED" in word or "REJECTED" in word else "work" for word in words}
    lines = "".join(f'      "{word}": {{kind: {kind}}}\n' for word, kind in kinds.items())
    yml = f"sources:\n  - file: data/permits.xes.gz\n    format: event-log-xes\n    statuses:\n{lines}"
    intake = read({"data/permits.xes.gz": APPROVALS.read_bytes()}, yml)
    n_first = int(kinds_of_first(log).map(kinds).eq("approval").sum())

    assert () == intake.problems
    assert 9993 + 2379 - n_first == int(intake.tables["stage_visits"]["kind"].eq("approval").sum())
    assert 1478 == len(intake.tables["programs"])


def kinds_of_first(log: pd.DataFrame) -> pd.Series:
    return log.drop_duplicates("case")["activity"]
