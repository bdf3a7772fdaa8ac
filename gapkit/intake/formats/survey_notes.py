"""What a consultant is told about a survey export: who was left out, what was not understood, what stays behind."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from gapkit.errors import Problem
from gapkit.instrument import ANSWERS, ITEMS
from gapkit.intake.formats.likert import MOST_POINTS, POINTS, Answers
from gapkit.intake.formats.questionnaire import Columns
from gapkit.intake.formats.survey_wide import Wide
from gapkit.intake.reading.cells import Mask
from gapkit.intake.reading.records import Sheet
from gapkit.labels import label_count, label_list, label_number

# Columns of survey_respondents an export may fill besides token and wave.
FACTS: Final = {"group": "group", "function": "function", "level_band": "level", "duration_s": "time taken"}
SHOWN_CHARACTERS: Final = 40
SHOWN_WORDS: Final = 10


def tell_responses(wide: Wide, is_answered: Mask) -> list[str]:
    """Return how many responses were left out, and how many were kept though broken off."""
    told = []
    for left_out, noun in (
        (wide.tests(), "preview, test or spam response"),
        (~is_answered & ~wide.tests(), "response without any answer"),
    ):
        if left_out.any():
            many = noun.replace("response", "responses")
            told.append(f"{label_count(int(left_out.sum()), noun, many)} left out.")
    broken = wide.unfinished() & is_answered & ~wide.tests()
    if broken.any():
        told.append(f"{label_count(int(broken.sum()), 'response')} broken off; the answers given are kept.")
    return told


def tell_columns(wide: Wide, columns: Columns) -> list[str]:
    """Return which items have no column, which facts could not be told, and which columns stay behind."""
    told = []
    lacking = [item.id for item in ITEMS if item.id not in columns.asked]
    if lacking and len(lacking) < len(ITEMS):
        verb = "has" if len(lacking) == 1 else "have"
        told.append(f"{label_count(len(lacking), 'item')} of the survey {verb} no column: {label_list(lacking)}.")
    for fact, names in columns.unclear.items():
        listed = label_list([f'"{short(name)}"' for name in names])
        told.append(f"The {FACTS[fact]} may stand in {listed}; name one under fields: {fact}.")
    if "level_band" not in {*columns.facts, *columns.unclear}:
        told.append(
            "No column tells leadership, managers and contributors apart, so leaders and team cannot be compared; "
            "name it under fields: level_band."
        )
    kept = {*columns.asked.values(), *(place for fact, place in columns.facts.items() if fact in FACTS)}
    behind = dict.fromkeys(short(heading.name) for place, heading in enumerate(wide.headings) if place not in kept)
    if behind:
        listed = label_list([f'"{name}"' if name else "one without a name" for name in behind])
        told.append(f"Left behind, because nothing needs them and some may tell who answered: {listed}.")
    return told


def tell_answers(cells: pd.Series, answers: Answers, points: int, *, has_codes: bool) -> list[str]:
    """Return how answers were read where that is not plain, and those nobody knows with their counts.

    Parameters
    ----------
    cells : pandas.Series of str
        Answers as the file holds them.
    answers : Answers
        The same after reading.
    points : int
        Points of the scale they were given on.
    has_codes : bool
        Whether A1, A2 … were read as points.
    """
    told = []
    if points != POINTS:
        told.append(f"Answers from 1 to {points} were brought to 1 to 5: 1 + 4 × (answer − 1) / {points - 1}.")
    if has_codes and cells.str.fullmatch(r"(?i)AO?\d+").any():
        ends = (ANSWERS[1], ANSWERS[POINTS])
        told.append(f"The codes A1 to A{points} were read as 1 ({ends[0]}) to {points} ({ends[1]}), in that order.")
    if answers.unknown.any():
        counts = cells[answers.unknown].value_counts()
        listed = [f'"{short(str(word))}" ({label_number(count)})' for word, count in counts.head(SHOWN_WORDS).items()]
        listed += [f"{len(counts) - SHOWN_WORDS} more"] if len(counts) > SHOWN_WORDS else []
        told.append(
            f"{label_count(int(answers.unknown.sum()), 'answer')} not understood and left blank: {label_list(listed)}. "
            "Say what they stand for under answers: of this source."
        )
    return told


def find_wrong_scale(cells: pd.Series, names: pd.Series, answers: Answers, points: int, sheet: Sheet) -> list[Problem]:
    """Return what shows that the scale is not the one it is taken for.

    Parameters
    ----------
    cells : pandas.Series of str
        Answers as the file holds them; the index is the row in the file.
    names : pandas.Series of str
        The column each stands in, as the file spells it.
    answers, points
        As in `tell_answers`.
    sheet : Sheet
        Where they come from.
    """
    problem = partial(Problem, file=sheet.file, sheet=sheet.sheet, table="survey_answers")
    problems = []
    if answers.beyond.any():
        first = int(np.flatnonzero(answers.beyond)[0])
        count = label_count(int(answers.beyond.sum()), "answer")
        problems.append(
            problem(
                f"{count} beyond the end of the scale",
                row=int(cells.index[first]),
                column=names.iloc[first],
                value=cells.iloc[first],
                allowed=f"1 to {points}",
                remedy=f"Set scale: of this source to the number of its points, up to {MOST_POINTS}, or correct the cells.",
            )
        )
    if answers.is_mixed:
        problems.append(
            problem(
                "plain and softened answers side by side, as on a scale of more than five points",
                value=", ".join(cells.dropna().unique())[:120],
                allowed="five points from strongly disagree to strongly agree",
                remedy="Set scale: of this source to the number of its points, and each answer's point under answers:.",
            )
        )
    return problems


def short(text: str) -> str:
    """Return a heading or an answer on one line, cut where it is long.

    Examples
    --------
    >>> short("Your  team"), len(short(40 * "long "))
    ('Your team', 40)
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN_CHARACTERS else f"{flat[: SHOWN_CHARACTERS - 1]}…"
