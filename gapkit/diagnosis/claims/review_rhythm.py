"""C3: programs reviewed rarely go off the rails.

Whether a program is reviewed is read over its first thirty days, among programs still open and not yet due at their end.
Read over the whole run it would be worthless: a program in trouble is reviewed more, and a long one has more reviews.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.diagnosis.claims.claim import About
from gapkit.diagnosis.claims.compare import Condition, compare
from gapkit.intake.reading.cells import is_among
from gapkit.schema import split_list

if TYPE_CHECKING:
    from gapkit.diagnosis.claims.case import Case
    from gapkit.diagnosis.claims.claim import Trial

ABOUT: Final = About(
    "C3",
    "Reviewed rarely, work goes off the rails",
    "programs reviewed rarely in their first weeks are less often {outcome}",
    "difference of rates among programs open and not yet due at the landmark, Newcombe interval, Boschloo test",
    -1,
)
SWITCH: Final = "Reviews with the day they took place and the programs on their agenda would switch this on."


def trial(case: Case) -> Trial:
    """Return the trial of C3."""
    days, rhythm = case.settings.landmark_days, case.settings.review_rhythm_days
    condition = Condition(
        f"reviewed at least every {rhythm} days in its first {days} days or not, read on day {days}",
        f"Programs not reviewed at least every {rhythm} days in their first {days} days",
        "those so reviewed",
    )
    agenda = reviewed_programs(case.eng.reviews)
    if agenda.empty:
        return case.missing(ABOUT, SWITCH, condition.exposure)
    return compare(case, ABOUT, condition, rarely_reviewed(case, agenda))


def reviewed_programs(reviews: pd.DataFrame) -> pd.DataFrame:
    """Return one row for every program on the agenda of every review that took place: program_id, held_on."""
    held = reviews.loc[reviews["held_at"].notna() & reviews["program_ids"].notna()]
    rows = pd.DataFrame({"program_id": split_list(held["program_ids"]), "held_on": local_day(held["held_at"])})
    return rows.explode("program_id").astype({"program_id": "str"}).reset_index(drop=True)


def rarely_reviewed(case: Case, agenda: pd.DataFrame) -> pd.Series:
    """Return which programs had a longer gap without review in their first days, by program_id.

    Parameters
    ----------
    case : Case
        Its programs due; those of the landmark are answered: started since reviews are on record, open on the landmark
        day, and not due before it.
    agenda : DataFrame
        From `reviewed_programs`.
    """
    programs, days = case.due.programs, pd.Timedelta(days=case.settings.landmark_days)
    start = programs["actual_start"]
    landmark = start + days
    ended_on = programs["actual_end"].fillna(programs["cancelled_at"])
    is_over = programs["status"].isin(["delivered", "cancelled", "merged"])
    # A day of ending that is not known could lie on either side of the landmark.
    is_open = ended_on.gt(landmark) | ~is_over
    since = local_day(case.eng.reviews["scheduled_at"]).min()
    start = start.loc[is_open & programs["due_on"].gt(landmark) & start.ge(since)]
    looks = agenda.loc[is_among(agenda["program_id"], start.index.to_series())]
    day = (looks["held_on"] - start.reindex(looks["program_id"]).set_axis(looks.index)).dt.days
    inside = looks.assign(day=day).loc[day.between(0, days.days), ["program_id", "day"]]
    ends = pd.DataFrame({"program_id": [*start.index] * 2, "day": [0] * len(start) + [days.days] * len(start)})
    dates = pd.concat([ends, inside], ignore_index=True).sort_values(["program_id", "day"], kind="stable")
    longest = dates.groupby("program_id")["day"].diff().groupby(dates["program_id"]).max()
    return (longest > case.settings.review_rhythm_days).astype("boolean").reindex(start.index)
