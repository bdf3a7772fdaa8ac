from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.diagnosis.causes.ratings import best_ratings, cover, range_of, ratio, self_against_manager, vary

REQUIRED = pd.DataFrame({
    "role": ["writer", "writer", "editor"], "skill": ["prose", "facts", "prose"], "required": [3.0, 2.0, 4.0],
    "critical": pd.array([True, None, True], dtype="boolean"),
})  # fmt: skip


def rating(person, role, skill, actual, source="manager"):
    return {"person_id": person, "role": role, "skill": skill, "actual": float(actual), "source": source}


def rated(*rows):
    return best_ratings(pd.DataFrame(list(rows)), REQUIRED)


def test_of_several_ratings_the_best_source_counts():
    """Tested before manager before self before unnamed; one row per person and skill."""
    rows = [rating("a", "writer", "prose", 4, "self"), rating("a", "writer", "prose", 2, "manager"),
            rating("b", "writer", "prose", 1, None), rating("b", "writer", "prose", 3, "self"),
            rating("c", "writer", "prose", 0, "tested"), rating("c", "writer", "prose", 4, "manager")]  # fmt: skip

    assert {"a": 2.0, "b": 3.0, "c": 0.0} == rated(*rows).set_index("person_id")["actual"].to_dict()


def test_skills_a_role_does_not_need_are_left_out():
    """A designer's cooking says nothing about design."""
    assert rated(rating("a", "writer", "cooking", 4), rating("a", "painter", "prose", 4)).empty


def test_the_ratio_is_what_is_there_of_what_is_needed():
    """2 of 3 levels is two thirds; more than needed is not more than enough."""
    assert [0.0, pytest.approx(2 / 3), 1.0, 1.0] == ratio(np.array([0.0, 2, 3, 4]), np.array([3.0, 3, 3, 3])).tolist()


def test_adequacy_is_that_of_the_weakest_critical_skill_on_average():
    """Writers: prose 3 of 3 and 1 of 3, mean 2/3; facts are not critical. The editor: prose 2 of 4."""
    ratings = rated(rating("a", "writer", "prose", 3), rating("b", "writer", "prose", 1), rating("a", "writer", "facts", 0),
                    rating("c", "editor", "prose", 2))  # fmt: skip
    coverage = cover(ratings, {"writer": 2, "editor": 1})

    assert {"editor": 0.5, "writer": pytest.approx(2 / 3)} == coverage.adequacy.to_dict()
    assert [("editor", 0, True, False), ("writer", 1, False, True)] == list(
        coverage.skills[["role", "covered", "is_hole", "hangs_on_one"]].itertuples(index=False, name=None)
    )


def test_people_without_a_rating_keep_a_skill_from_being_called_a_hole():
    """Nobody rated is good enough, but one of three writers is not rated: at most one holds it."""
    ratings = rated(rating("a", "writer", "prose", 1), rating("b", "writer", "prose", 2))
    one_unknown, two_unknown = (cover(ratings, {"writer": n}).skills.iloc[0] for n in (3, 4))

    assert (False, True) == (one_unknown["is_hole"], one_unknown["hangs_on_one"])
    assert (False, False) == (two_unknown["is_hole"], two_unknown["hangs_on_one"])


def test_the_weakest_of_several_critical_skills_counts():
    """The minimum of the means, not the mean of the minima."""
    both = REQUIRED.assign(critical=True)
    rows = [rating("a", "writer", "prose", 3), rating("b", "writer", "prose", 0), rating("a", "writer", "facts", 0),
            rating("b", "writer", "facts", 2)]  # fmt: skip

    assert {"writer": 0.5} == cover(best_ratings(pd.DataFrame(rows), both), {"writer": 2}).adequacy.to_dict()


def test_errors_of_one_level_move_a_share_about_as_far_as_they_should():
    """One hundred people at the level needed: each is one level lower with probability .1, so two thirds of .1 are lost."""
    ratings = rated(*(rating(f"p{k:03d}", "writer", "prose", 3) for k in range(100)))
    found = vary(ratings, cover(ratings, {"writer": 100}), 4000, np.random.default_rng(1))

    # each rating loses 1/3 with probability .1: mean 1 − .1/3
    assert 1 - 0.1 / 3 == pytest.approx(found.adequacy.mean(), abs=0.002)
    assert (0.0, 0.0) == (found.holes.max(), found.single.max())


def test_a_skill_one_person_just_holds_is_a_hole_one_time_in_ten():
    """At the level needed by one person alone: one level less and nobody holds it."""
    ratings = rated(rating("a", "writer", "prose", 3), rating("b", "writer", "prose", 0))
    found = vary(ratings, cover(ratings, {"writer": 2}), 4000, np.random.default_rng(1))

    assert 0.1 == pytest.approx(found.holes.mean(), abs=0.02)
    assert 0.9 == pytest.approx(found.single.mean(), abs=0.02)


def test_levels_stay_on_the_scale():
    """Nobody falls below 0 or rises above 4."""
    ratings = rated(rating("a", "editor", "prose", 4), rating("b", "editor", "prose", 0))
    found = vary(ratings, cover(ratings, {"editor": 2}), 2000, np.random.default_rng(1))

    assert {0.375, 0.5, 0.625} >= set(np.round(found.adequacy.ravel(), 9))


def test_a_range_holds_the_value_it_is_about():
    """Errors can only take from ratings at the level needed; the range reaches up to the value all the same."""
    assert (0.9, 0.5, 0.9) == tuple(range_of(0.9, np.full(100, 0.5)))


def test_own_and_managers_ratings_are_compared_pair_by_pair():
    """Two skills of one person, +1 and +2; a person whom nobody else rated is left out."""
    rows = [rating("a", "writer", "prose", 3, "self"), rating("a", "writer", "prose", 2, "manager"),
            rating("a", "writer", "facts", 4, "self"), rating("a", "writer", "facts", 2, "manager"),
            rating("b", "writer", "prose", 4, "self")]  # fmt: skip

    assert {"gap": {"a": 3.0}, "skills": {"a": 2}} == self_against_manager(pd.DataFrame(rows)).to_dict()


people = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 4)), min_size=1, max_size=8, unique_by=lambda p: p[0]
)


@settings(max_examples=30)
@given(people, st.randoms(use_true_random=False))
def test_the_order_of_ratings_changes_nothing(crowd, random):
    """Shuffled rows, the same coverage and the same draws."""
    rows = [rating(name, "writer", "prose", level) for name, level in crowd]
    mixed = random.sample(rows, len(rows))
    one, other = (rated(*each) for each in (rows, mixed))
    draws = [vary(each, cover(each, {"writer": 9}), 50, np.random.default_rng(2)).adequacy for each in (one, other)]

    pd.testing.assert_frame_equal(one, other)
    assert (draws[0] == draws[1]).all()


@settings(max_examples=30)
@given(people, st.integers(0, 7))
def test_a_better_rating_never_lowers_adequacy(crowd, place):
    """Somebody learns: the role is at least as adequate."""
    rows = [rating(name, "writer", "prose", level) for name, level in crowd]
    better = [{**row, "actual": min(4.0, row["actual"] + (k == place % len(rows)))} for k, row in enumerate(rows)]
    before, after = (cover(rated(*each), {}).adequacy.iloc[0] for each in (rows, better))

    assert after >= before
