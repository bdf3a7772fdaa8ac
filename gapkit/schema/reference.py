"""The tables in words: docs/tables.md, and a template's header row."""

from __future__ import annotations

from collections.abc import Iterable

from gapkit.schema.declare import Field, Table
from gapkit.schema.tables import TABLES

_INTRODUCTION = """\
# Tables

Every table gapkit reads. This page is written by `python -m gapkit.schema`: change the declaration there, not this page.

Only `programs` is needed to start; each further table switches on more. A table is found by its name, `data/<table>.csv`,
`.xlsx` or `.parquet`; any other file is mapped in `engagement.yml`. Columns marked ● must be there and filled, ◐ must be
there and may be empty, the others may be left out. Columns gapkit does not know are kept and ignored.

A date is a calendar date where the organisation is; a moment has a time zone, or is read as local time, with a warning.
A list has its items in one cell, separated by `;`. Money is in the engagement's currency, unit 1. An empty cell means
unknown: never write 0, `n/a` or 1900-01-01 for it.
"""


def reference_markdown() -> str:
    """Return docs/tables.md: every table with its purpose, columns, key and rules.

    Examples
    --------
    >>> reference_markdown().splitlines()[0]
    '# Tables'
    """
    contents = "\n".join(f"- [{table.name}](#{table.name}): {table.purpose}" for table in TABLES.values())
    sections = "\n".join(_section(table) for table in TABLES.values())
    return f"{_INTRODUCTION}\n{contents}\n\n{sections}"


def columns_markdown(table: str) -> str:
    """Return the columns of a table as a Markdown table: name, whether required, what it holds, unit, meaning.

    Examples
    --------
    >>> print(columns_markdown("goals"))
    | column | | holds | unit | meaning |
    |---|---|---|---|---|
    | `goal_id` | ● | an id, read as text |  | Id of the goal. |
    | `label` | ● | text |  | The goal in its official wording. |
    """
    rows = [_row(field) for field in TABLES[table].fields()]
    return "\n".join(["| column | | holds | unit | meaning |", "|---|---|---|---|---|", *rows])


def _section(table: Table) -> str:
    lines = [f"## {table.name}", "", table.purpose, ""]
    lines += [f"Switches on: {table.switches_on}.", ""]
    return "\n".join([*lines, columns_markdown(table.name), "", *_rules(table), ""])


def _row(field: Field) -> str:
    mark = "" if not field.required else "◐" if field.nullable else "●"
    meaning = f"{field.description} Refers to `{field.refers}`." if field.refers else field.description
    return f"| `{field.name}` | {mark} | {field.accepts()} | {field.unit} | {meaning} |"


def _rules(table: Table) -> Iterable[str]:
    """Yield what must hold beyond single columns."""
    if table.key:
        yield f"- Unique: {', '.join(f'`{name}`' for name in table.key)}."
    for rule in table.rules:
        yield f"- Refused: {rule.what}. Allowed: {rule.allowed}."
    for rule in table.caveats:
        yield f"- Reported: {rule.what}."
