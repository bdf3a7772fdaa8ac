"""Who the owners are: spellings of one person made one name, and told apart from teams, firms and those who have left.

Nothing is joined by likeness. `spellings.propose_same` and `no_person.looks_like_no_person` propose, the consultant
confirms under `owners:` of engagement.yml, and this module applies what is confirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Final

import pandas as pd

from gapkit.config import Owners, spelling_key
from gapkit.intake.people.no_person import looks_like_no_person
from gapkit.intake.people.spellings import named_address
from gapkit.intake.reading.cells import on_distinct

OWNER_COLUMNS: Final = ("owners_at_start", "owners_now")
TYPE: Final = "owner_type_at_start"
LEFT: Final = "left"


def with_identities(tables: Mapping[str, pd.DataFrame], owners: Owners) -> dict[str, pd.DataFrame]:
    """Return the tables with owners under the names to use.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Canonical tables, typed.
    owners : Owners
        What is confirmed; spellings are compared without regard to case and blanks.

    Returns
    -------
    dict of str to pandas.DataFrame
        `owners_at_start` and `owners_now` of programs and `old` and `new` of owner events changed, lists free of doubles.
        "Anna Müller <a.mueller@acme.com>" is Anna Müller, which the cell itself says. `owner_type_at_start`, where blank,
        is the type of the owners when all are of one, ``none`` when all have left, ``person`` for one name that is neither
        known nor likely to be anything else. Several persons, and mixtures, leave it blank.
    """
    rename = _renaming(owners)
    changed = dict(tables)
    if "programs" in tables:
        changed["programs"] = _with_types(_renamed(tables["programs"], OWNER_COLUMNS, rename), owners)
    events = tables.get("status_events")
    if events is not None and "field" in events:
        is_owner = events["field"].eq("owner").fillna(False).to_numpy(dtype=bool)
        if is_owner.any():
            told = _renamed(events.loc[is_owner], ("old", "new"), rename)
            values = {name: events[name].where(~is_owner, told[name]) for name in ("old", "new") if name in events}
            changed["status_events"] = events.assign(**values)
    return changed


def persons(lists: pd.Series, owners: Owners) -> pd.Series:
    """Count the persons in lists of owners.

    Parameters
    ----------
    lists : pandas.Series of str
        Owners with ; between them.
    owners : Owners
        What is confirmed about them.

    Returns
    -------
    pandas.Series of Int64
        Different persons; teams, committees, external ones and people who have left do not count. Missing where the list
        is.

    Examples
    --------
    >>> owners = Owners({"Anna": ("am",)}, {"Ops": "team"}, ("Jo",))
    >>> persons(pd.Series(["Anna;am;Ops", "Jo", "Anna;Bob", None], dtype="str"), owners).tolist()
    [1, 0, 2, <NA>]
    """
    rename, kinds = _renaming(owners), _kinds(owners)

    @cache
    def person(name: str) -> str:
        key = spelling_key(rename(name))
        return "" if key in kinds else key

    def count(text: str) -> int:
        return len(set(map(person, _names(text))) - {""})

    return on_distinct(lists, lambda distinct: [count(text) for text in distinct], "Int64")


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(";") if name.strip()]


def _renaming(owners: Owners) -> Callable[[str], str]:
    """Return the function from a spelling to the name to use; spellings nobody has confirmed stay as they are.

    Lists of owners are many, owners are few: each spelling is looked at once.
    """
    name_of = {spelling_key(spelling): name for name, others in owners.same.items() for spelling in (*others, name)}

    @cache
    def rename(spelling: str) -> str:
        name, address = named_address(spelling)
        known = (name_of.get(spelling_key(each)) for each in (spelling, name, address) if each)
        return next(filter(None, known), name or address or spelling)

    return rename


def _kinds(owners: Owners) -> dict[str, str]:
    """Return the kind of every name that is no person any more, or never was, by the key of its spelling."""
    rename = _renaming(owners)
    return {spelling_key(rename(name)): LEFT for name in owners.left} | {
        spelling_key(rename(name)): kind for name, kind in owners.not_persons.items()
    }


def _renamed(frame: pd.DataFrame, columns: Collection[str], rename: Callable[[str], str]) -> pd.DataFrame:
    key = cache(spelling_key)

    def tidy(text: str) -> str | None:
        names: dict[str, str] = {}
        for name in map(rename, _names(text)):
            names.setdefault(key(name), name)
        return ";".join(names.values()) or None

    changed = {
        name: on_distinct(frame[name], lambda distinct: [tidy(text) for text in distinct], "str")
        for name in columns
        if name in frame
    }
    return frame.assign(**changed)


def _with_types(programs: pd.DataFrame, owners: Owners) -> pd.DataFrame:
    """Fill `owner_type_at_start` where it is blank and the owners leave no doubt."""
    if "owners_at_start" not in programs:
        return programs
    kinds = _kinds(owners)
    confirmed = {spelling_key(name) for name in owners.same}
    teams = frozenset(programs["team"].dropna().unique()) if "team" in programs else frozenset()

    @cache
    def kind_of(name: str) -> str:
        known = kinds.get(spelling_key(name), "")
        return known or ("person" if spelling_key(name) in confirmed or not looks_like_no_person(name, teams) else "")

    def kind(text: str) -> str | None:
        found = [kind_of(name) for name in _names(text)]
        if set(found) == {LEFT}:
            return "none"
        return found[0] or None if len(set(found)) == 1 and (len(found) == 1 or found[0] != "person") else None

    types = on_distinct(programs["owners_at_start"], lambda distinct: [kind(text) for text in distinct], "str")
    return programs.assign(**{TYPE: programs[TYPE].fillna(types) if TYPE in programs else types})
