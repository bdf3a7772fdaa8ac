"""Campaign of the Quarter: something new and big pushes agreed work aside, again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.coverage import records_begin, uncovered
from gapkit.baseline.rates import estimate_rate
from gapkit.calendar import quarter_end, quarter_start
from gapkit.diagnosis.exposure.due import programs_due
from gapkit.diagnosis.indicators.measured import About, share_of
from gapkit.diagnosis.pitfalls.rule import pitfall
from gapkit.diagnosis.signs.priority_churn import CHANGED, CHANGED_CLAUSE, DEFINITION, priority_churn
from gapkit.diagnosis.signs.signs import Sign, missing, perceived, resampled, sign_of
from gapkit.labels import label_count, label_period, label_pp
from gapkit.results import Result
from gapkit.stats.counts import rate_ratio
from gapkit.stats.differences import newcombe_difference

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.diagnosis.claims import Claim
    from gapkit.diagnosis.evidence import Finding
    from gapkit.diagnosis.indicators import Basis
    from gapkit.stats.intervals import Interval

ID: Final = "campaign_of_the_quarter"
UNPLANNED: Final = About(
    "Quarter 1",
    "starts that were unplanned",
    "programs nobody had committed to / programs started in the window",
    ("programs",),
    clause="{} of starts were unplanned",
)
DISPLACED: Final = About(
    "Quarter 2", "interruptions of committed work after an unplanned start, relative to before",
    "interruptions per program-day of committed work after an unplanned start of the same team over those before one "
    "(claim C5)",
    ("status_events", "programs"), unit="ratio", units="interruptions",
    clause="committed work is interrupted {} times as often once something unplanned has begun",
)  # fmt: skip
CHURN: Final = About(
    "Quarter 3", CHANGED, DEFINITION, ("priorities",), units="quarters", is_census=True, clause=CHANGED_CLAUSE
)  # fmt: skip
CORE: Final = About(
    "Quarter 4", "effort that went into the frozen plan",
    "size of programs of a frozen plan / size of all programs started in the window; size points, 1 each where none are "
    "recorded",
    ("programs",),
    clause="{} of effort went into the frozen plan",
)  # fmt: skip
RUSH: Final = About(
    "Quarter 5", "starts in the second baseline quarter, relative to the first",
    "starts a day in the second over those in the first baseline quarter; a sign only if success of the frozen plan fell "
    "meanwhile",
    ("programs",), unit="ratio", units="starts",
    clause="{} times as many programs were started in the second baseline quarter as in the first",
)  # fmt: skip
SAID: Final = About(
    "Quarter 6", "survey score on finishing what was begun",
    "mean score of the statements COQ1 and COQ2", ("survey_answers",), unit="points", units="answers",
    clause="people score finishing what was begun at {} of 100",
)  # fmt: skip
NO_COMMITMENTS: Final = "Which programs were committed to (committed_at, or origin) would switch this on."
NO_STARTS: Final = "The day on which programs really began (actual_start) would switch this on."


def assess(basis: Basis, baseline: Baseline, claims: Sequence[Claim]) -> Finding:
    """Judge whether surprise campaigns push the plan aside.

    Parameters
    ----------
    basis : Basis
        Supplies programs, priorities and the survey.
    baseline : Baseline
        Supplies the outcomes of the frozen plan.
    claims : sequence of Claim
        From `claims.test_claims`; C5 is read.
    """
    said = perceived(basis, ID)
    c5 = next((claim.effect for claim in claims if claim.id == "C5"), None)
    signs = [
        _unplanned(basis),
        sign_of(DISPLACED, c5) if c5 else missing(DISPLACED, "A history of statuses (status_events) would switch this on."),
        sign_of(CHURN, priority_churn(basis)[0]),
        _core(basis),
        _rush(basis, baseline),
        sign_of(SAID, said),
    ]
    return pitfall(ID, said, signs, basis)


def _tells_commitments(basis: Basis) -> bool:
    return bool(basis.programs[["committed_at", "origin"]].notna().any(axis=None))


def _unplanned(basis: Basis) -> Sign:
    if not _tells_commitments(basis):
        return missing(UNPLANNED, NO_COMMITMENTS)
    started = basis.judged.loc[basis.has_started]
    outcome = started["group"].eq("unplanned").astype("boolean")
    period = label_period(basis.start.date(), basis.as_of.date())
    rate = estimate_rate(
        UNPLANNED.id, outcome, started["team"], basis.eng.config.settings, period=period, missing=NO_STARTS
    )
    return sign_of(UNPLANNED, rate)


def _core(basis: Basis) -> Sign:
    if not _tells_commitments(basis):
        return missing(CORE, NO_COMMITMENTS)
    started = basis.judged.loc[basis.has_started]
    unknown, size = int(started["size_points"].isna().sum()), started["size_points"]
    # A size nobody noted is taken as typical; where none is noted, every program counts the same.
    size = size.fillna(size.median() if unknown < len(size) else 1.0)
    words = (
        f"Size of {label_count(unknown, 'program')} not recorded, taken as the median." if 0 < unknown < len(size) else ""
    )
    core = started["group"].eq("committed").astype(float)
    return resampled(CORE, share_of("program", size.index.to_series(), size * core, size), basis, words)


def _rush(basis: Basis, baseline: Baseline) -> Sign:
    """Return how starts grew from the first to the second baseline quarter; a sign where success fell meanwhile."""
    quarters, month = basis.eng.config.baseline_quarters, basis.eng.config.fiscal_start_month
    spans = [(pd.Timestamp(quarter_start(q, month)), pd.Timestamp(quarter_end(q, month))) for q in quarters]
    gap = uncovered(records_begin(basis.eng.programs, basis.eng.status_events), spans[0][0].date())
    if gap or basis.judged["actual_start"].isna().all():
        return missing(RUSH, gap or NO_STARTS)
    starts = [int(basis.judged["actual_start"].between(*span).sum()) for span in spans]
    success = _success(basis, baseline, quarters)
    least = basis.eng.config.settings.min_n_compared
    if min(starts) < least or success is None:
        words = f"{least} starts and {least} known outcomes of the frozen plan are needed in each of the two quarters."
        return sign_of(RUSH, Result(RUSH.id, n=sum(starts), unit="ratio", status="thin", grade="C", caveats=(words,)))
    days = [(last - first).days + 1 for first, last in spans]
    ratio = rate_ratio(starts[1], days[1], starts[0], days[0])
    words = f"Success of the frozen plan moved by {label_pp(success.value)}."
    sign = sign_of(RUSH, Result(RUSH.id, ratio.value, ratio.low, ratio.high, n=sum(starts), unit="ratio", grade="B",
                                caveats=(words,)))  # fmt: skip
    return replace(
        sign, is_beyond=bool(sign.is_beyond) and success.value < 0, is_clear=bool(sign.is_clear) and success.high < 0
    )


def _success(basis: Basis, baseline: Baseline, quarters: Sequence[str]) -> Interval | None:
    """Return by how much success of the frozen plan changed from one quarter to the next; None with too few outcomes."""
    known = programs_due(basis.eng, baseline).known
    before, after = (known.loc[known["quarter"] == quarter, "is_success"] for quarter in quarters)
    if min(len(before), len(after)) < basis.eng.config.settings.min_n_compared:
        return None
    return newcombe_difference(int(after.sum()), len(after), int(before.sum()), len(before))
