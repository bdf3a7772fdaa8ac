"""Claims with the effect found for each: on which side of no effect it lies, and whether it crosses it."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.claims.claim import CONTRADICTED, SUPPORTED
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from gapkit.diagnosis.claims import Claim

COLOURS: Final[Mapping[str, str]] = {SUPPORTED: "delivered", CONTRADICTED: "bad"}
NAME_WIDTH: Final = 52  # characters of a claim's name on one line
ROOM: Final = 1.12  # of the widest interval


def plot_effects(claims: Sequence[Claim], axes: Axes | None = None) -> Axes:
    """Draw one line per claim that could be tested: right of the middle speaks for it, left against it.

    Parameters
    ----------
    claims : sequence of Claim
        From top to bottom; those without an effect keep their row and say why in words.
    axes : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        One line per interval, one marker per effect, one verdict per row.
    """
    axes = axes or figure(height_mm=16 + 6.4 * len(claims))[1]
    spans = {claim.id: places_of(claim) for claim in claims if claim.effect.is_ok}
    widest = max((abs(place) for span in spans.values() for place in span), default=1.0) * ROOM
    for row, claim in enumerate(claims):
        colour = PALETTE[COLOURS.get(claim.verdict, "muted")]
        if claim.id in spans:
            value, low, high = spans[claim.id]
            axes.plot([low, high], [row, row], color=colour, linewidth=5, alpha=0.35, solid_capstyle="butt")
            axes.plot(value, row, "o", color=colour, markersize=6)
        axes.text(1.02, row, claim.verdict, transform=axes.get_yaxis_transform(), va="center", color=colour,
                  fontweight=600 if claim.verdict in COLOURS else "normal")  # fmt: skip
    axes.axvline(0, color=PALETTE["ink"], linewidth=1)
    axes.set_yticks(range(len(claims)), [fill(f"{claim.id}  {claim.name}", NAME_WIDTH) for claim in claims])
    axes.set_ylim(len(claims) - 0.4, -0.6)
    axes.set_xlim(-widest, widest)
    axes.set_xticks([])
    axes.set_xlabel("no effect")
    for words, x, side in (("← against the claim", 0.0, "left"), ("as claimed →", 1.0, "right")):
        axes.annotate(words, (x, 0), xycoords="axes fraction", xytext=(0, -4), textcoords="offset points", ha=side,
                      va="top", color=PALETTE["muted"])  # fmt: skip
    axes.grid(visible=False)
    return axes


def places_of(claim: Claim) -> tuple[float, float, float]:
    """Return where value, low and high of an effect stand between −1 and 1, the claimed side to the right.

    Notes
    -----
    Differences and rank correlations stand where they are, a share by its distance from one half. A ratio r becomes
    (r − 1) / (r + 1): of equal times with and without, the share of events with, less the share without.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from gapkit.results import Result
    >>> thrice = Result("x", 3.0, 1.0, None, unit="ratio")
    >>> places_of(SimpleNamespace(effect=thrice, no_effect=1.0, claimed_direction=1))
    (0.5, 0.0, 1.0)
    """
    effect, side = claim.effect, claim.claimed_direction

    def place(number: float | None, missing: float) -> float:
        if number is None:
            return missing * side
        if claim.no_effect == 1:
            return (number - 1) / (number + 1) * side
        return (number - claim.no_effect) * side

    return place(effect.value, 1.0), place(effect.low, -1.0), place(effect.high, 1.0)


def describe_effects(claims: Sequence[Claim]) -> str:
    """Return the alt text: every claim with its verdict."""
    rows = [f"{claim.name}: {claim.verdict}" for claim in claims]
    return f"One line per claim, its effect with interval beside the middle line of no effect. {'; '.join(rows)}."
