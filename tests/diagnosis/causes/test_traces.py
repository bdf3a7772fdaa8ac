from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.diagnosis.causes.traces import (
    Path,
    edit_distance,
    fitness,
    follows,
    judge_traces,
    key,
    required_steps,
    traces,
    written_paths,
)

PATH = Path({"a": 1, "b": 2, "c": 2, "d": 3, "x": 3}, frozenset("abcd"))
words = st.lists(st.sampled_from("abcde"), max_size=7).map(tuple)


def test_fitness_of_the_method():
    """BACD against ABCDE: distance 3, fitness 1 − 3/5 (docs/method.md, section 5.3)."""
    assert 3 == edit_distance("BACD", "ABCDE")
    assert 0.4 == fitness("BACD", "ABCDE")


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("kitten", "sitting", 3), ("saturday", "sunday", 3), ("", "abc", 3), ("abc", "", 3)]
)
def test_distances_of_the_textbook(one, other, expected):
    """Kitten to sitting takes three edits, and so does Saturday to Sunday (Wagner & Fischer 1974, J ACM 21:168)."""
    assert expected == edit_distance(one, other)


def plain_distance(one, other):
    """The textbook table, cell by cell."""
    table = np.zeros((len(one) + 1, len(other) + 1), dtype=int)
    table[:, 0], table[0] = np.arange(len(one) + 1), np.arange(len(other) + 1)
    for i, a in enumerate(one, 1):
        for k, b in enumerate(other, 1):
            table[i, k] = min(table[i - 1, k] + 1, table[i, k - 1] + 1, table[i - 1, k - 1] + (a != b))
    return table[-1, -1]


@given(words, words, words)
def test_distance_is_the_textbooks_and_a_distance(one, other, third):
    """Zero for equals only, the same both ways, and never shortened by a detour."""
    assert plain_distance(one, other) == edit_distance(one, other) == edit_distance(other, one)
    assert (one == other) == (edit_distance(one, other) == 0)
    assert edit_distance(one, third) <= edit_distance(one, other) + edit_distance(other, third)


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        ("abcd", True), ("acbd", True), ("axbycd", True), ("abcad", True), ("aabbccdd", True), ("abdcd", True),
        ("acd", False), ("abc", False), ("bacd", False), ("abdc", False), ("", False),
    ],
)  # fmt: skip
def test_every_mandatory_step_in_order(trace, expected):
    """b and c may come in either order; steps between and steps repeated do no harm; a late first step does."""
    assert expected == follows(tuple(trace), PATH)


@given(st.lists(st.sampled_from("abcdxy"), max_size=8).map(tuple), st.integers(0, 8), st.sampled_from("abcdxy"))
def test_a_step_more_never_breaks_a_trace(trace, place, step):
    """Whoever followed the process still does after doing more."""
    longer = (*trace[:place], step, *trace[place:])

    assert not follows(trace, PATH) or follows(longer, PATH)


def test_optional_steps_count_only_where_they_were_taken():
    """x is optional: required of the program that took it, at its place; a step nobody wrote down never is."""
    assert tuple("abcd") == required_steps(tuple("abcd"), PATH)
    assert tuple("abcxd") == required_steps(tuple("abcxd"), PATH)
    assert tuple("acbd") == required_steps(tuple("acbzd"), PATH)


def visit(program, stage, at, kind="work"):
    return {"program_id": program, "stage": stage, "kind": kind, "entered_at": f"2026-03-{at:02d} 10:00"}


def steps(*rows):
    return [{"type": "web", "step": step, "order": order, "mandatory": must} for step, order, must in rows]


def test_a_written_path_knows_places_and_what_may_be_left_out(engage):
    """A blank mark means mandatory; a type of which every step is optional has no path."""
    rows = [*steps(("Brief", 1, True), ("draft ", 2, None), ("Launch", 3, False)),
            {"type": "email", "step": "copy", "order": 1, "mandatory": False}]  # fmt: skip
    paths = written_paths(engage(programs=[{"program_id": "P"}], process_steps=rows).process_steps)

    assert {"web"} == set(paths)
    assert {"brief": 1, "draft": 2, "launch": 3} == dict(paths["web"].order)
    assert {"brief", "draft"} == paths["web"].mandatory


def test_a_trace_holds_work_and_the_sign_offs_that_are_written(engage):
    """Waiting is no step, a sign-off is one if the process names it, and two stays in a row at one stage are one step."""
    rows = [
        visit("P", "Brief", 1), visit("P", "draft", 2, "wait"), visit("P", "Draft", 3), visit("P", "draft", 4, "rework"),
        visit("P", "legal", 5, "approval"), visit("P", "brand", 6, "approval"), visit("P", "draft", 7, "rework"),
        visit("P", "launch", 8, "blocked"), visit("Q", "brief", 1, "wait"), visit("other", "brief", 1),
    ]  # fmt: skip
    written = steps(("brief", 1, True), ("draft", 2, True), ("legal", 3, True))
    eng = engage(programs=[{"program_id": "P"}], stage_visits=rows, process_steps=written)
    types = pd.Series({"P": "web", "Q": "web"})

    found = traces(eng.stage_visits, types, written_paths(eng.process_steps))
    assert {"P": ("brief", "draft", "legal", "draft")} == found.to_dict()


def test_traces_are_judged_by_the_path_of_their_type():
    """a, b, c, d follows; a, b, d leaves one of four out; a type without a path is not judged."""
    found = judge_traces(
        pd.Series({"P": tuple("abcd"), "Q": tuple("abd"), "R": tuple("z")}),
        pd.Series({"P": "web", "Q": "web", "R": "event"}),
        {"web": PATH},
    )

    assert {"P": True, "Q": False} == found["is_followed"].to_dict()
    assert {"P": 1.0, "Q": 0.75} == found["fitness"].to_dict()


def test_names_are_compared_without_case_and_outer_spaces():
    """ "Legal review " in the tracker is "legal review" in the process."""
    assert ["legal review"] == key(pd.Series([" Legal Review "], dtype="str")).tolist()
