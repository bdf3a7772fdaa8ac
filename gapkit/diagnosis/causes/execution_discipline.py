"""Execution discipline: whether there is an agreed way of working, and whether it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.baseline.rates import estimate_rate
from gapkit.diagnosis.causes.exceptions import exceptions, exceptions_by_level
from gapkit.diagnosis.causes.rule import Words, headline, judge, reservations, sentence_of
from gapkit.diagnosis.causes.traces import judge_traces, traces, written_paths
from gapkit.diagnosis.indicators.measured import About, share_of
from gapkit.diagnosis.maps.stops import timed_visits
from gapkit.diagnosis.signs.signs import Sign, finding_of, missing, perceived, resampled, sign_of
from gapkit.diagnosis.signs.wording import sign_words
from gapkit.labels import label_count, label_period, sentence_case
from gapkit.vocabulary import ACTIVE_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.diagnosis.evidence import Finding
    from gapkit.diagnosis.indicators import Basis
    from gapkit.results import Result

ID: Final = "execution_discipline"
NOTHING_WRITTEN: Final = "no defined way to follow"
WORDS: Final = Words("Execution discipline", "weak", "may be weak", "not shown to be weak")
SAID: Final = About(
    "Discipline 1", "survey score on keeping to the agreed way of working",
    "mean score of the statements DIS1 and DIS2", ("survey_answers",), unit="points", units="answers",
    clause="people score keeping to the agreed way of working at {} of 100",
)  # fmt: skip
FOLLOWED: Final = About(
    "Discipline 2", "delivered programs that took every mandatory step in order",
    "programs whose stages contain every mandatory step, each after those of an earlier place / programs delivered in the "
    "window, of a type with a written process, whose stages are recorded from their start",
    ("stage_visits", "process_steps"),
    clause="{} of delivered programs took every mandatory step in order",
)  # fmt: skip
FITNESS: Final = About(
    "Discipline 3", "fit of the steps taken to the written ones",
    "mean of 1 − Levenshtein's distance between steps taken and steps required / the longer of the two, same programs",
    ("stage_visits", "process_steps"),
    clause="the steps taken fit the written ones to {}",
)  # fmt: skip
REPEATED: Final = About(
    "Discipline 4", "steps that had been done before",
    "stays with work at a stage at which the program had worked before / stays with work that began in the window",
    ("stage_visits",),
    clause="{} of steps had been done before",
)  # fmt: skip
EXCEPTIONS: Final = About(
    "Discipline 5", "exceptions to what was agreed, a program",
    "changes of scope, priority or specification after the brief was approved (else after work began) / programs started "
    "in the window whose changes are recorded",
    ("status_events", "programs"), unit="ratio",
    clause="{} exceptions to what was agreed, a program",
)  # fmt: skip
NO_VISITS: Final = "The stages each program went through (table stage_visits) would switch this on."
NO_PROCESS: Final = "A written process with its mandatory steps (table process_steps) would switch this on."
NO_LOG: Final = "A change log that records scope, priority or specification would switch this on."


@dataclass(frozen=True, eq=False)
class Discipline:
    """What is known of execution discipline.

    Attributes
    ----------
    finding : Finding
        The judgement.
    by_type : mapping of str to Result
        Share of delivered programs that followed the written process, by type; adherence means something within a type
        only.
    by_level : DataFrame
        From `exceptions.exceptions_by_level`.
    """

    finding: Finding
    by_type: Mapping[str, Result]
    by_level: pd.DataFrame


def assess(basis: Basis) -> Discipline:
    """Assess execution discipline.

    Parameters
    ----------
    basis : Basis
        Supplies stage visits, the written process, the change log, people and the survey.
    """
    said, paths = perceived(basis, ID), written_paths(basis.eng.process_steps)
    kept = _kept(basis)
    by_type = {str(kind): _rate(basis, rows) for kind, rows in kept.groupby("type", sort=True)}
    found = exceptions(basis)
    seen = [_followed(basis, kept, bool(paths)), _fitness(basis, kept, bool(paths)), _repeated(basis)]
    signs = [sign_of(SAID, said), *seen, _exceptions(basis, found)]
    programs = int((basis.has_started & basis.is_recorded).sum())
    by_level = exceptions_by_level(found, programs, basis.eng.people, basis.eng.config.min_group)
    verdict = judge(signs[0], seen, WORDS) if paths else NOTHING_WRITTEN
    sentence = sentence_of(WORDS, verdict, signs) if paths else _nothing_written(signs)
    caveats = (*reservations(verdict, signs, WORDS), *_undocumented(basis, set(paths)))
    finding = finding_of("cause", ID, verdict, sentence, said, signs, basis, *caveats)
    return Discipline(finding, by_type, by_level)


def _kept(basis: Basis) -> pd.DataFrame:
    """Return how each delivered program of the window kept to the written process of its type, if it has one.

    Only a delivered program has had the time to take every step, and only one begun after the records did shows all it
    took.
    """
    visits, paths = basis.eng.stage_visits, written_paths(basis.eng.process_steps)
    if visits.empty or not paths:
        return pd.DataFrame({"type": [], "is_followed": [], "fitness": []})
    begun = basis.judged["actual_start"] >= local_day(visits["entered_at"]).min()
    types = basis.judged.loc[basis.is_delivered & begun & basis.judged["type"].isin(list(paths)), "type"]
    return judge_traces(traces(visits, types, paths), types, paths)


def _rate(basis: Basis, kept: pd.DataFrame) -> Result:
    period = label_period(basis.start.date(), basis.as_of.date())
    followed = kept["is_followed"].astype("boolean")
    missing_words = "No delivered program of a type with a written process has its stages recorded."
    return estimate_rate("process_followed_share", followed, basis.judged["team"].reindex(kept.index),
                         basis.eng.config.settings, period=period, missing=missing_words)  # fmt: skip


def _followed(basis: Basis, kept: pd.DataFrame, is_written: bool) -> Sign:
    if not is_written:
        return missing(FOLLOWED, NO_PROCESS)
    return sign_of(FOLLOWED, _rate(basis, kept)) if basis.eng.has("stage_visits") else missing(FOLLOWED, NO_VISITS)


def _fitness(basis: Basis, kept: pd.DataFrame, is_written: bool) -> Sign:
    if not is_written or not basis.eng.has("stage_visits"):
        return missing(FITNESS, NO_VISITS if is_written else NO_PROCESS)
    return resampled(FITNESS, share_of("program", kept.index.to_series(), kept["fitness"]), basis)


def _repeated(basis: Basis) -> Sign:
    if not basis.eng.has("stage_visits"):
        return missing(REPEATED, NO_VISITS)
    visits = timed_visits(basis.eng, basis.ended_on, basis.start.date())
    worked = visits.loc[visits["kind"].isin(ACTIVE_KINDS)].drop_duplicates("stop")
    again = worked.duplicated(["program_id", "stage"])
    counts = worked["in_window"] & worked["program_id"].isin(basis.programs.index)
    return resampled(REPEATED, share_of("program", worked.loc[counts, "program_id"], again[counts]), basis)


def _exceptions(basis: Basis, found: pd.DataFrame) -> Sign:
    if not basis.eng.status_events["field"].isin(["scope", "priority", "spec"]).any():
        return missing(EXCEPTIONS, NO_LOG)
    counted = basis.has_started & basis.is_recorded
    ids = counted.index[counted].to_series()
    per_program = found["program_id"].value_counts().reindex(ids.index).fillna(0)
    return resampled(EXCEPTIONS, share_of("program", ids, per_program), basis)


def _undocumented(basis: Basis, written: set[str]) -> list[str]:
    """Return how much of the work no written process covers, where some is covered."""
    types = basis.judged.loc[basis.has_started, "type"]
    without = int((~types.isin(list(written))).sum())
    if not written or not without:
        return []
    of = label_count(len(types), "program")
    return [f"{without} of {of} started in the window are of types without a written process, and are not judged here."]


def _nothing_written(signs: list[Sign]) -> str:
    said = f" {sentence_case(sign_words(signs[0]))}." if signs[0].is_beyond is not None else ""
    return f"{headline(WORDS, NOTHING_WRITTEN)}: no written process was handed over for any type of program.{said}"
