"""What all indicators read: the tables of one engagement, its window, and a few facts several of them need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gapkit.baseline.cohorts import counted_programs
from gapkit.baseline.plan_history import NOT_LOGGED
from gapkit.baseline.plans import local_day
from gapkit.calendar import business_days
from gapkit.diagnosis.indicators.anchors import NORMS, Norms
from gapkit.diagnosis.indicators.draws import stream
from gapkit.diagnosis.indicators.owners import owners_in_detail
from gapkit.intake.history.snapshots import SEEN_LATER
from gapkit.intake.reading.cells import is_among
from gapkit.labels import label_count
from gapkit.schema import split_list
from gapkit.survey.nonresponse import is_low

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.engagement import Engagement
    from gapkit.stats.intervals import FloatArray
    from gapkit.survey import Draws, Survey, Wave

ENDED = ("delivered", "cancelled", "merged")
UNDER_WAY = ("in_progress", "blocked", "paused")
ONLY_TODAY = "known only as of today"


@dataclass(frozen=True, eq=False)
class Basis:
    """One engagement as the indicators see it.

    Attributes
    ----------
    eng : Engagement
        Its tables, as known on `as_of`.
    programs : DataFrame
        Programs that count, indexed by program_id, in ascending order.
    judged : DataFrame
        From `baseline.outcomes.judge_programs`, same index.
    start, as_of : Timestamp
        First and last day of the window: the first baseline quarter until the day the data is read at.
    wave : Wave or None
        The latest wave of the survey, where one may be shown.
    """

    eng: Engagement
    programs: pd.DataFrame
    judged: pd.DataFrame
    start: pd.Timestamp
    as_of: pd.Timestamp
    wave: Wave | None

    @classmethod
    def of(cls, eng: Engagement, baseline: Baseline, survey: Survey) -> Basis:
        """Return the basis of an engagement whose baseline is known."""
        programs = counted_programs(eng.programs)[0].set_index("program_id")
        judged = baseline.judged.loc[programs.index]
        wave = survey.last if survey.last is not None and survey.last.is_shown else None
        return cls(eng, programs, judged, pd.Timestamp(baseline.start), pd.Timestamp(eng.as_of), wave)

    @cached_property
    def resampled_answers(self) -> Draws | None:
        """Figures of the wave on resampled respondents; None without one."""
        config = self.eng.config
        replicates = config.settings.bootstrap_replicates
        return self.wave.draws(replicates, stream(config.seed, "respondent")) if self.wave is not None else None

    @cached_property
    def answers(self) -> Draws | None:
        """Figures of the wave on the respondents as they are, in one row; None without one."""
        return self.wave.measured() if self.wave is not None else None

    @property
    def is_representative(self) -> bool:
        """Whether it is known that enough of those invited answered the survey."""
        wave = self.wave
        if wave is None or not wave.results["response_rate"].is_ok:
            return False
        return not is_low(wave.participation, self.eng.config.settings)

    @cached_property
    def scale(self) -> str:
        """Scale of the organisation."""
        return self.eng.scale

    @property
    def norms(self) -> Norms:
        """What is usual at the organisation's scale."""
        return NORMS[self.scale]

    def in_window(self, days: pd.Series) -> pd.Series:
        """Return which dates lie in the window, both ends included; missing ones do not."""
        return days.between(self.start, self.as_of)

    def business_days(self, start: pd.Series, end: pd.Series) -> FloatArray:
        """Return business days from start to end, the start counted and the end not."""
        return business_days(start, end, self.eng.config.weekmask, self.eng.config.holidays)

    def is_among(self, program_ids: pd.Series) -> pd.Series:
        """Return which programs are named in a column of ids."""
        ids = self.programs.index.to_series()
        return pd.Series(is_among(ids, program_ids), index=ids.index)

    @cached_property
    def planned_start(self) -> pd.Series:
        """Planned start as frozen; the actual start of programs nobody planned."""
        return self.judged["frozen_start"].fillna(self.judged["actual_start"])

    @cached_property
    def has_started(self) -> pd.Series:
        """Which programs started inside the window."""
        return self.in_window(self.judged["actual_start"])

    @cached_property
    def is_delivered(self) -> pd.Series:
        """Which programs were delivered inside the window."""
        return self.judged["status"].eq("delivered") & self.in_window(self.judged["actual_end"])

    @cached_property
    def is_in_flight(self) -> pd.Series:
        """Which programs have started and are neither delivered, cancelled nor merged on the last day."""
        status = self.judged["status"]
        return status.isin(UNDER_WAY) | (self.judged["actual_start"].notna() & ~status.isin(ENDED))

    @cached_property
    def ended_on(self) -> pd.Series:
        """Day of delivery or cancellation; missing for open programs."""
        return self.judged["actual_end"].fillna(self.judged["cancelled_at"])

    @cached_property
    def is_due(self) -> pd.Series:
        """Which programs of a frozen plan had their planned start inside the window and were not withdrawn before it."""
        starts = self.judged["frozen_start"]
        return self.judged["group"].eq("committed") & self.in_window(starts) & ~self.judged["cancelled_at"].lt(starts)

    @cached_property
    def owners(self) -> pd.DataFrame:
        """Who answered for each program at its planned start, from `owners.owners_in_detail`."""
        return owners_in_detail(self.eng, self.planned_start)

    @cached_property
    def is_recorded(self) -> pd.Series:
        """Which programs a history covers: those with an event, and all of them where dated exports were compared."""
        events = self.eng.status_events
        compared = bool(events["event_id"].str.startswith(SEEN_LATER).any())
        return self.is_among(events["program_id"]) | compared

    @staticmethod
    def is_logged(event_ids: pd.Series) -> pd.Series:
        """Return which events were noted when they happened, not read off two exports or a signed plan later."""
        return ~event_ids.str.startswith(NOT_LOGGED).fillna(False).astype(bool)

    @cached_property
    def reviewed(self) -> pd.DataFrame:
        """Columns program_id and held_on: one row for every program on the agenda of every review that took place."""
        reviews = self.eng.reviews
        held = reviews.loc[reviews["held_at"].notna() & reviews["program_ids"].notna()]
        rows = pd.DataFrame({"program_id": split_list(held["program_ids"]), "held_on": local_day(held["held_at"])})
        rows = rows.explode("program_id").dropna(subset="program_id").reset_index(drop=True)
        return rows.astype({"program_id": "str"})

    def only_today(self, about: pd.Series, what: str) -> str:
        """Return the caveat for values known only as of today, empty where there are none.

        Parameters
        ----------
        about : Series of bool
            Which of the units counted are known only as of today.
        what : str
            What is known, to begin the sentence: "Owners".
        """
        n = int(np.sum(about))
        return f"{what} of {label_count(n, 'program')} {ONLY_TODAY}: they may have changed since the start." if n else ""
