from __future__ import annotations

import numpy as np
import pandas as pd

from gapkit.instrument import ITEMS
from gapkit.intake.formats.likert import read_answers
from gapkit.intake.formats.questionnaire import Columns, Heading
from gapkit.intake.formats.survey_notes import find_wrong_scale, tell_answers, tell_columns, tell_responses
from gapkit.intake.formats.survey_wide import Wide
from gapkit.intake.reading.records import Sheet


def wide(*names: str, rows: int = 3) -> Wide:
    cells = pd.DataFrame(
        {place: ["x"] * rows for place in range(len(names))}, index=pd.RangeIndex(2, 2 + rows), dtype="str"
    )
    sheet = Sheet("data/a.csv", "", "csv", names, cells)
    return Wide(sheet, tuple(Heading(name, (name,)) for name in names))


def columns(asked: dict[str, int], facts: dict[str, int], unclear: dict[str, tuple[str, ...]] | None = None) -> Columns:
    return Columns(asked, facts, unclear or {}, (), ())


def text(*cells: str) -> pd.Series:
    return pd.Series(cells, dtype="str", index=pd.RangeIndex(2, 2 + len(cells)))


def test_nothing_left_out_is_nothing_to_tell() -> None:
    """No note where every response counts."""
    assert [] == tell_responses(wide("MIS1"), np.array([True, True, True]))


def test_a_test_without_an_answer_is_counted_once() -> None:
    """As a test, not as an empty response too; and it was not broken off by anybody."""
    export = wide("MIS1")._replace(is_test=pd.Series([True, True, False]), is_finished=pd.Series([False, True, True]))

    assert ["2 preview, test or spam responses left out."] == tell_responses(export, np.array([False, True, True]))


def test_items_without_a_column_are_named() -> None:
    """Of the survey itself; a survey of the client's own items lacks none."""
    all_but_two = {item.id: 0 for item in ITEMS if item.id not in ("OWN3", "WRK2")}

    assert ["2 items of the survey have no column: OWN3 and WRK2."] == (
        tell_columns(wide("MIS1"), columns(all_but_two, {"level_band": 0}))
    )
    assert [] == tell_columns(wide("X1"), columns({"X1": 0}, {"level_band": 0}))


def test_an_unknown_level_is_told_and_how_to_name_it() -> None:
    """Without it leaders and team cannot be compared; where two columns offer themselves they are named."""
    plain = tell_columns(wide("X1"), columns({"X1": 0}, {}))
    doubtful = tell_columns(wide("X1", "Level", "Ebene"), columns({"X1": 0}, {}, {"level_band": ("Level", "Ebene")}))

    assert "fields: level_band" in plain[0]
    assert 'The level may stand in "Level" and "Ebene"; name one under fields: level_band.' == doubtful[0]


def test_columns_left_behind_are_named_once_and_briefly() -> None:
    """A question of a page is cut, a repeated name said once, a column without a name counted among them."""
    told = tell_columns(wide("X1", "Email", "Email", "", 20 * "long "), columns({"X1": 0}, {"level_band": 0}))

    assert told == [
        'Left behind, because nothing needs them and some may tell who answered: "Email", one without a name and '
        '"long long long long long long long long…".'
    ]


def test_unknown_answers_are_listed_with_their_counts() -> None:
    """Most frequent first, ten of them at most; what is understood is not mentioned."""
    cells = text("often", "4", "often", "n/a", *(f"word {chr(97 + n)}" for n in range(11)))
    told = tell_answers(cells, read_answers(cells, {}), 5, has_codes=False)

    assert 1 == len(told)
    assert told[0].startswith('13 answers not understood and left blank: "often" (2), "word a" (1),')
    assert "and 2 more. Say what they stand for under answers:" in told[0]


def test_answers_that_are_plain_need_no_note() -> None:
    """Numbers and known words on five points."""
    cells = text("4", "agree", "n/a")

    assert [] == tell_answers(cells, read_answers(cells, {}), 5, has_codes=True)


def test_a_longer_scale_is_one_problem_at_its_first_cell() -> None:
    """With row, column, value and the setting that mends it."""
    cells, names = text("5", "6", "7"), text("Frage 1", "Frage 2", "Frage 1")
    problem = find_wrong_scale(cells, names, read_answers(cells, {}), 5, wide("X1").sheet)[0]

    assert ("data/a.csv", 3, "Frage 2", "6", "1 to 5") == (
        problem.file, problem.row, problem.column, problem.value, problem.allowed,
    )  # fmt: skip
    assert "2 answers" in problem.what
    assert "scale:" in problem.remedy


def test_softened_words_beside_plain_ones_are_a_problem() -> None:
    """With the words seen, and where to say what they stand for."""
    cells = text("Agree", "Somewhat agree", "Agree")
    problem = find_wrong_scale(cells, cells, read_answers(cells, {}), 5, wide("X1").sheet)[0]

    assert "Agree, Somewhat agree" == problem.value
    assert "answers:" in problem.remedy
