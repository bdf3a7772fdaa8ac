"""Who owners are at planned start: persons, or a team or a committee, in the detail the indicators need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.diagnosis.indicators.at_start import COLUMN, HISTORY, PERSON, TODAY, in_force, owner_kinds, owners_at_start
from gapkit.schema import list_size, split_list

if TYPE_CHECKING:
    from gapkit.engagement import Engagement

GROUPS: Final = ("team", "committee")


def owners_in_detail(eng: Engagement, start_on: pd.Series) -> pd.DataFrame:
    """Return who answered for each program at its planned start.

    Parameters
    ----------
    eng : Engagement
        Supplies programs, history, and what is confirmed about owners.
    start_on : Series of datetime64
        Planned start, indexed by program_id.

    Returns
    -------
    DataFrame
        Indexed like `start_on`:

        - n_persons: from `indicators.at_start.owners_at_start`; a team or committee is none.
        - n_owners: distinct names, of whatever kind.
        - is_group: a team or committee answers, and no person.
        - is_today: known only as of today.
    """
    programs = eng.programs.set_index("program_id").reindex(start_on.index)
    known = owners_at_start(eng, start_on)
    told = in_force(eng.status_events, "owner", start_on)["value"]
    names = programs["owners_now"].mask(known["source"] == COLUMN, programs["owners_at_start"])
    names = names.mask((known["source"] == HISTORY) & told.notna(), told)
    kind = programs["owner_type_at_start"].where(known["source"] == COLUMN)
    n_persons = known["persons"].fillna(0).astype("int64")
    kind_of = owner_kinds(eng)
    has_group = split_list(names).map(lambda owners: any(kind_of(owner) in GROUPS for owner in owners)).astype(bool)
    return pd.DataFrame({
        "n_persons": n_persons,
        "n_owners": list_size(names).mask(names.isna() & kind.eq(PERSON), 1),
        "is_group": (kind.isin(GROUPS) | has_group) & (n_persons == 0),
        "is_today": known["source"].eq(TODAY) & names.notna(),
    })  # fmt: skip
