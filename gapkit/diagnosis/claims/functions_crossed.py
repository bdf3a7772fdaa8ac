"""C6: hand-offs widen the gap: the more functions a program crosses, the worse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.claims.claim import About
from gapkit.diagnosis.claims.trend import follow
from gapkit.schema import list_size

if TYPE_CHECKING:
    from gapkit.diagnosis.claims.case import Case
    from gapkit.diagnosis.claims.claim import Trial

ABOUT: Final = About(
    "C6",
    "The more hand-offs, the wider the gap",
    "programs are the less often {outcome}, the more functions must work on them",
    "change of the rate per further function, program bootstrap; linear-by-linear trend test over 1, 2, 3 or more",
    -1,
    per="per further function",
)
EXPOSURE: Final = "functions that must work together on the program, by its plan"
LABELS: Final = {1: "programs of one function", 2: "of two", 3: "of three or more"}


def trial(case: Case) -> Trial:
    """Return the trial of C6."""
    functions = case.programs["functions"]
    if functions.isna().all():
        return case.missing(ABOUT, "The functions of each program (programs.functions) would switch this on.", EXPOSURE)
    return follow(case, ABOUT, EXPOSURE, list_size(functions).astype("Int64").mask(functions.isna()), LABELS)
