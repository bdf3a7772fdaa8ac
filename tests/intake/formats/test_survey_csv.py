from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gapkit import instrument
from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.survey_csv import SURVEY_CSV

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "likert-bfi" / "bfi.csv"
SCALES = {"A": "agreeableness", "C": "conscientiousness", "E": "extraversion", "N": "neuroticism", "O": "openness"}
REVERSED = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}
ITEMS = [f"{scale}{number}" for scale in SCALES for number in range(1, 6)]
# Complete cases and their alpha, as the description beside the file gives them; the psych manual prints .70, .72 to .73,
# .76, .81 and .60 for the same scales.
KNOWN = {"A": (2709, 0.703756), "C": (2707, 0.729277), "E": (2713, 0.760933), "N": (2694, 0.813303), "O": (2726, 0.602546)}


@pytest.fixture(scope="module")
def real() -> Extract:
    if not REAL.is_file():
        pytest.skip(f"the published file is not at {REAL}")
    return SURVEY_CSV.read([Export(REAL, "data/bfi.csv")], Source(items={item: item for item in ITEMS}, scale=6))


def wide_values(real: Extract) -> np.ndarray:
    """The answers read, one row per respondent, one column per item."""
    cells = real.parts[1].sheet.cells
    assert ITEMS == cells[1].tolist()[: len(ITEMS)]
    return cells[2].to_numpy().reshape(-1, len(ITEMS))


def plain_file() -> np.ndarray:
    """The same as the file has them, read without the package."""
    with REAL.open(encoding="utf-8", newline="") as file:
        return np.array([[float(row[item] or "nan") for item in ITEMS] for row in csv.DictReader(file)])


def test_a_real_survey_on_six_points(real: Extract) -> None:
    """2,800 people, 25 items, 508 blanks; every answer is 1 + 4 × (answer − 1) / 5 of what the file has."""
    values, plain = wide_values(real), plain_file()

    assert (2800, 25) == values.shape
    assert 508 == np.isnan(values).sum()
    assert ["survey_respondents", "survey_answers"] == [part.table for part in real.parts]
    np.testing.assert_allclose(1 + 0.8 * (plain - 1), values)
    assert () == real.problems


@pytest.mark.parametrize("scale", SCALES)
def test_reliability_of_a_real_survey(scale: str, real: Extract) -> None:
    """Cronbach's alpha over complete cases is what the description of the file and the psych manual give."""
    chosen = [place for place, item in enumerate(ITEMS) if item[0] == scale]
    answers = np.column_stack(
        [6 - wide_values(real)[:, place] if ITEMS[place] in REVERSED else wide_values(real)[:, place] for place in chosen]
    )
    complete = answers[~np.isnan(answers).any(axis=1)]
    k = complete.shape[1]
    alpha = k / (k - 1) * (1 - complete.var(axis=0, ddof=1).sum() / complete.sum(axis=1).var(ddof=1))

    assert KNOWN[scale][0] == len(complete)
    assert KNOWN[scale][1] == pytest.approx(alpha, abs=5e-7)


def test_notes_of_a_real_survey(real: Extract) -> None:
    """That answers were rescaled, and that sex, schooling and age stay behind."""
    notes = real.parts[0].sheet.notes

    assert "Answers from 1 to 6 were brought to 1 to 5: 1 + 4 × (answer − 1) / 5." in notes
    assert any('one without a name, "gender", "education" and "age"' in note for note in notes)


HEADINGS = tuple(f"{item.id}. {item.text}" for item in instrument.ITEMS[:6])


@pytest.mark.parametrize(
    "rows", [[HEADINGS], [tuple(f"[{name}]" for name in HEADINGS)], [("Pulse of June",), (), HEADINGS]]
)
def test_headings_of_the_form_are_a_header(write: Callable[..., Path], rows: list[tuple[str, ...]]) -> None:
    """Ids before their wording are recognised and found, below a title too, though no other column is known."""
    head = "\n".join(",".join(f'"{name}"' for name in row) for row in rows)
    folder = write({"data/pulse.csv": f"{head}\n4,2,4,5,2,4\n1,2,3,4,5,1\n"})
    answers = SURVEY_CSV.read([Export(folder / "data/pulse.csv", "data/pulse.csv")], Source()).parts[1].sheet

    assert 6 == len(SURVEY_CSV.recognise(Glimpse("data/pulse.csv", ".csv", {"": tuple(rows)})))
    assert [4, 2, 4, 5, 2, 4, 1, 2, 3, 4, 5, 1] == answers.cells[2].tolist()


def test_ids_elsewhere_in_a_heading_are_not_enough() -> None:
    """The questionnaire itself, or a text that mentions items, is no survey."""
    header = tuple(f"Comment on {item.id}" for item in instrument.ITEMS)

    assert () == SURVEY_CSV.recognise(Glimpse("a.csv", ".csv", {"": (header,)}))


def test_a_scale_nobody_named_is_a_problem() -> None:
    """Sixes on a scale of five are not dropped: one problem counts them and says what to set."""
    if not REAL.is_file():
        pytest.skip(f"the published file is not at {REAL}")
    found = SURVEY_CSV.read([Export(REAL, "data/bfi.csv")], Source(items={item: item for item in ITEMS}))
    sixes = int((plain_file() == 6).sum())

    assert [f"{sixes:,} answers beyond the end of the scale"] == [problem.what for problem in found.problems]
    assert "Set scale:" in found.problems[0].remedy


def test_the_whole_way_of_a_real_survey(read: Callable[..., Intake]) -> None:
    """Named in engagement.yml, the file becomes 2,800 respondents and 70,000 answers under fresh tokens."""
    if not REAL.is_file():
        pytest.skip(f"the published file is not at {REAL}")
    items = "".join(f"      {item}: {item}\n" for item in ITEMS)
    found = read(
        {"data/bfi.csv": REAL.read_bytes(), "data/programs.csv": "program_id,type,team,status\nP1,web,Web,in_progress\n"},
        f"sources:\n  - file: data/bfi.csv\n    format: survey-csv\n    scale: 6\n    wave: SAPA\n    items:\n{items}",
    )
    answers = found.tables["survey_answers"]

    assert () == found.problems
    assert (2800, 70_000, 508) == (len(found.tables["survey_respondents"]), len(answers), answers["value"].isna().sum())
    assert {1.0, 1.8, 2.6, 3.4, 4.2, 5.0} == {round(value, 10) for value in answers["value"].dropna().unique()}


def test_it_is_recognised_by_the_ids_alone() -> None:
    """Five ids of items as headings are the survey; fewer, or ids within a sentence, are not."""
    ids = ("MIS1", "BOT1", "OWN1", "TOOL1", "FB1")

    assert ids == SURVEY_CSV.recognise(Glimpse("a.csv", ".csv", {"": (("respondent_id", *ids),)}))
    assert () == SURVEY_CSV.recognise(Glimpse("a.csv", ".csv", {"": (("respondent_id", *ids[:4]),)}))
    assert () == SURVEY_CSV.recognise(Glimpse("a.csv", ".csv", {"": (tuple(ITEMS),)}))


def test_id_and_seconds_under_their_usual_names(write: Callable[..., Path]) -> None:
    """The file's own id makes the token and is gone; seconds are kept."""
    text = "Response ID,duration_s,level,MIS1,BOT1\nada.l,301,Manager,4,5\nbob,-1,Staff,n/a,2\n"
    folder = write({"data/a.csv": text})
    part = SURVEY_CSV.read([Export(folder / "data/a.csv", "data/a.csv")], Source()).parts[0]

    assert ["respondent_id", "wave", "level", "duration_s"] == list(part.sheet.columns)
    assert not {"ada.l", "bob"} & set(part.sheet.cells[0])
    assert [301.0, None] == [None if np.isnan(value) else value for value in part.sheet.cells[3]]


def test_a_file_without_items_is_refused(write: Callable[..., Path]) -> None:
    """What was looked for is said."""
    folder = write({"data/a.csv": "a,b\n1,2\n"})

    with pytest.raises(InputError, match="no header row was found"):
        SURVEY_CSV.read([Export(folder / "data/a.csv", "data/a.csv")], Source())
