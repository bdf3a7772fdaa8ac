from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from gapkit.config import Settings
from gapkit.diagnosis.maps.returns import count_round_trips, rework_by_stage, round_trip_share, round_trips
from gapkit.diagnosis.maps.stops import timed_visits

START = dt.date(2026, 1, 1)
OPEN = pd.Series(dtype="datetime64[us]")
ALL = Settings(min_n_counts=1)


@pytest.fixture
def walked(engage):
    """The visits of programs that went through stages named by letters, one business day each, from Thursday 1 January."""

    def build(first_day="2026-01-01", **paths: str) -> pd.DataFrame:
        rows = [
            {"program_id": program, "stage": stage, "kind": "work" if path.index(stage) == at else "rework",
             "entered_at": day, "left_at": day + pd.offsets.BDay(1), "returned": stage == "R"}
            for program, path in paths.items()
            for at, (stage, day) in enumerate(zip(path, pd.bdate_range(first_day, periods=len(path)), strict=True))
        ]  # fmt: skip
        eng = engage(programs=[{"program_id": program} for program in paths], stage_visits=rows)
        return timed_visits(eng, OPEN, START)

    return build


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("ABC", []),
        ("ABA", [("A", "B")]),
        ("ABAB", [("A", "B")]),  # back at B: the same trip seen from the other side
        ("ABABA", [("A", "B"), ("A", "B")]),
        ("ABCBA", [("B", "C")]),
        ("ABACA", [("A", "B"), ("A", "C")]),
        ("ABCA", []),  # a loop, but no ping-pong
    ],
)
def test_round_trips_are_there_and_back_again(walked, path, expected):
    """A → B → A is one trip; each further return to A is another; nothing is counted twice."""
    found = round_trips(walked(P=path))

    assert expected == list(found[["stage", "via"]].itertuples(index=False, name=None))


def test_round_trips_count_where_they_end(walked):
    """A trip that was over before the window is none of it; one that ends inside counts, wherever it began."""
    assert [] == round_trips(walked("2025-12-01", P="ABA")).to_numpy().tolist()
    assert [["P", "A", "B"]] == round_trips(walked("2025-12-30", P="ABA")).to_numpy().tolist()


def test_pairs_are_counted_with_the_rare_ones_gathered(walked):
    """Five programs between draft and review, one of them twice; what only two programs did is gathered."""
    paths = {f"P{k}": "DRD" for k in range(4)} | {"P4": "DRDRD", "P5": "XYX", "P6": "YXY", "P7": "D"}
    visits = walked(**paths)
    found = count_round_trips(round_trips(visits), 8, Settings())

    assert [("D", "R", 6, 5, 0.625), ("other stages", "other stages", 2, 2, 0.25)] == list(
        found.itertuples(index=False, name=None)
    )


def test_the_share_of_programs_sent_back_and_forth(walked):
    """Three of twelve programs made a round trip: a quarter."""
    visits = walked(**{f"P{k:02d}": "ABA" if k < 3 else "AB" for k in range(12)})
    judged = pd.DataFrame({"team": "Web"}, index=visits["program_id"].unique())
    found = round_trip_share(visits, judged, Settings(), period="2026")

    assert (0.25, 12, 3, "ok") == (found.value, found.n, found.events, found.status)


def test_few_programs_give_a_count_and_none_give_no_figure(walked):
    """Six programs are too few for a share; without visits nothing is measured, and what would switch it on is said."""
    judged = pd.DataFrame({"team": "Web"}, index=[f"P{k}" for k in range(6)])
    few = round_trip_share(walked(**{f"P{k}": "ABA" for k in range(6)}), judged, Settings(), period="2026")
    none = round_trip_share(walked(), judged.head(0), Settings(), period="2026")

    assert ("thin", 6, 6) == (few.status, few.n, few.events)
    assert "not_assessable" == none.status
    assert "stage_visits" in none.caveats[0]


def test_rework_is_counted_by_stage(walked):
    """Review is entered three times by two programs, one re-entry; each of its visits sent the work back."""
    found = rework_by_stage(walked(P="DRDR", Q="DR"), ALL).set_index("stage")

    assert (2, 3, 1, 3, 1.0) == tuple(found.loc["R", ["programs", "entries", "re_entries", "returned", "rework_bdays"]])
    assert (2, 3, 1, 0, 1.0) == tuple(found.loc["D", ["programs", "entries", "re_entries", "returned", "rework_bdays"]])


def test_a_stage_of_the_time_before_is_entered_again(walked):
    """Drafted in December and again in January: the second time is a re-entry, although the first lies outside."""
    found = rework_by_stage(walked("2025-12-30", P="DRD"), ALL).set_index("stage")

    assert (1, 1) == tuple(found.loc["D", ["entries", "re_entries"]])


def test_stages_of_few_programs_are_gathered(walked):
    """No row rests on a handful."""
    found = rework_by_stage(walked(**{f"P{k}": "DR" for k in range(5)}, Q="DX"), Settings())

    assert ["D", "R", "other stages"] == sorted(found["stage"], key=["D", "R", "other stages"].index)
    assert "other stages" == found["stage"].iloc[-1]
