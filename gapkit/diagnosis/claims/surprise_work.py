"""C5: surprise work displaces the plan: committed work is interrupted more often once something unplanned has begun.

Every team is compared with itself: the days since an unplanned start against the days before one. Nothing about the team
can explain the difference; a season or a shared deadline can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.load import in_progress_spans
from gapkit.baseline.plans import local_day
from gapkit.diagnosis.claims.claim import About, Figure, Trial
from gapkit.intake.reading.cells import is_among
from gapkit.labels import label_count, label_number
from gapkit.results import Result
from gapkit.stats.counts import poisson_rate, rate_ratio
from gapkit.stats.intervals import Interval

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.diagnosis.claims.case import Case

ABOUT: Final = About(
    "C5",
    "Surprise work displaces the plan",
    "committed programs are interrupted more often after an unplanned start of their team than before it",
    "ratio of interruptions per program-day, exact conditional interval and test",
    1,
    no_effect=1.0,
    unit="ratio",
)
STOPPED: Final = ("paused", "blocked")
DAYS_PER_WEEK: Final = 7.0


def trial(case: Case) -> Trial:
    """Return the trial of C5."""
    days, least = case.settings.surprise_days, case.settings.min_n_compared
    exposure = f"the {days} days from an unplanned start of the same team on, and the {days} days before one"
    events, judged = case.eng.status_events, case.judged
    if not (events["field"] == "status").any():
        return case.missing(ABOUT, "A history of statuses (status_events) would switch this on.", exposure)
    surprises = int(((judged["group"] == "unplanned") & judged["actual_start"].notna()).sum())
    counted = count_interruptions(events, judged, case.eng.as_of, days)
    total, (after, before) = int(counted["interruptions"].sum()), counted.astype(int).to_numpy().tolist()
    if min(surprises, total) < least or not counted["program_days"].all():
        why = (f"{label_count(surprises, 'unplanned start')} and {label_count(total, 'interruption')} around them; "
               f"{least} are needed of each.")  # fmt: skip
        return case.thin(ABOUT, why, exposure, total)
    ratio = rate_ratio(*after, *before)
    effect = case.effect(ABOUT, "interruption_ratio", Interval(ratio.value, ratio.low, ratio.high), total)
    groups = (_group("after an unplanned start", *after), _group("before one", *before))
    facts = (
        f"Committed programs were paused or blocked {label_count(after[0], 'time')} on {label_number(after[1])} "
        f"program-days within {days} days after an unplanned start of their team, and {label_count(before[0], 'time')} on "
        f"{label_number(before[1])} within {days} days before one"
    )
    return Trial(ABOUT, "", exposure, groups, effect, ratio.p_value, facts)


def count_interruptions(events: pd.DataFrame, judged: pd.DataFrame, as_of: dt.date, days: int) -> pd.DataFrame:
    """Count interruptions of committed work, and the program-days they could fall on, after and before unplanned starts.

    Parameters
    ----------
    events : DataFrame
        Canonical status_events.
    judged : DataFrame
        From `baseline.outcomes.judge_programs`.
    as_of : date
        Last day counted; the first is that of the first status event.
    days : int
        Length of the windows.

    Returns
    -------
    DataFrame
        Rows ``after`` and ``before``; columns interruptions, program_days.

    Notes
    -----
    Overlapping windows of a team are merged. A day that lies both after one unplanned start and before another counts as
    after. The day of the start is the first day after.
    """
    status = events.loc[events["field"] == "status"]
    first = pd.Timestamp(local_day(status["at"]).min())
    length = (pd.Timestamp(as_of) - first).days + 1
    work = judged.loc[judged["group"].isin(["committed", "added"])]
    teams = pd.Index(sorted(judged["team"].dropna().unique()))
    windows = _windows(judged, teams, first, length, days)
    rows = {}
    spans = in_progress_spans(work, as_of).join(work["team"]).dropna(subset="team")
    opened, closed = (((spans[column] - first).dt.days.clip(0, length)).to_numpy() for column in ("start_on", "end_on"))
    home = teams.get_indexer(pd.Index(spans["team"]))
    is_stop = status["new"].isin(STOPPED) & ~status["old"].isin(STOPPED)
    stops = status.loc[is_stop & is_among(status["program_id"], work.index.to_series())]
    stops = stops.assign(team=stops["program_id"].map(work["team"]), day=(local_day(stops["at"]) - first).dt.days)
    stops = stops.dropna(subset="team")
    for name, window in windows.items():
        upto = np.column_stack([np.zeros(len(teams), dtype=np.int64), window.cumsum(axis=1)])
        hit = window[teams.get_indexer(pd.Index(stops["team"])), stops["day"].to_numpy(int)]
        rows[name] = {"interruptions": int(hit.sum()), "program_days": int((upto[home, closed] - upto[home, opened]).sum())}
    return pd.DataFrame.from_dict(rows, orient="index")


def _windows(judged: pd.DataFrame, teams: pd.Index, first: pd.Timestamp, length: int, days: int) -> dict[str, np.ndarray]:
    """Return, for each team and day, whether it lies after an unplanned start, and whether only before one."""
    starts = judged.loc[(judged["group"] == "unplanned") & judged["actual_start"].notna() & judged["team"].notna()]
    team, day = teams.get_indexer(pd.Index(starts["team"])), (starts["actual_start"] - first).dt.days.to_numpy(int)
    marks = {"after": np.zeros((len(teams), length), dtype=bool), "before": np.zeros((len(teams), length), dtype=bool)}
    for name, offsets in (("after", range(days)), ("before", range(-days, 0))):
        for offset in offsets:
            inside = (day + offset >= 0) & (day + offset < length)
            marks[name][team[inside], day[inside] + offset] = True
    marks["before"] &= ~marks["after"]
    return marks


def _group(label: str, events: int, program_days: int) -> Figure:
    rate = poisson_rate(events, program_days / DAYS_PER_WEEK)
    result = Result("interruptions_per_program_week", *rate, n=program_days, events=events, unit="per_week",
                    method="interruptions per week of one program, exact Poisson interval", grade="B")  # fmt: skip
    return Figure(label, result)
