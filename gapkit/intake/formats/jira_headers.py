"""What Jira calls its columns: the header of an export is in the language of the user who made it.

English, German and Spanish were seen as a whole; of French, Portuguese, Italian, Dutch and Polish only what others'
readers of such files name. Some columns stay English in every language, and their order is the same in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from gapkit.intake.reading.header import name_key

PREFIXES: Final = (
    "Custom field", "Campo personalizado", "Benutzerdefinierte Felder", "Benutzerdefiniertes Feld", "Champs personnalisés",
    "Champ personnalisé", "Campo personalizzato", "Campi personalizzati", "Aangepast veld", "Aangepaste velden",
    "Pole niestandardowe", "Pole własne",
)  # fmt: skip


def _split(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def custom(*fields: str) -> tuple[str, ...]:
    """Return how columns of custom fields are spelled in all languages, those of the first field first.

    Examples
    --------
    >>> custom("Flagged")[:2]
    ('Custom field (Flagged)', 'Campo personalizado (Flagged)')
    """
    return tuple(f"{prefix} ({field})" for field in fields for prefix in PREFIXES)


# What a column is for to its spellings, in order of preference.
SPELLINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "key": _split("""Issue key, Work item key, Clave de incidencia, Vorgangsschlüssel, Clé de ticket, Chave da item,
        Chave do item, Chiave di ticket, Issuecode, Klucz zgłoszenia"""),
    "id": _split("""Issue id, Work item id, ID de la incidencia, Vorgangs-ID, ID de ticket, ID da item, ID do item,
        ID ticket, ID di ticket, Issue-ID, Id. zgłoszenia"""),
    "summary": _split("Summary, Resumen, Zusammenfassung, Résumé, Resumo, Riepilogo, Samenvatting, Podsumowanie"),
    "type": _split("""Issue Type, Work type, Work item type, Tipo de Incidencia, Vorgangstyp, Type de ticket, Tipo de item,
        Tipo ticket, Tipo di ticket, Issuetype, Typ zgłoszenia"""),
    "status": _split("Status, Estado, État, Stato"),
    "category": _split("""Status Category, Categoría de estado, Statuskategorie, Catégorie d'état, Catégorie d’état,
        Categoria do status, Categoria dello stato, Categoria stato, Statuscategorie, Kategoria statusu"""),
    "category_changed": _split("""Status Category Changed, Categoría de estado cambiada, Statuskategorie geändert,
        Categoria do status alterada"""),
    "resolution": _split("Resolution, Resolución, Lösung, Résolution, Resolução, Risoluzione, Oplossing, Rozwiązanie"),
    "resolved": _split("""Resolved, Resuelta, Erledigt, Résolue, Résolu, Résolu(e), Resolvido, Risolto, Opgelost,
        Rozwiązano"""),
    "project": _split("""Project name, Nombre del proyecto, Projektname, Nom du projet, Nom de projet, Nome do projeto,
        Nome del progetto, Nome progetto, Projectnaam, Nazwa projektu"""),
    "assignee": _split("""Assignee, Persona asignada, Responsable, Zugewiesene Person, Bearbeiter, Personne assignée,
        Responsável, Assegnatario, Toegewezen persoon, Toegewezen aan, Osoba przypisana, Przypisana osoba"""),
    "created": _split("Created, Creada, Erstellt, Création, Criado, Creati, Creato, Creata, Aangemaakt, Utworzono"),
    "updated": _split("""Updated, Actualizada, Aktualisiert, Mise à jour, Atualizado(a), Atualizado, Aggiornato, Bijgewerkt,
        Zaktualizowano"""),
    "due": (
        *_split("""Due date, Fecha de vencimiento, Fälligkeitsdatum, Date d'échéance, Date d’échéance, Data limite,
            Data de vencimento, Data di scadenza, Vervaldatum, Einddatum, Termin wykonania"""),
        *custom("Target end"),
    ),
    "start": custom("Start date", "Target start", "Fecha de inicio", "Startdatum", "Date de début", "Data de início",
                    "Data di inizio"),
    "actual_start": custom("Actual start"),
    "actual_end": custom("Actual end"),
    "points": custom("Story Points", "Story point estimate", "Story Point-Schätzung"),
    "flagged": custom("Flagged"),
    "parent_key": _split("Parent key, Clave principal, Übergeordneter Schlüssel, Clé parent, Chave pai"),
    "parent": _split("Parent, Principal, Übergeordnet, Pai, Element nadrzędny"),
    "parent_id": _split("Parent id"),
    "epic": custom("Epic Link"),
}  # fmt: skip

# Long, personal or no data at all: texts, watchers, ranks, summaries of development.
UNNEEDED: Final = (
    *_split("""Description, Descripción, Beschreibung, Descrição, Descrizione, Beschrijving, Opis, Environment, Umgebung,
        Entorno, Environnement, Ambiente, Omgeving, Comment, Comments, Comentario, Comentarios, Kommentar, Kommentare,
        Commentaire, Commentaires, Comentário, Comentários, Commento, Commenti, Opmerking, Opmerkingen, Komentarz,
        Komentarze, Attachment, Attachments, Adjunto, Archivo adjunto, Anhang, Anhänge, Pièce jointe, Pièces jointes, Anexo,
        Anexos, Allegato, Allegati, Bijlage, Bijlagen, Załącznik, Watchers, Watchers Id, Observadores, Beobachter,
        ID des Beobachters, Votes, Votos, Stimmen, Głosy, Log Work, Arbeit protokollieren, Work Ratio, Last Viewed,
        Zuletzt angezeigt, Assignee Id, Reporter Id, Creator Id, ID der zugewiesenen Person, ID de la persona asignada,
        ID do responsável, ID de la personne assignée, ID des Autors, Ersteller-ID, ID do relator, Project description,
        Projektbeschreibung, Project lead id, ID des Projektleiters, Project url"""),
    *custom("Rank", "Development", "Approvals"),
)
SUM: Final = "Σ"

# Jira's three categories of statuses, by their keys.
CATEGORIES: Final[Mapping[str, str]] = {
    name_key(name): key
    for key, names in {
        "new": """new, To Do, Por hacer, Tareas por hacer, Zu erledigen, À faire, A fazer, Itens Pendentes, Pendente,
            Da completare, Da fare, Te doen, Nog te doen, Do zrobienia""",
        "indeterminate": """indeterminate, In Progress, En curso, In Arbeit, En cours, Em andamento, In corso,
            In uitvoering, Wordt uitgevoerd, W toku""",
        "done": """done, Listo, Finalizada, Hecho, Fertig, Terminé, Terminé(e), Concluído, Itens concluídos, Completato,
            Gereed, Voltooid, Gotowe""",
    }.items()
    for name in _split(names)
}

# Types of issues that are parts of another one.
SUBTASKS: Final = frozenset(
    map(name_key, _split("""Sub-task, Subtask, Subtarea, Unteraufgabe, Sous-tâche, Subtarefa, Sottotask, Sottoattività,
        Subtaak, Podzadanie"""))
)  # fmt: skip


def roles_of(columns: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return, per use, the columns of a file that serve it, in order of preference.

    Examples
    --------
    >>> roles_of(["Clave de incidencia", "Fecha de vencimiento", "Campo personalizado (Target end)"])["due"]
    ('Fecha de vencimiento', 'Campo personalizado (Target end)')
    """
    by_key = {name_key(column): column for column in columns}
    found = {role: tuple(by_key[name_key(name)] for name in names if name_key(name) in by_key)
             for role, names in SPELLINGS.items()}  # fmt: skip
    return {role: tuple(dict.fromkeys(names)) for role, names in found.items() if names}
