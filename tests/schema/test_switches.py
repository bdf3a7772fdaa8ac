"""What a table is said to switch on, and what a figure is said to be switched on by, are two sides of one thing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import gapkit
from gapkit.schema import TABLES

PACKAGE = Path(gapkit.__file__).parent
COMPUTING = ("baseline", "cost", "survey", "diagnosis", "redesign", "measurement")
MODULES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for room in (*COMPUTING, "intake", "engagement", "report")
    for path in sorted((PACKAGE / room).rglob("*.py"))
}
COLUMNS = {field.name for table in TABLES.values() for field in table.fields()}
# Entries of engagement.yml.
SETTINGS = {"measure_start", "measure_end"}


def texts(tree: ast.Module) -> Iterator[str]:
    """Yield every text in a module but the descriptions of its functions."""
    docs = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def names_read() -> Iterator[str]:
    """Yield every attribute and word in what computes, and in what takes plans of record in."""
    for path, tree in MODULES.items():
        if path.relative_to(PACKAGE).parts[0] in COMPUTING or path == PACKAGE / "intake" / "history" / "signed.py":
            yield from (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
            yield from texts(tree)


PROMISES = sorted({text for tree in MODULES.values() for text in texts(tree) if re.search(r"would\s+switch\b", text)})
READ = set(names_read())


def test_there_are_promises() -> None:
    """The sentences are found at all."""
    assert len(PROMISES) > 60


@pytest.mark.parametrize("sentence", PROMISES)
def test_what_would_switch_a_figure_on_exists(sentence: str) -> None:
    """Every table and column a sentence names can be filled in."""
    named = re.findall(r"\btables? ([a-z]\w*)(?:(?:,| and) (?:table )?([a-z]\w*_\w*|kpis))?", sentence)
    dotted = [pair for pair in re.findall(r"\b([a-z_]+)\.([a-z_]+)\b", sentence) if pair[1] != "yml"]
    words = set(re.findall(r"\b[a-z]+(?:_[a-z0-9]+)+\b", sentence))

    assert {name for names in named for name in names if name} <= set(TABLES)
    assert words <= {*TABLES, *COLUMNS, *SETTINGS}
    assert [] == [pair for pair in dotted if pair[0] in TABLES and pair[1] not in TABLES[pair[0]].schema.columns]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_switches_something_on(name: str) -> None:
    """A table is asked for because something that is computed reads it."""
    assert TABLES[name].switches_on
    assert name in READ


@pytest.mark.parametrize("name", TABLES)
def test_tables_named_by_another_exist(name: str) -> None:
    """What a table only gives together with another is said with the other's right name."""
    words = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", TABLES[name].switches_on))

    assert words <= set(TABLES)
