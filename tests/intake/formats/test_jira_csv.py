from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.detect import detect, glimpse
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats.columns import column_of
from gapkit.intake.formats.jira_csv import JIRA_CSV

# A Jira Cloud export of 2026, custom fields cut; fields of many values fill several columns of one name.
HEADER = [
    "Summary", "Issue key", "Issue id", "Issue Type", "Status", "Project key", "Project name", "Project type",
    "Project lead", "Project lead id", "Project description", "Priority", "Resolution", "Assignee", "Assignee Id",
    "Reporter", "Reporter Id", "Creator", "Creator Id", "Created", "Updated", "Last Viewed", "Resolved", "Due date",
    "Votes", "Labels", "Labels", "Description", "Environment", "Watchers", "Watchers", "Watchers Id",
    "Original estimate", "Remaining Estimate", "Time Spent", "Work Ratio", "Σ Original Estimate", "Σ Time Spent",
    "Security Level", "Outward issue link (Blocks)", "Outward issue link (Blocks)", "Attachment",
    "Custom field (Asset type)", "Custom field (Asset type)", "Custom field (Asset type)", "Custom field (Approvals)",
    "Custom field (Development)", "Custom field (Epic Link)", "Custom field (Flagged)", "Custom field (Rank)",
    "Custom field (Channel, market)", "Sprint", "Sprint", "Custom field (Start date)",
    "Custom field (Story point estimate)", "Parent", "Parent key", "Parent summary", "Status Category",
    "Status Category Changed", "Comment", "Comment",
]  # fmt: skip
SPANISH = {
    "Summary": "Resumen", "Issue key": "Clave de incidencia", "Issue id": "ID de la incidencia",
    "Issue Type": "Tipo de Incidencia", "Status": "Estado", "Project key": "Clave del proyecto",
    "Project name": "Nombre del proyecto", "Priority": "Prioridad", "Resolution": "Resolución",
    "Assignee": "Persona asignada", "Reporter": "Informador", "Creator": "Creador", "Created": "Creada",
    "Updated": "Actualizada", "Resolved": "Resuelta", "Due date": "Fecha de vencimiento", "Labels": "Etiquetas",
    "Description": "Descripción", "Status Category": "Categoría de estado",
    "Status Category Changed": "Categoría de estado cambiada", "Parent": "Principal", "Parent key": "Clave principal",
}  # fmt: skip
GERMAN = {
    "Summary": "Zusammenfassung", "Issue key": "Vorgangsschlüssel", "Issue id": "Vorgangs-ID", "Issue Type": "Vorgangstyp",
    "Project key": "Projektschlüssel", "Project name": "Projektname", "Priority": "Priorität", "Resolution": "Lösung",
    "Assignee": "Zugewiesene Person", "Reporter": "Autor", "Creator": "Ersteller", "Created": "Erstellt",
    "Updated": "Aktualisiert", "Resolved": "Erledigt", "Due date": "Fälligkeitsdatum", "Description": "Beschreibung",
    "Status Category": "Statuskategorie", "Parent": "Übergeordnet",
}  # fmt: skip
ISSUES: tuple[Mapping[str, object], ...] = (
    {"Summary": "Spring launch", "Issue key": "MKT-1", "Issue id": "10001", "Issue Type": "Story", "Status": "Done",
     "Resolution": "Done", "Status Category": "Done", "Assignee": "Ann Lee", "Created": "24/Jun/25 5:39 PM",
     "Updated": "30/Sep/25 9:00 AM", "Resolved": "29/Sep/25 11:30 PM", "Due date": "30/Sep/25 12:00 AM",
     "Labels": ["brand", "web"], "Sprint": ["S1", "S2"], "Custom field (Story point estimate)": "5",
     "Custom field (Start date)": "01/Jul/25", "Description": 'Two\nlines, "quoted"', "Comment": ["a;b;c", "d"],
     "Outward issue link (Blocks)": ["MKT-2", "MKT-3"], "Custom field (Asset type)": ["", "Film", "Banner"],
     "Custom field (Channel, market)": "social", "Custom field (Rank)": "1|i03kn2:", "Watchers": ["Bob"]},
    {"Summary": "Banner", "Issue key": "MKT-2", "Issue id": "10002", "Issue Type": "Sub-task", "Status": "Done",
     "Resolution": "Won't Do", "Status Category": "Done", "Created": "24/Jun/25 5:40 PM", "Resolved": "01/Jul/25 9:00 AM",
     "Parent": "10001"},
    {"Summary": "Film", "Issue key": "MKT-3", "Issue id": "10003", "Issue Type": "Task", "Status": "In Progress",
     "Status Category": "In Progress", "Created": "25/Jun/25 9:00 AM", "Custom field (Flagged)": "Impediment",
     "Parent key": "MKT-1", "Custom field (Story point estimate)": "0"},
    {"Summary": "Web", "Issue key": "MKT-4", "Issue id": "10004", "Issue Type": "Task", "Status": "Released",
     "Status Category": "Done", "Created": "25/Jun/25 9:00 AM", "Custom field (Epic Link)": "MKT-1",
     "Status Category Changed": "01/Aug/25 9:00 AM"},
    {"Summary": "Mail", "Issue key": "MKT-5", "Issue id": "10005", "Issue Type": "Task", "Status": "Released",
     "Status Category": "Done", "Created": "25/Jun/25 9:00 AM", "Parent": "99999"},
    {"Summary": "Fair", "Issue key": "MKT-6", "Issue id": "10006", "Issue Type": "Task", "Status": "Backlog",
     "Status Category": "To Do", "Created": "25/Jun/25 9:00 AM", "Due date": "19/Jan/2026 12:00 AM"},
)  # fmt: skip


def export(
    issues: Sequence[Mapping[str, object]] = ISSUES, names: Mapping[str, str] | None = None, delimiter: str = ","
) -> str:
    """Write issues as Jira does: several values of a field in as many columns of its name."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    names = names or {}
    spelled = [names.get(name, name) for name in HEADER]
    if names:
        custom = "Campo personalizado" if "Resumen" in spelled else "Benutzerdefinierte Felder"
        spelled = [name.replace("Custom field", custom) for name in spelled]
    writer.writerow(spelled)
    for issue in issues:
        values = {name: list(cell) if isinstance(cell, list) else [cell] for name, cell in issue.items()}
        values.setdefault("Project key", [str(issue["Issue key"]).partition("-")[0]])
        values.setdefault("Project name", ["Marketing"])
        writer.writerow([values[name].pop(0) if values.get(name) else "" for name in HEADER])
    return text.getvalue()


def extract(write: Callable[..., Path], *texts: str | bytes, **options: object) -> Extract:
    files = {f"data/jira{number}.csv": text for number, text in enumerate(texts)}
    folder = write(files)
    return JIRA_CSV.read([Export(folder / file, file) for file in files], Source(**options))  # type: ignore[arg-type]


def seen(part: Part, ours: str) -> list[str]:
    return column_of(part.sheet, part.fields[ours]).fillna("").tolist()


@pytest.mark.parametrize("names", [{}, SPANISH, GERMAN], ids=["English", "Spanish", "German"])
def test_an_export_is_recognised_in_the_languages_known(names: Mapping[str, str], tmp_path: Path) -> None:
    """The header is in the language of the user who exported; among all formats Jira must win."""
    (tmp_path / "a.csv").write_text(export(names=names), encoding="utf-8-sig")

    found = detect(glimpse(tmp_path / "a.csv", "data/a.csv"))

    assert found is not None
    assert "Jira CSV" == found.format.title


@pytest.mark.parametrize(
    "header",
    [
        ("Key", "Summary", "Status", "Assignee", "Created"),
        ("Issue ID", "URL", "Title", "State", "Closed At (UTC)"),
        ("Issue key", "from", "to", "at"),
        ("program_id", "name", "status", "team", "type"),
    ],
)
def test_other_files_are_not_recognised(header: tuple[str, ...]) -> None:
    """Neither other trackers nor a table that happens to name issues by their key is a Jira export."""
    assert () == JIRA_CSV.recognise(Glimpse("data/a.csv", ".csv", {"": (header, ("x",) * len(header))}))


def test_columns_of_one_name_are_read_by_position(write: Callable[..., Path]) -> None:
    """Labels, sprints, links and repeated custom fields keep all of their values, in order, whatever stands between."""
    part = extract(write, export()).parts[0]

    values = {name: column_of(part.sheet, name).iloc[0] for name in part.sheet.columns}
    assert ("brand;web", "S1;S2", "MKT-2;MKT-3", "Film;Banner", "social") == tuple(
        values[name]
        for name in ("Labels", "Sprint", "Outward issue link (Blocks)", "Custom field (Asset type)",
                     "Custom field (Channel, market)")
    )  # fmt: skip
    assert len(set(part.sheet.columns)) == len(part.sheet.columns)


def test_what_nobody_needs_is_left_out(write: Callable[..., Path]) -> None:
    """Texts, watchers, ranks and sums are long, personal or no data, unless the consultant asks for one."""
    unneeded = {
        "Description", "Comment", "Watchers", "Watchers Id", "Attachment", "Custom field (Rank)",
        "Custom field (Approvals)", "Custom field (Development)", "Σ Time Spent", "Project description", "Assignee Id",
    }  # fmt: skip

    assert not unneeded & set(extract(write, export()).parts[0].sheet.columns)
    assert "Description" in extract(write, export(), fields={"name": "Description"}).parts[0].sheet.columns


def test_finished_abandoned_and_flagged_are_words_of_their_own(write: Callable[..., Path]) -> None:
    """Jira files abandoned work under done; only its resolution tells, and a flag says that an issue is impeded."""
    found = extract(write, export())

    assert ["Done", "Done (Won't Do)", "In Progress (flagged)", "Released", "Released", "Backlog"] == seen(
        found.parts[0], "status"
    )
    assert {
        "Done": {"status": "delivered"},
        "Done (Won't Do)": {"status": "cancelled"},
        "In Progress (flagged)": {"status": "blocked", "kind": "blocked", "stage": "In Progress"},
        "Released": {"status": "delivered"},
        "Backlog": {"status": "not_started"},
    } == found.meanings


@pytest.mark.parametrize(
    ("status", "resolution", "category", "word", "meaning"),
    [
        ("Done", "Fixed", "done", "Done", "delivered"),
        ("Hecho", "Listo", "Listo", "Hecho", "delivered"),
        ("In Arbeit", "", "indeterminate", "In Arbeit", "in_progress"),
        ("Reopened", "Fixed", "In Progress", "Reopened", "in_progress"),
        ("Closed", "Postponed", "Done", "Closed (Postponed)", ""),
        ("Canceled", "", "Done", "Canceled", "cancelled"),
        ("Closed", "Duplicate", "", "Closed (Duplicate)", "cancelled"),
        ("Closed", "Fixed", "", "Closed", "delivered"),
        ("Closed", "Unresolved", "", "Closed", ""),
        ("Prêt", "", "Autre chose", "Prêt", ""),
    ],
)
def test_category_and_resolution_give_a_meaning_or_none(
    status: str, resolution: str, category: str, word: str, meaning: str, write: Callable[..., Path]
) -> None:
    """The category speaks after the resolution, in any language; what is not sure is left to the consultant."""
    issue = {**ISSUES[5], "Status": status, "Resolution": resolution, "Status Category": category}

    found = extract(write, export([issue]))

    assert [word] == seen(found.parts[0], "status")
    assert ({word: {"status": meaning}} if meaning else {}) == found.meanings


def test_a_word_with_two_meanings_has_none(write: Callable[..., Path]) -> None:
    """Two sites may use one status differently; then nobody but the consultant can say."""
    other = {**ISSUES[5], "Issue key": "WEB-1", "Status": "Released", "Status Category": "In Progress"}

    assert "Released" not in extract(write, export(), export([other])).meanings


def test_done_that_all_take_another_day_leaves_none_unknown(write: Callable[..., Path]) -> None:
    """What there is none of is not counted out."""
    dated = {**ISSUES[0], "Status Category": "Done", "Status Category Changed": "01/Jul/25 9:00 AM", "Resolved": ""}
    (note,) = (note for note in extract(write, export([dated])).notes if "without a Resolved date" in note)

    assert note.endswith("1 of 1 done issue without a Resolved date: 1 dated by the change of their status category.")


def test_done_without_a_date_is_counted(write: Callable[..., Path]) -> None:
    """A third of done issues have no Resolved date; the change of category dates them where the file has it."""
    found = extract(write, export())

    assert ["29/Sep/25 11:30 PM", "01/Jul/25 9:00 AM", "", "01/Aug/25 9:00 AM", "", ""] == seen(found.parts[0], "closed_at")
    assert (
        "data/jira0.csv: 2 of 4 done issues without a Resolved date: 1 dated by the change of their status category, "
        "1 done, date unknown."
    ) in found.notes


def test_parents_are_found_in_every_spelling(write: Callable[..., Path]) -> None:
    """The key goes before the number, which is looked up in the file; older files name the epic; a stranger is counted."""
    found = extract(write, export())

    assert ["", "MKT-1", "MKT-1", "MKT-1", "", ""] == seen(found.parts[0], "parent_id")
    assert "data/jira0.csv: 1 issue with a parent that is not in the file; they stand without one." in found.notes
    older = export().replace(",Parent,Parent key,", ",Parent id,Nobody,")
    assert ["", "MKT-1", "", "MKT-1", "", ""] == seen(extract(write, older).parts[0], "parent_id")


def test_sub_tasks_are_parts_of_their_issues(write: Callable[..., Path]) -> None:
    """As from Jira's JSON: a sub-task never enters a rate of programs, and that is said."""
    found = extract(write, export())

    assert ["", "deliverable", "", "", "", ""] == seen(found.parts[0], "level")
    assert "data/jira0.csv: 1 sub-task taken as parts of their issues, not as programs." in found.notes


def test_exactly_a_thousand_rows_are_suspicious(write: Callable[..., Path]) -> None:
    """Jira's export stops at 1,000 issues without a word."""
    issues = [{**ISSUES[5], "Issue key": f"MKT-{n}", "Issue id": str(n)} for n in range(1000)]

    assert any("exactly 1,000 rows" in note for note in extract(write, export(issues)).notes)
    assert not any("1,000" in note for note in extract(write, export(issues[:999])).notes)


def test_the_column_that_holds_something_is_taken(write: Callable[..., Path]) -> None:
    """All-fields exports name every field of the site; an empty due date must not hide the target end that is filled."""
    text = export([{**ISSUES[5], "Due date": "", "Custom field (Asset type)": "12/Feb/26"}])

    part = extract(write, text.replace("Custom field (Asset type)", "Custom field (Target end)")).parts[0]

    assert ["12/Feb/26"] == seen(part, "current_end")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_bom_and_separator_do_not_matter(encoding: str, delimiter: str, write: Callable[..., Path]) -> None:
    """A fifth of exports begin with a byte-order mark, and spreadsheets save with semicolons."""
    found = extract(write, export(delimiter=delimiter).encode(encoding))

    assert [str(issue["Summary"]) for issue in ISSUES] == seen(found.parts[0], "name")


def test_a_workbook_saved_from_the_csv_is_read(write: Callable[..., Path]) -> None:
    """Consultants open the CSV in Excel and save it; ids are numbers then."""
    header, *rows = csv.reader(io.StringIO(export(), newline=""))
    cells = [[int(cell) if cell.isdigit() else cell or None for cell in row] for row in rows]
    folder = write({"data/jira.xlsx": {"Jira": [header, *cells]}})

    part = JIRA_CSV.read([Export(folder / "data/jira.xlsx", "data/jira.xlsx")], Source()).parts[0]

    assert ["", "MKT-1", "MKT-1", "MKT-1", "", ""] == seen(part, "parent_id")
    assert ["brand;web"] == column_of(part.sheet, "Labels").dropna().tolist()


def test_all_languages_give_the_same_programs(write: Callable[..., Path]) -> None:
    """What is read must not depend on the language of the user who exported."""
    english, *others = (extract(write, export(names=names)).parts[0] for names in ({}, SPANISH, GERMAN))

    for other in others:
        assert {ours: seen(english, ours) for ours in english.fields} == {ours: seen(other, ours) for ours in other.fields}


def test_an_unknown_language_is_asked_about_not_guessed(write: Callable[..., Path]) -> None:
    """Jira's order of columns tells what an unknown header probably means; the consultant must confirm it."""
    foreign = {name: f"Поле {number}" for number, name in enumerate(dict.fromkeys(HEADER))}
    text = export(names=foreign).replace("Benutzerdefinierte Felder", "Поле")

    assert ("Поле 1", "Поле 2", "Поле 5") == JIRA_CSV.recognise(
        Glimpse("data/a.csv", ".csv", {"": tuple(map(tuple, csv.reader(io.StringIO(text, newline=""))))})
    )
    with pytest.raises(InputError, match=r'program_id: "Поле 1".*language of the Jira account'):
        extract(write, text)
    mapped = extract(write, text, fields={"program_id": "Поле 1", "name": "Поле 0", "status": "Поле 4"})
    assert ["MKT-1", "MKT-2"] == seen(mapped.parts[0], "program_id")[:2]
    assert "Done" == seen(mapped.parts[0], "status")[0]


def test_a_file_that_is_no_jira_export_is_refused(write: Callable[..., Path]) -> None:
    """Without a key there is no telling which issue is which, and no order of columns to go by."""
    with pytest.raises(InputError, match="no column is known to hold the issue key") as refused:
        extract(write, "Summary,Status\nA,Done\n")

    assert "order of columns" not in str(refused.value)


YML = "sources:\n  - {file: data/jira.csv, format: jira-csv, types: {Story: content}}\n"


def test_a_jira_export_becomes_programs(read: Callable[..., Intake]) -> None:
    """Delivered, cancelled and open programs with their days, in the organisation's words; nothing is a problem."""
    intake = read({"data/jira.csv": export()}, YML)

    programs = intake.tables["programs"].set_index("program_id")
    assert () == intake.problems
    assert {
        "MKT-1": "delivered", "MKT-2": "cancelled", "MKT-3": "blocked", "MKT-4": "delivered", "MKT-5": "delivered",
        "MKT-6": "not_started",
    } == programs["status"].to_dict()  # fmt: skip
    assert ["2025-09-29", "", "", "2025-08-01", "", ""] == _days(programs["actual_end"])
    assert ["", "2025-07-01", "", "", "", ""] == _days(programs["cancelled_at"])
    assert ["2025-09-30", "", "", "", "", "2026-01-19"] == _days(programs["current_end"])
    assert "2025-07-01" == _days(programs["current_start"])[0]
    assert 5.0 == programs["size_points"].iloc[0]
    assert programs["size_points"].iloc[1:].isna().all()
    assert ["content", "Marketing", "Ann Lee"] == programs[["type", "team", "owners_now"]].iloc[0].tolist()


@pytest.mark.parametrize("form", ["%d/%b/%Y", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M", "%m/%d/%Y", "nov"])
def test_dates_are_read_as_the_site_writes_them(form: str, read: Callable[..., Intake]) -> None:
    """Every site has its own way; numbers are decided over all columns of the file, months may be in any language."""
    created, due = pd.Timestamp("2025-11-10"), pd.Timestamp("2025-11-25")
    written = {
        name: f"{day.day}/nov/25 12:00 AM" if form == "nov" else day.strftime(form)
        for name, day in (("Created", created), ("Due date", due))
    }

    intake = read({"data/jira.csv": export([{**ISSUES[5], **written}])}, YML)

    assert () == intake.problems
    assert ["2025-11-10"] == _days(intake.tables["programs"]["first_seen_on"])
    assert ["2025-11-25"] == _days(intake.tables["programs"]["current_end"])


def test_dates_that_leave_the_order_open_are_asked_about(read: Callable[..., Intake]) -> None:
    """7/9/2026 is not guessed at; `dates:` decides it for the file."""
    text = export([{**ISSUES[5], "Created": "7/9/2025 10:00", "Due date": "1/2/2026"}])

    assert {"Created", "Due date"} == {problem.column for problem in read({"data/jira.csv": text}, YML).problems}
    decided = read({"data/jira.csv": text}, YML.replace("format:", "dates: dmy, format:"))
    assert ["2025-09-07"] == _days(decided.tables["programs"]["first_seen_on"])


def test_a_level_the_consultant_names_goes_before_the_type(write: Callable[..., Path]) -> None:
    """Only the client knows whether its sub-tasks are programs."""
    text = export([{**ISSUES[1], "Custom field (Channel, market)": "program"}])

    part = extract(write, text, fields={"level": "Custom field (Channel, market)"}).parts[0]

    assert ["program"] == seen(part, "level")


def test_a_squad_field_can_be_the_team(read: Callable[..., Intake]) -> None:
    """The project is the team unless the consultant names a better field."""
    intake = read(
        {"data/jira.csv": export()}, YML.replace("types:", 'fields: {team: "Custom field (Channel, market)"}, types:')
    )

    assert "social" == intake.tables["programs"]["team"].iloc[0]


def test_the_order_of_rows_and_columns_changes_nothing(read: Callable[..., Intake]) -> None:
    """Views differ in both."""
    rows = list(csv.reader(io.StringIO(export(), newline="")))
    turned = io.StringIO()
    csv.writer(turned).writerows([[*row[10:], *row[:10]] for row in [rows[0], *rows[:0:-1]]])

    first, second = (read({"data/jira.csv": text}, YML).tables["programs"] for text in (export(), turned.getvalue()))

    pd.testing.assert_frame_equal(first.drop(columns="_row"), second.drop(columns="_row"))


def test_one_broken_cell_is_one_problem(read: Callable[..., Intake]) -> None:
    """The cell is named, and every other row is what it was."""
    whole = read({"data/jira.csv": export()}, YML).tables["programs"]
    broken = read({"data/jira.csv": export().replace("19/Jan/2026 12:00 AM", "19/Foo/2026")}, YML)

    assert [("data/jira.csv", 7, "Due date", "19/Foo/2026")] == [
        (problem.file, problem.row, problem.column, problem.value) for problem in broken.problems
    ]
    pd.testing.assert_frame_equal(whole.iloc[:-1], broken.tables["programs"].iloc[:-1])


def _days(column: pd.Series) -> list[str]:
    return column.dt.strftime("%Y-%m-%d").fillna("").tolist()
