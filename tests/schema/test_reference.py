from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gapkit import schema

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"


def test_docs_page_is_what_the_schema_says() -> None:
    """docs/tables.md is generated; after a change of the schema run: python -m gapkit.schema > docs/tables.md."""
    assert PAGE.read_text(encoding="utf-8") == schema.reference_markdown()


def test_module_prints_the_page_as_utf8() -> None:
    """The command that regenerates the page writes the same bytes whatever the console's encoding."""
    done = subprocess.run(
        [sys.executable, "-m", "gapkit.schema"], capture_output=True, check=True, env={"PYTHONIOENCODING": "ascii"}
    )

    assert schema.reference_markdown() == done.stdout.decode("utf-8")


def test_every_column_is_on_the_page() -> None:
    """Each table has its heading, and each of its columns a row with the words it allows."""
    page = schema.reference_markdown()

    for table in schema.TABLES.values():
        section = page.split(f"## {table.name}\n")[1].split("\n## ")[0]
        for field in table.fields():
            row = next(line for line in section.splitlines() if line.startswith(f"| `{field.name}` |"))
            assert all(word in row for word in field.allowed)
            assert 6 == row.count("|")
