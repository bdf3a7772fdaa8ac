"""The one look of every chart: fonts, colours by meaning, sizes that match the page.

A chart is drawn at the size at which it is printed, in the report's own fonts, so its letters come out as large as the
captions around it. Colours are keyed by what they mean, never by the number of the series, and those that meet in one chart
differ in lightness as well as in hue, so that a grey copy and a colour-blind reader lose nothing.

matplotlib is imported inside the functions: reading a colour must not cost its start-up time.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation

FONT_FAMILY: Final = "Source Sans 3"
FALLBACK_FAMILY: Final = "DejaVu Sans"
FONT_FOLDER: Final = Path(__file__).parents[1] / "report" / "fonts"

# The text block of the report, the same on A4 and US letter; a "full" chart is exactly as wide as the text.
TEXT_WIDTH_MM: Final = 166.0
HALF_WIDTH_MM: Final = 80.0
FONT_SIZE_PT: Final = 8.5

DEFAULT_ACCENT: Final = "#17497f"

PALETTE: Final[Mapping[str, str]] = MappingProxyType(
    {
        # the page
        "ink": "#1b2430",
        "muted": "#5d6875",
        "grid": "#dde2e8",
        "tint": "#f4f6f9",
        "paper": "#ffffff",
        "accent": DEFAULT_ACCENT,
        # a verdict
        "good": "#2a9d8f",
        "bad": "#8f1d21",
        "neutral": "#c9ced6",
        # the plan and what came of it
        "planned": "#b8c4d4",
        "delivered": "#17497f",
        "before": "#a3adba",
        "after": "#17497f",
        "target": "#8f1d21",
        # where the time goes (stage kinds)
        "work": "#12355b",
        "blocked": "#99302b",
        "rework": "#5f83b5",
        "approval": "#e0862f",
        "waiting": "#f2c468",
        "external": "#e6eaee",
        # what became of a program
        "on_time": "#12355b",
        "never_started": "#8b2530",
        "late": "#2f6ca3",
        "stalled": "#cc6839",
        "below_spec": "#749fc9",
        "unplanned": "#e1b143",
        "cancelled": "#dad6d0",
        "open": "#f0f3f6",
    }
)

# Colours that may stand side by side in one chart; inside each set every pair is told apart without hue.
SETS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "verdict": ("good", "bad", "neutral"),
        "plan": ("planned", "delivered"),
        "periods": ("before", "after"),
        "stages": ("work", "blocked", "rework", "approval", "waiting", "external"),
        "outcomes": (
            "on_time", "below_spec", "late", "stalled", "never_started", "cancelled", "unplanned", "open",
        ),
    }
)  # fmt: skip

# For things without a meaning of their own (types, teams), in this order; beyond five, group the rest as "other".
SERIES: Final = ("#12355b", "#b4532a", "#5b97c9", "#e6ab49", "#c9d3de")

# Light to dark for heat maps: lightness falls steadily, so a grey copy keeps the order.
SEQUENTIAL: Final = ("#f3f6fa", "#d5e2ef", "#afc9e2", "#84abd1", "#578bbb", "#2f689c", "#12355b")


class LineEnd(NamedTuple):
    """A label to stand at the end of a line, instead of a legend.

    Attributes
    ----------
    text : str
        What to write.
    x, y : float
        Where the line ends, in data units.
    colour : str
        Colour of the text, as a rule the line's own.
    """

    text: str
    x: float
    y: float
    colour: str


def fallback_folder() -> Path:
    """Return the folder of the fallback font, which comes with matplotlib, without importing matplotlib.

    Raises
    ------
    ModuleNotFoundError
        When matplotlib is not installed.
    """
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("matplotlib is needed for its fonts", name="matplotlib")
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"


def palette(accent: str | None = None) -> dict[str, str]:
    """Return the colours by meaning, with the client's accent in its place.

    Parameters
    ----------
    accent : str, optional
        ``#rrggbb``. It is used for emphasis only and never stands for good, bad or any other meaning.

    Raises
    ------
    ValueError
        When the accent is not written as ``#rrggbb``.

    Examples
    --------
    >>> palette("#0b5fff")["accent"], palette()["bad"]
    ('#0b5fff', '#8f1d21')
    """
    if accent and not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        raise ValueError(f"accent == {accent!r}, must be a colour written as #rrggbb")
    return {**PALETTE, "accent": accent or DEFAULT_ACCENT}


@functools.cache
def register_fonts() -> None:
    """Make the report's own font files known to matplotlib, once per process."""
    from matplotlib.font_manager import fontManager

    for path in sorted(FONT_FOLDER.glob("*.ttf")):
        fontManager.addfont(path)
        # The semibold file calls its family "… Semibold"; under the common name `font.weight: semibold` finds it.
        if fontManager.ttflist[-1].name != FONT_FAMILY:
            fontManager.ttflist[-1] = replace(fontManager.ttflist[-1], name=FONT_FAMILY, weight=600)
    # The fallback has no semibold: its bold stands in, or matplotlib would warn of it, once per process, in some notebook.
    fontManager.ttflist.extend(
        [replace(font, weight=600) for font in fontManager.ttflist if (font.name, font.weight) == (FALLBACK_FAMILY, 700)]
    )


def rc(accent: str | None = None) -> dict[Any, Any]:
    """Return the matplotlib settings of the theme.

    Parameters
    ----------
    accent : str, optional
        The client's accent colour, ``#rrggbb``; it leads the colour cycle.

    Notes
    -----
    Text stays text in SVG (`svg.fonttype`), ids do not change from run to run (`svg.hashsalt`), and a `$` in a program's
    name is a dollar, not mathematics (`text.parse_math`).

    Examples
    --------
    >>> rc()["svg.fonttype"], rc()["text.parse_math"]
    ('none', False)
    """
    from cycler import cycler

    colours = palette(accent)
    series = (accent, *SERIES[1:]) if accent else SERIES
    return {
        "font.family": [FONT_FAMILY, FALLBACK_FAMILY],
        "font.size": FONT_SIZE_PT,
        "axes.titlesize": FONT_SIZE_PT,
        "axes.titleweight": 600,
        "axes.titlelocation": "left",
        "axes.labelsize": FONT_SIZE_PT,
        "xtick.labelsize": FONT_SIZE_PT,
        "ytick.labelsize": FONT_SIZE_PT,
        "legend.fontsize": FONT_SIZE_PT,
        "legend.frameon": False,
        "text.color": colours["ink"],
        "text.parse_math": False,
        "text.usetex": False,
        "axes.labelcolor": colours["muted"],
        "axes.edgecolor": colours["muted"],
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.prop_cycle": cycler(color=series),
        "axes.unicode_minus": True,
        "axes.facecolor": "none",
        "grid.color": colours["grid"],
        "grid.linewidth": 0.6,
        "xtick.color": colours["muted"],
        "ytick.color": colours["muted"],
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.0,
        "ytick.major.size": 0.0,
        "lines.linewidth": 1.8,
        "lines.markersize": 4.5,
        "patch.edgecolor": colours["paper"],
        "patch.linewidth": 0.6,
        "hatch.linewidth": 0.6,
        "figure.constrained_layout.use": True,
        "figure.facecolor": "none",
        "savefig.bbox": None,
        "savefig.facecolor": "none",
        "svg.fonttype": "none",
        "svg.hashsalt": "gapkit",
    }


@contextmanager
def theme(accent: str | None = None) -> Iterator[None]:
    """Draw in the report's look inside the ``with`` block; also works as a decorator of a plot function.

    Parameters
    ----------
    accent : str, optional
        The client's accent colour, ``#rrggbb``.

    Examples
    --------
    >>> with theme():
    ...     fig, axes = figure(height_mm=60)
    >>> round(fig.get_figwidth() * 25.4)
    166
    """
    import matplotlib as mpl

    register_fonts()
    with mpl.rc_context(rc(accent)):
        yield


def use(accent: str | None = None) -> None:
    """Set the theme for the rest of the session: the setup line of a notebook.

    Parameters
    ----------
    accent : str, optional
        The client's accent colour, ``#rrggbb``.
    """
    import matplotlib as mpl

    register_fonts()
    mpl.rcParams.update(rc(accent))


def figure(width: Literal["full", "half"] = "full", *, height_mm: float = 90.0) -> tuple[Figure, Axes]:
    """Return an empty figure of the printed size with one Axes; to be called inside `theme`.

    Parameters
    ----------
    width : {"full", "half"}
        As wide as the text, or as half of it (for a chart of few marks).
    height_mm : float
        Printed height in millimetres.

    Returns
    -------
    tuple of Figure and Axes
        The figure belongs to no global registry: it needs no closing and is not shown by itself.
    """
    from matplotlib.figure import Figure

    width_mm = TEXT_WIDTH_MM if width == "full" else HALF_WIDTH_MM
    fig = Figure(figsize=(width_mm / 25.4, height_mm / 25.4))
    return fig, fig.add_subplot()


def label_ends(axes: Axes, ends: Sequence[LineEnd], *, gap_pt: float = 10.0) -> list[Annotation]:
    """Write a label beside the end of each line, moved apart where they would touch; replaces the legend.

    Parameters
    ----------
    axes : Axes
        Where the lines are drawn. Its limits and scale must be final.
    ends : sequence of LineEnd
        Labels with the data position of each line's end.
    gap_pt : float
        Smallest vertical distance of two labels, in points.

    Returns
    -------
    list of Annotation
        One text per label, in the order given.
    """
    pixels_per_pt = axes.get_figure(root=True).dpi / 72  # type: ignore[union-attr]
    heights = [float(axes.transData.transform((end.x, end.y))[1]) / pixels_per_pt for end in ends]
    return [
        axes.annotate(
            end.text,
            (end.x, end.y),
            xytext=(5, placed - height),
            textcoords="offset points",
            va="center",
            color=end.colour,
            annotation_clip=False,
        )
        for end, height, placed in zip(ends, heights, spread(heights, gap_pt), strict=True)
    ]


def spread(positions: Sequence[float], gap: float) -> list[float]:
    """Return positions moved apart to at least `gap`, each cluster staying centred where it was.

    Parameters
    ----------
    positions : sequence of float
        Wanted places on one axis, in any order.
    gap : float
        Smallest distance allowed.

    Returns
    -------
    list of float
        New places in the order given.

    Notes
    -----
    Subtracting ``gap`` times the rank turns "at least a gap apart" into "not decreasing", which is isotonic regression; the
    pool-adjacent-violators rule solves it with the least total squared movement.

    Examples
    --------
    >>> spread([10, 11, 40], 5)
    [8.0, 13.0, 40.0]
    """
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    pools: list[tuple[float, int]] = []  # (mean, members) of neighbours that move as one
    for rank, index in enumerate(order):
        mean, members = float(positions[index] - gap * rank), 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean, members = (mean * members + other * count) / (members + count), members + count
        pools.append((mean, members))
    flat = [mean for mean, members in pools for _ in range(members)]
    placed = [0.0] * len(positions)
    for rank, index in enumerate(order):
        placed[index] = flat[rank] + gap * rank
    return placed
