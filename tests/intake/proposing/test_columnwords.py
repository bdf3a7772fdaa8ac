from __future__ import annotations

import pytest

from gapkit.intake.proposing.columnwords import NAMES, guess_fields, known_names
from gapkit.intake.reading.header import name_key
from gapkit.schema import TABLES

HEADERS = [
    ["ID", "Title", "Status", "Team", "Owner", "Start date", "Due date", "Created", "Original due date"],
    ["Nummer", "Titel", "Zustand", "Abteilung", "Verantwortlich", "Startdatum", "Fällig am", "Erstellt", "Baseline End"],
    ["Clé", "Titre", "Statut", "Équipe", "Responsable", "Date de début", "Échéance", "Créé le", "Date initiale"],
]
OURS = [
    "program_id",
    "name",
    "status",
    "team",
    "owners_now",
    "current_start",
    "current_end",
    "first_seen_on",
    "baseline_end",
]


@pytest.mark.parametrize("header", HEADERS)
def test_columns_are_known_by_their_usual_names(header: list[str]) -> None:
    """In several languages, without regard to case and accents being part of the name."""
    assert dict(zip(OURS, header, strict=True)) == {ours: guess_fields(header)[ours] for ours in OURS}


def test_no_column_is_taken_twice() -> None:
    """One column answers for one of ours only; the others stay free."""
    fields = guess_fields(["Campaign", "Phase", "Phase", "", "Deadline"])

    assert {"name": "Campaign", "status": "Phase", "current_end": "Deadline"} == fields


def test_the_day_something_was_finished_is_the_day_it_was_closed() -> None:
    """Home-made lists say finished as often as closed; it is no planned end."""
    assert {"closed_at": "finished_date", "current_end": "End date"} == guess_fields(["End date", "finished_date"])


def test_names_are_of_the_table() -> None:
    """Every guess is for a column programs has, and our own names are among the known ones."""
    columns = {field.name for field in TABLES["programs"].fields()}

    assert set(NAMES) <= columns
    assert {name_key(name) for name in NAMES} <= known_names()
