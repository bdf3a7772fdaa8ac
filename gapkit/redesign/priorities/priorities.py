"""Priorities: how far people agree on them, the order to put forward, what the workshop must settle, what to stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.diagnosis.indicators.anchors import NORMS
from gapkit.plain import plain, plain_rows
from gapkit.redesign.decisions.rules import NOTE, Rule
from gapkit.redesign.priorities import wording as words
from gapkit.redesign.priorities.dispute import pairs_in_dispute
from gapkit.redesign.priorities.effort import effort_by_priority, open_programs, programs_to_stop
from gapkit.results import Result, not_assessable

if TYPE_CHECKING:
    from gapkit.config import Settings
    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided
    from gapkit.survey import Consensus, Wave

STOP: Final = "stop"
FIELDS: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "rank": Rule("whole", "place of the priority, 1 first", lowest=1),
        "keep": Rule("flag", "whether it stays a priority; programs that serve none that stays are proposed to stop"),
        "note": NOTE,
    }
)
ORDER_COLUMNS: Final = (
    "priority_id", "label", "official_rank", "n", "mean_rank", "mean_rank_first", "mean_rank_others", "borda_points",
    "borda_place", "kemeny_place", "place_low", "place_high", "proposed_rank", "proposed_keep", "rank", "keep", "standing",
    "in_flight", "waiting", "points", "share",
)  # fmt: skip


@dataclass(frozen=True)
class Priorities:
    """Where leaders and teams stand on the priorities, and the order that follows.

    Attributes
    ----------
    limit : int
        Live priorities an organisation of this scale can carry.
    agreement : Result
        ``priority_concordance``: Kendall's W over everybody who ranked, with its interval.
    p_value : float or None
        p-value of no agreement at all; None where no order may be shown.
    verdict : {"none", "some", "strong", ""}
        What W says; empty where it is not measured.
    leaders_and_teams : Result
        ``priority_tau``: Kendall's tau-b between the orders of leadership and of the others, 1 the same, −1 the reverse.
    order : DataFrame
        One row per priority that holds today, those kept first: its label and official rank; n and mean_rank (1 first) of
        everybody, of leadership (``_first``) and of the others; Borda points and place, Kemeny place, 90 % interval of its
        place (missing where not ranked or not to be shown); what is proposed (proposed_rank, proposed_keep) and what holds
        (rank, keep, standing); programs in_flight and waiting, points of size in flight and their share of all in flight.
    flips : tuple of (str, str)
        Pairs of priorities the two orders put the other way round, in Borda's order.
    disputes : DataFrame
        The workshop's agenda, from `priorities.dispute.pairs_in_dispute`.
    top_effort : Result
        ``effort_on_kept``: share of the size in flight that serves priorities kept. Everything is counted, so it has no
        interval.
    stops : DataFrame
        From `priorities.effort.programs_to_stop`, with standing.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    limit: int
    agreement: Result
    p_value: float | None
    verdict: str
    leaders_and_teams: Result
    order: pd.DataFrame = field(repr=False)
    flips: tuple[tuple[str, str], ...]
    disputes: pd.DataFrame = field(repr=False)
    top_effort: Result
    stops: pd.DataFrame = field(repr=False)
    caveats: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Agreement, effort on what is kept, and what to stop."""
        return words.sentence(self)

    @property
    def advice(self) -> str:
        """Whether the order may be put forward for approval."""
        return words.advice(self)

    @property
    def is_assessable(self) -> bool:
        """Whether there is any priority to put in order, or any program to stop."""
        return len(self.order) > 0 or len(self.stops) > 0

    def proposals(self) -> dict[str, dict[str, Any]]:
        """Return what is proposed: rank and keep of each priority, and the programs to stop.

        A program that others wait for is not proposed to stop: settle that first.
        """
        ranked = self.order.sort_values("proposed_rank").to_dict(orient="records")
        kept = {
            row["priority_id"]: {"rank": int(row["proposed_rank"]), "keep": bool(row["proposed_keep"]), "note": None}
            for row in ranked
        }
        free = self.stops.loc[~self.stops["needed_by"].astype(bool), "program_id"]
        return {**kept, **{f"{STOP} {program}": {"note": None} for program in free}}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `priorities` of `redesign.json` holds it."""
        return {
            "sentence": self.sentence,
            "advice": self.advice,
            "limit": self.limit,
            "agreement": self.agreement.to_dict(),
            "p_value": plain(self.p_value),
            "verdict": self.verdict,
            "leaders_and_teams": self.leaders_and_teams.to_dict(),
            "order": plain_rows(self.order),
            "flips": plain(self.flips),
            "disputes": plain_rows(self.disputes),
            "top_effort": self.top_effort.to_dict(),
            "stops": plain_rows(self.stops),
            "caveats": list(self.caveats),
        }


def align_priorities(eng: Engagement, diagnosis: Diagnosis, decided: Decided) -> Priorities:
    """Put the priorities that hold today in order, and say what must be settled and what to stop.

    Parameters
    ----------
    eng : Engagement
        Supplies priorities, programs, dependencies and the scale.
    diagnosis : Diagnosis
        Supplies the survey and the judged programs.
    decided : Decided
        Its section ``priorities``: rank and keep by priority id; programs to stop under ``stop <program_id>``.

    Returns
    -------
    Priorities

    Notes
    -----
    The order proposed is Borda's over everybody who ranked; Kemeny's stands beside it with the pairs that flip. Priorities
    nobody ranked follow in official order, which is the order throughout where nothing may be shown of the survey. As many
    are proposed to be kept as the scale can carry. A rank or keep written in decisions.yml counts unless the entry is
    declined: then the priority is not kept if it was to be kept, and kept if it was not.

    References
    ----------
    Kendall, M. G. & Babington Smith, B. (1939). The problem of m rankings. Ann Math Stat 10, 275-287.
    Kemeny, J. G. (1959). Mathematics without numbers. Daedalus 88, 577-591.
    """
    wave, settings = diagnosis.survey.last, eng.config.settings
    found = wave.consensus() if wave is not None else None
    results = diagnosis.survey.results
    agreement = results["priority_concordance"]
    limit = NORMS[eng.scale].live_priorities
    live = live_priorities(eng.priorities, pd.Timestamp(eng.as_of))
    programs = open_programs(eng, diagnosis)
    ordered = _decide(_ordered(live, wave, found, limit), decided)
    order = ordered.join(effort_by_priority(programs, list(ordered["priority_id"])), on="priority_id")[list(ORDER_COLUMNS)]
    keep = dict(zip(order["priority_id"], order["keep"].astype(bool), strict=True))
    names_none = programs["priority_id"].isna().all()
    stops = programs_to_stop(programs.iloc[:0] if names_none else programs, keep, eng.dependencies)
    part = Priorities(
        limit=limit,
        agreement=agreement,
        p_value=found.p_value if found else None,
        verdict=verdict(agreement, settings),
        leaders_and_teams=_tau(results["priority_gap"]),
        order=order,
        flips=_live_flips(found, keep),
        disputes=pairs_in_dispute(order, found),
        top_effort=_top_effort(programs, order),
        stops=stops.assign(standing=[decided.standing("priorities", f"{STOP} {one}") for one in stops["program_id"]]),
        caveats=(),
    )
    return replace(part, caveats=words.caveats(part, programs, found, eng))


def live_priorities(priorities: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the priorities that hold on a day: priority_id, label, official_rank; in official order.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> rows = pd.DataFrame({"priority_id": ["A", "B", "C"], "label": ["a", "b", "c"], "official_rank": [2.0, 1.0, None],
    ...                      "from": [pd.NaT, day("2026-01-01"), pd.NaT], "to": [pd.NaT, pd.NaT, day("2026-01-31")]})
    >>> live_priorities(rows, day("2026-02-01"))["priority_id"].tolist()
    ['B', 'A']
    """
    held = ~(priorities["from"] > day) & ~(priorities["to"] < day)
    rows = priorities.loc[held].sort_values(["official_rank", "priority_id"], na_position="last")
    return rows.drop_duplicates("priority_id")[["priority_id", "label", "official_rank"]].reset_index(drop=True)


def verdict(agreement: Result, settings: Settings) -> str:
    """Return what Kendall's W says: ``none``, ``some`` or ``strong``; empty where it is not measured."""
    if agreement.value is None:
        return ""
    if agreement.value < settings.no_agreement:
        return "none"
    return "strong" if agreement.value > settings.strong_agreement else "some"


def _tau(gap: Result) -> Result:
    """Return tau-b between leadership and the others: the gap is half of one less it."""
    name, how = "priority_tau", "Kendall's tau-b of mean ranks, respondent bootstrap"
    if gap.status == "not_assessable":
        return not_assessable(name, gap.caveats[0], unit="ratio", period=gap.period)
    value, low, high = (None if limit is None else 1 - 2 * limit for limit in (gap.value, gap.high, gap.low))
    return replace(gap, name=name, value=value, low=low, high=high, unit="ratio", method=how if gap.is_ok else "")


def _ordered(live: pd.DataFrame, wave: Wave | None, found: Consensus | None, limit: int) -> pd.DataFrame:
    """Return the live priorities with what people say of each, in the order proposed."""
    shown = ["mean_rank", "mean_rank_first", "mean_rank_others", "n", "place_low", "place_high"]
    rows = live
    for name in shown:
        said = dict(zip(wave.priorities["priority_id"], wave.priorities[name], strict=True)) if wave is not None else {}
        rows = rows.assign(**{name: rows["priority_id"].map(said).astype(float)})
    rows["borda_points"] = rows["priority_id"].map(dict(found.points) if found else {}).astype(float)
    # Equal points share a place, so that the official order decides between them.
    rows["borda_place"] = rows["borda_points"].rank(ascending=False, method="min").astype("Int64")
    still = [one for one in (found.kemeny if found else ()) if one in set(live["priority_id"])]
    rows["kemeny_place"] = rows["priority_id"].map({one: n for n, one in enumerate(still, start=1)}).astype("Int64")
    rows = rows.sort_values("borda_place", kind="stable", na_position="last", ignore_index=True)
    rows["proposed_rank"] = range(1, len(rows) + 1)
    has_order = rows["borda_place"].gt(1).any() or bool(rows["official_rank"].notna().any())
    return rows.assign(proposed_keep=rows["proposed_rank"].le(limit) if has_order else True)


def _decide(rows: pd.DataFrame, decided: Decided) -> pd.DataFrame:
    """Return the rows with what holds, those kept first."""
    entries = [decided.entry("priorities", one) for one in rows["priority_id"]]
    standing = [decided.standing("priorities", one) for one in rows["priority_id"]]
    wanted = [entry.get("rank", rank) for entry, rank in zip(entries, rows["proposed_rank"], strict=True)]
    keep = [_keeps(one, bool(keep), decided) for one, keep in zip(rows["priority_id"], rows["proposed_keep"], strict=True)]
    held = rows.assign(wanted=wanted, keep=keep, standing=standing)
    held = held.sort_values(["keep", "wanted", "proposed_rank"], ascending=[False, True, True], ignore_index=True)
    return held.assign(rank=range(1, len(held) + 1)).drop(columns="wanted")


def _keeps(priority: str, proposed: bool, decided: Decided) -> bool:
    """Return whether a priority stays: as decided, else as proposed; not as first proposed where that was declined."""
    if decided.standing("priorities", priority) == "declined":
        return not decided.first.get("priorities", {}).get(priority, {}).get("keep", proposed)
    return bool(decided.entry("priorities", priority).get("keep", proposed))


def _live_flips(found: Consensus | None, keep: Mapping[str, bool]) -> tuple[tuple[str, str], ...]:
    return tuple((a, b) for a, b in found.flips if a in keep and b in keep) if found else ()


def _top_effort(programs: pd.DataFrame, order: pd.DataFrame) -> Result:
    """Return the share of the effort in flight that serves priorities kept."""
    name, started = "effort_on_kept", programs.loc[programs["is_started"]]
    if order.empty:
        return not_assessable(name, words.NO_PRIORITIES)
    if programs["priority_id"].isna().all():
        return not_assessable(name, words.NO_TIES)
    if started.empty:
        return not_assessable(name, words.NOTHING_IN_FLIGHT)
    kept = order["keep"].astype(bool)
    share = float(order.loc[kept, "share"].sum())
    return Result(name, share, n=len(started), events=int(order.loc[kept, "in_flight"].sum()), grade="B",
                  method="size in flight on priorities kept / all size in flight; every program counted")  # fmt: skip
