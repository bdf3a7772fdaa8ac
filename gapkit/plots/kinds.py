"""How stage days divide into kinds, as stacked bars: everybody first, then each type and each team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_list, label_number, label_share
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# Work in progress stands left, so that its length can be compared from bar to bar.
ORDER: Final = ("work", "rework", "wait", "approval", "blocked", "external")
COLOUR: Final = {"wait": "waiting"}
DARK: Final = {"work", "rework", "blocked"}
SMALLEST_LABELLED: Final = 0.06
NAME_WIDTH: Final = 30
GAP_ROWS: Final = 0.95  # between programs, types and teams; the name of the cut stands there
CUTS: Final = {"type": "by type", "team": "by team"}


def plot_kinds(shares: pd.DataFrame, axes: Axes | None = None) -> Axes:
    """Draw one stacked bar of 100 % per row.

    Parameters
    ----------
    shares : DataFrame
        Columns cut (``all``, ``type``, ``team``), name, n (programs), kind, share; rows of a name stand together and are
        drawn from top to bottom in the order given, a gap between two cuts.

    Returns
    -------
    Axes
        One container of bars per kind that occurs.
    """
    rows = shares.drop_duplicates(["cut", "name"])
    names = [wrap_name(str(name), NAME_WIDTH, 2) for name in rows["name"]]
    gaps = rows["cut"].ne(rows["cut"].shift()).cumsum() - 1
    places = [number + GAP_ROWS * gap for number, gap in enumerate(gaps)]
    axes = axes or figure(height_mm=26 + row_mm(names, 6.2) * (places[-1] + 1))[1]
    wide = shares.pivot_table(index=["cut", "name"], columns="kind", values="share", fill_value=0.0)
    wide = wide.loc[list(zip(rows["cut"], rows["name"], strict=True))]
    left = [0.0] * len(wide)
    for kind in [kind for kind in ORDER if kind in wide]:
        widths = wide[kind].tolist()
        bars = axes.barh(places, [100 * width for width in widths], left=left, height=0.78, label=kind_name(kind),
                         color=PALETTE[COLOUR.get(kind, kind)])  # fmt: skip
        labels = [label_number(100 * width) if width >= SMALLEST_LABELLED else "" for width in widths]
        axes.bar_label(bars, labels, label_type="center", color=PALETTE["paper" if kind in DARK else "ink"])
        left = [start + 100 * width for start, width in zip(left, widths, strict=True)]
    for place, n in zip(places, rows["n"], strict=True):
        axes.annotate(f"n = {label_number(n)}", (100, place), xytext=(5, 0), textcoords="offset points", va="center")
    before = ""
    for cut, place in zip(rows["cut"], places, strict=True):
        if cut in CUTS and cut != before:
            axes.annotate(CUTS[cut], (0, place - 0.9), xytext=(-4, 0), textcoords="offset points", ha="right", va="center",
                          weight=600)  # fmt: skip
        before = cut
    axes.set_yticks(places, names)
    axes.set_ylim(places[-1] + 0.6, -0.6)
    axes.set_xlim(0, 112)
    axes.set_xticks(range(0, 101, 20), [f"{tick} %" for tick in range(0, 101, 20)])
    axes.grid(visible=False)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=6, borderaxespad=0.2, handlelength=1.1, columnspacing=1.4)
    return axes


def kind_name(kind: str) -> str:
    """Return the name of a kind of time.

    Examples
    --------
    >>> kind_name("wait"), kind_name("approval")
    ('waiting', 'approval')
    """
    return "waiting" if kind == "wait" else name_of(kind)


def describe_kinds(shares: pd.DataFrame) -> str:
    """Return the alt text: every bar in words."""
    rows = []
    for (_, name), part in shares.groupby(["cut", "name"], sort=False):
        kinds = zip(part["kind"], part["share"], strict=True)
        rows.append(f"{name} {label_list([f'{kind_name(kind)} {label_share(share)}' for kind, share in kinds])}")
    return "Stacked bars of stage days by kind. " + "; ".join(rows) + "."
