"""What a notebook cell shows: a cover, an answer, an exhibit, a table, a callout, the consultant's words, a phase's data.

Each block is plain, frozen data. Jupyter asks it for three views: data under our own mime type, which the exporters turn
into the report; HTML for reading in the notebook; and text with title and values, which a notebook test can compare.
Nothing in a block is markup: every string is shown letter by letter.
"""

from __future__ import annotations

import base64
import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import InitVar, asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from gapkit.report import cell_html
from gapkit.report.svg import draw_svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLOCK_MIME: Final = "application/vnd.gapkit.block+json"
PHASE_MIME: Final = "application/vnd.gapkit.phase+json"

TileDirection = Literal["good", "bad", "neutral", ""]
Tone = Literal["note", "warning", "missing"]
Better = Literal["up", "down"]


class Block(ABC):
    """Anything a cell can show in the report. Subclasses are frozen dataclasses."""

    kind: ClassVar[str]
    mime: ClassVar[str] = BLOCK_MIME

    def to_dict(self) -> dict[str, Any]:
        """Return the block as plain data, with its kind."""
        return {"kind": self.kind, **asdict(self)}  # type: ignore[call-overload]

    @abstractmethod
    def to_text(self) -> str:
        """Return title and values as text, one thing a line."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the three views Jupyter stores."""
        data = self.to_dict()
        return {self.mime: data, "text/html": cell_html.render(data), "text/plain": self.to_text()}


@dataclass(frozen=True)
class Cover(Block):
    """The cover page; the settings of the whole document come from here.

    Attributes
    ----------
    client, title, subtitle : str
        Whose report it is, what it is, and one line more.
    phase, days : str
        Name of the phase and its days in the engagement, e.g. ``"Diagnose"`` and ``"days 1 to 30"``.
    as_of : date or str
        What was known on that day is what the report knows; a string must be an ISO date. The document's own date.
    period : str
        The time the figures speak of, e.g. ``"2025Q4 and 2026Q1"``.
    firm : str
        Who wrote it; the document's author.
    accent : str
        ``#rrggbb``; empty for the house colour.
    logo : str
        SVG text, or a ``data:image/png;base64,`` address (see `read_logo`); empty for none.
    paper : {"a4", "letter"}
        Paper size.
    lang : str
        Language of the text as a two- or three-letter code.
    """

    kind = "cover"

    client: str
    title: str
    subtitle: str = ""
    phase: str = ""
    days: str = ""
    as_of: str | dt.date = ""
    period: str = ""
    firm: str = ""
    accent: str = ""
    logo: str = field(default="", repr=False)
    paper: Literal["a4", "letter"] = "a4"
    lang: str = "en"

    def __post_init__(self) -> None:
        """Keep the date as ISO text; refuse what is no date."""
        if self.as_of:
            day = self.as_of if isinstance(self.as_of, dt.date) else dt.date.fromisoformat(self.as_of)
            object.__setattr__(self, "as_of", day.strftime("%Y-%m-%d"))

    def to_text(self) -> str:
        """Return client, title and dates."""
        return _lines(
            self.client, self.title, self.subtitle, self.phase, self.days, str(self.as_of), self.period, self.firm
        )


@dataclass(frozen=True)
class Tile:
    """One headline number.

    Attributes
    ----------
    label, value, interval, note : str
        What it is, the number as text, its interval, and a few words more. An empty value reads "not measured".
    direction : {"good", "bad", "neutral", ""}
        What the number says; shown as a mark with a word. Empty for no mark.
    """

    label: str
    value: str
    interval: str = ""
    note: str = ""
    direction: TileDirection = ""


@dataclass(frozen=True)
class Answer(Block):
    """Page 1: the verdict, the numbers that carry it, what the reader is asked to decide.

    Attributes
    ----------
    verdict : str
        The answer in one sentence, with its number.
    tiles : tuple of Tile
        Three to six headline numbers. Their texts count as facts for verdict and detail.
    asks : tuple of str
        What we ask the reader to decide, one sentence each.
    evidence : tuple of (str, str)
        How complete the evidence is: source, and what it covers.
    facts : tuple of str
        Further number-words the verdict may use (see `gapkit.report.consistency`).
    quoted : tuple of str
        The client's own words in the verdict (a stage called "Round 7"), which are not checked against anything.
    direction : {-1, 0, 1} or None
        Movement of the figure the verdict speaks of; None where it speaks of none.
    better : {"up", "down"}
        Which movement of that figure is good.
    detail : str
        What has to be said beside it and is too long for a headline: periods, limits of the finding; empty for most.
    """

    kind = "answer"

    verdict: str
    tiles: tuple[Tile, ...] = ()
    asks: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    direction: int | None = None
    better: Better = "up"
    detail: str = ""

    def to_text(self) -> str:
        """Return the verdict with its detail, then each tile, ask and evidence on its line."""
        tiles = [" · ".join(filter(None, (t.label, t.value, t.interval, t.note, t.direction))) for t in self.tiles]
        return _lines(self.verdict, self.detail, *tiles, *self.asks, *(f"{label}: {text}" for label, text in self.evidence))


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name : str
        Its header.
    align : {"left", "right"}
        Numbers stand right, words left.
    width : float
        Share of the table's width; 0 lets the content decide.
    """

    name: str
    align: Literal["left", "right"] = "left"
    width: float = 0.0


@dataclass(frozen=True)
class Table(Block):
    """Rows of text under headers; long ones run over pages with the header repeated.

    Attributes
    ----------
    columns : tuple of Column
        From left to right.
    rows : tuple of tuple of str
        One text per column.
    title, foot : str
        Above and below the table: what it says; definition, n, period, source.

    Raises
    ------
    ValueError
        When a row has more or fewer texts than there are columns.
    """

    kind = "table"

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    foot: str = ""

    def __post_init__(self) -> None:
        """Accept lists; refuse ragged rows."""
        object.__setattr__(self, "columns", tuple(self.columns))
        object.__setattr__(self, "rows", tuple(tuple(row) for row in self.rows))
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} texts, must have {len(self.columns)}, one per column")

    def to_text(self) -> str:
        """Return title, header, rows and foot."""
        header = " | ".join(column.name for column in self.columns)
        return _lines(self.title, header, *(" | ".join(row) for row in self.rows), self.foot)


@dataclass(frozen=True)
class Exhibit(Block):
    """One message: a sentence, the chart or table that shows it, what it means, and the foot line.

    Attributes
    ----------
    name : str
        Short unique name, e.g. ``"gap_map"``.
    title : str
        The message as a sentence with its number.
    figure : matplotlib Figure, optional
        The chart. It is drawn to SVG here, once, and let go; the block keeps `svg`.
    alt : str
        The chart in words, for those who do not see it. Required with a chart.
    table : Table, optional
        Shown below the chart, or alone.
    reading : str
        What it means, in one or two sentences.
    foot : str
        Definition · n · period · source.
    facts : tuple of str
        Every number-word that title and reading may use.
    quoted : tuple of str
        The client's own words in title and reading (a stage called "Round 7"), which are not checked against anything.
    direction : {-1, 0, 1} or None
        Movement of the figure the title speaks of: down, none, up. None where it speaks of no movement.
    better : {"up", "down"}
        Which movement is good, so that "improved" can be checked as well as "rose".
    svg : str
        The chart as SVG text.

    Raises
    ------
    ValueError
        When there is a chart and no `alt`.
    """

    kind = "exhibit"

    name: str
    title: str
    figure: InitVar[Figure | None] = None
    alt: str = ""
    table: Table | None = None
    reading: str = ""
    foot: str = ""
    facts: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    direction: int | None = None
    better: Better = "up"
    svg: str = field(default="", repr=False)

    def __post_init__(self, figure: Figure | None) -> None:
        """Draw the figure."""
        if figure is not None:
            object.__setattr__(self, "svg", draw_svg(figure, self.name))
        if self.svg and not self.alt.strip():
            raise ValueError(f"exhibit {self.name!r} has a chart and no alt text")

    def to_text(self) -> str:
        """Return title, the chart in words, table, reading, foot and facts; never the drawing."""
        table = self.table.to_text() if self.table else ""
        return _lines(self.title, self.alt, table, self.reading, self.foot, " · ".join(self.facts))


@dataclass(frozen=True)
class Callout(Block):
    """A remark set apart from the text.

    Attributes
    ----------
    tone : {"note", "warning", "missing"}
        ``missing`` says that something was not measured and what would switch it on.
    text : str
        One or two sentences.
    """

    kind = "callout"

    tone: Tone
    text: str

    def to_text(self) -> str:
        """Return tone and text."""
        return f"{self.tone}: {self.text}"


@dataclass(frozen=True)
class Commentary(Block):
    """The consultant's own words at a named place of the report, marked as such.

    Attributes
    ----------
    slot : str
        Name of the place; the words live in ``commentary/<phase>/<slot>.md`` of the engagement.
    markdown : str
        Paragraphs, lists, emphasis. Headings become bold lines; images, HTML and links stay text. Empty: nothing is shown
        in the report.
    """

    kind = "commentary"

    slot: str
    markdown: str = ""

    def to_text(self) -> str:
        """Return slot and words."""
        return _lines(f"commentary {self.slot}", self.markdown.strip() or "(none)")


@dataclass(frozen=True)
class PhaseData(Block):
    """What becomes ``<phase>.json``; carried by the notebook, not shown in the report.

    Attributes
    ----------
    data : mapping
        Plain data: dicts, lists, strings, numbers, None.
    """

    kind = "phase"
    mime = PHASE_MIME

    data: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return the data itself."""
        return dict(self.data)

    def to_text(self) -> str:
        """Return the phase and how much there is of everything, on one line."""
        sizes = [f"{len(part)} {name}" for name, part in self.data.items() if isinstance(part, Mapping | list | tuple)]
        return f"{self.data.get('phase', 'phase')} data: {', '.join(sizes) or 'empty'}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the data, and the one line for reading."""
        html = cell_html.render({"kind": "phase", "text": self.to_text()})
        return {self.mime: self.to_dict(), "text/html": html, "text/plain": self.to_text()}


def read_logo(path: Path) -> str:
    """Return a logo file as `Cover` wants it.

    Parameters
    ----------
    path : Path
        An ``.svg`` or ``.png`` file.

    Raises
    ------
    ValueError
        When it is neither.
    """
    suffix = path.suffix.lower()
    if suffix == ".svg":
        return path.read_text(encoding="utf-8")
    if suffix == ".png":
        return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode("ascii")
    raise ValueError(f"logo == {str(path)!r}, must be an .svg or a .png file")


def _lines(*texts: str) -> str:
    """Return the texts that are not empty, one a line."""
    return "\n".join(text for text in texts if text)
