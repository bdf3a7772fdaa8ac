from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from gapkit.config import Source
from gapkit.instrument import ITEMS, STRATEGY_QUESTIONS
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats.forms import FINISHED, FORMS, SENT, STARTED, looks_like_form

TEXT = {item.id: item.text for item in ITEMS}
FIVE = ("MIS1", "BOT2", "OWN3", "TOOL1", "FB2")
GRID = [f"How far do you agree? [{TEXT[item]}]" for item in FIVE]
GOOGLE = ["Timestamp", "Email Address", "Which team do you work in?", "Your level", *GRID, STRATEGY_QUESTIONS["Q4"]]
GOOGLE_ROWS = [
    [
        "6/2/2026 9:05:01",
        "ada@example.com",
        "Brand",
        "Manager",
        "Agree",
        "Disagree",
        "",
        "Neutral",
        "Agree",
        "Stop, \nthen go",
    ],
    ["6/2/2026 9:05:01", "bob@example.com", "Web", "Team member", "Strongly agree", "", "Agree", "Agree", "n/a", ""],
]
MICROSOFT = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time",
             *(f"{TEXT[item]}\u00a0" for item in FIVE), "Anything else?"]  # fmt: skip
NINE = dt.datetime(2026, 6, 2, 9)
MICROSOFT_ROWS = [
    [
        1,
        NINE,
        NINE + dt.timedelta(seconds=301),
        "anonymous",
        None,
        None,
        "Agree",
        "Disagree",
        3,
        "Neutral",
        "Agree",
        "Bo did it",
    ],
    [2, NINE, NINE - dt.timedelta(seconds=9), "anonymous", None, None, "Agree", "Agree", "Agree", "Agree", "Agree", None],
]


def text(rows: list[list[str]]) -> str:
    return "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows) + "\n"


def extract(write: Callable[..., Path], content: object, file: str = "data/pulse.csv", **entry: object) -> Extract:
    folder = write({file: content})
    return FORMS.read([Export(folder / file, file)], Source(**entry))


def seen(part: Part, ours: str) -> list[object]:
    return part.sheet.cells[part.sheet.columns.index(part.fields[ours])].astype(object).fillna("").tolist()


@pytest.mark.parametrize("moments", [*((name,) for name in SENT), *zip(STARTED, FINISHED, strict=True)])
def test_a_form_of_the_survey_is_recognised(moments: tuple[str, ...]) -> None:
    """In every language the moments are known by; without the items of the survey it is any other form."""
    items = tuple(TEXT[item] for item in FIVE)

    assert set(items) < set(FORMS.recognise(Glimpse("a.csv", ".csv", {"": ((*moments, *items),)})))
    assert () == FORMS.recognise(Glimpse("a.csv", ".csv", {"": ((*moments, "Email", "Name", *items[:4]),)}))
    assert () == FORMS.recognise(Glimpse("a.csv", ".csv", {"": (items,)}))


def test_a_google_form(write: Callable[..., Path]) -> None:
    """Rows of a grid stand in brackets after the question; there is no id and no time taken."""
    found = extract(write, text([GOOGLE, *GOOGLE_ROWS]))
    respondents, answers, strategy = found.parts

    assert (["Brand", "Web"], ["manager", "contributor"]) == (seen(respondents, "group"), seen(respondents, "level_band"))
    assert "duration_s" not in respondents.fields
    assert [*FIVE, *FIVE] == seen(answers, "item_id")
    assert [4.0, 2.0, "", 3.0, 4.0, 5.0, "", 4.0, 4.0, ""] == seen(answers, "value")
    assert [2] * 5 + [3] * 5 == answers.sheet.cells.index.tolist()
    assert (["Q4"], ["Stop, \nthen go"]) == (seen(strategy, "question"), seen(strategy, "text"))


def test_equal_rows_are_different_people(write: Callable[..., Path]) -> None:
    """Two who answer alike in the same second keep two tokens, whatever the order of rows."""
    row = ["6/2/2026 9:05:01", "", "Brand", "Manager", "Agree", "Agree", "Agree", "Agree", "Agree", ""]
    once, turned = (extract(write, text([GOOGLE, *rows])) for rows in ([row, row, *GOOGLE_ROWS], [*GOOGLE_ROWS, row, row]))
    tokens = [seen(found.parts[0], "respondent_id") for found in (once, turned)]

    assert 4 == len(set(tokens[0]))
    assert set(tokens[0]) == set(tokens[1])


def test_a_microsoft_form(write: Callable[..., Path]) -> None:
    """Rows of a Likert question stand alone; start and end give the time taken, never less than none."""
    found = extract(write, {"Sheet1": [MICROSOFT, *MICROSOFT_ROWS]}, "data/pulse.xlsx")
    respondents, answers = found.parts

    assert [301.0, ""] == seen(respondents, "duration_s")
    assert [4.0, 2.0, 3.0, 3.0, 4.0, *[4.0] * 5] == seen(answers, "value")
    assert ["", ""] == seen(respondents, "level_band")


@pytest.mark.parametrize(
    ("start", "end", "dates", "taken"),
    [
        ("7/27/26 19:06:23", "7/27/26 19:17:10", None, 647.0),
        ("27.07.2026 19:06", "27.07.2026 19:16", None, 600.0),
        ("6/7/26 23:59:00", "7/7/26 0:01:00", None, 120.0),
        ("6/7/26 23:59:00", "7/7/26 0:01:00", "mdy", 30 * 86400 - 23 * 3600 - 58 * 60),
        ("soon", "7/7/26 0:01:00", None, ""),
    ],
)
def test_time_taken_however_moments_are_written(
    start: str, end: str, dates: str | None, taken: object, write: Callable[..., Path]
) -> None:
    """The order of day and month is that of the cells, else of dates:, else the day comes first."""
    row = ["1", start, end, "anonymous", "", "", *["4"] * 5, ""]

    assert [taken] == seen(extract(write, text([MICROSOFT, row]), dates=dates).parts[0], "duration_s")


def test_who_answered_stays_behind(write: Callable[..., Path]) -> None:
    """Addresses, names, moments and free text are in no table."""
    for content, file in (
        (text([GOOGLE, *GOOGLE_ROWS]), "data/a.csv"),
        ({"S": [MICROSOFT, *MICROSOFT_ROWS]}, "data/b.xlsx"),
    ):
        found = extract(write, content, file)
        cells = " ".join(part.sheet.cells.to_csv() for part in found.parts)

        for secret in ("@", "anonymous", "2026", "Bo did it"):
            assert secret not in cells
        assert any(note.startswith("Left behind") and "Email" in note for note in found.parts[0].sheet.notes)


def test_the_whole_way(read: Callable[..., Intake]) -> None:
    """Both forms in one folder are two waves, and the respondents of one never join those of the other."""
    found = read(
        {
            "data/before.csv": text([GOOGLE, *GOOGLE_ROWS]),
            "data/after.xlsx": {"Sheet1": [MICROSOFT, *MICROSOFT_ROWS]},
            "data/programs.csv": "program_id,type,team,status\nP1,web,Web,in_progress\n",
        },
        "sources:\n  - file: data/before.csv\n  - file: data/after.xlsx\n    wave: After\n    fields: {group: Name}\n",
    )
    respondents = found.tables["survey_respondents"]

    assert () == found.problems
    assert {"before": 2, "After": 2} == respondents["wave"].value_counts().to_dict()
    assert 4 == respondents["respondent_id"].nunique()
    assert 20 == len(found.tables["survey_answers"])


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("Zeitstempel", "Wie geht es?"), True),
        (("ID", "Start time", "Completion time", "Wie geht es?"), True),
        (("case", "Timestamp", "activity"), False),
        (("Start time", "Owner"), False),
    ],
)
def test_a_form_without_items_is_still_known_for_one(header: tuple[str, ...], expected: bool) -> None:
    """By Google's moment in the first column, or by both of Microsoft's; a log has its moments elsewhere."""
    seen = Glimpse("a.csv", ".csv", {"": (header, ("x",) * len(header))})

    assert (expected, ()) == (looks_like_form(seen), FORMS.recognise(seen))
