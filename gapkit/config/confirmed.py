"""What the consultant has confirmed about the data: ids that are one program, spellings that are one person.

A spelling is compared without regard to case and blanks, an id exactly. What contradicts itself is refused: the data would
come out differently depending on which entry is read first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

import yaml

from gapkit.config.model import Owners
from gapkit.config.nodes import NodeReader, Read, is_null

NO_PERSON: Final = ("team", "committee", "external")

Lists = dict[str, tuple[str, ...]]


def spelling_key(name: str) -> str:
    """Return a name reduced to what makes it the same spelling: lower case, single blanks.

    Examples
    --------
    >>> spelling_key("  Anna  MÜLLER ")
    'anna müller'
    """
    return " ".join(name.split()).casefold()


def read_links(reader: NodeReader, node: yaml.Node, key: str) -> Lists:
    """Return `links:`: the id that is kept to the other ids of the same program.

    An id in its own list confirms that two trackers mean one program by it.
    """
    links: Lists = {}
    kept_for: dict[str, str] = {}
    pairs = list(_listed(reader, node, key))
    kept_ids = {kept for kept, _ in pairs}
    for kept, item in pairs:
        other, place = reader.text(item, f"{key}.{kept}"), f"{key}.{kept}"
        if other is None:
            continue
        if other in kept_for:
            what = f"linked to {kept_for[other]} already"
            reader.refuse(item, place, what, allowed="each id once", remedy="Keep one of the two.")
        elif other in kept_ids - {kept}:
            remedy = f"Put all ids of the program into one list, under {other} or under {kept}."
            reader.refuse(item, place, "linked, and kept itself for other ids", remedy=remedy)
        else:
            kept_for[other] = kept
            links[kept] = (*links.get(kept, ()), other)
    return links


def read_owners(reader: NodeReader, node: yaml.Node, key: str) -> Owners:
    """Return `owners:`; a spelling belongs to one person, and no name is a person and something else."""
    readers: dict[str, Read] = {
        "same": partial(_same, reader),
        "not_persons": partial(_not_persons, reader),
        "left": partial(reader.sequence, read=reader.text),
    }
    owners = Owners(**reader.read(node, key, readers))
    if isinstance(node, yaml.MappingNode):
        given = {name.value: value for name, value in node.value if isinstance(name, yaml.ScalarNode)}
        if owners.not_persons:
            _refuse_both(reader, given["not_persons"], f"{key}.not_persons", owners)
    return owners


def _listed(reader: NodeReader, node: yaml.Node, key: str) -> Iterator[tuple[str, yaml.Node]]:
    """Yield every item of a mapping to lists with the entry it stands under; a single value is short for a list of one."""
    for name, value in reader.mapping(node, key).items():
        if isinstance(value, yaml.ScalarNode):
            yield name, value
        elif isinstance(value, yaml.SequenceNode):
            yield from ((name, item) for item in value.value if not is_null(item))
        else:
            reader.refuse(value, f"{key}.{name}", "not a list", allowed="[one, two], or one '- item' per line")


def _same(reader: NodeReader, node: yaml.Node, key: str) -> Lists:
    """Return the other spellings of every name."""
    same: Lists = {}
    _refuse_twins(reader, node, key)
    pairs = list(_listed(reader, node, key))
    names = {spelling_key(name): name for name, _ in pairs}
    name_of: dict[str, str] = {}
    for name, item in pairs:
        spelling, place = reader.text(item, f"{key}.{name}"), f"{key}.{name}"
        if spelling is None:
            continue
        owner = name_of.setdefault(spelling_key(spelling), name)
        if names.get(spelling_key(spelling), name) != name:
            remedy = (
                f"Put all spellings of the person into one list, under {names[spelling_key(spelling)]} or under {name}."
            )
            reader.refuse(item, place, "a spelling here, and a name with spellings of its own", remedy=remedy)
        elif owner != name:
            what = f"a spelling of {owner} already"
            reader.refuse(item, place, what, allowed="each spelling once", remedy="Keep one of the two.")
        else:
            same[name] = (*same.get(name, ()), spelling)
    return same


def _not_persons(reader: NodeReader, node: yaml.Node, key: str) -> dict[str, str]:
    _refuse_twins(reader, node, key)
    kinds = {
        name: reader.choice(value, f"{key}.{name}", NO_PERSON, "unknown kind of owner")
        for name, value in reader.mapping(node, key).items()
    }
    return {name: kind for name, kind in kinds.items() if kind is not None}


def _refuse_twins(reader: NodeReader, node: yaml.Node, key: str) -> None:
    """Refuse two entries whose names are one spelling; YAML itself only sees names that are equal to the letter."""
    first: dict[str, str] = {}
    for name in (pair[0] for pair in node.value) if isinstance(node, yaml.MappingNode) else ():
        twin = first.setdefault(spelling_key(str(name.value)), str(name.value))
        if twin != name.value:
            reader.refuse(name, f"{key}.{name.value}", f"the same name as {twin}", remedy="Make one entry of the two.")


def _refuse_both(reader: NodeReader, node: yaml.MappingNode, key: str, owners: Owners) -> None:
    """Refuse names that are a person in one entry and no person in another."""
    persons: Mapping[str, str] = {
        spelling_key(spelling): "same" for name, others in owners.same.items() for spelling in (name, *others)
    } | {spelling_key(name): "left" for name in owners.left}
    for name, _ in node.value:
        entry = persons.get(spelling_key(str(name.value)))
        if entry is not None:
            remedy = "Keep one of the two."
            reader.refuse(name, f"{key}.{name.value}", f"a person under {entry}, and no person here", remedy=remedy)
