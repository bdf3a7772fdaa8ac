from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gapkit.config import Source
from gapkit.instrument import ITEMS, STRATEGY_QUESTIONS
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats.limesurvey import LIMESURVEY

TEXT = {item.id: item.text for item in ITEMS}
META = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl"]
META_TEXT = ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "Date last action",
             "IP address", "Referrer URL"]  # fmt: skip
CODES = ["LEVEL", "GROUP", "BLK1[MIS1]", "BLK1[BOT2]", "OWN1", "OWN1[comment]", "Q1", "OPEN", "OWN1Time"]
MATRIX = "How far do you agree with each statement?"
WORDING = ["What is your level?", "In welcher Abteilung arbeiten Sie?", f"{MATRIX} [{TEXT['MIS1']}]",
           f"{MATRIX} [{TEXT['BOT2']}]", TEXT["OWN1"], f"{TEXT['OWN1']} [Comment]", STRATEGY_QUESTIONS["Q1"],
           "Anything else?", "Question time: OWN1"]  # fmt: skip
ROWS = [
    ["7", "2026-06-02 09:05:01", "3", "de", "123", "2026-06-02 09:00:00", "2026-06-02 09:05:01", "203.0.113.7", "",
     "Führungskraft", "Marke", "A5", "A2", "A4", "weil Bo", "Käufer", "Ada war es", "8.1"],
    ["8", "", "1", "de", "124", "2026-06-02 09:00:00", "2026-06-02 09:01:00", "203.0.113.8", "",
     "Mitarbeiter", "Web", "A1", "A6", "", "", "", "", ""],
    ["9", "", "0", "de", "125", "2026-06-02 09:00:00", "2026-06-02 09:00:00", "203.0.113.9", "", *[""] * 9],
]  # fmt: skip


def text(header: list[str], rows: list[list[str]] = ROWS, sign: str = ",") -> str:
    return "\ufeff" + "\n".join(sign.join(f'"{cell}"' for cell in row) for row in [header, *rows]) + "\n"


HEADERS = {
    "codes": [*META, *CODES],
    "wording": [*META_TEXT, *WORDING],
    "both": [f"{code}. {name}" for code, name in zip([*META, *CODES], [*META_TEXT, *WORDING], strict=True)],
}


def extract(
    write: Callable[..., Path], content: object, file: str = "data/results-survey1.csv", **entry: object
) -> Extract:
    folder = write({file: content})
    return LIMESURVEY.read([Export(folder / file, file)], Source(**entry))


def seen(part: Part, ours: str) -> list[object]:
    return part.sheet.cells[part.sheet.columns.index(part.fields[ours])].astype(object).fillna("").tolist()


@pytest.mark.parametrize("kind", HEADERS)
def test_every_kind_of_heading_is_recognised(kind: str) -> None:
    """Codes, wording, or both."""
    assert LIMESURVEY.recognise(Glimpse("a.csv", ".csv", {"": (tuple(HEADERS[kind]),)}))
    assert () == LIMESURVEY.recognise(Glimpse("a.csv", ".csv", {"": (tuple(HEADERS[kind][3:]),)}))


@pytest.mark.parametrize("kind", HEADERS)
@pytest.mark.parametrize("sign", [",", ";"])
def test_every_kind_of_heading_gives_the_same(kind: str, sign: str, write: Callable[..., Path]) -> None:
    """Items, level, group and time taken are found by code or wording; comments and times beside them are not items."""
    respondents, answers, strategy = extract(write, text(HEADERS[kind], sign=sign)).parts

    assert (["manager", "contributor"], ["Marke", "Web"]) == (seen(respondents, "level_band"), seen(respondents, "group"))
    assert [301.0, ""] == seen(respondents, "duration_s")
    assert ["MIS1", "BOT2", "OWN1"] * 2 == seen(answers, "item_id")
    assert [5.0, 2.0, 4.0, 1.0, "", ""] == seen(answers, "value")
    assert (["Q1"], ["Käufer"]) == (seen(strategy, "question"), seen(strategy, "text"))


def test_notes_say_what_codes_were_taken_for(write: Callable[..., Path]) -> None:
    """A1 as strongly disagree is an assumption, and A6 is nothing we know; who broke off or said nothing is counted."""
    notes = extract(write, text(HEADERS["codes"])).parts[0].sheet.notes

    assert any(note.startswith("The codes A1 to A5 were read as 1 (strongly disagree)") for note in notes)
    assert any('"A6" (1)' in note for note in notes)
    assert {"1 response without any answer left out.", "1 response broken off; the answers given are kept."} <= set(notes)


def test_wording_needs_no_codes(write: Callable[..., Path]) -> None:
    """Full answers are read by their words, and nothing is said of codes."""
    rows = [[*ROWS[0][:11], "stimme voll zu", "stimme eher nicht zu", "teils/teils", *ROWS[0][14:]]]
    found = extract(write, text(HEADERS["codes"], rows))

    assert [5.0, 2.0, 3.0] == seen(found.parts[1], "value")
    assert not any("codes" in note for note in found.parts[0].sheet.notes)


def test_a_survey_without_date_stamps(write: Callable[..., Path]) -> None:
    """The year 1980 in the place of every date tells that the response is complete, and no time taken."""
    header = ["id", "submitdate", "lastpage", "startlanguage", "seed", "MIS1"]
    respondents = extract(write, text(header, [["1", "1980-01-01 00:00:00", "2", "en", "1", "4"]])).parts[0]

    assert "duration_s" not in respondents.fields
    assert not any("broken off" in note for note in respondents.sheet.notes)


def test_the_total_time_is_taken_where_it_is(write: Callable[..., Path]) -> None:
    """The tool's own clock does not run while the survey lies open."""
    rows = [["1", "2026-06-02 18:00:00", "2", "en", "1", "2026-06-02 09:00:00", "4", "287.41"]]
    respondents = extract(write, text([*META[:6], "MIS1", "interviewtime"], rows)).parts[0]

    assert [287.41] == seen(respondents, "duration_s")


def test_who_answered_stays_behind(write: Callable[..., Path]) -> None:
    """No comment, address, moment or open text is in a table."""
    found = extract(write, text(HEADERS["both"]))
    cells = " ".join(part.sheet.cells.to_csv() for part in found.parts)

    assert not any(secret in cells for secret in ("203.0.113", "2026-06", "weil Bo", "Ada war es", ",7,"))


def test_the_whole_way(read: Callable[..., Intake]) -> None:
    """Recognised by itself, to typed tables without a problem."""
    found = read(
        {
            "data/results-survey1.csv": text(HEADERS["codes"]),
            "data/programs.csv": "program_id,type,team,status\nP1,web,Web,in_progress\n",
        },
        "sources:\n  - file: data/results-survey1.csv\n    wave: Before\n",
    )

    assert () == found.problems
    assert [1, 2, 4, 5] == sorted(found.tables["survey_answers"]["value"].dropna())
    assert ["Käufer"] == found.tables["strategy_answers"]["text"].tolist()
    assert {"looks like LimeSurvey"} == {source.reason.partition(":")[0] for source in found.sources} - {""}
