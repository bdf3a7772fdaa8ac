"""The places that the redesign changes, with the waits begun there on both sides of the comparison."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.calendar import business_days
from gapkit.labels import label_list
from gapkit.measurement.agreed import AgreedPlace, agreed_places
from gapkit.redesign.slas.places import handoff_waits, stage_waits

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison, Side

PROPOSED_ONLY: Final = "The places are proposed in decisions.yml, not agreed."


@dataclass(frozen=True, eq=False)
class PlacedWaits:
    """Waits at the redesigned places on both sides.

    Attributes
    ----------
    places : tuple of AgreedPlace
        Those of `decisions.yml`.
    before, after : DataFrame
        Columns of `slas.places.WAITS`: waits begun in each window at one of these places.
    """

    places: tuple[AgreedPlace, ...]
    before: pd.DataFrame
    after: pd.DataFrame

    @property
    def caveats(self) -> tuple[str, ...]:
        """Which of the places are proposed only."""
        proposed = [place.place for place in self.places if not place.is_agreed]
        if not proposed:
            return ()
        if len(proposed) == len(self.places):
            return (PROPOSED_ONLY,)
        return (f"Proposed in decisions.yml, not agreed: {label_list(proposed)}.",)


def placed_waits(comparison: Comparison) -> PlacedWaits:
    """Return the waits of both sides at the places the redesign changes."""
    places = agreed_places(comparison.after.eng)
    names = [place.place for place in places]
    return PlacedWaits(places, *(waits_begun(side, names) for side in (comparison.before, comparison.after)))


def waits_begun(side: Side, places: list[str]) -> pd.DataFrame:
    """Return the waits begun in a window at some places, followed up to the day of reading.

    Notes
    -----
    A wait that began on a day off at the very end of the window is left out.
    """
    ended = side.judged["actual_end"].fillna(side.judged["cancelled_at"])
    handoffs = handoff_waits(side.eng, side.start)
    waits = pd.concat([stage_waits(side.eng, ended, side.start), handoffs.loc[handoffs["is_named"]]], ignore_index=True)
    config = side.eng.config
    beyond = business_days(side.end + dt.timedelta(days=1), side.eng.as_of, config.weekmask, config.holidays).item()
    kept = waits["place"].isin(places) & waits["follow_up_bdays"].gt(beyond)
    return waits.loc[kept].sort_values(["place", "program_id", "wait_bdays"], ignore_index=True)
