"""A rich notebook with invented content of every block kind, and readers of what became of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import nbformat
import pytest

from gapkit.plots.theme import PALETTE, SERIES, LineEnd, figure, label_ends, theme
from gapkit.report.blocks import (
    Answer,
    Block,
    Callout,
    Column,
    Commentary,
    Cover,
    Exhibit,
    PhaseData,
    Table,
    Tile,
)
from gapkit.report.document import read_document
from gapkit.report.pdf import make_pdf

HOSTILE = '*x* #read("/etc/passwd") $ @a <b> <script>alert(1)</script> {{7*7}}'
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40">'
    '<rect width="40" height="40" rx="6" fill="#0b5f6b"/><path d="M10 28 L20 10 L30 28 Z" fill="#fff"/></svg>'
)
ANALYST_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90pt" height="90pt">'
    '<circle cx="45" cy="45" r="40" fill="#17497f"/></svg>'
)
FRAME = "<table><thead><tr><th></th><th>days</th></tr></thead><tbody><tr><th>legal</th><td>12</td></tr></tbody></table>"


@pytest.fixture(scope="session")
def hostile() -> str:
    """Return a program's name that is markup in every language the report passes through."""
    return HOSTILE


@theme()
def bar_chart() -> Any:
    """Return a chart with wide labels, one hostile, one in letters no font of the report has."""
    fig, axes = figure(height_mm=95)
    names = ["Brand campaign", "Content", "Events and trade fairs with partners", "Paid media", HOSTILE, "Launch 東京"]
    axes.barh(names, [62, 54, 47, 41, 30, 22], color=PALETTE["delivered"])
    axes.set_xlabel("Programs delivered by the end of the quarter, in %")
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    axes.invert_yaxis()
    return fig


@theme()
def line_chart() -> Any:
    """Return a chart of lines labelled at their ends."""
    fig, axes = figure(height_mm=80)
    ends = []
    for colour, name, level in zip(SERIES, ["Field marketing", "Digital", "Product marketing"], (60, 57, 30), strict=False):
        values = [level + step * (level / 60 - 0.8) * 4 for step in range(6)]
        axes.plot(range(6), values, color=colour)
        ends.append(LineEnd(name, 5, values[-1], colour))
    axes.set_xlim(0, 6.6)
    axes.set_ylim(0, 80)
    axes.set_ylabel("On-time rate, %")
    axes.set_xticks(range(6), ["2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1"])
    label_ends(axes, ends)
    return fig


def output_of(block: Block) -> dict[str, Any]:
    """Return a block as the cell output Jupyter stores."""
    data = json.loads(json.dumps(block._repr_mimebundle_()))
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}


def code_cell(number: int, output: dict[str, Any]) -> dict[str, Any]:
    """Return an executed code cell that printed something before it showed its output."""
    stream = {"output_type": "stream", "name": "stdout", "text": "SECRET_STREAM"}
    cell = {"cell_type": "code", "source": "SECRET_CODE = 1", "id": f"c{number}", "metadata": {}, "execution_count": 1}
    return {**cell, "outputs": [stream, output]}


@pytest.fixture(scope="session")
def as_notebook() -> Callable[..., Any]:
    """Return a maker of executed notebooks: strings become Markdown cells, blocks and outputs code cells."""

    def make(*parts: Any) -> Any:
        cells: list[dict[str, Any]] = []
        for number, part in enumerate(parts):
            if isinstance(part, str):
                cells.append({"cell_type": "markdown", "source": part, "id": f"m{number}", "metadata": {}})
            else:
                cells.append(code_cell(number, output_of(part) if isinstance(part, Block) else part))
        return nbformat.from_dict({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})

    return make


@pytest.fixture(scope="session")
def cover() -> Cover:
    """Return a cover with everything set."""
    return Cover(
        client="Northwind Outdoor & Søns GmbH",
        title="Where plans are lost",
        subtitle="Baseline of the marketing execution gap, and what it costs",
        phase="Diagnose",
        days="days 1 to 30",
        as_of="2026-04-30",
        period="2025Q4 and 2026Q1",
        firm="Harrow & Lindqvist",
        accent="#0b6e75",
        logo=LOGO,
    )


def register() -> Table:
    """Return a table of 60 rows with names of all kinds."""
    odd = ["CAMPAIGN_2026_Q1_EMEA_PAIDSOCIAL_RETARGETING_V2_FINAL", HOSTILE, "حملة الربيع", "קמפיין קיץ", "東京ローンチ 🚀"]
    names = dict(zip(range(0, 60, 7), odd, strict=False))
    rows = tuple(
        (
            f"P-{i:03d}",
            names.get(i, f"Program number {i} of the plan"),
            ("Field", "Digital", "Product marketing")[i % 3],
            f"{1234 * i:,}",
            ("on time", "late", "stalled")[i % 3],
        )
        for i in range(60)
    )
    columns = (Column("Id"), Column("Program"), Column("Team"), Column("Budget, EUR", "right"), Column("Outcome"))
    return Table(columns, rows, "Every program of the cohort, with its outcome", "All 60 programs · 2026Q1")


def teams() -> Table:
    """Return a small table with an empty cell."""
    return Table(
        (Column("Team"), Column("Programs", "right"), Column("On time", "right"), Column("95 % interval", "right")),
        (
            ("Field", "31", "52 %", "35 to 68 %"),
            ("Digital", "42", "64 %", "49 to 77 %"),
            ("Product marketing", "7", "3 of 7", ""),
        ),
    )


def answer() -> Answer:
    """Return an answer with six tiles, one of them without a value."""
    tiles = (
        Tile("Execution rate", "47 %", "38 to 57 %", "94 programs planned", "bad"),
        Tile("On-time rate", "31 %", "23 to 41 %", "", "bad"),
        Tile("Median time-to-market", "61 days", "54 to not reached", "from commitment to market", "neutral"),
        Tile("Velocity", "4.2 a week", "3.4 to 5.1 a week", "", "good"),
        Tile("On time and to spec (OTIF)", "", "", "no acceptance was recorded"),
        Tile("Re-dating flattery", "+12 pp", "", "how much moving dates improved the picture"),
    )
    return Answer(
        "Of 94 programs planned for the last two quarters, 44 were delivered by quarter end: an execution rate of 47 %.",
        tiles,
        ("Name one accountable owner for each of the 18 programs that have none.", "Agree a 5-day limit for approval."),
        (("Plan history", "full, from the tracker's log"), ("Survey", "not run"), ("Costs", "12 of 94 programs")),
        facts=("94", "44", "2 quarters"),
    )


def by_type() -> Exhibit:
    """Return an exhibit with a long title and a chart."""
    return Exhibit(
        "by_type",
        "Events are delivered least often: 47 % by the end of the quarter, against 62 % of brand campaigns, and the gap "
        "has been there in every one of the five quarters we could read from the plan history of the tracker",
        bar_chart(),
        alt="Bars of the share delivered by type: brand campaigns 62 %, content 54 %, events 47 %.",
        reading="Two things stand out. Events need partners, and partners answer late.",
        foot="Delivered by quarter end / planned at the freeze · n = 94 programs · 2025Q4 and 2026Q1 · plan.xlsx, Jira",
        facts=("47 %", "62 %", "five", "two"),
    )


def by_quarter(name: str) -> Exhibit:
    """Return an exhibit with a chart, a table and a direction."""
    return Exhibit(
        name,
        "On-time delivery fell in Product marketing, from 30 % to 24 %",
        line_chart(),
        alt="Lines of the on-time rate of three teams over six quarters.",
        table=teams(),
        reading="Only the smallest team moved, and it planned 7 programs.",
        foot="On time = actual end ≤ frozen end · n by team in the table · Jira",
        facts=("30 %", "24 %", "7"),
        direction=-1,
    )


MIXED = """##### A heading that skips levels

Text with **bold**, `code`, ~~old~~ and [a link](https://example.com).

> A quotation.

| a | b |
|---|--:|
| x | 1 |"""


@pytest.fixture(scope="session")
def sample_parts(cover: Cover) -> list[Any]:
    """Return the parts of the rich notebook, in the notebook's order."""
    owners = Exhibit("owners", "18 of 94 programs had no owner", table=teams(), reading="Most sit in events.",
                     foot="n = 94", facts=("18", "94"))  # fmt: skip
    words = "## My view\n\nThe *team leads* know this. See [the plan](https://example.com) <b>now</b> ![x](y.png)"
    return [
        "# Diagnose: where does the plan get lost?\n\nWritten for the leadership team.",
        cover,
        "## The bottom line\n\nThe verdict, then the numbers that carry it.",
        answer(),
        "## Which programs are delivered?\n\nLook for the *shortest* bars.",
        by_type(),
        "Read a bar as a share.\n\n- first point\n- second point\n  1. nested\n  2. again",
        "### And over time?\n\nEach line is one team.",
        by_quarter("by_quarter"),
        "## Who owns the work?",
        owners,
        Callout("missing", "Approvals were not measured: add stage_visits to switch them on."),
        Callout("note", "A note with [no link](javascript:alert(1))."),
        Callout("warning", f"A program is called {HOSTILE}"),
        Commentary("owners", words),
        MIXED,
        shown("text/html", FRAME),
        "## Where does the time go?",
        by_quarter("again"),
        "### A chart an analyst left",
        shown("image/svg+xml", ANALYST_SVG),
        shown("text/plain", "<object at 0x1>"),
        "## Appendix\n\n### Register",
        register(),
        Table((Column("Source"), Column("Rows", "right")), (), "Sources that were refused"),
        PhaseData({"phase": "diagnose", "results": {"execution_rate": {"value": 0.47}}, "findings": []}),
    ]


def shown(mime: str, content: str) -> dict[str, Any]:
    """Return an output an analyst's cell may leave."""
    data = {mime: content, "text/plain": "a plain view"}
    return {"output_type": "display_data", "metadata": {}, "data": data}


@pytest.fixture(scope="session")
def sample(as_notebook: Callable[..., Any], sample_parts: list[Any]) -> Any:
    """Return the rich notebook."""
    return as_notebook(*sample_parts)


@pytest.fixture(scope="session")
def document(sample: Any) -> dict[str, Any]:
    """Return the rich notebook as a document."""
    return read_document(sample)


@pytest.fixture(scope="session")
def pdf(document: dict[str, Any]) -> bytes:
    """Return the rich notebook as a PDF."""
    return make_pdf(document)[0]


@pytest.fixture(scope="session")
def pdf_text(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Return a reader of a PDF's text; the test is skipped where poppler's pdftotext is not installed."""

    def read(content: bytes, *options: str) -> str:
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext (poppler-utils) is not installed")
        path = tmp_path_factory.mktemp("pdf") / "report.pdf"
        path.write_bytes(content)
        done = subprocess.run(["pdftotext", *options, str(path), "-"], check=True, capture_output=True)
        return done.stdout.decode("utf-8")

    return read


@pytest.fixture(scope="session")
def pdf_objects() -> Callable[[bytes], bytes]:
    """Return a reader of a PDF's inner objects, its compressed streams opened."""

    def read(content: bytes) -> bytes:
        parts = [content]
        for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
            with suppress(zlib.error):
                parts.append(zlib.decompress(match[1]))
        return b"\n".join(parts)

    return read
