"""The organisation as it stands before any work is planned: its size, teams, people, types of work and habits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.sample import catalogue
from gapkit.sample.clock import Floats
from gapkit.sample.streams import Streams


class Size(NamedTuple):
    """What a scale means: ranges of people, functions, teams and types, commitments a quarter, and healthy numbers."""

    people: tuple[int, int]
    functions: tuple[int, int]
    teams: tuple[int, int]
    types: int
    commitments: float
    usual_approvals: tuple[int, int]
    healthy_approvals: int
    live_priorities: int
    load_limit: int


# An organisation of 60 people counts as an enterprise, so a mid-sized one stays below.
SIZES: Final = {
    "smb": Size((6, 15), (2, 3), (2, 3), 4, 15, (0, 1), 1, 2, 4),
    "mid": Size((20, 59), (4, 5), (5, 8), 6, 40, (0, 2), 2, 4, 5),
    "enterprise": Size((80, 400), (6, 10), (10, 30), 9, 120, (1, 3), 3, 6, 5),
}
MARKETING_SHARE: Final = 0.75
# Organisational levels whose people may answer for a program: managers and senior contributors.
OWNERS_DOWN_TO: Final = 3
FEWEST_OWNERS: Final = 3
PERSON_MARK: Final = "P"


@dataclass(frozen=True, slots=True)
class Frame:
    """The organisation before any work.

    Attributes
    ----------
    size : Size
        Its scale.
    teams, functions, types : tuple of str
        Marketing teams, functions (Marketing first), types of work.
    type_mix : array
        Share of each type.
    people : pandas.DataFrame
        The table people.
    owners : array of str
        Person ids who may answer for a program.
    team_effect, type_effect : array
        Log-odds of being on time, by team and type.
    cancel_hazard : float
        Cancellations per calendar day of an open program.
    """

    size: Size
    teams: tuple[str, ...]
    functions: tuple[str, ...]
    types: tuple[str, ...]
    type_mix: Floats
    people: pd.DataFrame
    owners: np.ndarray
    team_effect: Floats
    type_effect: Floats
    cancel_hazard: float


def make_frame(scale: str, streams: Streams) -> Frame:
    """Return the organisation of a scale."""
    size = SIZES[scale]
    rng = streams.organisation("frame")
    n_people, n_functions, n_teams = (
        int(rng.integers(low, high + 1)) for low, high in (size.people, size.functions, size.teams)
    )
    teams = tuple(_team_name(k) for k in range(n_teams))
    functions = catalogue.FUNCTIONS[:n_functions]
    chosen = np.sort(rng.choice(len(catalogue.TYPES), size.types, replace=False))
    types = tuple(catalogue.TYPES[k] for k in chosen)
    people = _people(n_people, teams, functions, size.load_limit, streams)
    may_own = (people["function"] == "Marketing") & people["level"].between(2, OWNERS_DOWN_TO)
    may_own = may_own if may_own.sum() >= FEWEST_OWNERS else people["function"] == "Marketing"
    return Frame(
        size=size,
        teams=teams,
        functions=functions,
        types=types,
        type_mix=rng.dirichlet(np.full(size.types, 3.0)),
        people=people,
        owners=people.loc[may_own, "person_id"].to_numpy(dtype=object),
        team_effect=rng.normal(0, rng.uniform(0.3, 0.6), n_teams),
        type_effect=np.array([catalogue.TYPE_EASE[name] for name in types]),
        cancel_hazard=float(rng.uniform(0.002, 0.006)),
    )


def _team_name(k: int) -> str:
    base = catalogue.TEAMS[k % len(catalogue.TEAMS)]
    region = k // len(catalogue.TEAMS)
    return base if region == 0 else f"{base} {catalogue.REGIONS[region - 1]}"


def _people(n: int, teams: tuple[str, ...], functions: tuple[str, ...], load_limit: int, streams: Streams) -> pd.DataFrame:
    """Return n people: one head, one leader in eight, one manager in five, the others contributors."""
    rng = streams.organisation("people")
    n_marketing = max(len(teams) + 1, round(n * MARKETING_SHARE))
    order = np.arange(n)
    is_marketing = order < n_marketing
    n_leaders = max(1, round(n / 8))
    # Leaders and managers are spread over marketing and the other functions.
    rank = rng.permutation(n)
    level = np.select([rank < 1, rank < n_leaders, rank < n_leaders + max(1, round(n / 5))], [0, 1, 2], default=3)
    level = np.where((level == 3) & (rng.random(n) < 0.25), 4, level)
    team = np.where(is_marketing, np.array(teams)[order % len(teams)], "")
    others = np.array(functions[1:])
    function = np.where(is_marketing, "Marketing", others[order % len(others)])
    team = np.where(is_marketing, team, function)
    role = [_role(int(lvl), str(where)) for lvl, where in zip(level, team, strict=True)]
    return pd.DataFrame({
        "person_id": [f"{PERSON_MARK}{k + 1:03d}" for k in order],
        "role": role,
        "team": team,
        "function": function,
        "level": level,
        "leadership": level <= 1,
        "capacity": np.where(level >= 2, float(load_limit), np.nan),
        "fte": np.where(rng.random(n) < 0.15, 0.6, 1.0),
    })  # fmt: skip


def _role(level: int, team: str) -> str:
    if level <= 1:
        return "leader"
    if level == 2:
        return "team lead"
    home = next((name for name in catalogue.TEAMS if team.startswith(name)), "")
    return catalogue.ROLES.get(home, "partner")
