from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.diagnosis.attribution.attribution import STANDING_CAVEAT, KillerShare, share_words
from gapkit.report.blocks import Callout, Exhibit
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits import attribution as mine
from gapkit.results import Result
from gapkit.vocabulary import KILLERS, name_of


def row(killer, share):
    """A killer with 15 of 20 programs missed under it and 10 of 40 without it: three times as often."""
    exposed, others = (Result("failure_rate", x / n, 0.1, 0.9, n=n, events=x) for x, n in ((15, 20), (10, 40)))
    risk = Result("relative_risk", 3.0, 1.66, 5.43, n=60, unit="ratio")
    return KillerShare(killer, "without one owner", exposed, others, risk, share, share_words(share))


@pytest.mark.parametrize("organisation", ["northwind", "all killers", "small", "strategy", "nyc-capital"])
def test_every_number_is_in_the_data(diagnosed, organisation):
    """With a model, ordered or not, below the minimum, and without any delivery."""
    assert [] == disagreements([mine.attribution(diagnosed(organisation)).to_dict()])


def test_a_killer_made_by_hand_reads_as_it_should(diagnosed):
    """Counts of both sides, and how many times as often, with its interval."""
    d = diagnosed("northwind")
    made = row("unclear_ownership", Result("failure_share", 0.15, 0.06, 0.24, n=60))
    block = mine.attribution(replace(d, attribution=replace(d.attribution, killers=(made,))))

    assert (("Unclear ownership", "programs without one owner", "15 of 20 (75 %)", "10 of 40 (25 %)",
             "3.0 (1.66 to 5.43)"),) == block.table.rows  # fmt: skip


@pytest.mark.parametrize("organisation", ["northwind", "all killers", "small"])
def test_the_standing_caveat_is_always_there(diagnosed, organisation):
    """Model or crude table: association, and programs were not assigned at random."""
    assert STANDING_CAVEAT in mine.attribution(diagnosed(organisation)).reading


def test_with_few_programs_the_rows_stand_in_the_order_of_the_method(diagnosed):
    """No ranking below the minimum, and the reader is told from how many programs on there would be one."""
    d = diagnosed("northwind")
    block = mine.attribution(d)

    assert not d.attribution.is_ordered
    assert [name_of(killer) for killer in KILLERS] == [name[0][:1].lower() + name[0][1:] for name in block.table.rows]
    assert "no killer is ranked by its share, that takes 240" in block.reading


def test_with_programs_enough_the_rows_stand_by_size(diagnosed):
    """And overlapping ranges are said to leave the order open."""
    d = diagnosed("all killers")
    shares = [one.share.value for one in d.attribution.killers if one.share.value is not None]

    assert d.attribution.is_ordered
    assert sorted(shares, reverse=True) == shares
    assert "stand by size" in mine.attribution(d).reading


def test_below_the_minimum_there_is_a_table_and_no_chart(diagnosed):
    """Relative risks, killer by killer, and how many programs a model would need."""
    block = mine.attribution(diagnosed("small"))

    assert isinstance(block, Exhibit)
    assert not block.svg
    assert "60 are needed" in block.title
    assert len(KILLERS) == len(block.table.rows)


def test_without_deliveries_one_line_says_so(diagnosed):
    """Not measured, with what would switch it on."""
    block = mine.attribution(diagnosed("nyc-capital"))

    assert isinstance(block, Callout)
    assert "is not measured" in block.text


def test_with_programs_alone_it_is_a_table_or_a_line(diagnosed):
    """Eleven programs carry no model."""
    block = mine.attribution(diagnosed("bare"))

    assert isinstance(block, Exhibit | Callout)
    assert [] == disagreements([block.to_dict()])


def test_a_group_without_programs_is_none_and_not_unmeasured(diagnosed):
    """Measured, and nobody in it: not the same as nothing recorded."""
    d = diagnosed("northwind")
    made = row("poor_tooling", Result("failure_share", status="thin", n=60, caveats=("Too few programs are exposed.",)))
    empty = replace(made, exposed=Result("failure_rate", n=0, status="not_assessable"))
    block = mine.attribution(replace(d, attribution=replace(d.attribution, killers=(empty,))))

    assert "no program" == block.table.rows[0][2]
