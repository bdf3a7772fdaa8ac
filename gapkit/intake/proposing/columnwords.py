"""What columns are usually called, to propose a mapping for files that no format recognises.

Everything told from here is a guess for the consultant to confirm. English first, then German, French, Spanish, Portuguese,
Italian, Dutch and Polish; the first name a file has is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from gapkit.intake.reading.header import name_key

NAMES: Final[Mapping[str, str]] = {
    "program_id": """program id, id, key, issue key, task id, item id, ticket id, campaign id, project id, record id,
        unique id, pid, reference, reference number, ref, number, no, nr, Nummer, Schlüssel, Vorgangsnummer, identifiant,
        numéro, clé, clave, código, número, chiave, codice, numero, sleutel, nummer, identyfikator, numer""",
    "name": """name, title, program name, task name, item name, campaign name, project name, task, campaign, activity,
        summary, subject, deliverable, asset, Titel, Aufgabe, Vorgang, Kampagne, Zusammenfassung, Bezeichnung, titre,
        nom, tâche, campagne, título, nombre, tarea, campaña, nome, tarefa, campanha, titolo, attività, campagna, naam,
        taak, tytuł, nazwa, zadanie, kampania""",
    "status": """status, current status, state, stage, phase, current phase, current stage, progress, column, list,
        bucket, workflow status, Zustand, Stand, Phase, statut, état, étape, estado, etapa, fase, stato, situação, stan,
        etap""",
    "type": """type, program type, work type, campaign type, content type, task type, item type, channel, category, kind,
        format, Typ, Art, Kanal, Kategorie, canal, catégorie, tipo, categoría, categoria, canale, soort, kanaal,
        categorie, rodzaj, typ, kanał, kategoria""",
    "team": """team, squad, team name, department, dept, function, unit, business unit, group, area, division, Abteilung,
        Bereich, Gruppe, équipe, département, service, equipo, departamento, área, equipe, squadra, reparto,
        dipartimento, afdeling, groep, zespół, dział""",
    "owners_now": """owner, owners, assignee, assignees, assigned to, responsible, person, people, project lead, lead,
        manager, project manager, accountable, Verantwortlich, Verantwortliche, Verantwortlicher, zuständig, Bearbeiter,
        zugewiesen an, Besitzer, responsable, assigné à, attribué à, asignado a, propietario, responsável, atribuído a,
        responsabile, assegnato a, verantwoordelijke, toegewezen aan, eigenaar, właściciel, odpowiedzialny,
        przypisane do""",
    "baseline_start": """planned start baseline, baseline start, original start, original start date,
        first planned start""",
    "baseline_end": """baseline end, baseline finish, baseline end date, baseline due date, original due date,
        original end, original end date, original deadline, first planned end, committed date, commit date,
        promised date, promise date, ursprüngliches Enddatum, date initiale, fecha original, data original,
        data originale, oorspronkelijke einddatum""",
    "current_start": """start, start date, planned start, planned start date, begin, begin date, Startdatum,
        Start geplant, Beginn, Anfang, date de début, début, fecha de inicio, inicio, data de início, início,
        data inizio, data di inizio, inizio, startdatum, data rozpoczęcia""",
    "current_end": """due, due date, due on, deadline, end, end date, finish, finish date, planned end, planned end date,
        target date, target end, planned completion date, launch date, planned launch, go live date, publish date,
        forecast completion, forecast end, expected completion, delivery date, Fällig, Fälligkeitsdatum, fällig am,
        Enddatum, Ende, Termin, Zieldatum, date d'échéance, échéance, date limite, date de fin, fin,
        fecha de vencimiento, vencimiento, fecha límite, fecha fin, fecha de fin, data de vencimento, prazo, data fim,
        data de conclusão prevista, scadenza, data di scadenza, data fine, vervaldatum, einddatum, termin,
        data zakończenia""",
    "actual_start": """actual start, actual start date, started, started on, started at, start actual, work started,
        tatsächlicher Start, tatsächlicher Beginn, début réel, inicio real, início real, inizio effettivo,
        werkelijke start""",
    "actual_end": """actual end, actual end date, actual finish, actual completion date, actual launch, delivered on,
        delivered, launched on, launched, published on, live on, live date, tatsächliches Ende, veröffentlicht am,
        fin réelle, fin real, fim real, fine effettiva, werkelijk einde""",
    "closed_at": """closed, closed at, closed on, resolved, completed, completed at, completed on, completion date,
        completed date, date closed, date completed, done date, finished on, finished at, finished date,
        date finished, geschlossen am, erledigt am, abgeschlossen am, Fertigstellungsdatum, terminé le,
        date de clôture, fecha de cierre, cerrado, completado el, data de encerramento,
        concluído em, data di chiusura, completato il, gesloten op, voltooid op, zamknięto, ukończono""",
    "first_seen_on": """created, created at, created on, created date, date created, creation date, created time,
        entry date, erstellt, erstellt am, Erstellungsdatum, créé, créé le, date de création, creado, creada,
        fecha de creación, criado, criado em, data de criação, creato, creato il, data di creazione, aangemaakt,
        aangemaakt op, utworzono, data utworzenia""",
    "updated_at": """updated, updated at, updated on, last modified, modified, last updated, date updated,
        last activity date, aktualisiert, geändert am, zuletzt geändert, mis à jour, modifié le, actualizado,
        actualizada, atualizado, modificado, aggiornato, modificato il, bijgewerkt, gewijzigd op, zaktualizowano,
        zmodyfikowano""",
    "cancelled_at": """cancelled, canceled, cancelled at, canceled at, cancelled on, date cancelled, abgebrochen am,
        annulé le, cancelado el, cancelado em, annullato il, geannuleerd op""",
    "committed_at": """committed, committed at, committed on, commitment date, approved on, date committed""",
    "parent_id": """parent, parent id, parent key, parent task, epic, epic link""",
    "size_points": """points, story points, size, estimate, effort""",
    "budget_planned": """budget, planned budget, budget planned, Budget geplant, budget prévu, presupuesto, orçamento,
        budget previsto, budżet""",
    "budget_spent": """spent, spend, actual cost, actual spend, budget spent, Ausgaben, dépensé, gastado, gasto, speso,
        uitgegeven""",
}
# Names of columns that may hold the team, or the sort of work, where none is called so.
GROUPING: Final = re.compile(
    "team|squad|group|depart|dept|function|unit|project|board|space|component|categor|brand|region|market|stream|area|channel"
    "|kind|sort|label|tag|abteilung|bereich|gruppe|projekt|equip|servi|projet|proyecto|projeto|progetto|reparto|afdeling|zesp"
)
# Few values as well, but of another kind.
NO_GROUPING: Final = re.compile(
    "priorit|sever|resolution|estimat|risk|currency|locale|language|security|checklist|status|project_type|^state|_keys?$|_ids?$|_url$"
)


def guess_fields(columns: Sequence[str]) -> dict[str, str]:
    """Return canonical column to the column of a file that is called so; no column is taken twice.

    Examples
    --------
    >>> guess_fields(["Task", "Squad", "Due date", "Launch date", "Notes"])
    {'name': 'Task', 'team': 'Squad', 'current_end': 'Due date'}
    """
    by_key = {name_key(column): column for column in reversed(columns) if column}
    found: dict[str, str] = {}
    for ours, keys in _keys().items():
        column = next((by_key[key] for key in keys if key in by_key and by_key[key] not in found.values()), "")
        found |= {ours: column} if column else {}
    return found


def known_names() -> frozenset[str]:
    """Return all names, as `reading.header.name_key` gives them."""
    return frozenset(key for keys in _keys().values() for key in keys)


@cache
def _keys() -> dict[str, tuple[str, ...]]:
    names = {ours: [ours, *re.split(r",\s*", text.strip())] for ours, text in NAMES.items()}
    return {ours: tuple(dict.fromkeys(name_key(name) for name in spelled)) for ours, spelled in names.items()}
