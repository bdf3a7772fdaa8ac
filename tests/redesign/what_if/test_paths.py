from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.redesign.what_if.completing import Stay
from gapkit.redesign.what_if.paths import finish, lay_out, runs_of


@pytest.fixture
def loop(stay):
    """Work, legal review sent back once, brand approval, launch."""
    return (
        stay("draft", "work", 0, 2),
        stay("legal", "approval", 2, 4, 0.5, returned=True),
        stay("draft", "rework", 4, 5),
        stay("legal", "approval", 5, 6, 0.5),
        stay("brand", "approval", 6, 10, 0.5),
        stay("launch", "work", 10, 11),
    )


def test_a_run_holds_sign_offs_and_their_returns(loop):
    """Rework after a return belongs to the sign-off that sent it back."""
    (run,) = runs_of(loop)

    assert {"legal": [1, 2, 3], "brand": [4]} == run.chains


def test_turns_count_rounds(loop):
    """What a first return brings about carries turn 1; the first request turn 0, other work none."""
    paths = lay_out([loop])

    assert [-1, 0, 1, 1, 0, -1] == paths.turn[0].tolist()
    assert ["", "legal", "legal", "legal", "brand", ""] == paths.belongs[0].tolist()


def test_unchanged_lengths_end_where_the_trace_ended(loop):
    """Computing the end anew gives the recorded one."""
    paths = lay_out([loop, loop[:2]])

    assert [[11.0, 4.0]] == finish(paths, paths.one_by_one, paths.length[None]).tolist()


def test_at_once_the_slowest_decides(loop):
    """Legal with its return takes four days, brand four: asked for at once both are through on day 6, launch on day 7."""
    paths = lay_out([loop])

    assert [[7.0]] == finish(paths, paths.at_once, paths.length[None]).tolist()


def test_parallel_branches_meet_at_the_slowest(stay):
    """Shortening the shorter of two branches that ran side by side saves nothing, the longer only up to the other."""
    branches = (stay("copy", "work", 0, 3), stay("design", "work", 0, 5), stay("build", "work", 5, 6))
    paths = lay_out([branches])

    def end(copy: float, design: float) -> float:
        return float(finish(paths, paths.one_by_one, np.array([[[copy, design, 1.0]]]))[0, 0])

    assert (6.0, 4.0) == (end(1, 5), end(3, 1))


def test_sign_offs_at_the_very_beginning_start_together(stay):
    """A run with nothing before it begins where its first request did."""
    stays = (stay("legal", "approval", 3, 5), stay("brand", "approval", 5, 8))
    paths = lay_out([stays])

    assert [[6.0]] == finish(paths, paths.at_once, paths.length[None]).tolist()


@given(
    st.lists(
        st.tuples(st.sampled_from(["work", "approval", "wait"]), st.floats(0.1, 5), st.booleans()), min_size=1, max_size=9
    )
)
def test_at_once_is_never_later(parts: list[tuple[str, float, bool]]) -> None:
    """Whatever the trace, asking for sign-offs at once never ends later, and the usual order ends as recorded."""
    stays, at = [], 0.0
    for number, (kind, length, returned) in enumerate(parts):
        sent_back = returned and kind == "approval"
        stays.append(Stay(f"s{number % 3}", kind, at, at + length, 0.0, float("nan"), sent_back))
        at += length
    paths = lay_out([stays])
    usual, joined = (finish(paths, order, paths.length[None])[0, 0] for order in (paths.one_by_one, paths.at_once))

    assert usual == pytest.approx(at)
    assert joined <= usual + 1e-9
