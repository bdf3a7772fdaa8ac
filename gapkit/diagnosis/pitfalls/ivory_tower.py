"""Ivory Tower: plans made without those who carry them out, and changed as soon as these begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.baseline.rates import estimate_rate
from gapkit.diagnosis.indicators.measured import About
from gapkit.diagnosis.pitfalls.rule import pitfall
from gapkit.diagnosis.signs.signs import Sign, gap_of, missing, perceived, sign_of
from gapkit.intake.history.signed import SIGNED
from gapkit.labels import label_period

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding
    from gapkit.diagnosis.indicators import Basis

ID: Final = "ivory_tower"
ASKED: Final = About(
    "Ivory 1", "programs discussed before they were committed to",
    "on the agenda of a review held, or subject of a decision asked for, before the commitment / programs committed to in "
    "the window, after the first review or decision on record",
    ("reviews", "decisions", "programs"),
    clause="{} of programs were discussed before they were committed to",
)  # fmt: skip
GAP: Final = About(
    "Ivory 2", "alignment and planning as others see them, against leadership (Cliff's delta)",
    "Cliff's delta of the statements MIS1 to MIS3, IVT1 and IVT2 together, others against leadership",
    ("survey_answers",), unit="ratio", units="answers",
    clause="others see alignment and planning worse than leadership does, by a Cliff's delta of {}",
)  # fmt: skip
CHANGED: Final = About(
    "Ivory 3", "programs re-dated or re-scoped in their first 30 days",
    "programs with a change of planned end or scope within 30 days of their planned start / programs started in the window "
    "whose changes are recorded and whose first 30 days are over",
    ("status_events", "programs"),
    clause="{} of programs were re-dated or re-scoped in their first 30 days",
)  # fmt: skip
SAID: Final = About(
    "Ivory 4", "survey score on a say in plans",
    "mean score of the statements IVT1 and IVT2", ("survey_answers",), unit="points", units="answers",
    clause="people score their say in plans at {} of 100",
)  # fmt: skip
FIRST_DAYS: Final = 30
WHO_WAS_THERE: Final = (
    "Who took part is not recorded: a program discussed before its commitment counts as discussed with its team."
)


def assess(basis: Basis) -> Finding:
    """Judge whether plans are made in an ivory tower.

    Parameters
    ----------
    basis : Basis
        Supplies reviews, decisions, the change log and the survey.
    """
    said = perceived(basis, ID)
    signs = [_asked(basis), sign_of(GAP, gap_of(basis, "misalignment", ID)), _changed(basis), sign_of(SAID, said)]
    return pitfall(ID, said, signs, basis)


def _asked(basis: Basis) -> Sign:
    if basis.reviewed.empty and not basis.eng.has("decisions"):
        return missing(ASKED, "The table reviews with its columns held_at and program_ids would switch this on.")
    committed = basis.judged["committed_at"]
    if committed.isna().all():
        return missing(ASKED, "The column committed_at of programs would switch this on.")
    decided = pd.DataFrame(
        {"program_id": basis.eng.decisions["program_id"], "on": local_day(basis.eng.decisions["asked_at"])}
    )
    held = basis.reviewed.rename(columns={"held_on": "on"})
    talks = pd.concat([part for part in (held, decided.dropna()) if len(part)], ignore_index=True)
    counted = basis.in_window(committed) & (committed > talks["on"].min()) & basis.judged["team"].notna()
    earlier = talks["program_id"][(talks["on"] < committed.reindex(talks["program_id"]).set_axis(talks.index))]
    outcome = pd.Series(counted.index.isin(earlier), index=counted.index, dtype="boolean")[counted]
    return _rate(ASKED, outcome, basis, WHO_WAS_THERE)


def _changed(basis: Basis) -> Sign:
    events = basis.eng.status_events
    if not events["field"].isin(["end", "scope"]).any():
        return missing(CHANGED, "A change log that records planned ends or scope would switch this on.")
    start, days = basis.planned_start, pd.Timedelta(days=FIRST_DAYS)
    counted = basis.has_started & basis.is_recorded & (start + days <= basis.as_of)
    is_plan = events["event_id"].str.startswith(SIGNED).fillna(False).astype(bool)
    moved = events["field"].eq("end") & events["old"].notna() & events["old"].ne(events["new"]).fillna(True)
    changes = events.loc[(moved | events["field"].eq("scope")) & ~is_plan]
    since = local_day(changes["at"]) - start.reindex(changes["program_id"]).set_axis(changes.index)
    early = changes.loc[since.between(pd.Timedelta(0), days), "program_id"]
    outcome = pd.Series(counted.index.isin(early), index=counted.index, dtype="boolean")[counted]
    return _rate(CHANGED, outcome, basis)


def _rate(about: About, outcome: pd.Series, basis: Basis, *caveats: str) -> Sign:
    """Return a share of programs, its interval allowing for teams."""
    period = label_period(basis.start.date(), basis.as_of.date())
    result = estimate_rate(about.id, outcome, basis.judged["team"].reindex(outcome.index), basis.eng.config.settings,
                           period=period, missing=f"No {about.units} to count in the window.")  # fmt: skip
    return sign_of(about, result.with_caveats(*caveats) if result.is_ok else result)
