"""Which column of a survey export is which item, question or fact about the respondent.

`items:` and `fields:` of engagement.yml decide first. Otherwise an item is known by its id standing alone in the heading
("MIS1", "[MIS1] …", "Q5_MIS1") or by its wording at the end of it, whatever question of a matrix stands before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.errors import Problem
from gapkit.instrument import ITEMS, STRATEGY_QUESTIONS
from gapkit.intake.formats.likert import plain_words
from gapkit.intake.reading.header import name_key

if TYPE_CHECKING:
    from gapkit.config import Source
    from gapkit.intake.finding.export import Glimpse

# So many items in one header make a file the survey.
ENOUGH: Final = 5

IDS: Final = frozenset(item.id for item in ITEMS)
WORDING: Final = {plain_words(item.text): item.id for item in ITEMS} | {
    plain_words(text): question for question, text in STRATEGY_QUESTIONS.items()
}
LENGTHS: Final = sorted({len(words.split()) for words in WORDING}, reverse=True)
# No heading is longer; what is, is a description in a row below.
LONGEST_HEADING: Final = 500
# What stands beside an answer: the text of "other", the order of display, the time taken.
BESIDE: Final = re.compile(r"_(?:text|do|other|comment|time)(?![a-z])|_do_|\[(?:other|comment)\]", re.IGNORECASE)
CODE: Final = re.compile(r"(?<![A-Z0-9])(Q[1-4])[\W_]+CODE(?![A-Z0-9])", re.IGNORECASE)
RANK: Final = re.compile(r"(?<![A-Za-z0-9])RANK[_\[]([A-Za-z0-9][\w-]*)")

# Headings in seven languages, less the words of a sentence around them.
_FACTS: Final = {
    "group": (
        "group", "team", "department", "business unit", "unit", "gruppe", "Abteilung", "Bereich", "groupe", "équipe",
        "service", "département", "grupo", "equipo", "departamento", "gruppo", "squadra", "reparto", "dipartimento",
        "equipe", "groep", "afdeling",
    ),
    "function": ("function", "Funktion", "fonction", "función", "funzione", "função", "functie"),
    "level_band": (
        "level", "level band", "role level", "seniority", "job level", "management level", "Ebene", "Hierarchieebene",
        "Führungsebene", "niveau", "niveau hiérarchique", "nivel", "nivel jerárquico", "livello", "nível",
        "nível hierárquico",
    ),
}  # fmt: skip
_SENTENCE: Final = """
    what which is are your do does you work working belong to in at of the a my our please choose select tell us
    welche welcher welchem welches in ist dein deine deiner deinem ihr ihre ihrer ihrem arbeiten arbeitest sie du bitte
    votre vos quel quelle est dans travaillez vous le la les l
    su tu cual es en que trabaja usted el
    il tuo suo sua quale lavori lavora
    seu qual e voce trabalha em o
    uw je jouw wat welk op werkt werk u
"""
FACTS: Final = {plain_words(name): fact for fact, names in _FACTS.items() for name in names}
SENTENCE: Final = frozenset(_SENTENCE.split())

LEVELS: Final = {
    plain_words(word): band
    for band, words in {
        "leadership": (
            "leadership", "leader", "leaders", "senior leadership", "leadership team", "executive", "executives", "C-level",
            "C-suite", "director", "top management", "senior management", "vice president", "VP",
            "Geschäftsführung", "Geschäftsleitung", "Vorstand", "Direktion", "direction", "comité de direction",
            "dirigeant", "dirección", "alta dirección", "directivo", "direzione", "dirigente", "dirigenza", "direção",
            "diretoria", "liderança", "directie", "leiding",
        ),
        "manager": (
            "manager", "managers", "middle management", "line manager", "people manager", "team lead", "team leader",
            "supervisor", "Führungskraft", "Teamleitung", "Teamleiter", "Teamleiterin", "Abteilungsleitung",
            "Abteilungsleiter", "Abteilungsleiterin", "mittleres Management", "manageur", "encadrant", "chef d'équipe",
            "responsable d'équipe", "gerente", "mando intermedio", "jefe de equipo", "responsable de equipo",
            "responsabile", "capo team", "gestor", "leidinggevende", "teamleider",
        ),
        "contributor": (
            "contributor", "individual contributor", "team member", "staff", "employee", "Mitarbeiter", "Mitarbeiterin",
            "Mitarbeitende", "Mitarbeitender", "Mitarbeiter:in", "Mitarbeiter:innen", "Teammitglied", "collaborateur",
            "collaboratrice", "contributeur individuel", "salarié", "employé", "employée", "colaborador", "colaboradora",
            "empleado", "miembro del equipo", "collaboratore", "collaboratrice", "dipendente", "impiegato", "funcionário",
            "membro da equipe", "medewerker", "werknemer", "teamlid",
        ),
    }.items()
    for word in words
}  # fmt: skip


class Heading(NamedTuple):
    """The heading of one column.

    Attributes
    ----------
    name : str
        As the file spells it; what `items:` and `fields:` refer to.
    texts : tuple of str
        What the column may be known by: its name, the question, the row of a matrix.
    """

    name: str
    texts: tuple[str, ...]


class Columns(NamedTuple):
    """Where everything stands.

    Attributes
    ----------
    asked : mapping of str to int
        Item, strategy question (``Q1``; ``Q1_CODE`` for the code chosen) or ranked priority (``RANK_<id>``) to the place of
        its column.
    facts : mapping of str to int
        Column of survey_respondents to the place of its column.
    unclear : mapping of str to tuple of str
        Facts for which several columns offer themselves, and those columns; none is taken.
    missing : tuple of (str, str)
        Entries of `fields:` whose column the file does not have.
    problems : tuple of Problem
        Items without the column `items:` names, or with two.
    """

    asked: Mapping[str, int]
    facts: Mapping[str, int]
    unclear: Mapping[str, tuple[str, ...]]
    missing: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def find_columns(headings: Sequence[Heading], source: Source, file: str, sheet: str = "") -> Columns:
    """Return which column of an export is what.

    Parameters
    ----------
    headings : sequence of Heading
        One per column.
    source : Source
        Its entry in engagement.yml.
    file, sheet : str
        For messages.
    """
    named = {item: _named(headings, column) for item, column in source.items.items()}
    asked = {item: place for item, place in named.items() if place is not None}
    facts = {fact: _named(headings, column) for fact, column in source.fields.items()}
    given = {fact: place for fact, place in facts.items() if place is not None}
    problems = [_absent(headings, item, source.items[item], file, sheet) for item in named if item not in asked]
    taken = {*asked.values(), *given.values()}
    offers: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        what = asked_in(heading.texts) if place not in taken else ""
        if what and what not in named:
            offers.setdefault(what, []).append(place)
    problems += [
        _twice([headings[at] for at in places], what, file, sheet) for what, places in offers.items() if places[1:]
    ]
    asked |= {what: places[0] for what, places in offers.items()}
    clear, unclear = _facts(headings, {*taken, *asked.values()}, facts)
    missing = tuple((fact, source.fields[fact]) for fact, place in facts.items() if place is None)
    return Columns(asked, {**clear, **given}, unclear, missing, tuple(problems))


def asked_in(texts: Sequence[str]) -> str:
    """Return what a column asks by its heading, empty when that is nothing of ours.

    Examples
    --------
    >>> asked_in(["[MIS1] I could explain …"]), asked_in(["Q5_MIS1", "How far do you agree?"]), asked_in(["MIS1_TEXT"])
    ('MIS1', 'MIS1', '')
    >>> asked_in(["How far do you agree? [I know what we have decided not to do]"]), asked_in(["RANK[PR-01]"])
    ('DIR2', 'RANK_PR-01')
    """
    if any(BESIDE.search(text) for text in texts[:1]):
        return ""
    ids = {word.upper() for text in texts for word in plain_words(text).split()} & IDS
    if len(ids) == 1:
        return ids.pop()
    for text in texts:
        if found := CODE.search(text):
            return f"{found[1].upper()}_CODE"
        if found := RANK.search(text):
            return f"RANK_{found[1]}"
    for text in texts:
        if ending := _wording_at_end(plain_words(text).split()):
            return WORDING[ending]
    # Tools number their questions Q1, Q2 … by themselves: the bare number says something only where there is no text.
    return texts[0].upper() if len(texts) == 1 and texts[0].upper() in STRATEGY_QUESTIONS else ""


def _wording_at_end(words: Sequence[str]) -> str:
    """Return the wording of ours a heading ends with, empty when there is none."""
    endings = (" ".join(words[-count:]) for count in LENGTHS if count <= len(words))
    return next((ending for ending in endings if ending in WORDING), "")


def items_in(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the headings of one row of a file that are items of the survey, of the row that has most of them."""
    best: tuple[str, ...] = ()
    for row in (row for rows in glimpse.rows.values() for row in rows):
        asked = {name: asked_in([name]) for name in row if len(name) <= LONGEST_HEADING}
        firsts = {item: name for name, item in reversed(asked.items()) if item in IDS}
        best = max(best, tuple(reversed(firsts.values())), key=len)
    return best


class Expected(frozenset[str]):
    """Headings looked for: those listed, and whatever asks an item or a question of ours."""

    def __contains__(self, name: object) -> bool:
        """Return whether a heading, as `name_key` gives it, is one of them."""
        return super().__contains__(name) or bool(len(str(name)) <= LONGEST_HEADING and asked_in([str(name)]))


def expected_in(source: Source, names: Iterable[str] = ()) -> Expected:
    """Return the headings looked for in an export: some names, the items, and the columns engagement.yml names."""
    items = (text for item in ITEMS for text in (item.id, item.text))
    return Expected(map(name_key, (*names, *items, *STRATEGY_QUESTIONS, *source.items.values(), *source.fields.values())))


def _named(headings: Sequence[Heading], wanted: str) -> int | None:
    """Return the place of a column named in engagement.yml: as spelled, else without regard to case and punctuation."""
    ways = (
        [heading.name == wanted for heading in headings],
        [wanted in heading.texts for heading in headings],
        [name_key(wanted) in map(name_key, (heading.name, *heading.texts)) for heading in headings],
    )
    return next((hits.index(True) for hits in ways if any(hits)), None)


def _facts(
    headings: Sequence[Heading], taken: set[int], given: Mapping[str, int | None]
) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """Return the facts one column each offers, and those several do."""
    offers: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        found = {fact for text in heading.texts if (fact := FACTS.get(_bare(text)))} - set(given)
        if place not in taken and len(found) == 1:
            offers.setdefault(found.pop(), []).append(place)
    clear = {fact: places[0] for fact, places in offers.items() if len(places) == 1}
    unclear = {fact: tuple(headings[at].name for at in places) for fact, places in offers.items() if len(places) > 1}
    return clear, unclear


def _bare(text: str) -> str:
    """Return the words of a heading that are not those of a sentence around it, each once."""
    return " ".join(dict.fromkeys(word for word in plain_words(text).split() if word not in SENTENCE))


def _absent(headings: Sequence[Heading], item: str, wanted: str, file: str, sheet: str) -> Problem:
    shown = [heading.name for heading in headings if heading.name]
    return Problem(
        f"the column is missing; {item} is mapped to it under items: in engagement.yml",
        file,
        sheet,
        column=wanted,
        allowed="one of the columns in the file: " + ", ".join(shown[:15]) + (", …" if len(shown) > 15 else ""),
        remedy=f'Name the column that holds it under items: of this source ({item}: "…"), or leave the entry out.',
        table="survey_answers",
    )


def _twice(headings: Sequence[Heading], item: str, file: str, sheet: str) -> Problem:
    return Problem(
        f"two columns hold {item}" if len(headings) == 2 else f"{len(headings)} columns hold {item}",
        file,
        sheet,
        column=headings[1].name[:80],
        allowed="one of " + ", ".join(f'"{heading.name[:80]}"' for heading in headings),
        remedy=f'Choose one under items: of this source ({item}: "…").',
        table="survey_answers",
    )
