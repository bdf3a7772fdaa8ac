"""How far each source carries, said of the source itself: what it is good for, what not, and why.

A metric may rest on several sources; the one that is weak is named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from gapkit.config import Settings
from gapkit.intake.history.settle import ASSUMED
from gapkit.intake.history.snapshots import SEEN_LATER
from gapkit.intake.reading.records import SourceRead
from gapkit.labels import label_count, label_date, label_list, label_share


class SourceVerdict(NamedTuple):
    """What one source is good for.

    Attributes
    ----------
    file : str
        The source.
    programs : int
        Programs it gives.
    statement : str
        "Sufficiently reliable for …; not for …, because …".
    facts : tuple of str
        Shares known and range of dates, one short phrase each.
    """

    file: str
    programs: int
    statement: str
    facts: tuple[str, ...]


class _Fact(NamedTuple):
    use: str
    known: int
    of: int
    fact: str


def judge_sources(
    programs: pd.DataFrame, events: pd.DataFrame, visits: pd.DataFrame, sources: Sequence[SourceRead], settings: Settings
) -> list[SourceVerdict]:
    """State for every source of programs what it is good for.

    Parameters
    ----------
    programs, events, visits : DataFrame
        The tables programs (with `_source`), status_events and stage_visits.
    sources : sequence of SourceRead
        Their accounts.
    settings : Settings
        Share of unknown facts from which on a source does not carry a use.
    """
    verdicts = []
    for read in sources:
        if read.table != "programs":
            continue
        own = programs["_source"].astype("str").isin([*read.files, read.file])
        rows = programs.loc[own & programs["level"].ne("deliverable")]
        if len(rows):
            verdicts.append(_judge(rows, events, visits, read, settings))
    return verdicts


def _judge(
    rows: pd.DataFrame, events: pd.DataFrame, visits: pd.DataFrame, read: SourceRead, settings: Settings
) -> SourceVerdict:
    facts = list(_facts(rows))
    good = [fact.use for fact in facts if fact.of and fact.of - fact.known <= settings.max_unknown_share * fact.of]
    weak = [(fact.use, _lack(fact)) for fact in facts if fact.of and fact.use not in good]
    for use, is_told, why in _histories(rows, events, visits, read):
        if is_told:
            good.append(use)
        else:
            weak.append((use, why))
    parts = [f"Sufficiently reliable for {label_list(good)}"] if good else []
    reasons: dict[str, list[str]] = {}
    for use, why in weak:
        reasons.setdefault(why, []).append(use)
    parts += [f"not for {label_list(uses)}, because {why}" for why, uses in reasons.items()]
    said = "; ".join(parts)
    return SourceVerdict(read.file, len(rows), f"{said[:1].upper()}{said[1:]}.", tuple(_shares(rows, facts)))


def _facts(rows: pd.DataFrame) -> Iterator[_Fact]:
    """Yield what a source should know of its programs, and of how many it does."""
    begun = rows.loc[rows["status"].isin(["in_progress", "blocked", "paused", "delivered"])]
    delivered = rows.loc[rows["status"].eq("delivered")]
    assumed = rows[ASSUMED].eq(True).fillna(False).astype(bool) if ASSUMED in rows else pd.Series(False, index=rows.index)
    planned = rows[["baseline_end", "current_end"]].notna().any(axis=1)
    owned = rows[["owners_now", "owners_at_start"]].notna().any(axis=1)
    yield _Fact("what stands where", int((~assumed).sum()), len(rows), "status with a meaning")
    yield _Fact("what is due when", int(planned.sum()), len(rows), "planned end")
    yield _Fact("who answers for it", int(owned.sum()), len(rows), "owner")
    yield _Fact("when work began", int(begun["actual_start"].notna().sum()), len(begun), "date of start")
    yield _Fact("when it was delivered", int(delivered["actual_end"].notna().sum()), len(delivered), "date of delivery")


def _lack(fact: _Fact) -> str:
    if not fact.known:
        article = "an" if fact.fact[0] in "aeiou" else "a"
        return f"none of {label_count(fact.of, 'program')} has {article} {fact.fact}"
    missing = fact.of - fact.known
    return f"{label_share(missing / fact.of, fact.of)} of {label_count(fact.of, 'program')} have no {fact.fact}"


def _histories(
    rows: pd.DataFrame, events: pd.DataFrame, visits: pd.DataFrame, read: SourceRead
) -> Iterator[tuple[str, bool, str]]:
    """Yield what only a history tells, whether there is one, and why not."""
    own = events.loc[events["program_id"].isin(rows["program_id"])]
    by_log = ~own["event_id"].str.startswith(SEEN_LATER).fillna(False).astype(bool)
    no_log = "it keeps no history; the same export every week (gapkit snapshot) would give one"
    yield (
        "how its dates were moved",
        bool(own["field"].isin(["start", "end"]).any()),
        ("nothing shows its planned dates changing" if len(own) else no_log),
    )
    if own.loc[by_log, "field"].eq("stage").any():
        why = "nobody has said which of its stages are work and which are waiting"
    elif read.history == "snapshots":
        why = "exports of several dates do not show when a stage was entered"
    else:
        why = no_log
    yield "where time went between stages", bool(visits["program_id"].isin(rows["program_id"]).any()), why


def _shares(rows: pd.DataFrame, facts: Sequence[_Fact]) -> Iterator[str]:
    for fact in facts:
        if fact.of:
            yield f"{fact.fact}: {fact.known} of {fact.of}"
    days = pd.concat([rows[name] for name in ("baseline_end", "current_end", "actual_end") if name in rows]).dropna()
    if len(days):
        yield f"dates from {label_date(days.min().date())} to {label_date(days.max().date())}"
