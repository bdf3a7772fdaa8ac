"""The example of real public data, checked against a short computation that shares no code with the package."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import gapkit as gk

ROOT = Path(__file__).parent.parent
ORIGINAL = ROOT.parent / "shared" / "data" / "portfolio-nyc-capital" / "NYC_capital_projects_20190901.csv"
SNAPSHOTS = sorted((ROOT / "engagements" / "nyc-capital" / "data" / "snapshots").glob("*/capital_projects.csv"))


def records_of_original() -> pd.DataFrame:
    if not ORIGINAL.is_file():
        pytest.skip(f"the published file is not at {ORIGINAL}")
    return pd.read_csv(ORIGINAL, dtype="str", keep_default_na=False).drop(columns="Description")


def records_of_snapshots() -> pd.DataFrame:
    return pd.concat([pd.read_csv(path, dtype="str", keep_default_na=False) for path in SNAPSHOTS], ignore_index=True)


@pytest.fixture(scope="module", params=[records_of_original, records_of_snapshots], ids=["original", "snapshots"])
def records(request: pytest.FixtureRequest) -> pd.DataFrame:
    """The published records with dates as dates, in order of project and report."""
    frame = request.param()
    frame["reported"] = pd.to_datetime(frame["Date Reported As Of"], format="%m/%d/%Y %I:%M:%S %p")
    for column in ("Forecast Completion", "Design Start"):
        frame[column] = pd.to_datetime(frame[column].where(frame[column] != ""), format="%m/%d/%Y")
    return frame.sort_values(["PID", "reported"], ignore_index=True)


@pytest.fixture(scope="module")
def eng() -> gk.Engagement:
    return gk.load("nyc-capital")


def test_the_snapshots_are_the_original_cell_for_cell() -> None:
    """Splitting the file by report date neither changed nor lost a cell."""
    original, split = records_of_original(), records_of_snapshots()
    keys = ["PID", "Date Reported As Of"]

    pd.testing.assert_frame_equal(
        original.sort_values(keys, ignore_index=True), split[original.columns].sort_values(keys, ignore_index=True)
    )


def test_each_snapshot_holds_the_records_of_its_date() -> None:
    """The name of the folder is the date of the report."""
    for path in SNAPSHOTS:
        dates = pd.to_datetime(pd.read_csv(path)["Date Reported As Of"].unique(), format="%m/%d/%Y %I:%M:%S %p")

        assert [pd.Timestamp(path.parent.name)] == list(dates)


def test_records_and_programs(records: pd.DataFrame, eng: gk.Engagement) -> None:
    """2,259 records of 378 projects: 1 to 15 each, median 5, mean 5.976."""
    per_project = records["PID"].value_counts()

    assert (2259, 378, 12) == (len(records), records["PID"].nunique(), records["Managing Agency"].nunique())
    assert [1, 5, 5.976, 15] == [per_project.min(), per_project.median(), round(per_project.mean(), 3), per_project.max()]
    assert (378, 12) == (len(eng.programs), eng.programs["team"].nunique())
    assert [(2259, 2259, "snapshots", 15)] == [(s.rows_read, s.rows_used, s.history, len(s.files)) for s in eng.sources]
    assert records["PID"].drop_duplicates().sort_values().tolist() == eng.programs["program_id"].tolist()


def test_first_against_last_forecast(records: pd.DataFrame, eng: gk.Engagement) -> None:
    """Of 362 projects with a forecast, 203 moved later, 126 stayed, 33 moved earlier; median 108 days, mean 373.57."""
    by_project = records.groupby("PID")["Forecast Completion"]
    moved = (by_project.last() - by_project.first()).dt.days.dropna()
    programs = eng.programs.set_index("program_id")
    slip = (programs["current_end"] - programs["baseline_end"]).dt.days.dropna()

    assert [362, 203, 126, 33] == [len(moved), (moved > 0).sum(), (moved == 0).sum(), (moved < 0).sum()]
    assert [108, 373.57, 1152.6] == [moved.median(), round(moved.mean(), 2), round(moved.quantile(0.9), 1)]
    assert moved.to_dict() == slip.to_dict()


def test_moves_of_the_forecast_are_the_events(records: pd.DataFrame, eng: gk.Engagement) -> None:
    """Every change between two stated forecasts is one event; a blank between two equal ones is none."""
    stated = records.dropna(subset="Forecast Completion")
    before = stated.groupby("PID")["Forecast Completion"].shift()
    moves = stated.loc[before.notna() & (before != stated["Forecast Completion"])]
    ends = eng.status_events.query("field == 'end'").dropna(subset="old")
    expected = sorted(
        zip(
            moves["PID"],
            moves["reported"].dt.strftime("%Y-%m-%d"),
            moves["Forecast Completion"].dt.strftime("%Y-%m-%d"),
            strict=True,
        )
    )

    assert expected == sorted(zip(ends["program_id"], ends["at"].dt.strftime("%Y-%m-%d"), ends["new"], strict=True))
    assert 1070 == len(expected)


def test_budgets_keep_their_cents(records: pd.DataFrame, eng: gk.Engagement) -> None:
    """The last stated budget of each project, to the cent."""
    stated = records.loc[records["Budget Forecast"] != ""].groupby("PID")["Budget Forecast"].last().astype(float)

    assert stated.to_dict() == eng.programs.set_index("program_id")["budget_planned"].dropna().to_dict()


def test_phases_become_status_and_stage(records: pd.DataFrame, eng: gk.Engagement) -> None:
    """The last phase ever stated counts; without any the project has not started."""
    stages = {
        "Design": "design",
        "IT": "it",
        "Construction": "construction",
        "Construction Procurement": "procurement",
        "Scoping/Planning": "scoping",
        "Close-Out": "close_out",
    }
    last = records.loc[records["Current Phase"] != ""].groupby("PID")["Current Phase"].last()
    programs = eng.programs.set_index("program_id")

    assert last.map(stages).to_dict() == programs["stage"].dropna().to_dict()
    begun = last.index[last != "Scoping/Planning"]
    assert set(begun) == set(programs.index[programs["status"] == "in_progress"])
    assert {"in_progress", "not_started"} == set(programs["status"])


def test_delivery_is_not_measured_and_not_zero(eng: gk.Engagement) -> None:
    """No completion is published: every figure about delivery must say so."""
    levels = eng.reliability.set_index("name")["level"]

    assert not eng.records_delivery
    assert {"not measured"} == set(levels.drop(["gap_map", "replanned_later_share"]))
    assert "sufficient" == levels["replanned_later_share"]


def test_an_earlier_report_is_read_as_it_was(records: pd.DataFrame, eng: gk.Engagement) -> None:
    """Read as of 2016-06-01, only the projects and forecasts published by then are known."""
    known = records.loc[records["reported"] <= "2016-06-01"]
    forecasts = known.dropna(subset="Forecast Completion").groupby("PID")["Forecast Completion"].last()
    then = gk.load("nyc-capital", as_of="2016-06-01").programs.set_index("program_id")

    assert set(known["PID"]) == set(then.index)
    assert forecasts.to_dict() == then["current_end"].dropna().to_dict()
