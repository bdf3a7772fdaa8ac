from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gapkit.baseline import estimate_baseline
from gapkit.diagnosis import claims
from gapkit.sample import synthetic_organisation

IDS = ["C1", "C1b", "C1c", "C2", "C3", "C4", "C5", "C6", "C7"]
SHARED = {"__init__", "association", "case", "claim", "compare", "trend", "wording"}


@pytest.fixture(scope="module")
def judged_claims(diagnosed):
    return diagnosed("northwind").claims


def test_every_claim_is_in_the_register():
    """A module of the folder that is no shared part is a claim, listed once, in the order of the method."""
    folder = Path(claims.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - SHARED

    assert IDS == [module.ABOUT.id for module in claims.CLAIMS]
    assert modules == {module.__name__.rpartition(".")[2] for module in claims.CLAIMS}


def test_owner_and_distance_are_corrected_by_holm_the_others_by_benjamini_and_hochberg(judged_claims):
    """Holm over C1 and C2, Benjamini–Hochberg over the rest, as laid down before the data were seen."""
    families = {claim.id: claim.method.rpartition("; ")[2] for claim in judged_claims}

    assert {"C1", "C2"} == {name for name, family in families.items() if family == "Holm correction"}
    assert 7 == sum(family == "Benjamini–Hochberg correction" for family in families.values())


def test_corrected_p_values_are_those_of_the_families(engage, judged, fleet):
    """C1 alone in its family keeps its p; C1b, C1c and C6 share theirs by ranks: p·m/rank, made monotone."""
    rows = [
        *fleet(12, 40, owners_at_start="Ana;Ben", functions="a"),
        *fleet(48, 80, owners_at_start="Ana", functions="a;b"),
    ]
    eng = engage(programs=rows)
    found = {claim.id: claim for claim in claims.test_claims(eng, judged(eng))}
    tested = sorted(
        (claim for claim in found.values() if claim.p_value is not None and claim.id != "C1"), key=lambda c: c.p_value
    )

    assert found["C1"].p_value == found["C1"].adjusted_p
    m, least = len(tested), 1.0
    for rank in range(m, 0, -1):
        least = min(least, tested[rank - 1].p_value * m / rank)
        assert round(least, 12) == round(tested[rank - 1].adjusted_p, 12)
    assert "supported on your data" == found["C1"].verdict


def test_programs_alone_give_all_claims_and_say_what_is_missing(engage, judged, fleet):
    """A folder with nothing but programs: every claim is there, and each names what would switch it on."""
    eng = engage(programs=fleet(10, 30))
    found = claims.test_claims(eng, judged(eng))

    assert IDS == [claim.id for claim in found]
    assert {"not assessable"} == {claim.verdict for claim in found}
    assert all("would switch this on" in claim.sentence for claim in found)


def test_where_deliveries_are_not_recorded_claims_about_success_cannot_be_tested(engage, judged, fleet):
    """Not measured, and no figure; drift needs no delivery and is tested all the same."""
    rows = [*fleet(15, 15, decision_distance=0, intent_match=4.0), *fleet(15, 15, decision_distance=2, intent_match=1.0)]
    eng = engage(programs=[{**row, "owners_at_start": "Ana"} for row in rows], records_delivery=False)
    found = {claim.id: claim for claim in claims.test_claims(eng, judged(eng))}

    assert "No source tells which programs were delivered" in found["C1"].sentence
    assert ["C2"] == [name for name, claim in found.items() if claim.verdict != "not assessable"]


def test_before_any_program_fell_due_nothing_can_be_tested(engage, judged, fleet):
    """A plan that lies in the future has no outcome yet."""
    rows = fleet(
        0, 5, baseline_end="2026-09-30", status="in_progress", actual_end=None, decision_distance=1, owners_now="Ana"
    )
    eng = engage(programs=rows)
    found = {claim.id: claim for claim in claims.test_claims(eng, judged(eng))}

    assert {"not assessable"} == {claim.verdict for claim in found.values()}
    assert "No program with a frozen plan has fallen due yet." in found["C2"].sentence


def test_every_verdict_carries_its_figures_or_its_reason(judged_claims):
    """A verdict on data has n, interval and p; the others have a reason; every claim has a sentence."""
    for claim in judged_claims:
        assert claim.sentence.endswith("."), claim.id
        if claim.effect.is_ok:
            assert claim.effect.n > 0, claim.id
            assert claim.adjusted_p is not None, claim.id
            assert claim.effect.low is not None or claim.effect.high is not None, claim.id
        else:
            assert claim.effect.value is None, claim.id
            assert claim.effect.caveats[0] in claim.sentence, claim.id


def test_claims_are_plain_data_and_the_same_each_time(northwind, northwind_baseline, judged_claims):
    """Ready for JSON: null, never NaN; same engagement, same bytes."""
    first, second = (json.dumps([claim.to_dict() for claim in found], allow_nan=False)
                     for found in (judged_claims, claims.test_claims(northwind, northwind_baseline)))  # fmt: skip

    assert first == second


def test_northwind_shows_the_planted_lack_of_owners(judged_claims):
    """Unclear ownership is planted: programs without one owner do worse."""
    claim = judged_claims[0]

    assert claim.effect.value < -0.10
    assert "supported on your data" == claim.verdict


def test_no_person_is_named(northwind, judged_claims):
    """Claims speak of programs and groups of programs only."""
    text = json.dumps([claim.to_dict() for claim in judged_claims])

    assert not [person for person in northwind.people["person_id"] if person in text]


def test_the_order_of_rows_changes_nothing(as_engagement):
    """Tables shuffled, the same claims."""
    eng = as_engagement(synthetic_organisation(seed=3, scale="smb", killers={"unclear_ownership": "strong"}))
    shuffled = replace(eng, tables={name: table.sample(frac=1, random_state=2) for name, table in eng.tables.items()})
    first, second = (claims.test_claims(one, estimate_baseline(one)) for one in (eng, shuffled))

    assert [claim.to_dict() for claim in first] == [claim.to_dict() for claim in second]


def test_strong_unclear_ownership_shows_and_outcomes_dealt_at_random_do_not(as_engagement):
    """The planted effect of C1 is there; with the same owners and successes dealt out anew it is gone."""
    seed = 201
    org = synthetic_organisation(seed=seed, killers={"unclear_ownership": "strong"})
    eng = as_engagement(org)
    baseline = estimate_baseline(eng)
    due = baseline.judged.index[baseline.judged["group"] == "committed"]
    dealt = baseline.judged.copy()
    outcomes = ["is_delivered", "is_to_spec", "is_on_time", "is_otif"]
    dealt.loc[due, outcomes] = baseline.judged.loc[due, outcomes].sample(frac=1, random_state=seed).set_axis(due)
    planted, none = (claims.test_claims(eng, one)[0] for one in (baseline, replace(baseline, judged=dealt)))

    assert planted.effect.value < -0.10
    assert abs(none.effect.value) < abs(planted.effect.value)
    assert "supported on your data" != none.verdict
