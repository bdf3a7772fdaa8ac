from __future__ import annotations

import pytest
from accuracy.cells import CELLS, Cell
from accuracy.scoring import SCORES, figures_of, holds, true_places

from gapkit.vocabulary import KILLERS

ONE = Cell("one", "mid: one killer strong", ("killers",), "one")


def trial(order, verdicts=None, *, p_first=0.5, severe=KILLERS[:1], respondents=20):
    """What was said of an organisation in which `severe` are planted; every place may be any."""
    severity = {name: 0.8 if name in severe else 0.1 - 0.01 * place for place, name in enumerate(KILLERS)}
    return {
        "programs": 80,
        "respondents": respondents,
        "killers": {
            "severity": severity,
            "order": list(order),
            "verdict": dict.fromkeys(KILLERS, "not shown") | (verdicts or {}),
            "p_rank1": {name: p_first if order and name == order[0] else 0.0 for name in KILLERS},
            "rank": dict.fromkeys(KILLERS, (1, 5) if order else None),
        },
    }


def figure(found, what):
    return next(one for one in found if one.what == what)


def test_a_planted_killer_counts_as_found_among_the_first_two_only():
    """First, second, third, and not ranked at all: two of four are found, one comes first."""
    first, second, third = KILLERS[:3]
    trials = [trial(order) for order in ([first, second], [second, first], [second, third, first], [])]
    found = figures_of(ONE, trials)

    assert 0.5 == figure(found, "planted killer among the first two").value
    assert 0.25 == figure(found, "a planted killer comes first").value


def test_false_alarms_count_killers_that_were_not_planted():
    """Of eight that were not planted one is probably active, none clearly; the planted one is no alarm."""
    words = {KILLERS[0]: "clearly active", KILLERS[4]: "probably active"}
    found = figures_of(ONE, [trial(KILLERS, words), trial(KILLERS)])

    alarm, loud = (
        figure(found, f"killer not planted called {word}") for word in ("at least probably active", "clearly active")
    )

    assert (8, 0.125, 0.0) == (alarm.n, alarm.value, loud.value)


def test_only_sure_firsts_are_asked_whether_they_are_right():
    """Said with .95 and right, with .95 and wrong, with .6 and wrong: one of two."""
    wrong = KILLERS[::-1]
    found = figures_of(ONE, [trial(KILLERS, p_first=0.95), trial(wrong, p_first=0.95), trial(wrong, p_first=0.6)])
    sure = figure(found, "first with P ≥ .90, and the worst by severity")

    assert (2, 0.5) == (sure.n, sure.value)


def test_an_organisation_with_too_few_answers_counts_for_false_alarms_alone():
    """Eleven answers are one too few to be held against finding a killer."""
    found = figures_of(ONE, [trial(KILLERS), trial([], respondents=11)])

    assert 1 == figure(found, "planted killer among the first two").n
    assert 8 == figure(found, "killer not planted called clearly active").n


def test_places_follow_severity():
    """The worst killer has place 1."""
    assert {"b": 1, "c": 2, "a": 3} == true_places({"a": 0.1, "b": 0.9, "c": 0.2})


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(0.1, 0.3, True), (0.21, 0.3, False), (0.1, 0.19, False), (0.1, None, True)]
)
def test_an_interval_holds_the_truth_between_its_ends(low, high, expected):
    """An end that is not reached is open."""
    assert expected is holds({"truth": 0.2, "low": low, "high": high})


def test_a_leaning_is_neither_right_nor_wrong():
    """One right verdict, one wrong, one wrong leaning, one without any reading."""
    cell = next(cell for cell in CELLS if cell.name == "triage-both")
    said = [("both", "verdict"), ("execution", "verdict"), ("execution", "leaning"), (None, "insufficient evidence")]
    found = figures_of(cell, [{"triage": {"truth": "both", "cell": one, "verdict": word}} for one, word in said])

    assert [0.25, 0.25] == [one.value for one in found]


def test_shares_are_held_against_the_truth_from_120_programs_on():
    """With 119 programs the interval is not asked."""
    share = {"truth": 0.2, "low": 0.1, "high": 0.3}
    trials = [{"attribution": {"n": n, "joint": share, "shares": {KILLERS[0]: share}}} for n in (119, 120)]
    found = SCORES["attribution"](ONE, trials)

    assert [1, 1] == [one.n for one in found]


def test_a_claim_decided_either_way_is_a_false_alarm_where_nothing_is_to_be_found():
    """Supported and contradicted both count; a claim with too little data does not."""
    words = ("supported on your data", "contradicted", "not shown", "too little data")
    said = [{"verdict": word, "p": None if word == words[-1] else 0.5} for word in words]
    trials = [{"claims": {"C1": one, "C2": one}} for one in said]
    found = SCORES["claims"](ONE, trials)

    assert [(3, 2 / 3)] * 2 == [(one.n, one.value) for one in found]


def test_a_time_is_off_by_its_share_of_the_truth():
    """Medians of 66 and 54 days where 60 are true: off by a tenth each, and by nothing on average."""
    limits = {"truth": 60.0, "low": 50.0, "high": 70.0}
    trials = [{"rates": {"time_to_market_median_days": {**limits, "value": value}}} for value in (66.0, 54.0)]
    found = SCORES["rates"](ONE, trials)

    assert [1.0, pytest.approx(0.0)] == [one.value for one in found]


def test_cells_have_names_of_their_own_and_are_scored():
    """Each cell can be asked for, and each of its parts has figures."""
    assert len({cell.name for cell in CELLS}) == len(CELLS)
    assert {part for cell in CELLS for part in cell.parts} == set(SCORES)
