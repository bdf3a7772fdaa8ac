from __future__ import annotations

from types import SimpleNamespace

import pytest

from gapkit.diagnosis.claims.claim import CONTRADICTED, NOT_SHOWN, SUPPORTED, TOO_LITTLE, About, Figure, Trial
from gapkit.diagnosis.claims.wording import (
    EXPLORATORY,
    claim_sentence,
    claims_title,
    effect_with_interval,
    group_words,
    other_looks_words,
    statement,
)
from gapkit.results import Result, not_assessable

ABOUT = About("C1", "", "programs without one owner are less often {outcome}", "", -1)
FACTS = "Without one owner 12 of 40 programs were on time, with one 48 of 80"


def tried(effect: Result, about: About = ABOUT, *, is_exploratory: bool = False) -> Trial:
    return Trial(about, "on time", "", (), effect, 0.01, FACTS, is_exploratory=is_exploratory)


def test_a_supported_claim_carries_counts_effect_and_interval():
    """Counts first, then the difference with its interval, then the verdict."""
    sentence = claim_sentence(tried(Result("x", -0.3, -0.46, -0.11, unit="pp")), "supported on your data")

    assert f"{FACTS} (−30 pp, 95 % CI −46 to −11 pp): supported on your data." == sentence


def test_a_contradicted_claim_says_so():
    """The interval lies on the other side."""
    sentence = claim_sentence(tried(Result("x", 0.3, 0.11, 0.46, unit="pp")), "contradicted")

    assert sentence.endswith("(+30 pp, 95 % CI +11 to +46 pp): contradicted by your data.")


def test_not_shown_always_comes_with_what_is_still_possible():
    """Never "no effect": the data are compatible with a range."""
    sentence = claim_sentence(tried(Result("x", 0.05, -0.08, 0.21, unit="pp")), "not shown")

    assert sentence.endswith("(+5 pp): not shown; the data are compatible with anything from −8 to +21 pp.")


def test_an_interval_that_excludes_none_is_not_shown_because_of_chance():
    """Several claims were tested: the reader is told why a clear interval is no support."""
    sentence = claim_sentence(tried(Result("x", -0.1, -0.19, -0.01, unit="pp")), "not shown")

    assert "not shown, chance is not ruled out; the data are compatible with anything from −19 to −1 pp." in sentence


def test_too_little_data_says_how_much_there_is():
    """What was asked, that it cannot be told, and why."""
    effect = Result("x", n=9, status="thin", caveats=("9 programs with the condition; 10 are needed.",))
    expected = ("Whether programs without one owner are less often on time cannot be told, too little data: 9 programs "
                "with the condition; 10 are needed.")  # fmt: skip

    assert expected == claim_sentence(tried(effect), "too little data")


def test_not_assessable_says_what_would_switch_it_on():
    """The one thing that is missing."""
    sentence = claim_sentence(tried(not_assessable("x", "Owners would switch this on.")), "not assessable")

    assert (
        "Whether programs without one owner are less often on time is not assessable: Owners would switch this on."
        == sentence
    )


def test_of_a_share_only_the_bound_that_matters_is_said():
    """Each limit is a 95 % bound by itself."""
    about = ABOUT._replace(no_effect=0.5)
    rate = Result("otif_rate", 0.3, 0.19, 0.429, level=0.9, n=40, events=12)

    assert "(30 %, with 95 % confidence at most 43 %)" in claim_sentence(tried(rate, about), "supported on your data")
    assert "(30 %, with 95 % confidence at least 19 %)" in claim_sentence(tried(rate, about), "contradicted")


def test_a_ratio_without_a_finite_value_keeps_its_lower_limit():
    """Eleven times after and never before is not "infinitely often"."""
    ratio = Result("x", None, 1.8, None, unit="ratio", n=11)
    about = About("C5", "", "", "", 1, no_effect=1.0)

    assert "(95 % CI 1.8 times as often or more): supported" in claim_sentence(
        tried(ratio, about), "supported on your data"
    )


def test_an_exploratory_finding_carries_its_warning():
    """A condition known only as of today may be a consequence."""
    effect = Result("x", -0.3, -0.46, -0.11, unit="pp")

    assert claim_sentence(tried(effect, is_exploratory=True), "supported on your data").endswith(EXPLORATORY)


def test_the_statement_names_the_outcome():
    """What counts as success is part of what was tested."""
    assert "programs without one owner are less often on time" == statement(tried(Result("x")))


def test_a_rank_correlation_is_counted_in_pairs():
    """It is no difference of rates, so it is never said in percentage points."""
    about = ABOUT._replace(direction=1, per="in 100 pairs")
    effect = Result("x", 0.36, 0.264, 0.45, unit="ratio")

    assert "(a balance of +36 in 100 pairs, 95 % CI +26 to +45 in 100 pairs): supported" in claim_sentence(
        tried(effect, about), "supported on your data"
    )
    assert (
        "(a balance of 0 in 100 pairs): not shown; the data are compatible with anything from −4 to +5 in 100 pairs."
        in (claim_sentence(tried(Result("x", 0.001, -0.04, 0.05, unit="ratio"), about), "not shown"))
    )


@pytest.mark.parametrize(
    ("effect", "no_effect", "per", "words"),
    [
        (Result("x", -0.3, -0.46, -0.11, unit="pp"), 0.0, "", "−30 pp (−46 to −11 pp)"),
        (Result("x", 2.04, 1.1, 3.7, unit="ratio"), 1.0, "", "2.0 times as often (1.1 to 3.7)"),
        (Result("x", 0.3, 0.19, 0.43, n=40), 0.5, "", "30 % (19 to 43 %; each limit is a 95 % bound)"),
        (Result("x", n=4, unit="pp", status="thin"), 0.0, "", "too little data"),
    ],
)
def test_a_cell_holds_the_effect_with_its_interval(effect, no_effect, per, words):
    """Each kind of effect in its own words, and no number where there is none."""
    assert words == effect_with_interval(SimpleNamespace(effect=effect, no_effect=no_effect, per=per))


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (Result("otif_rate", 0.25, 0.1, 0.4, n=40, events=10), "10 of 40 programs"),
        (Result("otif_rate", n=7, events=3, status="thin"), "3 of 7 programs"),
        (Result("otif_rate", n=2, status="thin"), "2 programs (too little data)"),
        (Result("mean_drift", 0.24, 0.1, 0.4, n=12, unit="ratio"), "0.24 over 12 programs"),
        (Result("x", 0.5, 0.1, 0.9, n=900, events=6, unit="per_week"), "6 times on 900 program-days programs"),
    ],
)
def test_a_group_begins_with_its_count(result, words):
    """Counts first, then what the group is."""
    assert words == group_words(Figure("Programs", result))


def test_the_title_counts_every_verdict_and_names_what_holds():
    """Two hold, one is contradicted, one not shown, one without data: none is left out."""
    verdicts = [SUPPORTED, CONTRADICTED, NOT_SHOWN, SUPPORTED, TOO_LITTLE]
    found = [SimpleNamespace(verdict=verdict, name=f"Claim {k}") for k, verdict in enumerate(verdicts)]

    assert ("2 of 5 claims are supported on your data: “claim 0” and “claim 3”; 1 is contradicted, 1 is not shown and "
            "for 1 there is too little data") == claims_title(found)  # fmt: skip
    assert "None of 1 claims is supported on your data; 1 is not shown" == claims_title(found[2:3])


@pytest.mark.parametrize(("odds", "fewer", "is_said"), [(0.4, -0.2, True), (1.3, -0.2, False), (0.4, 0.1, False)])
def test_the_other_looks_are_said_to_agree_only_where_all_do(odds, fewer, is_said):
    """One that turns silences the sentence; the claim carries it as a caveat."""
    claim = SimpleNamespace(verdict=SUPPORTED, claimed_direction=-1, no_effect=0.0,
                            adjusted=(Figure("", Result("x", odds, unit="ratio")),),
                            sensitivity=Result("x", fewer, unit="pp"))  # fmt: skip

    assert is_said == bool(other_looks_words(claim))
