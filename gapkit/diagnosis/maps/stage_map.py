"""Where days go: by stage, type and team; which transitions lose most; what comes back; which agreed times are not kept.

Everything here is about programs and the stages they pass, never about persons.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.baseline import flow
from gapkit.diagnosis.maps.agreed_times import breach_share, breaches_by_stage
from gapkit.diagnosis.maps.returns import count_round_trips, rework_by_stage, round_trip_share, round_trips
from gapkit.diagnosis.maps.stops import lost_by_transition, timed_visits
from gapkit.diagnosis.teams import OTHER_TEAMS, shown_teams
from gapkit.labels import label_list, label_number, label_period, label_share
from gapkit.plain import plain, plain_rows, results_to_dict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.baseline import Baseline
    from gapkit.config import Settings
    from gapkit.engagement import Engagement
    from gapkit.results import Result

TOP: Final = 3
OTHER_TYPES: Final = "other types"


@dataclass(frozen=True)
class StageMap:
    """Where days go.

    Attributes
    ----------
    period : str
        The window: from the first baseline quarter to the day the data is read at.
    programs : int
        Programs with a stage visit that began in it.
    kinds : DataFrame
        Stage days by kind (active work and rework; waiting, approval, blocked, external), from `baseline.flow.kind_time`.
    stages : DataFrame
        The same by stage, from `baseline.flow.stage_time`.
    by_type, by_team : DataFrame
        Column type or team, n (its programs), then those of `kinds`: how the days of each divide. What has too few programs
        is gathered, and left out where it is too little even together.
    transitions : DataFrame
        From `maps.stops.lost_by_transition`, the costliest first.
    rework : DataFrame
        From `maps.returns.rework_by_stage`.
    round_trips : DataFrame
        From `maps.returns.count_round_trips`.
    breaches : DataFrame
        From `maps.agreed_times.breaches_by_stage`.
    lost_days : float
        Business days lost at all transitions together.
    results : mapping of str to Result
        ``sla_breach_share`` and ``round_trip_share``.
    sentence : str
        What the map says about lost days.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    period: str
    programs: int
    kinds: pd.DataFrame
    stages: pd.DataFrame
    by_type: pd.DataFrame
    by_team: pd.DataFrame
    transitions: pd.DataFrame
    rework: pd.DataFrame
    round_trips: pd.DataFrame
    breaches: pd.DataFrame
    lost_days: float
    results: Mapping[str, Result]
    sentence: str
    caveats: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `stage_map` of `diagnose.json` holds it."""
        parts = {item.name: getattr(self, item.name) for item in fields(self)}
        tables = {name: plain_rows(part) for name, part in parts.items() if isinstance(part, pd.DataFrame)}
        return {**{name: plain(part) for name, part in parts.items() if name not in tables}, **tables,
                "results": results_to_dict(self.results)}  # fmt: skip


def map_stages(eng: Engagement, baseline: Baseline) -> StageMap:
    """Map where days go between stages.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    baseline : Baseline
        Of the same engagement; supplies the window and stage time.

    Returns
    -------
    StageMap
        Without stage history: empty tables, and results that say what is missing.
    """
    settings, seed = eng.config.settings, eng.config.seed
    period = label_period(baseline.start, eng.as_of)
    ended = baseline.judged["actual_end"].fillna(baseline.judged["cancelled_at"])
    visits = timed_visits(eng, ended, baseline.start)
    programs = int(visits.loc[visits["in_window"], "program_id"].nunique())
    days = flow.visits_in_window(eng.stage_visits, baseline.start, eng.as_of, ended)
    by_type, thin_types = _split(days, _types(eng, days), "type", OTHER_TYPES, settings, seed)
    teams = shown_teams(days["team"], eng.people, eng.config.min_group)
    by_team, thin_teams = _split(days, teams, "team", OTHER_TEAMS, settings, seed)
    transitions = lost_by_transition(visits, settings, seed=seed)
    return StageMap(
        period=period,
        programs=programs,
        kinds=baseline.kind_time,
        stages=baseline.stage_time,
        by_type=by_type,
        by_team=by_team,
        transitions=transitions,
        rework=rework_by_stage(visits, settings),
        round_trips=count_round_trips(round_trips(visits), programs, settings),
        breaches=breaches_by_stage(visits, settings),
        lost_days=float(transitions["lost_days"].sum()),
        results={
            "sla_breach_share": breach_share(visits, settings, seed=seed, period=period),
            "round_trip_share": round_trip_share(visits, baseline.judged, settings, period=period),
        },
        sentence=_sentence(transitions, programs),
        caveats=_caveats(visits, [*thin_types, *thin_teams], settings),
    )


def _types(eng: Engagement, rows: pd.DataFrame) -> pd.Series:
    """Return the type of the program of each row."""
    return rows["program_id"].map(eng.programs.set_index("program_id")["type"])


def _split(
    days: pd.DataFrame, names: pd.Series, column: str, other: str, settings: Settings, seed: int
) -> tuple[pd.DataFrame, list[str]]:
    """Return how the stage days of each group divide into kinds, and what is too little even when gathered."""
    few = days.groupby(names)["program_id"].transform("nunique") < settings.min_n_flow
    parts, left_out = [], []
    for name, part in days.groupby(names.mask(few, other), sort=True):
        if (n := part["program_id"].nunique()) < settings.min_n_flow:
            left_out.append(str(name))
            continue
        table = flow.kind_time(part, settings, seed=seed)
        table.insert(0, column, str(name))
        table.insert(1, "n", n)
        parts.append(table)
    empty = flow.kind_time(days.head(0), settings, seed=seed)
    return (pd.concat(parts, ignore_index=True) if parts else empty.assign(**{column: [], "n": []})), left_out


def top_losses(losses: pd.DataFrame) -> pd.DataFrame:
    """Return the three costliest rows of a table of `maps.waits.ranked_losses`, fewer where fewer lost a day."""
    return losses.loc[losses["rank"].between(1, TOP) & losses["lost_days"].gt(0)]


def _sentence(transitions: pd.DataFrame, programs: int) -> str:
    if not programs:
        return flow.NO_VISITS
    top, total = top_losses(transitions), float(transitions["lost_days"].sum())
    if top.empty:
        return f"No transition stands out: {label_number(total)} business days were lost in waiting."
    places = [f"{row.from_stage} → {row.to_stage}" for row in top.itertuples()]
    hold = "transition holds" if len(top) == 1 else "transitions hold"
    return (
        f"{len(top)} {hold} {label_share(top['share'].sum())} of the {label_number(total)} business days lost in waiting: "
        f"{label_list(places)}."
    )


def _caveats(visits: pd.DataFrame, left_out: list[str], settings: Settings) -> tuple[str, ...]:
    waiting = visits.loc[visits["in_window"] & visits["is_wait"]]
    if waiting.empty:
        return ()
    found = []
    without = float(waiting["sla_days"].isna().mean())
    if without:
        found.append(
            f"For {label_share(without)} of waits no time was agreed: there the longest wait the written process foresees "
            f"counts, else {settings.default_sla_bdays:g} business days."
        )
    if left_out:
        found.append(f"Not shown, because too few programs even together: {label_list(left_out)}.")
    return tuple(found)
