"""From a log of stages to what it tells: statuses, stays, starts and ends, and work that came back.

The log holds the client's own names of stages in the order in which a program went through them; `statuses:` says what each
means. A program that is taken up again after delivery keeps every step: what follows is rework, not a clean second run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.calendar import local_date
from gapkit.intake.history.settle import OPEN
from gapkit.intake.mapping import ORIGIN
from gapkit.intake.reading.cells import as_text, is_among
from gapkit.intake.reading.records import ValueCount
from gapkit.intake.reading.words import OTHERS, count_words, look_up
from gapkit.labels import label_count, label_share
from gapkit.vocabulary import STATUSES

Meanings = Mapping[str, Mapping[str, str]]

BEGUN: Final = ("in_progress", "blocked", "paused")
ENDS: Final = {"delivered": "actual_end", "cancelled": "cancelled_at"}
# Stages in which nobody expects a kind: before work has begun and after it has ended.
OUTSIDE: Final = ("not_started", "delivered", "cancelled", "merged")


class Followed(NamedTuple):
    """What a log of stages tells.

    Attributes
    ----------
    programs : DataFrame
        With actual_start, actual_end and cancelled_at filled where blank.
    events : DataFrame
        status_events with a status event for every change of status that a change of stage means.
    visits : DataFrame
        stage_visits; without rows when too many stays have no kind.
    no_kind : tuple of (value, count)
        Stages nobody has given a kind, and how many stays each has.
    notes : tuple of str
        What was left out, one sentence each.
    """

    programs: pd.DataFrame
    events: pd.DataFrame
    visits: pd.DataFrame
    no_kind: tuple[ValueCount, ...]
    notes: tuple[str, ...]


def follow_stages(programs: pd.DataFrame, events: pd.DataFrame, meanings: Meanings, tz: str, most: float) -> Followed:
    """Follow each program through its stages.

    Parameters
    ----------
    programs : DataFrame
        One row per program, statuses known.
    events : DataFrame
        Typed status_events; `new` of the field ``stage`` holds stages as the client calls them.
    meanings : mapping
        Stage as the client calls it to keys status, stage, kind.
    tz : str
        The organisation's time zone.
    most : float
        Share of stays without a kind above which no stay is given: the rest would not be the whole.
    """
    if "old" not in events:  # a log in which nothing changed yet
        events = events.assign(old=pd.Series(None, index=events.index, dtype="str"))
    steps = _steps(events, meanings)
    statuses = _status_events(steps)
    visits, no_kind = _visits(steps)
    notes: tuple[str, ...] = ()
    n_lacking = sum(count for _, count in no_kind)
    if n_lacking and n_lacking > most * (n_lacking + len(visits)):
        share, of = label_share(n_lacking / (n_lacking + len(visits)), n_lacking + len(visits)), n_lacking + len(visits)
        notes = (f"No stay in a stage is counted: {share} of {label_count(of, 'stay')} are in stages without a kind.",)
        visits = visits.iloc[:0]
    return Followed(
        _with_days(programs, steps, tz), pd.concat([events, statuses], ignore_index=True), visits, no_kind, notes
    )


def _steps(events: pd.DataFrame, meanings: Meanings) -> pd.DataFrame:
    """Return the stage events in order, each with what its stage means and when the next one came."""
    steps = events.loc[events["field"].eq("stage") & events[["program_id", "at", "new"]].notna().all(axis=1)]
    tied = steps.duplicated(["program_id", "at"], keep=False)
    # Made and moved in one moment: what it was made as comes first.
    steps = steps.assign(_is_later=steps["old"].notna(), _order=_numbered(steps["event_id"].where(tied)))
    steps = steps.sort_values(["program_id", "at", "_is_later", "_order"], kind="stable", ignore_index=True)
    meant = {f"_{key}": _meant(steps["new"], meanings, key) for key in ("status", "kind", "stage")}
    is_first = ~steps.duplicated("program_id")
    before = steps["old"].where(is_first)
    return steps.drop(columns=["_is_later", "_order"]).assign(
        **meant,
        _from=_meant(before, meanings, "stage").fillna(as_text(before)),
        _was=_meant(before, meanings, "status"),
        _left=steps.groupby("program_id", sort=False)["at"].shift(-1),
    )


def _numbered(ids: pd.Series) -> pd.Series:
    """Return ids so that they sort by the numbers in them: of two changes of one moment the lower number came first."""
    return as_text(ids).str.replace(r"\d+", lambda number: number.group().zfill(20), regex=True)


def _meant(seen: pd.Series, meanings: Meanings, key: str) -> pd.Series:
    """Return what stages mean; a status may be one of ours already, as it may in the table programs."""
    words = {word: meaning[key] for word, meaning in meanings.items() if key in meaning}
    texts = as_text(seen)
    found = look_up(texts, words, STATUSES if key == "status" else ())
    if OTHERS in words:
        found = found.mask(found.isna() & texts.notna(), words[OTHERS])
    return found.mask(found.eq(OPEN))


def _status_events(steps: pd.DataFrame) -> pd.DataFrame:
    """Return an event for every change of status; stages without a meaning change nothing."""
    known = steps.loc[steps["_status"].notna()]
    before = known.groupby("program_id", sort=False)["_status"].shift().fillna(known["_was"])
    changed = known.assign(old=before).loc[(before != known["_status"]) | before.isna()]
    told = changed.assign(field="status", new=changed["_status"], event_id=changed["event_id"] + " status")
    return told[[name for name in steps.columns if not name.startswith("_") or name in ORIGIN]]


def _visits(steps: pd.DataFrame) -> tuple[pd.DataFrame, tuple[ValueCount, ...]]:
    """Return the stays in stages that have a kind, and the stages that lack one."""
    stage = steps["_stage"].fillna(as_text(steps["new"]))
    lacking = steps["_kind"].isna() & ~steps["_status"].isin(OUTSIDE)
    no_kind = count_words(steps.loc[lacking, "new"])
    is_back, is_returned = _came_back(steps, stage)
    visits = steps.assign(
        stage=stage,
        kind=steps["_kind"].mask(is_back & steps["_kind"].eq("work"), "rework"),
        entered_at=steps["at"],
        left_at=steps["_left"],
        returned=is_returned,
    )
    columns = ["program_id", "stage", "kind", "entered_at", "left_at", "returned", *ORIGIN]
    return visits.loc[steps["_kind"].notna(), columns].reset_index(drop=True), no_kind


def _came_back(steps: pd.DataFrame, stage: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return which stays are a return to work done before, and which approvals sent the work back.

    Work after delivery has come back; so has work in a stage it had been in before an approval. Where the log begins late,
    what its first change left counts as been in.
    """
    program = steps["program_id"]
    began_in = steps["_from"].groupby(program, sort=False).transform("first")
    seen_before = (steps.groupby([program, stage], sort=False).cumcount() > 0) | stage.eq(began_in)
    judged = steps["_kind"].eq("approval")
    ended = steps["_status"].eq("delivered")
    after_approval = judged.groupby(program, sort=False).cumsum().gt(0)
    after_delivery = ended.groupby(program, sort=False).cumsum().gt(0) & ~ended
    is_back = after_delivery | (after_approval & seen_before)
    next_back = (is_back & steps["_kind"].isin(["work", "rework"])).groupby(program, sort=False).shift(-1)
    returned = next_back.astype("boolean").mask(~(judged & steps["_left"].notna()))
    return is_back, returned


def _with_days(programs: pd.DataFrame, steps: pd.DataFrame, tz: str) -> pd.DataFrame:
    """Fill the days a program began, was delivered or cancelled from the stages it went through.

    Of a program that had begun when its log begins, nobody knows the day.
    """
    ids = programs["program_id"]
    known = steps.loc[steps["_status"].notna()]
    began_before = steps.loc[steps["_was"].notna() & steps["_was"].ne("not_started"), "program_id"]
    working = known.loc[known["_status"].isin(BEGUN) & ~is_among(known["program_id"], began_before)]
    begun = working.drop_duplicates("program_id").set_index("program_id")["at"]
    filled = {"actual_start": _filled(programs, "actual_start", _days(begun, ids, tz))}
    grouped = known.groupby("program_id", sort=False)["_status"]
    entered = known.loc[grouped.shift() != known["_status"]]
    last = entered.drop_duplicates("program_id", keep="last").set_index("program_id")
    for status, column in ENDS.items():
        days = _days(last.loc[last["_status"] == status, "at"], ids, tz)
        known_end = _filled(programs, column, days)
        # The log dates the arrival itself; a stamp of closing may have been set at any time.
        filled[column] = known_end.mask(days.notna() & (programs["status"] == status), days)
    return programs.assign(**filled)


def _days(moments: pd.Series, ids: pd.Series, tz: str) -> pd.Series:
    days = local_date(moments, tz).reindex(ids).to_numpy("datetime64[us]")
    return pd.Series(days, index=ids.index)


def _filled(programs: pd.DataFrame, column: str, days: pd.Series) -> pd.Series:
    if column not in programs:
        return pd.Series(np.datetime64("NaT", "us"), index=programs.index, dtype="datetime64[us]").fillna(days)
    return programs[column].fillna(days)
