from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from gapkit.config import load_config
from gapkit.intake import Intake, read_tables

HEAD = "client: Acme\nas_of: 2026-06-30\ntz: America/New_York\ncurrency: USD\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Put files (text, bytes, frames as Parquet, lists of rows per sheet as Excel) into an engagement folder."""

    def put(files: dict[str, object], yml: str = "") -> Path:
        (tmp_path / "engagement.yml").write_text(HEAD + yml, encoding="utf-8")
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, pd.DataFrame):
                content.to_parquet(path, index=False)
            elif isinstance(content, dict):
                book = openpyxl.Workbook()
                book.remove(book.active)
                for title, rows in content.items():
                    sheet = book.create_sheet(title)
                    for row in rows:
                        sheet.append(row)
                book.save(path)
            else:
                path.write_bytes(content if isinstance(content, bytes) else str(content).encode())
        return tmp_path

    return put


@pytest.fixture
def read(write: Callable[..., Path]) -> Callable[..., Intake]:
    """Write an engagement folder and read its tables."""

    def go(files: dict[str, object], yml: str = "") -> Intake:
        folder = write(files, yml)
        return read_tables(folder, load_config(folder))

    return go
