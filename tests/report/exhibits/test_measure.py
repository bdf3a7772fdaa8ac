from __future__ import annotations

from dataclasses import replace

import pytest

import gapkit as gk
from gapkit.labels import label_pp
from gapkit.measurement.asks import asks
from gapkit.measurement.verdict import Judgement, judge_effect
from gapkit.measurement.wording import effect_sentence
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits import measure as show


@pytest.fixture(scope="module")
def m():
    """Northwind after its window."""
    return gk.measure(gk.load("northwind", phase="measure"))


def test_page_one_answers_with_the_primary_measure(m):
    """A headline with both counts and the interval; below it the sentence with periods and other causes; its tile first."""
    page = show.answer(m)

    assert "Execution rate improved: 38 of 91 before, 28 of 41 after (+27 pp, 95 % interval +8 to +42 pp)" == page.verdict
    assert m.primary.sentence == page.detail
    assert ("+27 pp", "improved", "good") == (page.tiles[0].value, page.tiles[0].note, page.tiles[0].direction)
    assert 3 <= len(page.tiles) <= 6
    assert [ask.decision for ask in asks(m)][: show.MOST_ASKS] == list(page.asks)


def test_a_change_nobody_judges_has_no_direction(m):
    """Only improved and worsened are marked good or bad."""
    words = {tile.note: tile.direction for tile in show.answer(m).tiles}

    assert {""} == {direction for note, direction in words.items() if note not in show.DIRECTIONS}


def test_every_decision_stands_with_its_reason_and_who_decides(m):
    """The list at the end holds them all."""
    table = show.decide(m)

    assert [ask.decision for ask in asks(m)] == [row[0] for row in table.rows]
    assert all(row[2] and row[3] for row in table.rows)


def test_the_yardstick_is_shown_as_it_was_frozen(m):
    """Measure, definition, baseline, worthwhile change, target, exclusions; and what differs from it today."""
    rows = dict(show.frozen(replace(m, caveats=("The rule changed.",))).rows)

    assert ("5 May 2026", "Execution rate", "+10 pp", "The rule changed.") == (
        rows["Frozen on"], rows["Judged by"], rows["Worthwhile change"], rows["To know"],
    )  # fmt: skip


def test_what_is_not_known_names_each_figure_once(m):
    """Effects without a verdict, with the reason; places in one row, as they have a table of their own."""
    second = m.effects[1]
    after = replace(second.after, status="thin", caveats=("Only 4 programs.",))
    thin = replace(second, judgement=Judgement("too little data"), after=after, needed="")

    table = show.unknowns(replace(m, effects=(m.effects[0], thin, *m.effects[2:])))

    assert ("On-time rate", "too little data", "Only 4 programs.") in table.rows
    assert sum("places" in row[0] for row in table.rows) == 1
    assert 1 == sum("other explanations" in row[0] for row in table.rows)


@pytest.mark.parametrize(
    ("low", "value", "high", "verdict"),
    [(-0.32, -0.17, 0.01, "no detectable change"), (-0.36, -0.22, -0.04, "worsened"), (0.02, 0.2, 0.4, "improved"),
     (-0.1, 0.0, 0.2, "no detectable change")],
)  # fmt: skip
def test_page_one_can_be_printed_whichever_way_it_went(m, low, value, high, verdict):
    """The words of a headline, and those below it, never speak against the figure they stand for."""
    gap = replace(m.primary.difference, value=value, low=low, high=high)
    words = {"upper_words": label_pp(high), "lower_words": label_pp(low)}
    judgement = judge_effect(low, high, 0.1, is_primary=True, **words)
    sentence = effect_sentence(m.primary.measure, m.primary.before, m.primary.after, gap, judgement)
    primary = replace(m.primary, difference=gap, judgement=judgement, sentence=sentence)
    page = show.answer(replace(m, effects=(primary, *m.effects[1:])))

    assert verdict == judgement.verdict
    assert [] == disagreements([page.to_dict()])
