from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.diagnosis.claims.claim import About, Figure
from gapkit.report.blocks import Callout, Exhibit
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits import claims as mine
from gapkit.results import Result

DECIDED = {"supported on your data", "contradicted"}


def by_hand(d):
    """The diagnosis with one claim made by hand: 12 of 40 against 48 of 80."""
    claim = d.claims[0]
    groups = (Figure("Programs without one", Result("otif_rate", 0.3, 0.18, 0.45, n=40, events=12)),
              Figure("those with one", Result("otif_rate", 0.6, 0.49, 0.7, n=80, events=48)))  # fmt: skip
    effect = Result("otif_rate_difference", -0.3, -0.46, -0.11, n=120, unit="pp", period="2026Q1")
    facts = "Programs without one were on time in 12 of 40 cases, those with one in 48 of 80"
    made = replace(claim, outcome="on time", groups=groups, effect=effect, p_value=0.002, adjusted_p=0.004, facts=facts,
                   verdict="supported on your data", caveats=(), adjusted=(), sensitivity=None,
                   sentence=f"{facts} (−30 pp, 95 % CI −46 to −11 pp): supported on your data.")  # fmt: skip
    return replace(d, claims=(made,))


@pytest.mark.parametrize("organisation", ["northwind", "all killers", "small", "strategy", "nyc-capital"])
def test_every_number_is_in_the_data(diagnosed, organisation):
    """Page and cards alike, whatever the organisation."""
    d = diagnosed(organisation)
    blocks = [mine.claims(d), *mine.claim_cards(d)]

    assert [] == disagreements([block.to_dict() for block in blocks])


def test_a_claim_made_by_hand_reads_as_it_should(diagnosed):
    """Counts, effect, interval, corrected p and verdict of one claim, letter by letter."""
    block = mine.claims(by_hand(diagnosed("northwind")))

    assert "1 of 1 claims is supported on your data: “without one clear owner, less arrives”" == block.title
    assert (("C1: Without one clear owner, less arrives",
             "On time: 12 of 40 programs without one; 48 of 80 those with one", "−30 pp (−46 to −11 pp)", ".004"),
            ) == block.table.rows  # fmt: skip


def test_every_claim_is_on_the_page(diagnosed):
    """Nine rows, whatever could be tested."""
    assert ["C1", "C1b", "C1c", "C2", "C3", "C4", "C5", "C6", "C7"] == [
        row[0].partition(":")[0] for row in mine.claims(diagnosed("small")).table.rows
    ]


def test_a_rank_correlation_is_no_percentage_point(diagnosed):
    """It is counted in pairs, and the reader is told what that is."""
    block = mine.claims(diagnosed("all killers"))
    effects = {row[0].partition(":")[0]: row[2] for row in block.table.rows}

    assert all("in 100 pairs" in effects[name] and " pp" not in effects[name] for name in ("C2", "C4"))
    assert mine.PAIRS in block.reading


def test_only_what_was_decided_has_a_card(diagnosed):
    """One page for each claim that is supported or contradicted, none for the others."""
    d = diagnosed("northwind")
    decided = [claim for claim in d.claims if claim.verdict in DECIDED]

    assert [f"claim_{claim.id}" for claim in decided] == [card.name for card in mine.claim_cards(d)]
    assert decided


def test_a_contradicted_claim_has_a_card_too(diagnosed):
    """What points the other way is as much an answer."""
    d = by_hand(diagnosed("northwind"))
    claim = replace(d.claims[0], verdict="contradicted")

    assert 1 == len(mine.claim_cards(replace(d, claims=(claim,))))


def test_a_card_shows_the_other_looks(diagnosed):
    """As tested; with other things equal; without some programs; other outcomes; each with its n."""
    d = by_hand(diagnosed("northwind"))
    about = About("C1", "", "", "", -1)
    fewer = Result("x", -0.25, -0.4, -0.1, n=110, unit="pp", caveats=("Without 10 programs cancelled by decision.",))
    odds = Figure("odds ratio within types of program", Result("odds_ratio", 0.4, 0.2, 0.8, n=120, unit="ratio"))
    claim = replace(d.claims[0], adjusted=(odds,), sensitivity=fewer, no_effect=about.no_effect)
    card = mine.claim_card(d, claim)

    assert [("As tested", "120"), ("Odds ratio within types of program", "120"), ("With fewer programs", "110")] == [
        (row[0], row[2]) for row in card.table.rows
    ]
    assert "It points the same way with other things held equal and without programs cancelled by decision." in card.reading
    assert [] == disagreements([card.to_dict()])


def test_where_nothing_could_be_tested_one_line_says_why(diagnosed):
    """No empty chart; the reason once."""
    block = mine.claims(diagnosed("nyc-capital"))

    assert isinstance(block, Callout)
    assert "No source tells which programs were delivered" in block.text
    assert () == mine.claim_cards(diagnosed("nyc-capital"))


def test_with_programs_alone_the_page_still_stands(diagnosed):
    """Each claim says what would switch it on."""
    block = mine.claims(diagnosed("bare"))

    assert isinstance(block, Exhibit | Callout)
    assert [] == disagreements([block.to_dict()])


def test_the_register_is_left_out_where_no_claim_had_anything_to_count(diagnosed):
    """A page of "not measured" nine times over tells nothing the chapter has not said."""
    assert mine.claims_table(diagnosed("nyc-capital")) is None
    assert len(diagnosed("northwind").claims) == len(mine.claims_table(diagnosed("northwind")).rows)


@pytest.mark.parametrize("organisation", ["northwind", "nyc-capital"])
def test_the_register_holds_every_claim_with_method_and_caveats(diagnosed, organisation):
    """One row per claim in the workbook, numbers as numbers."""
    d = diagnosed(organisation)
    rows = mine.claim_rows(d)

    assert [claim.id for claim in d.claims] == [row[0] for row in rows]
    assert all(len(mine.CLAIM_HEADINGS) == len(row) for row in rows)
    assert [claim.adjusted_p for claim in d.claims] == [row[10] for row in rows]
    assert all(claim.method in row[12] for claim, row in zip(d.claims, rows, strict=True))


@pytest.mark.parametrize(("p_value", "words"), [(None, "–"), (0.0004, "< .001"), (0.0482, ".048"), (1.0, "1.000")])
def test_p_values_have_three_decimals(diagnosed, p_value, words):
    """Below the last digit it is said to be smaller, never zero."""
    d = by_hand(diagnosed("northwind"))
    found = replace(d, claims=(replace(d.claims[0], adjusted_p=p_value),))

    assert words == mine.claims(found).table.rows[0][3]
