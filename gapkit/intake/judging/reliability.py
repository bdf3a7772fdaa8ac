"""How far the data carries each figure, said before any figure is computed.

A statement has one of four levels. *Sufficient*: the figure may be used as it is. *Limited*: good enough overall, not for
comparing parts. *Not reliable*: computed, but not to be leaned on. *Not measured*: nothing records what it needs; that is
not a zero, and one thing would switch it on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import pandas as pd

from gapkit.config import Settings
from gapkit.intake.judging.evidence import Evidence, assumed_share
from gapkit.intake.reading.cells import is_among
from gapkit.labels import label_count, label_share
from gapkit.vocabulary import name_of

LEVELS: Final = ("sufficient", "limited", "not reliable", "not measured")


class Verdict(NamedTuple):
    """One row of the table."""

    level: str
    statement: str
    because: str
    switch_on: str = ""


def judge_reliability(evidence: Evidence) -> pd.DataFrame:
    """State for every metric how far the data carries it.

    Parameters
    ----------
    evidence : Evidence
        The tables and what is known of their sources.

    Returns
    -------
    DataFrame
        One row per metric: `name` (as in results), `metric` (plain name), `level` (one of `LEVELS`), `statement`,
        `because`, `switch_on` (the one thing that would switch it on or make it better; empty when sufficient).
    """
    rows = []
    for name, judge in JUDGES.items():
        rows.append({"name": name, "metric": name_of(name), **judge(evidence)._asdict()})
    columns = ["name", "metric", "level", "statement", "because", "switch_on"]
    return pd.DataFrame(rows, columns=columns)


def _graded(settings: Settings, share: float, use: str, finer: str, because: str, switch_on: str) -> Verdict:
    """Return the verdict for a share of units on which the needed fact is unknown."""
    if share <= settings.max_unknown_share:
        return Verdict("sufficient", f"Sufficiently reliable for {use}.", because)
    if share <= settings.large_unknown_share:
        return Verdict("limited", f"Sufficiently reliable for {use}; not for {finer}.", because, switch_on)
    return Verdict("not reliable", f"Not reliable for {use}.", because, switch_on)


def _unmeasured(use: str, because: str, switch_on: str) -> Verdict:
    return Verdict("not measured", f"Not reliable for {use}.", because, switch_on)


NO_DELIVERY: Final = (
    "no source records actual ends, and no status means delivered: deliveries are not measured, which is not zero"
)
ADD_MEANINGS: Final = (
    "A meaning for every status of the tracker: gapkit check --write-mapping lists them under statuses: in engagement.yml."
)
ADD_DELIVERY: Final = "The day each program was delivered (actual_end), or a status that means delivered."


def _undelivered(evidence: Evidence, use: str) -> Verdict:
    """Return why nothing that needs deliveries can be measured."""
    share, settings = assumed_share(evidence.programs), evidence.settings
    if share <= settings.max_unknown_share:
        return _unmeasured(use, NO_DELIVERY, ADD_DELIVERY)
    units = label_count(len(evidence.programs), "program")
    part = label_share(share, len(evidence.programs))
    because = f"{part} of {units} have a status without a meaning, or one their dates contradict"
    return _unmeasured(use, because, ADD_MEANINGS)


def _because(share: float, n: int, fact: str, noun: str) -> str:
    """Say how many units lack a fact."""
    if n == 0:
        return f"there is no {noun} yet"
    units = label_count(n, noun)
    return f"{label_share(share, n)} of {units} have no {fact}" if share else f"all {units} have a {fact}"


def _share(mask: pd.Series) -> float:
    return float(mask.mean()) if len(mask) else 0.0


def _planned(evidence: Evidence) -> pd.DataFrame:
    programs = evidence.programs
    return programs.loc[~programs["origin"].eq("unplanned").fillna(False)]


def _no_plan_date(evidence: Evidence) -> float:
    return _share(_planned(evidence)[["baseline_end", "current_end"]].isna().all(axis=1))


def _delivered(evidence: Evidence) -> pd.DataFrame:
    return evidence.programs.loc[evidence.programs["status"].eq("delivered")]


def _has_plan_history(evidence: Evidence) -> bool:
    events = evidence.status_events
    return bool(events["field"].eq("end").any() or evidence.programs["baseline_end"].notna().any())


def _execution(evidence: Evidence, use: str, finer: str) -> Verdict:
    """Judge whatever needs a planned end and the day of delivery."""
    if not evidence.records_delivery:
        return _undelivered(evidence, use)
    if _no_plan_date(evidence) == 1:
        return _unmeasured(use, "no program has a planned end", "A planned end per program (baseline_end or current_end).")
    delivered = _delivered(evidence)
    no_day, no_plan = _share(delivered["actual_end"].isna()), _no_plan_date(evidence)
    if no_day >= no_plan:
        because = _because(no_day, len(delivered), "date of delivery", "delivered program")
        return _graded(evidence.settings, no_day, use, finer, because, "The day of delivery of the programs that lack it.")
    because = _because(no_plan, len(_planned(evidence)), "planned end", "planned program")
    return _graded(evidence.settings, no_plan, use, finer, because, "A planned end for the programs that lack one.")


def _judge_execution_rate(evidence: Evidence) -> Verdict:
    return _execution(evidence, "the share of the plan delivered by quarter end", "comparing teams or types")


def _judge_on_time(evidence: Evidence) -> Verdict:
    return _execution(evidence, "the share delivered by the promised date", "comparing teams or types")


def _judge_otif(evidence: Evidence) -> Verdict:
    use = "the share delivered on time and to specification"
    if not evidence.records_delivery:
        return _undelivered(evidence, use)
    delivered = _delivered(evidence)
    counted = delivered["spec_planned"].notna() & delivered["spec_accepted"].notna()
    unknown = _share(~(counted | delivered["to_spec"].isin(["yes", "no"])))
    add = "What was accepted against what was planned (spec_planned and spec_accepted, or to_spec)."
    if unknown == 1:
        return _unmeasured(use, "nothing records whether deliveries met their specification", add)
    because = _because(unknown, len(delivered), "record of their specification", "delivered program")
    return _graded(evidence.settings, unknown, use, "single teams or types", because, add)


def _judge_gap_map(evidence: Evidence) -> Verdict:
    if not evidence.records_delivery:
        why = _undelivered(evidence, "")
        open_only = "Sufficiently reliable for which programs are open, overdue or undated; not for what was delivered."
        return Verdict("limited", open_only, why.because, why.switch_on)
    share = _no_plan_date(evidence)
    because = _because(share, len(_planned(evidence)), "planned end", "planned program")
    add = "A planned end for the programs that lack one."
    return _graded(evidence.settings, share, "where planned work ended up", "single teams or types", because, add)


def _judge_velocity(evidence: Evidence) -> Verdict:
    use = "deliveries per week"
    if not evidence.records_delivery:
        return _undelivered(evidence, use)
    delivered = _delivered(evidence)
    share = _share(delivered["actual_end"].isna())
    because = _because(share, len(delivered), "date of delivery", "delivered program")
    return _graded(
        evidence.settings,
        share,
        use,
        "week-by-week comparison",
        because,
        "The day of delivery of the programs that lack it.",
    )


def _judge_time_to_market(evidence: Evidence) -> Verdict:
    use = "the time from commitment to market"
    if not evidence.records_delivery:
        return _undelivered(evidence, use)
    planned = _planned(evidence)
    begin = planned["committed_at"].fillna(planned["brief_approved_at"])
    share = _share(begin.isna())
    add = "The day each program was committed to (committed_at)."
    if share == 1:
        return _unmeasured(use, "no source records when programs were committed to", add)
    if evidence.assumed_commitment:
        because = "commitment is taken from the first export that lists a planned end, which may come long after it"
        return Verdict("not reliable", f"Not reliable for {use}.", because, add)
    return _graded(
        evidence.settings,
        share,
        use,
        "comparing teams or types",
        _because(share, len(planned), "commitment date", "planned program"),
        add,
    )


def _judge_slip(evidence: Evidence) -> Verdict:
    use = "how late work is delivered against its first promise"
    if evidence.records_delivery and not _has_plan_history(evidence):
        because = "only today's planned dates are known, which may have been moved after the promise"
        add = "A history of planned ends: a change log, repeated exports, or baseline_end."
        return Verdict("not reliable", f"Not reliable for {use}.", because, add)
    return _execution(evidence, use, "comparing teams or types")


def _judge_replanning(evidence: Evidence) -> Verdict:
    use = "how often and how far planned ends were moved"
    events, programs = evidence.status_events, evidence.programs
    two_dates = programs["baseline_end"].notna() & programs["current_end"].notna()
    if not events["field"].eq("end").any() and not (programs["baseline_end"] != programs["current_end"])[two_dates].any():
        return _unmeasured(
            use, "no source shows planned ends changing", "A change log, or the same export at several dates."
        )
    share = _no_plan_date(evidence)
    because = _because(share, len(_planned(evidence)), "planned end", "planned program")
    return _graded(
        evidence.settings, share, use, "comparing teams or types", because, "A planned end for the programs that lack one."
    )


def _judge_flattery(evidence: Evidence) -> Verdict:
    use = "what moving dates adds to the apparent rate"
    if not evidence.records_delivery:
        return _undelivered(evidence, use)
    if not _has_plan_history(evidence):
        add = "A history of planned ends: a change log, repeated exports, or baseline_end."
        return _unmeasured(use, "only today's planned dates are known", add)
    return _execution(evidence, use, "comparing teams or types")


def _judge_flow(evidence: Evidence) -> Verdict:
    use = "the share of time in which work is worked on"
    add = "Stage history: each stage a program went through, with entering and leaving (stage_visits)."
    if evidence.stage_visits.empty and evidence.no_kind:
        because = f"{label_count(evidence.no_kind, 'stay')} in stages nobody has given a kind (work, wait, approval …)"
        return _unmeasured(use, because, ADD_MEANINGS.replace("A meaning", "A kind"))
    if evidence.stage_visits.empty:
        return _unmeasured(use, "no source records when programs entered and left their stages", add)
    begun = evidence.programs.loc[evidence.programs["actual_start"].notna(), "program_id"]
    share = 1 - float(is_among(begun, evidence.stage_visits["program_id"]).mean()) if len(begun) else 0.0
    because = _because(share, len(begun), "recorded stage", "started program")
    return _graded(evidence.settings, share, use, "comparing teams or types", because, add)


def _judge_wip(evidence: Evidence) -> Verdict:
    use = "how much work is open at a time"
    begun = evidence.programs.loc[evidence.programs["status"].isin(["in_progress", "blocked", "paused", "delivered"])]
    share = _share(begun["actual_start"].isna())
    add = "The day work on each program began (actual_start)."
    if not evidence.programs["actual_start"].notna().any():
        return _unmeasured(use, "no source records when programs started", add)
    return _graded(
        evidence.settings,
        share,
        use,
        "comparing teams",
        _because(share, len(begun), "date of start", "started program"),
        add,
    )


JUDGES: Final[Mapping[str, Callable[[Evidence], Verdict]]] = {
    "execution_rate": _judge_execution_rate,
    "on_time_rate": _judge_on_time,
    "otif_rate": _judge_otif,
    "gap_map": _judge_gap_map,
    "velocity_per_week": _judge_velocity,
    "time_to_market_median_days": _judge_time_to_market,
    "slip_median_days": _judge_slip,
    "replanned_later_share": _judge_replanning,
    "redating_flattery": _judge_flattery,
    "flow_efficiency": _judge_flow,
    "wip": _judge_wip,
}
