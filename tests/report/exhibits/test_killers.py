from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.diagnosis.evidence import Disagreement
from gapkit.report.blocks import Callout, Exhibit, Table
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits import killers as shown
from gapkit.stats.intervals import Interval

ORGANISATIONS = ("northwind", "all killers", "small", "sound")


@pytest.fixture
def d(diagnosed):
    return diagnosed("northwind")


@pytest.fixture
def silent(diagnosed):
    """Nothing is recorded of killers and fractures, and nobody was asked."""
    return diagnosed("nyc-capital")


@pytest.mark.parametrize("name", ORGANISATIONS)
@pytest.mark.parametrize("exhibit", ["killers", "fractures", "disagreements"])
def test_every_number_is_in_its_data(diagnosed, name, exhibit):
    """Titles and readings use no number that the scores do not hold."""
    block = getattr(shown, exhibit)(diagnosed(name))

    assert isinstance(block, Exhibit | Callout)
    assert [] == disagreements([block.to_dict()])


def test_the_planted_killers_head_the_page(d):
    """The title is what may be said of the order; the table gives the probabilities behind it."""
    block = shown.killers(d)

    assert "Unclear ownership and structural bottlenecks are the two most active killers (probability over 99 % each)" == (
        block.title
    )
    assert block.reading.startswith(
        "Clearly active: unclear ownership and structural bottlenecks. Not shown: misalignment, "
    )
    assert ("Unclear ownership", "1 to 2", "3 of 4 indicators, 35 answers") == tuple(
        block.table.rows[0][i] for i in (0, 3, 5)
    )
    assert "Source: data/" in block.foot


def test_nothing_is_ranked_where_nothing_is_active(diagnosed):
    """A sound organisation hears so, and sees no column of places."""
    block = shown.killers(diagnosed("sound"))

    assert "None of the 5 killers assessed is shown to be active, so none is ranked" == block.title
    assert ["", "Grade", "Rests on"] == [column.name for column in block.table.columns]


def test_what_cannot_be_assessed_is_one_line(silent):
    """No empty chart, no score of zero; the line of the killers stands for the comparison too."""
    said = [shown.killers(silent), shown.fractures(silent)]

    assert ["missing", "missing"] == [block.tone for block in said]
    assert said[0].text.startswith("None of the 5 killers could be assessed. A survey would switch on all of them")
    assert shown.disagreements(silent) is None


def test_programs_alone_are_enough_to_say_what_is_missing(diagnosed):
    """A folder with nothing but programs gives lines and tables, never an error, and no register of nothing."""
    found = diagnosed("bare")
    blocks = [shown.killers(found), shown.fractures(found), shown.not_shown(found)]

    assert [Callout, Callout, Table] == [type(block) for block in blocks]
    assert shown.indicators(found) is None
    assert () == shown.killer_cards(found)


def test_general_discontent_is_said_first_and_behaviour_stands_alone(d):
    """Where perception tells nothing apart the reading opens with it, and the table gains a column."""
    alone = tuple((one.id, one.behaviour) for one in d.killers.findings)
    guard = "Perception does not discriminate: it scores all killers 60 to 70, as where discontent is general."
    block = shown.killers(replace(d, killers=replace(d.killers, guard=guard, behaviour_only=alone)))

    assert block.reading.startswith(guard)
    assert "Behaviour alone" in [column.name for column in block.table.columns]
    assert 0.999 < sum(column.width for column in block.table.columns) < 1.001


def test_agreement_is_one_plain_line(d):
    """Where nothing differs by more than chance there is no chart."""
    assert (
        "Records and people agree: on none of the 9 killers and fractures with both do they differ by 25 points or more "
        "beyond chance."
    ) == shown.disagreements(d).text


def test_each_disagreement_is_a_finding(d):
    """The largest heads the page, the others follow in their own words."""
    found = (
        Disagreement("poor_tooling", Interval(26, 8, 40), "On poor tooling the records show more: 26 points (8 to 40)."),
        Disagreement("misalignment", Interval(-31, -44, -12), "On misalignment people see more."),
    )
    block = shown.disagreements(replace(d, killers=replace(d.killers, disagreements=found)))

    assert "On misalignment people see more" == block.title
    assert (("On poor tooling the records show more: 26 points (8 to 40).",),) == block.table.rows


def test_what_is_not_shown_says_why(d, silent):
    """Scores where there are some, what would switch it on where there are none."""
    scored, unknown = shown.not_shown(d), shown.not_shown(silent)

    assert (
        "Misalignment", "killer", "Not shown", "Score 36 (26 to 47) of 100; a score of 50 is reached with probability 2 %.",
    ) == scored.rows[0]  # fmt: skip
    assert "9 killers and fractures not shown, or not assessable" == unknown.title
    assert all("would switch this on" in row[3] for row in unknown.rows)


def test_no_table_where_all_are_active(d):
    """Nothing is said about nothing."""
    found = {
        family: replace(getattr(d, family), findings=tuple(
            replace(one, verdict="possible") for one in getattr(d, family).findings
        ))
        for family in ("killers", "fractures")
    }  # fmt: skip

    assert shown.not_shown(replace(d, **found)) is None
