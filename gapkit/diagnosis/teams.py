"""Names of teams as a report may show them: a team of very few people stands for those people, so it is gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.stats.suppression import groups_to_hide

if TYPE_CHECKING:
    import pandas as pd

OTHER_TEAMS: Final = "other teams"
NO_TEAM: Final = "team not recorded"


def shown_teams(teams: pd.Series, people: pd.DataFrame, min_group: int) -> pd.Series:
    """Return the name under which each team is shown.

    Parameters
    ----------
    teams : Series of str
        Team of each row, as recorded.
    people : DataFrame
        Canonical table; it tells how many people a team has.
    min_group : int
        Smallest group of people that may be shown by itself.

    Returns
    -------
    Series of str
        The team itself; "other teams" for teams of fewer people; "team not recorded" where it is missing.

    Notes
    -----
    One small team alone, or several that are too few people together, could be told by subtraction: then the next smaller
    team joins them. A team nobody in `people` belongs to (an agency, a department that was not listed) is of unknown size
    and keeps its name.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"team": ["Web"] * 6 + ["Legal"] * 2 + ["Brand"] * 5, "person_id": range(13)})
    >>> shown_teams(pd.Series(["Web", "Legal", "Brand", "Agency", None], dtype="str"), people, 5).tolist()
    ['Web', 'other teams', 'other teams', 'Agency', 'team not recorded']
    """
    shown = teams.mask(teams.isin(_too_small(people, min_group)), OTHER_TEAMS)
    return shown.fillna(NO_TEAM)


def _too_small(people: pd.DataFrame, min_group: int) -> list[str]:
    """Return the teams that cannot be shown by themselves, and those that have to join them."""
    sizes = people.groupby("team")["person_id"].nunique()
    return sizes.index[groups_to_hide(sizes.to_numpy(), min_group)].tolist()
