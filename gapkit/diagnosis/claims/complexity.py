"""C4: the gap grows with complexity, counted as functions involved plus things waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.diagnosis.claims.association import associate, can_be_split
from gapkit.diagnosis.claims.claim import ENDED_ALIKE, About, Trial
from gapkit.diagnosis.exposure.due import undecided
from gapkit.labels import label_count, label_number, label_share
from gapkit.schema import list_size

if TYPE_CHECKING:
    from gapkit.diagnosis.claims.case import Case
    from gapkit.results import Result

ABOUT: Final = About(
    "C4",
    "The more complex, the wider the gap",
    "programs are the less often {outcome}, the more functions they involve and the more other programs they wait for",
    "Somers' D of failure on complexity, program bootstrap, permutation test within types",
    1,
    per="in 100 pairs",
    unit="ratio",
)
NAME: Final = "failure_on_complexity"


def trial(case: Case) -> Trial:
    """Return the trial of C4."""
    complexity, exposure = complexity_of(case)
    if complexity.isna().all():
        why = "The functions of each program (programs.functions), or the table dependencies, would switch this on."
        return case.missing(ABOUT, why, exposure)
    due, known = case.due, case.due.known
    units = known.assign(first=complexity.reindex(known.index), second=(~known["is_success"]).astype(float))
    absent, units = int(units["first"].isna().sum()), units.dropna(subset="first")
    cut = float(units["first"].median()) if len(units) else 0.0
    is_higher = units["first"] > cut
    sides = {f"above {label_number(cut)}": units.loc[is_higher], f"up to {label_number(cut)}": units.loc[~is_higher]}
    groups = tuple(
        case.rate(f"programs of complexity {words}", part["second"], part["team"], "failure_rate")
        for words, part in sides.items()
    )
    unknown = (f"{label_count(absent, 'program')} left out: complexity is not known.",) if absent else ()
    caveats, least = (*due.caveats, *unknown), case.settings.min_n_compared
    if not can_be_split(units["first"], least):
        why = f"{label_count(len(units), 'program')} whose complexity does not part them into two groups of {least}."
        return case.thin(ABOUT, why, exposure, len(units), groups, caveats)
    if units["second"].eq(units["second"].iloc[0]).all():
        return case.thin(ABOUT, ENDED_ALIKE, exposure, len(units), groups, caveats)
    found = associate(case, ABOUT, NAME, units)
    failed = label_number(units["second"].sum())
    facts = (
        f"Among {label_count(len(units), 'program')}, {failed} of them not {due.outcome}, the more complex of two failed "
        f"alone in {label_share(found.rises)} of pairs and the simpler one alone in {label_share(found.falls)}"
    )
    return Trial(ABOUT, due.outcome, exposure, groups, found.effect, found.p_value, facts,
                 sensitivity=_sensitivity(case, units), caveats=caveats)  # fmt: skip


def complexity_of(case: Case) -> tuple[pd.Series, str]:
    """Return functions involved plus programs waited for, of each program due, and what was counted.

    A program of unknown functions is unknown; where no functions are recorded at all, dependencies are counted alone.
    """
    functions = case.programs["functions"]
    waits = case.eng.dependencies.loc[case.eng.dependencies["level"].fillna("program") == "program"]
    number = waits.groupby("to_id")["from_id"].nunique().reindex(functions.index, fill_value=0).astype(float)
    crossed = list_size(functions).astype(float).mask(functions.isna())
    if waits.empty:
        return crossed, "functions that must work on it, by its plan"
    if functions.isna().all():
        return number, "other programs it waits for, by its plan"
    return crossed + number, "functions that must work on it plus other programs it waits for, by its plan"


def _sensitivity(case: Case, units: pd.DataFrame) -> Result | None:
    """Return the effect without programs cancelled by decision before their planned start; None where there are none."""
    kept, words = undecided(units)
    if len(kept) == len(units) or not can_be_split(kept["first"], case.settings.min_n_compared):
        return None
    return associate(case, ABOUT, NAME, kept).effect.with_caveats(words)
