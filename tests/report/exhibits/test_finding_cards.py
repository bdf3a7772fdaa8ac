from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.report.blocks import Callout, Exhibit
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.finding_cards import fracture_cards, killer_cards


@pytest.fixture
def d(diagnosed):
    return diagnosed("northwind")


@pytest.mark.parametrize("name", ["northwind", "all killers", "small"])
def test_every_number_is_in_its_data(diagnosed, name):
    """Titles and readings use no number that the finding does not hold."""
    blocks = [*killer_cards(diagnosed(name)), *fracture_cards(diagnosed(name))]

    assert blocks
    assert [] == disagreements([block.to_dict() for block in blocks])


def test_each_active_killer_has_its_page(d):
    """Two planted killers, two pages, the most active first, headed by the finding's own first sentence."""
    cards = killer_cards(d)

    assert ["unclear_ownership", "structural_bottlenecks"] == [card.name for card in cards]
    assert [f"{card.title}." for card in cards] == [
        f"{d.finding(card.name).sentence.partition('. ')[0]}." for card in cards
    ]
    assert "Unclear ownership is clearly active: score 74 (59 to 85) of 100" == cards[0].title


def test_a_finding_has_its_five_parts(d):
    """Condition, criterion, what goes with it, effect, recommendation; and what was not counted, in words."""
    table = killer_cards(d)[0].table
    heads = [row[0] for row in table.rows if row[0]]
    text = {head: row for head, row in table.rows if head}

    assert ["What we found", "What should hold", "What goes with it", "Effect", "Not counted", "What we advise"] == heads
    assert text["What we found"].startswith("Behaviour 77 (54 to 95) on 3 indicators and perception 68")
    assert text["What goes with it"].startswith("O1: 58.8 % of committed programs had no single named owner")
    assert "times as often (95 % interval" in text["Effect"]
    assert (
        "O3 … of programs in flight have an owner with more than the limit: only 3 owners; 10 are needed."
        == (text["Not counted"])
    )
    assert text["What we advise"].endswith("Answers for it: executive sponsor. Should move: O1.")


@pytest.mark.parametrize("name", ["northwind", "all killers"])
def test_nothing_is_said_to_be_caused(diagnosed, name):
    """Associated is as far as any page goes."""
    text = " ".join(block.to_text() for block in (*killer_cards(diagnosed(name)), *fracture_cards(diagnosed(name))))

    assert "caused" not in text
    assert "because of" not in text


def test_the_cost_that_goes_with_a_killer_stands_in_its_effect(d):
    """Structural bottlenecks go with idle waiting."""
    rows = [text for _, text in killer_cards(d)[1].table.rows]

    assert [text for text in rows if text.startswith("Idle waiting cost USD ")]


def test_a_page_is_not_told_twice(d):
    """The ownership fracture rests on the killer's signs: one line, with what it adds."""
    (line,) = fracture_cards(d)

    assert isinstance(line, Callout)
    assert line.text.startswith(
        "The ownership fracture is clearly active: score 62 (51 to 72) of 100. It rests on the signs"
    )
    assert "owned by a team or committee" in line.text


def test_the_fracture_has_a_page_where_its_killer_is_not_active(d):
    """Then nobody else tells it."""
    silent = tuple(replace(one, verdict="not shown") for one in d.killers.findings)
    (card,) = fracture_cards(replace(d, killers=replace(d.killers, findings=silent)))

    assert isinstance(card, Exhibit)
    assert "The ownership fracture is clearly active: score 62 (51 to 72) of 100" == card.title
    assert () == killer_cards(replace(d, killers=replace(d.killers, findings=silent)))


def test_what_people_alone_report_has_a_page_without_a_chart(d):
    """No indicator counted: no empty chart, and the page says on what it rests."""
    first = d.killers.findings[0]
    why = "No source names owners."
    bare = replace(
        first, verdict="possible", behaviour=None, sources=("perception",), indicators=tuple(
            replace(one, status="not_assessable", value=None, low=None, high=None, score=None, n=0, caveats=(why,))
            for one in first.indicators
        ),
    )  # fmt: skip
    card = killer_cards(replace(d, killers=replace(d.killers, findings=(bare, *d.killers.findings[1:]))))[0]

    assert "" == card.svg
    assert "No indicator could be counted: people report it, and no record was there to look at." in card.to_text()
    assert 4 == sum(text.endswith("no source names owners.") for _, text in card.table.rows)
