"""The survey of an engagement, wave by wave, as it may be shown.

`read_survey` goes through everything once: who reads what they answer, what may be shown, scores, comparisons. What it
returns holds figures only; the answers stay sealed, and give means over resampled respondents to whoever scores with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from gapkit.intake.people.no_person import looks_like_no_person
from gapkit.labels import label_list
from gapkit.results import Result, not_assessable
from gapkit.schema import split_list
from gapkit.survey.anonymity import Gate, open_gate
from gapkit.survey.build import RESULT_UNITS, Answers, build_wave
from gapkit.survey.closing import Closed, close, read_closed, reopen
from gapkit.survey.quality import is_counted
from gapkit.survey.responses import begins, read_rows, waves_known

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig
    from gapkit.engagement import Engagement
    from gapkit.survey.wave import Wave

TABLES_READ: Final = ("survey_respondents", "survey_answers", "strategy_answers", "priority_rankings")
NO_SURVEY: Final = "No survey. The tables survey_respondents and survey_answers would switch it on."


@dataclass(frozen=True)
class Survey:
    """What people say, wave by wave.

    Attributes
    ----------
    waves : mapping of str to Wave
        Those that had begun on the day the data is read at, in order; empty without a survey.
    caveats : tuple of str
        What concerns no single wave.
    """

    waves: Mapping[str, Wave]
    caveats: tuple[str, ...]
    _record: Mapping[str, Any] = field(repr=False)

    @property
    def is_measured(self) -> bool:
        """Whether any wave may be shown."""
        return any(wave.is_shown for wave in self.waves.values())

    @property
    def last(self) -> Wave | None:
        """The latest wave; None without a survey."""
        return next(iter([*self.waves.values()][::-1]), None)

    @property
    def results(self) -> Mapping[str, Result]:
        """Results of the latest wave; without a survey, each of them as not measured."""
        if self.last is not None:
            return self.last.results
        return {name: not_assessable(name, NO_SURVEY, unit=unit) for name, unit in RESULT_UNITS.items()}

    def closing_record(self) -> dict[str, Any]:
        """Return what is written to `survey.json` when a report with these figures is published, as plain data.

        Waves closed before stay as they were, but for questions shown for the first time; those shown now are closed too.
        """
        return {"waves": {wave: dict(record) for wave, record in self._record.items()}}


def read_survey(eng: Engagement) -> Survey:
    """Read the survey of an engagement.

    Parameters
    ----------
    eng : Engagement
        Supplies the survey tables, the codebook, the settings and, in its folder, the record of waves already reported.

    Returns
    -------
    Survey
        The same for the same engagement and seed; nothing is written. Without the tables, a survey without waves.

    Raises
    ------
    InputError
        When the record of waves already reported cannot be read.

    Notes
    -----
    A wave that has been reported counts the answers it counted then, and no others (`gapkit.survey.closing`).
    """
    closed = read_closed(eng.folder)
    names = waves_known(eng.survey_respondents, eng.as_of)
    gates: dict[str, Gate] = {}
    waves: dict[str, Wave] = {}
    record: dict[str, Any] = {wave: one.to_dict() for wave, one in closed.items()}
    people = person_names(eng)
    for name in names:
        answers = _answers(eng, name, closed.get(name), gates)
        # Also of a closed wave that may no longer be shown: it was shown once.
        gates[name] = replace(answers.gate, is_open=answers.gate.is_open or name in closed)
        waves[name] = build_wave(answers, people)
        if answers.gate.is_open:
            record[name] = _record(answers, closed.get(name)).to_dict()
    return Survey(MappingProxyType(waves), _order_caveat(names), MappingProxyType(record))


def _answers(eng: Engagement, name: str, closed: Closed | None, gates: Mapping[str, Gate]) -> Answers:
    """Return the answers of a wave with what may be shown of them; those of a closed wave as they were reported."""
    invited = eng.survey_invited.loc[eng.survey_invited["wave"].eq(name)]
    tables = {table: getattr(eng, table) for table in TABLES_READ}
    rows = read_rows(tables, name)
    if closed is None:
        counted = is_counted(rows, eng.config.settings)
        gate = open_gate(rows.keep(counted), invited, eng.config, gates)
        return Answers(rows, counted, gate, invited, eng.codebook, eng.config)
    kept = reopen(rows, closed)
    config = _as_closed(eng.config, closed)
    gate = open_gate(kept.rows.keep(kept.counted), invited, config, gates)
    if kept.why_not:
        gate = replace(gate, is_open=False, why_closed=kept.why_not)
    return Answers(kept.rows, kept.counted, gate, invited, eng.codebook, config, kept.caveats, closed.codes)


def _record(answers: Answers, closed: Closed | None) -> Closed:
    """Return what is recorded of a wave that is shown: once closed, only questions not shown before are added."""
    if closed is not None:
        return replace(closed, codes=answers.codes_shown)
    config = answers.config
    return close(
        answers.everybody, answers.counted, config.min_group, config.settings.min_answered_share, answers.codes_shown
    )


def _as_closed(config: EngagementConfig, closed: Closed) -> EngagementConfig:
    """Return the settings a wave was closed under; a larger smallest group stays larger."""
    return replace(
        config,
        min_group=max(config.min_group, closed.min_group),
        settings=replace(config.settings, min_answered_share=closed.min_answered_share),
    )


def _order_caveat(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return that waves stand in the order of their names, where these hold no date."""
    if len(names) < 2 or all(map(begins, names)):
        return ()
    return (
        f"The waves {label_list(list(names))} are taken in this order. A month in each name (2026-04) would settle it.",
    )


def person_names(eng: Engagement) -> tuple[str, ...]:
    """Return every name of a person the data knows, to be taken out of texts: owners, their spellings, those who left."""
    listed = [eng.programs[column] for column in ("owners_at_start", "owners_now")]
    told = [eng.status_events.loc[eng.status_events["field"].eq("owner"), column] for column in ("old", "new")]
    named = {name for column in (*listed, *told) for names in split_list(column) for name in names}
    owners, teams = eng.config.owners, eng.programs["team"].dropna().unique()
    confirmed = {*owners.same, *owners.left, *(name for spellings in owners.same.values() for name in spellings)}
    persons = {name for name in named if name not in owners.not_persons and not looks_like_no_person(name, teams)}
    # Of an address what stands before the @: the client's own name is no person's.
    return tuple(sorted({name.partition("@")[0] for name in confirmed | persons}))
