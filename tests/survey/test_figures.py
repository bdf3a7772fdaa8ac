from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from scipy import stats

from gapkit.config import Settings
from gapkit.survey.anonymity import open_gate
from gapkit.survey.figures import (
    Scored,
    construct_scores,
    group_scores,
    item_scores,
    item_spread,
    level_scores,
    score,
    screening,
)
from gapkit.survey.responses import PLACE

Attack = Callable[..., int | None]
SIZES = {("A", "leadership"): 5, ("A", "contributor"): 7, ("B", "contributor"): 12}
MIS = ("MIS1", "MIS2", "MIS3")


def scored(make: Any, people: list[Any], **settings: Any) -> Scored:
    rows, gate, invited = make.gated(people)
    return score(rows, gate, invited, Settings(**settings))


def test_scores_are_means_of_their_people(make: Any) -> None:
    """Of all, of a level and of a group: the mean of the people in it, nobody else's, with their number."""
    people = [make.Person(group, level, otherwise=None, answers={"MIS1": 5 if group == "A" else 3, "MIS2": 3, "MIS3": 3})
              for (group, level), n in SIZES.items() for _ in range(n)]  # fmt: skip
    made = scored(make, people)
    of_all, levels, groups = (frame(made) for frame in (construct_scores, level_scores, group_scores))

    assert ["misalignment"] == of_all["construct"].tolist()
    assert 24 == of_all["n"][0]
    assert (12 * 100 / 3 + 12 * 50) / 24 == pytest.approx(of_all["score"][0])
    assert [
        ("leadership", 5, pytest.approx(100 / 3)),
        ("contributors", 19, pytest.approx((7 * 100 / 3 + 600) / 19)),
    ] == list(levels[["level", "n", "score"]].itertuples(index=False, name=None))
    assert [("A", 12, pytest.approx(100 / 3)), ("B", 12, 50)] == list(
        groups[["group", "n", "score"]].itertuples(index=False, name=None)
    )


def test_weights_are_said(make: Any) -> None:
    """A group that answered half as often counts twice, and the frame says that the score is weighted."""
    people = [make.Person("AB"[k > 9], answers={"MIS1": 5, "MIS2": 1, "MIS3": 5} if k > 9 else {}) for k in range(20)]
    rows, gate, _ = make.gated(people)
    invited = make.tables(people, {("A", "contributor"): 20, ("B", "contributor"): 40})["survey_invited"]
    found = construct_scores(score(rows, gate, invited, Settings())).set_index("construct").loc["misalignment"]

    assert (True, pytest.approx(50 * 20 / 60)) == (found["is_weighted"], found["score"])
    assert (5, 40) == (found["low_if_absent"], found["high_if_absent"])  # 40 of 60 silent: 5.6 and 38.9, outward


def test_a_group_that_does_not_agree_has_no_view(make: Any) -> None:
    """Half see it clearly, half hardly: the spread instead of the mean from ten people on, neither of them below."""
    answers = {"MIS1": 1, "MIS2": 5, "MIS3": 1}, {"MIS1": 5, "MIS2": 1, "MIS3": 5}
    people = [make.Person(group, answers=answers[k % 2]) for group, n in (("A", 10), ("B", 8), ("C", 12)) for k in range(n)]
    found = group_scores(scored(make, people)).set_index(["construct", "group"]).loc["misalignment"]

    assert [0.5, 0.0, 0.5] == found.loc["A", ["hardly_share", "partly_share", "clearly_share"]].tolist()
    assert ("none", False) == (found.loc["A", "agreement"], found.loc["A", "is_shared_view"])
    assert found[["score", "low", "high"]].isna().all(axis=None)
    assert np.isnan(found.loc["B", "hardly_share"])


def test_pooled_groups_are_nobodys_view(make: Any) -> None:
    """Small groups shown together get a mean, and no agreement is asked of them."""
    people = make.crowd({("A", "contributor"): 10, ("B", "contributor"): 8, ("C", "contributor"): 4})
    found = group_scores(scored(make, people)).set_index(["construct", "group"]).loc[("cadence", "all other groups")]

    assert (12, "", False) == (found["n"], found["agreement"], found["is_shared_view"])
    assert found["low"] < found["score"] < found["high"]


def _recovered(score: float, low: float, high: float, n: int) -> list[tuple[int, ...]]:
    """Return every way in which n people can have answered one statement with this mean and 95 % interval."""
    t = stats.t.ppf(0.975, n - 1)
    found = []
    for answers in combinations_with_replacement((0, 25, 50, 75, 100), n):
        half = t * np.std(answers, ddof=1) / np.sqrt(n)
        limits = max(np.mean(answers) - half, 0), min(np.mean(answers) + half, 100)
        if np.allclose((np.mean(answers), *limits), (score, low, high)):
            found.append(answers)
    return found


@pytest.mark.parametrize("others", [10, 30])
def test_the_answers_of_a_small_group_cannot_be_worked_out(make: Any, others: int) -> None:
    """Mean and interval of five answers to one statement leave one possibility: neither theirs nor the rest's is told."""
    said = [1, 1, 2, 2, 2]
    people = [make.Person("A", answers={"TFF1": answer}) for answer in said]
    people += [make.Person("B", answers={"TFF1": 1 + k % 5}) for k in range(others)]
    found = group_scores(scored(make, people)).set_index(["construct", "group"]).loc["tool_first"]
    mean = 25 * (np.mean(said) - 1)
    half = stats.t.ppf(0.975, 4) * 25 * np.std(said, ddof=1) / np.sqrt(5)

    assert [(0, 0, 25, 25, 25)] == _recovered(mean, max(mean - half, 0), mean + half, 5)
    assert (pytest.approx(mean), "shared") == (found.loc["A", "score"], found.loc["A", "agreement"])
    assert found[["low", "high", "r_wg"]].isna().all(axis=None)


def test_statements_fill_in_what_was_left_out(make: Any) -> None:
    """One of ten leaves out MIS1 and says 100 to the other two: MIS1 counts 100, and the construct is their mean."""
    people = [make.Person(answers={"MIS1": None, "MIS2": 5, "MIS3": 1}), *(make.Person() for _ in range(9))]
    made = scored(make, people)
    items = item_scores(made).set_index("item")

    assert {10} == set(items["n"])
    assert (100 + 9 * 50) / 10 == items.loc["MIS1", "score"]
    assert construct_scores(made)["score"][0] == pytest.approx(items.loc[list(MIS), "score"].mean())


@pytest.mark.parametrize(("leaving_out", "is_shown"), [(0, True), (2, False), (5, True)])
def test_spread_beside_the_score_gives_nobody_away(make: Any, leaving_out: int, is_shown: bool) -> None:
    """Where two leave a statement out, score and spread of it would differ by these two; five are enough."""
    people = [make.Person(answers={"MIS1": None} if k < leaving_out else {"MIS1": 5}) for k in range(20)]
    found = item_spread(scored(make, people)).set_index("item")

    assert is_shown is ("MIS1" in found.index)
    assert not is_shown or [20 - leaving_out, 0, 0, 0, 0, 1] == found.loc["MIS1"].tolist()


def test_spread_needs_ten(make: Any) -> None:
    """Nine answers have a score and no spread."""
    made = scored(make, [make.Person() for _ in range(9)])

    assert item_spread(made).empty
    assert 40 == len(item_scores(made))


@pytest.mark.parametrize(("n", "is_shown"), [(9, False), (10, True)])
def test_a_construct_of_one_statement_needs_ten(make: Any, n: int, is_shown: bool) -> None:
    """Of nine answers to one statement, mean and interval would tell every single one."""
    shown = set(construct_scores(scored(make, [make.Person() for _ in range(n)]))["construct"])

    assert is_shown is ("tool_first" in shown)
    assert "misalignment" in shown


def test_with_and_without_those_left_out(make: Any) -> None:
    """Five at 100 beside ten at 50: 50 without them, 66.7 with them; of what only three of them answered, nothing."""
    careless = [make.Person(answers={"MIS1": 1, "MIS2": 5, "MIS3": 1, "TFF1": 5 if k < 3 else None}) for k in range(5)]
    rows = make.rows([*careless, *(make.Person() for _ in range(10))])
    kept = rows.keep(np.arange(15) >= 5)
    _, gate, invited = make.gated([make.Person() for _ in range(10)])
    found = screening(score(kept, gate, invited, Settings()), rows).set_index("construct")

    assert [10, 50, 15, pytest.approx(200 / 3)] == found.loc["misalignment"].tolist()
    assert "tool_first" not in found.index


# Seeds under which each rule of the gate, taken away, lets somebody be singled out.
@pytest.mark.parametrize("seed", [0, 2, 9, 11, 13, 20])
def test_no_combination_of_figures_is_about_fewer_than_five(make: Any, fewest_isolated: Attack, seed: int) -> None:
    """Scores of all, by level, by group, per statement, the mean of its spread, and with those left out, taken together.

    What each is made of is not taken from the code: one answer after the other is changed, and what moves is written down.
    """
    rng = np.random.default_rng(seed)
    cells = [(group, level) for group in ("A", "B", "C", "") for level in ("leadership", "manager", "contributor")]
    people = make.crowd({cells[k]: int(rng.integers(1, 5)) for k in rng.permutation(12)[:7]}, seed, skipping=0.06)[:18]
    invited = make.tables(people, {cell: int(rng.integers(4, 9)) for cell in cells if cell[0]})["survey_invited"]
    everybody = make.rows(people)
    # From 1 to 4, so that every answer can be raised by one; one construct is enough.
    others = [place for item, place in PLACE.items() if item not in MIS]
    everybody.answers[:] = np.minimum(everybody.answers, 4)
    everybody.answers[:, others] = np.nan
    counted = np.arange(len(people)) >= rng.choice([0, 3, 5])
    gate = open_gate(everybody.keep(counted), invited, make.config())

    def figures(answers: np.ndarray) -> np.ndarray:
        rows = replace(everybody, answers=answers)
        made = score(rows.keep(counted), gate, invited, Settings(min_agreement=0))
        frames = (construct_scores(made), level_scores(made), group_scores(made), item_scores(made))
        spread = item_spread(made)[[f"answer_{point}" for point in range(1, 6)]].to_numpy(float) @ np.arange(1, 6)
        both = screening(made, rows)[["score", "score_everybody"]].to_numpy(float).ravel()
        return np.concatenate([*(frame["score"].to_numpy(float) for frame in frames), spread, both])

    base = figures(everybody.answers)
    step = np.zeros((len(people), len(MIS), *everybody.answers.shape))
    for who, item in np.ndindex(step.shape[:2]):
        step[who, item, who, PLACE[MIS[item]]] = 1
    factors = np.array([[figures(everybody.answers + one) - base for one in of_one] for of_one in step])

    assert gate.is_open is (len(base) > 0)
    assert not len(base) or fewest_isolated(factors.transpose(2, 0, 1)) is None


@pytest.mark.parametrize(("people", "is_told"), [(9, False), (10, True)])
def test_few_answers_to_a_statement_have_no_interval(make: Any, people: int, is_told: bool) -> None:
    """Below ten answers mean and interval of a statement would tell each of them."""
    found = item_scores(scored(make, [make.Person() for _ in range(people)]))

    assert {people} == set(found["n"])
    assert {is_told} == set(found["low"].notna())
