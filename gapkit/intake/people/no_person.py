"""Owners that are no person: teams, committees, firms, accounts nobody is behind any more.

Only the name itself and the names of teams in the data are looked at. The answer is a proposal for the consultant, who
confirms it under `owners:` of engagement.yml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final, Literal

NoPerson = Literal["team", "committee", "external", "left", ""]

# Whole words, or the end of a German compound (Marketingteam, Lenkungsausschuss), accents taken off. Languages: English,
# German, French, Spanish, Portuguese, Italian, Dutch.
LEFT: Final = re.compile(
    r"^(?:former|ex|deleted|deactivated|inactive|disabled|removed|unknown|ghost|ehemaliger?|geloschter?|deaktivierter?"
    r"|ancien|utilisateur|usuario|utilizador|utente|verwijderde|voormalig)"
    r" (?:user|member|employee|account|colleague|benutzer|nutzer|mitarbeiter|mitglied|konto|utilisateur|membre|supprime"
    r"|desactive|eliminado|desactivado|inactivo|excluido|removido|eliminato|disattivato|gebruiker|medewerker)\b"
    r"|[\[(](?:x|former|left|inactive|inaktiv|inactif|inactivo|inativo|inattivo|deactivated|deaktiviert|desactive|desactivado"
    r"|disattivato|deleted|geloscht|supprime|eliminado|disabled|unlicensed|ausgeschieden|deleted account)[\])]"
)
# Words in place of a name: nobody answers for it.
NOBODY: Final = ("unassigned", "unowned", "nobody", "no one", "noone", "none", "n a", "tbd", "tba", "tbc", "to be defined",
    "to be decided", "vacant", "open", "nicht zugewiesen", "niemand", "offen", "non assigne", "personne", "sin asignar",
    "nadie", "sem responsavel", "nao atribuido", "non assegnato", "nessuno", "niet toegewezen", "niemand")  # fmt: skip
COMMITTEE: Final = re.compile(
    r"\b(?:committee|board|council|steerco|jury|panel|gremium|\w*ausschuss|\w*komitee|\w*beirat|vorstand|lenkungskreis"
    r"|comite|conseil|directoire|consejo|junta|comissao|conselho|comitato|consiglio|commissie|stuurgroep|bestuur)\b"
)
EXTERNAL: Final = re.compile(
    r"\b(?:agency|agencies|\w*agentur|agence|agencia|agenzia|gmbh|ltd|limited|inc|incorporated|llc|llp|plc|corp|sarl|srl|spa"
    r"|bv|pty|gbr|aps|freelancers?|contractors?|vendors?|suppliers?|externals?|externe|externer|externo|esterno|extern"
    r"|dienstleister|prestataire|proveedor|fornecedor|fornitore|leverancier)\b"
)
# Legal forms short enough to be initials: only in capitals, after the name of the firm.
LEGAL_FORM: Final = re.compile(
    r"\w[\w&' .-]+,? (?:AG|KG|UG|SE|AB|AS|A/S|OY|SA|S\.A\.|SAS|NV|N\.V\.|B\.V\.|S\.L\.|SL|Co\.?)$"
)
TEAM: Final = re.compile(
    r"\b(?:\w*teams?|squad|dept|department|\w*abteilung|bereich|group|\w*gruppe|crew|guild|tribe|chapter|pod|equipe|equipo"
    r"|departement|departamento|dipartimento|reparto|afdeling|everyone|alle|office|helpdesk|desk)\b"
)
# What departments are called; a name of nothing but these is one, and so is such a mailbox.
_FUNCTIONS = """
    marketing mktg sales legal finance design creative product engineering it hr pr seo sem crm social media
    content brand digital web operations ops studio compliance procurement communications comms analytics growth
    events performance partnerships editorial research support service services customer success info hello
    contact admin and und et of the vertrieb recht einkauf kommunikation finanzen produkt ventas compras
    finanzas producto ventes achats juridique vendite acquisti comunicazione comunicacion communication strategy
    strategie planning pmo global regional emea apac dach
"""
FUNCTIONS: Final = frozenset(_FUNCTIONS.split())


def looks_like_no_person(name: str, teams: Collection[str]) -> NoPerson:
    """Return what a name of an owner seems to stand for, empty when it may be a person.

    Parameters
    ----------
    name : str
        As seen, one owner.
    teams : collection of str
        Names of teams seen in the data.

    Returns
    -------
    {"team", "committee", "external", "left", ""}
        ``left`` for accounts of people who have gone and for words such as TBD: nobody answers.

    Examples
    --------
    >>> seen = ("Brand Board", "Blue Agency", "Marketingteam", "Former user", "social@acme.com", "Anna Müller")
    >>> [looks_like_no_person(name, ["Web"]) for name in seen]
    ['committee', 'external', 'team', 'left', 'team', '']
    """
    plain = _plain(name)
    words = _words(plain)
    if LEFT.search(plain) or words in NOBODY or not words:
        return "left"
    if words in {_words(_plain(team)) for team in teams}:
        return "team"
    if COMMITTEE.search(words):
        return "committee"
    if EXTERNAL.search(words) or LEGAL_FORM.fullmatch(name.strip()):
        return "external"
    return "team" if TEAM.search(words) or set(words.split()) <= FUNCTIONS else ""


def _plain(name: str) -> str:
    """Return a name in lower case without accents; of an e-mail address what stands before the @."""
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.partition("@")[0] if re.fullmatch(r"[^\s@]+@[^\s@]+", plain) else plain


def _words(plain: str) -> str:
    return " ".join(re.split(r"[\W_]+", plain)).strip()
