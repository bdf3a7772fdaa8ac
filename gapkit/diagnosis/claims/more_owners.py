"""C1c: the more owners a program has, the worse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.claims.claim import About
from gapkit.diagnosis.claims.trend import follow
from gapkit.diagnosis.exposure.exposures import SWITCHES_ON

if TYPE_CHECKING:
    from gapkit.diagnosis.claims.case import Case
    from gapkit.diagnosis.claims.claim import Trial

ABOUT: Final = About(
    "C1c",
    "The more owners, the worse",
    "programs are the less often {outcome}, the more owners they have at their planned start",
    "change of the rate per further owner, program bootstrap; linear-by-linear trend test over 1, 2, 3 or more",
    -1,
    per="per further owner",
)
EXPOSURE: Final = "persons answering for the program at its planned start"
LABELS: Final = {
    0: "programs with no named person",
    1: "programs with one owner",
    2: "with two",
    3: "with three or more",
}


def trial(case: Case) -> Trial:
    """Return the trial of C1c; programs without any owner are shown and not part of the trend."""
    if case.owners["persons"].isna().all():
        return case.missing(ABOUT, SWITCHES_ON["unclear_ownership"], EXPOSURE)
    found = follow(case, ABOUT, EXPOSURE, case.owners["persons"], LABELS)
    return replace(found, is_exploratory=case.are_owners_known_late)
