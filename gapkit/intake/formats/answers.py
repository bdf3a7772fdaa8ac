"""What the survey tools share: a wide sheet, one row per response, becomes the long survey tables under fresh tokens.

Only what the tables need leaves the sheet: answers, level, group, function, seconds taken. Who answered stays behind, and
the columns left behind are named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

import numpy as np
import pandas as pd

from gapkit.errors import InputError, Problem
from gapkit.instrument import STRATEGY_QUESTIONS
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats.columns import seen_in_header
from gapkit.intake.formats.likert import POINTS, plain_words, read_answers
from gapkit.intake.formats.questionnaire import LEVELS, Columns, find_columns, items_in
from gapkit.intake.formats.survey_notes import FACTS, find_wrong_scale, tell_answers, tell_columns, tell_responses
from gapkit.intake.formats.survey_wide import Wide, as_seconds
from gapkit.intake.mapping import missing_field
from gapkit.intake.reading.cells import Mask, on_distinct
from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.records import Sheet
from gapkit.intake.reading.words import look_up
from gapkit.labels import label_count

if TYPE_CHECKING:
    from gapkit.config import Source

TOKEN_DIGITS: Final = 12
Cells = dict[str, pd.Series]


class Survey(NamedTuple):
    """An export with its columns told apart and its empty and test responses left out.

    Attributes
    ----------
    wide : Wide
        As its tool lays it out, all responses.
    columns : Columns
        Which column is what.
    kept : numpy.ndarray of bool
        The responses that count.
    asked : mapping of str to pandas.Series
        Item or question to the answers of these, as written.
    tokens : pandas.Series of str
        Their tokens.
    source : Source
        The entry in engagement.yml.
    """

    wide: Wide
    columns: Columns
    kept: Mask
    asked: Mapping[str, pd.Series]
    tokens: pd.Series
    source: Source


class Told(NamedTuple):
    """Cells of a table, with notes and problems."""

    cells: Cells
    notes: list[str]
    problems: list[Problem]


def seen_with_items(glimpse: Glimpse, needed: Iterable[str], telling: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names that give a survey tool away, with the items seen beside them; empty without the needed ones.

    Parameters
    ----------
    glimpse, needed, telling
        As in `columns.seen_in_header`.
    """
    hit = seen_in_header(glimpse, needed, telling)
    return tuple(dict.fromkeys((*hit, *items_in(glimpse)))) if hit else ()


def read_surveys(exports: Sequence[Export], source: Source, open_one: Callable[[Export, Source], Wide]) -> Extract:
    """Read the files of one source.

    Parameters
    ----------
    exports : sequence of Export
        The files.
    source : Source
        Their entry in engagement.yml.
    open_one : callable
        From one of them to its wide sheet, as the tool lays it out.

    Raises
    ------
    InputError
        When none of them holds an answer to the survey.
    """
    parts: list[Part] = []
    problems: list[Problem] = []
    for export in exports:
        try:
            made, more = _read_one(open_one(export, source), source)
        except InputError as error:
            problems += error.problems
            continue
        parts += made
        problems += more
    if not parts:
        raise InputError(problems)
    return Extract(tuple(parts), problems=tuple(problems))


def _read_one(wide: Wide, source: Source) -> tuple[list[Part], list[Problem]]:
    """Return the survey tables a wide sheet gives, what there is to know being told with the respondents."""
    sheet = wide.sheet
    columns = find_columns(wide.headings, source, sheet.file, sheet.sheet)
    if not columns.asked and not columns.problems:
        _refuse_without_items(wide)
    survey, notes = _survey(wide, columns, source)
    answers, ranks = _answers(survey), _ranks(survey)
    notes += [*answers.notes, *ranks.notes, *tell_columns(wide, columns)]
    own = replace(sheet, columns=tuple(heading.name for heading in wide.headings))
    missing = [missing_field(own, "survey_respondents", name, wanted) for name, wanted in _missing(columns)]
    bare = replace(sheet, notes=(), problems=())
    parts = [
        _part("survey_respondents", replace(sheet, notes=(*sheet.notes, *notes)), _respondents(survey), survey),
        _part("survey_answers", bare, answers.cells, survey),
        _part("strategy_answers", bare, _strategy(survey), survey),
        _part("priority_rankings", bare, ranks.cells, survey),
    ]
    return [part for part in parts if part.sheet.columns], [*columns.problems, *missing, *answers.problems]


def _refuse_without_items(wide: Wide) -> NoReturn:
    refuse(
        "no column is an item of the survey",
        wide.sheet.file,
        sheet=wide.sheet.sheet,
        value=", ".join(heading.name for heading in wide.headings if heading.name)[:120],
        allowed="headings with the id of an item (MIS1, OWN2, …) or its wording",
        remedy='Name the columns under items: of this source (items: {MIS1: "…"}).',
        table="survey_answers",
    )


def _survey(wide: Wide, columns: Columns, source: Source) -> tuple[Survey, list[str]]:
    """Return the responses that count, and how many do not."""
    asked = {what: wide.column(place) for what, place in columns.asked.items()}
    is_answered = pd.DataFrame(asked, index=wide.sheet.cells.index).notna().any(axis=1).to_numpy()
    kept = is_answered & ~wide.tests()
    tokens = _tokens(wide, columns.facts.get("respondent_id", wide.response_id), _wave(wide, source))[kept]
    kept_answers = {what: texts[kept] for what, texts in asked.items()}
    return Survey(wide, columns, kept, kept_answers, tokens, source), tell_responses(wide, is_answered)


def _wave(wide: Wide, source: Source) -> str:
    return source.wave or PurePosixPath(wide.sheet.file).stem


def _tokens(wide: Wide, id_place: int | None, wave: str) -> pd.Series:
    """Return a token per response: of the wave and the response's id, or of the whole row where it has none.

    Equal rows without an id are different people, told apart by counting them.
    """
    index = wide.sheet.cells.index
    texts = [wide.column(place).fillna("") for place in range(len(wide.headings))]
    rows = pd.Series(["\x1f".join(row) for row in zip(*texts, strict=True)], index=index, dtype="str")
    rows = rows + "\x1f" + rows.groupby(rows.to_numpy()).cumcount().astype("str")
    keys = rows if id_place is None else wide.column(id_place).fillna(rows)
    digests = [hashlib.sha256(f"{wave}\n{key}".encode()).hexdigest()[:TOKEN_DIGITS] for key in keys]
    # The letter in front keeps 5e1203948572 from being taken for a number, here and in spreadsheets.
    return pd.Series([f"r{digest}" for digest in digests], index=index, dtype="str")


def _respondents(survey: Survey) -> Cells:
    """Return one row per response: token, wave and what is known of the respondent."""
    wide, places, index = survey.wide, survey.columns.facts, survey.tokens.index
    facts: Cells = {name: pd.Series(None, index=index, dtype="str") for name, _ in _missing(survey.columns)}
    for name in ("group", "function", "level_band"):
        if name in places:
            texts = wide.column(places[name])[survey.kept]
            facts[name] = look_up(texts, survey.source.teams).fillna(texts)
    if "level_band" in places:
        facts["level_band"] = _bands(facts["level_band"])
    if "duration_s" in places:
        facts["duration_s"] = as_seconds(wide.column(places["duration_s"]))[survey.kept]
    elif wide.seconds is not None and "duration_s" not in facts:
        facts["duration_s"] = wide.seconds[survey.kept]
    wave = pd.Series(_wave(wide, survey.source), index=index, dtype="str")
    return {
        "respondent_id": survey.tokens, "wave": wave, "level_band": pd.Series(None, index=index, dtype="str"), **facts
    }  # fmt: skip


def _missing(columns: Columns) -> list[tuple[str, str]]:
    """Return the entries of `fields:` for facts whose column the file does not have."""
    return [(name, wanted) for name, wanted in columns.missing if name in FACTS]


def _bands(texts: pd.Series) -> pd.Series:
    """Return the level behind every word known for it; other words stay, and are counted where words are translated."""
    return on_distinct(texts, lambda seen: [LEVELS.get(plain_words(word), word) for word in seen], "str")


def _answers(survey: Survey) -> Told:
    """Return one row per respondent and item."""
    items = [what for what in survey.asked if not _is_question(what)]
    if not items:
        return Told({}, [], [])
    texts = pd.DataFrame({item: survey.asked[item] for item in items})
    rows = pd.Index(np.repeat(texts.index.to_numpy(), len(items)), name="row")
    cells = pd.Series(texts.to_numpy(dtype=object).ravel(), index=rows, dtype="str")
    points, has_codes = survey.source.scale or POINTS, survey.wide.has_codes
    answers = read_answers(cells, survey.source.answers, points, has_codes=has_codes)
    ids = pd.Series(np.tile(np.array(items, dtype=object), len(texts)), index=rows, dtype="str")
    tokens = pd.Series(np.repeat(survey.tokens.to_numpy(dtype=object), len(items)), index=rows, dtype="str")
    names = ids.map({item: survey.wide.headings[survey.columns.asked[item]].name for item in items})
    return Told(
        {"respondent_id": tokens, "item_id": ids, "value": answers.points},
        tell_answers(cells, answers, points, has_codes=has_codes),
        find_wrong_scale(cells, names, answers, points, survey.wide.sheet),
    )


def _is_question(what: str) -> bool:
    return what in STRATEGY_QUESTIONS or what.endswith("_CODE") or what.startswith("RANK_")


def _strategy(survey: Survey) -> Cells:
    """Return one row per answer to a strategy question: the respondent's own words, and the code chosen."""
    none = pd.Series(None, index=survey.tokens.index, dtype="str")
    rows = [
        pd.DataFrame(
            {
                "respondent_id": survey.tokens,
                "question": question,
                "text": survey.asked.get(question, none),
                "code": survey.asked.get(f"{question}_CODE", none),
            }
        ).dropna(subset=["text", "code"], how="all")
        for question in STRATEGY_QUESTIONS
        if question in survey.asked or f"{question}_CODE" in survey.asked
    ]
    return _columns(pd.concat(rows)) if rows else {}


def _ranks(survey: Survey) -> Told:
    """Return one row per priority and respondent who ranked any; equal places share their mean place."""
    texts = {what.removeprefix("RANK_"): cells for what, cells in survey.asked.items() if what.startswith("RANK_")}
    if not texts:
        return Told({}, [], [])
    places = pd.DataFrame({priority: _place(cells) for priority, cells in texts.items()})
    lost = int((pd.DataFrame(texts).notna() & places.isna()).to_numpy().sum())
    notes = [f"{label_count(lost, 'rank')} without one number in the cell, left blank."] if lost else []
    wide = places.loc[places.notna().any(axis=1)].rank(axis=1, method="average")
    long = wide.assign(respondent_id=survey.tokens).melt("respondent_id", var_name="priority_id", ignore_index=False)
    return Told(_columns(long.rename(columns={"value": "rank"}).sort_index(kind="stable")), notes, [])


def _place(texts: pd.Series) -> pd.Series:
    """Return the one number in a cell: 2, "2nd", "Rank 2"."""
    numbers: pd.Series = pd.to_numeric(texts.str.extract(r"^\D*(\d+)\D*$", expand=False)).astype("float64")
    return numbers


def _columns(frame: pd.DataFrame) -> Cells:
    return {str(name): frame[name] for name in frame.columns}


def _part(table: str, sheet: Sheet, cells: Cells, survey: Survey) -> Part:
    """Return a table whose columns go by the names they have in the file, so that accounts and `fields:` find them."""
    places, headings = survey.columns.facts, survey.wide.headings
    fields = {name: headings[places[name]].name if name in places else name for name in cells}
    fields |= {name: wanted for name, wanted in survey.source.fields.items() if name in cells}
    named = {fields[name]: series for name, series in cells.items()}
    frame = pd.DataFrame(dict(enumerate(named.values())), columns=range(len(named)))
    return Part(table, replace(sheet, columns=tuple(named), cells=frame), fields)
