"""One change told in several ways: as it is, and with other explanations taken out, on one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_interval, label_pp
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from gapkit.results import Result

LABEL_WIDTH: Final = 40
ROW_MM: Final = 8.0


def plot_compared(changes: Mapping[str, Result], worthwhile: float | None = None, axes: Axes | None = None) -> Axes:
    """Draw one change in several readings, each with its interval.

    Parameters
    ----------
    changes : mapping of str to Result
        From top to bottom, in the reader's words; unit ``pp``, all with limits. The first is the change as it is.
    worthwhile : float, optional
        The smallest change agreed as worthwhile, as a share; a dashed line.
    axes : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        One line and one marker per reading; open markers where the interval holds zero.
    """
    names = [wrap_name(name, LABEL_WIDTH, 2) for name in changes]
    axes = axes or figure(height_mm=20 + row_mm(names, ROW_MM) * len(names))[1]
    for row, result in enumerate(changes.values()):
        low, value, high = (100 * (number or 0.0) for number in (result.low, result.value, result.high))
        colour = PALETTE["delivered" if row == 0 else "waiting" if low <= 0 <= high else "below_spec"]
        axes.plot([low, high], [row, row], color=colour, linewidth=8 if row == 0 else 5, alpha=0.5, solid_capstyle="butt")
        axes.plot(value, row, "o", color=PALETTE["delivered"], markersize=7 if row == 0 else 6,
                  markerfacecolor=PALETTE["paper"] if low <= 0 <= high else PALETTE["delivered"])  # fmt: skip
    axes.axvline(0, color=PALETTE["ink"], linewidth=0.8, zorder=1)
    if worthwhile:
        axes.axvline(100 * worthwhile, color=PALETTE["target"], linewidth=0.8, linestyle="--", zorder=1)
        axes.annotate("agreed as worthwhile", (100 * worthwhile, 1), xycoords=("data", "axes fraction"), xytext=(3, 1),
                      textcoords="offset points", va="bottom", color=PALETTE["target"])  # fmt: skip
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlabel("change of the rate, percentage points")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return axes


def describe_compared(changes: Mapping[str, Result]) -> str:
    """Return the alt text: every reading with its interval."""
    rows = [f"{name} {label_pp(result.value or 0.0)} ({label_interval(result.low, result.high, 'pp')})"
            for name, result in changes.items()]  # fmt: skip
    return f"The change in several readings, with 95 % intervals. {'; '.join(rows)}."
