"""Programs as traces: the stays in stages each made, in order, on the line of working time.

Durations stay attached to their program, so what is slow in one stage and in the next stays slow together. A program that
did not finish is completed several times over (`completing`), once per version.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.redesign.what_if.completing import APPROVAL, Completer, Stay
from gapkit.redesign.what_if.contention import Handling, read_handling
from gapkit.redesign.what_if.work_clock import Floats, WorkClock, read_clock
from gapkit.vocabulary import ACTIVE_KINDS

if TYPE_CHECKING:
    from gapkit.engagement import Engagement

VERSIONS: Final = 12
# Traces are read of at most so many programs: beyond it intervals hardly narrow and time grows.
MOST_PROGRAMS: Final = 1000


@dataclass(frozen=True)
class Traces:
    """The traces of some programs.

    Attributes
    ----------
    programs : DataFrame
        Indexed by program_id: the columns of `outcomes.judge_programs`; is_done (delivered); cancelled (position on the
        clock at which it was cancelled, infinite where it was not); is_traced (stays are recorded); never_started (no stay
        and no start recorded, and not delivered).
    versions : tuple of tuple of Stay
        One per finished program, `VERSIONS` completed ones per unfinished program, none for the others.
    program : array of int
        Row of `programs` each version belongs to.
    handling : Handling or None
        Their recorded sign-offs, each wait split; None where hours are not recorded.
    clock : WorkClock
        The line of working time.
    """

    programs: pd.DataFrame
    versions: tuple[tuple[Stay, ...], ...]
    program: np.ndarray
    handling: Handling | None
    clock: WorkClock

    @property
    def is_usable(self) -> np.ndarray:
        """Which programs can be judged with a lever: traced, or never started, so that no lever on stages reaches them."""
        return (self.programs["is_traced"] | self.programs["never_started"]).to_numpy()


class _Known(NamedTuple):
    """The recorded stays of one program; whether the last was cut short by cancellation or the day of reading."""

    stays: tuple[Stay, ...]
    is_done: bool
    is_cut: bool
    type: str


def read_traces(eng: Engagement, judged: pd.DataFrame, *, seed: int, versions: int = VERSIONS) -> Traces:
    """Read the traces of some programs and complete the unfinished ones.

    Parameters
    ----------
    eng : Engagement
        Supplies stage_visits, calendar and the day of reading.
    judged : DataFrame
        Rows of `outcomes.judge_programs`: the programs asked for.
    seed : int
        Seed of the completions.
    versions : int
        Completions of each unfinished program.

    Notes
    -----
    The stage a program was in when watching ended goes on for as long as the Kaplan-Meier tail of that stage says, given
    how long it had lasted; what follows is what followed that stage in a delivered program, of the same type where there is
    one. A cancelled program is completed too: with less waiting it might have been delivered before the cancellation.
    """
    clock = read_clock(eng.stage_visits, eng.config, eng.as_of)
    visits = eng.stage_visits.loc[eng.stage_visits["program_id"].isin(judged.index)]
    handling, lying = _handled(visits.loc[visits["kind"].eq(APPROVAL)], clock)
    programs = _at_most(judged.sort_index(), seed)
    stays = _stays(visits.loc[visits["program_id"].isin(programs.index)], lying, clock)
    now = float(clock.closing(pd.Series([pd.Timestamp(eng.as_of)]))[0])
    cancelled, done = clock.closing(programs["cancelled_at"]), (programs["status"] == "delivered").to_numpy()
    known = {
        row: _known(stays[name], bool(done[row]), float(cancelled[row]), now, str(programs["type"].iloc[row]))
        for row, name in enumerate(programs.index) if name in stays
    }  # fmt: skip
    for row, own in known.items():
        if own.is_cut and np.isfinite(cancelled[row]):
            cancelled[row] = min(cancelled[row], own.stays[-1].end)
    made, row_of = _versions(known, versions, np.random.default_rng(seed))
    is_traced = np.isin(np.arange(len(programs)), list(known))
    about = programs.assign(
        is_done=done,
        cancelled=np.where(np.isfinite(cancelled), cancelled, np.inf),
        is_traced=is_traced,
        never_started=~is_traced & programs["actual_start"].isna().to_numpy() & ~done,
    )
    return Traces(about, tuple(made), np.array(row_of, dtype=np.int64), handling, clock)


def _at_most(programs: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the programs, or so many of them drawn at random that all is computed in seconds."""
    if len(programs) <= MOST_PROGRAMS:
        return programs
    chosen = np.random.default_rng(seed).choice(len(programs), MOST_PROGRAMS, replace=False)
    return programs.iloc[np.sort(chosen)]


def _versions(
    known: dict[int, _Known], versions: int, rng: np.random.Generator
) -> tuple[list[tuple[Stay, ...]], list[int]]:
    """Return the trace of every finished program, several completed ones of every other, and whose each is."""
    completer = Completer([(own.stays, own.type, own.is_done, own.is_cut) for own in known.values()])
    made: list[tuple[Stay, ...]] = []
    row_of: list[int] = []
    for row, own in known.items():
        number = 1 if own.is_done else versions
        row_of += [row] * number
        made += [own.stays if own.is_done else completer.complete(own.stays, own.type, is_cut=own.is_cut, rng=rng)
                 for _ in range(number)]  # fmt: skip
    return made, row_of


def _handled(visits: pd.DataFrame, clock: WorkClock) -> tuple[Handling | None, pd.Series]:
    """Return how sign-offs were handled, and the days each lay there, indexed like them; missing where not known."""
    start, end = clock.positions(visits["entered_at"]), clock.positions(visits["left_at"])
    handling = read_handling(start, end, np.minimum(_worked(visits, clock), end - start))
    lying = pd.Series(np.nan, index=visits.index)
    if handling is not None:
        lying[handling.known] = handling.extraneous
    return handling, lying


def _worked(visits: pd.DataFrame, clock: WorkClock) -> Floats:
    """Return the business days worked on each visit."""
    return visits["work_hours"].to_numpy(float) / clock.hours_per_day


def _stays(visits: pd.DataFrame, lying: pd.Series, clock: WorkClock) -> dict[str, list[Stay]]:
    """Return the stays of each program in order of time; a running one has no end."""
    start, end = clock.positions(visits["entered_at"]), clock.positions(visits["left_at"])
    kinds, length = visits["kind"].to_numpy(object), end - start
    handled = np.where(kinds == APPROVAL, np.minimum(_worked(visits, clock), length), np.nan)
    rows = pd.DataFrame({
        "program_id": visits["program_id"].to_numpy(object),
        "stage": visits["stage"].to_numpy(object),
        "kind": kinds,
        "start": start,
        "end": end,
        "wait": np.where(np.isin(kinds, ACTIVE_KINDS), 0.0, length - np.where(np.isfinite(handled), handled, 0.0)),
        "handled": handled,
        "returned": visits["returned"].fillna(False).to_numpy(bool) & (kinds == APPROVAL),
        "lying": lying.reindex(visits.index).to_numpy(float),
    })  # fmt: skip
    # Other columns settle ties, so that the order of the file changes nothing.
    ordered = rows.sort_values(["program_id", "start", "end", "stage", "kind"])
    found: dict[str, list[Stay]] = {}
    for program, *rest in ordered.itertuples(index=False, name=None):
        found.setdefault(program, []).append(Stay(*rest))
    return found


def _known(stays: list[Stay], done: bool, cancelled: float, now: float, kind: str) -> _Known:
    """Return what is known of a program: open stays end at the cancellation or on the day of reading."""
    limit = cancelled if np.isfinite(cancelled) else now
    if done:
        limit = max(limit, max((stay.end for stay in stays if np.isfinite(stay.end)), default=now))
    closed = [stay if np.isfinite(stay.end) else _ended(stay, max(limit, stay.start)) for stay in stays]
    is_open = not np.isfinite(stays[-1].end)
    at_end = np.isfinite(cancelled) and stays[-1].end > cancelled - 1
    return _Known(tuple(closed), done, not done and (is_open or bool(at_end)), kind)


def _ended(stay: Stay, at: float) -> Stay:
    length = at - stay.start
    return stay._replace(end=at, wait=0.0 if stay.kind in ACTIVE_KINDS else length)
