from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from gapkit.diagnosis.teams import NO_TEAM, OTHER_TEAMS, shown_teams


def staff(**sizes: int) -> pd.DataFrame:
    teams = [team for team, n in sizes.items() for _ in range(n)]
    return pd.DataFrame({"person_id": [f"P{k}" for k in range(len(teams))], "team": pd.Series(teams, dtype="str")})


def shown(*teams: str | None, **sizes: int) -> list[str]:
    return shown_teams(pd.Series(teams, dtype="str"), staff(**sizes), 5).tolist()


def test_a_team_of_few_people_is_gathered_with_the_next_smaller():
    """Three people alone under "other teams" would still be three people, so the team of five joins them."""
    assert ["Web", OTHER_TEAMS, OTHER_TEAMS] == shown("Web", "Legal", "Brand", Web=9, Legal=3, Brand=5)


def test_teams_of_five_people_keep_their_names():
    """Nothing is gathered where nobody can be told."""
    assert ["Web", "Brand"] == shown("Web", "Brand", Web=5, Brand=6)


def test_teams_without_listed_people_keep_their_names():
    """An agency that is not in the list of people is of unknown size; a missing team is said to be missing."""
    assert ["Agency", NO_TEAM] == shown("Agency", None, Web=5)
    assert ["Web"] == shown("Web")


@given(st.lists(st.integers(1, 12), min_size=1, max_size=8))
def test_what_is_gathered_is_never_too_few_people(sizes):
    """No team of fewer than five is shown, and those gathered are five or more unless all people together are fewer."""
    people = staff(**{f"T{k}": n for k, n in enumerate(sizes)})
    names = shown_teams(people["team"], people, 5)
    counts = names.groupby(names).size()

    assert (counts.drop(OTHER_TEAMS, errors="ignore") >= 5).all()
    assert counts.get(OTHER_TEAMS, 5) >= min(5, len(people))
