"""What of the client the form asks about: its teams, its priorities, the answers agreed for the four questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from gapkit.instrument import STRATEGY_QUESTIONS

if TYPE_CHECKING:
    import datetime as dt

# Half of those invited answer, and of fewer answers than the smallest group nothing is shown.
INVITED_PER_ANSWER: Final = 2
OTHERS: Final = "Another team"
# Tables these are read from, in the order in which they are asked.
TABLES_READ: Final = ("survey_invited", "people", "priorities", "codebook")


class Choices(NamedTuple):
    """What `forms` is given of a client.

    Attributes
    ----------
    groups : tuple of str
        Teams to choose from.
    priorities : tuple of (str, str)
        Id and wording of each official priority.
    codes : mapping of str to tuple of str
        For each question on strategy the answers to choose from.
    """

    groups: tuple[str, ...]
    priorities: tuple[tuple[str, str], ...]
    codes: Mapping[str, tuple[str, ...]]

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """What cannot be asked yet, each with what would have it asked."""
        told = (
            (self.groups, "the team", "data/people.csv with a team of ten or more"),
            (self.priorities, "the order of the priorities", "data/priorities.csv with two that hold"),
            (self.codes, "the four questions as a choice", "data/codebook.csv with two answers to one of them"),
        )
        return tuple((what, wanted) for known, what, wanted in told if not known)


def read_choices(tables: Mapping[str, pd.DataFrame], min_group: int, as_of: dt.date) -> Choices:
    """Return what is known of the client.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Of `TABLES_READ` those there are.
    min_group : int
        Smallest group any output may show.
    as_of : date
        The day: priorities that do not hold then are not asked.

    Returns
    -------
    Choices
        Teams as they were invited, else as people belong to them. Those with fewer than twice the smallest group are
        offered together as another team; fewer than two to choose from are none.
    """
    return Choices(
        _groups(_sizes(tables), INVITED_PER_ANSWER * min_group),
        _priorities(tables.get("priorities"), pd.Timestamp(as_of)),
        _codes(tables.get("codebook")),
    )


def _sizes(tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Return people per team."""
    invited, people = tables.get("survey_invited"), tables.get("people")
    if invited is not None and len(invited):
        last = invited.loc[invited["wave"].eq(invited["wave"].max())]
        return last.groupby("group")["n_invited"].sum()
    return people["team"].value_counts() if people is not None else pd.Series(dtype="int64")


def _groups(sizes: pd.Series, enough: int) -> tuple[str, ...]:
    large = sorted(map(str, sizes.index[sizes >= enough]))
    offered = (*large, *([OTHERS] if len(large) < len(sizes) and OTHERS not in large else []))
    return offered if len(offered) > 1 else ()


def _priorities(priorities: pd.DataFrame | None, day: pd.Timestamp) -> tuple[tuple[str, str], ...]:
    if priorities is None:
        return ()
    begun = priorities["from"].isna() | (priorities["from"] <= day)
    holds = begun & (priorities["to"].isna() | (priorities["to"] >= day))
    rows = priorities.loc[holds].sort_values("priority_id").drop_duplicates("priority_id")
    ranked = tuple(zip(map(str, rows["priority_id"]), map(str, rows["label"]), strict=True))
    return ranked if len(ranked) > 1 else ()


def _codes(codebook: pd.DataFrame | None) -> dict[str, tuple[str, ...]]:
    if codebook is None:
        return {}
    labels = {name: codebook.loc[codebook["question"].eq(name), "label"] for name in STRATEGY_QUESTIONS}
    return {name: tuple(dict.fromkeys(map(str, texts))) for name, texts in labels.items() if len(texts) > 1}
