from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.diagnosis.causes.exceptions import exceptions, exceptions_by_level, join_levels

STARTED = {"program_id": "P", "actual_start": "2026-02-01", "status": "in_progress"}


def change(field, at, old="a", level=None, program="P"):
    return {"program_id": program, "field": field, "at": f"{at} 10:00", "old": old, "new": "b", "actor_level": level}


def test_changes_after_approval_are_exceptions(told):
    """Brief approved on 10 February: what came later counts, on the day itself it does not; first values are no changes."""
    events = [
        change("scope", "2026-02-09", level=1), change("scope", "2026-02-10", level=1),
        change("scope", "2026-02-11", old=None, level=2), change("priority", "2026-02-12", level=3),
        change("priority", "2026-02-12", old=None, level=3), change("spec", "2026-03-01"),
        change("end", "2026-03-01", level=0),
    ]  # fmt: skip
    found = exceptions(told(programs=[{**STARTED, "brief_approved_at": "2026-02-10"}], status_events=events))

    assert [2, 3, None] == [None if pd.isna(level) else int(level) for level in found["level"]]


def test_without_an_approval_work_begun_is_what_was_agreed(told):
    """Started on 1 February; a change on the 2nd is an exception."""
    events = [change("scope", "2026-01-31"), change("scope", "2026-02-02")]

    assert 1 == len(exceptions(told(programs=[STARTED], status_events=events)))


def test_programs_outside_the_window_are_left_out(told):
    """Started in 2025: its exceptions belong to another time."""
    old = {**STARTED, "actual_start": "2025-11-01"}

    assert exceptions(told(programs=[old], status_events=[change("scope", "2026-02-02")])).empty


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({0: 1, 1: 6, 2: 12, 3: 2}, [(0, 1), (2, 3)]),
        ({0: 5, 1: 5}, [(0,), (1,)]),
        ({0: 1, 1: 1}, []),
        ({0: 1, 1: 1, 2: 3}, [(0, 1, 2)]),
        ({}, []),
    ],
)
def test_levels_are_joined_until_there_are_enough_people(people, expected):
    """The one person at the top is never a level."""
    assert expected == join_levels(pd.Series(people, dtype="int64"), 5)


@given(st.dictionaries(st.integers(0, 8), st.integers(0, 12), max_size=9), st.integers(5, 9))
def test_no_part_is_small_and_none_is_lost(people, smallest):
    """Every level is in one part, and every part holds enough people, or there are no parts at all."""
    parts = join_levels(pd.Series(people, dtype="int64"), smallest)

    assert all(sum(people[level] for level in part) >= smallest for part in parts)
    assert sorted(level for part in parts for level in part) == (sorted(people) if sum(people.values()) >= smallest else [])


def crowd(*levels):
    return pd.DataFrame({"level": pd.array(levels, dtype="Int64")})


def test_exceptions_are_counted_by_joined_level_and_per_program():
    """Ten programs; three exceptions from the two upper levels, one from level 2, one of unknown level."""
    found = pd.DataFrame({"program_id": list("PPQRS"), "level": pd.array([0, 1, 1, 2, None], dtype="Int64")})
    table = exceptions_by_level(found, 10, crowd(0, 1, 1, 1, 1, *[2] * 6), 5)

    assert [("levels 0 and 1", 5, 3, 0.3), ("level 2", 6, 1, 0.1), ("level not recorded", 0, 1, 0.1)] == list(
        table.itertuples(index=False, name=None)
    )


@pytest.mark.parametrize(
    ("levels", "people"),
    [([0, 1], []), ([0, 1], [0, 1, 1]), ([None, None], [0] * 9)],
    ids=["no people", "too few people", "levels not recorded"],
)
def test_no_level_is_shown_where_none_may_be(levels, people):
    """A table of one person's exceptions would name them."""
    found = pd.DataFrame({"program_id": ["P", "Q"], "level": pd.array(levels, dtype="Int64")})

    assert exceptions_by_level(found, 10, crowd(*people), 5).empty
