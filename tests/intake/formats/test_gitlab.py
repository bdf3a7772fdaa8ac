from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats import gitlab
from gapkit.intake.formats.columns import column_of
from gapkit.intake.formats.gitlab import GITLAB

HEADER = (
    "Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,Confidential,Locked,Due Date,"
    "Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent"
)
HOST = "https://gitlab.example.com/acme"
ROWS = (
    f'"Launch page","Long, and\nprivate",1,{HOST}/web/-/issues/1,Open,Ann,ann,"Bob, Cy","bob, cy",No,No,2026-04-30,'
    '2026-01-05 09:00:00,2026-03-01 10:00:00,,Q2,3,"brand,workflow::review",7200,3600',
    f"Banner,,1,{HOST}/print/-/issues/1,Closed,Ann,ann,Bob,bob,No,No,,2026-01-06 09:00:00,2026-03-31 23:30:00,"
    "2026-03-31 23:30:00,,0,,0,0",
    f'Old flyer,,2,{HOST}/print/-/issues/2,Closed,Ann,ann,,,No,No,,2026-01-06 09:00:00,2026-02-01 09:00:00,'
    '2026-02-01 09:00:00,,,"status::shipped,resolution::won\'t do",0,0',
    f"Idea,,3,{HOST}/print/-/issues/3,Open,Ann,ann,,,No,No,,2026-01-07 09:00:00,2026-01-07 09:00:00,,,,print,0,0",
)  # fmt: skip
EXPORT = "\n".join((HEADER, *ROWS)) + "\n"


def extract(write: Callable[..., Path], *texts: str) -> Extract:
    files = {f"data/issues{number}.csv": text for number, text in enumerate(texts)}
    folder = write(files)
    return GITLAB.read([Export(folder / file, file) for file in files], Source())


def seen(part: Part, ours: str) -> list[str]:
    return column_of(part.sheet, part.fields[ours]).fillna("").tolist()


def test_an_export_is_recognised() -> None:
    """By columns only GitLab has; nearly the same header is something else."""
    header = tuple(HEADER.split(","))

    assert {"Issue ID", "Closed At (UTC)"} <= set(GITLAB.recognise(Glimpse("data/a.csv", ".csv", {"": (header,)})))
    assert () == GITLAB.recognise(Glimpse("data/a.csv", ".csv", {"": (header[:12],)}))


def test_an_issue_is_one_program(write: Callable[..., Path]) -> None:
    """The address is the id, because issue 1 exists in every project; times are in UTC, sizes above 0."""
    part = extract(write, EXPORT).parts[0]

    assert [
        f"{HOST}/{path}" for path in ("web/-/issues/1", "print/-/issues/1", "print/-/issues/2", "print/-/issues/3")
    ] == (seen(part, "program_id"))
    assert ["", "2026-03-31 23:30:00Z", "2026-02-01 09:00:00Z", ""] == seen(part, "closed_at")
    assert ["2026-04-30", "", "", ""] == seen(part, "current_end")
    assert ["Bob;Cy", "Bob", "", ""] == seen(part, "owners_now")
    assert ["3", "", "", ""] == seen(part, "size_points")
    assert "actual_end" not in part.fields


def test_a_scoped_label_is_the_stage(write: Callable[..., Path]) -> None:
    """Open issues stand where the label says; closed ones are closed, the label beside it: it may say "given up"."""
    told = extract(write, EXPORT)

    assert ["review", "Closed", "Closed (won't do)", "Open"] == seen(told.parts[0], "status")
    assert {"Closed": {"status": "delivered"}} == told.meanings


@pytest.mark.parametrize(
    ("state", "labels", "word"),
    [
        ("opened", "", "Open"),
        ("closed", "", "Closed"),
        ("Open", "priority::high;Workflow::in dev", "in dev"),
        ("Open", "status::ready;workflow::in dev", "in dev"),
        ("Open", "workflow::design::draft", "draft"),
        ("Open", "workflow::", "Open"),
        ("Locked", "", "Locked"),
    ],
)
def test_words_of_states_and_labels(state: str, labels: str, word: str) -> None:
    """Older spellings are the same words; of several scopes the first by rank counts; other scopes tell no stage."""
    assert word == gitlab._word(state, labels)


def test_other_columns_stay_and_private_ones_go(write: Callable[..., Path]) -> None:
    """Labels are a list, the project is read off the address; descriptions and their authors are nobody's business."""
    sheet = extract(write, EXPORT).parts[0].sheet

    assert ["brand;workflow::review", "", "status::shipped;resolution::won't do", "print"] == (
        column_of(sheet, "Labels").fillna("").tolist()
    )
    assert ["acme/web", "acme/print"] == column_of(sheet, "Project").tolist()[:2]
    assert {"Milestone", "Time Estimate", "Time Spent"} <= set(sheet.columns)
    assert not {"Description", "Author", "Author Username"} & set(sheet.columns)


def test_rows_are_numbered_as_a_spreadsheet_shows_them(write: Callable[..., Path]) -> None:
    """A description over two lines is one row."""
    assert [2, 3, 4, 5] == extract(write, EXPORT).parts[0].sheet.cells.index.tolist()


def test_without_an_address_the_number_is_the_id(write: Callable[..., Path]) -> None:
    """Somebody has taken columns out; that the number is distinct within one project only is said."""
    part = extract(write, "Title,Issue ID,Due Date\nBanner,7,2026-03-31\n").parts[0]

    assert (["7"], {"program_id", "name", "current_end"}) == (seen(part, "program_id"), set(part.fields))
    assert any("within one project only" in note for note in part.sheet.notes)


def test_newer_exports_have_types_and_starts(write: Callable[..., Path]) -> None:
    """The columns are found by name, wherever they stand."""
    text = f"Type,Start Date,{HEADER}\n" + "\n".join(f"Task,2026-02-0{row},{line}" for row, line in enumerate(ROWS, 1))

    part = extract(write, text).parts[0]

    assert (["Task"] * 4, "2026-02-01") == (seen(part, "type"), seen(part, "current_start")[0])


def test_a_file_that_fills_the_mail_is_probably_cut(write: Callable[..., Path]) -> None:
    """Nothing in it says so, so its length does."""
    many = EXPORT + f"Much,{'x' * 100_000}{',' * 18}\n" * (gitlab.LONGEST // 100_000)
    notes = [extract(write, text).parts[0].sheet.notes for text in (many, EXPORT)]

    assert [True, False] == [any("probably cut" in note for note in told) for told in notes]


def test_one_of_two_files_may_be_bad(write: Callable[..., Path]) -> None:
    """The other is read, and the bad one named; nothing but bad ones is an error."""
    told = extract(write, EXPORT, "nothing,here\n1,2\n")

    assert (1, ["data/issues1.csv"]) == (len(told.parts), [problem.file for problem in told.problems])
    with pytest.raises(InputError, match="no header row"):
        extract(write, "nothing,here\n1,2\n")


def test_a_corrupted_cell_is_one_problem(read: Callable[..., Intake]) -> None:
    """It names file, row, column and value; all other programs are as before."""
    yml = "sources:\n  - file: data/issues.csv\n"
    whole, spoiled = (read({"data/issues.csv": text}, yml) for text in (EXPORT, EXPORT.replace("2026-04-30", "20x6-04-30")))
    others = [intake.tables["programs"].query("name != 'Launch page'").to_csv() for intake in (whole, spoiled)]

    told = [(problem.file, problem.row, problem.column, problem.value) for problem in spoiled.problems]
    assert [("data/issues.csv", 2, "Due Date", "20x6-04-30")] == told
    assert others[0] == others[1]


def test_a_gitlab_export_becomes_programs(read: Callable[..., Intake]) -> None:
    """Closed is delivered on the local day; what the labels leave open is counted, not guessed."""
    intake = read({"data/issues.csv": EXPORT}, "sources:\n  - file: data/issues.csv\n")
    programs = intake.tables["programs"].set_index("program_id")

    assert () == intake.problems
    assert ["gitlab-csv"] == [source.format for source in intake.sources]
    assert "delivered" == programs.loc[f"{HOST}/print/-/issues/1", "status"]
    assert "2026-03-31" == str(programs.loc[f"{HOST}/print/-/issues/1", "actual_end"].date())
    assert {("Closed (won't do)", 1), ("Open", 1), ("review", 1)} == set(intake.sources[0].unmapped["status"])
