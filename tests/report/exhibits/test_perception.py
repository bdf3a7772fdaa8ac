from __future__ import annotations

import pytest

from gapkit.report.exhibits import perception


@pytest.fixture(scope="module")
def d(diagnosed):
    return diagnosed("northwind")


def test_the_worst_score_is_the_title(d):
    """Structural bottlenecks and ownership are planted in the example, and lie clear of the middle of the scale."""
    block = perception.perception(d)

    assert block.title.startswith("People clearly see 2 problems, structural bottlenecks the most: 73 (66 to 80)")
    assert "5 answers left out as inattentive; with them no score moves by more than 6 points." in block.reading


def test_statements_that_do_not_hang_together_are_shown_singly(d):
    """Alpha of incentives and of discipline is below one half: their statements stand below, and no others."""
    rows = perception.perception(d).table.rows

    assert 4 == len(rows)
    assert any("rewarded" in row[0] for row in rows)


def test_groups_shown_together_are_named_with_the_reason(d):
    """Of eleven groups ten are pooled; a view that is split has no mean."""
    block = perception.perception_by_group(d)

    assert "13 of 15 views of 1 group are shared inside the group; the others are split and have no mean" == block.title
    assert "Shown together, since one of them has fewer than 5 answers or could be worked out: Content" in block.reading


def test_who_took_part_and_how_far_silence_could_change_it(d):
    """Rates of everybody, levels and groups with their intervals; which score could lie on either side of the middle."""
    block = perception.participation(d)

    assert "35 of 59 people invited gave a usable answer: 59 % (47 to 71 %)" == block.title
    assert ("Everybody", "59", "35", "59 % (47 to 71 %)") == block.table.rows[0]
    assert "either side of 50 for quality of the work" in block.reading


def test_the_four_questions_say_the_share_the_agreement_and_the_coding(d):
    """Most frequent answer of each question, corrected agreement with its interval, and where coders do not agree."""
    block = perception.four_questions(d)

    assert ("89 %", "0.73 (0.49 to 0.93)") == block.table.rows[0][2:]
    assert "below 0.67 on Q1, where only codes people chose themselves count" in block.reading


def test_equal_texts_stand_once(d):
    """What several people wrote alike is one row with its count; nothing says who wrote it."""
    table = perception.verbatims(d)

    assert len({row[:3] for row in table.rows}) == len(table.rows)
    assert 4 * 35 == sum(int(row[3]) for row in table.rows)
    assert ["Question", "Read as", "In their words", "Times"] == [column.name for column in table.columns]


def test_every_statement_asked_is_listed_with_its_score(d):
    """Forty statements; the line that checks attention is none of them; a spread only where it gives nobody away."""
    table = perception.instrument(d)
    spread = {row[0].partition("\u00a0")[0]: row[4] for row in table.rows}

    assert 40 == len(table.rows)
    assert set(d.survey.last.spread["item"]) == {item for item, told in spread.items() if told != "–"}
