"""Microsoft Planner, a plan as an Excel workbook (Export plan to Excel).

Layout from a real export of 2020. Later ones put the plan's name and the day of the export on a sheet of their own, add
columns, and speak the user's language; their words are as users of those exports wrote them down (Spanish, Portuguese,
French; others were not found). Dates are text in the user's way of writing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.columns import (
    Names,
    column_of,
    fields_of,
    join_repeated,
    read_sheet,
    seen_in_header,
    with_columns,
)  # fmt: skip
from gapkit.intake.formats.rows import read_rows, without_columns
from gapkit.intake.formats.tidy import read_each
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.dates import Order, Votes, count_votes, parse_moments
from gapkit.intake.reading.files import EXCEL
from gapkit.intake.reading.header import SEARCHED_ROWS, name_key
from gapkit.labels import label_count

if TYPE_CHECKING:
    from gapkit.config import Source
    from gapkit.intake.reading.records import Sheet

# English, Portuguese, Spanish, French; in this order throughout.
NAMES: Final[Names] = {
    "program_id": ("Task ID", "Identificação da tarefa", "Id. de tarea", "ID de tâche"),
    "name": ("Task Name", "Nome da tarefa", "Nombre de la tarea", "Nom de tâche"),
    "status": ("Progress", "Progresso", "Progreso", "Progression", "Status", "Statut"),
    "owners_now": ("Assigned To", "Atribuído a", "Asignado a", "Attribué à"),
    "first_seen_on": ("Created Date", "Criado em", "Fecha de creación", "Date de création"),
    "current_start": ("Start Date", "Data de início", "Fecha de inicio", "Date de début"),
    "current_end": ("Due Date", "Data de conclusão", "Fecha de vencimiento", "Date d'échéance"),
    "closed_at": ("Completed Date", "Concluído em", "Fecha de finalización", "Date de fin"),
}
LATE: Final = ("Late", "Atrasados", "Con retraso", "En retard")
BUCKETS: Final = ("Bucket Name", "Nome do Bucket", "Nombre del depósito", "Nom du compartiment", "Categoria", "Catégorie")
OTHERS: Final[Names] = {"late": LATE, "bucket": BUCKETS}
LONG_TEXTS: Final = ("Description", "Notes", "Descrição", "Notas", "Descripción", "Commentaires")
DATES: Final = ("first_seen_on", "current_start", "current_end", "closed_at")

PLAN: Final = ("Plan name", "Nome do plano", "Nombre del plan", "Nom du plan")
EXPORTED: Final = ("Date of export", "Fecha de exportación", "Date d'exportation")
ABOUT: Final = frozenset(map(name_key, (*PLAN, *EXPORTED, "Plan ID", "ID du plan")))
TEAM: Final = "Plan name"

PROGRESS: Final = {
    "not_started": ("Not started", "Não iniciado", "No iniciado", "Non démarrées"),
    "in_progress": ("In progress", "Em andamento", "En curso", "En cours"),
    "delivered": ("Completed", "Concluída", "Concluído", "Completado", "Completada", "Terminées"),
}
MEANINGS: Final = {word: {"status": status} for status, words in PROGRESS.items() for word in words}

Texts = Mapping[str, Sequence[Sequence[str]]]


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a Planner export away, in any of its languages known."""
    telling = [name for names in (*NAMES.values(), BUCKETS) for name in names]
    needed = zip(NAMES["program_id"], NAMES["name"], NAMES["current_end"], LATE, strict=True)
    return max((seen_in_header(glimpse, names, telling) for names in needed), key=len)


def exported_on(glimpse: Glimpse) -> dt.date | None:
    """Return the day a plan was exported, as its file says.

    Parameters
    ----------
    glimpse : Glimpse
        The beginning of the file.

    Returns
    -------
    date or None
        None when the file does not say it, or leaves open which number is the day and which the month.

    Examples
    --------
    >>> exported_on(Glimpse("data/plan.xlsx", ".xlsx", {"Tasks": (("Date of export", "10/26/2020"),)}))
    datetime.date(2020, 10, 26)
    """
    cells = [cell for rows in glimpse.rows.values() for row in rows for cell in row]
    order = count_votes(pd.Series(cells, dtype="str")).order()
    moments = parse_moments(pd.Series([_beside(glimpse.rows, EXPORTED)], dtype="str"), "UTC", order).read
    return None if moments.isna().all() else moments.iloc[0].date()


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read plans exported to Excel."""
    found, problems = read_each(exports, lambda export: _read_one(export, source))
    notes = [note for _, said in found for note in said]
    keys = frozenset(map(name_key, BUCKETS))
    bucket = next((name for part, _ in found for name in part.sheet.columns if name_key(name) in keys), "")
    if bucket:
        say = f'say status: "{bucket}" under fields: of this source'
        notes.append(f"Planner's progress has three words only. If the buckets are the stages of the work, {say}.")
    return Extract(tuple(part for part, _ in found), MEANINGS, tuple(notes), problems)


def _read_one(export: Export, source: Source) -> tuple[Part, list[str]]:
    asked = {ours: (theirs,) for ours, theirs in source.fields.items()}
    sheet = read_sheet(export, {**NAMES, **OTHERS, **asked}, source.sheet)
    sheet = without_columns(join_repeated(sheet), LONG_TEXTS)
    about = _texts(export) if export.path.suffix.lower() in EXCEL else {}
    if plan := _beside(about, PLAN):
        sheet = with_columns(sheet, {TEAM: pd.Series(plan, index=sheet.cells.index, dtype="str")})
    fields = fields_of(sheet.columns, {**NAMES, "team": (TEAM,)})
    sheet, notes = _apart(sheet, fields)
    if not source.dates:
        sheet, said = _dated(sheet, [fields[name] for name in DATES if name in fields], _beside(about, EXPORTED))
        notes += said
    return Part("programs", sheet, fields), notes


def _texts(export: Export) -> Texts:
    """Return the first rows of every sheet as text."""
    sheets = {title: rows[:SEARCHED_ROWS] for title, rows in read_rows(export).items()}
    return {title: [_text(row) for row in rows] for title, rows in sheets.items()}


def _text(row: Sequence[Any]) -> list[str]:
    return list(as_text(pd.Series(row, dtype=object)).fillna(""))


def _beside(sheets: Texts, labels: Sequence[str]) -> str:
    """Return the cell to the right of a label, or below it where labels stand in a row; empty when there is none."""
    wanted = frozenset(map(name_key, labels))
    for rows in sheets.values():
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if name_key(cell) in wanted:
                    is_row = any(name_key(other) in ABOUT for other in (*row[:column], *row[column + 1 :]))
                    found = _at(rows, place + 1, column) if is_row else _at(rows, place, column + 1)
                    return "" if name_key(found) in ABOUT else found
    return ""


def _at(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _apart(sheet: Sheet, fields: Mapping[str, str]) -> tuple[Sheet, list[str]]:
    """Return the tasks with rows that repeat another one left out, and tasks of different names under different ids."""
    if not {"program_id", "name"} <= set(fields):
        return sheet, []
    ids = as_text(column_of(sheet, fields["program_id"]))
    repeated = sheet.cells.duplicated() & ids.notna()
    notes = []
    if repeated.any():
        rows = label_count(int(repeated.sum()), "row repeats", "rows repeat")
        notes.append(f"{sheet.file}: {rows} another one in every cell; each task counts once.")
    sheet, ids = replace(sheet, cells=sheet.cells.loc[~repeated]), ids.loc[~repeated]
    tasks = pd.DataFrame({"id": ids, "name": as_text(column_of(sheet, fields["name"])).fillna("")})
    names = tasks.dropna().drop_duplicates().sort_values(["id", "name"])
    names["number"] = names.groupby("id").cumcount() + 1
    shared = ids.isin(names.loc[names["number"] > 1, "id"])
    if shared.any():
        numbers = tasks.merge(names, how="left", on=["id", "name"])["number"].set_axis(ids.index)
        numbered = ids.mask(shared, ids + " (" + numbers.astype("Int64").astype("str") + ")")
        sheet = with_columns(sheet, {fields["program_id"]: numbered})
        n_ids, n_tasks = ids.loc[shared].nunique(), numbered.loc[shared].nunique()
        stand = label_count(n_ids, "task id stands", "task ids stand")
        notes.append(
            f"{sheet.file}: {stand} for {n_tasks} tasks of different names, kept apart by a running number behind the "
            "id, in order of name. Planner gives every task an id of its own: ask how the file was made."
        )
    return sheet, notes


def _dated(sheet: Sheet, columns: Sequence[str], exported: str) -> tuple[Sheet, list[str]]:
    """Return dates written as YYYY-MM-DD where only the day of the export tells which number is the month."""
    counts = [count_votes(column_of(sheet, name)) for name in columns]
    votes = Votes(*(sum(each) for each in zip(*counts, strict=True))) if counts else Votes(0, 0, 0)
    order = count_votes(pd.Series([exported], dtype="str")).order()
    if not votes.numeric or votes.order() or not order:
        return sheet, []
    first = "the day" if order == "dmy" else "the month"
    note = f"{sheet.file}: dates are read with {first} first, as its day of export ({exported})."
    return with_columns(sheet, {name: _rewritten(column_of(sheet, name), order) for name in columns}), [note]


def _rewritten(cells: pd.Series, order: Order) -> pd.Series:
    """Return cells with the dates that lack the order of day and month written as YYYY-MM-DD; others as they are."""
    read = parse_moments(cells, "UTC", order).read.dt.tz_localize(None)
    return cells.mask(parse_moments(cells, "UTC").undecided & read.notna().to_numpy(), as_text(read))


PLANNER: Final = Format("planner-excel", "Microsoft Planner Excel", "planner", recognise, read, is_verified=True)
