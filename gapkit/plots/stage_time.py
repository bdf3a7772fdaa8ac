"""Where stage time goes, as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_days, label_share
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

COLOUR: Final = {"wait": "waiting"}  # the palette names the rest like the stage kinds
MOST_ROWS: Final = 12
NAME_WIDTH: Final = 30  # characters of a line of a stage's name


def plot_stage_time(stage_time: pd.DataFrame, axes: Axes | None = None) -> Axes:
    """Draw the share of all stage time spent in each stage, longest first, coloured by kind.

    Parameters
    ----------
    stage_time : DataFrame
        From `flow.stage_time`. At most twelve rows are drawn; the table beside the chart holds the rest.

    Returns
    -------
    Axes
        One bar and one interval line per stage.
    """
    rows = stage_time.head(MOST_ROWS)
    names = [wrap_name(stage, NAME_WIDTH) for stage in rows["stage"]]
    axes = axes or figure(height_mm=24 + row_mm(names, 9) * len(rows))[1]
    kinds = list(dict.fromkeys(rows["kind"]))
    for kind in kinds:
        chosen = rows.loc[rows["kind"] == kind]
        at = [position for position, other in enumerate(rows["kind"]) if other == kind]
        axes.barh(at, chosen["share"] * 100, color=PALETTE[COLOUR.get(kind, kind)], height=0.68, label=name_of(kind))
    for place, row in enumerate(rows.to_dict(orient="records")):
        limits = [row["low"] * 100, row["high"] * 100]
        axes.plot(limits, [place, place], color=PALETTE["paper"], linewidth=2.6)  # or the line would drown in a dark bar
        axes.plot(limits, [place, place], color=PALETTE["ink"], linewidth=0.9)
        text = f"{label_share(row['share'])}, {label_days(row['days_per_program'])} a program"
        axes.annotate(
            text, (max(row["high"], row["share"]) * 100, place), xytext=(5, 0), textcoords="offset points", va="center"
        )
    axes.set_yticks(range(len(rows)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, float(rows["high"].max()) * 100 * 1.35)
    axes.set_xlabel("share of all stage time, %")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.legend(loc="lower right", title="kind of time", alignment="left")
    return axes


def describe_stage_time(stage_time: pd.DataFrame) -> str:
    """Return the alt text: the stages in words."""
    rows = [
        f"{row['stage']} ({name_of(row['kind'])}) {label_share(row['share'])}"
        for row in stage_time.head(MOST_ROWS).to_dict(orient="records")
    ]
    return "Bars of stage time by stage, longest first. " + "; ".join(rows) + "."
