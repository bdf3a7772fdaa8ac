"""What the events of a log amount to: activities with a beginning and an end, stays and waits, handoffs, and the history.

Where every event has one moment, that moment is the end of its activity, so the stay in it runs from the event before; the
first event of a case has none before it, and how long it took is not known. Where start and completion are both logged, the
stay is what lies between them, and what lies between the last completion and the next start is a wait.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gapkit.labels import label_count

START: Final = "start"
# What the XES standard lets an activity go through besides starting and being completed; every other word ends it.
ON_THE_WAY: Final = (
    "schedule", "assign", "reassign", "suspend", "resume", "withdraw", "autoskip", "manualskip", "ate_abort", "pi_abort",
)  # fmt: skip
HOUR_SECONDS: Final = 3600

Places = npt.NDArray[np.intp]


def find_activities(events: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Bring events to activities, each with its beginning and end as far as the log has them.

    Parameters
    ----------
    events : pandas.DataFrame
        From `trace_events.read_events`.

    Returns
    -------
    pandas.DataFrame
        In order of case and `opened`: the columns of the events (of the completion, where there are two) and
        `begun`, `ended` as logged, `opened` (beginning, else end), `left` (end; where only the beginning is logged, that of
        the next activity of the case), `before` (latest end among the activities before it in its case), `place` (row of
        the events).
    tuple of str
        What was left out or taken to be, one sentence each.
    """
    is_kept = ~events["transition"].isin(ON_THE_WAY)
    steps = events.assign(place=np.arange(len(events)), ended=events["at"]).loc[is_kept]
    notes = []
    if (~is_kept).any():
        words = ", ".join(sorted(events.loc[~is_kept, "transition"].unique()))
        n_cases = events["case"].nunique() - steps["case"].nunique()
        lost = f", and {label_count(n_cases, 'case')} with no other" if n_cases else ""
        notes.append(f"{label_count(int((~is_kept).sum()), 'event')} of the transitions {words} left out{lost}.")
    if steps["transition"].eq(START).any():
        steps = _paired(steps)
    is_crossed = steps["ended"] < steps["begun"]
    if is_crossed.any():
        n = label_count(int(is_crossed.sum()), "activity ends", "activities end")
        notes.append(f"{n} before the beginning; when it began counts as unknown.")
    steps = steps.assign(begun=steps["begun"].mask(is_crossed))
    steps = steps.assign(opened=steps["begun"].fillna(steps["ended"]))
    steps = steps.sort_values(["case", "opened"], kind="stable", ignore_index=True)
    cases = steps.groupby("case", sort=False)
    left = steps["ended"].fillna(cases["opened"].shift(-1))
    n_cut = int((steps["ended"].isna() & left.notna()).sum())
    if n_cut:
        notes.append(f"{label_count(n_cut, 'start')} without completion; taken to last until the next event of the case.")
    steps = steps.assign(left=left)
    latest = steps.groupby("case", sort=False)["left"].cummax()
    return steps.assign(before=latest.groupby(steps["case"], sort=False).shift()), tuple(notes)


def _paired(steps: pd.DataFrame) -> pd.DataFrame:
    """Return activities from starts and completions: the first start of an activity goes with its first completion."""
    is_start = steps["transition"].eq(START).to_numpy()
    waiting: defaultdict[tuple[str, str], deque[int]] = defaultdict(deque)
    start_of: Places = np.full(len(steps), -1)
    keys = zip(steps["case"], steps["activity"], strict=True)
    for place, (key, starts) in enumerate(zip(keys, is_start, strict=True)):
        if starts:
            waiting[key].append(place)
        elif waiting[key]:
            start_of[place] = waiting[key].popleft()
    is_paired = start_of >= 0
    begun = steps["at"].take(np.where(is_paired, start_of, 0)).set_axis(steps.index).where(is_paired, steps["begun"])
    begun = begun.where(~is_start, steps["at"])
    ended = steps["ended"].where(~is_start)
    used = np.zeros(len(steps), dtype=bool)
    used[start_of[is_paired]] = True
    return steps.assign(begun=begun, ended=ended).loc[~used]


def find_visits(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the stays in stages that activities tell of, and the waits between them.

    Parameters
    ----------
    activities : pandas.DataFrame
        From `find_activities`.

    Returns
    -------
    pandas.DataFrame
        The columns of the activities with entered_at, left_at, work_hours (where both moments are logged) and kind
        (``wait``, else missing). An activity with one moment has no stay when it opens its case, or when it falls within
        another one.

    Notes
    -----
    While another activity is under way nothing waits.
    """
    before, begun = activities["before"], activities["begun"]
    entered = begun.fillna(before.where(before <= activities["left"]))
    is_timed = begun.notna() & activities["ended"].notna()
    hours = ((activities["ended"] - begun).dt.total_seconds() / HOUR_SECONDS).where(is_timed)
    blank = pd.Series(None, index=activities.index, dtype="str")
    stays = activities.assign(entered_at=entered, left_at=activities["left"], work_hours=hours, kind=blank)
    waits = activities.assign(entered_at=before, left_at=begun, work_hours=np.nan, kind="wait", team=blank, place=-1)
    return pd.concat([stays.loc[entered.notna()], waits.loc[before < begun]], ignore_index=True)


def find_handoffs(activities: pd.DataFrame) -> pd.DataFrame:
    """Return where one group's activity is followed by another's, within a case.

    Parameters
    ----------
    activities : pandas.DataFrame
        From `find_activities`; `unit` is compared, `team` is what is written down.

    Returns
    -------
    pandas.DataFrame
        The columns of the receiving activity with from_team, to_team, requested_at (end of the one before, or the moment
        the other began where that is earlier), accepted_at, completed_at.
    """
    cases = activities.groupby("case", sort=False)
    giver, given = cases["unit"].shift(), cases["left"].shift()
    opened = activities["opened"]
    moves = activities.assign(
        from_team=cases["team"].shift(), to_team=activities["team"], requested_at=given.where(given <= opened, opened),
        accepted_at=activities["begun"], completed_at=activities["ended"],
    )  # fmt: skip
    is_move = giver.notna() & activities["unit"].notna() & (giver != activities["unit"])
    return moves.loc[is_move].reset_index(drop=True)


def find_changes(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the history of stages: one row per activity, at its beginning where that is logged, else at its end.

    Parameters
    ----------
    activities : pandas.DataFrame
        From `find_activities`.

    Returns
    -------
    pandas.DataFrame
        The columns of the activities with event_id (case and running number), at, field, old (missing for the first), new.
    """
    cases = activities.groupby("case", sort=False)
    number = (cases.cumcount() + 1).astype("str")
    return activities.assign(
        event_id=activities["case"].str.cat(number, sep="#"), at=activities["opened"], field="stage",
        old=cases["activity"].shift(), new=activities["activity"],
    )  # fmt: skip
