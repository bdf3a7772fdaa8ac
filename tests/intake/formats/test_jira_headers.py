from __future__ import annotations

from collections import Counter

import pytest

from gapkit.intake.formats.jira_headers import CATEGORIES, SPELLINGS, SUBTASKS, UNNEEDED, custom, roles_of
from gapkit.intake.reading.header import name_key


def test_no_spelling_serves_two_uses() -> None:
    """A word of one language must not be another column in another one."""
    uses = Counter(key for names in SPELLINGS.values() for key in {name_key(name) for name in names})

    assert {} == {key: count for key, count in uses.items() if count > 1}


def test_what_is_left_out_is_of_no_use() -> None:
    """A column that is dropped for being long or personal must not be one that is read."""
    assert not {name_key(name) for name in UNNEEDED} & {name_key(name) for names in SPELLINGS.values() for name in names}


@pytest.mark.parametrize(
    ("language", "header"),
    [
        ("German", ["Zusammenfassung", "Vorgangsschlüssel", "Vorgangs-ID", "Vorgangstyp", "Status", "Projektname", "Lösung",
                    "Zugewiesene Person", "Erstellt", "Aktualisiert", "Erledigt", "Fälligkeitsdatum", "Statuskategorie",
                    "Übergeordnet", "Benutzerdefinierte Felder (Start date)"]),
        ("Spanish", ["Resumen", "Clave de incidencia", "ID de la incidencia", "Tipo de Incidencia", "Estado",
                     "Nombre del proyecto", "Resolución", "Persona asignada", "Creada", "Actualizada", "Resuelta",
                     "Fecha de vencimiento", "Categoría de estado", "Principal", "Campo personalizado (Start date)"]),
        ("Portuguese", ["Resumo", "Chave da item", "ID da item", "Tipo de item", "Status", "Nome do projeto", "Resolução",
                        "Responsável", "Criado", "Atualizado(a)", "Resolvido", "Data limite", "Categoria do status", "Pai",
                        "Campo personalizado (Start date)"]),
    ],
)  # fmt: skip
def test_every_language_names_what_is_read(language: str, header: list[str]) -> None:
    """The same fifteen columns must be found under their name in each language."""
    roles = ["summary", "key", "id", "type", "status", "project", "resolution", "assignee", "created", "updated",
             "resolved", "due", "category", "parent", "start"]  # fmt: skip

    assert {role: (name,) for role, name in zip(roles, header, strict=True)} == roles_of(header), language


def test_custom_fields_prefer_the_first_field_named() -> None:
    """A start date goes before a target start, whatever the language."""
    found = roles_of(["Custom field (Target start)", "Campo personalizado (Start date)"])

    assert {"start": ("Campo personalizado (Start date)", "Custom field (Target start)")} == found
    assert len(custom("A", "B")) == 2 * len(custom("A"))


def test_categories_and_sub_tasks_are_compared_by_key() -> None:
    """Upper and lower case and hyphens differ between sites."""
    assert ["new", "indeterminate", "done"] == [
        CATEGORIES[name_key(name)] for name in ("TO DO", "in progress", "Terminé(e)")
    ]
    assert {name_key("Sub-Task"), name_key("subtask")} <= SUBTASKS
