"""The `sources:` of engagement.yml: which exports to read and how their columns and words map to ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import yaml

from gapkit.config.model import Source
from gapkit.config.nodes import NodeReader, Read, did_you_mean, is_null
from gapkit.schema import TABLES
from gapkit.vocabulary import LEVELS, PROGRAM_TYPES, STAGE_KINDS, STATUSES

MOST_POINTS: Final = 11  # from 0 to 10, the longest scale in use
SURVEY_KEYS: Final = ("wave", "items", "answers", "scale")
SURVEY_TABLES: Final = (
    "survey_invited", "survey_respondents", "survey_answers", "strategy_answers", "priority_rankings",
)  # fmt: skip


def read_source(reader: NodeReader, node: yaml.Node, key: str) -> Source:
    """Return one entry of `sources:`; what cannot be read is noted in the reader and left at its default."""
    readers: dict[str, Read] = {
        "file": reader.paths,
        "sql": reader.text,
        "format": reader.text,
        "table": partial(reader.choice, words=tuple(TABLES), what="unknown table"),
        "sheet": reader.text,
        "fields": reader.texts,
        "statuses": partial(_statuses, reader),
        "types": partial(_choices, reader, words=PROGRAM_TYPES, what="unknown type"),
        "levels": partial(_choices, reader, words=LEVELS, what="unknown level"),
        "teams": reader.texts,
        "dates": partial(reader.choice, words=("dmy", "mdy")),
        "tz": reader.zone,
        "prefix": reader.text,
        "url_env": partial(
            reader.matching,
            pattern="[A-Za-z_][A-Za-z0-9_]*",
            allowed="the name of an environment variable",
            remedy="Keep the address and its password in that variable, not in this file.",
        ),
        "snapshots": reader.flag,
        "wave": reader.text,
        "items": partial(_items, reader),
        "answers": partial(_answers, reader, points=_points(node)),
        "scale": partial(reader.whole, low=2, high=MOST_POINTS),
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
    if "sql" in given and source.snapshots:
        remedy = "Save the result of the query as CSV every week, and name that file."
        reader.refuse(given["snapshots"], f"{key}.snapshots", "a query has no dated exports", allowed="no", remedy=remedy)
    for name in SURVEY_KEYS if source.table and source.table not in SURVEY_TABLES else ():
        if name in given:
            reader.refuse(
                given[name], f"{key}.{name}", f"not for the table {source.table}", allowed=", ".join(SURVEY_TABLES)
            )
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


def _choices(reader: NodeReader, node: yaml.Node, key: str, *, words: tuple[str, ...], what: str) -> dict[str, str]:
    """Return each word seen with one of ours."""
    entries = {
        seen: reader.choice(value, f"{key}.{seen}", words, what) for seen, value in reader.mapping(node, key).items()
    }
    return {seen: word for seen, word in entries.items() if word is not None}


def _items(reader: NodeReader, node: yaml.Node, key: str) -> dict[str, str]:
    """Return the column of every survey item; one column cannot answer two."""
    columns: dict[str, str] = {}
    for item, value in reader.mapping(node, key).items():
        column = reader.text(value, f"{key}.{item}")
        twin = next((other for other, taken in columns.items() if taken == column), None)
        if twin is not None:
            reader.refuse(value, f"{key}.{item}", f"the column of {twin} already", remedy="Name another column.")
        elif column is not None:
            columns[item] = column
    return columns


def _answers(reader: NodeReader, node: yaml.Node, key: str, points: int) -> dict[str, float]:
    """Return the point of the scale every answer stands for."""
    entries = {
        seen: reader.number(value, f"{key}.{seen}", low=1, high=points) for seen, value in reader.mapping(node, key).items()
    }
    return {seen: point for seen, point in entries.items() if point is not None}


def _points(source: yaml.Node) -> int:
    """Return the points of a source's scale before it is read: 5 when none is given, the most when it makes no sense."""
    pairs = source.value if isinstance(source, yaml.MappingNode) else ()
    given = next((value.value for name, value in pairs if name.value == "scale" and not is_null(value)), "5")
    return int(given) if given in map(str, range(2, MOST_POINTS + 1)) else MOST_POINTS
