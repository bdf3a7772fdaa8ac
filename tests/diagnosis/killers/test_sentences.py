from __future__ import annotations

import numpy as np
import pytest

from gapkit.config import Settings
from gapkit.diagnosis.evidence import Finding, Indicator
from gapkit.diagnosis.killers.sentences import (
    disagreement_sentence,
    finding_sentence,
    guard_sentence,
    headline,
    indicator_words,
    label_chance,
    ranking_sentence,
    strongest_sign,
)
from gapkit.diagnosis.scoring.scores import Score
from gapkit.stats.intervals import Interval
from gapkit.vocabulary import name_of

SETTINGS = Settings()
NOBODY = Indicator(
    "O1", "of committed programs had no single named owner at planned start", 0.41, 0.30, 0.52, 68, "share", 0.05, 0.40,
    100.0, "ok", ("programs",), "a / b",
)  # fmt: skip
MISSING = Indicator(
    "O4", "of owners", None, None, None, 0, "share", 0.05, 0.35, None, "not_assessable", (), "", ("A check.",)
)


def level(value: float, spread: float = 10.0) -> np.ndarray:
    return value + np.linspace(-spread, spread, 201)


def score(name: str = "unclear_ownership", **more: object) -> Score:
    given = {"behaviour": level(80), "perception": level(70), "activity": level(76), "n_answers": 23} | more
    return Score(name, (NOBODY, MISSING), **given)


def test_a_finding_is_said_with_its_numbers():
    """Score and interval, both kinds of evidence with what they rest on, and the strongest sign."""
    assert (
        "Unclear ownership is clearly active: score 76 (67 to 85) of 100. Behaviour 80 (71 to 89) on 1 indicator and "
        "perception 70 (61 to 79) on 23 answers (90 % intervals). Strongest sign: 41 % of committed programs had no single "
        "named owner at planned start (95 % interval 30 to 52 %, n = 68)."
    ) == finding_sentence(score(), "clearly active", "killer", SETTINGS)


def test_a_weak_finding_gives_its_chance():
    """Possible and not shown say how probable the mark of fifty is; not shown names no sign."""
    half = score(activity=level(50))

    assert "is a possible fracture: score 50 (41 to 59) of 100; a score of 50 is reached with probability 50 %." in (
        finding_sentence(half, "possible", "fracture", SETTINGS)
    )
    assert "Strongest sign" not in finding_sentence(half, "not shown", "killer", SETTINGS)


def test_not_assessable_says_what_would_switch_it_on():
    """Counts what there was, and passes on the first reason."""
    none = score(behaviour=None, perception=None, activity=None)

    assert (
        "Unclear ownership is not assessable: only 1 indicator could be counted, and too few survey answers are at hand. "
        "A check."
    ) == finding_sentence(none, "not assessable", "killer", SETTINGS)


def test_plural_names_take_a_plural_verb():
    """Structural bottlenecks are, poor tooling is."""
    bottlenecks = finding_sentence(score("structural_bottlenecks"), "clearly active", "killer", SETTINGS)

    assert bottlenecks.startswith("Structural bottlenecks are clearly active")


def test_a_fracture_is_named_after_what_is_broken():
    """Not "ownership is active", which would praise it."""
    clear = finding_sentence(score("ownership"), "clearly active", "fracture", SETTINGS)
    missing = finding_sentence(
        score("handoffs", behaviour=None, perception=None, activity=None), "not assessable", "fracture", SETTINGS
    )

    assert clear.startswith("The ownership fracture is clearly active: score 76 (67 to 85) of 100.")
    assert missing.startswith("The hand-offs fracture is not assessable: ")


def test_the_headline_is_the_first_sentence():
    """What heads a page is what the finding says first."""
    words = headline("poor_tooling", "killer", "possible", Interval(50, 41, 59), 0.5, SETTINGS)

    assert (
        "Poor tooling is a possible killer: score 50 (41 to 59) of 100; a score of 50 is reached with probability 50 %"
        == words
    )
    assert finding_sentence(score("poor_tooling", activity=level(50)), "possible", "killer", SETTINGS).startswith(words)


def test_words_of_an_indicator_follow_its_unit():
    """Days, and a figure without sampling error."""
    latency = Indicator(
        "F3", "between the end of a period and its reading", 23, 17, 31, 12, "days", 7, 45, 42, "ok", (), ""
    )
    overlap = Indicator("Incentives 1", "of pay", 0.7, None, None, 3, "share", 0.4, 0.85, 67, "ok", (), "")

    assert "23 days between the end of a period and its reading (95 % interval 17 to 31 days, n = 12)" == indicator_words(
        latency
    )
    assert "70 % of pay (n = 3)" == indicator_words(overlap)


def test_the_strongest_sign_is_the_one_with_the_highest_score():
    """None where nothing scores above zero."""
    assert NOBODY == strongest_sign([MISSING, NOBODY])
    assert strongest_sign([MISSING]) is None


@pytest.mark.parametrize(("chance", "words"), [(0.9951, "over 99 %"), (0.994, "99 %"), (0.5, "50 %"), (0.004, "under 1 %")])
def test_nothing_is_certain(chance, words):
    """What happened in every replicate may still not be so."""
    assert words == label_chance(chance)


def ranked(name: str, verdict: str, first: float | None, top_two: float | None) -> Finding:
    return Finding(
        name, "killer", name_of(name), verdict, Interval(60, 50, 70), None, None, first, top_two, (1, 2), (), "B", ""
    )


OTHERS = [ranked(name, "not shown", 0.01, 0.03) for name in ("misalignment", "feedback_loop_failure")]


@pytest.mark.parametrize(
    ("findings", "tied", "said"),
    [
        (
            [ranked("poor_tooling", "clearly active", 0.95, 0.99), ranked("unclear_ownership", "possible", 0.03, 0.85),
             *OTHERS],
            ["poor_tooling"],
            "Poor tooling is the most active killer (probability 95 %). Unclear ownership is among the two most active "
            "killers (probability 85 %).",
        ),
        (
            [ranked("poor_tooling", "clearly active", 0.6, 0.97), ranked("structural_bottlenecks", "possible", 0.4, 0.93),
             *OTHERS],
            ["poor_tooling", "structural_bottlenecks"],
            "Poor tooling and structural bottlenecks are the two most active killers (probability 97 % and 93 %).",
        ),
        (
            [ranked("poor_tooling", "possible", 0.95, 0.7), ranked("unclear_ownership", "possible", 0.05, 0.5), *OTHERS],
            ["poor_tooling", "unclear_ownership", "misalignment"],
            "Which killer is the most active cannot be told: it may be poor tooling, unclear ownership or misalignment.",
        ),
        (
            [ranked("poor_tooling", "probably active", 0.88, 0.79), *OTHERS],
            ["poor_tooling"],
            "Poor tooling may be the most active killer; the evidence is not enough to say so.",
        ),
        (
            [ranked("poor_tooling", "probably active", 0.95, 1.0), OTHERS[0],
             ranked("unclear_ownership", "not assessable", None, None)],
            ["poor_tooling"],
            "Poor tooling is the most active killer (probability 95 %). Not assessable, so not compared: unclear "
            "ownership.",
        ),
        (
            [ranked("poor_tooling", "not shown", None, None), *(ranked(one.id, "not shown", None, None) for one in OTHERS)],
            [],
            "None of the 3 killers assessed is shown to be active, so none is ranked.",
        ),
        (
            [ranked("poor_tooling", "possible", 1.0, 1.0), ranked("misalignment", "not assessable", None, None)],
            ["poor_tooling"],
            "Fewer than two killers could be assessed, so none is ranked.",
        ),
    ],
)  # fmt: skip
def test_the_order_is_said_as_firmly_as_it_is_known(findings, tied, said):
    """By docs/method.md, "Killers and fractures": the most active, the two most active, the tied set, or nothing."""
    assert said == ranking_sentence(findings, tied, "killer", SETTINGS)


def test_a_disagreement_gives_both_sides():
    """Numbers, their difference with its interval, and which side shows more."""
    assert (
        "On unclear ownership behaviour and perception disagree: 80 against 40, a difference of 40 points (90 % interval "
        "22 to 58); the records show more of it than people say."
    ) == disagreement_sentence(score(perception=level(40)), Interval(40, 22, 58))
    assert "people see more of it" in disagreement_sentence(score(perception=level(95)), Interval(-15, -22, -8))


def test_general_discontent_is_said():
    """With the range of perception."""
    assert guard_sentence([score(perception=level(62)), score(perception=level(70))]).startswith(
        "Perception does not discriminate: it scores all killers 62 to 70"
    )
