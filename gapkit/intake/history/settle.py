"""What a tracker leaves open: statuses nobody has mapped, days of delivery and cancellation, dates that cannot be.

A tracker says "closed on that day" and, in a word of the client's own, how it ended. What the word means decides whether
the day is a delivery or a cancellation. Nothing here is guessed from names: a word without a meaning leaves the program
where its dates put it, and it is counted. What no date tells of one copy of a program another copy may tell, so the last
gaps are filled when all copies are one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import pandas as pd

from gapkit.calendar import local_date
from gapkit.intake.reading.cells import Mask
from gapkit.intake.reading.words import BLANK, OTHERS, look_up
from gapkit.labels import label_count, label_list

NO_TEAM: Final = "not stated"
# Whether a status was read off the dates, because its word has no meaning or there is none.
ASSUMED: Final = "is_status_assumed"
# What a tracker says of work that is neither delivered nor cancelled, without saying whether it has begun.
OPEN: Final = "open"
ENDED: Final = ("delivered", "cancelled")
# Pairs of dates of which the second cannot lie before the first.
ORDERED: Final = (
    ("baseline_start", "baseline_end", "planned start (as promised)", "planned end (as promised)"),
    ("current_start", "current_end", "planned start", "planned end"),
    ("actual_start", "actual_end", "start", "end"),
)


class Settled(NamedTuple):
    """Programs after settling, and what was assumed or set aside, one sentence each."""

    programs: pd.DataFrame
    notes: tuple[str, ...]


def settle_ends(rows: pd.DataFrame, *, stamps_ends: bool = False) -> pd.DataFrame:
    """Return rows of programs with the statuses that their own dates tell where no word does.

    Parameters
    ----------
    rows : DataFrame
        Typed rows of programs; status may be absent or missing.
    stamps_ends : bool
        Whether the tracker stamps whatever ends: without a stamp a program is open, whatever its status is called.

    Returns
    -------
    DataFrame
        With status, which is still missing where neither a word nor a date tells whether the program has ended, and
        `is_status_assumed`, missing in the same rows.

    Notes
    -----
    Closed or ended is delivered, cancelled on a day is cancelled.
    """
    status = _given(rows, "status")
    assumed = pd.Series(False, index=rows.index, dtype="boolean").mask(status.isna())
    for column, word in (("closed_at", "delivered"), ("actual_end", "delivered"), ("cancelled_at", "cancelled")):
        if column in rows:
            told = assumed.fillna(True) & rows[column].notna()
            status, assumed = status.mask(told, word), assumed.mask(told, True)
    if stamps_ends and "closed_at" in rows:
        is_open = status.isna()
        status, assumed = status.mask(is_open, OPEN), assumed.mask(is_open, False)
    return rows.assign(status=status, **{ASSUMED: assumed})


def settle_series(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of dated exports in which an export without a meaning for its word follows the export before it.

    Parameters
    ----------
    rows : DataFrame
        From `settle_ends`, with `_on`, the day of the export; one row per program and day.

    Notes
    -----
    Open work stands where the last export with a meaning left it, unless that was an end: then it was taken up again, and
    what had been delivered has begun. Where the tracker stamps what it closes and a program lost its stamp, it is open. A
    status that stays missing is that of the export before, which is left to whoever carries values forward.
    """
    ordered = rows.sort_values(["program_id", "_on"], kind="stable")
    status, assumed = ordered["status"], ordered[ASSUMED]
    before = status.mask(status.eq(OPEN)).groupby(ordered["program_id"], sort=False).ffill()
    is_open = status.eq(OPEN)
    is_back = status.isna() & before.isin(ENDED) & _not_closed(ordered)
    was_open = before.notna() & ~before.isin(ENDED)
    resumed = _by_start(ordered).mask(before.eq("delivered"), "in_progress")
    status = status.mask(is_open | is_back, before.where(is_open & was_open, resumed))
    return rows.assign(status=status, **{ASSUMED: assumed.mask(is_back, True)})


def settle_gaps(programs: pd.DataFrame, where: Mask) -> pd.DataFrame:
    """Return programs with status, team and type filled where nothing says them.

    Parameters
    ----------
    programs : DataFrame
        One row per program, copies merged.
    where : array of bool
        Programs of trackers, whose exports need not have these columns.

    Notes
    -----
    A status no date has told is in progress once a start is known, else not started.
    """
    status, team, kind = (_given(programs, column) for column in ("status", "team", "type"))
    assumed = programs[ASSUMED].fillna(False).astype(bool) | (where & status.isna())
    return programs.assign(
        status=status.mask(where & (status.isna() | status.eq(OPEN)), _by_start(programs)),
        team=team.mask(where & team.isna(), NO_TEAM),
        type=kind.mask(where & kind.isna(), "other"),
        **{ASSUMED: assumed},
    )


def describe_gaps(programs: pd.DataFrame) -> tuple[str, ...]:
    """Return what `settle_gaps` is left to fill in the programs of one source."""
    no_team, no_type = (int(_given(programs, column).isna().sum()) for column in ("team", "type"))
    notes = [f'{label_count(no_team, "program")} without a team; it reads "{NO_TEAM}".'] if no_team else []
    notes += [f'{label_count(no_type, "program")} without a known type; it counts as "other".'] if no_type else []
    return tuple(notes)


def _given(rows: pd.DataFrame, column: str) -> pd.Series:
    return rows[column] if column in rows else pd.Series(None, index=rows.index, dtype="str")


def _not_closed(rows: pd.DataFrame) -> pd.Series:
    """Return the rows of dated exports that stamp what is closed, and do not stamp this."""
    if "closed_at" not in rows:
        return pd.Series(False, index=rows.index)
    is_closed = rows["closed_at"].notna()
    return ~is_closed & is_closed.groupby(rows["_on"]).transform("any")


def _by_start(rows: pd.DataFrame) -> pd.Series:
    """Return the status of work that has not ended, by whether a start is known."""
    status = pd.Series("not_started", index=rows.index, dtype="str")
    return status.mask(rows["actual_start"].notna(), "in_progress") if "actual_start" in rows else status


def settle_levels(rows: pd.DataFrame, words: pd.Series, levels: Mapping[str, str], *, has_parts: bool = False) -> Settled:
    """Say which rows are programs and which are parts of one.

    Parameters
    ----------
    rows : DataFrame
        Typed rows of programs.
    words : Series of str
        The type of each row as the file has it.
    levels : mapping of str to str
        Type as the file has it to ``program`` or ``deliverable``, as engagement.yml says; ``"*"`` stands for every other
        type, ``"(blank)"`` for none.
    has_parts : bool
        Whether an item with a parent among the rows is a part of it.
    """
    level = _given(rows, "level")
    if has_parts and "parent_id" in rows:
        is_part = rows["parent_id"].notna() & rows["parent_id"].isin(rows["program_id"]) & level.isna()
        level = level.mask(is_part, "deliverable")
    said = look_up(words, levels)
    if OTHERS in levels:
        said = said.mask(said.isna() & words.notna(), levels[OTHERS])
    if BLANK in levels:
        said = said.mask(words.isna(), levels[BLANK])
    level = said.fillna(level)
    n_parts = int(level.eq("deliverable").sum())
    are = "row is a part" if n_parts == 1 else "rows are parts"
    note = f"{n_parts:,} {are} of a program (deliverables); they enter no figure of programs."
    return Settled(rows.assign(level=level), (note,) if n_parts else ())


def settle_dates(programs: pd.DataFrame, tz: str) -> Settled:
    """Read the days of delivery and cancellation off the moment a tracker closed a program; set aside what cannot be.

    Parameters
    ----------
    programs : DataFrame
        One row per program, from `settle_ends`; days known from a history are there already and stay.
    tz : str
        The organisation's time zone.

    Notes
    -----
    A program that is open again has no day of delivery, whatever its tracker still says.
    """
    closed_on = local_date(programs["closed_at"], tz) if "closed_at" in programs else None
    notes = []
    for status, column, kept in (
        ("delivered", "actual_end", ("delivered",)),
        ("cancelled", "cancelled_at", ("cancelled", "merged")),
    ):
        of_status = programs["status"].eq(status)
        known = programs[column] if column in programs else pd.Series(pd.NaT, index=programs.index, dtype="datetime64[us]")
        filled = known if closed_on is None else known.mask(known.isna() & of_status, closed_on)
        is_kept = programs["status"].isin(kept)
        contrary = known.notna() & ~is_kept
        programs = programs.assign(**{column: filled.where(is_kept)})
        gone = int(contrary.sum())
        if gone:  # nobody can tell whether the word or the date is right, so how it ended is not known
            programs = programs.assign(**{ASSUMED: _given(programs, ASSUMED).astype("boolean").mask(contrary, True)})
            noun = {"delivered": "delivery", "cancelled": "cancellation"}[status]
            notes.append(f"{label_count(gone, 'program')} with a date of {noun} and another status; set aside.")
    unknown = int((programs["status"].eq("delivered") & programs["actual_end"].isna()).sum())
    if unknown:
        notes.append(f"{label_count(unknown, 'program')} delivered, date unknown.")
    uncrossed = set_aside_crossed(programs)
    return Settled(uncrossed.programs, (*notes, *uncrossed.notes))


def set_aside_crossed(programs: pd.DataFrame) -> Settled:
    """Empty both dates where an end lies before its start: nobody can tell which of the two is wrong.

    Parameters
    ----------
    programs : DataFrame
        Typed rows of programs of a client's export, which nobody will correct.
    """
    notes = []
    for start, end, first, then in ORDERED:
        if {start, end} <= set(programs.columns):
            crossed = programs[start] > programs[end]
            programs = programs.assign(**{name: programs[name].mask(crossed) for name in (start, end)})
            if crossed.any():
                notes.append(_crossed(programs.loc[crossed, "program_id"], first, then))
    return Settled(programs, tuple(notes))


def _crossed(ids: pd.Series, first: str, then: str) -> str:
    shown = label_list([*ids.sort_values().head(3), *([f"{len(ids) - 3} more"] if len(ids) > 3 else [])])
    count = label_count(len(ids), "program")
    return f"{count} whose {then} lies before the {first}; both dates count as unknown ({shown})."
