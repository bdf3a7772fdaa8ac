"""The canonical tables, declared once.

`TABLES` maps each name to its `Table`: what one row is, its columns with kind, unit, allowed values and meaning, its key
and the rules across columns. `empty` and `conform` give typed frames; `validate` lists all that is wrong with them;
`split_list` and its kin read cells that hold lists; `reference_markdown` writes docs/tables.md.
"""

from gapkit.schema.declare import Field, Rule, Table
from gapkit.schema.frames import conform, empty, join_list, list_size, split_list
from gapkit.schema.reference import columns_markdown, reference_markdown
from gapkit.schema.tables import TABLES
from gapkit.schema.telling import Origin
from gapkit.schema.validation import validate

__all__ = [
    "TABLES",
    "Field",
    "Origin",
    "Rule",
    "Table",
    "columns_markdown",
    "conform",
    "empty",
    "join_list",
    "list_size",
    "reference_markdown",
    "split_list",
    "validate",
]
