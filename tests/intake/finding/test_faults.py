from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from gapkit.intake.finding.export import Export
from gapkit.intake.finding.faults import find_fault


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        zipped.writestr(zipfile.ZipInfo("a.txt"), "x" * 5000)  # no time of day: the bytes name the test
    return stream.getvalue()


def workbook() -> bytes:
    stream = io.BytesIO()
    pd.DataFrame({"A1": [1]}).to_excel(stream, index=False)
    return stream.getvalue()


def found(write: Callable[..., Path], name: str, content: bytes | str) -> list[tuple[str, str]]:
    """What is wrong with a file, and what to do."""
    folder = write({f"data/{name}": content})
    faults = find_fault(Export(folder / "data" / name, f"data/{name}"))
    return [(fault.what, fault.remedy) for fault in faults]


@pytest.mark.parametrize(
    ("name", "content", "what", "remedy"),
    [
        ("a.csv", b"", "the file is empty", "Export it again, or move it out of data/."),
        ("a.csv", b"  \r\n", "the file is empty", "Export it again"),
        ("a.json", b"", "the file is empty", "Export it again"),
        (
            "a.csv",
            workbook(),
            "the file is an Excel workbook or a zip archive by what is in it",
            "the ending .xlsx or .zip.",
        ),
        ("a.xlsx", "Key,Title\n1,Fair\n", "the file is text by what is in it", "Give it the ending .csv"),
        ("a.txt", '{"id": 1}', "the file is JSON by what is in it", "Give it the ending .json."),
        ("a.csv", '\ufeff[{"id": 1}]', "the file is JSON by what is in it", "Give it the ending .json."),
        ("a.xlsx", "<!DOCTYPE html><table>", "the file is a web page by what is in it", "as CSV, Excel or JSON."),
        ("a.csv", '<?xml version="1.0"?><log>', "the file is XML by what is in it", ".xes, if it is an event log."),
        (
            "a.xes",
            gzip.compress(b"<log/>", mtime=0),
            "the file is packed (gzip) by what is in it",
            "Give it the ending .gz.",
        ),
        ("a.xlsx", workbook()[:400], "not a readable Excel workbook", "Open it in Excel"),
        ("a.json", '{"issues": [{"key": "A', "not valid JSON from row 1 on", "cut off on the way"),
        ("a.zip", archive()[:60], "the archive is damaged or protected by a password", "Download or export it again"),
        (
            "a.xes.gz",
            gzip.compress(b"x" * 5000, mtime=0)[:20],
            "the archive is damaged or protected",
            "Download or export it again",
        ),
        ("a.csv", b"\x00" * 40, "the file holds binary data", "Save the file again as CSV UTF-8."),
    ],
)
def test_a_file_that_cannot_be_opened_says_why(
    write: Callable[..., Path], name: str, content: bytes | str, what: str, remedy: str
) -> None:
    """What is wrong is said of the file, with what to do about it."""
    ((said, to_do),) = found(write, name, content)

    assert said.startswith(what)
    assert remedy in to_do


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "A1,A2\n1,2\n"),
        ("a.csv", "{braces},[1]\n1,2\n"),
        ("a.csv", "[draft] Title;Owner\n1;2\n"),
        ("a.tsv", "A1\tA2\n1\t2\n".encode("utf-16")),
        ("a.xlsx", workbook()),
        ("a.zip", archive()),
        ("a.gz", gzip.compress(b"x", mtime=0)),
        ("a.json", "[]"),
        ("a.pdf", b"%PDF-1.4"),
        ("a.db", b"SQLite format 3\x00"),
    ],
)
def test_a_file_with_nothing_wrong_has_no_fault(write: Callable[..., Path], name: str, content: bytes | str) -> None:
    """A table with unknown columns is no fault of the file, nor is an ending nothing is known of."""

    assert [] == found(write, name, content)
