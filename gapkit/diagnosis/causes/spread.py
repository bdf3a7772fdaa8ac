"""How a gap in one role spreads to the roles that wait for its work: the weakest link, as a what-if."""

from __future__ import annotations

from typing import Final, NamedTuple

import pandas as pd

from gapkit.labels import label_number
from gapkit.stats.weakest_link import weakest_link

COLUMNS: Final = ("role", "adequacy", "effective", "damage")


class Spread(NamedTuple):
    """Adequacy of roles along the network of what waits for what.

    Attributes
    ----------
    roles : DataFrame
        Roles of known adequacy that wait for another or are waited for, the most damaging first: role, adequacy (its own),
        effective (given what it waits for), damage (by how much the effective adequacy of all that waits for it, added up,
        would rise if its own were 1).
    cycles : tuple of tuple of str
        Roles that wait for each other in a circle; each circle counts as one role, as adequate as its weakest.
    assumed : tuple of str
        Roles whose adequacy is not known, or may not be shown; they are taken as adequate.
    """

    roles: pd.DataFrame
    cycles: tuple[tuple[str, ...], ...]
    assumed: tuple[str, ...]


def spread(adequacy: pd.Series, dependencies: pd.DataFrame) -> Spread:
    """Return how gaps in roles spread.

    Parameters
    ----------
    adequacy : Series of float
        By role, 0 to 1.
    dependencies : DataFrame
        Canonical table; its rows of level role count.

    Notes
    -----
    ``e = a (1 − ½ + ½ min e)`` over the roles waited for (`stats.weakest_link`): half of a role's work is taken to depend
    on what it gets from others. It is a what-if; the claim "the weakest link" puts the idea to the data.

    Examples
    --------
    >>> chain = pd.DataFrame({"from_id": ["a", "b"], "to_id": ["b", "c"], "level": "role"})
    >>> spread(pd.Series({"a": 0.5, "b": 1.0, "c": 1.0}), chain).roles["effective"].tolist()
    [0.5, 0.75, 0.875]
    """
    links = dependencies.loc[dependencies["level"].eq("role"), ["from_id", "to_id"]].drop_duplicates()
    nodes = pd.Index(links.to_numpy().ravel()).unique().sort_values()
    own = adequacy.reindex(nodes)
    place = {role: k for k, role in enumerate(nodes)}
    pairs = sorted((place[one], place[other]) for one, other in links.itertuples(index=False))
    if not len(nodes):
        return Spread(pd.DataFrame(columns=list(COLUMNS)), (), ())
    found = weakest_link(own.fillna(1.0).to_numpy(float), pairs)
    table = pd.DataFrame({"role": nodes, "adequacy": own.to_numpy(), "effective": found.effective, "damage": found.damage})
    table = table.dropna(subset="adequacy").sort_values(["damage", "role"], ascending=[False, True], ignore_index=True)
    cycles = tuple(tuple(str(nodes[k]) for k in circle) for circle in found.cycles)
    return Spread(table, cycles, tuple(str(role) for role in nodes[own.isna()]))


def what_if(found: Spread) -> str:
    """Return what closing the gap that weighs most on others would do; empty where no gap weighs on others.

    Examples
    --------
    >>> chain = pd.DataFrame({"from_id": ["a", "b"], "to_id": ["b", "c"], "level": "role"})
    >>> what_if(spread(pd.Series({"a": 0.5, "b": 1.0, "c": 1.0}), chain))
    'If the gap of a were closed, the roles that wait for it would gain 38 points in all (100: one role fully able).'
    """
    worst = found.roles.loc[found.roles["damage"] > 0].head(1)
    if worst.empty:
        return ""
    role, damage = worst["role"].iloc[0], float(worst["damage"].iloc[0])
    return (
        f"If the gap of {role} were closed, the roles that wait for it would gain {label_number(100 * damage)} points in "
        "all (100: one role fully able)."
    )
