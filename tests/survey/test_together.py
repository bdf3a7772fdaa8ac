from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from gapkit.config import Settings
from gapkit.survey.responses import CONSTRUCTS
from gapkit.survey.scoring import person_scores, recode
from gapkit.survey.together import Agreement, agreement, reliability, spread


def test_agreement_of_a_group() -> None:
    """Answers 4 4 4 5 5 on three statements: r_wg(j) .944, very strong (James, Demaree and Wolf 1984)."""
    bad = 25 * (5 - np.array([4.0, 4, 4, 5, 5]))[:, None].repeat(3, axis=1)
    found = agreement(bad)

    assert (pytest.approx(0.944, abs=1e-3), "very strong") == found


def test_agreement_needs_two_answers_to_each_statement() -> None:
    """A statement only one person answered has no variance to judge by."""
    bad = np.array([[0.0, 25], [25.0, math.nan], [25.0, math.nan]])

    assert Agreement(pytest.approx(math.nan, nan_ok=True), "") == agreement(bad)


def test_spread_adds_up() -> None:
    """Everybody hardly, partly or clearly sees the problem; the answers between two words are partly."""
    assert (0.4, 0.4, 0.2) == pytest.approx(spread(np.array([0.0, 25, 37.5, 62.5, 75])))


def frame(make: Any, people: list[Any], settings: Settings | None = None) -> Any:
    rows, gate, _ = make.gated(people)
    bad = recode(rows)
    chosen = settings or Settings()
    return reliability(gate, bad, person_scores(bad, 0.5), chosen).set_index("construct")


def test_reliability_in_words(make: Any) -> None:
    """Statements all answered alike are sound, at random they are read one by one, one alone is no scale."""
    rng = np.random.default_rng(4)
    people = []
    for point in [1.0, 2, 4, 5] * 10:
        answers = dict(zip(("MIS1", "MIS2", "MIS3", "FB1", "FB2", "FB3"),
                           (point, 6 - point, point, *rng.integers(1, 6, 3)), strict=True))  # fmt: skip
        people.append(make.Person(answers=answers))
    found = frame(make, people)

    assert ("sound", 1.0, 40) == tuple(found.loc["misalignment", ["word", "alpha", "n"]])
    assert "statements do not hang together: read them one by one" == found.loc["feedback_loop_failure", "word"]
    assert "single statement" == found.loc["tool_first", "word"]
    assert "everybody answers alike" == found.loc["cadence", "word"]
    assert found["omega"].isna().all()  # fewer than fifty


def test_twenty_nine_are_too_few_for_alpha(make: Any) -> None:
    """Below thirty complete respondents no alpha is said; one left-out answer makes twenty-nine of thirty."""
    people = make.crowd({("A", "contributor"): 30})
    people[0] = make.Person(answers={**people[0].answers, "MIS1": None})
    found = frame(make, people)

    assert ["too little data", 29] == found.loc["misalignment", ["word", "n"]].tolist()
    assert not math.isnan(found.loc["cadence", "alpha"])


def test_omega_from_fifty_on(make: Any) -> None:
    """With fifty respondents and three statements the one-factor model is fitted too."""
    rng = np.random.default_rng(5)
    people = []
    for _ in range(60):
        point = rng.integers(1, 6)
        answers = {item: float(np.clip(point + rng.integers(-1, 2), 1, 5)) for item in ("DIR1", "DIR2", "DIR3")}
        people.append(make.Person(answers=answers))
    found = frame(make, people).loc["leadership_direction"]

    assert found["omega"] == pytest.approx(found["alpha"], abs=0.05)


def test_groups_that_differ_show_in_icc(make: Any) -> None:
    """Two groups of opposite opinion: nearly all variance lies between them; groups not shown are left out."""
    answers = {"A": {"MIS1": 5, "MIS2": 1, "MIS3": 5}, "B": {"MIS1": 1, "MIS2": 5, "MIS3": 1}}
    people = [make.Person(group, answers={**answers[group], "MIS1": 3 if k else 4}) for group in "AB" for k in range(6)]
    found = frame(make, people)

    assert found.loc["misalignment", "icc1"] > 0.9
    assert math.isnan(frame(make, people[:6]).loc["misalignment", "icc1"])
    assert set(CONSTRUCTS) == set(found.index)
