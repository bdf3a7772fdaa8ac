from __future__ import annotations

import json

import pytest

from gapkit.baseline import estimate_baseline
from gapkit.config import Settings
from gapkit.diagnosis.attribution.attribution import NOT_DISTINGUISHABLE, STANDING_CAVEAT, attribute, share_words
from gapkit.results import Result, not_assessable
from gapkit.sample import attributable_failures, synthetic_organisation
from gapkit.vocabulary import KILLERS

QUICK = Settings(model_replicates=200)
UNOWNED, OWNED = {"owner_type_at_start": "none"}, {"owners_at_start": "Ana", "owner_type_at_start": "person"}
FAR, NEAR = {"decision_distance": 3}, {"decision_distance": 0}


@pytest.fixture
def attributed(engage, judged):
    def find(rows, changes=None, **more):
        eng = engage({"settings": QUICK, **(changes or {})}, programs=rows, **more)
        return attribute(eng, judged(eng))

    return find


@pytest.fixture
def cells(fleet):
    """Four equal groups without flags, far, without owner, both: odds of failure 1/4, then ×2, ×3 and ×6."""

    def build(n):
        risks = [(NEAR, OWNED, 1 / 5), (FAR, OWNED, 1 / 3), (NEAR, UNOWNED, 3 / 7), (FAR, UNOWNED, 3 / 5)]
        return [row for distance, owner, risk in risks for row in fleet(n - round(n * risk), n, **distance, **owner)]

    return build


def of(found, killer):
    return next(row for row in found.killers if row.killer == killer)


def test_shares_are_those_worked_out_by_hand(attributed, cells):
    """Risks .2, .3333, .4286, .6 add up to 1.5619; with a flag off its cells fall back to the cell without it.

    Off far: 2·(.2 + .4286) = 1.2571, so .1951; off unowned: 2·(.2 + .3333) = 1.0667, so .3171; off both: .8, so .4878.
    Shapley: far (.1951 + .4878 − .3171)/2 = .1829, unowned .3049.
    """
    found = attributed(cells(210))

    assert 0.488 == pytest.approx(found.joint.value, abs=0.005)
    assert 0.183 == pytest.approx(of(found, "misalignment").share.value, abs=0.005)
    assert 0.305 == pytest.approx(of(found, "unclear_ownership").share.value, abs=0.005)


def test_shares_add_up_to_the_joint_share(attributed, cells):
    """Nothing is counted twice."""
    found = attributed(cells(42))
    shares = [row.share.value for row in found.killers if row.share.value is not None]

    assert found.joint.value == pytest.approx(sum(shares))
    assert found.joint.low < found.joint.value < found.joint.high


def test_crude_rates_and_their_ratio_stand_in_each_line(attributed, cells):
    """Without owner 90 + 126 of 420 fail, with one 42 + 70: relative risk 216/112 = 1.9286."""
    row = of(attributed(cells(210)), "unclear_ownership")

    assert [(216, 420), (112, 420)] == [(rate.events, rate.n) for rate in (row.exposed, row.others)]
    assert 1.9286 == round(row.relative_risk.value, 4)
    assert "without exactly one named person answering for them" == row.meaning


def test_the_order_of_shares_is_not_given_below_240_programs(attributed, cells):
    """168 programs: in the order of the vocabulary; 240: the largest share first."""
    few, enough = attributed(cells(42)), attributed(cells(60))

    assert not few.is_ordered
    assert list(KILLERS) == [row.killer for row in few.killers]
    assert enough.is_ordered
    assert ["unclear_ownership", "misalignment"] == [row.killer for row in enough.killers[:2]]


def test_killers_not_measured_come_last_and_say_why(attributed, cells):
    """Three killers of which nothing is recorded: no share, and what would switch them on."""
    found = attributed(cells(60))

    assert {"not_assessable"} == {row.share.status for row in found.killers[2:]}
    assert all("would switch this on" in row.words for row in found.killers[2:])


def test_fifty_nine_programs_give_the_crude_table_and_no_share(attributed, fleet):
    """Below 60 programs no model: rates with and without, their ratio, and the reason."""
    found = attributed([*fleet(10, 30, **UNOWNED), *fleet(20, 29, **OWNED)])
    row = of(found, "unclear_ownership")

    assert "thin" == found.joint.status
    assert "Only 59 programs; 60 are needed." == found.joint.caveats[0]
    assert "Only 59 programs; 60 are needed." == row.words
    assert round((20 / 30) / (9 / 29), 4) == round(row.relative_risk.value, 4)
    assert found.sentence.startswith("Too little data to say how much lost execution goes with the killers.")


@pytest.mark.parametrize(("won", "words"), [(19, "41 failures and 19 successes"), (41, "19 failures and 41 successes")])
def test_nineteen_failures_or_successes_are_too_few(attributed, fleet, won, words):
    """Twenty of each are needed."""
    found = attributed([*fleet(won // 2, 30, **UNOWNED), *fleet(won - won // 2, 30, **OWNED)])

    assert f"Only {words}; 20 are needed of each." == found.joint.caveats[0]


def test_a_rare_or_general_exposure_is_left_out_of_the_model(attributed, fleet):
    """5 of 100 without owner: too few to compare; the other flag is modelled alone."""
    rows = [*fleet(3, 5, **UNOWNED, **FAR), *fleet(25, 45, **OWNED, **FAR), *fleet(30, 50, **OWNED, **NEAR)]
    found = attributed(rows)

    assert "Too few programs are exposed to compare them with the others: 5.0 %." == of(found, "unclear_ownership").words
    assert found.joint.value == of(found, "misalignment").share.value
    assert "the killer measured" in found.sentence


def test_an_exposure_known_for_few_programs_is_left_out(attributed, fleet):
    """A quarter unknown decides the figure."""
    rows = [
        *fleet(15, 30, **UNOWNED),
        *fleet(20, 30, **OWNED),
        *fleet(10, 30, **FAR, **OWNED),
        *fleet(10, 10, **NEAR, **OWNED),
    ]

    assert "Known for 40 of 100 programs only." == of(attributed(rows), "misalignment").words


def test_programs_of_unknown_exposure_are_counted_as_left_out(attributed, fleet):
    """A few unknown: the model does without them and says so."""
    rows = [*fleet(15, 40, **UNOWNED, **FAR), *fleet(25, 40, **OWNED, **NEAR), *fleet(2, 4, **OWNED)]
    found = attributed(rows)

    assert 80 == found.joint.n
    assert "4 programs left out of the model: an exposure is unknown." in found.caveats


def test_without_exposures_there_is_no_model(attributed, fleet):
    """Programs alone: too little, and every killer names what is missing."""
    found = attributed(fleet(50, 100))

    assert "thin" == found.joint.status
    assert {"not_assessable"} == {row.share.status for row in found.killers}


def test_without_recorded_deliveries_nothing_is_measured(engage, judged, fleet):
    """Not measured is not zero: no rates either."""
    eng = engage(programs=fleet(50, 100, **UNOWNED), records_delivery=False)
    found = attribute(eng, judged(eng))

    assert "not_assessable" == found.joint.status
    assert {"not_assessable"} == {row.exposed.status for row in found.killers}
    assert "No source tells which programs were delivered" in found.sentence


def test_without_any_failure_there_is_no_ratio(attributed, fleet):
    """The ratio of two zeros does not exist."""
    row = of(attributed([*fleet(40, 40, **UNOWNED), *fleet(40, 40, **OWNED)]), "unclear_ownership")

    assert ("thin", "No program failed.") == (row.relative_risk.status, row.relative_risk.caveats[0])


def test_the_standing_caveat_comes_first_and_the_sentence_speaks_of_association(attributed, cells):
    """Association, never cause: the sentence says so, and the condition always stands beside it."""
    found = attributed(cells(42))

    assert STANDING_CAVEAT == found.caveats[0]
    assert "only if the association were causal and nothing else differed" in STANDING_CAVEAT
    assert found.sentence.startswith("Of 168 programs due 65 were not on time and to spec; ")
    assert found.sentence.endswith(" are associated with the 2 killers measured, taken together.")


def test_a_joint_share_that_may_be_zero_is_said_to_be(attributed, fleet):
    """Half of each group fails: nothing goes with the killer, and the sentence gives no share."""
    rows = [*fleet(30, 60, **UNOWNED), *fleet(30, 60, **OWNED)]
    found = attributed(rows)

    assert found.joint.low <= 0
    assert f"associated with the killer measured is {NOT_DISTINGUISHABLE} (95 % CI " in found.sentence


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Result("s", 0.15, 0.06, 0.24, n=90), "6 to 24 % of the misses"),
        (Result("s", 0.05, -0.02, 0.12, n=90), f"{NOT_DISTINGUISHABLE}, at most 12 % of the misses"),
        (Result("s", -0.05, -0.12, 0.02, n=90), NOT_DISTINGUISHABLE),
        (Result("s", -0.05, -0.12, -0.02, n=90), NOT_DISTINGUISHABLE),
        (not_assessable("s", "Nothing recorded."), "Nothing recorded."),
    ],
)
def test_a_share_is_said_as_a_range_or_not_at_all(share, words):
    """Negative shares, and those whose range holds zero, are not distinguishable from it."""
    assert words == share_words(share)


def test_row_order_does_not_matter_and_the_data_are_plain(attributed, cells):
    """The same programs in another order give the same figures, ready for JSON."""
    rows = cells(42)
    first, second = (json.dumps(attributed(given).to_dict(), allow_nan=False) for given in (rows, rows[::-1]))

    assert first == second


def test_the_interval_of_a_planted_killer_holds_its_true_share(as_engagement):
    """What truly goes when no program lacks an owner, every draw the same, lies in an interval that excludes nothing."""
    org = synthetic_organisation(seed=0, killers={"unclear_ownership": "strong"}, observation="none")
    eng = as_engagement(org)
    share = of(attribute(eng, estimate_baseline(eng)), "unclear_ownership").share
    truth = attributable_failures(org.arguments).loc["unclear_ownership", "share"]

    assert 0 < share.low < truth < share.high
