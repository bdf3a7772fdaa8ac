from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import pytest
from matplotlib import pyplot as plt

from gapkit.plots.theme import figure, theme
from gapkit.report.blocks import (
    BLOCK_MIME,
    PHASE_MIME,
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
    read_logo,
)


@theme()
def chart() -> Any:
    fig, axes = figure(height_mm=40)
    axes.plot([1, 2], [3, 4], marker="o")
    axes.set_ylim(3.2, 4)
    return fig


def every_kind(text: str) -> list[Block]:
    """One block of each kind with a text in every field that takes any."""
    table = Table((Column(text),), ((text,),), title=text, foot=text)
    return [
        Cover(text, text, text, text, text, "2026-04-30", text, text),
        Answer(text, (Tile(text, text, text, text, "good"),), (text,), ((text, text),)),
        Exhibit("name", text, chart(), alt=text, table=table, reading=text, foot=text),
        table,
        Callout("note", text),
        Commentary("slot", text),
    ]


def test_views_of_a_block() -> None:
    """Jupyter gets data under our type, HTML, and text."""
    bundle = Callout("note", "A remark.")._repr_mimebundle_()

    assert {BLOCK_MIME, "text/html", "text/plain"} == set(bundle)
    assert {"kind": "callout", "tone": "note", "text": "A remark."} == bundle[BLOCK_MIME]


def test_text_view_holds_title_and_values() -> None:
    """What a notebook test compares is there as text."""
    shown = Exhibit("rate", "The rate is 47 %", table=Table((Column("Team"),), (("Field",),)), facts=("47 %",)).to_text()

    assert "The rate is 47 %\nTeam\nField\n47 %" == shown


def test_text_view_has_no_drawing() -> None:
    """Nobody compares or reads SVG in a text view."""
    exhibit = Exhibit("rate", "A title", chart(), alt="A line going up")

    assert "<svg" in exhibit.svg
    assert "<svg" not in exhibit.to_text()
    assert "<svg" not in repr(exhibit)


def test_everything_is_escaped(hostile: str) -> None:
    """No field of any block is markup in the notebook."""
    for block in every_kind(hostile):
        html = block._repr_mimebundle_()["text/html"]

        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_blocks_are_plain_data() -> None:
    """Whatever a block shows can be stored in a notebook file."""
    for block in every_kind("text"):
        assert json.loads(json.dumps(block.to_dict()))["kind"] == block.kind


def test_blocks_are_frozen() -> None:
    """A block shown twice is the same block."""
    with pytest.raises(FrozenInstanceError):
        Callout("note", "a").text = "b"  # type: ignore[misc]


def test_chart_is_drawn_the_same_each_time() -> None:
    """The same figure gives the same bytes, and another name gives other ids, so that charts share a page in peace."""
    first, second, other = (Exhibit(name, "A title", chart(), alt="A line").svg for name in ("a", "a", "b"))

    assert first == second
    assert first != other


def test_figure_of_pyplot_is_closed() -> None:
    """A figure that pyplot keeps would be shown a second time below the cell."""
    fig, _ = plt.subplots()
    Exhibit("name", "A title", fig, alt="Empty axes")

    assert [] == plt.get_fignums()


def test_chart_without_words_is_refused() -> None:
    """A chart nobody describes is closed to those who do not see it."""
    with pytest.raises(ValueError, match="'rate' has a chart and no alt text"):
        Exhibit("rate", "A title", chart())


def test_copy_keeps_the_drawing() -> None:
    """An exhibit can be changed without drawing again."""
    exhibit = Exhibit("rate", "A title", chart(), alt="A line")

    assert exhibit.svg == replace(exhibit, title="Another").svg


def test_ragged_table_is_refused() -> None:
    """A row that misses a cell would shift every number after it."""
    with pytest.raises(ValueError, match="row 2 has 1 texts, must have 2"):
        Table((Column("a"), Column("b")), (("1", "2"), ("3",)))


def test_cover_keeps_an_iso_date() -> None:
    """Dates and ISO texts mean the same; anything else is refused."""
    assert Cover("c", "t", as_of="2026-04-30") == Cover("c", "t", as_of=dt.date(2026, 4, 30))
    with pytest.raises(ValueError, match="30/04/2026"):
        Cover("c", "t", as_of="30/04/2026")


def test_phase_data_travels_under_its_own_type() -> None:
    """The phase's data can be found in the notebook and is summed up in one line."""
    bundle = PhaseData({"phase": "diagnose", "results": {"a": 1, "b": 2}, "findings": []})._repr_mimebundle_()

    assert {"phase": "diagnose", "results": {"a": 1, "b": 2}, "findings": []} == bundle[PHASE_MIME]
    assert "diagnose data: 2 results, 0 findings" == bundle["text/plain"]


def test_empty_tile_reads_not_measured() -> None:
    """An empty value is neither zero nor a hole."""
    html = Answer("A verdict.", (Tile("OTIF", ""),))._repr_mimebundle_()["text/html"]

    assert "not measured" in html


def test_logo_from_file(tmp_path: Path) -> None:
    """SVG comes as text, PNG as a data address, anything else is refused."""
    (tmp_path / "a.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "a.png").write_bytes(b"\x89PNG")

    assert "<svg/>" == read_logo(tmp_path / "a.svg")
    assert "data:image/png;base64,iVBORw==" == read_logo(tmp_path / "a.png")
    with pytest.raises(ValueError, match=r"must be an \.svg or a \.png"):
        read_logo(tmp_path / "a.gif")


def test_reading_the_report_costs_no_heavy_import() -> None:
    """Blocks, documents and the PDF maker load neither matplotlib nor Jupyter nor the typesetter."""
    modules = "gapkit.report.blocks, gapkit.report.document, gapkit.report.pdf, gapkit.report.html"
    code = f"import sys, {modules}; print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split())

    assert set() == loaded & {"matplotlib", "nbconvert", "nbformat", "typst", "IPython", "fontTools", "jinja2"}
