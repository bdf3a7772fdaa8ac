"""Which programs began under which killer: five flags, read at the planned start, never by how a program turned out.

A flag is three-valued. It is unknown where nothing recorded says anything about it; a killer of which nothing at all is
recorded is not a flag but a gap, and says what would close it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from gapkit.baseline.plan_history import NOT_LOGGED
from gapkit.baseline.plans import local_day
from gapkit.diagnosis.indicators.anchors import NORMS
from gapkit.diagnosis.indicators.at_start import TODAY, is_live, owners_at_start, priority_at_start
from gapkit.diagnosis.indicators.feedback_loop_failure import first_target
from gapkit.labels import label_count, label_number
from gapkit.vocabulary import KILLERS

if TYPE_CHECKING:
    from gapkit.engagement import Engagement

AS_OF_TODAY: Final = "known only as of today"


class Flag(NamedTuple):
    """One exposure of each program.

    Attributes
    ----------
    exposed : Series of nullable boolean
        Indexed by program_id; missing = unknown.
    meaning : str
        What being exposed means, in words that follow "programs …".
    caveats : tuple of str
        What it rests on, where that is less than it should be.
    """

    exposed: pd.Series
    meaning: str
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exposures:
    """The exposures of programs at their planned start.

    Attributes
    ----------
    flags : dict of str to Flag
        By killer, in the order of the vocabulary; only those of which something is recorded.
    missing : dict of str to str
        The other killers, and what would switch each on.
    """

    flags: dict[str, Flag]
    missing: dict[str, str]

    def frame(self, programs: pd.Index) -> pd.DataFrame:
        """Return the flags of some programs side by side: one nullable boolean column per killer recorded."""
        return pd.DataFrame({killer: flag.exposed for killer, flag in self.flags.items()}, index=programs)


SWITCHES_ON: Final = {
    "misalignment": "Goals or priorities per program (goal_id, priority_id), or decision_distance, would switch this on.",
    "structural_bottlenecks": "The sign-offs planned per program (approvals_planned) would switch this on.",
    "unclear_ownership": "Owners per program, best with their changes, would switch this on.",
    "poor_tooling": (
        "A change history of programs, or written process steps with the workarounds at them, would switch this on."
    ),
    "feedback_loop_failure": (
        "Measures with the programs they belong to and the day their target was set would switch this on."
    ),
}


def expose(eng: Engagement, start_on: pd.Series) -> Exposures:
    """Return which programs began under which killer.

    Parameters
    ----------
    eng : Engagement
        Its tables.
    start_on : Series of datetime64
        Planned start of the programs asked about, indexed by program_id; nothing missing.

    Returns
    -------
    Exposures
        Changes after the planned start, and the order of rows, change nothing in them.

    Notes
    -----
    misalignment: no priority or goal, or a priority not live at the planned start, or decided far away;
    structural_bottlenecks: more sign-offs planned than healthy for the scale; unclear_ownership: not exactly one person;
    poor_tooling: outside the system of record, or a step with re-entry on the written path of its type;
    feedback_loop_failure: no measure with a target set by then. Where a flag has two conditions, one of which is not
    recorded for a program, the other decides.
    """
    found = {
        "misalignment": _misalignment(eng, start_on),
        "structural_bottlenecks": _bottlenecks(eng, start_on),
        "unclear_ownership": _ownership(eng, start_on),
        "poor_tooling": _tooling(eng, start_on),
        "feedback_loop_failure": _feedback(eng, start_on),
    }
    known = {killer: found[killer] for killer in KILLERS if found[killer].exposed.notna().any()}
    return Exposures(known, {killer: SWITCHES_ON[killer] for killer in KILLERS if killer not in known})


def _unknown(index: pd.Index) -> pd.Series:
    return pd.Series(pd.NA, index=index, dtype="boolean")


def _either(first: pd.Series, second: pd.Series) -> pd.Series:
    """Return whether one of two conditions holds; where one is unknown the other decides."""
    return first.fillna(second) | second.fillna(first)


def _misalignment(eng: Engagement, start_on: pd.Series) -> Flag:
    programs = eng.programs.set_index("program_id").reindex(start_on.index)
    distance, levels = programs["decision_distance"], eng.config.settings.far_levels
    far = (distance >= levels).astype("boolean").mask(distance.isna())
    unlinked = _unlinked(eng, programs["goal_id"], start_on)
    parts = {"without a goal or priority live at their planned start": unlinked,
             f"decided {levels} or more levels away": far}  # fmt: skip
    recorded = [words for words, values in parts.items() if values.notna().any()]
    caveats = ["Whether priorities were live is not recorded; any priority counts."] if eng.priorities.empty else []
    caveats = caveats if unlinked.notna().any() else ["No program names a goal or priority; distance alone decides."]
    return Flag(_either(unlinked, far), " or ".join(recorded), tuple(caveats))


def _unlinked(eng: Engagement, goal: pd.Series, start_on: pd.Series) -> pd.Series:
    """Return which programs served nothing official: neither goal nor priority, or a priority not live then."""
    if not eng.programs[["goal_id", "priority_id"]].notna().any(axis=None):
        return _unknown(start_on.index)
    priority = priority_at_start(eng, start_on)
    return (~is_live(eng.priorities, priority, start_on) & (priority.notna() | goal.isna())).astype("boolean")


def _bottlenecks(eng: Engagement, start_on: pd.Series) -> Flag:
    planned = eng.programs.set_index("program_id")["approvals_planned"].reindex(start_on.index)
    healthy = NORMS[eng.scale].approvals.healthy
    values = (planned > healthy).astype("boolean").mask(planned.isna())
    return Flag(values, f"with more than {label_count(int(healthy), 'sign-off')} planned")


def _ownership(eng: Engagement, start_on: pd.Series) -> Flag:
    owners = owners_at_start(eng, start_on)
    values = (owners["persons"] != 1).astype("boolean").mask(owners["persons"].isna())
    today = int((owners["source"] == TODAY).sum()) if values.notna().any() else 0
    caveats = (f"The owner of {label_count(today, 'program')} of {label_number(len(start_on))} is {AS_OF_TODAY}.",)
    return Flag(values, "without exactly one named person answering for them", caveats if today else ())


def _tooling(eng: Engagement, start_on: pd.Series) -> Flag:
    outside, re_entry = _outside_record(eng, start_on), _re_entry(eng, start_on)
    parts = {"outside the system of record": outside, "with a step at which data is typed in twice": re_entry}
    recorded = [words for words, values in parts.items() if values.notna().any()]
    caveats = () if outside.notna().any() else (
        "Whether programs were in the system of record at their planned start is not recorded.",)  # fmt: skip
    return Flag(_either(outside, re_entry), " or ".join(recorded), caveats)


def _outside_record(eng: Engagement, start_on: pd.Series) -> pd.Series:
    """Return which programs had left no trace in the change history by their planned start.

    A log that begins with the first change says nothing about programs nobody has touched: those that fail before they
    start would be called untracked because they failed. So the flag needs a log in which programs stand from the start.
    """
    events = eng.status_events
    events = events.loc[~events["event_id"].str.startswith(NOT_LOGGED).fillna(False).astype(bool)]
    seen_on = local_day(events["at"]).groupby(events["program_id"]).min().reindex(start_on.index)
    logged = seen_on.notna()
    in_time = seen_on <= start_on
    if not logged.any() or in_time.sum() < (1 - eng.config.settings.large_unknown_share) * logged.sum():
        return _unknown(start_on.index)
    return (~in_time).astype("boolean")


def _re_entry(eng: Engagement, start_on: pd.Series) -> pd.Series:
    """Return which programs have a step with re-entry on the written path of their type, optional steps left out."""
    if eng.workarounds["re_entry"].isna().all():
        return _unknown(start_on.index)
    steps = eng.process_steps.loc[eng.process_steps["mandatory"].fillna(True)]
    doubled = eng.workarounds.loc[eng.workarounds["re_entry"].fillna(False), "step"]
    by_type = _key(steps["step"]).isin(_key(doubled)).groupby(steps["type"]).any()
    kind = eng.programs.set_index("program_id")["type"].reindex(start_on.index)
    return kind.map(by_type).astype("boolean")


def _key(steps: pd.Series) -> pd.Series:
    return steps.str.strip().str.casefold()


def _feedback(eng: Engagement, start_on: pd.Series) -> Flag:
    values = _unknown(start_on.index)
    if (eng.kpis["program_ids"].notna() & eng.kpis["target_set_at"].notna()).any():
        first_set = first_target(eng.kpis).reindex(start_on.index).astype("datetime64[us]")
        values = (~(first_set <= start_on)).astype("boolean")
    return Flag(values, "without a measure whose target was set by their planned start")
