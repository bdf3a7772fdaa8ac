"""Real tasks with created and finished dates, two fifths of them impossible: read, named, and averaged into nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from gapkit.config import load_config
from gapkit.intake import Intake, read_tables

FILE = Path(__file__).parents[2] / "shared" / "data" / "jira-anonymised-cycle-times" / "jira.csv"
YML = """client: Acme
as_of: 2019-12-31
tz: Europe/Zurich
currency: CHF
sources:
  - file: data/tasks.csv
    fields: {program_id: id, team: project, name: task, actual_start: created_date, actual_end: finished_date}
    statuses: {"(blank)": delivered}
    types: {"(blank)": other}
"""

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="needs the real data beside the project: ../shared/data")


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    folder = tmp_path_factory.mktemp("acme")
    (folder / "data").mkdir()
    shutil.copy(FILE, folder / "data" / "tasks.csv")
    (folder / "engagement.yml").write_text(YML)
    return read_tables(folder, load_config(folder))


def test_rows_and_dates_are_those_of_the_file(intake: Intake) -> None:
    """4,123 rows of two projects, 2,427 and 1,696; a cycle time of one day is a start and an end on the same day."""
    raw = pd.read_csv(FILE, parse_dates=["created_date", "finished_date"])
    programs = intake.tables["programs"].set_index("program_id")
    possible = raw.loc[raw["finished_date"] >= raw["created_date"]].set_index("id")
    read = programs.loc[possible.index]

    assert () == intake.problems
    assert [2427, 1696] == programs["team"].value_counts().tolist()
    assert (read["actual_start"] == possible["created_date"]).all()
    assert (read["actual_end"] == possible["finished_date"]).all()


def test_impossible_dates_are_named_and_not_averaged_in(intake: Intake) -> None:
    """1,662 tasks finish before they are created: both dates count as unknown, and the note says how many and which."""
    programs = intake.tables["programs"]
    told = [note for note in intake.sources[0].notes if "lies before the start" in note]

    assert 1662 == int((programs["actual_start"].isna() & programs["actual_end"].isna()).sum())
    assert ["1,662 programs whose end lies before the start; both dates count as unknown"] == [
        n.split(" (")[0] for n in told
    ]
