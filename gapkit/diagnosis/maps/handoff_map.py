"""Who waits for whom: a directed map of hand-offs from team to team, and where most days are lost between two teams."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.baseline.quantiles import quantile_days, thin_time
from gapkit.diagnosis.maps.stage_map import top_losses
from gapkit.diagnosis.maps.waits import measure_waits, ranked_losses
from gapkit.diagnosis.teams import OTHER_TEAMS, shown_teams
from gapkit.labels import label_count, label_list, label_number, label_period, label_share
from gapkit.plain import plain_rows
from gapkit.stats.kaplan_meier import kaplan_meier

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.config import Settings
    from gapkit.engagement import Engagement

PAIR: Final = ["from_team", "to_team"]
SAME_DAY: Final = 0.5  # a hand-off asked for and done on one day still took time
NO_HANDOFFS: Final = "No hand-offs in the window. The table handoffs would switch this on."


@dataclass(frozen=True)
class HandoffMap:
    """The hand-offs of the window, team to team.

    Attributes
    ----------
    period : str
        The window: from the first baseline quarter to the day the data is read at.
    handoffs, programs : int
        Hand-offs requested in the window, and programs they belong to.
    edges : DataFrame
        From `measure_edges`, the costliest first.
    lost_days : float
        Business days lost on all edges together.
    sentence : str
        What the map says.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    period: str
    handoffs: int
    programs: int
    edges: pd.DataFrame
    lost_days: float
    sentence: str
    caveats: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `handoff_map` of `diagnose.json` holds it."""
        return {
            "period": self.period,
            "handoffs": self.handoffs,
            "programs": self.programs,
            "lost_days": self.lost_days,
            "edges": plain_rows(self.edges),
            "sentence": self.sentence,
            "caveats": list(self.caveats),
        }


def map_handoffs(eng: Engagement, baseline: Baseline) -> HandoffMap:
    """Map the hand-offs of the window.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    baseline : Baseline
        Of the same engagement; supplies the window.

    Returns
    -------
    HandoffMap
        Without hand-offs: no edges, and a sentence that says what is missing.
    """
    settings = eng.config.settings
    requested = local_day(eng.handoffs["requested_at"])
    rows = eng.handoffs.loc[requested.between(pd.Timestamp(baseline.start), pd.Timestamp(eng.as_of))]
    names = {column: shown_teams(rows[column], eng.people, eng.config.min_group) for column in PAIR}
    allowed = rows["sla_days"].fillna(settings.default_sla_bdays)
    waits = measure_waits(rows["requested_at"], rows["completed_at"], allowed, eng.config, eng.as_of)
    edges = measure_edges(rows.assign(**names, **waits), settings, seed=eng.config.seed)
    return HandoffMap(
        period=label_period(baseline.start, eng.as_of),
        handoffs=len(rows),
        programs=int(rows["program_id"].nunique()),
        edges=edges,
        lost_days=float(edges["lost_days"].sum()),
        sentence=_sentence(edges, len(rows)),
        caveats=_caveats(rows, settings),
    )


def measure_edges(waits: pd.DataFrame, settings: Settings, *, seed: int) -> pd.DataFrame:
    """Return the hand-offs of each pair of teams.

    Parameters
    ----------
    waits : DataFrame
        One row per hand-off: program_id, from_team, to_team, returned, and the columns of `maps.waits.measure_waits`.
    settings : Settings
        Minimum n and bootstrap size.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        from_team, to_team and the columns of `maps.waits.ranked_losses`, then

        - n_open: hand-offs not done yet;
        - median_wait_bdays, median_low, median_high: business days from the request until the other team was done
          (Kaplan-Meier, open ones censored); missing below the minimum n or where not reached;
        - returned, return_share: sent back as incomplete, of those of which it is known; the share is missing below the
          minimum n.

        Pairs with fewer than five hand-offs are gathered in a last row, "other teams" to "other teams".
    """
    few = waits.groupby(PAIR)["program_id"].transform("size") < settings.min_n_counts
    gathered = waits.assign(**{column: waits[column].mask(few, OTHER_TEAMS) for column in PAIR})
    # What is gathered may meet hand-offs between the smaller teams that are gathered already: one row, not ranked.
    others = gathered["from_team"].eq(OTHER_TEAMS) & gathered["to_team"].eq(OTHER_TEAMS)
    table = ranked_losses(gathered, PAIR, ~others, settings, seed=seed)
    groups = gathered.groupby(PAIR)
    details = [_details(groups.get_group(pair), settings) for pair in table[PAIR].itertuples(index=False, name=None)]
    columns = ["n_open", "median_wait_bdays", "median_low", "median_high", "returned", "return_share"]
    return pd.concat([table, pd.DataFrame(details, columns=columns)], axis=1)


def _details(waits: pd.DataFrame, settings: Settings) -> tuple[int, float, float, float, int, float]:
    known = waits["returned"].dropna().astype(bool)
    enough = len(known) >= settings.min_n_rate
    share = float(known.mean()) if enough else np.nan
    return (int(waits["is_open"].sum()), *_median(waits, settings), int(known.sum()), share)


def _median(waits: pd.DataFrame, settings: Settings) -> tuple[float, float, float]:
    """Return the median wait with its limits; what does not exist is missing."""
    n, done, least = len(waits), int((~waits["is_open"]).sum()), (settings.min_n_median, settings.min_deliveries_median)
    if thin_time("wait", n, done, least, "") is not None:
        return np.nan, np.nan, np.nan
    curve = kaplan_meier(np.maximum(waits["wait_bdays"], SAME_DAY), ~waits["is_open"], start_at_risk=settings.min_at_risk)
    found = quantile_days("wait", curve, 0.5, settings, period="", method="")
    value, low, high = (np.nan if limit is None else limit for limit in (found.value, found.low, found.high))
    return value, low, high


def _sentence(edges: pd.DataFrame, handoffs: int) -> str:
    if not handoffs:
        return NO_HANDOFFS
    top, total = top_losses(edges), float(edges["lost_days"].sum())
    days, counted = label_number(total), label_count(handoffs, "hand-off")
    if not edges["rank"].gt(0).any():
        why = "teams are too small, or hand-offs too few, to say between which"
        return f"{days} business days were lost in {counted}; {why}."
    lost = f"the {days} business days lost in {counted}"
    if top.empty:
        return f"No two teams stand out in {lost}."
    places = [f"{row.from_team} → {row.to_team}" for row in top.itertuples()]
    hold = "pair of teams holds" if len(top) == 1 else "pairs of teams hold"
    return f"{len(top)} {hold} {label_share(top['share'].sum())} of {lost}: {label_list(places)}."


def _caveats(rows: pd.DataFrame, settings: Settings) -> tuple[str, ...]:
    if rows.empty:
        return ()
    found = []
    without = float(rows["sla_days"].isna().mean())
    if without:
        usual = f"{settings.default_sla_bdays:g} business days"
        found.append(f"For {label_share(without)} of hand-offs no time was agreed: there {usual} count as usual.")
    unknown = int(rows["returned"].isna().sum())
    if unknown:
        found.append(f"Of {label_count(unknown, 'hand-off')} it is not known whether they came back.")
    return tuple(found)
