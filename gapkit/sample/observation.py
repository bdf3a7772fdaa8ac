"""How well it was all written down: missing dates, no history, entries made late, wrong owners, unknown quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gapkit.sample.arguments import Arguments
from gapkit.sample.clock import HOURS
from gapkit.sample.exposure import uniforms
from gapkit.sample.history import is_rolled_forward
from gapkit.sample.plan import PLANNED, WORKDAYS_PER_DAY
from gapkit.sample.record import Record
from gapkit.sample.story import Story
from gapkit.sample.streams import Streams


@dataclass(frozen=True, slots=True)
class Observation:
    """Errors of recording.

    Attributes
    ----------
    missing_date_share : float
        Share of programs in which a date that should be there is not; half of it for the promised dates, and half each for
        the actual start and the actual end.
    has_history : bool
        Whether the tracker keeps a change history at all.
    lag_days : float
        Mean calendar days between a move to the next stage and its entry in the log.
    wrong_owner_share : float
        Share of programs whose owner in the tracker is somebody else than in truth.
    second_source_error_share : float
        Share of comparisons in which the second source is the wrong one.
    unknown_spec_share : float
        Share of delivered programs of which nobody noted whether they were to specification.
    """

    missing_date_share: float = 0.0
    has_history: bool = True
    lag_days: float = 0.0
    wrong_owner_share: float = 0.0
    second_source_error_share: float = 0.0
    unknown_spec_share: float = 0.0

    @property
    def lag_hours(self) -> float:
        """Mean lag in working hours."""
        return self.lag_days * WORKDAYS_PER_DAY * HOURS


def draw_observation(arguments: Arguments, streams: Streams) -> Observation:
    """Return the errors of recording of an organisation."""
    if arguments.observation == "none":
        return Observation()
    if arguments.observation == "mild":
        return Observation(0.03, True, 0.0, 0.02, 0.02, 0.03)
    missing, history = streams.organisation("observation").random(2)
    # Where the columns are overwritten, only the history can tell what was promised.
    keeps = bool(history >= 0.3) or arguments.setting.rolls_forward
    return Observation(0.2 * float(missing), keeps, 2.0, 0.05, 0.05, 0.05)


def blur_programs(story: Story, record: Record, programs: pd.DataFrame, how: Observation) -> pd.DataFrame:
    """Return the table programs with the errors of recording in it."""
    draws = uniforms(story.plan, story.streams, "observation", 6)[record.rows]
    blurred = programs.copy()
    half = how.missing_date_share / 2
    promised = (programs["origin"] == PLANNED).to_numpy()
    for k, columns in enumerate((["baseline_start", "baseline_end"], ["actual_start"], ["actual_end"])):
        # Surprise work is dated by nothing but its start: a tracker without that would not know the program.
        blurred.loc[(draws[:, k] < half) & (promised | (columns != ["actual_start"])), columns] = pd.NaT
    blurred.loc[draws[:, 0] < half, ["current_start", "current_end"]] = pd.NaT
    unknown = (draws[:, 3] < how.unknown_spec_share) & (programs["status"] == "delivered")
    blurred["spec_accepted"] = blurred["spec_accepted"].mask(unknown)
    blurred["to_spec"] = blurred["to_spec"].mask(unknown, "unknown")
    wrong = (draws[:, 4] < how.wrong_owner_share) & programs["owners_at_start"].notna()
    people = story.frame.owners[np.floor(draws[:, 5] * len(story.frame.owners)).astype(np.int64)]
    alone = (
        wrong & (programs["owner_type_at_start"] == "person") & ~programs["owners_at_start"].str.contains(";").fillna(False)
    )
    for column in ("owners_at_start", "owners_now"):
        blurred[column] = blurred[column].mask(alone & programs[column].notna(), pd.Series(people, index=blurred.index))
    return _roll(story, record, blurred)


def _roll(story: Story, record: Record, programs: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the promise overwritten where the tracker rolls unfinished work forward."""
    rolled = is_rolled_forward(story)[record.rows] & programs["current_end"].notna().to_numpy()
    if not rolled.any():
        return programs
    moved = programs.copy()
    moved.loc[rolled, "baseline_end"] = programs.loc[rolled, "current_end"]
    first = programs.loc[rolled, "current_end"].dt.to_period("Q").astype("str")
    moved.loc[rolled, "plan_quarter"] = first
    starts = pd.PeriodIndex(first, freq="Q").start_time
    moved.loc[rolled, "baseline_start"] = pd.Series(starts, index=first.index).dt.as_unit("us")
    return moved


def withheld(how: Observation) -> Mapping[str, str]:
    """Return the tables that stay empty, and why."""
    return {} if how.has_history else {"status_events": "the tracker keeps no history"}
