from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path

import pandas as pd
import pytest

import gapkit as gk
from gapkit import schema
from gapkit.engagement import find_folder, fingerprint, known_on, load
from gapkit.errors import InputError

YML = "client: Acme\nas_of: 2026-06-30\ntz: America/New_York\ncurrency: USD\n"
PROGRAMS = """program_id,type,team,status,committed_at,actual_start,actual_end
P1,web,Web,delivered,2026-01-05,2026-01-10,2026-05-15
P2,web,Web,in_progress,2026-06-01,2026-06-05,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "acme" / "data").mkdir(parents=True)
    (tmp_path / "acme" / "engagement.yml").write_text(YML, encoding="utf-8")
    (tmp_path / "acme" / "data" / "programs.csv").write_text(PROGRAMS, encoding="utf-8")
    return tmp_path / "acme"


def test_an_engagement_holds_its_tables_as_attributes(folder: Path) -> None:
    """Present tables are there with their rows, absent ones typed and empty; anything else is no attribute."""
    eng = gk.load(folder)

    assert ("acme", "Acme", dt.date(2026, 6, 30)) == (eng.name, eng.config.client, eng.as_of)
    assert ["P1", "P2"] == eng.programs["program_id"].tolist()
    assert eng.has("programs") and not eng.has("goals")
    pd.testing.assert_frame_equal(schema.empty("goals", "America/New_York"), eng.goals)
    with pytest.raises(AttributeError, match="no attribute or table 'gaols'"):
        _ = eng.gaols
    assert "stage_visits" in dir(eng)


def test_an_engagement_survives_pickling(folder: Path) -> None:
    """Many engagements are computed in processes of their own."""
    eng = pickle.loads(pickle.dumps(gk.load(folder)))

    assert ["P1", "P2"] == eng.programs["program_id"].tolist()


def test_a_day_given_overrides_the_file(folder: Path) -> None:
    """Data and configuration are then both of that day."""
    for day in ("2026-03-31", dt.date(2026, 3, 31)):
        eng = gk.load(folder, as_of=day)

        assert dt.date(2026, 3, 31) == eng.as_of == eng.config.as_of
        assert ["P1"] == eng.programs["program_id"].tolist()
        assert ["in_progress"] == eng.programs["status"].tolist()


@pytest.mark.parametrize(
    ("phase", "day"), [("diagnose", "2026-05-30"), ("redesign", "2026-06-29"), ("measure", "2026-06-30")]
)
def test_each_phase_reads_at_its_own_end(folder: Path, phase: str, day: str) -> None:
    """With day 1 known, a diagnosis knows nothing of days 31 to 90."""
    (folder / "engagement.yml").write_text(YML + "started_on: 2026-05-01\n", encoding="utf-8")

    assert day == gk.load(folder, phase=phase).as_of.isoformat()


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"as_of": "June"}, "not a date"),
        ({"phase": "plan"}, "unknown phase"),
        ({"as_of": "2025-01-01"}, "no program was known"),
    ],
)
def test_a_wrong_call_says_so(folder: Path, options: dict[str, str], word: str) -> None:
    """Bad days, bad phases and days before the first program are problems, not tracebacks."""
    with pytest.raises(InputError, match=word):
        gk.load(folder, **options)


def test_bad_input_raises_with_all_problems(folder: Path) -> None:
    """Everything wrong with all files comes in one error."""
    (folder / "data" / "programs.csv").write_text(
        PROGRAMS.replace("in_progress", "QA").replace("2026-05-15", "soon"), encoding="utf-8"
    )
    (folder / "data" / "goals.csv").write_text("", encoding="utf-8")

    with pytest.raises(InputError) as raised:
        gk.load(folder)

    assert 3 == len(raised.value.problems)


def test_quality_is_of_all_data_and_reliability_of_the_day(folder: Path) -> None:
    """Going back to an earlier day must not turn later facts into "future actuals"; what was known then is judged."""
    eng = gk.load(folder, as_of="2026-03-31")

    assert 0 == {check.name: check.count for check in eng.quality}["future_actuals"]
    assert eng.records_delivery
    assert {"name", "metric", "level", "statement", "because", "switch_on"} == set(eng.reliability.columns)


def test_a_name_is_looked_up_under_engagements(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path, a name under the current directory, else one of the repository; otherwise the message says what exists."""
    folder.rename(folder.parent / "shelf")
    (folder.parent / "engagements").mkdir()
    (folder.parent / "shelf").rename(folder.parent / "engagements" / "acme")
    (folder.parent / "acme").mkdir()  # no engagement, only a folder of that name
    monkeypatch.chdir(folder.parent)

    assert folder.parent / "engagements" / "acme" == find_folder("acme")
    assert "nyc-capital" == find_folder("nyc-capital").name
    with pytest.raises(InputError, match=r"looked at .*engagements.*allowed: a folder, or one of acme, .*gapkit new acne"):
        find_folder("acne")


def test_the_fingerprint_is_of_names_and_contents(folder: Path) -> None:
    """Any change of any file read changes it; the order in which files are named does not."""
    first = gk.load(folder).fingerprint
    (folder / "data" / "programs.csv").write_text(PROGRAMS + "P3,web,Web,not_started,,,\n", encoding="utf-8")

    assert first != gk.load(folder).fingerprint
    files = ["data/programs.csv", "engagement.yml"]
    assert fingerprint(folder, files) == fingerprint(folder, files[::-1])


def test_scale_is_what_the_consultant_set_else_read_off_the_data(folder: Path) -> None:
    """Two commitments in a quarter and no people table make a mid-sized organisation; what is set stands."""
    derived = gk.load(folder).scale
    (folder / "engagement.yml").write_text(f"{YML}scale: enterprise\n", encoding="utf-8")

    assert ("mid", "enterprise") == (derived, gk.load(folder).scale)


def test_the_rows_of_a_query_are_part_of_the_fingerprint(folder: Path) -> None:
    """A query has no file to hash: what it returned stands for it."""
    files = ["data/programs.csv"]
    one, other = (fingerprint(folder, files, [("query (engagement.yml, line 6)", digest)]) for digest in ("a", "b"))

    assert 3 == len({fingerprint(folder, files), one, other})


def test_a_plan_signed_later_is_not_known_yet(folder: Path) -> None:
    """A program is held to what was signed by the day; a commitment recorded before the signing brings no date with it."""
    (folder / "plan").mkdir()
    for day, end in (("2026-01-10", "2026-03-31"), ("2026-03-10", "2026-06-30")):
        (folder / "plan" / f"{day} plan.csv").write_text(f"program_id,planned_end\nP1,{end}\n", encoding="utf-8")
    known = [gk.load(folder, as_of=day) for day in ("2026-01-08", "2026-02-01", "2026-03-31")]

    assert [pd.NaT, pd.Timestamp("2026-03-31"), pd.Timestamp("2026-03-31")] == [
        eng.programs["baseline_end"].iloc[0] for eng in known
    ]
    assert [0, 1, 2] == [len(eng.signed_plan) for eng in known]
    assert [[], [], ["signed 2026-03-10 P1 end"]] == [eng.status_events["event_id"].tolist() for eng in known]


def test_an_earlier_day_of_what_is_read_equals_reading_that_day():
    """Two ways to the tables of one day give the same tables."""
    full, then = load("northwind"), load("northwind", as_of="2026-06-30")

    earlier = known_on(full, dt.date(2026, 6, 30))

    assert earlier.as_of == then.as_of
    assert set(earlier.tables) == set(then.tables)
    for name, frame in then.tables.items():
        pd.testing.assert_frame_equal(frame, earlier.tables[name])


def test_a_later_day_than_known_changes_nothing():
    """What is not known yet cannot be read."""
    eng = load("northwind", as_of="2026-06-30")

    assert known_on(eng, dt.date(2026, 9, 30)) is eng
