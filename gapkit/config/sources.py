"""The `sources:` of engagement.yml: which exports to read and how their columns and words map to ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import yaml

from gapkit.config.model import Source
from gapkit.config.nodes import NodeReader, Read, did_you_mean
from gapkit.schema import TABLES
from gapkit.vocabulary import PROGRAM_TYPES, STAGE_KINDS, STATUSES


def read_source(reader: NodeReader, node: yaml.Node, key: str) -> Source:
    """Return one entry of `sources:`; what cannot be read is noted in the reader and left at its default."""
    readers: dict[str, Read] = {
        "file": reader.path,
        "sql": reader.text,
        "format": reader.text,
        "table": partial(reader.choice, words=tuple(TABLES), what="unknown table"),
        "sheet": reader.text,
        "fields": reader.texts,
        "statuses": partial(_statuses, reader),
        "types": partial(_types, reader),
        "teams": reader.texts,
        "dates": partial(reader.choice, words=("dmy", "mdy")),
        "url_env": partial(
            reader.matching,
            pattern="[A-Za-z_][A-Za-z0-9_]*",
            allowed="the name of an environment variable",
            remedy="Keep the address and its password in that variable, not in this file.",
        ),
        "snapshots": reader.flag,
    }
    source = Source(**reader.read(node, key, readers), line=node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        _check(reader, node, key, source)
    return source


def _check(reader: NodeReader, node: yaml.MappingNode, key: str, source: Source) -> None:
    """Refuse entries that contradict each other, and columns no table has."""
    given = {name.value: value for name, value in node.value if isinstance(name, yaml.ScalarNode)}
    if ("file" in given) == ("sql" in given):
        reader.refuse(node, key, "names both or neither of file and sql", allowed="exactly one of the two")
    for needed in ("url_env", "table"):
        if "sql" in given and needed not in given:
            reader.refuse(node, key, f"sql without {needed}", remedy=f"Add {needed}: to this source.")
    if source.fields:
        tables = [TABLES[source.table]] if source.table else TABLES.values()
        known = {field.name for table in tables for field in table.fields()}
        for name, _ in given["fields"].value:
            if name.value not in known:
                remedy = did_you_mean(name.value, known) or "docs/tables.md lists every column."
                reader.refuse(name, f"{key}.fields", "no table has such a column", remedy=remedy)


def _statuses(reader: NodeReader, node: yaml.Node, key: str) -> dict[str, Mapping[str, str]]:
    """Return each status seen with its meaning; a bare word is short for ``{status: word}``."""
    readers: dict[str, Read] = {
        "status": partial(reader.choice, words=STATUSES, what="unknown status"),
        "stage": reader.text,
        "kind": partial(reader.choice, words=STAGE_KINDS, what="unknown kind of stage"),
    }

    def meaning(value: yaml.Node, place: str) -> dict[str, Any]:
        if isinstance(value, yaml.ScalarNode):
            status = readers["status"](value, place)
            return {} if status is None else {"status": status}
        return reader.read(value, place, readers)

    return {seen: meaning(value, f"{key}.{seen}") for seen, value in reader.mapping(node, key).items()}


def _types(reader: NodeReader, node: yaml.Node, key: str) -> dict[str, str]:
    entries = {
        seen: reader.choice(value, f"{key}.{seen}", PROGRAM_TYPES, "unknown type")
        for seen, value in reader.mapping(node, key).items()
    }
    return {seen: word for seen, word in entries.items() if word is not None}
