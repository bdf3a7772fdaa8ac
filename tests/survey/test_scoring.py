from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gapkit.survey.responses import CONSTRUCTS, STATEMENTS
from gapkit.survey.scoring import CONSTRUCT_OF, filled_in, mean_interval, person_scores, recode

AT = {item.id: place for place, item in enumerate(STATEMENTS)}


def test_a_hundred_is_worst(make: Any) -> None:
    """Disagreeing with a good statement and agreeing with a bad one are both 100."""
    bad = recode(make.rows([make.Person(answers={"MIS1": 1, "MIS2": 5, "MIS3": 4})]))[0]

    assert [100, 100, 25] == [bad[AT[item]] for item in ("MIS1", "MIS2", "MIS3")]


@pytest.mark.parametrize(
    ("construct", "answers", "expected"),
    [
        ("misalignment", {"MIS1": 1, "MIS2": 5, "MIS3": 4}, 75),
        ("misalignment", {"MIS1": 1, "MIS2": 5, "MIS3": None}, 100),
        ("misalignment", {"MIS1": 1, "MIS2": None, "MIS3": None}, np.nan),
        ("incentives", {"INC1": 1, "INC2": None}, 100),
        ("tool_first", {"TFF1": None}, np.nan),
    ],
)
def test_a_person_scores_the_mean_of_what_they_answered(
    make: Any, construct: str, answers: dict[str, Any], expected: float
) -> None:
    """The rest of a construct stands in for what was left out, unless less than half was answered."""
    scores = person_scores(recode(make.rows([make.Person(answers=answers)])), 0.5)

    np.testing.assert_equal(scores[0, CONSTRUCTS.index(construct)], expected)


@given(st.integers(0, 2**32 - 1))
def test_statements_average_to_their_construct(seed: int) -> None:
    """With what was left out filled in, the statements' means and the construct's mean tell the same."""
    rng = np.random.default_rng(seed)
    bad = np.where(rng.random((9, len(STATEMENTS))) < 0.3, np.nan, 25.0 * rng.integers(0, 5, (9, len(STATEMENTS))))
    scores = person_scores(bad, 0.5)
    filled = filled_in(bad, scores)

    for place in range(len(CONSTRUCTS)):
        has = ~np.isnan(scores[:, place])
        assert np.allclose(filled[has][:, place == CONSTRUCT_OF].mean(axis=1), scores[has, place])
        assert np.isnan(filled[~has][:, place == CONSTRUCT_OF]).all()


def test_interval_of_a_mean_is_students() -> None:
    """R: t.test(c(25, 50, 50, 75, 100))$conf.int is 24.607 to 95.393; equal weights change nothing."""
    values = np.array([25.0, 50, 50, 75, 100])
    low, high = stats.t.interval(0.95, 4, values.mean(), stats.sem(values))

    for found in (mean_interval(values), mean_interval(values, np.full(5, 2.0))):
        assert (60, pytest.approx(24.607, abs=1e-3), pytest.approx(95.393, abs=1e-3)) == found
        assert (pytest.approx(low), pytest.approx(high)) == found[1:]


def test_interval_stays_on_the_scale() -> None:
    """No limit beyond 0 or 100 is ever said."""
    assert 0 == mean_interval(np.array([0.0, 0, 0, 0, 50])).low
    assert 100 == mean_interval(np.array([100.0, 100, 100, 100, 50])).high


def test_weights_move_the_mean() -> None:
    """A weight of three counts an answer three times; R: weighted.mean(c(0, 100, 100), c(3, 1, 1)) is 40."""
    assert 40 == mean_interval(np.array([0.0, 100, 100]), np.array([3.0, 1, 1])).value
