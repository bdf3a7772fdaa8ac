from __future__ import annotations

from gapkit.diagnosis.claims.more_owners import trial


def test_more_owners_are_followed_from_one_to_three(case, fleet):
    """One owner 20 of 30, two 15 of 30, three or four 8 of 30: 20 points less per further owner."""
    rows = [*fleet(20, 30, owners_at_start="Ana"), *fleet(15, 30, owners_at_start="Ana;Ben"),
            *fleet(5, 15, owners_at_start="Ana;Ben;Cy"), *fleet(3, 15, owners_at_start="Ana;Ben;Cy;Dee")]  # fmt: skip
    found = trial(case(programs=rows))

    assert -0.2 == round(found.effect.value, 6)
    assert found.facts.startswith("20 of 30 programs with one owner, 15 of 30 with two and 8 of 30 with three or more were")


def test_teams_and_nobody_stand_beside_the_trend(case, fleet):
    """A team as owner is no named person: shown, and not one of the steps."""
    rows = [*fleet(1, 10, owners_at_start="Blue", owner_type_at_start="team"), *fleet(1, 10, owner_type_at_start="none"),
            *fleet(20, 30, owners_at_start="Ana"), *fleet(15, 30, owners_at_start="Ana;Ben")]  # fmt: skip
    found = trial(case(programs=rows))

    assert ("programs with no named person", 20) == (found.groups[0].label, found.groups[0].result.n)
    assert 60 == found.effect.n


def test_owners_known_only_as_of_today_make_it_exploratory(case, fleet):
    """More owners today may be the answer to trouble."""
    rows = [*fleet(20, 30, owners_now="Ana"), *fleet(15, 30, owners_now="Ana;Ben")]

    assert trial(case(programs=rows)).is_exploratory


def test_without_owners_on_record_it_is_not_assessable(case, fleet):
    """Nothing is known about owners."""
    assert "not_assessable" == trial(case(programs=fleet(5, 20))).effect.status


def test_where_all_ended_alike_there_is_no_trend_to_read(case, fleet):
    """Nothing on time at all: an interval of no width around 0 would read as certainty."""
    found = trial(case(programs=[*fleet(0, 20, owners_at_start="Ana"), *fleet(0, 20, owners_at_start="Ana;Ben")]))

    assert ("thin", None) == (found.effect.status, found.effect.low)
