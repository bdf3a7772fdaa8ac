"""Signs against their marks: one line each, the mark in the middle, what counts as a sign to its right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.diagnosis.signs.wording import mark_words, value_words
from gapkit.labels import NOT_MEASURED, TOO_LITTLE, label_interval, label_number, sentence_case
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gapkit.diagnosis.signs.signs import Sign
    from gapkit.diagnosis.signs.thresholds import Threshold

NAME_WIDTH: Final = 46
MARK: Final = 0.5  # where every mark stands; the far side ends at twice the mark, or at nothing left
OF_HUNDRED: Final = " of 100"


class SignGroup(NamedTuple):
    """The signs of one cause or pitfall.

    Attributes
    ----------
    heading : str
        Its name and verdict.
    signs : sequence of Sign
        In the order in which they are drawn; empty where none could be read.
    why : str
        What stands in place of signs that could not be read.
    """

    heading: str
    signs: Sequence[Sign]
    why: str = ""


def place(value: float, threshold: Threshold) -> float:
    """Return where a value stands on the line of its sign: 0.5 is the mark, right of it counts as a sign.

    Examples
    --------
    >>> from gapkit.diagnosis.signs.thresholds import Threshold
    >>> [place(value, Threshold("at least", 0.4)) for value in (0.0, 0.2, 0.4, 0.9)]
    [0.0, 0.25, 0.5, 1.0]
    >>> [place(value, Threshold("under", 0.4)) for value in (1.0, 0.4, 0.1)]
    [0.0, 0.5, 0.75]
    """
    limit = threshold.limit
    found = (1 - value) / (1 - limit) if threshold.side == "under" else value / limit
    return min(1.0, max(0.0, MARK * found))


def plot_signs(groups: Sequence[SignGroup], axes: Axes | None = None) -> Axes:
    """Draw the signs of some causes or pitfalls.

    Parameters
    ----------
    groups : sequence of SignGroup
        Top to bottom.
    axes : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        One marker and one line for each sign with a mark and a value; every sign keeps its row and says its figure, or that
        there is none, in words. A filled marker right of the mark is clear of it, a hollow one may be chance.
    """
    names = [wrap_name(sentence_case(sign.name), NAME_WIDTH) for group in groups for sign in group.signs]
    rows = sum(1 + max(1, len(group.signs)) for group in groups)
    axes = axes or figure(height_mm=14 + row_mm(names, 9.0) * rows)[1]
    axes.axvspan(MARK, 1.04, color=PALETTE["bad"], alpha=0.07, linewidth=0)
    axes.axvline(MARK, color=PALETTE["target"], linewidth=1, linestyle=(0, (4, 3)))
    row, ticks = 0, []
    for group in groups:
        axes.axhline(row - 0.5, color=PALETTE["grid"], linewidth=0.6)
        ticks.append((row, wrap_name(group.heading, NAME_WIDTH)))
        if not group.signs:
            axes.text(0.0, row + 1, wrap_name(group.why, 80), va="center", color=PALETTE["muted"])
        for step, sign in enumerate(group.signs, start=1):
            ticks.append((row + step, wrap_name(sentence_case(sign.name), NAME_WIDTH)))
            _draw_sign(axes, sign, row + step)
        row += 1 + max(1, len(group.signs))
    axes.set_yticks([at for at, _ in ticks], [words for _, words in ticks])
    headings = {wrap_name(group.heading, NAME_WIDTH) for group in groups}
    for label in axes.get_yticklabels():
        if label.get_text() in headings:
            label.set(fontweight=600, color=PALETTE["ink"])
    axes.set_ylim(row - 0.5, -0.6)
    axes.set_xlim(-0.04, 1.04)
    axes.set_xticks([0.22, MARK, 0.77], ["not a sign", "mark", "a sign"])
    axes.tick_params(axis="x", length=0, labeltop=True, labelbottom=False)
    axes.grid(visible=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    return axes


def _draw_sign(axes: Axes, sign: Sign, row: int) -> None:
    threshold = sign.threshold
    if threshold is not None and sign.is_beyond is not None:
        colour = PALETTE["bad" if sign.is_beyond else "delivered"]
        value = place(2 * threshold.limit if sign.value is None else sign.value, threshold)
        if sign.low is not None or sign.high is not None:
            limits = [value if limit is None else place(limit, threshold) for limit in (sign.low, sign.high)]
            axes.plot(limits, [row, row], color=colour, linewidth=5, alpha=0.35, solid_capstyle="butt")
        fill = PALETTE["paper"] if sign.is_beyond and not sign.is_clear else colour
        axes.plot(value, row, "o", color=colour, markersize=6.5, markerfacecolor=fill, markeredgewidth=1.3)
    figures, beside = _texts(sign)
    axes.text(1.02, row - 0.03, figures, transform=axes.get_yaxis_transform(), va="bottom", color=PALETTE["ink"])
    axes.text(1.02, row + 0.03, beside, transform=axes.get_yaxis_transform(), va="top", color=PALETTE["muted"])


def _texts(sign: Sign) -> tuple[str, str]:
    """Return the figure with its interval, and below it n and mark."""
    mark = f"a sign: {mark_words(sign)}" if sign.threshold else "shown, not judged"
    if sign.status != "ok":
        known = NOT_MEASURED if sign.status == "not_assessable" else f"{TOO_LITTLE} (n = {label_number(sign.n)})"
        return sentence_case(known), mark
    value = f"{value_words(sign)}{OF_HUNDRED if sign.unit == 'points' else ''}"
    limits = (
        "" if sign.low is None and sign.high is None else f" ({label_interval(sign.low, sign.high, sign.unit, sign.n)})"
    )
    return f"{value}{limits}", f"n = {label_number(sign.n)} · {mark}"


def describe_signs(groups: Sequence[SignGroup]) -> str:
    """Return the alt text: every sign in words."""
    said = []
    for group in groups:
        rows = "; ".join(f"{sign.name}: {', '.join(_texts(sign))}" for sign in group.signs) or group.why
        said.append(f"{group.heading}. {rows}".rstrip(".") + ".")
    return "Signs with intervals against their marks. " + " ".join(said)
